"""The sharing windows, and who owns the log when: worked out by the rule in the same transaction as the fact they follow from."""

from collections.abc import Iterator
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from bti import ids
from bti.rules import consent as gate
from bti.store.facts import consent_facts
from bti.store.tables import Case, Ownership, Sharing

_KEPT = select(
    Sharing.service_id,
    Sharing.category,
    Sharing.purpose,
    Sharing.opens,
    Sharing.closes,
    Sharing.person,
    Sharing.about,
    Sharing.policy,
)
_OWNED = select(
    Ownership.service_id,
    Ownership.opens,
    Ownership.closes,
    Ownership.since,
    Ownership.until,
    Ownership.before,
    Ownership.owns,
)


def rebuild(session: Session, case: UUID, policy: gate.Policy, mark: str) -> frozenset[gate.Window]:
    """Replace the case's windows by what the rule says now, and return them. Who owns the log follows from the same facts."""
    session.flush()
    facts = consent_facts(session, case, policy)
    _own(session, case, facts)
    windows = gate.windows(facts)
    session.execute(delete(Sharing).where(Sharing.case_id == case))
    if windows:
        session.execute(insert(Sharing), [_row(case, window, mark) for window in windows])
    return windows


def _own(session: Session, case: UUID, facts: gate.Facts) -> None:
    """Replace what each owner reads by what the rule says now; there is nothing to say of a log with one owner (R-62)."""
    session.execute(delete(Ownership).where(Ownership.case_id == case))
    owners = gate.ownership(facts.owner, facts.transfers)
    if owners:
        session.execute(insert(Ownership), [_owner(case, one) for one in owners])


def rebuild_outdated(session: Session, policy: gate.Policy, mark: str) -> int:
    """Work out anew the windows of each case that were made under another policy. Return how many cases."""
    cases = session.execute(select(Sharing.case_id).where(Sharing.policy != mark).distinct()).scalars().all()
    for case in cases:
        rebuild(session, case, policy, mark)
    return len(cases)


def faults(session: Session, policy: gate.Policy, mark: str) -> Iterator[str]:
    """Name each case whose windows are not what the rule says."""
    for case, number in session.execute(select(Case.id, Case.number).order_by(Case.number)):
        facts = consent_facts(session, case, policy)
        wanted, owners = gate.windows(facts), gate.ownership(facts.owner, facts.transfers)
        owned = {gate.Owned(*row) for row in session.execute(_OWNED.where(Ownership.case_id == case))}
        kept = session.execute(_KEPT.where(Sharing.case_id == case)).all()
        found = frozenset(gate.Window(*row[:-1]) for row in kept)
        shared = found == wanted and len(kept) == len(wanted) and all(r.policy == mark for r in kept)
        if not shared or owned != set(owners):
            yield f"Det som deles i {number}, stemmer ikke med samtykket."


def _row(case: UUID, window: gate.Window, mark: str) -> dict[str, object]:
    return {
        "id": ids.new(),
        "case_id": case,
        "service_id": window.service,
        "person": window.person,
        "category": window.category,
        "about": window.about,
        "purpose": window.purpose,
        "opens": window.opens,
        "closes": window.closes,
        "policy": mark,
    }


def _owner(case: UUID, owned: gate.Owned) -> dict[str, object]:
    values = asdict(owned)
    return {"id": ids.new(), "case_id": case, "service_id": values.pop("service"), **values}

"""The sharing windows: worked out by the rule in the same transaction as the fact they follow from."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from bti import ids
from bti.rules import consent as gate
from bti.store.facts import consent_facts
from bti.store.tables import Case, Sharing

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


def rebuild(session: Session, case: UUID, policy: gate.Policy, mark: str) -> frozenset[gate.Window]:
    """Replace the case's windows by what the rule says now, and return them."""
    session.flush()
    windows = gate.windows(consent_facts(session, case, policy))
    session.execute(delete(Sharing).where(Sharing.case_id == case))
    if windows:
        session.execute(insert(Sharing), [_row(case, window, mark) for window in windows])
    return windows


def rebuild_outdated(session: Session, policy: gate.Policy, mark: str) -> int:
    """Work out anew the windows of each case that were made under another policy. Return how many cases."""
    cases = session.execute(select(Sharing.case_id).where(Sharing.policy != mark).distinct()).scalars().all()
    for case in cases:
        rebuild(session, case, policy, mark)
    return len(cases)


def faults(session: Session, policy: gate.Policy, mark: str) -> Iterator[str]:
    """Name each case whose windows are not what the rule says."""
    for case, number in session.execute(select(Case.id, Case.number).order_by(Case.number)):
        wanted = gate.windows(consent_facts(session, case, policy))
        kept = session.execute(_KEPT.where(Sharing.case_id == case)).all()
        found = frozenset(gate.Window(*row[:-1]) for row in kept)
        if found != wanted or len(kept) != len(wanted) or any(r.policy != mark for r in kept):
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

"""What each of the family may see: all by relation, but what is about a guardian only as that guardian has said (R-59, R-60)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import String, and_, bindparam, cast, literal, select

from bti.casework.ground.open_case import OpenCase
from bti.casework.ground.policy import policy, policy_mark
from bti.rules.access import Relation, Sight
from bti.rules.consent import Category, guardians_read
from bti.rules.family import may_read_by_agreement
from bti.store.tables import Guardian, LogEvent, Participant, Sharing

OF_ONE: Final = "guardian:"
READ: Final = "paper_read"
"""How the audit says that a guardian's paper was read through for names; its outcome is the mark of what was read."""

_SHOWN_NOW: Final = (
    Sharing.case_id == bindparam("case"),
    Sharing.opens <= bindparam("now"),
    bindparam("now") < Sharing.closes,
    Sharing.policy == bindparam("policy"),
)
_GUARDIANS = (
    select(
        Guardian.id,
        Guardian.name,
        Guardian.order_no,
        Guardian.blocked,
        select(LogEvent.outcome)
        .where(
            LogEvent.case_id == bindparam("case"),
            LogEvent.action == READ,
            LogEvent.object == literal(OF_ONE) + cast(Guardian.order_no, String),
        )
        .order_by(LogEvent.seq.desc())
        .limit(1)
        .correlate(Guardian)
        .scalar_subquery()
        .label("read"),
        Guardian.relation,
        Guardian.has_parental_responsibility,
        Participant.agreed_with_family_at,
        Guardian.language,
        Guardian.interpreter_language,
        Sharing.about,
    )
    .outerjoin(Sharing, and_(Sharing.person == Guardian.id, *_SHOWN_NOW))
    .outerjoin(Participant, and_(Participant.case_id == bindparam("case"), Participant.guardian_id == Guardian.id))
    .where(
        Guardian.child_id == bindparam("child"),
        (Guardian.valid_from.is_(None)) | (Guardian.valid_from <= bindparam("today")),
        (Guardian.valid_to.is_(None)) | (Guardian.valid_to >= bindparam("today")),
    )
    .order_by(Guardian.order_no, Guardian.name)
)
_SHOWN = select(Sharing.person, Sharing.about).where(Sharing.person.is_not(None), *_SHOWN_NOW)


@dataclass(frozen=True)
class OneGuardian:
    """A guardian with foreldreansvar, or a foster parent by agreement, as a recipient (R-64)."""

    code: str
    id: UUID
    name: str
    blocked: bool
    read: str | None
    """The mark of what was last read through for names, before it went to a guardian the child is hidden from."""
    language: str
    interpreter: str
    sees: frozenset[UUID]
    """The guardians whose own affairs she may see, herself among them (R-59)."""


def guardians(case: OpenCase) -> tuple[OneGuardian, ...]:
    """Return the guardians who read the case by relation, each with a code of her own: «guardian:1».

    When the child is of age there are none: only the young person reads, and says who else does (R-03).
    """
    if case.of_age:
        return ()
    rows = case.session.execute(_GUARDIANS, {"child": case.child_id, "today": case.today, **_now(case)}).all()
    return tuple(
        OneGuardian(
            f"{OF_ONE}{r.order_no}",
            r.id,
            r.name,
            r.blocked,
            r.read,
            r.language or "",
            r.interpreter_language or "",
            frozenset({r.id, *(shown.about for shown in rows if shown.id == r.id and shown.about)}),
        )
        for r in {r.id: r for r in rows}.values()
        if r.has_parental_responsibility or _is_agreed_on(r)
    )


def _is_agreed_on(row: Any) -> bool:
    return row.agreed_with_family_at is not None and may_read_by_agreement(
        row.relation, has_parental_responsibility=row.has_parental_responsibility
    )


def by_relation(case: OpenCase, about: frozenset[UUID] | None, *, of_guardians: bool) -> Sight:
    """Return the eyes of somebody who reads by relation, but what is about a guardian only as that guardian has said.

    A guardian may not read all (model.md 14). Where the printer's service is kept out, her paper is kept out too.
    """
    service = case.owner_service_id if case.sight.everything else case.sight.service
    read = guardians_read(case.row.birth_date, case.today, policy()) if of_guardians else frozenset(Category)
    return Sight(case.actor, Relation.COLLEAGUE, service, read, everything=True, about=about)


def open_to(case: OpenCase, persons: Sequence[UUID]) -> frozenset[UUID]:
    """Return the guardians whose own affairs every one of the persons may see. One's own is always one's own."""
    rows = case.session.execute(_SHOWN, _now(case)).all()
    seen = [frozenset(r.about for r in rows if r.person == person) | {person} for person in persons]
    return frozenset.intersection(*seen) if seen else frozenset()


def _now(case: OpenCase) -> dict[str, object]:
    return {"case": case.id, "now": case.at, "policy": policy_mark()}

"""When one guardian answers for all, each of the others is told: a task that stands until somebody has said so of each (R-03).

Who comes later is told too. The guardian the child is hidden from is told nothing, and nothing here says that there is
such a one (R-60).
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, or_, select
from sqlalchemy.orm import aliased

from bti import clock
from bti.casework.door import OpenCase, use_case
from bti.casework.ground.reading import reading
from bti.errors import Reason, Refused
from bti.rules.access import Action
from bti.rules.consent import ADULT, NAMES_WHO_ANSWERS, DecisionKind, DecisionValue, Notice, birthday
from bti.store.tables import (
    Case,
    CaseDecision,
    CaseDecisionConsenter,
    CaseDecisionNotice,
    Child,
    Guardian,
    StaffUser,
)


@dataclass(frozen=True)
class NoticeView:
    """One guardian who does not answer herself, and whether she has been told who does."""

    guardian: UUID
    name: str
    waits: bool
    what: Notice | None
    on: date | None
    by: str


def is_replaced(decision: Any) -> ColumnElement[bool]:
    """Say whether a newer decision of the same kind counts instead."""
    newer = aliased(CaseDecision)
    return exists().where(newer.case_id == decision.case_id, newer.kind == decision.kind, newer.at > decision.at)


def under_care() -> ColumnElement[bool]:
    """Say whether a care order goes first: then it says who answers."""
    order = aliased(CaseDecision)
    named = [value for value in NAMES_WHO_ANSWERS if value is not DecisionValue.ONE_PLUS_NOTICE]
    return exists().where(order.case_id == CaseDecision.case_id, order.value.in_(named), ~is_replaced(order))


def _named(table: type[CaseDecisionConsenter | CaseDecisionNotice]) -> Select[Any]:
    return select(table.guardian_id).where(table.decision_id == CaseDecision.id).correlate(CaseDecision)


_COUNTS: Final = and_(
    CaseDecision.kind == DecisionKind.GUARDIAN_RULE,
    CaseDecision.value == DecisionValue.ONE_PLUS_NOTICE,
    ~is_replaced(CaseDecision),
    ~under_care(),
)
_IS_TO_BE_TOLD: Final = and_(
    Child.birth_date > bindparam("of_age_when_born"),
    Guardian.has_parental_responsibility,
    ~Guardian.blocked,
    or_(Guardian.valid_from.is_(None), Guardian.valid_from <= bindparam("today")),
    or_(Guardian.valid_to.is_(None), Guardian.valid_to >= bindparam("today")),
    Guardian.id.not_in(_named(CaseDecisionConsenter)),
    Guardian.id.not_in(_named(CaseDecisionNotice)),
)
"""Over child and guardian: one with foreldreansvar who does not answer, from whom the child is not hidden, and who is not told yet."""
WAITS: Final = and_(
    _COUNTS,
    exists()
    .where(
        Case.id == CaseDecision.case_id,
        Child.id == Case.child_id,
        Guardian.child_id == Case.child_id,
        _IS_TO_BE_TOLD,
    )
    .correlate(CaseDecision),
)
"""Over a decision: it counts now, and there is a guardian who has not been told of it, however late she came."""
_NOTICES = reading(
    select(
        Guardian.id,
        Guardian.name,
        and_(_COUNTS, _IS_TO_BE_TOLD).label("waits"),
        CaseDecisionNotice.notice,
        CaseDecisionNotice.at,
        StaffUser.display_name,
    )
    .select_from(CaseDecision)
    .join(Case, Case.id == CaseDecision.case_id)
    .join(Child, Child.id == Case.child_id)
    .join(Guardian, Guardian.child_id == Case.child_id)
    .outerjoin(
        CaseDecisionNotice,
        and_(CaseDecisionNotice.decision_id == CaseDecision.id, CaseDecisionNotice.guardian_id == Guardian.id),
    )
    .outerjoin(StaffUser, StaffUser.id == CaseDecisionNotice.recorded_by)
    .where(CaseDecision.id == bindparam("decision"))
    .order_by(Guardian.order_no, Guardian.id),
    CaseDecision,
)


def asked_with(today: date) -> dict[str, object]:
    """Return the days it is asked with."""
    return {"today": today, "of_age_when_born": birthday(today, -ADULT)}


def notices(case: OpenCase, decision: UUID) -> tuple[NoticeView, ...]:
    """Return those who wait to be told of a decision, and those of whom it is said what came of it."""
    rows = case.read(_NOTICES, decision=decision, **asked_with(case.today))
    return tuple(
        NoticeView(r.id, r.name, bool(r.waits), r.notice, clock.day(r.at) if r.at else None, r.display_name or "")
        for r in rows
        if r.waits or r.notice
    )


@use_case(Action.RECORD_CONSENT)
def note_notice(case: OpenCase, *, decision: UUID, guardian: UUID, notice: Notice) -> UUID:
    """Write down that a guardian has been told who answers, or that it cannot be done. Who and when follow."""
    if guardian not in {one.guardian for one in notices(case, decision) if one.waits}:
        raise Refused(Reason.SAVED_ALREADY)
    row = case.new(
        CaseDecisionNotice(
            decision_id=decision, guardian_id=guardian, notice=notice, at=case.at, recorded_by=case.actor.id
        )
    )
    return row.id

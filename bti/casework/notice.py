"""When one guardian answers for both, the other is told: a task that stands until somebody says that it is done, or why not (R-03).

The guardian the child is hidden from is told nothing, and nothing here says that there is such a one (R-60).
"""

from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, exists, or_, select
from sqlalchemy.orm import aliased

from bti.casework.door import OpenCase, use_case
from bti.casework.reading import reading
from bti.errors import Reason, Refused
from bti.rules.access import Action
from bti.rules.consent import ADULT, NAMES_WHO_ANSWERS, DecisionKind, DecisionValue, Notice, birthday
from bti.store.tables import Case, CaseDecision, CaseDecisionConsenter, Child, Guardian


def _replaced(decision: Any) -> ColumnElement[bool]:
    newer = aliased(CaseDecision)
    return exists().where(newer.case_id == decision.case_id, newer.kind == decision.kind, newer.at > decision.at)


def _under_care() -> ColumnElement[bool]:
    """Say whether a care order goes first: then it says who answers."""
    order = aliased(CaseDecision)
    named = [value for value in NAMES_WHO_ANSWERS if value is not DecisionValue.ONE_PLUS_NOTICE]
    return exists().where(order.case_id == CaseDecision.case_id, order.value.in_(named), ~_replaced(order))


def _another_guardian() -> ColumnElement[bool]:
    """Say whether there is a guardian with foreldreansvar who does not answer, and from whom the child is not hidden."""
    answers = select(CaseDecisionConsenter.guardian_id).where(CaseDecisionConsenter.decision_id == CaseDecision.id)
    return (
        exists()
        .where(
            Case.id == CaseDecision.case_id,
            Child.id == Case.child_id,
            Child.birth_date > bindparam("of_age_when_born"),
            Guardian.child_id == Case.child_id,
            Guardian.has_parental_responsibility,
            ~Guardian.blocked,
            or_(Guardian.valid_from.is_(None), Guardian.valid_from <= bindparam("today")),
            or_(Guardian.valid_to.is_(None), Guardian.valid_to >= bindparam("today")),
            Guardian.id.not_in(answers.correlate(CaseDecision)),
        )
        .correlate(CaseDecision)
    )


WAITS: Final = and_(
    CaseDecision.kind == DecisionKind.GUARDIAN_RULE,
    CaseDecision.value == DecisionValue.ONE_PLUS_NOTICE,
    CaseDecision.notice.is_(None),
    ~_replaced(CaseDecision),
    ~_under_care(),
    _another_guardian(),
)
"""Over a decision: it counts now, and another guardian has not been told of it."""
_WAITING = reading(select(CaseDecision.id).where(CaseDecision.id == bindparam("decision"), WAITS), CaseDecision)


def asked_with(today: date) -> dict[str, object]:
    """Return the days it is asked with."""
    return {"today": today, "of_age_when_born": birthday(today, -ADULT)}


@use_case(Action.RECORD_CONSENT)
def note_notice(case: OpenCase, *, decision: UUID, notice: Notice) -> UUID:
    """Write down that the other guardian has been told who answers, or that it cannot be done. Who and when follow."""
    if not case.read(_WAITING, decision=decision, **asked_with(case.today)):
        raise Refused(Reason.SAVED_ALREADY)
    row = case.get(CaseDecision, decision)
    row.notice, row.notice_at, row.notice_by = notice, case.at, case.actor.id
    return row.id

"""Who must answer for this child, when it is decided beside the kommune's rule: with names and a reason (R-03)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from bti.casework.consent import notice
from bti.casework.consent.consenting import let_the_gate_follow
from bti.casework.consent.notice import NoticeView
from bti.casework.door import OpenCase, use_case
from bti.casework.ground.reading import reading
from bti.casework.people import people, transferring
from bti.errors import Reason, Refused
from bti.rules.access import Action, may
from bti.rules.consent import KIND_OF, NAMES_WHO_ANSWERS, DecisionKind, DecisionValue
from bti.rules.people import GuardianRelation
from bti.store.tables import CaseDecision, CaseDecisionConsenter

CARE_ORDERS = frozenset({DecisionValue.CWS_ONLY, DecisionValue.CWS_AND_PARENTS})


@dataclass(frozen=True)
class Decided:
    """What counts for this child now: what, who decided it, when and why."""

    value: DecisionValue
    decided_by: str
    decided_on: date
    reason: str
    id: UUID
    notices: tuple[NoticeView, ...]
    """The guardians who are told of it, and those who wait to be (R-03)."""


_DECISIONS = reading(
    select(
        CaseDecision.kind,
        CaseDecision.value,
        CaseDecision.decided_by,
        CaseDecision.decided_on,
        CaseDecision.reason,
        CaseDecision.id,
    )
    .where(CaseDecision.kind != DecisionKind.STRICT_ADDRESS)
    .order_by(CaseDecision.at, CaseDecision.id),
    CaseDecision,
)


def decided(case: OpenCase) -> tuple[Decided, ...]:
    """Return what is decided for this child about who answers, the newest of each kind. For the stafettholder alone."""
    if not may(case.sight, Action.RECORD_CONSENT):
        raise Refused(Reason.NOT_ALLOWED)
    newest = {row.kind: row for row in case.read(_DECISIONS)}
    return tuple(
        Decided(
            value=r.value,
            decided_by=r.decided_by,
            decided_on=r.decided_on,
            reason=r.reason,
            id=r.id,
            notices=notice.notices(case, r.id) if r.value is DecisionValue.ONE_PLUS_NOTICE else (),
        )
        for r in newest.values()
    )


@use_case(Action.RECORD_CONSENT)
def decide_who_answers(
    case: OpenCase,
    *,
    value: DecisionValue,
    consenters: Collection[UUID],
    decided_by: str,
    decided_on: date,
    reason: str,
) -> UUID:
    """Write down who must answer for this child, who decided it and why. It counts from now (R-03)."""
    _check(case, value, frozenset(consenters))
    if not (decided_by.strip() and reason.strip()):
        raise Refused(Reason.MISSING, field="reason" if decided_by.strip() else "decided_by")
    if decided_on > case.today:
        raise Refused(Reason.IN_THE_FUTURE, field="decided_on")
    decision = case.new(
        CaseDecision(
            kind=KIND_OF[value],
            value=value,
            decided_by=decided_by,
            decided_on=decided_on,
            reason=reason,
            at=case.at,
            recorded_by=case.actor.id,
        )
    )
    for guardian in sorted(consenters) if value in NAMES_WHO_ANSWERS else ():
        case.new(CaseDecisionConsenter(decision_id=decision.id, guardian_id=guardian))
    transferring.while_all_agree(case)
    let_the_gate_follow(case)
    return decision.id


def _check(case: OpenCase, value: DecisionValue, consenters: frozenset[UUID]) -> None:
    """Refuse what is not entered here, and a decision that names nobody, a stranger, or a care order without barnevernet."""
    if KIND_OF[value] is DecisionKind.STRICT_ADDRESS:
        raise Refused(Reason.NOT_ALLOWED, field="value")
    if value not in NAMES_WHO_ANSWERS:
        return
    known = {p.key: p.relation for p in people.people(case) if p.kind is people.PersonKind.GUARDIAN}
    if not consenters or not consenters <= set(known):
        raise Refused(Reason.NOT_A_CHOICE, field="consenters")
    relations = {known[one] for one in consenters}
    if value in CARE_ORDERS and GuardianRelation.CHILD_WELFARE_SERVICE not in relations:
        raise Refused(Reason.NOT_A_CHOICE, field="consenters")
    if value is DecisionValue.CWS_ONLY and relations != {GuardianRelation.CHILD_WELFARE_SERVICE}:
        raise Refused(Reason.NOT_A_CHOICE, field="consenters")

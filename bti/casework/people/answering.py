"""The one who is asked to be stafettholder answers for herself, outside the door: she may not take part yet (R-13)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.orm import aliased

from bti import clock
from bti.casework.door import Asking
from bti.casework.ground.opening import OWNER
from bti.casework.outside import Act, acting
from bti.casework.people import holding
from bti.casework.people.holding import NOT_ARCHIVED
from bti.errors import Reason, Refused
from bti.rules import handover as rule
from bti.rules.handover import HandoverAccepted, HandoverDeclined, HandoverReason
from bti.rules.people import Actor
from bti.rules.workflow import CaseStatus
from bti.store.current import database
from bti.store.engine import RULE
from bti.store.tables import Case, Child, Service, StafettholderHandover, StaffUser

_ASKED_BY: Final = aliased(StaffUser)


@dataclass(frozen=True)
class Waiting:
    """A handover that waits for this person's own word."""

    id: UUID
    number: str
    child: str
    asked_by: str
    reason: HandoverReason | None
    until: date | None
    other_service: bool
    spoken_at: datetime | None


_WAITING = (
    select(
        StafettholderHandover.id,
        StafettholderHandover.reason,
        StafettholderHandover.access_until,
        StafettholderHandover.accepted_at,
        Case.number,
        Child.given_names,
        _ASKED_BY.display_name,
        (Service.id != OWNER).label("other_service"),
    )
    .join(Case, Case.id == StafettholderHandover.case_id)
    .join(Child, Child.id == Case.child_id)
    .join(_ASKED_BY, _ASKED_BY.id == StafettholderHandover.proposed_by)
    .join(StaffUser, StaffUser.id == StafettholderHandover.to_id)
    .join(Service, Service.id == StaffUser.service_id)
    .where(
        StafettholderHandover.to_id == bindparam("user"),
        StafettholderHandover.declined_at.is_(None),
        or_(StafettholderHandover.accepted_at.is_(None), StafettholderHandover.confirmed_at.is_(None)),
        or_(Case.status != CaseStatus.CLOSED, and_(NOT_ARCHIVED, StafettholderHandover.proposed_at >= Case.closed_at)),
        holding.MAY_CARRY,
    )
    .order_by(StafettholderHandover.proposed_at, StafettholderHandover.id)
)


def waiting(actor: Actor) -> tuple[Waiting, ...]:
    """Return what waits for this person. Nothing is said of a case the family's yes does not cover for her now (R-56)."""
    with database().reading(RULE) as session:
        rows = session.execute(_WAITING, {"user": actor.id, **holding.now_open(clock.now())}).all()
    return tuple(
        Waiting(
            r.id,
            r.number,
            r.given_names,
            r.display_name,
            r.reason,
            r.access_until,
            r.other_service,
            r.accepted_at,
        )
        for r in rows
    )


def accept(asked: Asking, *, handover: UUID) -> str:
    """Say yes, or confirm the yes that was said in the meeting, and return the number of the case."""
    with acting(asked.actor, "accept_handover") as act:
        row, case = _mine(act, handover)
        if row.accepted_at is None:
            new = holding.check_candidate(act.session, row.case_id, row.to_id, act.at)
            row.accepted_at, row.accepted_how, row.consent_checked = (
                act.at,
                HandoverAccepted.SELF,
                not new.is_of_owner,
            )
            holding.give_duty(act.session, row.case_id, row.to_id, act.at, until=row.access_until, by=act.actor.id)
        row.confirmed_at, row.updated_by = act.at, act.actor.id
        act.note(row.case_id, str(row.id))
        return case.number


def decline(asked: Asking, *, handover: UUID, why: HandoverDeclined) -> None:
    """Say no. The duty stays, or after a spoken yes that was none goes back, with the one who had it."""
    with acting(asked.actor, "decline_handover") as act:
        row, _case = _mine(act, handover)
        if why not in rule.MAY_ANSWER:
            raise Refused(Reason.NOT_A_CHOICE, field="why")
        if row.accepted_at is not None:
            holding.gives_back(act.session, row, act.at, by=act.actor.id)
        row.declined_at, row.declined_because, row.updated_by = act.at, why, act.actor.id
        act.note(row.case_id, str(row.id))


def _mine(act: Act, handover: UUID) -> tuple[StafettholderHandover, Case]:
    """Return the handover that waits for this person's word, or refuse: unknown and another's alike."""
    row = act.session.get(StafettholderHandover, handover)
    if row is None:
        raise Refused(Reason.NOT_YOURS)
    rule.check_answers(row.to_id, act.actor.id)
    case = act.session.get_one(Case, row.case_id)
    if row.declined_at or row.confirmed_at or _came_too_late(row, case):
        raise Refused(Reason.SAVED_ALREADY)
    return row, case


def _came_too_late(row: StafettholderHandover, case: Case) -> bool:
    """Say whether the log was closed since: who is asked afterwards is asked to see to the archive, and the child (R-19, R-46)."""
    return case.status is CaseStatus.CLOSED and case.closed_at is not None and row.proposed_at < case.closed_at

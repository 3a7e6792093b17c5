"""The stafettholder hands over, names a deputy, and keeps the duty until the new one has said yes (R-11, R-13, R-63)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from bti.casework.door import OpenCase, use_case
from bti.casework.ground.reading import reading
from bti.casework.people import holding
from bti.casework.people.holding import Candidate
from bti.errors import Reason, Refused
from bti.rules.access import Action
from bti.rules.handover import HandoverAccepted, HandoverDeclined, HandoverReason, check_until
from bti.rules.workflow import ANY_MODE, CaseStatus
from bti.store.tables import Service, StafettholderHandover, StaffUser


@dataclass(frozen=True)
class HandoverView:
    """A handover that waits for its answer, or for the new one's own word after a spoken yes."""

    id: UUID
    name: str
    at: datetime
    other_service: bool
    until: date | None
    spoken_at: datetime | None


@dataclass(frozen=True)
class DeclinedView:
    """The newest who was asked said no, when and why: somebody else must be asked (R-13)."""

    name: str
    at: datetime
    why: HandoverDeclined


@dataclass(frozen=True)
class DeputyView:
    """Who does the stafettholder's work for a while."""

    name: str
    until: date


@dataclass(frozen=True)
class HandingOverView:
    """What the page of people says of the duty."""

    candidates: tuple[Candidate, ...]
    handover: HandoverView | None
    declined: DeclinedView | None
    deputy: DeputyView | None
    is_holder: bool


_HANDOVERS = reading(
    select(
        StafettholderHandover.id,
        StaffUser.display_name,
        StafettholderHandover.proposed_at,
        StafettholderHandover.access_until,
        StafettholderHandover.accepted_at,
        StafettholderHandover.confirmed_at,
        StafettholderHandover.declined_at,
        StafettholderHandover.declined_because,
        (Service.id != bindparam("owner")).label("other_service"),
    )
    .join(StaffUser, StaffUser.id == StafettholderHandover.to_id)
    .join(Service, Service.id == StaffUser.service_id)
    .order_by(StafettholderHandover.proposed_at.desc(), StafettholderHandover.id.desc()),
    StafettholderHandover,
)
_DEPUTY = select(StaffUser.display_name)


def view(case: OpenCase) -> HandingOverView:
    """Return who carries the log, who is asked to, and who can be."""
    rows = case.read(_HANDOVERS, owner=case.owner_service_id)
    waits = _waiting(rows)
    return HandingOverView(
        candidates=holding.candidates(case.session, case.id, case.at, may_name=_may_name(case)),
        handover=HandoverView(
            waits.id, waits.display_name, waits.proposed_at, waits.other_service, waits.access_until, waits.accepted_at
        )
        if waits
        else None,
        declined=_declined(rows),
        deputy=_deputy(case),
        is_holder=case.actor.id == case.stafettholder_id,
    )


@use_case(Action.LEAD, modes=ANY_MODE)
def propose(case: OpenCase, *, to: UUID, reason: HandoverReason | None, until: date | None) -> UUID:
    """Ask a colleague to be stafettholder. The old one keeps the duty until she has said yes (R-13)."""
    _check_holder(case)
    check_until(until, case.today)
    holding.check_candidate(case.session, case.id, to, case.at)
    handover = StafettholderHandover(
        case_id=case.id,
        from_id=case.stafettholder_id,
        to_id=to,
        proposed_by=case.actor.id,
        reason=reason,
        access_until=until,
    )
    holding.ask(case.session, handover, case.at)
    return handover.id


@use_case(Action.LEAD, modes=ANY_MODE)
def spoken_yes(case: OpenCase, *, handover: UUID) -> UUID:
    """Write down that the new one said yes in the meeting: the duty is hers now, and she confirms it herself later (R-13)."""
    row = _waits(case, handover)
    new = holding.check_candidate(case.session, case.id, row.to_id, case.at)
    row.accepted_at, row.accepted_how, row.consent_checked = case.at, HandoverAccepted.SPOKEN, not new.is_of_owner
    holding.give_duty(case.session, case.id, row.to_id, case.at, until=row.access_until, by=case.actor.id)
    return row.id


@use_case(Action.LEAD, modes=ANY_MODE)
def take_back(case: OpenCase, *, handover: UUID) -> UUID:
    """Take back what was asked and is not answered."""
    row = _waits(case, handover)
    row.declined_at, row.declined_because = case.at, HandoverDeclined.TAKEN_BACK
    return row.id


@use_case(Action.LEAD, modes=ANY_MODE)
def ask_again(case: OpenCase, *, handover: UUID) -> UUID:
    """Undo that a question was taken back: it waits as it did, unless somebody else has been asked since (R-13)."""
    _check_holder(case)
    row = case.get(StafettholderHandover, handover)
    if row.declined_because is not HandoverDeclined.TAKEN_BACK or _waiting(
        case.read(_HANDOVERS, owner=case.owner_service_id)
    ):
        raise Refused(Reason.SAVED_ALREADY)
    holding.check_candidate(case.session, case.id, row.to_id, case.at)
    row.declined_at = row.declined_because = None
    return row.id


@use_case(Action.LEAD, modes=ANY_MODE)
def name_deputy(case: OpenCase, *, to: UUID, until: date) -> UUID:
    """Let a colleague do the stafettholder's work until a day (R-63). The duty stays where it is."""
    _check_holder(case)
    check_until(until, case.today)
    holding.check_candidate(case.session, case.id, to, case.at)
    holding.deputizes(case.session, case.id, to, case.at, until=until, by=case.actor.id)
    return to


@use_case(Action.LEAD, modes=ANY_MODE)
def end_deputy(case: OpenCase) -> None:
    """Let the deputy's time be over now."""
    _check_holder(case)
    row = case.own_row()
    row.deputy_id = row.deputy_until = None


def _check_holder(case: OpenCase) -> None:
    """Only the stafettholder herself gives the duty away: a deputy does her work, and not this."""
    if case.status is CaseStatus.CLOSED:
        raise Refused(Reason.CASE_CLOSED)
    if case.actor.id != case.stafettholder_id:
        raise Refused(Reason.NOT_ALLOWED)


def _waits(case: OpenCase, handover: UUID) -> StafettholderHandover:
    _check_holder(case)
    row = case.get(StafettholderHandover, handover)
    if row.accepted_at or row.declined_at:
        raise Refused(Reason.SAVED_ALREADY)
    return row


def _may_name(case: OpenCase) -> UUID | None:
    return None if case.sight.everything else case.sight.service


def _waiting(rows: Sequence[Any]) -> Any | None:
    """Return the newest that waits for its answer, or for the new one's own word after a spoken yes."""
    return next((r for r in rows if r.declined_at is None and not (r.accepted_at and r.confirmed_at)), None)


def _declined(rows: Sequence[Any]) -> DeclinedView | None:
    """Return the no of the newest who was asked; one that was taken back is no answer of hers."""
    if not rows or rows[0].declined_because in {None, HandoverDeclined.TAKEN_BACK}:
        return None
    return DeclinedView(rows[0].display_name, rows[0].declined_at, rows[0].declined_because)


def _deputy(case: OpenCase) -> DeputyView | None:
    if case.row.deputy_id is None or case.row.deputy_until < case.today:
        return None
    name = case.session.execute(_DEPUTY.where(StaffUser.id == case.row.deputy_id)).scalar_one()
    return DeputyView(name, case.row.deputy_until)

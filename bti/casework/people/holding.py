"""Who can carry a stafettlogg, and the move of the duty itself: the same whoever asked and however the yes was said."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, delete, exists, or_, select
from sqlalchemy.orm import Session

from bti import clock
from bti.casework.ground.naming import in_order, service_name, title
from bti.casework.ground.opening import OWNER, is_open_to
from bti.casework.ground.policy import policy_mark
from bti.errors import Reason, Refused
from bti.rules.closing import ArchivedWhat
from bti.rules.handover import HandoverDeclined
from bti.rules.people import MAY_HOLD, ParticipantKind, ServiceOwner
from bti.rules.workflow import CaseStatus, ClosingReason, StafettloggMode
from bti.store.tables import (
    ArchiveReceipt,
    Case,
    Participant,
    PhoneAgreement,
    Service,
    Sharing,
    StafettholderHandover,
    StaffUser,
)


@dataclass(frozen=True)
class Candidate:
    """Somebody who can be asked to be stafettholder."""

    user: UUID
    name: str
    title: str
    service_name: str
    is_of_owner: bool


def is_inside(service: Any) -> ColumnElement[bool]:
    """Say, over case and service, as at the door: the owner service, or one the family's yes covers now."""
    covered = (
        select(Sharing.id).where(is_open_to(service.id), Sharing.about.is_(None)).correlate(Case, service).exists()
    )
    has_agreement = or_(service.owner == ServiceOwner.KOMMUNE, service.agreement_date <= bindparam("today"))
    return or_(and_(service.id == OWNER, has_agreement), covered)


IS_INSIDE: Final[ColumnElement[bool]] = is_inside(Service)
"""The same, of the service of the account."""
MAY_CARRY: Final[ColumnElement[bool]] = and_(StaffUser.active, StaffUser.access_role.in_(MAY_HOLD), IS_INSIDE)
"""Over case, account and her service: of the owner service, or of one the family's yes covers now (R-11, R-13)."""

NOT_ARCHIVED: Final = and_(
    Case.status == CaseStatus.CLOSED,
    Case.closing_reason != ClosingReason.OPENED_IN_ERROR,
    Case.stafettlogg_mode != StafettloggMode.PAPER,
    ~exists().where(ArchiveReceipt.case_id == Case.id, ArchiveReceipt.of == ArchivedWhat.LOG_AT_CLOSING),
)
"""A closed log that lies in no archive yet: somebody is to see to it, whoever carried it (R-19, R-46)."""

_CANDIDATES = (
    select(
        StaffUser.id,
        StaffUser.display_name,
        StaffUser.title,
        Service.name_nb,
        Service.name_nn,
        Service.sensitive_membership,
        Service.id.label("service"),
        OWNER.label("owner_service_id"),
    )
    .select_from(Case)
    .join(StaffUser, StaffUser.id != Case.stafettholder_id)
    .join(Service, Service.id == StaffUser.service_id)
    .where(Case.id == bindparam("case"), MAY_CARRY)
)
_PART = select(Participant).where(Participant.case_id == bindparam("case"), Participant.user_id == bindparam("user"))
_WAITS = select(StafettholderHandover).where(
    StafettholderHandover.case_id == bindparam("case"),
    StafettholderHandover.accepted_at.is_(None),
    StafettholderHandover.declined_at.is_(None),
)


def candidates(session: Session, case: UUID, at: datetime, *, may_name: UUID | None = None) -> tuple[Candidate, ...]:
    """Return who can be asked. With ``may_name`` a sensitive service is left out unless it is that one (R-56)."""
    rows = session.execute(_CANDIDATES, {"case": case, **now_open(at)}).all()
    found = in_order(
        (
            Candidate(
                r.id,
                r.display_name,
                title(r.title, r.name_nb, r.name_nn),
                service_name(r),
                r.service == r.owner_service_id,
            )
            for r in rows
            if may_name is None or not r.sensitive_membership or r.service == may_name
        ),
        lambda one: f"{one.service_name} {one.name}",
    )
    return tuple(sorted(found, key=lambda one: not one.is_of_owner))


def check_candidate(session: Session, case: UUID, user: UUID, at: datetime) -> Candidate:
    """Return the candidate, or refuse one who cannot carry the log of this case."""
    found = next((c for c in candidates(session, case, at) if c.user == user), None)
    if found is None:
        raise Refused(Reason.NOT_A_CHOICE, field="to")
    return found


def now_open(at: datetime) -> dict[str, object]:
    """Return the moment, the day and the policy the windows are asked with."""
    return {"now": at, "today": clock.day(at), "policy": policy_mark()}


def ask(session: Session, handover: StafettholderHandover, at: datetime) -> None:
    """Ask somebody; what was asked of another before and not answered is taken back."""
    waits = session.execute(_WAITS, {"case": handover.case_id}).scalar_one_or_none()
    if waits is not None:
        waits.declined_at, waits.declined_because = at, HandoverDeclined.TAKEN_BACK
        session.flush()
    handover.proposed_at, handover.updated_by = at, handover.proposed_by
    session.add(handover)
    session.flush()


def give_duty(session: Session, case: UUID, user: UUID, at: datetime, *, until: date | None, by: UUID) -> None:
    """Make the person stafettholder from now on, and let her take part: a colleague already there as long as before, or longer.

    The deputy was the old one's, and is so no more (R-63).
    """
    row = session.get_one(Case, case)
    row.stafettholder_id, row.updated_by = user, by
    row.deputy_id = row.deputy_until = None
    if not takes_part(session, case, user, clock.midnight(until or date.max)):
        joins(session, case, user, at, until=until, by=by)


def joins(session: Session, case: UUID, user: UUID, at: datetime, *, until: date | None, by: UUID) -> None:
    """Let a colleague take part, until a day or until further notice."""
    part = session.execute(_PART, {"case": case, "user": user}).scalar_one_or_none()
    if part is None:
        part = Participant(case_id=case, user_id=user, kind=ParticipantKind.STAFF, joined_at=at)
        session.add(part)
    elif part.left_at is not None:
        part.left_at, part.joined_at = None, at
    part.access_until, part.updated_by = until, by
    session.flush()


def deputizes(session: Session, case: UUID, user: UUID, at: datetime, *, until: date, by: UUID) -> None:
    """Let a colleague do the stafettholder's work until a day; she takes part at least as long (R-63)."""
    row = session.get_one(Case, case)
    row.deputy_id, row.deputy_until, row.updated_by = user, until, by
    if not takes_part(session, case, user, clock.midnight(until)):
        joins(session, case, user, at, until=until, by=by)


def leaves(session: Session, part: Participant, at: datetime, *, by: UUID) -> None:
    """Let a colleague's part end now, and with it what came of it: being deputy, being asked, and the phone numbers (R-71)."""
    part.left_at, part.updated_by = at, by
    case = session.get_one(Case, part.case_id)
    if case.deputy_id == part.user_id:
        case.deputy_id = case.deputy_until = None
        case.updated_by = by
    waits = session.execute(_WAITS, {"case": part.case_id}).scalar_one_or_none()
    if waits is not None and waits.to_id == part.user_id:
        waits.declined_at, waits.declined_because = at, HandoverDeclined.TAKEN_BACK
    session.execute(
        delete(PhoneAgreement).where(PhoneAgreement.case_id == part.case_id, PhoneAgreement.participant_id == part.id)
    )


def gives_back(session: Session, handover: StafettholderHandover, at: datetime, *, by: UUID) -> None:
    """Undo a spoken yes that was none: the duty is the old one's again, and who came in with it takes no part."""
    row = session.get_one(Case, handover.case_id)
    if row.stafettholder_id == handover.to_id:
        row.stafettholder_id, row.updated_by = handover.from_id, by
        row.deputy_id = row.deputy_until = None
    part = session.execute(_PART, {"case": handover.case_id, "user": handover.to_id}).scalar_one_or_none()
    if part is not None and part.joined_at == handover.accepted_at:
        part.left_at, part.updated_by = at, by


def takes_part(session: Session, case: UUID, user: UUID, at: datetime) -> bool:
    """Say whether the person takes part now, with no end set or before it."""
    part = session.execute(_PART, {"case": case, "user": user}).scalar_one_or_none()
    return part is not None and part.left_at is None and (part.access_until or date.max) >= clock.day(at)

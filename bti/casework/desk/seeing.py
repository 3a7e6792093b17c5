"""The cases a person takes part in, and the head of one: whose case, which step, who carries it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, func, or_, select

from bti import clock
from bti.casework.consent import not_to_share
from bti.casework.consent.consent_standings import standings_of
from bti.casework.consent.consenting import Standing
from bti.casework.door import OpenCase
from bti.casework.ground.naming import service_name
from bti.casework.ground.opening import OWNER, at_the_door, has_owned, is_open_to, takes_part
from bti.casework.ground.policy import kommune, policy
from bti.rules.meeting import MeetingState
from bti.rules.people import Actor, ServiceKind, ServiceOwner
from bti.rules.workflow import CaseStatus, Level, Step
from bti.store.current import database
from bti.store.facts import consents
from bti.store.tables import Case, Child, Meeting, Ownership, Participant, Service, Sharing, StaffUser


@dataclass(frozen=True)
class CaseLine:
    """One case in the list of those the person takes part in."""

    id: UUID
    number: str
    child: str
    step: Step
    status: CaseStatus
    round: int
    stafettholder: str
    is_mine: bool
    is_owned: bool
    meeting: datetime | None


@dataclass(frozen=True)
class HeadView:
    """The head of a case page."""

    number: str
    child: str
    step: Step
    status: CaseStatus
    round: int
    level_name: str
    stafettholder: str
    stafettholder_phone: str
    owner_service: str
    owner_kind: ServiceKind
    archive_unit: str
    when_away: str
    """Who answers in the owner service when the stafettholder is away: contact and phone, as far as it has them (K11)."""
    next_meeting: datetime | None
    opened_on: date
    closed_on: date | None
    registered_afterwards: bool
    birth_year: int | None
    standings: tuple[Standing, ...]
    not_to_share: tuple[str, ...]
    """What stands beside what is written, where the head has read it: the family's words, for those who write."""


_NEXT_MEETING = (
    select(func.min(Meeting.start))
    .where(Meeting.case_id == Case.id, Meeting.state == MeetingState.PLANNED, Meeting.start >= bindparam("midnight"))
    .scalar_subquery()
)
_MINE = (
    select(
        Case.id,
        Case.number,
        Case.step,
        Case.status,
        Case.round,
        Case.stafettholder_id,
        and_(Service.id == bindparam("service"), Service.owner == ServiceOwner.KOMMUNE).label("owned"),
        Child.given_names,
        StaffUser.display_name,
        _NEXT_MEETING.label("meeting"),
    )
    .join(Participant, takes_part(bindparam("user")))
    .join(Child, Child.id == Case.child_id)
    .join(Service, Service.id == OWNER)
    .join(StaffUser, StaffUser.id == Case.stafettholder_id)
    .where(
        or_(
            and_(
                Service.id == bindparam("service"),
                or_(Service.owner == ServiceOwner.KOMMUNE, Service.agreement_date <= bindparam("today")),
            ),
            select(Ownership.id)
            .join(Service, Service.id == Ownership.service_id)
            .where(
                has_owned(bindparam("service")),
                or_(Service.owner == ServiceOwner.KOMMUNE, Service.agreement_date <= bindparam("today")),
            )
            .correlate(Case)
            .exists(),
            select(Sharing.id).where(is_open_to(bindparam("service"))).correlate(Case).exists(),
        )
    )
    .order_by(Case.status == CaseStatus.CLOSED, Case.number.desc())
)


def my_cases(actor: Actor) -> tuple[CaseLine, ...]:
    """Return the cases this person takes part in and may see now: by the same join as the door (R-56)."""
    now = clock.now()
    with database().reading(actor.id) as session:
        rows = session.execute(
            _MINE,
            {
                "user": actor.id,
                "service": actor.service,
                "midnight": clock.midnight(clock.day(now)),
                **at_the_door(now),
            },
        ).all()
    return tuple(_line(actor, row) for row in rows)


def head(case: OpenCase, standings: Sequence[Standing] | None = None) -> HeadView:
    """Return the head of the case, as the door found it; where the services stand may have been read already."""
    row = case.row
    owner = service_name(row)
    kept_back: tuple[str, ...] = ()
    if case.sight.left is not None:  # whom the family asks now is not for the one the log left
        standings = ()
    if standings is None:
        read = consents(case.session, case.id, policy())
        standings, kept_back = standings_of(case, read), not_to_share.words(case, read.askings)
    return HeadView(
        number=case.number,
        child=row.given_names,
        step=case.step,
        status=case.status,
        round=case.round,
        level_name=level_name(case.level),
        stafettholder=row.holder_name,
        stafettholder_phone=row.holder_phone or "",
        owner_service=owner,
        owner_kind=row.kind,
        archive_unit=row.archive_unit or kommune().archive.unit or owner,
        when_away=", ".join(filter(None, (row.owner_contact, row.owner_phone))),
        next_meeting=row.next_meeting if case.status is not CaseStatus.CLOSED else None,
        opened_on=clock.day(row.opened_at),
        closed_on=clock.day(row.closed_at) if row.closed_at else None,
        registered_afterwards=row.registered_afterwards,
        birth_year=row.birth_date.year if row.birth_date else None,
        standings=tuple(standings),
        not_to_share=kept_back,
    )


def level_name(level: Level) -> str:
    """Return what the kommune calls the level."""
    return str(getattr(kommune().levels, level.value))


def _line(actor: Actor, row: Any) -> CaseLine:
    return CaseLine(
        id=row.id,
        number=row.number,
        child=row.given_names,
        step=row.step,
        status=row.status,
        round=row.round,
        stafettholder=row.display_name,
        is_mine=row.stafettholder_id == actor.id,
        is_owned=bool(row.owned),
        meeting=row.meeting if row.status is not CaseStatus.CLOSED else None,
    )

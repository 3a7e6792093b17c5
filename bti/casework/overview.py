"""Which logs a unit has and who carries them, for its leader and the koordinator: no content, no way into a case (R-63).

Read as the rule, which sees no one's words; every statement here names the columns it shows.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Uuid, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from bti import clock
from bti.casework import holding
from bti.casework.childs_voice import holidays
from bti.casework.due import day_of
from bti.casework.gone import gone_at, is_gone
from bti.casework.naming import service_name
from bti.casework.opening import OWNER, at_the_door, takes_part
from bti.casework.reading import CASES, OWNED, SERVICE, open_in_several
from bti.casework.waits import NOT_ARCHIVED
from bti.errors import Reason, Refused
from bti.rules.closing import AnswersInError, who_answers_in_error
from bti.rules.due import Due, Section, Task, counted
from bti.rules.handover import HandoverDeclined, HolderGone, HolderStands, has_leave, why_gone
from bti.rules.people import MAY_HOLD, AccessRole, Actor, ServiceOwner
from bti.rules.workflow import CaseStatus, Step
from bti.store.carried import CARRIED
from bti.store.current import database
from bti.store.engine import RULE
from bti.store.tables import Case, Child, LogEvent, Participant, Service, StafettholderHandover, StaffUser

_OWNER: Final = aliased(Service)
_ASKED: Final = aliased(StaffUser)
_DEPUTY: Final = aliased(StaffUser)
_DEPUTYS: Final = aliased(Service)
_ONE_ASKED: Final = aliased(StafettholderHandover)
_TAKEN_OVER: Final = aliased(StafettholderHandover)
_HOLDS_UNTIL: Final = (
    select(_TAKEN_OVER.access_until)
    .where(
        _TAKEN_OVER.case_id == Case.id,
        _TAKEN_OVER.to_id == Case.stafettholder_id,
        _TAKEN_OVER.accepted_at.is_not(None),
    )
    .order_by(_TAKEN_OVER.accepted_at.desc(), _TAKEN_OVER.id.desc())
    .limit(1)
    .correlate(Case)
    .scalar_subquery()
)
"""The last day of a vikar as stafettholder; she may take part for longer than that."""
_IS_DEPUTY: Final = and_(
    _DEPUTY.id == Case.deputy_id,
    Case.deputy_until >= bindparam("today"),
    _DEPUTY.active,
    select(Participant.id).where(takes_part(_DEPUTY.id)).correlate(Case, _DEPUTY).exists(),
    select(_DEPUTYS.id)
    .where(_DEPUTYS.id == _DEPUTY.service_id, holding.is_inside(_DEPUTYS))
    .correlate(Case, _DEPUTY)
    .exists(),
)
"""One who is let in at the door: who cannot do the work, is no deputy (R-63)."""
_SAID_NO: Final = (
    select(_ONE_ASKED.declined_because)
    .where(_ONE_ASKED.case_id == Case.id)
    .order_by(_ONE_ASKED.proposed_at.desc(), _ONE_ASKED.id.desc())
    .limit(1)
    .correlate(Case)
    .scalar_subquery()
)

_LEADER: Final = aliased(StaffUser)
_HAS_LEADER: Final = (
    exists()
    .where(_LEADER.service_id == _OWNER.id, _LEADER.active, _LEADER.access_role == AccessRole.LEADER)
    .correlate(_OWNER)
)


@dataclass(frozen=True)
class LogLine:
    """One log, as one who does not see it may know of it: open, or closed and not archived."""

    id: UUID
    number: str
    child: str
    group: str
    owner_service: str
    owner_id: UUID
    stafettholder: str
    holder_id: UUID
    step: Step
    status: CaseStatus
    opened_on: date
    days_since_written: int
    gone: HolderGone | None
    asked: str
    deputy: str
    deputy_until: date | None
    has_leave: bool
    """Whether the stafettholder is on leave, or is going to be."""
    in_error_on: date | None
    """Since when the koordinator asks whether it was opened in error (R-70)."""
    answers_in_error: tuple[AnswersInError, ...]
    """Who may answer that: nobody, while nobody carries it and the unit has no leader (R-70)."""
    said_no: HandoverDeclined | None = None
    """Why the newest who was asked said no, until another is asked (R-63)."""
    needs_new: bool = False
    """Whether a tiltak has needed a new tiltaksansvarlig for a fortnight (R-26): not which, and not whose it was."""

    @property
    def is_open(self) -> bool:
        """Whether the log is still in use; if not, it waits for the archive."""
        return self.status is not CaseStatus.CLOSED


@dataclass(frozen=True)
class Colleague:
    """Somebody who can be appointed."""

    user: UUID
    name: str
    title: str
    service: UUID


@dataclass(frozen=True)
class ClassView:
    """A class or department with an open log: not whose, and not how many."""

    unit: UUID
    service: str
    group: str


_ALL: Final = (
    select(
        Case.id,
        Case.number,
        Case.step,
        Case.status,
        Case.opened_at,
        Case.stafettholder_id,
        Case.deputy_until,
        Case.in_error_asked_at,
        Child.given_names,
        Child.family_name,
        Child.birth_date,
        Child.group,
        _OWNER.id.label("owner"),
        _OWNER.name_nb,
        _OWNER.name_nn,
        _OWNER.owner.label("owner_kind"),
        StaffUser.display_name,
        StaffUser.active,
        StaffUser.away_from,
        StaffUser.away_to,
        Participant.access_until,
        _HOLDS_UNTIL.label("holds_until"),
        and_(Participant.id.is_not(None), Participant.left_at.is_(None)).label("takes_part"),
        holding.IS_INSIDE.label("reaches"),
        _ASKED.display_name.label("asked"),
        _DEPUTY.display_name.label("deputy"),
        _SAID_NO.label("said_no"),
        _HAS_LEADER.label("has_leader"),
        select(func.max(LogEvent.at))
        .where(LogEvent.case_id == Case.id, LogEvent.outcome == "done")
        .scalar_subquery()
        .label("last_written"),
    )
    .join(Child, Child.id == Case.child_id)
    .join(_OWNER, _OWNER.id == OWNER)
    .join(StaffUser, StaffUser.id == Case.stafettholder_id)
    .join(Service, Service.id == StaffUser.service_id)
    .outerjoin(Participant, and_(Participant.case_id == Case.id, Participant.user_id == Case.stafettholder_id))
    .outerjoin(
        StafettholderHandover,
        and_(
            StafettholderHandover.case_id == Case.id,
            StafettholderHandover.accepted_at.is_(None),
            StafettholderHandover.declined_at.is_(None),
        ),
    )
    .outerjoin(_ASKED, _ASKED.id == StafettholderHandover.to_id)
    .outerjoin(_DEPUTY, _IS_DEPUTY)
    .order_by(Case.number)
)
_IS_OPEN: Final = Case.status != CaseStatus.CLOSED
_IN_UNIT: Final = bindparam("unit", type_=Uuid()) == OWNER
_LINES: Final = _ALL.where(_IS_OPEN)
_TO_CARRY: Final = _ALL.where(or_(_IS_OPEN, NOT_ARCHIVED))
"""The open logs, and the closed ones somebody must still see to: whose stafettholder is gone is asked of both (R-19, R-63)."""
_GONE = (
    select(CARRIED.c.case_id, Participant.access_until.label("day"), gone_at(CARRIED.c.case_id).label("at"))
    .join(Participant, and_(Participant.case_id == CARRIED.c.case_id, Participant.id == CARRIED.c.responsible_id))
    .join(StaffUser, StaffUser.id == Participant.user_id)
    .where(*open_in_several(CARRIED.c), is_gone(CARRIED.c.case_id))
)
_COLLEAGUES = (
    select(StaffUser.id, StaffUser.display_name, StaffUser.title, StaffUser.service_id)
    .where(StaffUser.active, StaffUser.access_role.in_(MAY_HOLD), StaffUser.id != bindparam("me"))
    .order_by(StaffUser.display_name)
)


def of_unit(actor: Actor) -> tuple[LogLine, ...]:
    """Return the open logs of the leader's own unit, those with a tiltak nobody does first. Refused to everybody else.

    A closed log is among them while it is not archived and its stafettholder is gone: nobody else would see to it (R-46).
    """
    if actor.access_role is not AccessRole.LEADER:
        raise Refused(Reason.NOT_YOURS)
    now = clock.now()
    with database().reading(RULE) as session:
        rows = session.execute(_TO_CARRY.where(_IN_UNIT), {"unit": actor.service, **holding.now_open(now)}).all()
        waits = _needs_new(session, actor, rows, now) if rows else frozenset()
    lines = (replace(line, needs_new=line.id in waits) for line in _lines(rows, now) if line.is_open or line.gone)
    return tuple(sorted(lines, key=lambda line: not line.needs_new))


def without_holder(actor: Actor) -> tuple[LogLine, ...]:
    """Return the logs whose stafettholder is gone, for the koordinator: open, or not archived. No child is named here (R-70)."""
    if actor.access_role is not AccessRole.COORDINATOR:
        raise Refused(Reason.NOT_YOURS)
    now = clock.now()
    with database().reading(RULE) as session:
        rows = session.execute(_TO_CARRY, holding.now_open(now)).all()
    return tuple(line for line in _lines(rows, now, named=False) if line.gone)


def classes(actor: Actor) -> tuple[ClassView, ...]:
    """Return the classes with an open log: the leader's own, or the whole kommune's for the koordinator (R-63)."""
    if actor.access_role not in {AccessRole.LEADER, AccessRole.COORDINATOR}:
        raise Refused(Reason.NOT_YOURS)
    own = actor.service if actor.access_role is AccessRole.LEADER else None
    now = clock.now()
    with database().reading(RULE) as session:
        rows = session.execute(_LINES, holding.now_open(now)).all()
    found = {ClassView(r.owner, service_name(r), r.group) for r in rows if r.group and own in {None, r.owner}}
    return tuple(sorted(found, key=lambda one: (one.service, one.group)))


def one(session: Session, case: UUID, at: datetime) -> LogLine | None:
    """Return one open log, in a session that reads as the rule."""
    line = one_to_carry(session, case, at)
    return line if line and line.is_open else None


def one_to_carry(session: Session, case: UUID, at: datetime) -> LogLine | None:
    """Return one log somebody must carry: an open one, or a closed one that is not archived."""
    asked = {"case": case, **holding.now_open(at)}
    rows = session.execute(_TO_CARRY.where(Case.id == bindparam("case")), asked).all()
    return next(iter(_lines(rows, at)), None)


def in_group(session: Session, unit: UUID, group: str, at: datetime) -> tuple[LogLine, ...]:
    """Return the open logs of a class or department, in a session that reads as the rule."""
    rows = session.execute(_LINES.where(_IN_UNIT), {"unit": unit, **holding.now_open(at)}).all()
    return tuple(line for line in _lines(rows, at) if line.group == group)


def colleagues(actor: Actor) -> tuple[Colleague, ...]:
    """Return those who can be appointed: of the owner service, and never oneself."""
    with database().reading() as session:
        rows = session.execute(_COLLEAGUES, {"me": actor.id}).all()
    return tuple(Colleague(r.id, r.display_name, r.title, r.service_id) for r in rows)


def _needs_new(session: Session, actor: Actor, rows: Sequence[Any], at: datetime) -> frozenset[UUID]:
    """Return the cases where a tiltak stands first in the stafettholder's list too: the gate asks of it what it asks there."""
    today = clock.day(at)
    asked = {
        CASES.key: [row.id for row in rows if row.status is not CaseStatus.CLOSED],
        OWNED.key: [row.id for row in rows if row.owner_kind is ServiceOwner.KOMMUNE],
        SERVICE.key: actor.service,
        **at_the_door(at),
    }
    gone = session.execute(_GONE, asked).all()
    tasks = ((row.case_id, counted(Task(Due.NEW_RESPONSIBLE, day_of(row)), today, holidays())) for row in gone)
    return frozenset(case for case, task in tasks if task and task.section(today) is Section.WAITING)


def _lines(rows: Sequence[Any], at: datetime, *, named: bool = True) -> tuple[LogLine, ...]:
    return tuple(_line(row, clock.day(at), named=named) for row in rows)


def _line(row: Any, today: date, *, named: bool) -> LogLine:
    gone = why_gone(_stands(row), today)
    return LogLine(
        id=row.id,
        number=row.number,
        child=f"{row.given_names} {row.family_name}".strip() if named else "",
        group=row.group,
        owner_service=service_name(row),
        owner_id=row.owner,
        stafettholder=row.display_name,
        holder_id=row.stafettholder_id,
        step=row.step,
        status=row.status,
        opened_on=clock.day(row.opened_at),
        days_since_written=(today - clock.day(row.last_written or row.opened_at)).days,
        gone=gone,
        asked=row.asked or "",
        deputy=row.deputy or "",
        deputy_until=row.deputy_until if row.deputy else None,
        in_error_on=_asked_on(row),
        answers_in_error=who_answers_in_error(
            nobody_carries=gone is not None, has_deputy=bool(row.deputy), has_leader=bool(row.has_leader)
        ),
        has_leave=has_leave(row.away_from, row.away_to, today),
        said_no=row.said_no if row.said_no is not HandoverDeclined.TAKEN_BACK else None,
    )


def _asked_on(row: Any) -> date | None:
    """Return since when it is asked whether the log was opened in error; of a closed one that is asked no more."""
    asked = row.in_error_asked_at if row.status is not CaseStatus.CLOSED else None
    return clock.day(asked) if asked else None


def _stands(row: Any) -> HolderStands:
    return HolderStands(
        active=row.active,
        takes_part=bool(row.takes_part),
        reaches=bool(row.reaches),
        access_until=min(filter(None, (row.access_until, row.holds_until)), default=None),
        away_from=row.away_from,
        away_to=row.away_to,
        deputy_until=row.deputy_until if row.deputy else None,
    )

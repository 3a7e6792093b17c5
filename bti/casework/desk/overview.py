"""Which logs a unit has and who carries them, for its leader and the koordinator: no content, no way into a case (R-63).

Read as the rule, which sees no one's words; every statement here names the columns it shows.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Uuid, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from bti import clock
from bti.casework.desk.due import day_of
from bti.casework.desk.log_lines import LINES, LogLine, lines
from bti.casework.ground.naming import service_name
from bti.casework.ground.opening import OWNER, at_the_door
from bti.casework.ground.reading import CASES, OWNED, SERVICE, open_in_several
from bti.casework.people import holding
from bti.casework.people.gone import gone_at, is_gone
from bti.casework.people.holding import NOT_ARCHIVED
from bti.casework.said.childs_voice import holidays
from bti.errors import Reason, Refused
from bti.rules.due import Due, Section, Task, counted
from bti.rules.people import MAY_HOLD, AccessRole, Actor, ServiceOwner
from bti.rules.workflow import CaseStatus
from bti.store.carried import CARRIED
from bti.store.current import database
from bti.store.engine import RULE
from bti.store.tables import Case, Participant, StaffUser


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


_IS_OPEN: Final = Case.status != CaseStatus.CLOSED
_IN_UNIT: Final = bindparam("unit", type_=Uuid()) == OWNER
_LINES: Final = LINES.where(_IS_OPEN)
_TO_CARRY: Final = LINES.where(or_(_IS_OPEN, NOT_ARCHIVED))
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
    found = (replace(line, needs_new=line.id in waits) for line in lines(rows, now) if line.is_open or line.gone)
    return tuple(sorted(found, key=lambda line: not line.needs_new))


def without_holder(actor: Actor) -> tuple[LogLine, ...]:
    """Return the logs whose stafettholder is gone, for the koordinator: open, or not archived. No child is named here (R-70)."""
    if actor.access_role is not AccessRole.COORDINATOR:
        raise Refused(Reason.NOT_YOURS)
    now = clock.now()
    with database().reading(RULE) as session:
        rows = session.execute(_TO_CARRY, holding.now_open(now)).all()
    return tuple(line for line in lines(rows, now, named=False) if line.gone)


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
    return next(iter(lines(rows, at)), None)


def in_group(session: Session, unit: UUID, group: str, at: datetime) -> tuple[LogLine, ...]:
    """Return the open logs of a class or department, in a session that reads as the rule."""
    rows = session.execute(_LINES.where(_IN_UNIT), {"unit": unit, **holding.now_open(at)}).all()
    return tuple(line for line in lines(rows, at) if line.group == group)


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

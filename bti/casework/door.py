"""The only door to a case: who, may they, do it, write down that it was done.

A use case is a function whose first parameter is an ``OpenCase``, and only the door makes one: holding it is the proof of
the check. A case you may not see does not exist; unknown and forbidden are one answer.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from bti import clock
from bti.casework.policy import policy_mark
from bti.casework.reading import Reading, criteria
from bti.errors import Reason, Refused
from bti.rules import access
from bti.rules.access import Action, Relation, Sight
from bti.rules.consent import Category, Purpose
from bti.rules.meeting import MeetingState
from bti.rules.people import Actor, ParticipantKind, ServiceOwner
from bti.rules.workflow import CaseStatus, DecisionOutcome, Level, Step
from bti.store import audit, constraints
from bti.store.current import database
from bti.store.tables import (
    Case,
    Child,
    Decision,
    LogEvent,
    Meeting,
    OfCase,
    Participant,
    Service,
    Sharing,
    StaffUser,
)

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T", bound=OfCase)

USE_CASES: Final[dict[str, Action]] = {}
_OUTCOME: Final = {Action.PRINT: "printed"}
"""A paper changes nothing in the case, so it is not «done»: what is on the screen is as new as before."""
A_LOOK_LASTS: Final = timedelta(minutes=15)


class Asking(Protocol):
    """Somebody who asks for a case by its number."""

    @property
    def actor(self) -> Actor:
        """Who asks."""

    @property
    def number(self) -> str:
        """For which case."""


@dataclass(frozen=True)
class At:
    """This person, at this case: what a command or a test holds out at the door."""

    actor: Actor
    number: str


@dataclass(frozen=True)
class OpenCase:
    """A case this person may act on, as it stands at one moment. Holding one is the proof of the check."""

    session: Session = field(repr=False)
    sight: Sight
    at: datetime
    id: UUID
    number: str
    status: CaseStatus
    step: Step
    round: int
    level: Level
    child_id: UUID
    owner_service_id: UUID
    stafettholder_id: UUID
    participant_id: UUID
    last_write: int
    carried_on: bool
    """Whether this round goes on with the tiltak of the last one, so that step 2 is met already (R-18)."""
    row: Any = field(repr=False)
    """What the head of a case page says; ``seeing.head`` tells it."""

    @property
    def actor(self) -> Actor:
        """Who is at the case."""
        return self.sight.actor

    @property
    def today(self) -> date:
        """The day it is in Oslo, taken once for all that is done with this case now."""
        return clock.day(self.at)

    @property
    def mark(self) -> str:
        """A text that changes when something was written, or when the gate's answer did."""
        return f"{self.last_write}-{self.sight.mark()}"

    def read(self, wanted: Reading, **more: object) -> Sequence[Any]:
        """Run a prepared statement over what is open in this case to this person, and nothing else."""
        return self.session.execute(wanted.statement, self._gate() | more).all()

    def get(self, table: type[T], key: UUID, version: int | None = None) -> T:
        """Return one row of this case to change, or refuse: not here, or changed since ``version`` was read (R-49)."""
        found = self.session.execute(
            select(table).where(table.id == key, *criteria(table)), self._gate()
        ).scalar_one_or_none()
        if found is None:
            raise Refused(Reason.NOT_YOURS)
        current = getattr(found, "version", None)
        if version is not None and current != version:
            raise Refused(Reason.CHANGED_BY_OTHER, navn=self._name(getattr(found, "updated_by", None)))
        if hasattr(found, "updated_by"):
            found.updated_by = self.actor.id
        return found

    def new(self, row: T) -> T:
        """Add a row to this case, marked with who wrote it and for which service."""
        row.case_id = self.id
        for name, value in (("updated_by", self.actor.id), ("written_for", self.actor.service)):
            if hasattr(type(row), name):
                setattr(row, name, value)
        self.session.add(row)
        self.session.flush()
        return row

    def own_row(self) -> Case:
        """Return the row of the case itself, to move it on."""
        row = self.session.get_one(Case, self.id)
        row.updated_by = self.actor.id
        return row

    def _gate(self) -> dict[str, object]:
        return {
            "case": self.id,
            "open": list(self.sight.categories),
            "service": self.sight.service,
            "everything": self.sight.everything,
        }

    def _name(self, user: UUID | None) -> str:
        named = self.session.execute(select(StaffUser.display_name).where(StaffUser.id == user))
        return named.scalar_one_or_none() or ""


_HOLDER: Final = aliased(StaffUser)
_DOOR: Final = (
    select(
        Case.id,
        Case.number,
        Case.status,
        Case.step,
        Case.round,
        Case.level,
        Case.child_id,
        Case.owner_service_id,
        Case.stafettholder_id,
        Participant.id.label("participant_id"),
        Service.owner,
        Sharing.category,
        select(func.coalesce(func.max(LogEvent.seq), 0))
        .where(LogEvent.case_id == Case.id, LogEvent.outcome == "done")
        .scalar_subquery()
        .label("last_write"),
        select(Decision.outcome)
        .where(Decision.case_id == Case.id, Decision.round == Case.round - 1)
        .scalar_subquery()
        .label("last_outcome"),
        select(LogEvent.outcome)
        .where(
            LogEvent.case_id == Case.id,
            LogEvent.login_id == bindparam("login"),
            LogEvent.action == "look",
            LogEvent.object == bindparam("part"),
            LogEvent.at > bindparam("since"),
        )
        .order_by(LogEvent.seq.desc())
        .limit(1)
        .scalar_subquery()
        .label("looked"),
        Case.opened_at,
        Case.closed_at,
        Child.given_names,
        Child.birth_date,
        _HOLDER.display_name.label("holder_name"),
        _HOLDER.work_phone.label("holder_phone"),
        Service.name_nb,
        Service.name_nn,
        Service.kind,
        Service.archive_unit,
        select(func.min(Meeting.start))
        .where(
            Meeting.case_id == Case.id, Meeting.state == MeetingState.PLANNED, Meeting.start >= bindparam("midnight")
        )
        .scalar_subquery()
        .label("next_meeting"),
    )
    .join(Child, Child.id == Case.child_id)
    .join(_HOLDER, _HOLDER.id == Case.stafettholder_id)
    .join(
        Participant,
        and_(
            Participant.case_id == Case.id,
            Participant.user_id == bindparam("user"),
            Participant.kind == ParticipantKind.STAFF,
            Participant.joined_at <= bindparam("now"),
            Participant.left_at.is_(None),
            or_(Participant.access_until.is_(None), Participant.access_until >= bindparam("today")),
        ),
    )
    .join(StaffUser, and_(StaffUser.id == Participant.user_id, StaffUser.active))
    .join(Service, Service.id == Case.owner_service_id)
    .outerjoin(
        Sharing,
        and_(
            Sharing.case_id == Case.id,
            Sharing.service_id == bindparam("service"),
            Sharing.opens <= bindparam("now"),
            bindparam("now") < Sharing.closes,
            Sharing.policy == bindparam("policy"),
            or_(
                Sharing.purpose == Purpose.COOPERATE,
                Case.status == CaseStatus.ESCALATING,
                Case.level == Level.EXTERNAL,
            ),
        ),
    )
    .where(Case.number == bindparam("number"))
)
_OF_THE_CASE: Final = (
    "id",
    "number",
    "status",
    "step",
    "round",
    "level",
    "child_id",
    "owner_service_id",
    "stafettholder_id",
    "participant_id",
    "last_write",
)
_CASE_ID: Final = select(Case.id).where(Case.number == bindparam("number"))


@contextmanager
def looking(asked: Asking, part: str) -> Iterator[OpenCase]:
    """Open the case to read ``part`` of it. The look is written down before anything is shown (R-50)."""
    with _refusals_noted(asked, part), database().reading(asked.actor.id) as session:
        case = _open(session, asked, part)
        access.decide(case.sight, Action.LOOK)
        _note_look(case, part)
        yield case


def use_case(
    needs: Action,
) -> Callable[[Callable[Concatenate[OpenCase, P], R]], Callable[Concatenate[Asking, P], R]]:
    """Turn a change to an open case into something a person may ask for.

    The function is called only with a case the person may do ``needs`` in. What it did is written down in the same
    transaction, or nothing is saved.
    """

    def build(change: Callable[Concatenate[OpenCase, P], R]) -> Callable[Concatenate[Asking, P], R]:
        name = change.__name__
        USE_CASES[f"{change.__module__}.{name}"] = needs

        @wraps(change)
        def walk_through(asked: Asking, /, *args: P.args, **kwargs: P.kwargs) -> R:
            with _refusals_noted(asked, name), database().writing(asked.actor.id) as session:
                case = _open(session, asked)
                access.decide(case.sight, needs)
                try:
                    done = change(case, *args, **kwargs)
                    session.flush()
                except IntegrityError as broken:
                    raise constraints.explained(broken) from broken
                audit.append(
                    session,
                    _entry(case, name, str(done) if isinstance(done, UUID) else "", _OUTCOME.get(needs, "done")),
                )
                return done

        return walk_through

    return build


def mark_of(actor: Actor, number: str) -> str | None:
    """Return the mark of what the person may see of the case now; nothing when it is not, or no longer, for her."""
    with database().reading(actor.id) as session:
        try:
            return _open(session, At(actor, number)).mark
        except Refused:
            return None


def _open(session: Session, asked: Asking, part: str = "") -> OpenCase:
    at = clock.now()
    today = clock.day(at)
    rows = session.execute(
        _DOOR,
        {
            "number": asked.number,
            "user": asked.actor.id,
            "service": asked.actor.service,
            "now": at,
            "today": today,
            "midnight": clock.midnight(today),
            "policy": policy_mark(),
            "login": asked.actor.login,
            "part": part,
            "since": at - A_LOOK_LASTS,
        },
    ).all()
    sight = _sight(asked.actor, rows)
    if sight is None:
        raise Refused(Reason.NOT_YOURS)
    row = rows[0]
    return OpenCase(
        session=session,
        sight=sight,
        at=at,
        **{name: getattr(row, name) for name in _OF_THE_CASE},
        carried_on=row.last_outcome is DecisionOutcome.CONTINUE,
        row=row,
    )


def _sight(actor: Actor, rows: Sequence[Any]) -> Sight | None:
    """Return what the door's rows let the person see, or nothing at all."""
    if not rows:
        return None
    case = rows[0]
    owns = case.owner_service_id == actor.service and case.owner is ServiceOwner.KOMMUNE
    open_now = frozenset(Category) if owns else frozenset(row.category for row in rows if row.category)
    if not open_now:
        return None
    if case.stafettholder_id == actor.id:
        relation = Relation.STAFETTHOLDER
    else:
        relation = Relation.COLLEAGUE if owns else Relation.COVERED
    return Sight(actor, relation, actor.service, open_now, everything=owns)


def _note_look(case: OpenCase, part: str) -> None:
    """Write the look down, once for as long as it is the same look: the gate's answer and a quarter of an hour."""
    if case.actor.login and case.row.looked == case.sight.mark():
        return
    with database().writing(case.actor.id) as session:
        audit.append(session, _entry(case, "look", part, case.sight.mark()))


@contextmanager
def _refusals_noted(asked: Asking, what: str) -> Iterator[None]:
    """Write down every refusal of the gate, in a transaction of its own."""
    try:
        yield
    except Refused as refusal:
        if refusal.reason in {Reason.NOT_YOURS, Reason.NOT_ALLOWED, Reason.NOT_COVERED}:
            _note_refusal(asked, what, refusal.reason)
        raise


def _note_refusal(asked: Asking, what: str, reason: Reason) -> None:
    with database().writing(asked.actor.id) as session:
        case = session.execute(_CASE_ID, {"number": asked.number}).scalar_one_or_none()
        audit.append(
            session,
            audit.Entry(
                clock.now(),
                "refused",
                what,
                reason.name.lower(),
                actor_id=asked.actor.id,
                service_id=asked.actor.service,
                login_id=asked.actor.login,
                case_id=case,
            ),
        )


def _entry(case: OpenCase, action: str, thing: str, outcome: str) -> audit.Entry:
    return audit.Entry(
        case.at,
        action,
        thing,
        outcome,
        actor_id=case.actor.id,
        service_id=case.actor.service,
        login_id=case.actor.login,
        case_id=case.id,
    )

"""Who may open a case, asked in one statement: participant, account, and what is open now to the person's service."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased

from bti import clock
from bti.casework.ground.open_case import Asking, OpenCase
from bti.casework.ground.policy import policy_mark
from bti.errors import Reason, Refused
from bti.rules.access import Relation, Sight, Stretch
from bti.rules.consent import APPROVERS, Category, Purpose
from bti.rules.meeting import MeetingState
from bti.rules.people import Actor, ParticipantKind, ProtectedAddress, ServiceOwner
from bti.rules.workflow import SHARES, CaseStatus, DecisionOutcome, Level
from bti.store.tables import (
    Case,
    CaseDecision,
    Child,
    Decision,
    LogEvent,
    Meeting,
    Ownership,
    Participant,
    Service,
    Sharing,
    SiblingLink,
    StaffUser,
)

A_LOOK_LASTS: Final = timedelta(minutes=15)


def takes_part(user: Any) -> ColumnElement[bool]:
    """Say, inside a statement over cases, that a row of participants is this colleague's part in the case now."""
    return and_(
        Participant.case_id == Case.id,
        Participant.user_id == user,
        Participant.kind == ParticipantKind.STAFF,
        Participant.joined_at <= bindparam("now"),
        Participant.left_at.is_(None),
        or_(Participant.access_until.is_(None), Participant.access_until >= bindparam("today")),
    )


def is_open_to(service: Any) -> ColumnElement[bool]:
    """Say, inside a statement over cases, that a window of a digital log stands open to this service now (R-01, R-08, K4)."""
    return and_(
        Sharing.case_id == Case.id,
        Sharing.service_id == service,
        Sharing.opens <= bindparam("now"),
        bindparam("now") < Sharing.closes,
        Case.stafettlogg_mode.in_(SHARES),
        Sharing.policy == bindparam("policy"),
        or_(
            Sharing.purpose == Purpose.COOPERATE,
            Case.status == CaseStatus.ESCALATING,
            Case.level == Level.EXTERNAL,
        ),
    )


OWNER: Final[ColumnElement[UUID]] = func.coalesce(
    select(Ownership.service_id)
    .where(
        Ownership.case_id == Case.id,
        Ownership.owns,
        Ownership.opens <= bindparam("now"),
        bindparam("now") < Ownership.closes,
    )
    .correlate(Case)
    .scalar_subquery(),
    Case.owner_service_id,
)
"""Over case: the service that owns the log now, since a child may change school or barnehage (R-62)."""


def has_owned(service: Any) -> ColumnElement[bool]:
    """Say, inside a statement over cases with more than one owner, what this service reads by owning it now or before."""
    return and_(
        Ownership.case_id == Case.id,
        Ownership.service_id == service,
        Ownership.opens <= bindparam("now"),
        bindparam("now") < Ownership.closes,
    )


def at_the_door(now: datetime) -> dict[str, object]:
    """Return what both of them ask: the moment, its day in Oslo, and the kommune's rules of consent as they are."""
    return {"now": now, "today": clock.day(now), "policy": policy_mark()}


_HOLDER: Final = aliased(StaffUser)
_MINE: Final = aliased(Service)
_DOOR: Final = (
    select(
        Case.id,
        Case.number,
        Case.status,
        Case.step,
        Case.round,
        Case.level,
        Case.stafettlogg_mode.label("mode"),
        Case.child_id,
        OWNER.label("owner_service_id"),
        Case.stafettholder_id,
        Case.deputy_id,
        Case.deputy_until,
        Participant.id.label("participant_id"),
        Sharing.category,
        Sharing.about,
        Ownership.owns,
        Ownership.since,
        Ownership.until,
        Ownership.before,
        _MINE.owner.label("my_owner"),
        _MINE.agreement_date.label("my_agreement"),
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
        select(func.aggregate_strings(SiblingLink.first_name, "\n"))
        .where(SiblingLink.child_id == Case.child_id)
        .scalar_subquery()
        .label("siblings"),
        Case.opened_at,
        Case.digital_since,
        Case.registered_afterwards,
        Case.own_log_yes_at,
        Case.closed_at,
        Case.closing_reason,
        Case.in_error_asked_at,
        Case.previous_case_id,
        Child.given_names,
        Child.birth_date,
        Child.protected_address,
        select(func.count(CaseDecision.approver.distinct()))
        .where(CaseDecision.case_id == Case.id)
        .scalar_subquery()
        .label("approvals"),
        _HOLDER.display_name.label("holder_name"),
        _HOLDER.title.label("holder_title"),
        _HOLDER.work_phone.label("holder_phone"),
        Service.name_nb,
        Service.name_nn,
        Service.kind,
        Service.owner.label("owned_by"),
        Service.archive_unit,
        Service.phone.label("owner_phone"),
        Service.contact.label("owner_contact"),
        select(func.min(Meeting.start))
        .where(
            Meeting.case_id == Case.id, Meeting.state == MeetingState.PLANNED, Meeting.start >= bindparam("midnight")
        )
        .scalar_subquery()
        .label("next_meeting"),
    )
    .join(Child, Child.id == Case.child_id)
    .join(_HOLDER, _HOLDER.id == Case.stafettholder_id)
    .join(Participant, takes_part(bindparam("user")))
    .join(StaffUser, and_(StaffUser.id == Participant.user_id, StaffUser.active))
    .join(_MINE, _MINE.id == bindparam("service"))
    .join(Service, Service.id == OWNER)
    .outerjoin(Ownership, has_owned(bindparam("service")))
    .outerjoin(Sharing, is_open_to(bindparam("service")))
    .where(Case.number == bindparam("number"))
)
_OF_THE_CASE: Final = (
    "id",
    "number",
    "status",
    "step",
    "round",
    "level",
    "mode",
    "child_id",
    "owner_service_id",
    "stafettholder_id",
    "participant_id",
    "last_write",
)


def open_case(session: Session, asked: Asking, part: str = "") -> OpenCase:
    """Return the case as it stands now for this person, or refuse: unknown and forbidden alike (R-56)."""
    at = clock.now()
    today = clock.day(at)
    rows = session.execute(
        _DOOR,
        {
            "number": asked.number,
            "user": asked.actor.id,
            "service": asked.actor.service,
            "midnight": clock.midnight(today),
            **at_the_door(at),
            "login": asked.actor.login,
            "part": part,
            "since": at - A_LOOK_LASTS,
        },
    ).all()
    sight = _sight(asked.actor, rows, today)
    if sight is None:
        raise Refused(Reason.NOT_YOURS)
    row = rows[0]
    return OpenCase(
        session=session,
        sight=sight,
        at=at,
        **{name: getattr(row, name) for name in _OF_THE_CASE},
        carried_on=row.last_outcome is DecisionOutcome.CONTINUE,
        is_strict=_is_strict(row),
        row=row,
    )


def _is_strict(row: Any) -> bool:
    """Say whether the address is strict and one of the two who approve has not done so (R-60)."""
    return row.protected_address is ProtectedAddress.STRENGT_FORTROLIG and row.approvals < len(APPROVERS)


def _sight(actor: Actor, rows: Sequence[Any], today: date) -> Sight | None:
    """Return what the door's rows let the person see, or nothing at all."""
    if not rows:
        return None
    case = rows[0]
    is_owner = case.owner_service_id == actor.service
    of_the_owner = is_owner or case.owns is not None
    owns = of_the_owner and case.my_owner is ServiceOwner.KOMMUNE
    reads_own = of_the_owner and (_has_agreement(case, today) if not owns else case.owns is not None)
    own = actor.service if reads_own else None
    windows = frozenset(row.category for row in rows if row.category and row.about is None)
    if not (owns or own or windows):
        return None
    stretch = Stretch(case.since, case.until) if owns and case.owns is not None else None
    went_along = case.before if (owns or own) and case.before else frozenset()
    about = frozenset(row.about for row in rows if row.about)
    relation = _relation(actor, case, today, is_owner=is_owner, reads=owns or own is not None)
    return Sight(
        actor,
        relation,
        actor.service,
        frozenset(Category) if owns and stretch is None else windows | went_along,
        everything=owns,
        about=None if owns and stretch is None else about,
        own=own,
        stretch=stretch,
        left=case.until if relation is Relation.FORMER else None,
    )


def _relation(actor: Actor, case: Any, today: date, *, is_owner: bool, reads: bool) -> Relation:
    is_deputy = case.deputy_id == actor.id and case.deputy_until >= today
    was_left = (
        reads and not is_owner
    )  # then only the stafettholder herself keeps the duty, until a new one says yes
    if case.stafettholder_id == actor.id or (is_deputy and not was_left):
        return Relation.STAFETTHOLDER
    if not reads:
        return Relation.COVERED
    return Relation.COLLEAGUE if is_owner else Relation.FORMER


def _has_agreement(row: Any, today: date) -> bool:
    """Say whether a service owned by somebody else than the kommune has an agreement that has begun (R-65)."""
    return row.my_agreement is not None and row.my_agreement <= today

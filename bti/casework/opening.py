"""Who may open a case, asked in one statement: participant, account, and what is open now to the person's service."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased

from bti import clock
from bti.casework.open_case import Asking, OpenCase
from bti.casework.policy import policy_mark
from bti.errors import Reason, Refused
from bti.rules.access import Relation, Sight
from bti.rules.consent import Category, Purpose
from bti.rules.meeting import MeetingState
from bti.rules.people import Actor, ParticipantKind, ServiceOwner
from bti.rules.workflow import CaseStatus, DecisionOutcome, Level
from bti.store.tables import (
    Case,
    Child,
    Decision,
    LogEvent,
    Meeting,
    Participant,
    Service,
    Sharing,
    StaffUser,
)

A_LOOK_LASTS: Final = timedelta(minutes=15)
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
        Case.closing_reason,
        Case.previous_case_id,
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

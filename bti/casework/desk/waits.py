"""The small table of what a case may wait for: one statement for each kind, over the cases in a person's list.

What is late by R-54 and R-26 is asked for with the moment it is counted from; the days are counted by the rule (R-66).
"""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    null,
    or_,
    select,
)

from bti.casework.consent import awaiting, notice
from bti.casework.ground.opening import has_owned
from bti.casework.ground.reading import CASES, SERVICE, in_several_cases
from bti.casework.people.gone import gone_at, is_gone
from bti.casework.people.holding import NOT_ARCHIVED
from bti.rules.childs_voice import HeardFor
from bti.rules.consent import Category, Purpose
from bti.rules.due import Due
from bti.rules.meeting import MeetingState, MeetingType
from bti.rules.tiltak import FamilySays, TiltakStatus
from bti.rules.workflow import CaseStatus, ClosingReason, StafettloggMode, Step
from bti.store.tables import (
    Case,
    CaseDecision,
    Child,
    ChildView,
    ChildViewPlan,
    Evaluation,
    InformChildTask,
    Meeting,
    Ownership,
    Participant,
    ProgressNote,
    Sharing,
    StafettholderHandover,
    StaffUser,
    Tiltak,
    Transfer,
)
from bti.store.tables.base import Moment

ME: Final[BindParameter[Any]] = bindparam("user")
I_HOLD: Final = or_(Case.stafettholder_id == ME, and_(Case.deputy_id == ME, Case.deputy_until >= bindparam("today")))
"""The stafettholder, and the deputy for as long as she is it."""
_IS_OPEN: Final = Case.status != CaseStatus.CLOSED
_CALLED_ON: Final = exists().where(Participant.case_id == Case.id, Participant.user_id == ME)


_MAY_BE_DONE: Final = and_(
    Tiltak.status == TiltakStatus.PLANNED,
    Tiltak.responsible_id.is_not(None),
    Tiltak.family_says.is_distinct_from(FamilySays.NO),
)
"""What the rule ``is_active`` asks besides of the day: nobody is reminded of what the family has said no to (R-58)."""


def _i_am(participant: Any) -> ColumnElement[bool]:
    return _CALLED_ON.where(Participant.id == participant)


def _waits(
    kind: Due, *, day: Any = None, at: Any = None, mine: ColumnElement[bool] = I_HOLD
) -> Select[*tuple[Any, ...]]:
    """Begin the statement of one kind: in which case, by which day or before which moment, and whether it is the reader's."""
    return select(
        Case.id.label("case"),
        literal(kind.value).label("kind"),
        cast(null(), ChildViewPlan.due.type).label("day") if day is None else day.label("day"),
        cast(null(), Moment()).label("at") if at is None else at.label("at"),
        case((mine, 1), else_=0).label("mine"),
    ).where(Case.id.in_(CASES))


def _for_whom_it_is(participant: Any) -> ColumnElement[bool]:
    """Say whether the reader is told: the one who is to do it, and the stafettholder."""
    return or_(I_HOLD, _i_am(participant))


_LAST_DAYS = (
    select(Sharing.case_id, func.max(Sharing.closes).label("closes"))
    .where(
        Sharing.case_id.in_(CASES),
        Sharing.purpose == Purpose.COOPERATE,
        Sharing.category == Category.TILTAK_AND_EVALUATION,
        Sharing.policy == bindparam("policy"),
    )
    .group_by(Sharing.case_id, Sharing.service_id)
    .having(func.max(Sharing.closes) > bindparam("now"))
    .subquery()
)
_ENDS = (
    select(_LAST_DAYS.c.case_id, func.min(_LAST_DAYS.c.closes).label("closes"))
    .group_by(_LAST_DAYS.c.case_id)
    .subquery()
)
_EARLY: Final = (Step.OPPSTART, Step.PLANLEGG_TILTAK)
_HEARD: Final = exists().where(
    ChildView.case_id == Case.id,
    ChildView.round == ChildViewPlan.round,
    ChildView.heard_for == ChildViewPlan.heard_for,
)
_EVALUATED: Final = exists().where(
    Evaluation.case_id == Case.id, Evaluation.tiltak_id == Tiltak.id, Evaluation.round == Case.round
)
_LAST_NOTE: Final = (
    select(func.max(ProgressNote.on))
    .where(ProgressNote.tiltak_id == Tiltak.id, *in_several_cases(ProgressNote))
    .correlate(Tiltak)
    .scalar_subquery()
)

KINDS: Final[Mapping[Due, Select[*tuple[Any, ...]]]] = {
    Due.ANSWER_IN_ERROR: _waits(Due.ANSWER_IN_ERROR).where(_IS_OPEN, I_HOLD, Case.in_error_asked_at.is_not(None)),
    Due.ASK_FAMILY: _waits(Due.ASK_FAMILY).where(I_HOLD, awaiting.IS_TO_BE_ASKED),
    Due.FAMILY_ANSWERS: _waits(Due.FAMILY_ANSWERS)
    .join(Child, Child.id == Case.child_id)
    .where(I_HOLD, awaiting.IS_WAITED_FOR),
    Due.GIVE_NOTICE: _waits(Due.GIVE_NOTICE)
    .join(CaseDecision, CaseDecision.case_id == Case.id)
    .where(_IS_OPEN, I_HOLD, Case.stafettlogg_mode != StafettloggMode.PAPER, notice.WAITS),
    Due.TALK_WITH_CHILD: _waits(Due.TALK_WITH_CHILD, day=ChildViewPlan.due, mine=_i_am(ChildViewPlan.interviewer_id))
    .join(ChildViewPlan, and_(ChildViewPlan.case_id == Case.id, ChildViewPlan.round == Case.round))
    .where(
        _IS_OPEN,
        *in_several_cases(ChildViewPlan),
        ChildViewPlan.interviewer_id.is_not(None),
        ChildViewPlan.due.is_not(None),
        Case.step.in_(_EARLY) == (ChildViewPlan.heard_for == HeardFor.PLAN),
        ~_HEARD,
        _for_whom_it_is(ChildViewPlan.interviewer_id),
    ),
    Due.TELL_CHILD: _waits(Due.TELL_CHILD, day=InformChildTask.by, mine=_i_am(InformChildTask.who_id))
    .join(InformChildTask, InformChildTask.case_id == Case.id)
    .where(
        Case.closing_reason.is_distinct_from(ClosingReason.OPENED_IN_ERROR),
        *in_several_cases(InformChildTask),
        InformChildTask.done_at.is_(None),
        _for_whom_it_is(InformChildTask.who_id),
    ),
    Due.AGREE_WHO_TELLS: _waits(Due.AGREE_WHO_TELLS).where(
        Case.status == CaseStatus.CLOSED,
        I_HOLD,
        Case.closing_reason.not_in([ClosingReason.GOAL_REACHED, ClosingReason.OPENED_IN_ERROR]),
        Case.stafettlogg_mode != StafettloggMode.PAPER,
        ~exists().where(InformChildTask.case_id == Case.id, InformChildTask.round == Case.round),
    ),
    Due.EVALUATE_TILTAK: _waits(Due.EVALUATE_TILTAK, day=Tiltak.evaluation_due, mine=_i_am(Tiltak.responsible_id))
    .join(Tiltak, Tiltak.case_id == Case.id)
    .where(
        _IS_OPEN,
        *in_several_cases(Tiltak),
        _MAY_BE_DONE,
        Tiltak.evaluation_due.is_not(None),
        ~_EVALUATED,
        _for_whom_it_is(Tiltak.responsible_id),
    ),
    Due.NOTE_PROGRESS: _waits(
        Due.NOTE_PROGRESS, day=func.coalesce(_LAST_NOTE, Tiltak.start), mine=_i_am(Tiltak.responsible_id)
    )
    .join(Tiltak, Tiltak.case_id == Case.id)
    .where(
        _IS_OPEN,
        *in_several_cases(Tiltak),
        Case.step == Step.IVERKSETT,
        _MAY_BE_DONE,
        Tiltak.start <= bindparam("today"),
        _for_whom_it_is(Tiltak.responsible_id),
    ),
    Due.NEW_RESPONSIBLE: _waits(Due.NEW_RESPONSIBLE, day=Participant.access_until, at=gone_at(Tiltak.case_id))
    .join(Tiltak, Tiltak.case_id == Case.id)
    .join(Participant, and_(Participant.case_id == Case.id, Participant.id == Tiltak.responsible_id))
    .join(StaffUser, StaffUser.id == Participant.user_id)
    .where(
        _IS_OPEN,
        I_HOLD,
        *in_several_cases(Tiltak),
        _MAY_BE_DONE,
        is_gone(Tiltak.case_id),
    ),
    Due.ANSWER_HANDOVER: _waits(Due.ANSWER_HANDOVER, at=StafettholderHandover.proposed_at)
    .join(StafettholderHandover, StafettholderHandover.case_id == Case.id)
    .where(_IS_OPEN, I_HOLD, StafettholderHandover.accepted_at.is_(None), StafettholderHandover.declined_at.is_(None)),
    Due.EVALUATION_MEETING: _waits(Due.EVALUATION_MEETING, at=Meeting.start)
    .join(Meeting, and_(Meeting.case_id == Case.id, Meeting.round == Case.round))
    .where(
        _IS_OPEN,
        *in_several_cases(Meeting),
        Case.step != Step.VEIEN_VIDERE,
        Meeting.type == MeetingType.EVALUATION,
        Meeting.state == MeetingState.PLANNED,
        or_(I_HOLD, Meeting.start >= bindparam("midnight")),
    ),
    Due.CONSENT_ENDS: _waits(Due.CONSENT_ENDS, at=_ENDS.c.closes)
    .join(_ENDS, _ENDS.c.case_id == Case.id)
    .where(_IS_OPEN, I_HOLD, _ENDS.c.closes <= bindparam("reminded_from")),
    Due.YOUTH_ANSWERS: _waits(Due.YOUTH_ANSWERS, day=Child.birth_date, at=awaiting.LAST_CLOSES)
    .join(Child, Child.id == Case.child_id)
    .where(I_HOLD, Child.birth_date <= bindparam("answers_when_born"), awaiting.CHILD_IS_SILENT),
    Due.ARCHIVE: _waits(Due.ARCHIVE).where(
        NOT_ARCHIVED,
        I_HOLD,
    ),
    Due.TRANSFER_NEEDS_YES: _waits(Due.TRANSFER_NEEDS_YES, day=Transfer.day)
    .join(Transfer, Transfer.case_id == Case.id)
    .where(_IS_OPEN, I_HOLD, Transfer.agreed_at.is_(None), Transfer.cancelled_at.is_(None)),
    Due.ARCHIVE_TRANSFER: _waits(Due.ARCHIVE_TRANSFER, mine=or_(I_HOLD, ~Ownership.owns))
    .join(Transfer, and_(Transfer.case_id == Case.id, Transfer.cancelled_at.is_(None)))
    .join(Ownership, has_owned(SERVICE))
    .where(
        or_(
            and_(~Ownership.owns, Transfer.from_service_id == SERVICE, Transfer.archived_from_at.is_(None)),
            and_(
                Ownership.owns,
                I_HOLD,
                Transfer.to_service_id == SERVICE,
                Transfer.archived_to_at.is_(None),
            ),
        )
    ),
}
"""The small table: one statement for each kind. Its words and its page stand in forms/mine_saker.py."""

"""Meetings, as far as the steps lean on them."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bti import clock
from bti.errors import Reason, Refused
from bti.language import clock_time
from bti.rules.people import ParticipantKind
from bti.rules.workflow import CaseStatus, Step, check_here


class MeetingType(StrEnum):
    """What a meeting is for."""

    STARTUP = "startup"
    PLANNING = "planning"
    EVALUATION = "evaluation"
    LEVEL_C = "level_c"
    OTHER = "other"


class MeetingState(StrEnum):
    """Where a meeting is in its life."""

    PLANNED = "planned"
    STARTED = "started"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class FamilyAgreed(StrEnum):
    """How it was agreed with the family who comes and what it is about (S0-10); that it is agreed already is an answer (R-37)."""

    ALREADY = "already"
    TOGETHER = "together"
    BY_PHONE = "by_phone"
    IN_WRITING = "in_writing"


class MeetingDuty(StrEnum):
    """What somebody does for a meeting. Each has one holder: the stafettholder, until it is given to another (R-39)."""

    SEND_INVITATION = "send_invitation"
    CHAIR = "chair"
    TAKE_MINUTES = "take_minutes"
    UPDATE_LOG = "update_log"
    MINUTES_ACCOUNTABLE = "minutes_accountable"
    VIDDEVAKT = "viddevakt"


FOLLOWS: Final = (
    MeetingDuty.SEND_INVITATION,
    MeetingDuty.CHAIR,
    MeetingDuty.TAKE_MINUTES,
    MeetingDuty.UPDATE_LOG,
)
"""What the stafettholder does when nobody says otherwise, in the order it is said (S0-52)."""
WRITES: Final = frozenset({MeetingDuty.TAKE_MINUTES, MeetingDuty.UPDATE_LOG})
"""The duties of one who may write in the log."""
COMES_BESIDES: Final = (ParticipantKind.FAMILY_GUEST, ParticipantKind.INTERPRETER, ParticipantKind.OBSERVER)
"""Who comes without taking part in the case. None of them is given the log or the minutes (R-64)."""
NEEDS_A_YES: Final = frozenset({ParticipantKind.FAMILY_GUEST, ParticipantKind.OBSERVER})
LASTS: Final = timedelta(hours=1)
"""How long a meeting is, until somebody says otherwise."""


def goes_on(state: MeetingState, start: datetime, at: datetime) -> bool:
    """Say whether a meeting is held now: begun, or agreed for today; and neither closed nor called off (R-05)."""
    is_open = state in {MeetingState.PLANNED, MeetingState.STARTED}
    return is_open and clock.day(start) == clock.day(at)


def check_prepares(kind: MeetingType, step: Step, status: CaseStatus) -> None:
    """Refuse to prepare a meeting in another step than where it is agreed; the one with others outside, on the way to them."""
    if kind is not MeetingType.LEVEL_C:
        check_here(step, status, Step.PLANLEGG_TILTAK, Step.IVERKSETT)
    elif status is not CaseStatus.ESCALATING:
        raise Refused(Reason.CASE_CLOSED if status is CaseStatus.CLOSED else Reason.OTHER_STEP)


def check_lasts(start: datetime, until: datetime) -> None:
    """Refuse a meeting that is over before it begins."""
    if until <= start:
        raise Refused(Reason.ENDS_BEFORE_START, field="until", tid=clock_time(start))


def check_comes(kind: ParticipantKind | None, name: str, *, wished_by_family: bool) -> None:
    """Refuse one at the meeting who is neither a guest the family wishes, an interpreter nor an observer it says yes to (R-64).

    Family and colleagues come by the case itself.
    """
    if kind not in COMES_BESIDES:
        raise Refused(Reason.WHO_IS_THIS, field="kind", navn=name)
    if kind in NEEDS_A_YES and not wished_by_family:
        raise Refused(Reason.FAMILY_WISHES, field="wished_by_family", navn=name)

"""A tiltak is what and who; all else follows, until somebody says otherwise (R-21, R-22)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, TypeVar

from bti.errors import Reason, Refused
from bti.language import long_date
from bti.rules.people import ServiceKind


class Arena(StrEnum):
    """Where a tiltak is carried out."""

    HOME = "home"
    KINDERGARTEN = "kindergarten"
    SCHOOL = "school"
    LEISURE = "leisure"
    HEALTH_SERVICE = "health_service"
    OTHER = "other"


class EvaluationMode(StrEnum):
    """How a tiltak is evaluated; in the evaluation meeting, until somebody says otherwise."""

    JOINT_MEETING = "joint_meeting"
    PHONE = "phone"
    OTHER = "other"


class TiltakStatus(StrEnum):
    """What has become of a tiltak. A planned one is active from its start date; no job runs."""

    PLANNED = "planned"
    ENDED = "ended"
    CHANGED = "changed"
    HANDED_OVER = "handed_over"


class FamilySays(StrEnum):
    """What the family has said to a tiltak. A no stops it (R-58)."""

    AGREES = "agrees"
    NO = "no"


class ProposalStatus(StrEnum):
    """What the family has said to help that is offered. Until then it is offered (S2-20, S2-22)."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED_BY_FAMILY = "declined_by_family"
    LATER = "later"


T = TypeVar("T")

ARENA_OF: Final[Mapping[ServiceKind, Arena]] = {
    ServiceKind.KINDERGARTEN: Arena.KINDERGARTEN,
    ServiceKind.SCHOOL: Arena.SCHOOL,
    ServiceKind.HEALTH_STATION: Arena.HEALTH_SERVICE,
    ServiceKind.SCHOOL_HEALTH: Arena.HEALTH_SERVICE,
    ServiceKind.PHYSIO_ERGO: Arena.HEALTH_SERVICE,
    ServiceKind.MENTAL_HEALTH: Arena.HEALTH_SERVICE,
    ServiceKind.GP: Arena.HEALTH_SERVICE,
    ServiceKind.BUP: Arena.HEALTH_SERVICE,
    ServiceKind.LEISURE: Arena.LEISURE,
}


def arena(responsible: ServiceKind | None, owner: ServiceKind) -> Arena:
    """Return where it is done: at home by the family, else where the responsible's service is; PPT comes to the school."""
    if responsible is None:
        return Arena.HOME
    return ARENA_OF.get(responsible) or ARENA_OF.get(owner, Arena.OTHER)


@dataclass(frozen=True)
class Dates:
    """The days of a tiltak, some of them perhaps unknown until the evaluation meeting has a date."""

    start: date
    deadline: date | None
    evaluation: date | None


def by_hand(value: T, follows: T) -> T | None:
    """Return what somebody has set, or nothing when it is what follows anyway: that shall go on following."""
    return None if value == follows else value


def dates(
    start: date,
    deadline: date | None,
    evaluation: date | None,
    meeting: date | None,
    mode: EvaluationMode = EvaluationMode.JOINT_MEETING,
) -> Dates:
    """Fill in from the evaluation meeting what nobody has set by hand, so that a moved meeting moves them (R-22).

    In the meeting means on its day, and nothing is evaluated after it; what starts later waits for the next meeting.
    """
    if meeting is None or meeting < start:
        return Dates(start, deadline, evaluation)
    if evaluation is None or mode is EvaluationMode.JOINT_MEETING:
        return Dates(start, deadline or meeting, meeting)
    return Dates(start, deadline or meeting, min(evaluation, meeting))


def check_dates(
    start: date,
    deadline: date | None,
    evaluation: date | None,
    meeting: date | None,
    mode: EvaluationMode = EvaluationMode.JOINT_MEETING,
) -> None:
    """Refuse days set by hand that are out of order (R-22)."""
    if deadline and deadline < start:
        raise Refused(Reason.DEADLINE_BEFORE_START, field="deadline")
    if evaluation and evaluation < start:
        raise Refused(Reason.EVALUATION_BEFORE_START, field="evaluation_due")
    if evaluation and meeting and evaluation > meeting:
        raise Refused(Reason.EVALUATION_AFTER_MEETING, field="evaluation_due", dato=long_date(meeting))
    if evaluation and meeting and evaluation < meeting and mode is EvaluationMode.JOINT_MEETING:
        raise Refused(Reason.EVALUATION_AT_MEETING, field="evaluation_due", dato=long_date(meeting))


def may_need_formal_decision(text: str, words: Collection[str]) -> bool:
    """Say whether the words are those of help that in law may need an enkeltvedtak; the kommune has the list (R-57)."""
    said = text.casefold()
    return any(word.casefold() in said for word in words)


def is_complete(*, what: str, has_responsible: bool) -> bool:
    """Say whether it is a tiltak, and not yet a proposal."""
    return bool(what.strip()) and has_responsible


def is_active(status: TiltakStatus, start: date, today: date, family: FamilySays | None, *, complete: bool) -> bool:
    """Say whether it is carried out today: begun, not ended, and never against the family's no (R-58)."""
    return status is TiltakStatus.PLANNED and complete and start <= today and family is not FamilySays.NO


def check_family(says: FamilySays | None) -> None:
    """Refuse to begin, or to go on with, what the family has said no to (R-58)."""
    if says is FamilySays.NO:
        raise Refused(Reason.FAMILY_SAID_NO)


def check_decided(before: ProposalStatus, now: ProposalStatus) -> None:
    """Refuse to decide what is accepted already, and to say nothing about what is offered."""
    if before is ProposalStatus.ACCEPTED:
        raise Refused(Reason.SAVED_ALREADY, field="proposal")
    if now is ProposalStatus.PROPOSED:
        raise Refused(Reason.NOT_A_CHOICE, field="status")

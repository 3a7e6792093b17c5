"""Who carries the stafettlogg, and how the duty goes from one to another (R-11, R-13, R-63)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from bti.errors import Reason, Refused
from bti.rules.people import AccessRole


class HandoverReason(StrEnum):
    """Why another is asked. A word, not a text: the one who is asked may not see the log yet."""

    NEW_TEACHER = "new_teacher"
    AWAY = "away"
    CLOSER_TO_CHILD = "closer_to_child"
    FAMILY_WISH = "family_wish"
    HOLDER_GONE = "holder_gone"


class HandoverDeclined(StrEnum):
    """Why a handover came to nothing."""

    NO_TIME = "no_time"
    TOO_CLOSE = "too_close"
    SOMEONE_CLOSER = "someone_closer"
    DID_NOT_SAY_YES = "did_not_say_yes"
    TAKEN_BACK = "taken_back"


class HolderGone(StrEnum):
    """Why a stafettlogg lacks a stafettholder who can do anything with it (R-63)."""

    ENDED = "ended"
    LEFT = "left"
    AWAY = "away"
    TIME_IS_UP = "time_is_up"
    NOT_COVERED = "not_covered"


@dataclass(frozen=True)
class HolderStands:
    """What is known of a stafettholder without reading a word of the log."""

    active: bool
    takes_part: bool
    reaches: bool
    access_until: date | None = None
    away_from: date | None = None
    away_to: date | None = None
    deputy_until: date | None = None


def why_gone(holder: HolderStands, today: date) -> HolderGone | None:
    """Say why the stafettholder is gone, or nothing when she is there, or has a deputy while she is away."""
    if not holder.active:
        return HolderGone.ENDED
    if not holder.takes_part:
        return HolderGone.LEFT
    if holder.access_until is not None and holder.access_until < today:
        return HolderGone.TIME_IS_UP
    if not holder.reaches:
        return HolderGone.NOT_COVERED
    has_deputy = holder.deputy_until is not None and holder.deputy_until >= today
    return HolderGone.AWAY if is_away(holder.away_from, holder.away_to, today) and not has_deputy else None


def is_away(since: date | None, until: date | None, today: date) -> bool:
    """Say whether a person is on leave today; one without an end lasts until somebody says otherwise."""
    return since is not None and since <= today and (until is None or today <= until)


def has_leave(since: date | None, until: date | None, today: date) -> bool:
    """Say whether a person is on leave today, or is going to be."""
    return since is not None and (until is None or today <= until)


def check_may_appoint(role: AccessRole, *, own_unit: bool) -> None:
    """Refuse all but the leader of the owner service and the koordinator. To others the case does not exist (R-56, R-63)."""
    if role is AccessRole.COORDINATOR or (role is AccessRole.LEADER and own_unit):
        return
    raise Refused(Reason.NOT_YOURS)


def check_gone(gone: HolderGone | None) -> None:
    """Refuse to appoint another while the stafettholder is there: then she hands over herself (R-13)."""
    if gone is None:
        raise Refused(Reason.HOLDER_IS_HERE)


def check_may_be_deputized(gone: HolderGone | None, *, has_leave: bool) -> None:
    """Refuse a deputy over the head of a stafettholder who is there and goes nowhere: she names one herself (R-63)."""
    if not has_leave:
        check_gone(gone)


def check_another(to: UUID, by: UUID) -> None:
    """Refuse to appoint oneself: that would be a way into a log no role gives."""
    if to == by:
        raise Refused(Reason.NOT_ONESELF, field="to")


MAY_ANSWER = (
    HandoverDeclined.NO_TIME,
    HandoverDeclined.TOO_CLOSE,
    HandoverDeclined.SOMEONE_CLOSER,
    HandoverDeclined.DID_NOT_SAY_YES,
)
"""What the one who is asked may answer; taking it back is for the one who asked."""


class HandoverAccepted(StrEnum):
    """How the new stafettholder said yes: by her own press, or aloud in the meeting."""

    SELF = "self"
    SPOKEN = "spoken"


def check_answers(asked: UUID, who: UUID) -> None:
    """Refuse an answer from anybody but the one who was asked: nobody is made stafettholder by another's press (R-13)."""
    if asked != who:
        raise Refused(Reason.NOT_YOURS)


def check_until(until: date | None, today: date) -> None:
    """Refuse a vikar or deputy whose time is over before it begins."""
    if until is not None and until < today:
        raise Refused(Reason.IN_THE_PAST, field="until")

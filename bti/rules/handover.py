"""Who carries the stafettlogg, and how the duty goes from one to another (R-11, R-13, R-63)."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from bti.errors import Reason, Refused


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

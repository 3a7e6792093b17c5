"""Meetings, as far as the steps lean on them."""

from datetime import datetime
from enum import StrEnum

from bti import clock


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


def goes_on(state: MeetingState, start: datetime, at: datetime) -> bool:
    """Say whether a meeting is held now: begun, or agreed for today; and neither closed nor called off (R-05)."""
    is_open = state in {MeetingState.PLANNED, MeetingState.STARTED}
    return is_open and clock.day(start) == clock.day(at)

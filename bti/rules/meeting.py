"""Meetings, as far as the steps lean on them."""

from enum import StrEnum


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

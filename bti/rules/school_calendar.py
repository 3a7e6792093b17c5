"""Days with school in them. Suggested days skip the holidays; consent never does (R-66)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

SATURDAY: Final = 5
EVALUATE_AFTER: Final = timedelta(weeks=6)


@dataclass(frozen=True)
class Holiday:
    """Days without school, both included."""

    first: date
    last: date


def is_school_day(on: date, holidays: Collection[Holiday]) -> bool:
    """Say whether there is school on the day."""
    return on.weekday() < SATURDAY and not any(h.first <= on <= h.last for h in holidays)


def next_school_day(after: date, holidays: Collection[Holiday]) -> date:
    """Return the first school day after ``after``."""
    on = after + timedelta(days=1)
    while not is_school_day(on, holidays):
        on += timedelta(days=1)
    return on


def day_before(meeting: date, holidays: Collection[Holiday], *, today: date) -> date:
    """Return the last school day before the meeting, when the child is talked with; today at the earliest."""
    on = meeting - timedelta(days=1)
    while on > today and not is_school_day(on, holidays):
        on -= timedelta(days=1)
    return max(on, today)


def evaluation_day(today: date, holidays: Collection[Holiday]) -> date:
    """Suggest the day of the evaluation meeting: the same weekday, six weeks on, and a week later until there is school."""
    on = today + EVALUATE_AFTER
    while not is_school_day(on, holidays):
        on += timedelta(weeks=1) if on.weekday() < SATURDAY else timedelta(days=1)
    return on

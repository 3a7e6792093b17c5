"""Days with school in them. Suggested days skip the holidays, and deadlines pause in them; consent never does (R-66)."""

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


def is_paused(on: date, holidays: Collection[Holiday]) -> bool:
    """Say whether deadlines stand still on the day. An ordinary weekend counts; holidays and planning days do not."""
    return any(h.first <= on <= h.last for h in holidays)


def deadline(start: date, days: int, holidays: Collection[Holiday]) -> date:
    """Return the day that is ``days`` after ``start`` when no holiday and no planning day is counted (R-66)."""
    on = start
    while days > 0 or is_paused(on, holidays):
        on += timedelta(days=1)
        days -= not is_paused(on, holidays)
    return on


def days_over(due: date, today: date, holidays: Collection[Holiday]) -> int:
    """Return how many days a deadline is over, the paused ones left out; none while it is not over."""
    after = (due + timedelta(days=n) for n in range(1, (today - due).days + 1))
    return sum(not is_paused(on, holidays) for on in after)


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

"""Suggested days are days with school in them (R-15, R-33, R-66)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bti.rules.school_calendar import (
    Holiday,
    day_before,
    days_over,
    deadline,
    evaluation_day,
    is_paused,
    is_school_day,
    next_school_day,
)

EASTER = Holiday(date(2026, 3, 30), date(2026, 4, 6))
SUMMER = Holiday(date(2026, 6, 20), date(2026, 8, 16))
GRANVIK = (EASTER, SUMMER)
TUESDAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("on", "school"),
    [
        (TUESDAY, True),
        (date(2026, 3, 13), True),
        (date(2026, 3, 14), False),
        (date(2026, 3, 15), False),
        (date(2026, 3, 27), True),
        (date(2026, 3, 30), False),
        (date(2026, 4, 6), False),
        (date(2026, 4, 7), True),
    ],
)
def test_there_is_school_on_weekdays_outside_the_holidays(on, school):
    assert is_school_day(on, GRANVIK) is school


@pytest.mark.meets("R-33", "R-66")
@pytest.mark.parametrize(
    ("after", "next_day"),
    [
        (TUESDAY, date(2026, 3, 11)),
        (date(2026, 3, 13), date(2026, 3, 16)),
        (date(2026, 3, 27), date(2026, 4, 7)),
        (date(2026, 6, 19), date(2026, 8, 17)),
    ],
)
def test_the_child_is_told_by_the_next_school_day(after, next_day):
    assert next_school_day(after, GRANVIK) == next_day


@pytest.mark.meets("S0-12", "S4-17", "R-66")
@pytest.mark.parametrize(
    ("meeting", "today", "day"),
    [
        (date(2026, 4, 14), TUESDAY, date(2026, 4, 13)),
        (date(2026, 4, 13), TUESDAY, date(2026, 4, 10)),
        (date(2026, 4, 7), TUESDAY, date(2026, 3, 27)),
        (date(2026, 4, 7), date(2026, 4, 2), date(2026, 4, 2)),
        (date(2026, 3, 11), TUESDAY, TUESDAY),
        (TUESDAY, TUESDAY, TUESDAY),
        (date(2026, 3, 9), TUESDAY, TUESDAY),
    ],
)
def test_the_child_is_talked_with_the_school_day_before_and_today_at_the_earliest(meeting, today, day):
    assert day_before(meeting, GRANVIK, today=today) == day


@pytest.mark.meets("R-15", "R-66")
@pytest.mark.parametrize(
    ("today", "day"),
    [
        (TUESDAY, date(2026, 4, 21)),
        (date(2026, 2, 16), date(2026, 4, 13)),
        (date(2026, 2, 24), date(2026, 4, 7)),
        (date(2026, 5, 12), date(2026, 8, 18)),
        (date(2026, 3, 14), date(2026, 4, 27)),
        (date(2026, 2, 21), date(2026, 4, 13)),
    ],
)
def test_the_evaluation_is_six_weeks_on_the_same_weekday_when_there_is_school(today, day):
    assert evaluation_day(today, GRANVIK) == day


@given(st.dates(date(2025, 1, 1), date(2027, 12, 31)))
def test_a_suggested_day_is_a_school_day_at_least_six_weeks_on(today):
    day = evaluation_day(today, GRANVIK)

    assert is_school_day(day, GRANVIK)
    assert day >= today + timedelta(weeks=6)
    assert today.weekday() >= 5 or day.weekday() == today.weekday()


@pytest.mark.meets("R-66")
@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (TUESDAY, 0, TUESDAY),
        (TUESDAY, 7, date(2026, 3, 17)),
        (date(2026, 3, 13), 1, date(2026, 3, 14)),
        (date(2026, 3, 27), 7, date(2026, 4, 11)),
        (date(2026, 4, 1), 0, date(2026, 4, 7)),
        (date(2026, 4, 1), 1, date(2026, 4, 7)),
        (date(2026, 6, 17), 7, date(2026, 8, 21)),
    ],
)
def test_a_deadline_pauses_in_the_holidays_and_never_falls_in_one(start, days, due):
    assert deadline(start, days, GRANVIK) == due


def test_a_planning_day_is_not_counted_and_an_ordinary_weekend_is():
    planning = Holiday(date(2026, 3, 12), date(2026, 3, 12))

    assert deadline(TUESDAY, 7, [planning]) == date(2026, 3, 18)
    assert deadline(TUESDAY, 2, [planning]) == date(2026, 3, 13)
    assert not is_school_day(planning.first, [planning])


@pytest.mark.parametrize(
    ("due", "today", "days"),
    [
        (TUESDAY, TUESDAY, 0),
        (TUESDAY, date(2026, 3, 9), 0),
        (TUESDAY, date(2026, 3, 12), 2),
        (date(2026, 3, 28), date(2026, 4, 6), 1),
        (date(2026, 3, 28), date(2026, 4, 8), 3),
        (date(2026, 6, 19), date(2026, 8, 16), 0),
    ],
)
def test_nothing_becomes_later_while_there_is_no_school(due, today, days):
    assert days_over(due, today, GRANVIK) == days


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(0, 60), st.integers(0, 90))
def test_a_deadline_counts_exactly_its_days_and_is_over_the_day_after(start, days, later):
    due = deadline(start, days, GRANVIK)

    assert due >= start + timedelta(days=days)
    assert not is_paused(due, GRANVIK)
    assert days_over(start, due, GRANVIK) in {days, days + is_paused(start, GRANVIK)}
    assert (days_over(due, due + timedelta(days=later), GRANVIK) > 0) is any(
        not is_paused(due + timedelta(days=n), GRANVIK) for n in range(1, later + 1)
    )

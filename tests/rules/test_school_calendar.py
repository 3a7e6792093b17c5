"""Suggested days are days with school in them (R-15, R-33, R-66)."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bti.rules.school_calendar import Holiday, day_before, evaluation_day, is_school_day, next_school_day

EASTER = Holiday(date(2026, 3, 30), date(2026, 4, 6))
SUMMER = Holiday(date(2026, 6, 20), date(2026, 8, 16))
GRANVIK = (EASTER, SUMMER)
TUESDAY = date(2026, 3, 10)
DRAWN = settings(deadline=None, derandomize=True, database=None)


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


@DRAWN
@given(st.dates(date(2025, 1, 1), date(2027, 12, 31)))
def test_a_suggested_day_is_a_school_day_at_least_six_weeks_on(today):
    day = evaluation_day(today, GRANVIK)

    assert is_school_day(day, GRANVIK)
    assert day >= today + timedelta(weeks=6)
    assert today.weekday() >= 5 or day.weekday() == today.weekday()

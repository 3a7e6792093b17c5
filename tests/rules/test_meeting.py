"""The words a meeting is kept with; a database made yesterday holds them."""

from datetime import timedelta

import pytest

from bti.rules.meeting import MeetingState, MeetingType, goes_on
from tests.cast import NOON


def test_a_meeting_is_for_one_of_five_things():
    assert {t.value for t in MeetingType} == {"startup", "planning", "evaluation", "level_c", "other"}


def test_a_meeting_is_planned_and_held_or_not():
    assert [s.value for s in MeetingState] == ["planned", "started", "closed", "cancelled"]


@pytest.mark.meets("R-05")
@pytest.mark.parametrize("state", list(MeetingState))
@pytest.mark.parametrize("days", [-1, 0, 1])
def test_a_meeting_goes_on_the_day_it_is_agreed_for_until_it_is_closed_or_called_off(state, days):
    is_open = state in {MeetingState.PLANNED, MeetingState.STARTED}

    assert goes_on(state, NOON + timedelta(days=days), NOON) is (is_open and days == 0)

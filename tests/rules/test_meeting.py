"""The words a meeting is kept with; a database made yesterday holds them."""

from bti.rules.meeting import MeetingState, MeetingType


def test_a_meeting_is_for_one_of_five_things():
    assert {t.value for t in MeetingType} == {"startup", "planning", "evaluation", "level_c", "other"}


def test_a_meeting_is_planned_and_held_or_not():
    assert [s.value for s in MeetingState] == ["planned", "started", "closed", "cancelled"]

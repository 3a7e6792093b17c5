"""In which part of the list a case stands, from days alone."""

from datetime import date, timedelta

import pytest

from bti.rules.due import Due, Section, Task, counted, in_order, late_with
from bti.rules.progress import ActiveTiltak, Late
from bti.rules.school_calendar import Holiday

TODAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("task", "section"),
    [
        (Task(Due.TALK_WITH_CHILD, date(2026, 3, 10), mine=True), Section.WAITING),
        (Task(Due.TALK_WITH_CHILD, date(2026, 3, 24), mine=True), Section.WAITING),
        (Task(Due.TALK_WITH_CHILD, date(2026, 3, 25), mine=True), Section.MINE),
        (Task(Due.TALK_WITH_CHILD, date(2026, 3, 9), mine=True), Section.OVERDUE),
        (Task(Due.TALK_WITH_CHILD, date(2026, 3, 12)), Section.MINE),
        (Task(Due.ARCHIVE, mine=True), Section.WAITING),
        (Task(Due.ASK_FAMILY, mine=True), Section.WAITING),
        (Task(Due.FAMILY_ANSWERS, mine=True), Section.MINE),
        (Task(Due.EVALUATION_MEETING, date(2026, 3, 24)), Section.SOON),
        (Task(Due.EVALUATION_MEETING, date(2026, 3, 25)), Section.MINE),
        (Task(Due.EVALUATION_MEETING, date(2026, 3, 9), mine=True), Section.OVERDUE),
        (Task(Due.CONSENT_ENDS, date(2026, 3, 17), mine=True), Section.SOON),
        (Task(Due.CONSENT_ENDS, date(2026, 5, 1), mine=True), Section.MINE),
    ],
)
def test_what_waits_for_somebody_waits_until_its_last_day_is_over(task, section):
    assert task.section(TODAY) is section


def test_the_next_thing_to_do_comes_first():
    soon = Task(Due.EVALUATION_MEETING, date(2026, 3, 20))
    late = Task(Due.EVALUATE_TILTAK, date(2026, 3, 1))
    mine = Task(Due.TALK_WITH_CHILD, date(2026, 3, 12), mine=True)
    some_day = Task(Due.ARCHIVE, mine=True)

    assert in_order([soon, late, some_day, mine], TODAY) == (mine, some_day, late, soon)


SUMMER = (Holiday(date(2026, 6, 20), date(2026, 8, 16)),)
FIRST_DAY = date(2026, 8, 17)


@pytest.mark.meets("R-66")
@pytest.mark.parametrize(
    ("kind", "day", "today", "due", "paused"),
    [
        (Due.EVALUATE_TILTAK, date(2026, 6, 10), date(2026, 6, 11), date(2026, 6, 10), False),
        (Due.EVALUATE_TILTAK, date(2026, 6, 10), date(2026, 7, 1), FIRST_DAY, True),
        (Due.EVALUATE_TILTAK, date(2026, 6, 19), date(2026, 6, 19), date(2026, 6, 19), False),
        (Due.EVALUATE_TILTAK, date(2026, 6, 19), date(2026, 6, 20), FIRST_DAY, True),
        (Due.EVALUATE_TILTAK, date(2026, 6, 19), date(2026, 8, 18), FIRST_DAY, True),
        (Due.EVALUATE_TILTAK, date(2026, 7, 1), date(2026, 6, 1), FIRST_DAY, True),
        (Due.NEW_RESPONSIBLE, date(2026, 6, 1), date(2026, 6, 1), date(2026, 6, 15), False),
        (Due.NEW_RESPONSIBLE, date(2026, 6, 10), date(2026, 6, 10), date(2026, 8, 21), True),
        (Due.EVALUATION_MEETING, date(2026, 7, 1), date(2026, 7, 2), date(2026, 7, 1), False),
    ],
)
def test_a_deadline_stands_still_in_the_holidays(kind, day, today, due, paused):
    assert counted(Task(kind, day, mine=True), today, SUMMER) == Task(kind, due, mine=True, paused=paused)


@pytest.mark.meets("R-54")
@pytest.mark.parametrize(
    ("kind", "since", "last"),
    [
        (Due.NOTE_PROGRESS, date(2026, 3, 10), date(2026, 4, 7)),
        (Due.ANSWER_HANDOVER, date(2026, 3, 10), date(2026, 3, 17)),
    ],
)
def test_what_is_said_only_when_it_is_late_is_not_said_before_and_not_in_the_holidays(kind, since, last):
    assert counted(Task(kind, since), last, SUMMER) is None
    assert counted(Task(kind, since), last + timedelta(days=1), SUMMER) == Task(kind, last)
    assert counted(Task(kind, since), date(2026, 7, 1), SUMMER) is None


@pytest.mark.meets("R-26")
def test_a_tiltak_without_who_does_it_comes_first_after_a_fortnight():
    task = Task(Due.NEW_RESPONSIBLE, date(2026, 3, 10), mine=True)
    assert task.section(date(2026, 3, 10)) is Section.MINE
    assert task.section(date(2026, 3, 11)) is Section.WAITING


@pytest.mark.meets("R-54")
@pytest.mark.parametrize(
    ("tiltak", "late"),
    [
        (ActiveTiltak(date(2026, 3, 1), None), ()),
        (ActiveTiltak(date(2026, 1, 5), None), (Late.PROGRESS_NOTE,)),
        (ActiveTiltak(date(2026, 1, 5), None, last_note=TODAY), ()),
        (ActiveTiltak(date(2026, 3, 1), date(2026, 3, 9)), (Late.EVALUATION,)),
        (ActiveTiltak(date(2026, 3, 1), TODAY), ()),
        (ActiveTiltak(date(2026, 3, 1), date(2026, 3, 9), is_evaluated=True), ()),
    ],
)
def test_what_is_late_with_a_tiltak_is_counted_as_the_list_counts_it(tiltak, late):
    assert late_with(tiltak, TODAY, ()) == late

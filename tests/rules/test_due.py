"""In which part of the list a case stands, from days alone."""

from datetime import date

import pytest

from bti.rules.due import Due, Section, Task, in_order

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

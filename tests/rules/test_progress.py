"""What is over its deadline, and what is not in a holiday (R-54, R-66)."""

from datetime import date

import pytest

from bti.language import _, speaking
from bti.rules.progress import ActiveTiltak, Late, of_handover, of_minutes, of_tiltak
from bti.rules.school_calendar import Holiday

EASTER = Holiday(date(2026, 3, 30), date(2026, 4, 6))
SUMMER = Holiday(date(2026, 6, 20), date(2026, 8, 16))
GRANVIK = (EASTER, SUMMER)
TUESDAY = date(2026, 3, 10)
NEW = ActiveTiltak(start=TUESDAY, evaluation_due=date(2026, 3, 24))

pytestmark = pytest.mark.meets("R-54")


def late(found):
    return [(one.what, one.days) for one in found]


@pytest.mark.meets("R-54")
@pytest.mark.parametrize(
    ("tiltak", "today", "found"),
    [
        (NEW, date(2026, 3, 24), []),
        (NEW, date(2026, 3, 25), [(Late.EVALUATION, 1)]),
        (ActiveTiltak(TUESDAY, date(2026, 3, 24), is_evaluated=True), date(2026, 3, 25), []),
        (ActiveTiltak(TUESDAY, None), date(2026, 4, 7), []),
        (ActiveTiltak(TUESDAY, None), date(2026, 4, 15), []),
        (ActiveTiltak(TUESDAY, None), date(2026, 4, 16), [(Late.PROGRESS_NOTE, 1)]),
        (ActiveTiltak(TUESDAY, None, last_note=date(2026, 4, 8)), date(2026, 5, 6), []),
        (ActiveTiltak(TUESDAY, None, last_note=date(2026, 4, 8)), date(2026, 5, 7), [(Late.PROGRESS_NOTE, 1)]),
        (ActiveTiltak(TUESDAY, None, last_note=date(2026, 2, 1)), date(2026, 4, 15), []),
        (ActiveTiltak(TUESDAY, date(2026, 4, 1)), date(2026, 4, 7), []),
        (ActiveTiltak(TUESDAY, date(2026, 4, 1)), date(2026, 4, 8), [(Late.EVALUATION, 1)]),
        (NEW, date(2026, 4, 16), [(Late.EVALUATION, 15), (Late.PROGRESS_NOTE, 1)]),
    ],
)
def test_a_tiltak_is_late_when_its_evaluation_has_passed_or_nobody_has_written_for_four_weeks(tiltak, today, found):
    assert late(of_tiltak(tiltak, today, GRANVIK)) == found


@pytest.mark.meets("R-66")
def test_nothing_turns_red_in_the_summer():
    just_before = ActiveTiltak(date(2026, 6, 10), date(2026, 6, 19))

    assert of_tiltak(just_before, date(2026, 8, 16), GRANVIK) == ()
    assert of_handover(date(2026, 6, 15), date(2026, 8, 16), GRANVIK) == ()
    assert of_minutes(date(2026, 6, 18), date(2026, 8, 16), GRANVIK) == ()


@pytest.mark.parametrize(("rule", "what"), [(of_handover, Late.HANDOVER), (of_minutes, Late.MINUTES)])
def test_an_answer_and_the_minutes_are_late_after_seven_counted_days(rule, what):
    assert rule(TUESDAY, date(2026, 3, 17), GRANVIK) == ()
    assert late(rule(TUESDAY, date(2026, 3, 18), GRANVIK)) == [(what, 1)]
    (over_easter,) = rule(date(2026, 3, 27), date(2026, 4, 12), GRANVIK)
    assert (over_easter.what, over_easter.due, over_easter.days) == (what, date(2026, 4, 11), 1)


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_what_is_late_is_said_in_both_languages(language):
    with speaking(language):
        said = {_(what) for what in Late}

    assert len(said) == len(Late)
    assert repr(Late.MINUTES) == "Late.MINUTES"

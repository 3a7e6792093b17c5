"""What may be entered of a case that already runs on paper (R-61)."""

from datetime import date

import pytest

from bti.errors import Reason, Refused
from bti.rules.registering import check_next_evaluation, check_start, period_of_paper

NOVEMBER = date(2025, 11, 3)
TODAY = date(2026, 3, 10)
JULY = (7, 31)


@pytest.mark.parametrize(
    ("given", "until", "last"),
    [
        (NOVEMBER, None, date(2026, 7, 31)),
        (NOVEMBER, date(2026, 3, 9), date(2026, 3, 9)),
        (NOVEMBER, date(2026, 11, 2), date(2026, 11, 2)),
        (date(2024, 11, 3), None, date(2025, 7, 31)),
        (TODAY, TODAY, TODAY),
    ],
)
def test_the_paper_counts_for_its_own_period(given, until, last):
    assert period_of_paper(given, until, "elevmappen, ref. 25/118", TODAY, JULY) == last


@pytest.mark.meets("R-61")
@pytest.mark.parametrize(
    ("given", "until", "reference", "reason", "field"),
    [
        (NOVEMBER, None, "", Reason.PAPER_CONSENT, "reference"),
        (NOVEMBER, None, "  ", Reason.PAPER_CONSENT, "reference"),
        (date(2026, 3, 11), None, "mappa", Reason.IN_THE_FUTURE, "given_on"),
        (NOVEMBER, date(2025, 11, 2), "mappa", Reason.PAPER_PERIOD, "until"),
        (NOVEMBER, date(2026, 11, 3), "mappa", Reason.PAPER_PERIOD, "until"),
    ],
)
def test_a_paper_that_cannot_be_found_or_cannot_be_is_refused(given, until, reference, reason, field):
    with pytest.raises(Refused) as no:
        period_of_paper(given, until, reference, TODAY, JULY)

    assert (no.value.reason, no.value.field) == (reason, field)


def test_what_has_been_is_not_the_next_evaluation():
    check_next_evaluation(TODAY, TODAY)
    with pytest.raises(Refused):
        check_next_evaluation(date(2026, 3, 9), TODAY)


def test_a_start_in_the_past_stands_only_where_it_stood():
    check_start(TODAY, TODAY, before=None)
    check_start(NOVEMBER, TODAY, before=NOVEMBER)
    for before in (None, TODAY):
        with pytest.raises(Refused):
            check_start(NOVEMBER, TODAY, before=before)

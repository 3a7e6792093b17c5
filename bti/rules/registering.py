"""A case that already runs on paper may be entered with its real dates; no other case may (R-61)."""

from datetime import date
from enum import StrEnum

from bti.errors import Reason, Refused
from bti.rules.consent import last_day


class Carrier(StrEnum):
    """Who carries out a tiltak that is entered before anybody takes part here."""

    STAFETTHOLDER = "stafettholder"
    FIRST_GUARDIAN = "first_guardian"
    SECOND_GUARDIAN = "second_guardian"
    CHILD = "child"


def period_of_paper(
    given: date, until: date | None, reference: str, today: date, school_year_ends: tuple[int, int]
) -> date:
    """Return the last day the paper counts, or refuse a paper that cannot be found again or cannot be (R-05, R-61).

    Without a day of its own it counts for the shorter of the two periods, from the day that stands on it.
    """
    if not reference.strip():
        raise Refused(Reason.PAPER_CONSENT, field="reference")
    if given > today:
        raise Refused(Reason.IN_THE_FUTURE, field="given_on")
    longest = max(last_day(school_year_ends, given, whole_year=whole_year) for whole_year in (True, False))
    if until is not None and not given <= until <= longest:
        raise Refused(Reason.PAPER_PERIOD, field="until", dato=longest)
    return until or last_day(school_year_ends, given, whole_year=False)


def check_next_evaluation(day: date, today: date) -> None:
    """Refuse a next evaluation that has been: what has been held on paper is not entered here."""
    if day < today:
        raise Refused(Reason.IN_THE_PAST, field="day")


def check_start(start: date, today: date, before: date | None) -> None:
    """Refuse a start in the past, but for the one that stands there: past dates belong to «registrer pågående» alone."""
    if start < today and start != before:
        raise Refused(Reason.IN_THE_PAST, field="start")

"""Whom the log is about follows from the dates."""

from datetime import date, timedelta

import pytest

from bti.errors import Reason, Refused
from bti.rules.people import SubjectType
from bti.rules.subject import check_due, subject_of

TODAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("born", "subject"),
    [
        (None, SubjectType.PREGNANCY),
        (date(2015, 6, 2), SubjectType.CHILD),
        (date(2011, 3, 11), SubjectType.CHILD),
        (date(2011, 3, 10), SubjectType.YOUTH),
        (date(2008, 3, 11), SubjectType.YOUTH),
        (date(2008, 3, 10), SubjectType.YOUNG_ADULT),
    ],
)
def test_what_the_child_is_follows_from_the_birth_date(born, subject):
    assert subject_of(born, TODAY, youth_age=15) is subject


@pytest.mark.parametrize("days", [-60, 0, 300])
def test_a_due_date_may_be_just_past_or_far_off(days):
    check_due(TODAY + timedelta(days=days), TODAY)


@pytest.mark.parametrize("days", [-61, 301])
def test_a_due_date_nobody_can_have_is_refused(days):
    with pytest.raises(Refused) as refusal:
        check_due(TODAY + timedelta(days=days), TODAY)
    assert (refusal.value.reason, refusal.value.field) == (Reason.DUE_DATE, "due_date")

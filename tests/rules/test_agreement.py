"""What is agreed besides the tiltak, and what is left open for next time."""

from datetime import date, timedelta

import pytest

from bti import ids
from bti.errors import Reason, Refused
from bti.rules.agreement import AgreementKind, check_agreed, check_not_settled

TODAY = date(2026, 3, 10)
SOMEBODY = ids.new()


@pytest.mark.parametrize("by", [None, SOMEBODY])
@pytest.mark.parametrize("due", [None, TODAY, TODAY + timedelta(days=1)])
def test_what_is_agreed_may_say_by_whom_and_by_when(by, due):
    check_agreed(AgreementKind.AGREED, by, due, TODAY)


@pytest.mark.parametrize(
    ("kind", "by", "due", "reason"),
    [
        (AgreementKind.LEFT_OPEN, SOMEBODY, None, Reason.NOT_A_CHOICE),
        (AgreementKind.LEFT_OPEN, None, TODAY, Reason.NOT_A_CHOICE),
        (AgreementKind.AGREED, None, TODAY - timedelta(days=1), Reason.IN_THE_PAST),
    ],
)
def test_what_is_left_open_is_nobodys_yet_and_nothing_is_agreed_for_a_day_that_has_been(kind, by, due, reason):
    check_agreed(AgreementKind.LEFT_OPEN, None, None, TODAY)
    with pytest.raises(Refused) as refusal:
        check_agreed(kind, by, due, TODAY)
    assert refusal.value.reason is reason


def test_what_is_settled_is_settled_once():
    check_not_settled(None)
    with pytest.raises(Refused) as refusal:
        check_not_settled(TODAY)
    assert refusal.value.reason is Reason.SAVED_ALREADY

"""Who answers for a handover, and until when it may last."""

from datetime import date
from uuid import UUID

import pytest

from bti.errors import Reason, Refused
from bti.rules.handover import MAY_ANSWER, HandoverDeclined, check_answers, check_until

ONE, OTHER = UUID(int=1), UUID(int=2)
TODAY = date(2026, 3, 10)


def test_only_the_one_who_is_asked_answers():
    check_answers(ONE, ONE)
    with pytest.raises(Refused) as refusal:
        check_answers(ONE, OTHER)
    assert refusal.value.reason is Reason.NOT_YOURS


@pytest.mark.parametrize("until", [None, TODAY, date(2026, 6, 1)])
def test_a_vikar_may_stay_until_today_or_later_or_for_good(until):
    check_until(until, TODAY)


def test_a_vikar_may_not_have_ended_yesterday():
    with pytest.raises(Refused) as refusal:
        check_until(date(2026, 3, 9), TODAY)
    assert (refusal.value.reason, refusal.value.field) == (Reason.IN_THE_PAST, "until")


def test_taking_back_is_no_answer():
    assert set(HandoverDeclined) - set(MAY_ANSWER) == {HandoverDeclined.TAKEN_BACK}

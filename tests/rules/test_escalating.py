"""Help from outside: four things are in place, the family has said yes to just that, and has read what is sent (R-08)."""

from itertools import product

import pytest

from bti.errors import Reason
from bti.rules.escalating import Escalation, MessageStatus, Outward, check_covered, check_follows, missing
from tests.rules.asking import refusal_of

IN_ORDER = (Outward.SERVICES, Outward.MESSAGE, Outward.CONSENT, Outward.MEETING)
READ = (MessageStatus.FAMILY_READ, MessageStatus.READY, MessageStatus.SENT_OUTSIDE_APP)


@pytest.mark.meets("R-08", "S4-29")
@pytest.mark.parametrize(
    ("services", "covered", "status", "meeting"),
    list(product([True, False], [True, False], [None, *MessageStatus], [True, False])),
)
def test_what_is_missing_is_said_in_the_order_it_is_done(services, covered, status, meeting):
    lacks = missing(Escalation(services, covered, status, meeting))

    assert (Outward.SERVICES in lacks) is not services
    assert (Outward.MESSAGE in lacks) is (status not in READ)
    assert (Outward.CONSENT in lacks) is not (services and covered)
    assert (Outward.MEETING in lacks) is not meeting
    assert list(lacks) == [thing for thing in IN_ORDER if thing in lacks]


@pytest.mark.meets("R-08", "S4-29")
@pytest.mark.parametrize("covered", [True, False])
def test_nobody_outside_is_told_before_the_family_has_said_yes_to_just_that(covered):
    assert refusal_of(check_covered, is_covered=covered) is (None if covered else Reason.NEW_CONSENT)


@pytest.mark.meets("R-08")
@pytest.mark.parametrize(("now", "wanted"), list(product(MessageStatus, repeat=2)))
def test_a_message_does_not_leap_over_the_family(now, wanted):
    order = list(MessageStatus)
    is_next = order.index(wanted) == order.index(now) + 1
    otherwise = Reason.SAVED_ALREADY if wanted is MessageStatus.FAMILY_READ else Reason.MESSAGE_NOT_READ

    assert refusal_of(check_follows, now, wanted) is (None if is_next else otherwise)

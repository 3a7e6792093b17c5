"""A sign-in lasts a day's work, and one who guesses waits longer and longer."""

from datetime import timedelta

import pytest

from bti import clock
from bti.rules.signing_in import ABSOLUTE, IDLE, LONGEST_WAIT, free_again, is_alive
from tests.cast import NOON

A_MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("age", "idle", "alive"),
    [
        (timedelta(0), timedelta(0), True),
        (IDLE, IDLE - clock.A_MOMENT, True),
        (IDLE, IDLE, False),
        (ABSOLUTE - clock.A_MOMENT, timedelta(0), True),
        (ABSOLUTE, timedelta(0), False),
        (ABSOLUTE, IDLE, False),
    ],
)
def test_a_sign_in_ends_after_half_an_hour_without_work_and_after_nine_hours_of_it(age, idle, alive):
    assert is_alive(NOON - age, NOON - idle, None, NOON) is alive


@pytest.mark.parametrize("ended", [NOON - A_MINUTE, NOON, NOON + A_MINUTE])
def test_a_sign_in_that_was_ended_is_over(ended):
    assert not is_alive(NOON, NOON, ended, NOON)


@pytest.mark.parametrize(
    ("failures", "minutes"),
    [(0, None), (4, None), (5, 1), (6, 2), (7, 4), (8, 8), (9, 15), (10, 15), (40, 15), (1000, 15)],
)
def test_from_the_fifth_wrong_guess_each_waits_longer_up_to_a_quarter_of_an_hour(failures, minutes):
    tries = [NOON - n * A_MINUTE for n in range(failures)]

    assert free_again(tries) == (None if minutes is None else NOON + minutes * A_MINUTE)


def test_the_wait_counts_from_the_newest_guess_in_whatever_order_they_come():
    tries = [NOON - n * A_MINUTE for n in range(5)]

    assert free_again(tries) == free_again(tries[::-1]) == NOON + A_MINUTE


def test_nobody_waits_for_ever():
    assert LONGEST_WAIT < IDLE

"""What is said ahead: a youth before the birthday, a guardian before her first day; and what can be taken back of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bti import clock
from bti.rules.consent import (
    ConsentAddition,
    ConsentState,
    Guardian,
    Policy,
    Purpose,
    Withdrawal,
    age,
    answered_under,
    answers_ahead,
    has_taken_back,
    is_near,
    state,
)
from tests.cast import NOON, OLA_BORN
from tests.rules.asking import (
    BOTH,
    CHILD,
    EVERYDAY,
    GRANDMOTHER,
    JONAS,
    MARTE,
    NO,
    NURSE,
    PPT,
    SUMMER,
    on_paper,
    oslo,
    says,
    the_family,
)

BIRTHDAY = date(2026, 3, 11)


@pytest.mark.meets("R-03")
@pytest.mark.parametrize(("days", "may"), [(0, False), (1, True), (60, True), (61, False)])
def test_a_youth_may_answer_from_sixty_days_before_and_it_counts_from_the_day(days, may):
    family = the_family(born=OLA_BORN)
    at = oslo(2026, 3, 11) - timedelta(days=days)

    assert answers_ahead(family, SUMMER, at) == ({CHILD: BIRTHDAY} if may else {})


def test_nobody_answers_ahead_to_what_is_over_by_then():
    family = the_family(born=OLA_BORN)

    assert answers_ahead(family, BIRTHDAY, NOON) == {CHILD: BIRTHDAY}
    assert answers_ahead(family, BIRTHDAY - timedelta(days=1), NOON) == {}


def test_another_age_in_the_kommune_is_another_day():
    assert answers_ahead(the_family(born=OLA_BORN, policy=Policy(youth_age=16)), SUMMER, NOON) == {}


def test_a_guardian_who_comes_later_may_answer_ahead_too():
    begins = date(2026, 3, 15)
    newcomer = Guardian(GRANDMOTHER, has_parental_responsibility=True, valid_from=begins)

    assert answers_ahead(the_family(guardians=(*BOTH, newcomer)), SUMMER, NOON) == {GRANDMOTHER: begins}


@pytest.mark.meets("R-07")
def test_who_has_answered_may_take_it_back_a_yes_and_a_no_alike_until_it_is_over():
    later = {"counts_from": oslo(2026, 3, 15)}
    family = the_family(says(MARTE), says(JONAS, NO, NURSE, **later))

    for one in BOTH:
        assert answered_under(family, one.id, NOON)
        assert not answered_under(family, one.id, clock.end_of(SUMMER))
        assert not answered_under(family, one.id, NOON - timedelta(days=1))
    assert not answered_under(family, GRANDMOTHER, NOON)
    assert answered_under(the_family(on_paper(MARTE)), MARTE, NOON)
    assert not answered_under(the_family(says(MARTE), closed_at=(NOON,)), MARTE, NOON)


def test_who_takes_back_a_no_has_said_no_as_before():
    stood = the_family(says(MARTE), says(JONAS, NO))
    taken_back = replace(stood, withdrawals=(Withdrawal(JONAS, PPT, NOON),))

    for family in (stood, taken_back):
        assert state(family, PPT, Purpose.COOPERATE, NOON) is ConsentState.REFUSED


@pytest.mark.meets("R-07", "R-10")
@pytest.mark.parametrize("answer", [EVERYDAY, NO])
def test_what_somebody_has_answered_is_taken_back_until_she_answers_anew_a_yes_and_a_no_alike(answer):
    stood = the_family(says(MARTE, answer), says(JONAS))
    then = NOON + timedelta(hours=1)

    def after(*withdrawals, at=then, of=stood):
        return has_taken_back(replace(of, withdrawals=withdrawals), MARTE, PPT, at)

    back = Withdrawal(MARTE, PPT, then)
    assert after(back)
    assert not after(back, at=NOON)
    assert not after(replace(back, additions=frozenset({ConsentAddition.HEALTH})))
    assert not after(replace(back, service=NURSE))
    assert not after(replace(back, consenter=JONAS))
    assert not after(back, of=the_family(says(MARTE, answer, at=then + timedelta(minutes=1))))
    assert after(back, of=the_family(says(JONAS)))


def test_how_far_ahead_is_what_the_kommune_says():
    days = (BIRTHDAY - NOON.date()).days
    for ahead, may in ((days, {CHILD: BIRTHDAY}), (days - 1, {})):
        family = the_family(born=OLA_BORN, policy=Policy(ahead_days=ahead))
        assert answers_ahead(family, SUMMER, NOON) == may


@pytest.mark.parametrize(("on", "years"), [(date(2026, 3, 10), 14), (BIRTHDAY, 15), (date(2026, 12, 31), 15)])
def test_how_old_the_child_is(on, years):
    assert age(OLA_BORN, on) == years


@pytest.mark.meets("R-09")
@pytest.mark.parametrize(("days", "near"), [(-1, False), (0, True), (60, True), (61, False)])
def test_what_comes_is_near_from_sixty_days_before(days, near):
    assert is_near(NOON.date() + timedelta(days=days), NOON.date(), 60) is near

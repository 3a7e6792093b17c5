"""An answer about more adds to what stands, and takes nothing back (R-06)."""

from datetime import date
from uuid import UUID

import pytest

from bti.rules.consent import Category, ConsentAddition, Purpose, before, ends_with, with_what_stands
from tests.cast import NOON
from tests.rules.asking import (
    A_SECOND,
    AGREEMENTS,
    EVERYDAY,
    JONAS,
    MARTE,
    NO,
    NURSE,
    PPT,
    SUMMER,
    everyday_with,
    on_paper,
    says,
    takes_back,
    the_family,
    with_,
)

LATER = NOON + A_SECOND
HEALTH, HOME = ConsentAddition.HEALTH, ConsentAddition.FAMILY_HOME
COOPERATE = Purpose.COOPERATE


def comes_to(said, *stands, taken_back=()):
    facts = the_family(*stands, taken_back=taken_back)
    return with_what_stands(facts, MARTE, PPT, COOPERATE, said, LATER)


@pytest.mark.meets("R-06")
@pytest.mark.parametrize(
    ("stands", "said", "answer"),
    [
        (AGREEMENTS, EVERYDAY, EVERYDAY),
        (EVERYDAY, AGREEMENTS, EVERYDAY),
        (AGREEMENTS, NO, AGREEMENTS),
        (everyday_with(HEALTH), NO, everyday_with(HEALTH)),
        (with_(AGREEMENTS, HEALTH), with_(AGREEMENTS, HOME), with_(AGREEMENTS, HEALTH, HOME)),
        (everyday_with(HEALTH), with_(AGREEMENTS, HOME), everyday_with(HEALTH, HOME)),
    ],
)
def test_a_yes_to_more_adds_and_a_no_to_more_leaves_it_as_it_is(stands, said, answer):
    assert comes_to(said, says(MARTE, stands)) == answer


@pytest.mark.parametrize("said", [EVERYDAY, AGREEMENTS, NO])
@pytest.mark.parametrize(
    "before_it", [(), (says(MARTE, NO),), (says(JONAS),), (on_paper(MARTE),), (says(MARTE, valid_to=date(2026, 3, 9)),)]
)
def test_where_nothing_stands_the_answer_is_the_answer(before_it, said):
    assert comes_to(said, *before_it) == said


def test_what_was_taken_back_does_not_return_with_a_yes_to_something_else():
    back = takes_back(MARTE, at=NOON, additions=[HEALTH])

    assert comes_to(with_(EVERYDAY, HOME), says(MARTE, everyday_with(HEALTH)), taken_back=[back]) == everyday_with(HOME)


def test_what_was_taken_out_of_the_level_stays_out_unless_just_that_is_added():
    friends, health = Category.WELLBEING_SOCIAL, Category.HEALTH
    stands = says(MARTE, everyday_with(but=[friends, health]))

    assert comes_to(EVERYDAY, stands).exclusions == {friends, health}
    assert comes_to(everyday_with(HEALTH), stands).exclusions == {friends}
    assert comes_to(NO, stands).exclusions == {friends, health}


def test_a_supplement_prolongs_nothing():
    soon = date(2026, 5, 1)
    facts = the_family(says(MARTE), says(JONAS, valid_to=soon), says(MARTE, service=NURSE, valid_to=date(2026, 1, 2)))
    year = date(2027, 3, 9)

    assert ends_with(facts, [PPT], COOPERATE, year, LATER) == soon
    assert ends_with(facts, [NURSE], COOPERATE, year, LATER) == year
    assert ends_with(facts, [PPT], COOPERATE, date(2026, 4, 1), LATER) == date(2026, 4, 1)
    assert ends_with(the_family(says(MARTE)), [PPT, NURSE], COOPERATE, year, LATER) == SUMMER


def test_what_stood_before_is_what_was_said_under_another_asking():
    facts = the_family(says(MARTE), says(JONAS, consent=UUID(int=101)))

    assert [d.consenter for d in before(facts, UUID(int=101)).declarations] == [MARTE]

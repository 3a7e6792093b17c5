"""What is about a guardian personally: the own answer alone opens it, for a service and within the family (R-59, R-65)."""

from datetime import date, timedelta

import pytest

from bti import clock
from bti.rules.consent import (
    Category,
    ConsentAddition,
    ConsentState,
    Item,
    Policy,
    Purpose,
    about_themselves,
    can_read,
    can_share,
    guardians_read,
    shown_to,
    windows,
)
from tests.cast import NOON
from tests.rules.asking import (
    A_SECOND,
    AGREEMENTS,
    CHILD,
    EVERYDAY,
    JONAS,
    MARTE,
    NO,
    PPT,
    SUMMER,
    everyday_with,
    on_paper,
    says,
    sees,
    stands,
    takes_back,
    the_family,
    with_,
)

HOME = everyday_with(ConsentAddition.FAMILY_HOME)
ABOUT_MARTE = Item(Category.FAMILY_HOME, about=MARTE)


def ppt_may(facts, item=ABOUT_MARTE, at=NOON):
    return can_share(facts, item, service=PPT, purpose=Purpose.COOPERATE, at=at).allowed


def of_themselves(facts, at=NOON):
    return about_themselves(facts, PPT, Purpose.COOPERATE, at)


@pytest.mark.parametrize(
    ("martes", "jonas", "open_"),
    [(HOME, EVERYDAY, True), (HOME, AGREEMENTS, True), (EVERYDAY, HOME, False), (HOME, NO, False), (NO, HOME, False)],
)
def test_her_own_answer_opens_it_while_the_service_sees_something(martes, jonas, open_):
    facts = the_family(says(MARTE, martes), says(JONAS, jonas))

    assert ppt_may(facts) is open_
    assert (MARTE in of_themselves(facts)) is open_


def test_she_may_take_it_out_again():
    keeps = with_(EVERYDAY, ConsentAddition.FAMILY_HOME, but=[Category.FAMILY_HOME])
    back = takes_back(MARTE, at=NOON, additions=[ConsentAddition.FAMILY_HOME])

    assert not ppt_may(the_family(says(MARTE, keeps), says(JONAS)))
    assert not ppt_may(the_family(says(MARTE, HOME), says(JONAS), taken_back=[back]))


def test_another_ones_exclusion_does_not_close_what_is_hers():
    keeps = with_(EVERYDAY, but=[Category.FAMILY_HOME])

    assert ppt_may(the_family(says(MARTE, HOME), says(JONAS, keeps)))


def test_kept_out_of_the_concern_is_kept_out():
    facts = the_family(says(MARTE, HOME), says(JONAS))

    assert not ppt_may(facts, Item(Category.FAMILY_HOME, frozenset({PPT}), about=MARTE))


@pytest.mark.parametrize("named", [frozenset(), frozenset({PPT})])
def test_the_childs_words_about_her_need_the_child_and_her(named):
    words = Item(Category.CHILD_STATEMENTS, child_named=named, about=MARTE)

    assert ppt_may(the_family(says(MARTE, HOME), says(JONAS)), words) is bool(named)
    assert not ppt_may(the_family(says(MARTE), says(JONAS)), words)


# Within the family


def lets(*people, at=NOON, **more):
    return says(MARTE, at=at, answers={}, about_me=frozenset(people), **more)


def test_within_the_family_all_is_read_but_what_she_has_not_let_them():
    facts = the_family(lets(JONAS))

    assert can_read(facts, ABOUT_MARTE, person=MARTE, at=NOON)
    assert can_read(facts, ABOUT_MARTE, person=JONAS, at=NOON)
    assert not can_read(facts, ABOUT_MARTE, person=CHILD, at=NOON)
    assert can_read(facts, Item(Category.HEALTH), person=CHILD, at=NOON)
    assert can_read(facts, Item(Category.CHILD_STATEMENTS, about=MARTE), person=CHILD, at=NOON)


@pytest.mark.parametrize(
    ("policy", "born", "hers"),
    [
        (Policy(), date(2010, 3, 10), True),
        (Policy(guardians_read_health=False), date(2010, 3, 11), True),
        (Policy(guardians_read_health=False), date(2010, 3, 10), False),
        (Policy(guardians_read_health=False, health_age=13), date(2013, 3, 10), False),
    ],
    ids=["as shipped", "the day before", "on the day", "at the kommune's own age"],
)
def test_what_is_about_health_is_the_youths_own_from_the_health_age_where_the_kommune_says_so(policy, born, hers):
    facts = the_family(lets(JONAS), born=born, policy=policy)

    for guardian in (MARTE, JONAS):
        assert can_read(facts, Item(Category.HEALTH), person=guardian, at=NOON) is hers
        assert can_read(facts, Item(Category.TILTAK_AND_EVALUATION), person=guardian, at=NOON)
        assert can_read(facts, ABOUT_MARTE, person=guardian, at=NOON)
    assert can_read(facts, Item(Category.HEALTH), person=CHILD, at=NOON)


def test_of_one_who_is_not_born_all_is_read():
    assert guardians_read(None, NOON.date(), Policy(guardians_read_health=False)) == frozenset(Category)


def test_her_newest_word_counts_and_an_answer_about_services_says_nothing_of_it():
    facts = the_family(lets(JONAS), says(MARTE, at=NOON + A_SECOND), lets(at=NOON + 2 * A_SECOND))

    assert shown_to(facts, MARTE, NOON + A_SECOND) == {JONAS}
    assert shown_to(facts, MARTE, NOON + 2 * A_SECOND) == frozenset()


@pytest.mark.parametrize(
    "facts",
    [
        the_family(says(MARTE)),
        the_family(lets(JONAS), closed_at=(NOON,)),
        the_family(lets(JONAS), strict_address_unapproved=True),
        the_family(lets(JONAS, valid_to=date(2026, 3, 9))),
        the_family(on_paper(MARTE, answers={}, about_me=frozenset({JONAS}))),
        the_family(lets(MARTE)),
    ],
)
def test_otherwise_it_is_shown_to_nobody(facts):
    assert shown_to(facts, MARTE, NOON) == frozenset()


def test_the_kept_windows_have_an_end_for_the_family_too():
    kept = {(w.person, w.about, w.opens, w.closes) for w in windows(the_family(lets(JONAS)))}

    assert kept == {(JONAS, MARTE, NOON, clock.end_of(SUMMER))}


# A service with another owner


@pytest.mark.meets("R-65")
@pytest.mark.parametrize(
    ("agreed", "open_"),
    [(None, False), (date(2026, 3, 11), False), (date(2026, 3, 10), True), (date(2025, 1, 1), True)],
)
def test_a_service_with_another_owner_takes_part_from_its_agreement_on(agreed, open_):
    facts = the_family(says(MARTE, HOME), says(JONAS), other_owner={PPT: agreed})

    assert bool(sees(facts)) is open_
    assert ppt_may(facts) is open_
    assert (stands(facts) is ConsentState.ACTIVE) is open_


def test_its_windows_turn_on_the_day_of_the_agreement():
    day = clock.day(NOON) + timedelta(days=1)
    facts = the_family(says(MARTE), says(JONAS), other_owner={PPT: day})

    assert {w.opens for w in windows(facts)} == {clock.midnight(day)}

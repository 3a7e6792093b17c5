"""What is decided for one child beside the kommune's rule: the newest of a kind counts, from when it was written down."""

from datetime import date, timedelta

import pytest

from bti.rules.consent import (
    APPROVERS,
    CaseDecision,
    Category,
    ConsentState,
    DecisionValue,
    Guardian,
    both_have_approved,
    required,
    windows,
)
from bti.rules.people import AccessRole
from tests.cast import NOON, OLA_BORN
from tests.rules.asking import A_SECOND, BOTH, CHILD, GRANDMOTHER, JONAS, MARTE, says, sees, stands, the_family

A_YEAR = timedelta(days=365)
OF_AGE = NOON + timedelta(days=2)


def decided(value, *consenters, at=NOON):
    return CaseDecision(value, at, frozenset(consenters))


def must_answer(*decisions, at=NOON, **more):
    return required(the_family(decisions=decisions, **more), Category.TILTAK_AND_EVALUATION, at)


def test_a_decision_counts_from_when_it_is_written_down():
    one = decided(DecisionValue.ONE_PLUS_NOTICE, MARTE)

    assert must_answer(one, at=NOON - A_SECOND) == (frozenset({MARTE, JONAS}),)
    assert must_answer(one) == (frozenset({MARTE}),)


def test_the_kept_windows_turn_where_a_decision_is_written_down():
    facts = the_family(says(MARTE, at=NOON - A_SECOND), decisions=(decided(DecisionValue.ONE_PLUS_NOTICE, MARTE),))

    assert sees(facts, at=NOON)
    assert {w.opens for w in windows(facts)} == {NOON}


def test_a_care_order_goes_before_another_decision_until_it_is_lifted():
    one, cws = decided(DecisionValue.ONE_PLUS_NOTICE, MARTE), decided(DecisionValue.CWS_ONLY, GRANDMOTHER)
    family = (*BOTH, Guardian(GRANDMOTHER, has_parental_responsibility=False))

    assert must_answer(one, cws, guardians=family) == (frozenset({GRANDMOTHER}),)
    lifted = decided(DecisionValue.NO_CARE_ORDER, at=NOON + A_SECOND)
    assert must_answer(one, cws, lifted, at=NOON + A_SECOND, guardians=family) == (frozenset({MARTE}),)


def test_when_the_one_who_must_answer_is_no_guardian_any_more_nobody_can_open():
    family = (Guardian(MARTE, has_parental_responsibility=True, valid_to=date(2026, 3, 9)), BOTH[1])
    facts = the_family(says(JONAS), guardians=family, decisions=(decided(DecisionValue.ONE_PLUS_NOTICE, MARTE),))

    assert required(facts, Category.TILTAK_AND_EVALUATION, NOON) == ()
    assert stands(facts) is not ConsentState.ACTIVE


@pytest.mark.parametrize(
    ("value", "groups"),
    [
        (DecisionValue.AND, ({MARTE, JONAS, CHILD},)),
        (DecisionValue.OR, ({MARTE, JONAS}, {CHILD})),
        (DecisionValue.ALONE, ({CHILD},)),
    ],
)
def test_how_a_youth_answers_may_be_decided_for_that_youth(value, groups):
    assert must_answer(decided(value), at=OF_AGE, born=OLA_BORN) == tuple(map(frozenset, groups))


def test_the_pregnant_woman_answers_alone():
    facts = the_family(says(MARTE), expecting=MARTE)

    assert required(facts, Category.HEALTH, NOON) == (frozenset({MARTE}),)
    assert sees(facts)


@pytest.mark.parametrize("who", [(), (AccessRole.COORDINATOR,), (AccessRole.COORDINATOR, AccessRole.COORDINATOR, None)])
def test_one_approval_is_not_two(who):
    assert not both_have_approved(who)
    assert both_have_approved(APPROVERS)

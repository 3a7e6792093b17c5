"""What follows when a birth date or a guardian is put right, and who is shown a number."""

from datetime import date
from itertools import product

import pytest

from bti.rules.consent import Guardian
from bti.rules.family import Consequence, consequence, may_read_by_agreement, may_see_phone
from bti.rules.people import GuardianRelation
from tests.cast import NOON
from tests.rules.asking import BOTH, CHILD, JONAS, MARTE, PPT, says, the_family


@pytest.mark.parametrize(("holder", "deputy", "agreed", "protected"), list(product([True, False], repeat=4)))
def test_who_is_shown_a_number(holder, deputy, agreed, protected):
    shown = may_see_phone(is_holder=holder, is_deputy=deputy, has_agreed=agreed, is_protected=protected)

    assert shown is (holder if protected else holder or deputy or agreed)


@pytest.mark.parametrize(("relation", "responsible"), list(product([*GuardianRelation, None], [True, False])))
def test_of_those_without_foreldreansvar_the_family_agrees_on_foster_parents_alone(relation, responsible):
    may = may_read_by_agreement(relation, has_parental_responsibility=responsible)

    assert may is (relation is GuardianRelation.FOSTER_PARENT and not responsible)


def test_a_correction_that_changes_nothing_for_consent_has_no_consequence():
    assert not Consequence(frozenset(), frozenset(), None, frozenset())


@pytest.mark.meets("R-67")
def test_a_guardian_who_is_found_to_have_no_say_no_longer_answers_and_another_who_has_must():
    alone = (BOTH[0], Guardian(JONAS, has_parental_responsibility=False))
    before, after = the_family(says(MARTE)), the_family(says(MARTE), guardians=alone)

    assert consequence(before, after, NOON) == Consequence(frozenset(), frozenset({JONAS}), None, frozenset())
    assert consequence(after, before, NOON) == Consequence(
        frozenset({JONAS}), frozenset(), None, see_less=frozenset({PPT})
    )


@pytest.mark.meets("R-67")
def test_another_birth_date_says_who_answers_now_or_from_which_day():
    small = the_family(says(MARTE), says(JONAS), born=date(2014, 5, 1))
    sooner = the_family(says(MARTE), says(JONAS), born=date(2011, 5, 1))
    grown = the_family(says(MARTE), says(JONAS), born=date(2010, 5, 1))

    assert consequence(small, sooner, NOON) == Consequence(frozenset(), frozenset(), date(2026, 5, 1), frozenset())
    assert consequence(small, grown, NOON) == Consequence(
        frozenset({CHILD}), frozenset(), None, see_less=frozenset({PPT})
    )

"""What follows when a birth date or a guardian is put right, and who is shown a number."""

from itertools import product

import pytest

from bti.rules.family import Consequence, may_see_phone


@pytest.mark.parametrize(("holder", "deputy", "agreed", "protected"), list(product([True, False], repeat=4)))
def test_who_is_shown_a_number(holder, deputy, agreed, protected):
    shown = may_see_phone(is_holder=holder, is_deputy=deputy, has_agreed=agreed, is_protected=protected)

    assert shown is (holder if protected else holder or deputy or agreed)


def test_a_correction_that_changes_nothing_for_consent_has_no_consequence():
    assert not Consequence(frozenset(), frozenset(), None, frozenset())

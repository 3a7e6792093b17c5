"""The people and services as the rules know them. No role opens a case; taking part in it does."""

from dataclasses import FrozenInstanceError

import pytest

from bti.rules.people import MAY_HOLD, AccessRole, ParticipantKind, ServiceKind, groups_in
from tests.rules.test_access import PERNILLE


@pytest.mark.parametrize("role", AccessRole)
def test_only_those_made_for_it_and_leaders_may_hold_the_stafettlogg(role):
    assert (role in MAY_HOLD) is (role in {AccessRole.STAFETTHOLDER_CAPABLE, AccessRole.LEADER})


def test_a_person_in_a_case_is_one_of_five_kinds():
    assert {kind.value for kind in ParticipantKind} == {"family", "family_guest", "interpreter", "observer", "staff"}


def test_who_is_signed_in_is_never_changed_along_the_way():
    with pytest.raises(FrozenInstanceError):
        PERNILLE.service_kind = ServiceKind.SCHOOL


@pytest.mark.parametrize(
    ("written", "groups"), [("", set()), ("5B", {"5B"}), (" 5b , 6 A,,", {"5B", "6 A"}), ("Blåveis", {"BLÅVEIS"})]
)
def test_a_class_is_the_same_class_in_large_and_small_letters(written, groups):
    assert groups_in(written) == groups

"""The people and services as the rules know them. No role opens a case; taking part in it does."""

from dataclasses import FrozenInstanceError, replace
from uuid import UUID

import pytest

from bti.errors import Reason, Refused
from bti.rules.people import (
    MAY_HOLD,
    AccessRole,
    ParticipantKind,
    ServiceKind,
    check_coordinator,
    groups_in,
    may_be_told,
    may_create_at_once,
)
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


TEACHER = replace(
    PERNILLE,
    service_kind=ServiceKind.SCHOOL,
    service_may_create=True,
    access_role=AccessRole.STAFETTHOLDER_CAPABLE,
    groups=frozenset({"5B"}),
)


@pytest.mark.parametrize(
    ("changed", "own_class", "at_once"),
    [
        ({}, True, True),
        ({"service_kind": ServiceKind.KINDERGARTEN}, True, True),
        ({"access_role": AccessRole.LEADER}, True, True),
        ({}, False, False),
        ({"access_role": AccessRole.EMPLOYEE}, True, False),
        ({"service_may_create": False}, True, False),
        ({"service_kind": ServiceKind.HEALTH_STATION}, True, False),
    ],
)
def test_only_the_childs_own_teacher_or_leader_makes_a_log_without_asking(changed, own_class, at_once):
    assert may_create_at_once(replace(TEACHER, **changed), own_class=own_class) is at_once


@pytest.mark.parametrize(
    ("changed", "group", "told"),
    [
        ({}, "5B", True),
        ({}, "", True),
        ({"groups": frozenset()}, "5B", True),
        ({}, "4A", False),
        ({"access_role": AccessRole.LEADER}, "4A", True),
        ({"service": UUID(int=9)}, "5B", False),
    ],
)
def test_who_may_know_that_the_child_has_a_log(changed, group, told):
    places = frozenset({TEACHER.service, None})
    assert may_be_told(replace(TEACHER, **changed), places, group) is told


@pytest.mark.parametrize("role", AccessRole)
def test_the_koordinator_alone_is_koordinator(role):
    if role is AccessRole.COORDINATOR:
        check_coordinator(role)
        return
    with pytest.raises(Refused) as refusal:
        check_coordinator(role)
    assert refusal.value.reason is Reason.NOT_YOURS

"""Who answers for a handover, and until when it may last."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from bti.errors import Reason, Refused
from bti.rules.handover import (
    MAY_ANSWER,
    HandoverDeclined,
    HolderGone,
    HolderStands,
    check_another,
    check_answers,
    check_gone,
    check_may_appoint,
    check_may_be_deputized,
    check_until,
    has_leave,
    why_gone,
)
from bti.rules.people import AccessRole

ONE, OTHER = UUID(int=1), UUID(int=2)
TODAY = date(2026, 3, 10)


def test_only_the_one_who_is_asked_answers():
    check_answers(ONE, ONE)
    with pytest.raises(Refused) as refusal:
        check_answers(ONE, OTHER)
    assert refusal.value.reason is Reason.NOT_YOURS


@pytest.mark.parametrize("until", [None, TODAY, date(2026, 6, 1)])
def test_a_vikar_may_stay_until_today_or_later_or_for_good(until):
    check_until(until, TODAY)


def test_a_vikar_may_not_have_ended_yesterday():
    with pytest.raises(Refused) as refusal:
        check_until(date(2026, 3, 9), TODAY)
    assert (refusal.value.reason, refusal.value.field) == (Reason.IN_THE_PAST, "until")


def test_taking_back_is_no_answer():
    assert set(HandoverDeclined) - set(MAY_ANSWER) == {HandoverDeclined.TAKEN_BACK}


THERE = HolderStands(active=True, takes_part=True, reaches=True)
AWAY = {"away_from": date(2026, 3, 9)}


@pytest.mark.parametrize(
    ("so", "gone"),
    [
        ({}, None),
        ({"active": False}, HolderGone.ENDED),
        ({"takes_part": False}, HolderGone.LEFT),
        ({"reaches": False}, HolderGone.NOT_COVERED),
        ({"access_until": TODAY}, None),
        ({"access_until": date(2026, 3, 9)}, HolderGone.TIME_IS_UP),
        (AWAY, HolderGone.AWAY),
        (AWAY | {"away_to": TODAY}, HolderGone.AWAY),
        (AWAY | {"away_to": date(2026, 3, 9)}, None),
        ({"away_from": date(2026, 3, 11)}, None),
        (AWAY | {"deputy_until": TODAY}, None),
        (AWAY | {"deputy_until": date(2026, 3, 9)}, HolderGone.AWAY),
    ],
)
def test_when_a_stafettholder_is_gone(so, gone):
    assert why_gone(replace(THERE, **so), TODAY) is gone


@pytest.mark.parametrize("own_unit", [True, False])
@pytest.mark.parametrize("role", AccessRole)
def test_only_the_leader_of_the_unit_and_the_koordinator_appoint(role, own_unit):
    if role is AccessRole.COORDINATOR or (role is AccessRole.LEADER and own_unit):
        check_may_appoint(role, own_unit=own_unit)
        return
    with pytest.raises(Refused) as refusal:
        check_may_appoint(role, own_unit=own_unit)
    assert refusal.value.reason is Reason.NOT_YOURS


def test_another_is_appointed_only_when_the_old_one_is_gone():
    check_gone(HolderGone.LEFT)
    with pytest.raises(Refused) as refusal:
        check_gone(None)
    assert refusal.value.reason is Reason.HOLDER_IS_HERE


def test_nobody_appoints_herself():
    check_another(ONE, OTHER)
    with pytest.raises(Refused) as refusal:
        check_another(ONE, ONE)
    assert refusal.value.reason is Reason.NOT_ONESELF


@pytest.mark.parametrize(
    ("since", "until", "has"),
    [
        (None, None, False),
        (date(2026, 3, 9), None, True),
        (date(2026, 4, 1), None, True),
        (date(2026, 4, 1), date(2026, 4, 30), True),
        (date(2026, 3, 1), TODAY, True),
        (date(2026, 3, 1), date(2026, 3, 9), False),
    ],
)
def test_a_leave_is_known_of_from_when_it_is_set_until_its_last_day(since, until, has):
    assert has_leave(since, until, TODAY) is has


@pytest.mark.meets("R-63")
@pytest.mark.parametrize(
    ("gone", "leave", "may"),
    [(None, False, False), (None, True, True), (HolderGone.ENDED, False, True), (HolderGone.AWAY, True, True)],
)
def test_no_deputy_is_named_over_the_head_of_a_stafettholder_who_is_here(gone, leave, may):
    if may:
        check_may_be_deputized(gone, has_leave=leave)
        return
    with pytest.raises(Refused) as refusal:
        check_may_be_deputized(gone, has_leave=leave)
    assert refusal.value.reason is Reason.HOLDER_IS_HERE

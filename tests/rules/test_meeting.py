"""The words a meeting is kept with; a database made yesterday holds them."""

from datetime import timedelta

import pytest

from bti.content.meeting_words import purpose_of
from bti.errors import Reason
from bti.rules.meeting import (
    FamilyAgreed,
    MeetingDuty,
    MeetingState,
    MeetingType,
    check_comes,
    check_lasts,
    check_prepares,
    goes_on,
)
from bti.rules.people import ParticipantKind
from bti.rules.workflow import CaseStatus, Step
from tests.cast import NOON
from tests.rules.asking import refusal_of


def test_a_meeting_is_for_one_of_five_things():
    assert {t.value for t in MeetingType} == {"startup", "planning", "evaluation", "level_c", "other"}


def test_a_meeting_is_planned_and_held_or_not():
    assert [s.value for s in MeetingState] == ["planned", "started", "closed", "cancelled"]


@pytest.mark.meets("R-05")
@pytest.mark.parametrize("state", list(MeetingState))
@pytest.mark.parametrize("days", [-1, 0, 1])
def test_a_meeting_goes_on_the_day_it_is_agreed_for_until_it_is_closed_or_called_off(state, days):
    is_open = state in {MeetingState.PLANNED, MeetingState.STARTED}

    assert goes_on(state, NOON + timedelta(days=days), NOON) is (is_open and days == 0)


@pytest.mark.meets("R-64")
@pytest.mark.parametrize("kind", [None, *ParticipantKind])
@pytest.mark.parametrize("wished", [True, False])
def test_who_comes_besides_those_in_the_log_is_a_guest_an_interpreter_or_an_observer(kind, wished):
    said = refusal_of(check_comes, kind, "Gunn", wished_by_family=wished)

    if kind not in {ParticipantKind.FAMILY_GUEST, ParticipantKind.INTERPRETER, ParticipantKind.OBSERVER}:
        assert said is Reason.WHO_IS_THIS
    elif kind is ParticipantKind.INTERPRETER or wished:
        assert said is None
    else:
        assert said is Reason.FAMILY_WISHES


@pytest.mark.parametrize("kind", [kind for kind in MeetingType if kind is not MeetingType.LEVEL_C])
@pytest.mark.parametrize("step", Step)
def test_a_meeting_is_prepared_in_the_steps_before_it(kind, step):
    before = step in {Step.PLANLEGG_TILTAK, Step.IVERKSETT}

    assert refusal_of(check_prepares, kind, step, CaseStatus.OPEN) is (None if before else Reason.OTHER_STEP)
    assert refusal_of(check_prepares, kind, step, CaseStatus.CLOSED) is Reason.CASE_CLOSED


@pytest.mark.parametrize("status", CaseStatus)
def test_a_meeting_with_services_outside_is_prepared_on_the_way_to_them(status):
    said = {CaseStatus.ESCALATING: None, CaseStatus.CLOSED: Reason.CASE_CLOSED}.get(status, Reason.OTHER_STEP)

    assert refusal_of(check_prepares, MeetingType.LEVEL_C, Step.VEIEN_VIDERE, status) is said


@pytest.mark.parametrize(("minutes", "said"), [(-1, False), (0, False), (1, True)])
def test_a_meeting_ends_after_it_begins(minutes, said):
    ends = NOON + timedelta(minutes=minutes)

    assert refusal_of(check_lasts, NOON, ends) is (None if said else Reason.ENDS_BEFORE_START)


def test_each_duty_of_a_meeting_is_known():
    assert {d.value for d in MeetingDuty} == {
        *("send_invitation", "chair", "take_minutes", "update_log", "minutes_accountable", "viddevakt")
    }
    assert {a.value for a in FamilyAgreed} == {"already", "together", "by_phone", "in_writing"}


@pytest.mark.parametrize("kind", MeetingType)
def test_every_kind_of_meeting_but_the_nameless_has_a_purpose(kind):
    assert bool(purpose_of(kind, "")) is (kind is not MeetingType.OTHER)
    assert purpose_of(kind, "Vi ser på leksene.") == "Vi ser på leksene."

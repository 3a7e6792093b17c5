"""A tiltak is what and who; all else follows, until somebody says otherwise (R-21, R-22, R-58)."""

from datetime import date
from itertools import product

import pytest

from bti.errors import Reason, Refused
from bti.rules.people import ServiceKind
from bti.rules.tiltak import (
    Arena,
    Dates,
    EvaluationMode,
    FamilySays,
    ProposalStatus,
    TiltakStatus,
    arena,
    by_hand,
    check_dates,
    check_decided,
    check_family,
    dates,
    is_active,
    is_complete,
    may_need_formal_decision,
)

BEFORE = date(2026, 3, 9)
START, BETWEEN, MEETING, LATER = date(2026, 3, 10), date(2026, 3, 24), date(2026, 4, 14), date(2026, 4, 15)
DONE_AT = {
    ServiceKind.KINDERGARTEN: Arena.KINDERGARTEN,
    ServiceKind.SCHOOL: Arena.SCHOOL,
    ServiceKind.HEALTH_STATION: Arena.HEALTH_SERVICE,
    ServiceKind.SCHOOL_HEALTH: Arena.HEALTH_SERVICE,
    ServiceKind.PHYSIO_ERGO: Arena.HEALTH_SERVICE,
    ServiceKind.MENTAL_HEALTH: Arena.HEALTH_SERVICE,
    ServiceKind.GP: Arena.HEALTH_SERVICE,
    ServiceKind.BUP: Arena.HEALTH_SERVICE,
    ServiceKind.LEISURE: Arena.LEISURE,
}


@pytest.mark.meets("R-21", "S1-26")
@pytest.mark.parametrize("owner", ServiceKind)
def test_the_family_does_it_at_home(owner):
    assert arena(None, owner) is Arena.HOME


@pytest.mark.meets("R-21", "S4-13")
@pytest.mark.parametrize(("responsible", "owner"), list(product(ServiceKind, ServiceKind)))
def test_a_service_does_it_where_it_is_or_comes_to_the_child(responsible, owner):
    assert arena(responsible, owner) is DONE_AT.get(responsible, DONE_AT.get(owner, Arena.OTHER))


def test_ppt_comes_to_the_school():
    assert arena(ServiceKind.PPT, ServiceKind.SCHOOL) is Arena.SCHOOL


@pytest.mark.meets("R-22", "S1-24", "S0-31")
@pytest.mark.parametrize(
    ("deadline", "evaluation", "meeting", "expected"),
    [
        (BETWEEN, BETWEEN, BEFORE, Dates(START, BETWEEN, BETWEEN)),
        (None, None, BEFORE, Dates(START, None, None)),
        (None, BETWEEN, MEETING, Dates(START, MEETING, MEETING)),
        (None, LATER, MEETING, Dates(START, MEETING, MEETING)),
        (None, None, None, Dates(START, None, None)),
        (None, None, MEETING, Dates(START, MEETING, MEETING)),
        (BETWEEN, None, MEETING, Dates(START, BETWEEN, MEETING)),
        (BETWEEN, BETWEEN, None, Dates(START, BETWEEN, BETWEEN)),
    ],
)
def test_days_nobody_has_set_follow_the_evaluation_meeting(deadline, evaluation, meeting, expected):
    assert dates(START, deadline, evaluation, meeting) == expected


@pytest.mark.parametrize("mode", [EvaluationMode.PHONE, EvaluationMode.OTHER])
@pytest.mark.parametrize(
    ("evaluation", "meeting", "expected"),
    [
        (BETWEEN, MEETING, BETWEEN),
        (LATER, MEETING, MEETING),
        (None, MEETING, MEETING),
        (BETWEEN, None, BETWEEN),
    ],
)
def test_what_is_evaluated_by_phone_keeps_its_day_until_the_meeting_comes_before_it(
    mode, evaluation, meeting, expected
):
    assert dates(START, None, evaluation, meeting, mode).evaluation == expected


@pytest.mark.meets("R-22")
@pytest.mark.parametrize(
    ("start", "deadline", "evaluation", "meeting", "refused"),
    [
        (START, None, None, None, None),
        (START, START, START, START, None),
        (START, BETWEEN, MEETING, MEETING, None),
        (START, BETWEEN, LATER, None, None),
        (START, LATER, None, MEETING, None),
        (BETWEEN, START, None, MEETING, (Reason.DEADLINE_BEFORE_START, "deadline", {})),
        (BETWEEN, None, START, MEETING, (Reason.EVALUATION_BEFORE_START, "evaluation_due", {})),
        (START, None, LATER, MEETING, (Reason.EVALUATION_AFTER_MEETING, "evaluation_due", {"dato": "14. april 2026"})),
        (START, None, BETWEEN, MEETING, (Reason.EVALUATION_AT_MEETING, "evaluation_due", {"dato": "14. april 2026"})),
        (LATER, None, None, MEETING, None),
    ],
)
def test_days_set_by_hand_are_in_order_or_refused(start, deadline, evaluation, meeting, refused):
    if refused is None:
        check_dates(start, deadline, evaluation, meeting)
        return

    with pytest.raises(Refused) as refusal:
        check_dates(start, deadline, evaluation, meeting)
    assert (refusal.value.reason, refusal.value.field, refusal.value.values) == refused


def test_a_day_before_the_meeting_is_in_order_when_it_is_not_evaluated_there():
    check_dates(START, None, BETWEEN, MEETING, EvaluationMode.PHONE)


def test_what_is_set_as_it_follows_anyway_goes_on_following():
    assert by_hand(MEETING, MEETING) is None
    assert by_hand(BETWEEN, MEETING) == BETWEEN


@pytest.mark.parametrize(
    ("text", "marked"),
    [("Spesialundervisning to timer i uka", True), ("Lesevenn", False), ("Avlastning i helgene", True), ("", False)],
)
def test_help_the_kommune_has_listed_may_need_a_formal_decision(text, marked):
    assert may_need_formal_decision(text, ("spesialundervisning", "avlastning")) is marked


@pytest.mark.meets("R-15", "R-21")
@pytest.mark.parametrize(
    ("what", "who", "complete"),
    [("Lesevenn", True, True), ("Lesevenn", False, False), ("", True, False), ("  ", True, False), ("", False, False)],
)
def test_it_is_a_tiltak_with_what_and_who_and_a_proposal_until_then(what, who, complete):
    assert is_complete(what=what, has_responsible=who) is complete


@pytest.mark.meets("R-58", "S2-08")
@pytest.mark.parametrize("status", TiltakStatus)
@pytest.mark.parametrize("family", [None, *FamilySays])
@pytest.mark.parametrize("complete", [True, False])
@pytest.mark.parametrize(("today", "begun"), [(date(2026, 3, 9), False), (START, True), (BETWEEN, True)])
def test_it_is_carried_out_from_its_first_day_and_never_against_the_familys_no(status, family, complete, today, begun):
    expected = status is TiltakStatus.PLANNED and complete and begun and family is not FamilySays.NO

    assert is_active(status, START, today, family, complete=complete) is expected


@pytest.mark.parametrize("says", [None, *FamilySays])
def test_the_familys_no_stops_it(says):
    if says is not FamilySays.NO:
        check_family(says)
        return

    with pytest.raises(Refused) as refusal:
        check_family(says)
    assert refusal.value.reason is Reason.FAMILY_SAID_NO


@pytest.mark.parametrize(("before", "now"), list(product(ProposalStatus, ProposalStatus)))
def test_a_proposal_is_decided_until_it_is_a_tiltak(before, now):
    expected = (
        Reason.SAVED_ALREADY
        if before is ProposalStatus.ACCEPTED
        else Reason.NOT_A_CHOICE
        if now is ProposalStatus.PROPOSED
        else None
    )
    if expected is None:
        check_decided(before, now)
        return

    with pytest.raises(Refused) as refusal:
        check_decided(before, now)
    assert refusal.value.reason is expected

"""How a case ends, what is left to do, and when it may be opened again."""

from datetime import date

import pytest

from bti.errors import Reason, Refused
from bti.rules.closing import (
    BY_HAND,
    AnswersInError,
    TaskKind,
    check_asked,
    check_closing,
    check_may_end_in_error,
    left_to_do,
    may_reopen,
    who_answers_in_error,
)
from bti.rules.decision import individual_plan_is_near
from bti.rules.people import AccessRole
from bti.rules.workflow import ClosingReason, Level
from tests.rules.asking import refusal_of

ALL_THREE = (ClosingReason.MOVED, ClosingReason.INDIVIDUAL_PLAN, ClosingReason.AGED_OUT)


def refusal(reason, **more):
    given = {"said_by": "", "has_best_interests": True, "child_is_informed": True} | more
    with pytest.raises(Refused) as no:
        check_closing(reason, **given)
    return no.value


@pytest.mark.meets("R-20")
@pytest.mark.parametrize("reason", [ClosingReason.FAMILY_WISH, ClosingReason.CONSENT_WITHDRAWN])
def test_the_family_closes_with_who_said_it_and_nothing_else(reason):
    check_closing(reason, said_by="Marte", has_best_interests=False, child_is_informed=False)

    assert (refusal(reason, said_by=" ").reason, refusal(reason).field) == (Reason.WHO_SAID_IT, "said_by")


@pytest.mark.meets("R-19")
@pytest.mark.parametrize("reason", ALL_THREE)
@pytest.mark.parametrize(
    ("lacks", "field", "said"),
    [
        ({"has_best_interests": False}, "best_interests", "skriv hva som er best for barnet, og hvorfor."),
        ({"child_is_informed": False}, "who", "avtal hvem som informerer barnet."),
    ],
)
def test_other_reasons_ask_for_barnets_beste_and_for_who_tells_the_child(reason, lacks, field, said):
    check_closing(reason, said_by="", has_best_interests=True, child_is_informed=True)

    no = refusal(reason, **lacks)
    assert (no.reason, no.field) == (Reason.BEFORE_CLOSING, field)
    assert no.sentence() == f"Før loggen avsluttes: {said}"


def test_what_was_opened_in_error_needs_only_the_reason():
    check_closing(ClosingReason.OPENED_IN_ERROR, said_by="", has_best_interests=False, child_is_informed=False)


def test_that_the_goal_is_reached_is_never_a_reason_by_hand():
    assert refusal(ClosingReason.GOAL_REACHED).reason is Reason.NOT_A_CHOICE
    assert ClosingReason.GOAL_REACHED not in BY_HAND


@pytest.mark.parametrize(
    ("today", "is_archived", "may"),
    [(date(2026, 4, 28), False, True), (date(2026, 4, 29), False, False), (date(2026, 4, 15), True, False)],
)
def test_a_log_is_opened_again_within_fourteen_days_and_not_when_archived(today, is_archived, may):
    assert may_reopen(date(2026, 4, 14), today, is_archived=is_archived) is may


@pytest.mark.meets("R-46")
@pytest.mark.parametrize(
    ("reason", "waits", "agreed", "archived", "left"),
    [
        (None, False, False, False, ()),
        (None, True, True, False, (TaskKind.INFORM_CHILD,)),
        (ClosingReason.GOAL_REACHED, False, False, False, (TaskKind.ARCHIVE,)),
        (ClosingReason.GOAL_REACHED, False, True, True, ()),
        (ClosingReason.FAMILY_WISH, False, False, False, (TaskKind.INFORM_CHILD, TaskKind.ARCHIVE)),
        (ClosingReason.FAMILY_WISH, False, True, True, ()),
        (ClosingReason.OPENED_IN_ERROR, True, False, False, ()),
    ],
)
def test_what_is_left_to_do(reason, waits, agreed, archived, left):
    found = left_to_do(reason, waits_to_be_told=waits, telling_is_agreed=agreed, is_archived=archived)
    assert found == left


@pytest.mark.meets("R-53")
@pytest.mark.parametrize(
    ("others", "number", "level", "near"),
    [
        (2, 2, Level.MUNICIPAL, True),
        (2, 1, Level.MUNICIPAL, False),
        (1, 3, Level.MUNICIPAL, False),
        (0, 1, Level.EXTERNAL, True),
    ],
)
def test_long_help_from_several_services_may_give_a_right_to_an_individual_plan(others, number, level, near):
    assert individual_plan_is_near(others, number, level) is near


@pytest.mark.meets("R-70")
@pytest.mark.parametrize(
    ("role", "but", "reason"),
    [
        (AccessRole.LEADER, {}, None),
        (AccessRole.LEADER, {"own_unit": False}, Reason.NOT_YOURS),
        (AccessRole.COORDINATOR, {}, Reason.NOT_YOURS),
        (AccessRole.STAFETTHOLDER_CAPABLE, {}, Reason.NOT_YOURS),
        (AccessRole.LEADER, {"nobody_carries": False}, Reason.NOT_ALLOWED),
        (AccessRole.LEADER, {"is_asked": False}, Reason.SAVED_ALREADY),
    ],
)
def test_a_leader_ends_what_the_koordinator_has_asked_about_when_nobody_carries_it(role, but, reason):
    given = {"own_unit": True, "is_asked": True, "nobody_carries": True} | but
    assert refusal_of(check_may_end_in_error, role, **given) is reason


@pytest.mark.meets("R-70", "R-63")
@pytest.mark.parametrize(
    ("nobody_carries", "has_deputy", "has_leader", "who"),
    [
        (False, False, True, {AnswersInError.STAFETTHOLDER}),
        (False, True, True, {AnswersInError.STAFETTHOLDER, AnswersInError.DEPUTY}),
        (True, False, True, {AnswersInError.LEADER}),
        (True, True, False, {AnswersInError.DEPUTY}),
        (True, False, False, set()),
    ],
)
def test_those_who_carry_the_log_answer_and_the_leader_when_the_stafettholder_is_gone(
    nobody_carries, has_deputy, has_leader, who
):
    given = {"nobody_carries": nobody_carries, "has_deputy": has_deputy, "has_leader": has_leader}
    assert set(who_answers_in_error(**given)) == who


def test_what_nobody_has_asked_about_is_not_answered():
    assert refusal_of(check_asked, is_asked=True) is None
    assert refusal_of(check_asked, is_asked=False) is Reason.SAVED_ALREADY

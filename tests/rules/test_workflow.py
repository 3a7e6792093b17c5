"""Five steps, one way through them, three ways out of the last."""

from itertools import product

import pytest

from bti.errors import Reason, Refused
from bti.rules.workflow import (
    AFTER,
    ANY_MODE,
    LEADS_TO,
    SHARES,
    WRITES_HERE,
    CaseStatus,
    DecisionOutcome,
    StafettloggMode,
    Step,
    check_choice,
    check_here,
    check_mode,
    check_round,
    check_step,
)
from tests.rules.asking import refusal_of

IN_ORDER = {
    (Step.OPPSTART, Step.PLANLEGG_TILTAK),
    (Step.PLANLEGG_TILTAK, Step.IVERKSETT),
    (Step.IVERKSETT, Step.EVALUERING),
    (Step.EVALUERING, Step.VEIEN_VIDERE),
    (Step.VEIEN_VIDERE, Step.PLANLEGG_TILTAK),
}


@pytest.mark.meets("S4-03")
@pytest.mark.parametrize(("now", "wanted"), list(product(Step, Step)))
def test_a_step_is_taken_only_in_the_meetings_order(now, wanted):
    if (now, wanted) in IN_ORDER:
        check_step(now, wanted)
        return

    with pytest.raises(Refused) as refusal:
        check_step(now, wanted)
    assert (refusal.value.reason, refusal.value.field) == (Reason.STEP_NOT_NEXT, "step")


def test_every_step_leads_somewhere():
    assert set(AFTER) == set(Step)
    assert all(AFTER.values())


@pytest.mark.meets("S4-03")
def test_the_steps_are_numbered_as_the_meeting_counts_them():
    assert [step.number for step in Step] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(("now", "status", "page"), list(product(Step, CaseStatus, Step)))
def test_one_writes_in_the_step_the_case_stands_in_and_never_in_a_closed_case(now, status, page):
    if status is not CaseStatus.CLOSED and now is page:
        check_here(now, status, page)
        return

    with pytest.raises(Refused) as refusal:
        check_here(now, status, page)
    assert refusal.value.reason is (Reason.CASE_CLOSED if status is CaseStatus.CLOSED else Reason.OTHER_STEP)


@pytest.mark.parametrize("now", Step)
def test_some_things_are_written_in_either_of_two_steps(now):
    two = (Step.OPPSTART, Step.PLANLEGG_TILTAK)
    if now in two:
        check_here(now, CaseStatus.OPEN, *two)
        return

    with pytest.raises(Refused) as refusal:
        check_here(now, CaseStatus.OPEN, *two)
    assert refusal.value.reason is Reason.OTHER_STEP


@pytest.mark.meets("S4-22", "S4-23", "S4-25", "S4-26", "S4-27")
@pytest.mark.parametrize(
    ("outcome", "status", "step"),
    [
        (DecisionOutcome.CLOSE, CaseStatus.CLOSED, Step.VEIEN_VIDERE),
        (DecisionOutcome.CONTINUE, CaseStatus.OPEN, Step.PLANLEGG_TILTAK),
        (DecisionOutcome.OTHER_MEASURES_OWN_SERVICE, CaseStatus.OPEN, Step.PLANLEGG_TILTAK),
        (DecisionOutcome.ESCALATE_EXTERNAL, CaseStatus.ESCALATING, Step.VEIEN_VIDERE),
    ],
)
def test_each_outcome_leads_to_its_place(outcome, status, step):
    assert LEADS_TO[outcome] == (status, step)


def test_no_outcome_leads_nowhere():
    assert set(LEADS_TO) == set(DecisionOutcome)


@pytest.mark.meets("R-69", "R-10")
@pytest.mark.parametrize(("now", "wanted"), list(product(StafettloggMode, [WRITES_HERE, SHARES, ANY_MODE])))
def test_nothing_is_written_of_a_log_on_paper_and_nothing_shared_without_one(now, wanted):
    expected = Reason.ON_PAPER if now is StafettloggMode.PAPER else Reason.NOTHING_TO_SHARE

    assert refusal_of(check_mode, now, wanted) is (None if now in wanted else expected)


@pytest.mark.meets("R-69")
@pytest.mark.parametrize("wanted", list(StafettloggMode))
@pytest.mark.parametrize(("shared", "written"), list(product([True, False], repeat=2)))
def test_a_log_that_others_see_is_not_left_and_what_is_kept_does_not_go_over_to_paper(wanted, shared, written):
    refused = Reason.SHARED_NOW if shared else Reason.WRITTEN_HERE
    may = not shared and not (written and wanted is StafettloggMode.PAPER)

    assert refusal_of(check_choice, wanted, is_shared=shared, is_written=written) is (None if may else refused)


@pytest.mark.meets("R-18")
@pytest.mark.parametrize(("of", "now"), [(1, 1), (1, 2), (2, 3), (3, 3)])
def test_what_an_earlier_round_was_about_is_locked(of, now):
    assert refusal_of(check_round, of, now, "title") is (Reason.ROUND_LOCKED if of < now else None)

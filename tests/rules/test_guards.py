"""What must be there before a step is left: each thing alone, and nothing else (R-14 to R-17, R-32, R-33, R-35, R-36)."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from bti.rules.childs_voice import Heard
from bti.rules.guards import Missing, Standing, before_leaving
from bti.rules.workflow import Level, StafettloggMode, Step

PLANNED = Heard(has_interviewer=True, due=date(2026, 4, 13))
READY = Standing(
    Level.MUNICIPAL,
    StafettloggMode.DIGITAL,
    has_core=True,
    has_resource=True,
    has_family=True,
    services_covered=2,
    has_oppmerksomhet=True,
    complete_tiltak=1,
    evaluation_meeting=True,
    child_for_plan=PLANNED,
    child_for_evaluation=Heard(has_view=True, tells_change=True),
    best_interests_plan=True,
    all_evaluated=True,
    has_degree=True,
    best_interests_decision=True,
    has_decision=True,
    child_is_informed=True,
)
BARE = Standing(Level.MUNICIPAL, StafettloggMode.DIGITAL, words_need_weight=True)


@pytest.mark.parametrize("step", Step)
def test_a_step_where_all_is_done_may_be_left(step):
    assert before_leaving(step, READY) == ()


@pytest.mark.meets("R-14", "R-15", "R-16", "R-32", "R-36")
@pytest.mark.parametrize(
    ("step", "without", "missing"),
    [
        (Step.OPPSTART, {"has_family": False}, Missing.FAMILY),
        (Step.OPPSTART, {"services_covered": 1}, Missing.CONSENT),
        (Step.OPPSTART, {"least_services": 3}, Missing.CONSENT),
        (Step.OPPSTART, {"has_core": False}, Missing.CORE),
        (Step.OPPSTART, {"has_resource": False}, Missing.RESOURCE),
        (Step.PLANLEGG_TILTAK, {"child_for_plan": Heard()}, Missing.CHILD_PLAN),
        (Step.PLANLEGG_TILTAK, {"has_oppmerksomhet": False}, Missing.OPPMERKSOMHET),
        (Step.PLANLEGG_TILTAK, {"complete_tiltak": 0}, Missing.TILTAK),
        (Step.PLANLEGG_TILTAK, {"evaluation_meeting": False}, Missing.EVALUATION_MEETING),
        (Step.PLANLEGG_TILTAK, {"best_interests_plan": False}, Missing.BEST_INTERESTS_PLAN),
        (Step.IVERKSETT, {"evaluation_meeting": False}, Missing.EVALUATION_MEETING),
        (Step.IVERKSETT, {"child_for_evaluation": Heard()}, Missing.CHILD_PLAN_EVALUATION),
        (Step.EVALUERING, {"child_for_evaluation": PLANNED}, Missing.EXPERIENCE),
        (Step.EVALUERING, {"all_evaluated": False}, Missing.EVALUATIONS),
        (Step.EVALUERING, {"has_degree": False}, Missing.DEGREE),
        (Step.EVALUERING, {"words_need_weight": True}, Missing.WEIGHT),
        (Step.VEIEN_VIDERE, {"best_interests_decision": False}, Missing.BEST_INTERESTS_DECISION),
        (Step.VEIEN_VIDERE, {"has_decision": False}, Missing.DECISION),
        (Step.VEIEN_VIDERE, {"child_is_informed": False}, Missing.INFORM_CHILD),
    ],
)
def test_each_thing_alone_keeps_the_step_from_being_left(step, without, missing):
    assert before_leaving(step, replace(READY, **without)) == (missing,)


@pytest.mark.meets("S0-22")
@pytest.mark.parametrize(
    ("step", "asked"),
    [
        (Step.OPPSTART, (Missing.FAMILY, Missing.CONSENT, Missing.CORE, Missing.RESOURCE)),
        (
            Step.PLANLEGG_TILTAK,
            (
                Missing.CHILD_PLAN,
                Missing.OPPMERKSOMHET,
                Missing.TILTAK,
                Missing.EVALUATION_MEETING,
                Missing.BEST_INTERESTS_PLAN,
            ),
        ),
        (Step.IVERKSETT, (Missing.EVALUATION_MEETING, Missing.CHILD_PLAN_EVALUATION)),
        (Step.EVALUERING, (Missing.EXPERIENCE, Missing.EVALUATIONS, Missing.DEGREE, Missing.WEIGHT)),
        (Step.VEIEN_VIDERE, (Missing.BEST_INTERESTS_DECISION, Missing.DECISION, Missing.INFORM_CHILD)),
    ],
)
def test_the_list_follows_the_page(step, asked):
    assert before_leaving(step, BARE) == asked


@pytest.mark.meets("R-14", "S4-02", "S4-07")
@pytest.mark.parametrize(("level", "mode"), list(product(Level, StafettloggMode)))
def test_other_services_are_needed_from_level_b_on_and_only_in_a_digital_log(level, mode):
    alone = replace(READY, level=level, mode=mode, services_covered=1)
    needs = level in {Level.MUNICIPAL, Level.EXTERNAL} and mode is StafettloggMode.DIGITAL

    assert before_leaving(Step.OPPSTART, alone) == ((Missing.CONSENT,) if needs else ())


@pytest.mark.meets("R-14", "S4-07")
@pytest.mark.parametrize(("covered", "least"), list(product(range(1, 5), range(1, 5))))
def test_the_kommune_decides_how_many_services_take_part(covered, least):
    now = replace(READY, services_covered=covered, least_services=least)

    assert (before_leaving(Step.OPPSTART, now) == ()) is (covered >= least)


@pytest.mark.meets("R-18")
def test_a_round_that_goes_on_with_the_last_has_its_plan_already():
    assert before_leaving(Step.PLANLEGG_TILTAK, replace(BARE, carried_on=True)) == ()


def test_going_on_from_the_last_round_excuses_no_other_step():
    for step in set(Step) - {Step.PLANLEGG_TILTAK}:
        assert before_leaving(step, replace(BARE, carried_on=True)) == before_leaving(step, BARE)


@pytest.mark.meets("R-16", "S4-20")
@pytest.mark.parametrize(
    ("heard", "enough"),
    [
        (Heard(has_view=True, tells_change=True), True),
        (Heard(has_view=True), False),
        (Heard(not_heard_reason="For lite til å svare."), True),
        (Heard(not_heard_reason="  "), False),
        (Heard(attends=True), False),
        (PLANNED, False),
    ],
)
def test_the_childs_experience_is_written_or_it_is_said_why_not(heard, enough):
    assert (before_leaving(Step.EVALUERING, replace(READY, child_for_evaluation=heard)) == ()) is enough


@pytest.mark.meets("R-33")
@pytest.mark.parametrize(("informed", "attends"), list(product([True, False], repeat=2)))
def test_a_child_who_was_there_need_not_be_told(informed, attends):
    now = replace(READY, child_is_informed=informed, child_for_evaluation=Heard(attends=attends, has_view=True))

    assert (before_leaving(Step.VEIEN_VIDERE, now) == ()) is (informed or attends)


def test_what_is_missing_is_told_by_its_name_in_a_fault():
    assert repr(Missing.CORE) == "Missing.CORE"

"""The rules of the plan that stop."""

from bti.casework import story
from bti.casework.said import agreeing
from bti.casework.steps import moving
from bti.errors import Reason
from bti.rules.evaluation import Effect, TiltakOutcome
from bti.rules.guards import Missing
from bti.rules.tiltak import FamilySays
from bti.rules.workflow import Step
from tests.casework.refusing import refuses


@refuses("R-15", by="bti.casework.steps.planning.before_leaving", says_yes=(), reason=Reason.STEP_NOT_DONE)
def leaving_the_plan_without_an_evaluation_meeting(table):
    table.comes_to(Step.PLANLEGG_TILTAK, but=Missing.EVALUATION_MEETING)
    moving.move_on(table.at, to=Step.IVERKSETT)


@refuses("R-21", by="bti.casework.story.plan.is_complete", says_yes=True, reason=Reason.STEP_NOT_DONE)
def leaving_the_plan_with_a_tiltak_nobody_does(table):
    table.comes_to(Step.PLANLEGG_TILTAK, but=Missing.TILTAK)
    moving.move_on(table.at, to=Step.IVERKSETT)


@refuses("R-25", by="bti.casework.people.people.check_responsible", reason=Reason.NOT_A_CHOICE)
def letting_somebody_outside_the_case_follow_up(table):
    table.comes_to(Step.PLANLEGG_TILTAK)
    table.changes_what_follows(table.at_school, contributors=[table.marte])


@refuses("R-58", by="bti.casework.steps.evaluating.check_family", reason=Reason.FAMILY_SAID_NO)
def evaluating_what_the_family_has_said_no_to(table):
    table.comes_to(Step.IVERKSETT)
    with table.looking() as case:
        version = next(t.version for t in story.tiltak(case) if t.id == table.at_school)
    agreeing.family_says(table.at, tiltak=table.at_school, says=FamilySays.NO, version=version)
    table.moves(Step.EVALUERING)
    table.evaluates_one(table.at_school, Effect.SOME, TiltakOutcome.END)

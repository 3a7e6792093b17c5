"""The rules of the plan that stop."""

from bti.casework import moving
from bti.errors import Reason
from bti.rules.guards import Missing
from bti.rules.workflow import Step
from tests.casework.refusing import refuses


@refuses("R-15", by="bti.casework.planning.before_leaving", says_yes=(), reason=Reason.STEP_NOT_DONE)
def leaving_the_plan_without_an_evaluation_meeting(table):
    table.comes_to(Step.PLANLEGG_TILTAK, but=Missing.EVALUATION_MEETING)
    moving.move_on(table.at, to=Step.IVERKSETT)


@refuses("R-21", by="bti.casework.story.plan.is_complete", says_yes=True, reason=Reason.STEP_NOT_DONE)
def leaving_the_plan_with_a_tiltak_nobody_does(table):
    table.comes_to(Step.PLANLEGG_TILTAK, but=Missing.TILTAK)
    moving.move_on(table.at, to=Step.IVERKSETT)


@refuses("R-25", by="bti.casework.people.check_responsible", reason=Reason.NOT_A_CHOICE)
def letting_somebody_outside_the_case_follow_up(table):
    table.comes_to(Step.PLANLEGG_TILTAK)
    table.changes_what_follows(table.at_school, contributors=[table.marte])

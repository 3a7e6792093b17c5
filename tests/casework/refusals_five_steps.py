"""The rules of the five steps that stop."""

from bti.casework.steps import moving
from bti.errors import Reason
from bti.rules.evaluation import Effect, TiltakOutcome
from bti.rules.guards import Missing
from bti.rules.workflow import Step
from tests.casework.refusing import refuses


@refuses("R-29", by="bti.rules.evaluation.check_outcome", reason=Reason.NO_EFFECT_GOES_ON)
def going_on_without_effect_and_without_a_reason(table):
    table.comes_to(Step.IVERKSETT)
    table.moves(Step.EVALUERING)
    table.evaluates_one(table.at_school, Effect.NONE, TiltakOutcome.CONTINUE)


@refuses("R-36", by="bti.casework.steps.planning.before_leaving", says_yes=(), reason=Reason.STEP_NOT_DONE)
def leaving_the_plan_without_barnets_beste(table):
    table.comes_to(Step.PLANLEGG_TILTAK, but=Missing.BEST_INTERESTS_PLAN)
    moving.move_on(table.at, to=Step.IVERKSETT)

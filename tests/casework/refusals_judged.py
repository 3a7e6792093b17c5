"""The rules of the evaluation, the decision and the end of a case that stop."""

from bti.casework import evaluating
from bti.errors import Reason
from bti.rules.evaluation import Effect, TiltakOutcome
from bti.rules.workflow import Step
from tests.casework.refusing import refuses


@refuses("R-30", by="bti.rules.evaluation.check_submission", reason=Reason.ONLY_OWN_TILTAK)
def sending_in_what_anothers_tiltak_has_done(table):
    table.comes_to(Step.IVERKSETT)
    evaluating.submit_evaluation(
        table.at,
        tiltak=table.at_home,
        effect=Effect.DESIRED,
        outcome=TiltakOutcome.END,
        changed_text="",
        reason="",
        best_interests="",
        version=0,
    )

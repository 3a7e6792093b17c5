"""From step to step: forward only, and only when nothing is missing (model.md 4)."""

from collections.abc import Callable, Mapping
from typing import Final

from bti.casework.door import OpenCase, use_case
from bti.casework.steps import carrying_out, evaluating, planning, starting
from bti.errors import Reason, Refused
from bti.rules.access import Action
from bti.rules.guards import Missing
from bti.rules.workflow import ANY_MODE, CaseStatus, StafettloggMode, Step, check_step

MISSING: Final[Mapping[Step, Callable[[OpenCase], tuple[Missing, ...]]]] = {
    Step.OPPSTART: lambda case: starting.view(case).missing,
    Step.PLANLEGG_TILTAK: lambda case: planning.view(case).missing,
    Step.IVERKSETT: lambda case: carrying_out.view(case).missing,
    Step.EVALUERING: lambda case: evaluating.view(case).missing,
}


@use_case(Action.LEAD, modes=ANY_MODE)
def move_on(case: OpenCase, *, to: Step) -> None:
    """Take the next step. Refused with the list of what is missing; the way out of step 5 is the decision itself."""
    check_step(case.step, to)
    on_paper = case.mode is StafettloggMode.PAPER
    if case.status is not CaseStatus.OPEN or case.step not in MISSING or (not on_paper and MISSING[case.step](case)):
        raise Refused(Reason.STEP_NOT_DONE, field="step")
    case.own_row().step = to

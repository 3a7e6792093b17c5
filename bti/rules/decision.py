"""The way forward: one outcome, in step with the evaluation or with a reason (R-17, R-58)."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Final

from bti.errors import Reason, Refused
from bti.rules.evaluation import SETTLED, Effect, OppmerksomhetStatus, TiltakOutcome
from bti.rules.workflow import ClosingReason, DecisionOutcome, Level


class FamilyAgrees(StrEnum):
    """What the family says to the decision."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


CLOSED_BECAUSE: Final[Mapping[DecisionOutcome, ClosingReason]] = {DecisionOutcome.CLOSE: ClosingReason.GOAL_REACHED}


LONG_TERM: Final = 2
"""So many other services, and into so many rounds: help that must be coordinated for long."""


def individual_plan_is_near(other_services: int, number: int, level: Level) -> bool:
    """Say whether the right to barnekoordinator and individuell plan should be told of (R-53). Quiet, and never a stop."""
    return level is Level.EXTERNAL or (other_services >= LONG_TERM and number >= LONG_TERM)


def suggested(concerns: Collection[OppmerksomhetStatus], effects: Collection[Effect]) -> DecisionOutcome:
    """Suggest an outcome from the evaluation; a suggestion, never automatic."""
    if concerns and all(status is OppmerksomhetStatus.GONE for status in concerns):
        return DecisionOutcome.CLOSE
    if any(effect in {Effect.DESIRED, Effect.SOME, Effect.TOO_EARLY} for effect in effects):
        return DecisionOutcome.CONTINUE
    return DecisionOutcome.OTHER_MEASURES_OWN_SERVICE


def agrees(
    outcome: DecisionOutcome,
    concerns: Collection[OppmerksomhetStatus],
    evaluated: Collection[tuple[Effect, TiltakOutcome]],
) -> bool:
    """Say whether the outcome follows from the evaluation. Mixed effects are judged on the open concerns (R-17)."""
    effects = {effect for effect, _ in evaluated}
    still_open = any(status is not OppmerksomhetStatus.GONE for status in concerns)
    if outcome is DecisionOutcome.CLOSE:
        return not still_open and all(result in SETTLED for _, result in evaluated)
    if outcome is DecisionOutcome.CONTINUE:
        return still_open and bool(effects & {Effect.DESIRED, Effect.SOME, Effect.TOO_EARLY})
    return bool(effects - {Effect.DESIRED})


def check(outcome_agrees: bool, deviation_reason: str, family: FamilyAgrees, family_wants: str) -> None:
    """Refuse an outcome against the evaluation without a reason, and a family's no without what it wants instead."""
    if not outcome_agrees and not deviation_reason.strip():
        raise Refused(Reason.OUTCOME_DISAGREES, field="deviation_reason")
    if family is FamilyAgrees.NO and not family_wants.strip():
        raise Refused(Reason.FAMILY_WANTS_WHAT, field="family_wants_instead")

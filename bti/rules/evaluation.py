"""What a tiltak has done for the child, the family first (R-28 to R-31)."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final
from uuid import UUID

from bti.errors import Reason, Refused


class FamilyFirst(StrEnum):
    """Whether the family spoke first."""

    YES = "yes"
    HEARD_OTHERS_FIRST = "heard_others_first"
    NOT_ANSWERED = "not_answered"


class Effect(StrEnum):
    """What a tiltak did."""

    DESIRED = "desired"
    SOME = "some"
    NONE = "none"
    NEGATIVE = "negative"
    TOO_EARLY = "too_early"


class TiltakOutcome(StrEnum):
    """What becomes of a tiltak after its evaluation."""

    CONTINUE = "continue"
    CHANGE = "change"
    END = "end"
    HAND_OVER_TO_ORDINARY = "hand_over_to_ordinary"


class EvaluationState(StrEnum):
    """What the tiltaksansvarlig sends in becomes final when the stafettholder completes it (R-30).

    Until it is sent in it is a draft of her own, as everything is that is typed and not yet saved.
    """

    SUBMITTED = "submitted"
    FINAL = "final"


class Degree(StrEnum):
    """How much the child's situation has changed: one judgement for the round (S4-19)."""

    WORSENED = "worsened"
    NOT_AT_ALL = "0"
    A_LITTLE = "1"
    SOME = "2"
    MUCH = "3"
    VERY_MUCH = "4"


class OppmerksomhetStatus(StrEnum):
    """Where a concern stands after the evaluation."""

    OPEN = "open"
    IMPROVED = "improved"
    GONE = "gone"


WITHOUT_EFFECT: Final = frozenset({Effect.NONE, Effect.NEGATIVE})
SETTLED: Final = frozenset({TiltakOutcome.END, TiltakOutcome.HAND_OVER_TO_ORDINARY})
OFFERED: Final = (
    TiltakOutcome.END,
    TiltakOutcome.CHANGE,
    TiltakOutcome.CONTINUE,
    TiltakOutcome.HAND_OVER_TO_ORDINARY,
)
"""In the order it is asked: to end it or to change it stands first (R-29)."""


def check_family(answer: FamilyFirst, why_not: str) -> None:
    """Refuse «not answered» without why (R-28)."""
    if answer is FamilyFirst.NOT_ANSWERED and not why_not.strip():
        raise Refused(Reason.WHY_NOT_ANSWERED, field="why_not_answered")


def check_submission(responsible: UUID | None, writer: UUID, before: EvaluationState | None) -> None:
    """Refuse to send in an evaluation of another's tiltak, or over one the stafettholder has completed (R-30)."""
    if responsible != writer:
        raise Refused(Reason.ONLY_OWN_TILTAK, field="tiltak")
    if before is EvaluationState.FINAL:
        raise Refused(Reason.EVALUATION_IS_FINAL)


def check_changed_to(outcome: TiltakOutcome, changed_text: str) -> None:
    """Refuse a change that does not say what the tiltak is changed to (R-31)."""
    if outcome is TiltakOutcome.CHANGE and not changed_text.strip():
        raise Refused(Reason.CHANGED_TO_WHAT, field="changed_text")


def check_outcome(effect: Effect, outcome: TiltakOutcome, *, reason: str, best_interests: str) -> None:
    """Refuse to go on unchanged with what has no effect, but for a written reason; a harm needs barnets beste too (R-29)."""
    if effect not in WITHOUT_EFFECT or outcome is not TiltakOutcome.CONTINUE:
        return
    if not reason.strip():
        raise Refused(Reason.NO_EFFECT_GOES_ON, field="reason")
    if effect is Effect.NEGATIVE and not best_interests.strip():
        raise Refused(Reason.HARM_GOES_ON, field="best_interests")


def concern_after(evaluated: Iterable[tuple[Effect, TiltakOutcome]]) -> OppmerksomhetStatus:
    """Return where a concern stands after what its tiltak did: gone when each has reached what it should and is settled."""
    results = list(evaluated)
    if results and all(effect is Effect.DESIRED and outcome in SETTLED for effect, outcome in results):
        return OppmerksomhetStatus.GONE
    if any(effect in {Effect.DESIRED, Effect.SOME} for effect, _ in results):
        return OppmerksomhetStatus.IMPROVED
    return OppmerksomhetStatus.OPEN

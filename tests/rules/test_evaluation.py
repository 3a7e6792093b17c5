"""What a tiltak has done for the child, the family first (R-28, R-29)."""

from itertools import product

import pytest

from bti.errors import Reason, Refused
from bti.rules.evaluation import (
    Effect,
    FamilyFirst,
    OppmerksomhetStatus,
    TiltakOutcome,
    check_family,
    check_outcome,
    concern_after,
)

SETTLED = {TiltakOutcome.END, TiltakOutcome.HAND_OVER_TO_ORDINARY}


@pytest.mark.meets("R-28", "S0-34")
@pytest.mark.parametrize(("answer", "why"), list(product(FamilyFirst, ["", " \n", "De var ikke i møtet."])))
def test_only_a_family_that_did_not_answer_needs_a_why(answer, why):
    if answer is not FamilyFirst.NOT_ANSWERED or why.strip():
        check_family(answer, why)
        return

    with pytest.raises(Refused) as refusal:
        check_family(answer, why)
    assert (refusal.value.reason, refusal.value.field) == (Reason.WHY_NOT_ANSWERED, "why_not_answered")


@pytest.mark.meets("R-29", "S0-06", "S1-03")
@pytest.mark.parametrize(("effect", "outcome"), list(product(Effect, TiltakOutcome)))
@pytest.mark.parametrize("reason", ["", " ", "Vi gir det litt tid."])
@pytest.mark.parametrize("best", ["", " ", "Hun trives med det."])
def test_what_does_not_help_goes_on_only_with_a_reason_and_what_harms_with_barnets_beste_too(
    effect, outcome, reason, best
):
    goes_on = outcome is TiltakOutcome.CONTINUE and effect in {Effect.NONE, Effect.NEGATIVE}
    if goes_on and not reason.strip():
        expected = (Reason.NO_EFFECT_GOES_ON, "reason")
    elif goes_on and effect is Effect.NEGATIVE and not best.strip():
        expected = (Reason.HARM_GOES_ON, "best_interests")
    else:
        check_outcome(effect, outcome, reason=reason, best_interests=best)
        return

    with pytest.raises(Refused) as refusal:
        check_outcome(effect, outcome, reason=reason, best_interests=best)
    assert (refusal.value.reason, refusal.value.field) == expected


@pytest.mark.parametrize(("effect", "outcome"), list(product(Effect, TiltakOutcome)))
def test_where_a_concern_stands_after_one_tiltak(effect, outcome):
    if effect is Effect.DESIRED and outcome in SETTLED:
        expected = OppmerksomhetStatus.GONE
    elif effect in {Effect.DESIRED, Effect.SOME}:
        expected = OppmerksomhetStatus.IMPROVED
    else:
        expected = OppmerksomhetStatus.OPEN

    assert concern_after([(effect, outcome)]) is expected


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ((Effect.DESIRED, TiltakOutcome.HAND_OVER_TO_ORDINARY), OppmerksomhetStatus.GONE),
        ((Effect.DESIRED, TiltakOutcome.CONTINUE), OppmerksomhetStatus.IMPROVED),
        ((Effect.NEGATIVE, TiltakOutcome.END), OppmerksomhetStatus.IMPROVED),
    ],
)
def test_a_concern_is_gone_when_each_of_its_tiltak_has_done_what_it_should(second, expected):
    assert concern_after([(Effect.DESIRED, TiltakOutcome.END), second]) is expected


def test_a_concern_without_an_evaluated_tiltak_stands_open():
    assert concern_after([]) is OppmerksomhetStatus.OPEN
    assert concern_after(iter([])) is OppmerksomhetStatus.OPEN

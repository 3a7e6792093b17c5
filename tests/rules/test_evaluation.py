"""What a tiltak has done for the child, the family first (R-28, R-29)."""

from itertools import product
from uuid import uuid4

import pytest

from bti.errors import Reason, Refused
from bti.rules.evaluation import (
    Effect,
    EvaluationState,
    FamilyFirst,
    OppmerksomhetStatus,
    TiltakOutcome,
    check_changed_to,
    check_family,
    check_outcome,
    check_submission,
    concern_after,
)
from tests.rules.asking import refusal_of

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


ASLAUG, BERIT = uuid4(), uuid4()


@pytest.mark.meets("R-30", "S0-53")
@pytest.mark.parametrize(
    ("responsible", "before", "refused"),
    [
        (ASLAUG, None, None),
        (ASLAUG, EvaluationState.SUBMITTED, None),
        (ASLAUG, EvaluationState.FINAL, Reason.EVALUATION_IS_FINAL),
        (BERIT, None, Reason.ONLY_OWN_TILTAK),
        (None, None, Reason.ONLY_OWN_TILTAK),
    ],
)
def test_one_sends_in_the_evaluation_of_her_own_tiltak_until_the_stafettholder_has_completed_it(
    responsible, before, refused
):
    assert refusal_of(check_submission, responsible, ASLAUG, before) is refused


@pytest.mark.meets("R-31")
@pytest.mark.parametrize(("outcome", "text"), list(product(TiltakOutcome, ["", " ", "Hver fredag også."])))
def test_a_change_says_what_the_tiltak_is_changed_to(outcome, text):
    says_nothing = outcome is TiltakOutcome.CHANGE and not text.strip()

    assert refusal_of(check_changed_to, outcome, text) is (Reason.CHANGED_TO_WHAT if says_nothing else None)

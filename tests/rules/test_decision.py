"""One way forward, in step with the evaluation or with a reason (R-17, R-58)."""

from itertools import combinations_with_replacement, product

import pytest

from bti.errors import Reason, Refused
from bti.rules.decision import CLOSED_BECAUSE, FamilyAgrees, agrees, check, suggested
from bti.rules.evaluation import Effect, OppmerksomhetStatus, TiltakOutcome
from bti.rules.workflow import ClosingReason, DecisionOutcome

GONE, IMPROVED, OPEN = OppmerksomhetStatus.GONE, OppmerksomhetStatus.IMPROVED, OppmerksomhetStatus.OPEN
HELPS = {Effect.DESIRED, Effect.SOME, Effect.TOO_EARLY}
CLOSE, CONTINUE = DecisionOutcome.CLOSE, DecisionOutcome.CONTINUE
OTHER, ESCALATE = DecisionOutcome.OTHER_MEASURES_OWN_SERVICE, DecisionOutcome.ESCALATE_EXTERNAL


@pytest.mark.meets("R-17", "S4-22")
@pytest.mark.parametrize("concerns", list(combinations_with_replacement(OppmerksomhetStatus, 2)))
@pytest.mark.parametrize("effects", [(), *((e,) for e in Effect), *combinations_with_replacement(Effect, 2)])
def test_the_evaluation_suggests_a_way_forward(concerns, effects):
    otherwise = CONTINUE if set(effects) & HELPS else OTHER

    assert suggested(concerns, effects) is (CLOSE if set(concerns) == {GONE} else otherwise)


def test_without_a_concern_closing_is_not_suggested():
    assert suggested((), (Effect.DESIRED,)) is CONTINUE
    assert suggested((), ()) is OTHER


@pytest.mark.meets("R-17", "S4-23", "S4-27")
@pytest.mark.parametrize("concern", OppmerksomhetStatus)
@pytest.mark.parametrize(("effect", "result"), list(product(Effect, TiltakOutcome)))
def test_whether_an_outcome_follows_from_one_concern_and_one_tiltak(concern, effect, result):
    evaluated = [(effect, result)]
    settled = result in {TiltakOutcome.END, TiltakOutcome.HAND_OVER_TO_ORDINARY}

    assert agrees(CLOSE, [concern], evaluated) is (concern is GONE and settled)
    assert agrees(CONTINUE, [concern], evaluated) is (concern is not GONE and effect in HELPS)
    assert agrees(OTHER, [concern], evaluated) is (effect is not Effect.DESIRED)
    assert agrees(ESCALATE, [concern], evaluated) is (effect is not Effect.DESIRED)


@pytest.mark.meets("R-17")
@pytest.mark.parametrize(
    ("outcome", "concerns", "follows"),
    [
        (CLOSE, [GONE, GONE], True),
        (CLOSE, [GONE, IMPROVED], False),
        (CONTINUE, [GONE, OPEN], True),
        (CONTINUE, [GONE, GONE], False),
    ],
)
def test_mixed_effects_are_judged_on_the_open_concerns(outcome, concerns, follows):
    evaluated = [(Effect.DESIRED, TiltakOutcome.END), (Effect.SOME, TiltakOutcome.END)]

    assert agrees(outcome, concerns, evaluated) is follows


def test_one_tiltak_that_goes_on_keeps_the_log_from_closing():
    evaluated = [(Effect.DESIRED, TiltakOutcome.END), (Effect.DESIRED, TiltakOutcome.CONTINUE)]

    assert not agrees(CLOSE, [GONE], evaluated)


@pytest.mark.parametrize("outcome", [OTHER, ESCALATE])
def test_other_help_follows_when_one_of_several_has_not_done_what_it_should(outcome):
    done = (Effect.DESIRED, TiltakOutcome.END)

    assert not agrees(outcome, [OPEN], [done, done])
    assert not agrees(outcome, [OPEN], [])
    assert agrees(outcome, [OPEN], [done, (Effect.NONE, TiltakOutcome.END)])


@pytest.mark.meets("R-17", "R-58")
@pytest.mark.parametrize("family", FamilyAgrees)
@pytest.mark.parametrize("wants", ["", " ", "Vi vil prøve noe annet."])
@pytest.mark.parametrize("why", ["", " ", "Familien flytter."])
@pytest.mark.parametrize("follows", [True, False])
def test_a_deviation_has_a_reason_and_a_no_has_what_the_family_wants(follows, why, wants, family):
    if not follows and not why.strip():
        expected = (Reason.OUTCOME_DISAGREES, "deviation_reason")
    elif family is FamilyAgrees.NO and not wants.strip():
        expected = (Reason.FAMILY_WANTS_WHAT, "family_wants_instead")
    else:
        check(follows, why, family, wants)
        return

    with pytest.raises(Refused) as refusal:
        check(follows, why, family, wants)
    assert (refusal.value.reason, refusal.value.field) == expected


def test_a_log_that_closes_in_step_five_has_reached_its_goal():
    assert CLOSED_BECAUSE == {CLOSE: ClosingReason.GOAL_REACHED}

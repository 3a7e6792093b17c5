"""Who evaluates a tiltak, and who makes the evaluation final."""

import pytest

from bti.casework import story
from bti.casework.door import At
from bti.casework.steps import deciding, evaluating
from bti.errors import Reason
from bti.rules.evaluation import Effect, EvaluationState, FamilyFirst, TiltakOutcome
from bti.rules.guards import Missing
from bti.rules.workflow import Step
from tests.casework.test_five_steps import ON_ONE_ENGINE, Table, refused
from tests.casework.test_gate import NO


class Judging(Table):
    """Solveig's family in step 4, where Pernille from PPT has a tiltak of her own."""

    def __init__(self, eirik, wall_clock, pernille):
        super().__init__(eirik, wall_clock)
        self.pernille = At(pernille, self.number)
        self.starts()
        self.lets_join(pernille)
        self.take_part = self.who_takes_part()
        self.moves(Step.PLANLEGG_TILTAK)
        self.plans()
        self.hers = self.adds_tiltak("Kartlegger lesingen", "Pernille Påfunn")
        self.moves(Step.IVERKSETT)
        self.carries_out()

    def submits(self, tiltak=None, by=None, version=0, **more):
        given = {
            "effect": Effect.SOME,
            "outcome": TiltakOutcome.CONTINUE,
            "changed_text": "",
            "reason": "",
            "best_interests": "",
        }
        return evaluating.submit_evaluation(
            by or self.pernille, tiltak=tiltak or self.hers, version=version, **(given | more)
        )

    def evaluation(self, tiltak=None, actor=None):
        with self.looking(actor) as case:
            return next(
                (e for e in story.evaluations(case, with_voices=True) if e.tiltak == (tiltak or self.hers)), None
            )


@pytest.fixture
def judging(eirik, wall_clock, pernille):
    return Judging(eirik, wall_clock, pernille)


@pytest.mark.meets("R-30", "S0-53", "S0-54")
def test_the_tiltaksansvarlig_sends_in_and_the_stafettholder_completes(judging):
    key = judging.submits()
    judging.moves(Step.EVALUERING)

    sent = judging.evaluation()
    assert (sent.state, sent.family_first) == (EvaluationState.SUBMITTED, None)
    assert Missing.EVALUATIONS in judging.missing(evaluating)

    assert judging.evaluates_one(judging.hers, Effect.SOME, TiltakOutcome.END, version=sent.version) == key
    done = judging.evaluation()
    assert (done.state, done.family_first) == (EvaluationState.FINAL, FamilyFirst.YES)


@pytest.mark.meets("R-30", "scenario-19")
def test_the_tiltaksansvarlig_cannot_complete_her_own_evaluation(judging):
    judging.submits()
    judging.moves(Step.EVALUERING)

    given = {"family_first": FamilyFirst.YES, "why_not_answered": "", "effect": Effect.SOME, "changed_text": ""}
    more = {"outcome": TiltakOutcome.END, "reason": "", "best_interests": "", "version": 1}
    completing = refused(evaluating.record_evaluation, judging.pernille, tiltak=judging.hers, **given, **more)

    assert completing is Reason.NOT_ALLOWED
    assert judging.evaluation().state is EvaluationState.SUBMITTED


@ON_ONE_ENGINE
def test_what_the_stafettholder_has_completed_is_not_sent_in_again(judging):
    judging.moves(Step.EVALUERING)
    judging.evaluates_one(judging.hers, Effect.SOME, TiltakOutcome.CONTINUE)

    assert refused(judging.submits, version=1) is Reason.EVALUATION_IS_FINAL


@ON_ONE_ENGINE
def test_only_ones_own_tiltak_and_only_one_that_goes_on(judging, eirik):
    assert refused(judging.submits, judging.at_home) is Reason.ONLY_OWN_TILTAK
    assert refused(judging.submits, judging.at_home, by=judging.at) is Reason.ONLY_OWN_TILTAK
    judging.submits(judging.at_school, by=judging.at)
    judging.moves(Step.EVALUERING)
    judging.evaluates_one(judging.at_school, Effect.NONE, TiltakOutcome.END, version=1)
    assert refused(judging.submits, judging.at_school, by=judging.at, version=2) is Reason.EVALUATION_IS_FINAL


@ON_ONE_ENGINE
def test_what_is_sent_in_decides_nothing(judging):
    judging.moves(Step.EVALUERING)
    judging.submits(effect=Effect.DESIRED, outcome=TiltakOutcome.CHANGE, changed_text="Leser sammen")
    with judging.looking() as case:
        assert deciding.view(case).evaluations == ()
        assert story.successors(case) == ()

    judging.evaluates_one(judging.hers, Effect.SOME, TiltakOutcome.CHANGE, changed_text="Leser sammen", version=1)
    with judging.looking() as case:
        assert len(story.successors(case)) == 1
    assert judging.evaluation().changed_text == "Leser sammen"


@ON_ONE_ENGINE
def test_a_harm_is_not_sent_in_to_go_on_without_barnets_beste(judging):
    assert refused(judging.submits, effect=Effect.NEGATIVE, reason="Vi tror det snur.") is Reason.HARM_GOES_ON
    assert refused(judging.submits, outcome=TiltakOutcome.CHANGE) is Reason.CHANGED_TO_WHAT


@pytest.mark.meets("R-01")
def test_who_is_no_longer_covered_sends_in_nothing(judging):
    judging.answers(judging.jonas, ppt=NO)

    assert refused(judging.submits) is Reason.NOT_YOURS


@pytest.mark.meets("R-28", "S0-36", "S1-16")
def test_each_may_say_what_a_tiltak_has_done_the_family_and_the_others(judging, pernille):
    judging.moves(Step.EVALUERING)
    judging.evaluates_one(judging.at_home, Effect.DESIRED, TiltakOutcome.END)
    for name, text in (("Marte Testdal", "Søndagene er roligere."), ("Pernille Påfunn", "Hun er mer uthvilt.")):
        says(judging, name, text)

    told = ["Søndagene er roligere.", "Hun er mer uthvilt."]
    assert [v.text for v in judging.evaluation(judging.at_home).voices] == told
    assert [v.text for v in judging.evaluation(judging.at_home, pernille).voices] == told


@pytest.mark.meets("R-34")
def test_the_childs_own_words_are_never_kept_as_what_somebody_says_about_a_tiltak(judging):
    judging.moves(Step.EVALUERING)
    judging.evaluates_one(judging.at_home, Effect.DESIRED, TiltakOutcome.END)

    assert refused(says, judging, "Solveig Testdal", "Jeg liker sekken min.") is Reason.NOT_A_CHOICE
    assert judging.evaluation(judging.at_home).voices == ()


def says(judging, name, text):
    return evaluating.add_voice(
        judging.at,
        tiltak=judging.at_home,
        said_by=judging.take_part[name],
        text=text,
        effect=Effect.SOME,
        version=0,
    )


@ON_ONE_ENGINE
def test_a_voice_is_changed_over_the_one_that_was_read(judging):
    judging.moves(Step.EVALUERING)
    judging.evaluates_one(judging.at_home, Effect.DESIRED, TiltakOutcome.END)
    given = {"tiltak": judging.at_home, "said_by": judging.take_part["Jonas Testdal"], "effect": None}

    evaluating.add_voice(judging.at, **given, text="Det går bra.", version=0)
    evaluating.add_voice(judging.at, **given, text="Det går bedre.", version=1)

    assert [v.text for v in judging.evaluation(judging.at_home).voices] == ["Det går bedre."]
    assert refused(evaluating.add_voice, judging.at, **given, text="Nei.", version=1) is Reason.CHANGED_BY_OTHER
    elsewhere = given | {"tiltak": judging.at_school}
    assert refused(evaluating.add_voice, judging.at, **elsewhere, text="a", version=0) is Reason.NOT_A_CHOICE
    nobody = given | {"said_by": judging.marte}
    assert refused(evaluating.add_voice, judging.at, **nobody, text="a", version=0) is Reason.NOT_A_CHOICE

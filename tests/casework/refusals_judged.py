"""The rules of the evaluation, the decision and the end of a case that stop."""

from bti.casework import story
from bti.casework.steps import closing, deciding, escalating, evaluating, planning
from bti.errors import Reason
from bti.rules.childs_voice import ShareWith
from bti.rules.decision import FamilyAgrees
from bti.rules.evaluation import Effect, FamilyFirst, TiltakOutcome
from bti.rules.guards import Missing
from bti.rules.workflow import ClosingReason, DecisionOutcome, Step
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


@refuses("R-16", by="bti.casework.steps.evaluating.before_leaving", says_yes=(), reason=Reason.STEP_NOT_DONE)
def leaving_the_evaluation_while_a_tiltak_is_not_evaluated(table):
    table.comes_to(Step.EVALUERING, but=Missing.EVALUATIONS)
    table.moves(Step.VEIEN_VIDERE)


@refuses("R-17", by="bti.rules.decision.check", reason=Reason.OUTCOME_DISAGREES)
def going_on_when_everything_is_settled(table):
    table.comes_to(Step.VEIEN_VIDERE, but=Missing.DECISION)
    table.decides_on(DecisionOutcome.CONTINUE)


@refuses("R-18", by="bti.casework.steps.evaluating.check_here", reason=Reason.OTHER_STEP)
def judging_the_round_that_is_over(table):
    table.comes_to(Step.VEIEN_VIDERE, but=Missing.DECISION)
    table.decides_on(DecisionOutcome.OTHER_MEASURES_OWN_SERVICE, deviation_reason="Vi vil prøve noe annet først.")
    deciding.carry_out(table.at)
    table.judges()


@refuses("R-18", by="bti.casework.steps.planning.check_round", reason=Reason.ROUND_LOCKED)
def calling_what_the_last_round_was_about_something_else(table):
    table.comes_to(Step.VEIEN_VIDERE, but=Missing.DECISION)
    table.decides_on(DecisionOutcome.OTHER_MEASURES_OWN_SERVICE, deviation_reason="Vi vil prøve noe annet først.")
    deciding.carry_out(table.at)
    with table.looking() as case:
        version = story.oppmerksomheter(case)[0].version
    planning.save_oppmerksomhet(table.at, title="Noe annet", goal="", oppmerksomhet=table.concern, version=version)


@refuses("R-19", by="bti.rules.closing.check_closing", reason=Reason.BEFORE_CLOSING)
def closing_for_a_child_who_moves_without_barnets_beste(table):
    table.comes_to(Step.OPPSTART)
    closing.close(
        table.at,
        reason=ClosingReason.MOVED,
        said_by="",
        note="",
        best_interests="",
        who=table.take_part["Eirik Prøve"],
    )


@refuses("R-28", by="bti.rules.evaluation.check_family", reason=Reason.WHY_NOT_ANSWERED)
def a_family_that_has_not_answered_and_no_word_of_why(table):
    table.comes_to(Step.IVERKSETT)
    table.moves(Step.EVALUERING)
    table.evaluates_one(table.at_school, Effect.DESIRED, TiltakOutcome.END, family_first=FamilyFirst.NOT_ANSWERED)


@refuses("R-33", by="bti.casework.steps.deciding.before_leaving", says_yes=(), reason=Reason.STEP_NOT_DONE)
def closing_without_saying_who_tells_the_child(table):
    table.comes_to(Step.VEIEN_VIDERE, but=Missing.INFORM_CHILD)
    deciding.carry_out(table.at)


@refuses("R-34", by="bti.rules.childs_voice.check_words", reason=Reason.CHILD_KEEPS_IT)
def keeping_what_the_child_does_not_want_kept(table):
    table.comes_to(Step.IVERKSETT, but=Missing.CHILD_PLAN_EVALUATION)
    table.hears_child(share_with=ShareWith.NONE)


@refuses("R-58", by="bti.rules.decision.check", reason=Reason.FAMILY_WANTS_WHAT)
def deciding_against_the_family_without_what_it_wants(table):
    table.comes_to(Step.VEIEN_VIDERE, but=Missing.DECISION)
    table.decides_on(DecisionOutcome.CLOSE, family_agrees=FamilyAgrees.NO)


@refuses("R-08", by="bti.rules.escalating.check_covered", reason=Reason.NEW_CONSENT)
def marking_the_message_ready_before_the_family_has_said_yes_to_just_that(table):
    table.comes_to(Step.VEIEN_VIDERE, but=Missing.DECISION)
    table.decides_on(DecisionOutcome.ESCALATE_EXTERNAL, deviation_reason="Vi trenger BUP.")
    deciding.carry_out(table.at)
    escalating.write_message(
        table.at,
        recipients=[table.services["bup"]],
        situation_text="Hun gruer seg.",
        family_view="",
        question_to_service="Kan dere se på dette?",
        version=0,
    )
    escalating.family_has_read(table.at, version=1)
    escalating.make_ready(table.at, version=2)


@refuses("R-35", by="bti.rules.childs_voice.check_weight", reason=Reason.CHILD_WEIGHT)
def judging_the_round_without_a_word_of_what_the_childs_words_weighed(table):
    table.comes_to(Step.EVALUERING, but=Missing.DEGREE)
    table.judges(how_weighted=" ")

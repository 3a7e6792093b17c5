"""Step 4: what the tiltak have done for the child, the family first."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, select, update

from bti.casework import story
from bti.casework.door import OpenCase, use_case
from bti.casework.ground.reading import reading
from bti.casework.people import people
from bti.casework.people.people import Person, PersonKind
from bti.casework.said.succeeding import succeed
from bti.casework.story import (
    ChildPlanView,
    ChildViewView,
    EvaluationView,
    RoundView,
    TiltakView,
)
from bti.errors import Reason, Refused
from bti.rules import childs_voice
from bti.rules import evaluation as rule
from bti.rules.access import Action
from bti.rules.childs_voice import HeardFor, ShareWith
from bti.rules.consent import Category
from bti.rules.evaluation import Degree, Effect, EvaluationState, FamilyFirst, TiltakOutcome
from bti.rules.guards import Missing, Standing, before_leaving
from bti.rules.tiltak import TiltakStatus, check_family, is_active
from bti.rules.workflow import Step, check_here
from bti.store.tables import ChildView, Evaluation, EvaluationVoice, Oppmerksomhet, RoundEvaluation, Tiltak


@dataclass(frozen=True)
class EvaluateView:
    """What step 4 shows."""

    people: tuple[Person, ...]
    due: tuple[TiltakView, ...]
    evaluations: tuple[EvaluationView, ...]
    child_plan: ChildPlanView | None
    child_view: ChildViewView | None
    round: RoundView | None
    missing: tuple[Missing, ...]


_VOICE = reading(
    select(EvaluationVoice.id).where(
        EvaluationVoice.evaluation_id == bindparam("evaluation"), EvaluationVoice.said_by_id == bindparam("said_by")
    ),
    EvaluationVoice,
)


def view(case: OpenCase) -> EvaluateView:
    """Return what step 4 shows this person."""
    evaluated = tuple(e for e in story.evaluations(case, with_voices=True) if e.round == case.round)
    waiting = due(case, story.tiltak(case), evaluated)
    plan, said, heard = story.heard_now(case, story.child_plans(case), story.child_views(case), HeardFor.EVALUATION)
    judged = story.of_round(story.rounds(case), case.round)
    now = Standing(
        case.level,
        case.mode,
        all_evaluated={t.id for t in waiting} <= {e.tiltak for e in evaluated if e.is_final},
        has_degree=judged is not None,
        child_for_evaluation=heard,
        words_need_weight=needs_weight(said),
    )
    return EvaluateView(
        people=people.people(case),
        due=waiting,
        evaluations=evaluated,
        child_plan=plan,
        child_view=said,
        round=judged,
        missing=before_leaving(Step.EVALUERING, now),
    )


def due(case: OpenCase, planned: Sequence[TiltakView], evaluated: Sequence[EvaluationView]) -> tuple[TiltakView, ...]:
    """Return the tiltak that are evaluated in this round: those carried out now, and those that were when they were."""
    done = {e.tiltak for e in evaluated if e.is_final}
    return tuple(
        t
        for t in planned
        if t.round <= case.round
        if t.id in done or is_active(t.status, t.start, case.today, t.family_says, complete=t.is_complete)
    )


def has_words(said: ChildViewView | None) -> bool:
    """Say whether the child has said something that is kept, and so must be weighed (R-35)."""
    return said is not None and said.share_with in {ShareWith.ALL, ShareWith.NAMED}


def needs_weight(said: ChildViewView | None) -> bool:
    """Say whether the child has said something whose weight is not yet written down."""
    return said is not None and has_words(said) and not said.how_weighted.strip()


@use_case(Action.LEAD)
def record_evaluation(
    case: OpenCase,
    *,
    tiltak: UUID,
    family_first: FamilyFirst,
    why_not_answered: str,
    effect: Effect,
    outcome: TiltakOutcome,
    changed_text: str,
    reason: str,
    best_interests: str,
    version: int,
) -> UUID:
    """Write down what one tiltak has done, or complete what the tiltaksansvarlig sent in. Saved is final (R-28 to R-31)."""
    check_here(case.step, case.status, Step.EVALUERING)
    rule.check_family(family_first, why_not_answered)
    row = _judged(case, tiltak, effect, outcome, changed_text, reason, best_interests, version)
    row.family_first, row.why_not_answered = family_first, why_not_answered
    row.state, row.finalised_by = EvaluationState.FINAL, case.actor.id
    _follow(case, case.get(Tiltak, tiltak), outcome, changed_text)
    _speak_anew(case, row.oppmerksomhet_id)
    return row.id or case.new(row).id


@use_case(Action.SUBMIT)
def submit_evaluation(
    case: OpenCase,
    *,
    tiltak: UUID,
    effect: Effect,
    outcome: TiltakOutcome,
    changed_text: str,
    reason: str,
    best_interests: str,
    version: int,
) -> UUID:
    """Send in an evaluation of one's own tiltak. It decides nothing until the stafettholder completes it (R-30).

    Whether the family spoke first is asked in the meeting, where it does.
    """
    check_here(case.step, case.status, Step.IVERKSETT, Step.EVALUERING)
    what, before = case.get(Tiltak, tiltak), _before(case, tiltak)
    rule.check_submission(what.responsible_id, case.participant_id, before.state if before else None)
    if tiltak not in {t.id for t in due(case, story.tiltak(case), ())}:
        raise Refused(Reason.NOT_A_CHOICE, field="tiltak")
    row = _judged(case, tiltak, effect, outcome, changed_text, reason, best_interests, version)
    row.state, row.submitted_by = EvaluationState.SUBMITTED, case.actor.id
    return row.id or case.new(row).id


def _before(case: OpenCase, tiltak: UUID) -> EvaluationView | None:
    return next((e for e in story.evaluations(case) if e.tiltak == tiltak and e.round == case.round), None)


def _judged(
    case: OpenCase,
    tiltak: UUID,
    effect: Effect,
    outcome: TiltakOutcome,
    changed_text: str,
    reason: str,
    best_interests: str,
    version: int,
) -> Evaluation:
    """Return the evaluation of the tiltak in this round with its effect and outcome, anew or over the one that was read."""
    rule.check_outcome(effect, outcome, reason=reason, best_interests=best_interests)
    rule.check_changed_to(outcome, changed_text)
    what, before = case.get(Tiltak, tiltak), _before(case, tiltak)
    check_family(what.family_says)
    row = (
        case.get(Evaluation, before.id, version)
        if before
        else Evaluation(
            tiltak_id=tiltak,
            oppmerksomhet_id=what.oppmerksomhet_id,
            round=case.round,
            category=what.category,
            why_not_answered="",
        )
    )
    row.effect, row.outcome, row.changed_text = effect, outcome, changed_text
    row.reason, row.best_interests = reason, best_interests
    return row


def _speak_anew(case: OpenCase, concern: UUID) -> None:
    """Let the evaluations say where a concern stands again: what was set by hand was of what was known then (R-17)."""
    set_by_hand = (Oppmerksomhet.case_id == case.id, Oppmerksomhet.id == concern, Oppmerksomhet.status.is_not(None))
    case.session.execute(update(Oppmerksomhet).where(*set_by_hand).values(status=None))


@use_case(Action.LEAD)
def add_voice(case: OpenCase, *, tiltak: UUID, said_by: UUID, text: str, effect: Effect | None, version: int) -> UUID:
    """Keep what one grown-up says about a tiltak that is evaluated: the family's own views, and the others'. Never required.

    What the child says is kept with the child's own answer to who may read it, and nowhere else (R-34).
    """
    check_here(case.step, case.status, Step.EVALUERING)
    may_say = {p.id for p in people.people(case) if p.kind is not PersonKind.CHILD}
    evaluation = _before(case, tiltak)
    if said_by not in may_say or evaluation is None:
        raise Refused(Reason.NOT_A_CHOICE, field="tiltak" if said_by in may_say else "said_by")
    under = case.get(Evaluation, evaluation.id)
    before = case.read(_VOICE, evaluation=evaluation.id, said_by=said_by)
    row = (
        case.get(EvaluationVoice, before[0].id, version)
        if before
        else EvaluationVoice(
            evaluation_id=evaluation.id,
            oppmerksomhet_id=under.oppmerksomhet_id,
            said_by_id=said_by,
            category=under.category,
        )
    )
    row.text, row.effect = text, effect
    return row.id if before else case.new(row).id


ENDS_AS = {
    TiltakOutcome.CONTINUE: TiltakStatus.PLANNED,
    TiltakOutcome.END: TiltakStatus.ENDED,
    TiltakOutcome.CHANGE: TiltakStatus.CHANGED,
    TiltakOutcome.HAND_OVER_TO_ORDINARY: TiltakStatus.HANDED_OVER,
}


def _follow(case: OpenCase, what: Tiltak, outcome: TiltakOutcome, changed_text: str) -> None:
    """Let the tiltak follow its outcome: ended today, gone on with, or changed into a successor (R-31)."""
    what.status = ENDS_AS[outcome]
    what.ended_on = None if outcome is TiltakOutcome.CONTINUE else case.today
    successor = next((t for t in story.successors(case) if t.predecessor == what.id), None)
    if successor and outcome is TiltakOutcome.CHANGE:
        case.get(Tiltak, successor.id).text = changed_text
    elif successor:
        case.session.delete(case.get(Tiltak, successor.id))
    elif outcome is TiltakOutcome.CHANGE:
        succeed(
            case,
            what,
            text=changed_text,
            responsible=what.responsible_id,
            oppmerksomhet=what.oppmerksomhet_id,
            goal=what.goal_id,
            number=case.round + 1,
        )


@use_case(Action.LEAD)
def judge_round(case: OpenCase, *, degree: Degree, text: str, how_weighted: str, version: int) -> UUID:
    """Judge once for the round how much has changed for the child, and what weight the child's view was given.

    The weight is required when the child has said something (S4-19, R-35).
    """
    check_here(case.step, case.status, Step.EVALUERING)
    _, said, _ = story.heard_now(case, (), story.child_views(case), HeardFor.EVALUATION)
    childs_voice.check_weight(how_weighted, has_words=has_words(said))
    before = story.of_round(story.rounds(case), case.round)
    row = (
        case.get(RoundEvaluation, before.id, version)
        if before
        else RoundEvaluation(round=case.round, category=Category.TILTAK_AND_EVALUATION)
    )
    row.degree, row.text = degree, text
    if said is not None:
        case.get(ChildView, said.id).how_weighted = how_weighted
    return row.id if before else case.new(row).id

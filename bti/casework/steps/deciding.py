"""Step 5: the way forward. One outcome, barnets beste beside it, and the child is told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bti.casework import story
from bti.casework.door import OpenCase, use_case
from bti.casework.people import people
from bti.casework.people.people import Person
from bti.casework.said import best_interests as assessment
from bti.casework.said import childs_voice, telling
from bti.casework.steps import closing
from bti.casework.story import (
    AssessmentView,
    ChildPlanView,
    ChildViewView,
    DecisionView,
    EvaluationView,
    InformView,
    OppmerksomhetView,
)
from bti.errors import Reason, Refused
from bti.rules import decision as rule
from bti.rules.access import Action
from bti.rules.best_interests import AssessedFor, Factor
from bti.rules.childs_voice import HeardFor
from bti.rules.consent import Category
from bti.rules.decision import FamilyAgrees
from bti.rules.evaluation import OppmerksomhetStatus
from bti.rules.guards import Missing, Standing, before_leaving
from bti.rules.workflow import LEADS_TO, CaseStatus, DecisionOutcome, Step, check_here
from bti.store.tables import Decision, Oppmerksomhet


@dataclass(frozen=True)
class DecideView:
    """What step 5 shows."""

    people: tuple[Person, ...]
    concerns: tuple[tuple[OppmerksomhetView, OppmerksomhetStatus], ...]
    evaluations: tuple[EvaluationView, ...]
    child_plan: ChildPlanView | None
    child_view: ChildViewView | None
    best_interests: AssessmentView | None
    suggested: DecisionOutcome
    follows: frozenset[DecisionOutcome]
    """The outcomes the evaluation speaks for; another one says why."""
    decision: DecisionView | None
    informing: InformView | None
    suggested_teller: UUID | None
    tell_by: date
    missing: tuple[Missing, ...]


def view(case: OpenCase) -> DecideView:
    """Return what step 5 shows this person."""
    evaluated = story.final(story.evaluations(case), case.round)
    concerns = _concerns(case, evaluated)
    plan, said, heard = story.heard_now(case, story.child_plans(case), story.child_views(case), HeardFor.EVALUATION)
    best = assessment.of(story.assessments(case), AssessedFor.DECISION, case.round)
    decided = story.of_round(story.decisions(case), case.round)
    informing = story.of_round(story.informing(case), case.round)
    now = Standing(
        case.level,
        case.mode,
        best_interests_decision=best is not None,
        has_decision=decided is not None and _stands(decided, concerns, evaluated),
        child_is_informed=informing is not None,
        child_for_evaluation=heard,
    )
    return DecideView(
        people=people.people(case),
        concerns=concerns,
        evaluations=evaluated,
        child_plan=plan,
        child_view=said,
        best_interests=best,
        suggested=rule.suggested([s for _, s in concerns], [e.effect for e in evaluated]),
        follows=frozenset(outcome for outcome in DecisionOutcome if _follows(outcome, concerns, evaluated)),
        decision=decided,
        informing=informing,
        suggested_teller=plan.interviewer if plan else None,
        tell_by=childs_voice.told_by(case),
        missing=before_leaving(Step.VEIEN_VIDERE, now),
    )


def _concerns(
    case: OpenCase, evaluated: tuple[EvaluationView, ...]
) -> tuple[tuple[OppmerksomhetView, OppmerksomhetStatus], ...]:
    open_now = (c for c in story.oppmerksomheter(case) if c.closed_round is None or c.closed_round == case.round)
    return tuple((c, story.status_of(c, evaluated, case.round)) for c in open_now)


def _follows(
    outcome: DecisionOutcome,
    concerns: tuple[tuple[OppmerksomhetView, OppmerksomhetStatus], ...],
    evaluated: tuple[EvaluationView, ...],
) -> bool:
    return rule.agrees(outcome, [s for _, s in concerns], [(e.effect, e.outcome) for e in evaluated])


def _stands(
    decided: DecisionView,
    concerns: tuple[tuple[OppmerksomhetView, OppmerksomhetStatus], ...],
    evaluated: tuple[EvaluationView, ...],
) -> bool:
    """Say whether the decision still follows: a concern may have been set by hand after it was written."""
    return bool(decided.deviation_reason.strip()) or _follows(decided.outcome, concerns, evaluated)


@use_case(Action.LEAD)
def set_concern(case: OpenCase, *, oppmerksomhet: UUID, status: OppmerksomhetStatus, version: int) -> UUID:
    """Set by hand where a concern stands, when it is not as the evaluation suggests; the next evaluation speaks anew."""
    check_here(case.step, case.status, Step.EVALUERING, Step.VEIEN_VIDERE)
    _check_not_on_the_way_out(case)
    row = case.get(Oppmerksomhet, oppmerksomhet, version)
    row.status = status
    return row.id


@use_case(Action.LEAD)
def decide(
    case: OpenCase,
    *,
    best_interests: str,
    factors: Collection[Factor] = (),
    outcome: DecisionOutcome,
    family_agrees: FamilyAgrees,
    family_wants_instead: str,
    deviation_reason: str,
    version: int,
) -> UUID:
    """Write down what is best for the child now, and the one way forward that follows (R-17, R-36, R-58)."""
    check_here(case.step, case.status, Step.VEIEN_VIDERE)
    _check_not_on_the_way_out(case)
    evaluated = story.final(story.evaluations(case), case.round)
    follows = _follows(outcome, _concerns(case, evaluated), evaluated)
    rule.check(follows, deviation_reason, family_agrees, family_wants_instead)
    assessment.save(case, AssessedFor.DECISION, best_interests, factors)
    before = story.of_round(story.decisions(case), case.round)
    row = (
        case.get(Decision, before.id, version)
        if before
        else Decision(round=case.round, category=Category.TILTAK_AND_EVALUATION)
    )
    row.outcome, row.family_agrees, row.decided_at = outcome, family_agrees, case.at
    row.family_wants_instead, row.deviation_reason = family_wants_instead, deviation_reason
    return row.id if before else case.new(row).id


@use_case(Action.LEAD)
def agree_who_tells(case: OpenCase, *, who: UUID, by: date, how: str = "", version: int) -> UUID:
    """Agree who tells the child what was decided, by when, and how when it is not in a conversation (R-33)."""
    check_here(case.step, case.status, Step.VEIEN_VIDERE)
    return telling.agree(case, who=who, by=by, how=how, version=version)


@use_case(Action.LEAD)
def carry_out(case: OpenCase) -> None:
    """Do what was decided: close the log, or go round once more. A closed log shares nothing (R-17 to R-19)."""
    check_here(case.step, case.status, Step.VEIEN_VIDERE)
    _check_not_on_the_way_out(case)
    decided = story.of_round(story.decisions(case), case.round)
    if decided is None or view(case).missing:
        raise Refused(Reason.STEP_NOT_DONE, field="step")
    evaluated = story.final(story.evaluations(case), case.round)
    for concern, status in _concerns(case, evaluated):
        settled = status is OppmerksomhetStatus.GONE or decided.outcome is DecisionOutcome.CLOSE
        case.get(Oppmerksomhet, concern.id).closed_round = case.round if settled else None
    if decided.outcome is DecisionOutcome.CLOSE:
        closing.shut(case, rule.CLOSED_BECAUSE[decided.outcome])
        return
    row = case.own_row()
    row.status, row.step = LEADS_TO[decided.outcome]
    if row.status is CaseStatus.OPEN:
        row.round += 1


def _check_not_on_the_way_out(case: OpenCase) -> None:
    """Refuse a new decision while the old one is carried out: only the family's no leads back (model.md 4)."""
    if case.status is CaseStatus.ESCALATING:
        raise Refused(Reason.ON_THE_WAY_OUT)

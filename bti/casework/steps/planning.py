"""Step 2: what we look at together, what we want to reach, and who does what until when."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, time
from uuid import UUID

from bti.casework import story
from bti.casework.door import OpenCase, use_case
from bti.casework.people import people
from bti.casework.people.people import Person
from bti.casework.said import about_guardian, best_interests, childs_voice
from bti.casework.said.childs_voice import NOTHING_MORE, More
from bti.casework.said.succeeding import succeed
from bti.casework.steps import preparing
from bti.casework.story import (
    AssessmentView,
    ChildPlanView,
    ChildViewView,
    MeetingView,
    OppmerksomhetView,
    ProposalView,
    TextView,
    TiltakView,
)
from bti.errors import Reason, Refused
from bti.rules import tiltak as rule
from bti.rules.access import Action
from bti.rules.best_interests import AssessedFor, Factor
from bti.rules.childs_voice import ChildTakesPart, HeardFor, ShareWith
from bti.rules.consent import Category
from bti.rules.guards import Missing, Standing, before_leaving
from bti.rules.meeting import MeetingType
from bti.rules.people import ServiceKind
from bti.rules.school_calendar import evaluation_day
from bti.rules.situation import BUILT_ON, SituationKind
from bti.rules.tiltak import Arena, Dates, EvaluationMode, FamilySays, TiltakStatus
from bti.rules.workflow import Step, check_here, check_round
from bti.store.tables import ChildViewPlan, Goal, Oppmerksomhet, Tiltak


@dataclass(frozen=True)
class PlanView:
    """What step 2 shows."""

    people: tuple[Person, ...]
    child_plan: ChildPlanView | None
    child_view: ChildViewView | None
    oppmerksomheter: tuple[OppmerksomhetView, ...]
    tiltak: tuple[TiltakView, ...]
    meeting: MeetingView | None
    suggested_day: date
    best_interests: AssessmentView | None
    missing: tuple[Missing, ...]


def view(case: OpenCase) -> PlanView:
    """Return what step 2 shows this person."""
    concerns, planned = _in_the_plan(case)
    meeting = story.evaluation_meeting(story.meetings(case), case.round)
    plan, said, heard = story.heard_now(case, story.child_plans(case), story.child_views(case), HeardFor.PLAN)
    best = best_interests.of(story.assessments(case), AssessedFor.PLAN, case.round)
    now = Standing(
        case.level,
        case.mode,
        has_oppmerksomhet=bool(concerns),
        complete_tiltak=sum(t.is_complete and t.family_says is not FamilySays.NO for t in planned),
        evaluation_meeting=meeting is not None,
        child_for_plan=heard,
        best_interests_plan=best is not None,
        carried_on=case.carried_on,
    )
    return PlanView(
        people=people.people(case),
        child_plan=plan,
        child_view=said,
        oppmerksomheter=tuple(concerns),
        tiltak=tuple(planned),
        meeting=meeting,
        suggested_day=evaluation_day(case.today, childs_voice.holidays()),
        best_interests=best,
        missing=before_leaving(Step.PLANLEGG_TILTAK, now),
    )


def _in_the_plan(case: OpenCase) -> tuple[list[OppmerksomhetView], list[TiltakView]]:
    """Return what is looked at and what is done: while it is planned what is open, afterwards what the round had."""
    concerns, planned = story.oppmerksomheter(case), story.tiltak(case)
    if case.stands_in(Step.PLANLEGG_TILTAK):
        return [c for c in concerns if c.closed_round is None], [t for t in planned if t.status is TiltakStatus.PLANNED]
    held = story.evaluations(case)
    return story.concerns_in(concerns, case.round), story.tiltak_in(planned, held, case.round)


def resources(case: OpenCase) -> tuple[TextView, ...]:
    """Return what can be built on and what has been tried, for where the tiltak are chosen (S0-29, S2-12)."""
    return tuple(t for t in story.situation(case) if t.text and t.kind in {*BUILT_ON, SituationKind.TRIED})


def proposals(case: OpenCase) -> tuple[ProposalView, ...]:
    """Return the help that is offered in this round."""
    return tuple(p for p in story.proposals(case) if p.round == case.round)


@use_case(Action.WRITE)
def save_child_view(
    case: OpenCase,
    *,
    words: str,
    share_with: ShareWith,
    named: Collection[UUID],
    more: More = NOTHING_MORE,
    version: int,
) -> UUID:
    """Keep what the child wants to be known when the plan is made (R-34)."""
    check_here(case.step, case.status, Step.OPPSTART, Step.PLANLEGG_TILTAK)
    return childs_voice.save(
        case,
        HeardFor.PLAN,
        words=words,
        experienced_change="",
        share_with=share_with,
        named=named,
        more=more,
        version=version,
    )


@use_case(Action.WRITE)
def save_oppmerksomhet(
    case: OpenCase,
    *,
    title: str,
    goal: str,
    oppmerksomhet: UUID | None = None,
    about: UUID | None = None,
    version: int,
) -> UUID:
    """Write down what we look at together, and what we want to reach. Without a goal the concern is the goal (R-27).

    ``about`` a guardian personally, it and all under it is that guardian's to share (R-59).
    """
    check_here(case.step, case.status, Step.PLANLEGG_TILTAK)
    if about is not None:
        about_guardian.check(case, about)
    if oppmerksomhet is not None:
        return _change_oppmerksomhet(case, oppmerksomhet, version, title, goal, about)
    before = story.oppmerksomheter(case)
    row = case.new(
        Oppmerksomhet(
            title=title,
            category=Category.FAMILY_HOME if about else Category.TILTAK_AND_EVALUATION,
            about_guardian=about,
            opened_round=case.round,
            order_no=len(before) + 1,
        )
    )
    case.new(Goal(oppmerksomhet_id=row.id, text=goal or None, category=row.category))
    return row.id


def _change_oppmerksomhet(case: OpenCase, key: UUID, version: int, title: str, goal: str, about: UUID | None) -> UUID:
    row = case.get(Oppmerksomhet, key, version)
    if title != row.title:
        check_round(row.opened_round, case.round, "title")
    row.title, row.updated_at = title, case.at
    if about is not None:
        about_guardian.flag_all_under(case, row, about)
    held = next((c.goal for c in story.oppmerksomheter(case) if c.id == key), None)
    if held:
        case.get(Goal, held.id).text = goal or None
    return row.id


@use_case(Action.WRITE)
def save_tiltak(
    case: OpenCase,
    *,
    text: str,
    responsible: UUID | None,
    oppmerksomhet: UUID,
    tiltak: UUID | None = None,
    version: int = 0,
) -> UUID:
    """Write down what is done and by whom; the rest follows until it is set by hand (R-21). Without who, a proposal.

    One of an earlier round is not rewritten: what it is changed into is a tiltak of this round (R-18).
    """
    check_here(case.step, case.status, Step.PLANLEGG_TILTAK)
    if responsible is not None:
        people.check_responsible(case, responsible)
    concern = next((c for c in story.oppmerksomheter(case) if c.id == oppmerksomhet), None)
    if concern is None:
        raise Refused(Reason.NOT_A_CHOICE, field="oppmerksomhet")
    if tiltak is not None:
        return _change_tiltak(case, case.get(Tiltak, tiltak, version), text, responsible, concern)
    return case.new(
        Tiltak(
            oppmerksomhet_id=concern.id,
            goal_id=concern.goal.id,
            text=text,
            responsible_id=responsible,
            round=case.round,
            order_no=len(story.tiltak(case)) + 1,
            category=concern.category,
            status=TiltakStatus.PLANNED,
            start=case.today,
        )
    ).id


def _change_tiltak(case: OpenCase, row: Tiltak, text: str, who: UUID | None, concern: OppmerksomhetView) -> UUID:
    """Change what was agreed in this round; what an earlier one agreed is followed by another. A yes is to what was read."""
    if (row.text, row.responsible_id, row.oppmerksomhet_id) == (text, who, concern.id):
        return row.id
    was_agreed = rule.is_complete(what=row.text, has_responsible=row.responsible_id is not None)
    if row.round < case.round and was_agreed:
        goal = concern.goal.id
        return succeed(case, row, text=text, responsible=who, oppmerksomhet=concern.id, goal=goal, number=case.round)
    if (row.text, row.responsible_id) != (text, who) and row.family_says is FamilySays.AGREES:
        row.family_says = row.read_aloud_at = None
    row.text, row.responsible_id = text, who
    row.oppmerksomhet_id, row.goal_id = concern.id, concern.goal.id
    case.settle(row)
    return row.id


@use_case(Action.LEAD)
def agree_evaluation(case: OpenCase, *, day: date, at: time, version: int) -> UUID:
    """Agree when we evaluate. All that nobody has set by hand moves along (R-15, R-22)."""
    check_here(case.step, case.status, Step.PLANLEGG_TILTAK, Step.IVERKSETT)
    meeting = preparing.set_day(case, MeetingType.EVALUATION, day, at, version)
    _plan_for_evaluation(case, day)
    return meeting


def _plan_for_evaluation(case: OpenCase, meeting: date) -> None:
    """Let the one who talked with the child for the plan do so before the evaluation too, until it is changed (R-32)."""
    plans = story.child_plans(case)
    due = childs_voice.due_before(case, meeting)
    before = next((p for p in plans if p.heard_for is HeardFor.EVALUATION and p.round == case.round), None)
    if before:
        case.get(ChildViewPlan, before.id).due = due
        return
    first = next((p for p in reversed(plans) if p.interviewer is not None), None)
    if first:
        childs_voice.plan(
            case,
            HeardFor.EVALUATION,
            takes_part=ChildTakesPart.HEARD_BEFORE,
            interviewer=first.interviewer,
            not_heard_reason="",
            due=due,
            version=0,
        )


@use_case(Action.WRITE)
def save_best_interests(case: OpenCase, *, text: str, factors: Collection[Factor] = (), version: int) -> UUID:
    """Write down what is best for the child in this plan, and why (R-36)."""
    check_here(case.step, case.status, Step.PLANLEGG_TILTAK)
    return best_interests.save(case, AssessedFor.PLAN, text, factors, version)


def dates_of(tiltak: TiltakView, meeting: MeetingView | None) -> Dates:
    """Return the tiltak's days, those that follow the evaluation meeting filled in."""
    days = _dates(tiltak, meeting.day if meeting else None)
    return replace(days, registered_afterwards=tiltak.registered_afterwards)


def moved(planned: Collection[TiltakView], before: date, after: date) -> tuple[TiltakView, ...]:
    """Return the tiltak with a day that moves when the evaluation meeting does, so that it can be said (R-22)."""
    return tuple(t for t in planned if _dates(t, before) != _dates(t, after))


def _dates(tiltak: TiltakView, meeting: date | None) -> Dates:
    mode = tiltak.evaluation_mode or EvaluationMode.JOINT_MEETING
    return rule.dates(tiltak.start, tiltak.deadline, tiltak.evaluation_due, meeting, mode)


def arena_of(tiltak: TiltakView, owner: ServiceKind) -> Arena:
    """Return where the tiltak is carried out, by hand or as it follows from who does it."""
    if tiltak.arena or tiltak.who is None:
        return tiltak.arena or Arena.OTHER
    return rule.arena(tiltak.who.service_kind, owner)

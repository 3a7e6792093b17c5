"""The case as it is told: what each reader may see of it, frozen. A page takes the parts it shows; the paper takes all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import and_, select

from bti import clock
from bti.casework.door import OpenCase
from bti.casework.reading import reading
from bti.rules import evaluation as judged
from bti.rules.best_interests import AssessedFor
from bti.rules.childs_voice import Heard, HeardBy, HeardFor, ShareWith
from bti.rules.consent import Category
from bti.rules.decision import FamilyAgrees
from bti.rules.evaluation import Degree, Effect, EvaluationState, FamilyFirst, OppmerksomhetStatus, TiltakOutcome
from bti.rules.meeting import MeetingState, MeetingType
from bti.rules.situation import SituationKind
from bti.rules.tiltak import Arena, FamilySays, TiltakStatus, is_complete
from bti.rules.workflow import DecisionOutcome
from bti.store.tables import (
    BestInterestsAssessment,
    ChildView,
    ChildViewPlan,
    ChildViewReader,
    Decision,
    Evaluation,
    Goal,
    InformChildTask,
    Meeting,
    Oppmerksomhet,
    RoundEvaluation,
    SituationText,
    Tiltak,
)


class OfRound(Protocol):
    """Something that belongs to one round."""

    @property
    def round(self) -> int:
        """Which round."""


T = TypeVar("T", bound=OfRound)


@dataclass(frozen=True)
class TextView:
    """An answer about the situation."""

    id: UUID
    round: int
    kind: SituationKind
    text: str
    category: Category
    version: int
    updated_at: datetime


@dataclass(frozen=True)
class GoalView:
    """A goal; without words of its own it is the concern itself."""

    id: UUID
    text: str | None
    version: int


@dataclass(frozen=True)
class TiltakView:
    """A tiltak as the reader may see it. Days that follow the evaluation meeting are empty here."""

    id: UUID
    oppmerksomhet: UUID
    text: str
    responsible: UUID | None
    arena: Arena | None
    start: date
    deadline: date | None
    evaluation_due: date | None
    status: TiltakStatus
    ended_on: date | None
    family_says: FamilySays | None
    round: int
    order_no: int
    category: Category
    version: int
    updated_at: datetime

    @property
    def is_complete(self) -> bool:
        """Whether it has what and who; until then it is a proposal."""
        return is_complete(what=self.text, has_responsible=self.responsible is not None)


@dataclass(frozen=True)
class Successor:
    """A tiltak another one was changed into."""

    id: UUID
    predecessor: UUID


@dataclass(frozen=True)
class EvaluationView:
    """What a tiltak has done, in one round."""

    id: UUID
    tiltak: UUID
    oppmerksomhet: UUID
    round: int
    family_first: FamilyFirst
    why_not_answered: str
    effect: Effect
    outcome: TiltakOutcome
    reason: str
    best_interests: str
    state: EvaluationState
    version: int
    updated_at: datetime


@dataclass(frozen=True)
class OppmerksomhetView:
    """What we look at together, with its goal."""

    id: UUID
    title: str
    goal: GoalView
    status_by_hand: OppmerksomhetStatus | None
    opened_round: int
    closed_round: int | None
    category: Category
    version: int
    updated_at: datetime


@dataclass(frozen=True)
class ChildPlanView:
    """How the child is heard before a meeting."""

    id: UUID
    round: int
    heard_for: HeardFor
    attends: bool
    interviewer: UUID | None
    due: date | None
    not_heard_reason: str
    version: int


@dataclass(frozen=True)
class ChildViewView:
    """What the child has said that this reader may read."""

    id: UUID
    round: int
    heard_for: HeardFor
    heard_on: date
    heard_by: UUID | None
    method: HeardBy
    words: str
    experienced_change: str
    share_with: ShareWith
    named: frozenset[UUID]
    how_weighted: str
    version: int
    updated_at: datetime


@dataclass(frozen=True)
class AssessmentView:
    """What is best for the child, and why."""

    id: UUID
    round: int
    assessed_for: AssessedFor
    text: str
    version: int
    updated_at: datetime


@dataclass(frozen=True)
class MeetingView:
    """A meeting of the case."""

    id: UUID
    round: int
    type: MeetingType
    start: datetime
    planned_end: datetime
    place: str
    state: MeetingState
    version: int

    @property
    def day(self) -> date:
        """The day it is held, in Oslo."""
        return clock.day(self.start)


@dataclass(frozen=True)
class RoundView:
    """How much the child's situation has changed."""

    id: UUID
    round: int
    degree: Degree
    text: str
    version: int
    updated_at: datetime


@dataclass(frozen=True)
class DecisionView:
    """The way forward that was chosen."""

    id: UUID
    round: int
    outcome: DecisionOutcome
    family_agrees: FamilyAgrees
    family_wants_instead: str
    deviation_reason: str
    decided_at: datetime
    version: int


@dataclass(frozen=True)
class InformView:
    """Who tells the child."""

    id: UUID
    round: int
    who: UUID
    by: date
    done_at: datetime | None
    version: int


_SITUATION = reading(
    select(
        SituationText.id,
        SituationText.round,
        SituationText.kind,
        SituationText.text,
        SituationText.category,
        SituationText.version,
        SituationText.updated_at,
    ).order_by(SituationText.round, SituationText.id),
    SituationText,
)
_CONCERNS = reading(
    select(
        Oppmerksomhet.id,
        Oppmerksomhet.title,
        Oppmerksomhet.status.label("status_by_hand"),
        Oppmerksomhet.opened_round,
        Oppmerksomhet.closed_round,
        Oppmerksomhet.category,
        Oppmerksomhet.version,
        Oppmerksomhet.updated_at,
        Goal.id.label("goal_id"),
        Goal.text.label("goal_text"),
        Goal.version.label("goal_version"),
    )
    .join(Goal, Goal.oppmerksomhet_id == Oppmerksomhet.id)
    .order_by(Oppmerksomhet.order_no, Oppmerksomhet.id),
    Oppmerksomhet,
    Goal,
)
_TILTAK = reading(
    select(
        Tiltak.id,
        Tiltak.oppmerksomhet_id.label("oppmerksomhet"),
        Tiltak.text,
        Tiltak.responsible_id.label("responsible"),
        Tiltak.arena,
        Tiltak.start,
        Tiltak.deadline,
        Tiltak.evaluation_due,
        Tiltak.status,
        Tiltak.ended_on,
        Tiltak.family_says,
        Tiltak.round,
        Tiltak.order_no,
        Tiltak.category,
        Tiltak.version,
        Tiltak.updated_at,
    ).order_by(Tiltak.order_no, Tiltak.id),
    Tiltak,
)
_SUCCESSORS = reading(select(Tiltak.id, Tiltak.predecessor_id).where(Tiltak.predecessor_id.is_not(None)), Tiltak)
_PLANS = reading(
    select(
        ChildViewPlan.id,
        ChildViewPlan.round,
        ChildViewPlan.heard_for,
        ChildViewPlan.attends,
        ChildViewPlan.interviewer_id.label("interviewer"),
        ChildViewPlan.due,
        ChildViewPlan.not_heard_reason,
        ChildViewPlan.version,
    ).order_by(ChildViewPlan.round, ChildViewPlan.id),
    ChildViewPlan,
)
_VIEWS = reading(
    select(
        ChildView.id,
        ChildView.round,
        ChildView.heard_for,
        ChildView.heard_on,
        ChildView.heard_by_id.label("heard_by"),
        ChildView.method,
        ChildView.words,
        ChildView.experienced_change,
        ChildView.share_with,
        ChildView.how_weighted,
        ChildView.version,
        ChildView.updated_at,
        ChildViewReader.service_id,
    )
    .outerjoin(
        ChildViewReader,
        and_(ChildViewReader.case_id == ChildView.case_id, ChildViewReader.child_view_id == ChildView.id),
    )
    .order_by(ChildView.round, ChildView.id),
    ChildView,
)
_ASSESSMENTS = reading(
    select(
        BestInterestsAssessment.id,
        BestInterestsAssessment.round,
        BestInterestsAssessment.assessed_for,
        BestInterestsAssessment.text,
        BestInterestsAssessment.version,
        BestInterestsAssessment.updated_at,
    ).order_by(BestInterestsAssessment.round, BestInterestsAssessment.id),
    BestInterestsAssessment,
)
_MEETINGS = reading(
    select(
        Meeting.id,
        Meeting.round,
        Meeting.type,
        Meeting.start,
        Meeting.planned_end,
        Meeting.place,
        Meeting.state,
        Meeting.version,
    )
    .where(Meeting.state != MeetingState.CANCELLED)
    .order_by(Meeting.start),
    Meeting,
)
_EVALUATIONS = reading(
    select(
        Evaluation.id,
        Evaluation.tiltak_id.label("tiltak"),
        Evaluation.oppmerksomhet_id.label("oppmerksomhet"),
        Evaluation.round,
        Evaluation.family_first,
        Evaluation.why_not_answered,
        Evaluation.effect,
        Evaluation.outcome,
        Evaluation.reason,
        Evaluation.best_interests,
        Evaluation.state,
        Evaluation.version,
        Evaluation.updated_at,
    ).order_by(Evaluation.round, Evaluation.id),
    Evaluation,
)
_ROUNDS = reading(
    select(
        RoundEvaluation.id,
        RoundEvaluation.round,
        RoundEvaluation.degree,
        RoundEvaluation.text,
        RoundEvaluation.version,
        RoundEvaluation.updated_at,
    ).order_by(RoundEvaluation.round),
    RoundEvaluation,
)
_DECISIONS = reading(
    select(
        Decision.id,
        Decision.round,
        Decision.outcome,
        Decision.family_agrees,
        Decision.family_wants_instead,
        Decision.deviation_reason,
        Decision.decided_at,
        Decision.version,
    ).order_by(Decision.round),
    Decision,
)
_INFORMING = reading(
    select(
        InformChildTask.id,
        InformChildTask.round,
        InformChildTask.who_id.label("who"),
        InformChildTask.by,
        InformChildTask.done_at,
        InformChildTask.version,
    ).order_by(InformChildTask.round),
    InformChildTask,
)


def situation(case: OpenCase) -> tuple[TextView, ...]:
    """Return what is known of the situation, all rounds."""
    return tuple(TextView(**row._mapping) for row in case.read(_SITUATION))


def oppmerksomheter(case: OpenCase) -> tuple[OppmerksomhetView, ...]:
    """Return what we look at together, each with its goal."""
    rows = (dict(row._mapping) for row in case.read(_CONCERNS))
    return tuple(
        OppmerksomhetView(goal=GoalView(row.pop("goal_id"), row.pop("goal_text"), row.pop("goal_version")), **row)
        for row in rows
    )


def tiltak(case: OpenCase) -> tuple[TiltakView, ...]:
    """Return the tiltak, proposals among them."""
    return tuple(TiltakView(**row._mapping) for row in case.read(_TILTAK))


def successors(case: OpenCase) -> tuple[Successor, ...]:
    """Return which tiltak were changed into which."""
    return tuple(Successor(row.id, row.predecessor_id) for row in case.read(_SUCCESSORS))


def child_plans(case: OpenCase) -> tuple[ChildPlanView, ...]:
    """Return how the child is heard before each meeting."""
    rows = (dict(row._mapping) for row in case.read(_PLANS))
    return tuple(ChildPlanView(**(row | {"not_heard_reason": row["not_heard_reason"] or ""})) for row in rows)


def child_views(case: OpenCase) -> tuple[ChildViewView, ...]:
    """Return what the child has said, as far as the child lets this reader read it (R-34)."""
    said: dict[UUID, dict[str, Any]] = {}
    named: dict[UUID, set[UUID]] = {}
    for row in case.read(_VIEWS):
        words = dict(row._mapping)
        reader = words.pop("service_id")
        said[row.id] = words | {"how_weighted": row.how_weighted or ""}
        named.setdefault(row.id, set()).update({reader} if reader else ())
    return tuple(ChildViewView(**words, named=frozenset(named[key])) for key, words in said.items())


def assessments(case: OpenCase) -> tuple[AssessmentView, ...]:
    """Return the barnets-beste texts."""
    return tuple(AssessmentView(**row._mapping) for row in case.read(_ASSESSMENTS))


def meetings(case: OpenCase) -> tuple[MeetingView, ...]:
    """Return the meetings, in order."""
    return tuple(MeetingView(**row._mapping) for row in case.read(_MEETINGS))


def evaluations(case: OpenCase) -> tuple[EvaluationView, ...]:
    """Return the evaluations, all rounds."""
    return tuple(EvaluationView(**row._mapping) for row in case.read(_EVALUATIONS))


def rounds(case: OpenCase) -> tuple[RoundView, ...]:
    """Return the judgement of each round."""
    return tuple(RoundView(**row._mapping) for row in case.read(_ROUNDS))


def decisions(case: OpenCase) -> tuple[DecisionView, ...]:
    """Return the decisions."""
    return tuple(DecisionView(**row._mapping) for row in case.read(_DECISIONS))


def informing(case: OpenCase) -> tuple[InformView, ...]:
    """Return who tells the child, for each round."""
    return tuple(InformView(**row._mapping) for row in case.read(_INFORMING))


def of_round(things: Sequence[T], number: int) -> T | None:
    """Return the thing of the round, if there is one."""
    return next((thing for thing in things if thing.round == number), None)


def evaluation_meeting(held: Sequence[MeetingView], number: int) -> MeetingView | None:
    """Return the evaluation meeting of the round, when it is agreed."""
    return next((m for m in held if m.type is MeetingType.EVALUATION and m.round == number), None)


def heard(
    plans: Sequence[ChildPlanView], views: Sequence[ChildViewView], heard_for: HeardFor, number: int
) -> tuple[ChildPlanView | None, ChildViewView | None, Heard]:
    """Return the plan and the view for one meeting of the round, and what the rule asks about them (R-32)."""
    plan = next((p for p in plans if p.heard_for is heard_for and p.round == number), None)
    view = next((v for v in views if v.heard_for is heard_for and v.round == number), None)
    known = Heard(has_view=view is not None)
    if plan:
        known = Heard(plan.attends, plan.interviewer is not None, plan.due, plan.not_heard_reason, view is not None)
    return plan, view, known


def status_of(concern: OppmerksomhetView, evaluated: Sequence[EvaluationView], number: int) -> OppmerksomhetStatus:
    """Return where a concern stands: as set by hand, else as its tiltak were evaluated in the round."""
    if concern.status_by_hand:
        return concern.status_by_hand
    mine = [(e.effect, e.outcome) for e in evaluated if e.oppmerksomhet == concern.id and e.round == number]
    return judged.concern_after(mine)


@dataclass(frozen=True)
class Whole:
    """All of the case that the reader may see."""

    situation: tuple[TextView, ...]
    oppmerksomheter: tuple[OppmerksomhetView, ...]
    tiltak: tuple[TiltakView, ...]
    child_plans: tuple[ChildPlanView, ...]
    child_views: tuple[ChildViewView, ...]
    assessments: tuple[AssessmentView, ...]
    meetings: tuple[MeetingView, ...]
    evaluations: tuple[EvaluationView, ...]
    rounds: tuple[RoundView, ...]
    decisions: tuple[DecisionView, ...]
    informing: tuple[InformView, ...]


def whole(case: OpenCase) -> Whole:
    """Return all of the case that the reader may see, one statement for each kind of row."""
    return Whole(
        situation=situation(case),
        oppmerksomheter=oppmerksomheter(case),
        tiltak=tiltak(case),
        child_plans=child_plans(case),
        child_views=child_views(case),
        assessments=assessments(case),
        meetings=meetings(case),
        evaluations=evaluations(case),
        rounds=rounds(case),
        decisions=decisions(case),
        informing=informing(case),
    )

"""What was evaluated and decided in the meetings, and who tells the child."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeVar
from uuid import UUID

from sqlalchemy import select

from bti.casework.door import OpenCase
from bti.casework.ground.reading import reading
from bti.casework.story.plan import OppmerksomhetView, TiltakView
from bti.rules import evaluation as judged
from bti.rules.decision import FamilyAgrees
from bti.rules.evaluation import Degree, Effect, EvaluationState, FamilyFirst, OppmerksomhetStatus, TiltakOutcome
from bti.rules.workflow import DecisionOutcome
from bti.store.tables import (
    Decision,
    Evaluation,
    EvaluationVoice,
    InformChildTask,
    RoundEvaluation,
)


class OfRound(Protocol):
    """Something that belongs to one round."""

    @property
    def round(self) -> int:
        """Which round."""


T = TypeVar("T", bound=OfRound)


@dataclass(frozen=True)
class VoiceView:
    """What one person says about a tiltak."""

    said_by: UUID
    text: str
    effect: Effect | None
    version: int


@dataclass(frozen=True)
class EvaluationView:
    """What a tiltak has done, in one round."""

    id: UUID
    tiltak: UUID
    oppmerksomhet: UUID
    round: int
    family_first: FamilyFirst | None
    why_not_answered: str
    effect: Effect
    outcome: TiltakOutcome
    changed_text: str
    reason: str
    best_interests: str
    state: EvaluationState
    version: int
    updated_at: datetime
    voices: tuple[VoiceView, ...]

    @property
    def is_final(self) -> bool:
        """Whether the stafettholder has completed it; until then it decides nothing (R-30)."""
        return self.state is EvaluationState.FINAL


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
    how: str
    done_at: datetime | None
    version: int


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
        Evaluation.changed_text,
        Evaluation.reason,
        Evaluation.best_interests,
        Evaluation.state,
        Evaluation.version,
        Evaluation.updated_at,
    ).order_by(Evaluation.round, Evaluation.id),
    Evaluation,
)


_VOICES = reading(
    select(
        EvaluationVoice.evaluation_id,
        EvaluationVoice.said_by_id.label("said_by"),
        EvaluationVoice.text,
        EvaluationVoice.effect,
        EvaluationVoice.version,
    ).order_by(EvaluationVoice.id),
    EvaluationVoice,
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
        InformChildTask.how,
        InformChildTask.done_at,
        InformChildTask.version,
    ).order_by(InformChildTask.round),
    InformChildTask,
)


def evaluations(case: OpenCase, *, with_voices: bool = False) -> tuple[EvaluationView, ...]:
    """Return the evaluations, all rounds; what each has said about a tiltak only where it is shown."""
    said: dict[UUID, list[VoiceView]] = {}
    for row in case.read(_VOICES) if with_voices else ():
        voice = VoiceView(row.said_by, row.text, row.effect, row.version)
        said.setdefault(row.evaluation_id, []).append(voice)
    return tuple(EvaluationView(**row._mapping, voices=tuple(said.get(row.id, ()))) for row in case.read(_EVALUATIONS))


def final(evaluated: Sequence[EvaluationView], number: int) -> tuple[EvaluationView, ...]:
    """Return the evaluations of the round that are completed: what is only sent in decides nothing (R-30)."""
    return tuple(e for e in evaluated if e.round == number and e.is_final)


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


def tiltak_in(planned: Sequence[TiltakView], evaluated: Sequence[EvaluationView], number: int) -> list[TiltakView]:
    """Return the tiltak of a round: those that were evaluated in it, and those that go on."""
    ended = {e.tiltak for e in evaluated if e.round == number}
    return [t for t in planned if t.round <= number and (t.id in ended or t.ended_on is None)]


def status_of(concern: OppmerksomhetView, evaluated: Sequence[EvaluationView], number: int) -> OppmerksomhetStatus:
    """Return where a concern stands: as set by hand, else as its tiltak were evaluated in the round."""
    if concern.status_by_hand:
        return concern.status_by_hand
    mine = [(e.effect, e.outcome) for e in evaluated if e.oppmerksomhet == concern.id and e.round == number]
    return judged.concern_after(mine)

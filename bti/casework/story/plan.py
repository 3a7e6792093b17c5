"""What the case is about and what is done: the situation, what we look at together, the goals and the tiltak."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from bti.casework.door import OpenCase
from bti.casework.reading import reading
from bti.rules.consent import Category
from bti.rules.evaluation import OppmerksomhetStatus
from bti.rules.situation import SituationKind
from bti.rules.tiltak import Arena, FamilySays, TiltakStatus, is_complete
from bti.store.tables import (
    Goal,
    Oppmerksomhet,
    SituationText,
    Tiltak,
)


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

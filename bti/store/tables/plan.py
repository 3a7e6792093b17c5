"""The situation, what we look at together, the goals and the tiltak."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bti.rules.consent import Category
from bti.rules.evaluation import Effect, OppmerksomhetStatus
from bti.rules.goal import Area, GoalStatus
from bti.rules.privacy import LONG, MEDIUM
from bti.rules.situation import SituationKind, TriedBy
from bti.rules.tiltak import Arena, EvaluationMode, FamilySays, NoteKind, ProposalStatus, TiltakStatus
from bti.store.tables.base import Base, OfCase, Versioned, now, short, within_case


class Written(Versioned):
    """A row with people's words: what they are about, and the service its author acted for.

    What is about a guardian personally lies in the category of the family, or among the child's words (R-59).
    """

    category: Mapped[Category]
    about_guardian: Mapped[UUID | None]
    written_for: Mapped[UUID | None]
    written_at: Mapped[datetime] = mapped_column(default=now)
    """Which owner's time it was written in (R-62). It is never changed."""

    @classmethod
    def of_words(cls) -> tuple[Any, ...]:
        """Give what every table with people's words is held to."""
        return (
            ForeignKeyConstraint(["about_guardian"], ["guardian.id"]),
            CheckConstraint(
                "about_guardian IS NULL OR category IN ('family_home', 'child_statements')", name="about_guardian"
            ),
        )


class SituationText(OfCase, Written, Base):
    """One text about the child's situation, in one round; ``further`` is what stands beside the three questions of step 1.

    Who has seen or tells it may stand with it; what was tried before has its own few words (S2-12).
    """

    __tablename__ = "situation_text"
    constraints = (
        UniqueConstraint("case_id", "round", "kind", "about_guardian"),
        within_case("by_id", table="participant"),
        CheckConstraint("by_id IS NULL OR kind IN ('told', 'observation')", name="said_by"),
        CheckConstraint("kind = 'tried' OR (period IS NULL AND effect IS NULL AND tried_by IS NULL)", name="tried"),
        CheckConstraint("(kind = 'about_guardian') = (about_guardian IS NOT NULL)", name="about_whom"),
        Index(
            "uq_situation_text_case_id_round_kind",
            "case_id",
            "round",
            "kind",
            unique=True,
            sqlite_where=text("about_guardian IS NULL AND NOT further"),
            postgresql_where=text("about_guardian IS NULL AND NOT further"),
        ),
    )

    round: Mapped[int]
    kind: Mapped[SituationKind]
    text: Mapped[str] = short(LONG)
    further: Mapped[bool] = mapped_column(default=False)
    by_id: Mapped[UUID | None]
    period: Mapped[str | None] = short()
    effect: Mapped[Effect | None]
    tried_by: Mapped[TriedBy | None]


class Oppmerksomhet(OfCase, Written, Base):
    """What we look at together. ``status`` is empty until somebody sets it by hand; it then follows the evaluation."""

    __tablename__ = "oppmerksomhet"

    title: Mapped[str] = short()
    description: Mapped[str | None] = short(LONG)
    area: Mapped[Area | None]
    status: Mapped[OppmerksomhetStatus | None]
    opened_round: Mapped[int]
    closed_round: Mapped[int | None]
    order_no: Mapped[int]


class Goal(OfCase, Written, Base):
    """What we want to reach for one oppmerksomhet. Without a text, the goal is the concern itself (R-27)."""

    __tablename__ = "goal"
    constraints = (
        within_case("oppmerksomhet_id", table="oppmerksomhet"),
        UniqueConstraint("case_id", "oppmerksomhet_id", "id"),
    )

    oppmerksomhet_id: Mapped[UUID]
    text: Mapped[str | None] = short(MEDIUM)
    success_sign: Mapped[str | None] = short(MEDIUM)
    status: Mapped[GoalStatus | None]


class GoalOwner(OfCase, Base):
    """Somebody whose goal it is; without one it is everybody's. It holds no words, and is read with its goal alone."""

    __tablename__ = "goal_owner"
    constraints = (
        within_case("goal_id", table="goal"),
        within_case("participant_id", table="participant"),
        UniqueConstraint("goal_id", "participant_id"),
    )

    goal_id: Mapped[UUID]
    participant_id: Mapped[UUID]


class Tiltak(OfCase, Written, Base):
    """What we do, and who does it. What is left empty follows: days from the evaluation meeting, the arena from who does it."""

    __tablename__ = "tiltak"
    constraints = (
        ForeignKeyConstraint(
            ["case_id", "oppmerksomhet_id", "goal_id"], ["goal.case_id", "goal.oppmerksomhet_id", "goal.id"]
        ),
        within_case("oppmerksomhet_id", table="oppmerksomhet"),
        within_case("responsible_id", table="participant"),
        within_case("predecessor_id", table="tiltak"),
        within_case("follow_up_by_id", table="participant"),
        CheckConstraint("deadline IS NULL OR start <= deadline", name="deadline"),
        CheckConstraint("evaluation_due IS NULL OR start <= evaluation_due", name="evaluation_due"),
        CheckConstraint("(status = 'planned') = (ended_on IS NULL)", name="ended"),
    )

    oppmerksomhet_id: Mapped[UUID]
    goal_id: Mapped[UUID]
    text: Mapped[str] = short(MEDIUM)
    responsible_id: Mapped[UUID | None]
    arena: Mapped[Arena | None]
    start: Mapped[date]
    deadline: Mapped[date | None]
    evaluation_due: Mapped[date | None]
    evaluation_mode: Mapped[EvaluationMode | None]
    follow_up_how: Mapped[str | None] = short(MEDIUM)
    follow_up_by_id: Mapped[UUID | None]
    requires_formal_decision: Mapped[bool | None]
    status: Mapped[TiltakStatus] = mapped_column(default=TiltakStatus.PLANNED)
    ended_on: Mapped[date | None]
    family_says: Mapped[FamilySays | None]
    read_aloud_at: Mapped[datetime | None]
    predecessor_id: Mapped[UUID | None]
    round: Mapped[int]
    order_no: Mapped[int]


class TiltakContributor(OfCase, Base):
    """Somebody who helps with a tiltak. It holds no words, and is read with its tiltak alone."""

    __tablename__ = "tiltak_contributor"
    constraints = (
        within_case("tiltak_id", table="tiltak"),
        within_case("participant_id", table="participant"),
        UniqueConstraint("tiltak_id", "participant_id"),
    )

    tiltak_id: Mapped[UUID]
    participant_id: Mapped[UUID]


class TiltakProposal(OfCase, Written, Base):
    """Help that is offered, and what the family has said to it. A yes makes a tiltak of it (S2-20, S2-22)."""

    __tablename__ = "tiltak_proposal"
    constraints = (
        within_case("oppmerksomhet_id", table="oppmerksomhet"),
        within_case("offered_by_id", table="participant"),
        within_case("decided_by_id", table="participant"),
        within_case("tiltak_id", table="tiltak"),
        CheckConstraint("(status = 'accepted') = (tiltak_id IS NOT NULL)", name="accepted"),
        CheckConstraint("(status = 'proposed') = (decided_by_id IS NULL)", name="decided"),
    )

    oppmerksomhet_id: Mapped[UUID | None]
    offered_by_id: Mapped[UUID]
    text: Mapped[str] = short(MEDIUM)
    status: Mapped[ProposalStatus] = mapped_column(default=ProposalStatus.PROPOSED)
    decided_by_id: Mapped[UUID | None]
    tiltak_id: Mapped[UUID | None]
    round: Mapped[int]


class ProgressNote(OfCase, Written, Base):
    """A note on the way, or a lysglimt: what somebody saw on a day. It is about what its tiltak is about."""

    __tablename__ = "progress_note"
    constraints = (
        within_case("tiltak_id", table="tiltak"),
        within_case("oppmerksomhet_id", table="oppmerksomhet"),
        within_case("by_id", table="participant"),
    )

    tiltak_id: Mapped[UUID]
    oppmerksomhet_id: Mapped[UUID]
    round: Mapped[int]
    on: Mapped[date]
    by_id: Mapped[UUID]
    kind: Mapped[NoteKind]
    text: Mapped[str] = short(MEDIUM)

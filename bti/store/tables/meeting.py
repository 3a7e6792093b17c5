"""Meetings, evaluations and decisions."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bti.rules.agreement import AgreementKind
from bti.rules.closing import ArchivedWhat
from bti.rules.decision import FamilyAgrees
from bti.rules.evaluation import Degree, Effect, EvaluationState, FamilyFirst, TiltakOutcome
from bti.rules.meeting import FamilyAgreed, MeetingDuty, MeetingState, MeetingType
from bti.rules.people import ParticipantKind
from bti.rules.privacy import LONG, MEDIUM, SHORT
from bti.rules.workflow import DecisionOutcome
from bti.store.tables.base import Base, OfCase, Versioned, Words, short, within_case
from bti.store.tables.plan import Written


class Meeting(OfCase, Versioned, Base):
    """A meeting of the case. What stands empty follows: the purpose from the type, a duty from who is stafettholder (R-39)."""

    __tablename__ = "meeting"
    constraints = (
        CheckConstraint("start < planned_end", name="end_after_start"),
        CheckConstraint("(agreed_how IS NULL) = (agreed_at IS NULL)", name="agreed"),
        ForeignKeyConstraint(["agreed_by"], ["staff_user.id"]),
        *(within_case(f"{duty}_id", table="participant") for duty in MeetingDuty),
    )

    round: Mapped[int]
    type: Mapped[MeetingType]
    purpose: Mapped[str] = mapped_column(Words(MEDIUM), default="")
    start: Mapped[datetime]
    planned_end: Mapped[datetime]
    place: Mapped[str] = short()
    agreed_how: Mapped[FamilyAgreed | None]
    agreed_at: Mapped[datetime | None]
    agreed_by: Mapped[UUID | None]
    send_invitation_id: Mapped[UUID | None]
    chair_id: Mapped[UUID | None]
    take_minutes_id: Mapped[UUID | None]
    update_log_id: Mapped[UUID | None]
    minutes_accountable_id: Mapped[UUID | None]
    viddevakt_id: Mapped[UUID | None]
    state: Mapped[MeetingState] = mapped_column(default=MeetingState.PLANNED)
    closed_at: Mapped[datetime | None]


class MeetingParticipant(OfCase, Versioned, Base):
    """Who comes besides those the case itself brings, and which of the colleagues do not (R-64)."""

    __tablename__ = "meeting_participant"
    constraints = (
        within_case("meeting_id", table="meeting"),
        within_case("participant_id", table="participant"),
        UniqueConstraint("case_id", "meeting_id", "participant_id"),
        CheckConstraint("(participant_id IS NULL) = (name IS NOT NULL)", name="one_person"),
    )

    meeting_id: Mapped[UUID]
    participant_id: Mapped[UUID | None]
    name: Mapped[str | None] = short()
    kind: Mapped[ParticipantKind]
    why: Mapped[str] = mapped_column(Words(SHORT), default="")
    wished_by_family: Mapped[bool] = mapped_column(default=False)
    secrecy_explained: Mapped[bool] = mapped_column(default=False)
    invited: Mapped[bool] = mapped_column(default=True)


class Agreement(OfCase, Written, Base):
    """What is agreed besides the tiltak, or left open for next time, until it is ticked as done."""

    __tablename__ = "agreement"
    constraints = (
        within_case("by_id", table="participant"),
        CheckConstraint("kind = 'agreed' OR (by_id IS NULL AND due IS NULL)", name="left_open"),
    )

    round: Mapped[int]
    kind: Mapped[AgreementKind]
    text: Mapped[str] = short(MEDIUM)
    by_id: Mapped[UUID | None]
    due: Mapped[date | None]
    settled_on: Mapped[date | None]


class Evaluation(OfCase, Written, Base):
    """What one tiltak has done for the child in one round."""

    __tablename__ = "evaluation"
    constraints = (
        within_case("tiltak_id", table="tiltak"),
        within_case("oppmerksomhet_id", table="oppmerksomhet"),
        UniqueConstraint("case_id", "tiltak_id", "round"),
        ForeignKeyConstraint(["submitted_by"], ["staff_user.id"]),
        ForeignKeyConstraint(["finalised_by"], ["staff_user.id"]),
    )

    tiltak_id: Mapped[UUID]
    oppmerksomhet_id: Mapped[UUID]
    round: Mapped[int]
    family_first: Mapped[FamilyFirst | None]
    """Asked in the meeting: empty while the evaluation is only sent in by the tiltaksansvarlig."""
    why_not_answered: Mapped[str] = short(MEDIUM)
    effect: Mapped[Effect]
    outcome: Mapped[TiltakOutcome]
    changed_text: Mapped[str] = short(MEDIUM)
    reason: Mapped[str] = short(MEDIUM)
    best_interests: Mapped[str] = short(MEDIUM)
    state: Mapped[EvaluationState]
    submitted_by: Mapped[UUID | None]
    finalised_by: Mapped[UUID | None]


class EvaluationVoice(OfCase, Written, Base):
    """What one person round the table says about a tiltak, in words of her own. Always optional.

    The child's own words here are child statements: they follow no level, and are read by the family and the owner service.
    """

    __tablename__ = "evaluation_voice"
    constraints = (
        within_case("evaluation_id", table="evaluation"),
        within_case("oppmerksomhet_id", table="oppmerksomhet"),
        within_case("said_by_id", table="participant"),
        UniqueConstraint("case_id", "evaluation_id", "said_by_id"),
    )

    evaluation_id: Mapped[UUID]
    oppmerksomhet_id: Mapped[UUID]
    said_by_id: Mapped[UUID]
    text: Mapped[str] = short(MEDIUM)
    effect: Mapped[Effect | None]


class RoundEvaluation(OfCase, Written, Base):
    """How much the child's situation has changed: one judgement for the round."""

    __tablename__ = "round_evaluation"
    constraints = (UniqueConstraint("case_id", "round"),)

    round: Mapped[int]
    degree: Mapped[Degree]
    text: Mapped[str] = short(LONG)


class Decision(OfCase, Written, Base):
    """The way forward for one round. Its grounds are the barnets-beste text."""

    __tablename__ = "decision"
    constraints = (UniqueConstraint("case_id", "round"),)

    round: Mapped[int]
    outcome: Mapped[DecisionOutcome]
    family_agrees: Mapped[FamilyAgrees]
    family_wants_instead: Mapped[str] = short(MEDIUM)
    deviation_reason: Mapped[str] = short(MEDIUM)
    decided_at: Mapped[datetime]


class InformChildTask(OfCase, Versioned, Base):
    """Who tells the child what was decided, when and how (R-33)."""

    __tablename__ = "inform_child_task"
    constraints = (
        within_case("who_id", table="participant"),
        UniqueConstraint("case_id", "round"),
    )

    round: Mapped[int]
    who_id: Mapped[UUID]
    by: Mapped[date]
    how: Mapped[str] = short()
    done_at: Mapped[datetime | None]


class ArchiveReceipt(OfCase, Base):
    """That the minutes or the log were archived: by whom, when, under which reference (R-46)."""

    __tablename__ = "archive_receipt"
    constraints = (ForeignKeyConstraint(["recorded_by"], ["staff_user.id"]),)

    of: Mapped[ArchivedWhat]
    unit: Mapped[str] = short()
    reference: Mapped[str] = short()
    archived_on: Mapped[date]
    at: Mapped[datetime]
    recorded_by: Mapped[UUID]

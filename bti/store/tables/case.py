"""The case and who takes part in it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bti.rules.people import CreationResult, ParticipantKind
from bti.rules.workflow import CaseStatus, ClosingReason, Level, StafettloggMode, Step
from bti.store.tables.base import Base, Keyed, OfCase, Versioned, short


class Case(Keyed, Versioned, Base):
    """One course of work for one child; the stafettlogg is the shared log in it."""

    __tablename__ = "case"
    __table_args__ = (
        UniqueConstraint("number"),
        CheckConstraint("round >= 1", name="round"),
        CheckConstraint("(deputy_id IS NULL) = (deputy_until IS NULL)", name="deputy"),
        CheckConstraint("(status = 'closed') = (closed_at IS NOT NULL)", name="closed"),
        Index(
            "uq_case_open_child",
            "child_id",
            unique=True,
            sqlite_where=text("status <> 'closed'"),
            postgresql_where=text("status <> 'closed'"),
        ),
    )

    number: Mapped[str] = mapped_column(String(12))
    child_id: Mapped[UUID] = mapped_column(ForeignKey("child.id"))
    owner_service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id"))
    stafettholder_id: Mapped[UUID] = mapped_column(ForeignKey("staff_user.id"), index=True)
    deputy_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff_user.id"))
    deputy_until: Mapped[date | None]
    status: Mapped[CaseStatus] = mapped_column(default=CaseStatus.DRAFT)
    step: Mapped[Step] = mapped_column(default=Step.OPPSTART)
    round: Mapped[int] = mapped_column(default=1)
    level: Mapped[Level] = mapped_column(default=Level.MUNICIPAL)
    stafettlogg_mode: Mapped[StafettloggMode] = mapped_column(default=StafettloggMode.DIGITAL)
    digital_since: Mapped[datetime | None]
    """When the family wanted a digital log after all; empty for one that was digital from the first (R-69)."""
    opened_at: Mapped[datetime]
    own_log_yes_at: Mapped[datetime | None]
    registered_afterwards: Mapped[bool] = mapped_column(default=False)
    closed_at: Mapped[datetime | None]
    closing_reason: Mapped[ClosingReason | None]
    in_error_asked_at: Mapped[datetime | None]
    """Since when the koordinator asks whether the log was opened in error; empty when nobody does, or it is answered (R-70)."""
    previous_case_id: Mapped[UUID | None] = mapped_column(ForeignKey("case.id"))
    """The log the child had before. Who made the new one is not told of it, unless she took part in the old one (R-56)."""


class Participant(OfCase, Versioned, Base):
    """A person who takes part: exactly one of a colleague, a guardian or the child."""

    __tablename__ = "participant"
    constraints = (
        CheckConstraint(
            "(CASE WHEN user_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN guardian_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN child_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_person",
        ),
        UniqueConstraint("case_id", "user_id"),
        UniqueConstraint("case_id", "guardian_id"),
        UniqueConstraint("case_id", "child_id"),
        ForeignKeyConstraint(["user_id"], ["staff_user.id"]),
        ForeignKeyConstraint(["guardian_id"], ["guardian.id"]),
        ForeignKeyConstraint(["child_id"], ["child.id"]),
        Index("ix_participant_user_id", "user_id"),
    )

    user_id: Mapped[UUID | None]
    guardian_id: Mapped[UUID | None]
    child_id: Mapped[UUID | None]
    kind: Mapped[ParticipantKind]
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    access_until: Mapped[date | None]
    agreed_with_family_at: Mapped[datetime | None]
    """When the family agreed that a foster parent without foreldreansvar reads as one of it; empty when it has not (R-64)."""


class CreationRequest(Keyed, Versioned, Base):
    """Somebody who is not the child's own teacher asks for a log; the koordinator answers (R-12)."""

    __tablename__ = "creation_request"
    __table_args__ = (CheckConstraint("(result IS NULL) = (handled_at IS NULL)", name="handled"),)

    asked_by: Mapped[UUID] = mapped_column(ForeignKey("staff_user.id"), index=True)
    child_name: Mapped[str] = short()
    birth_date: Mapped[date]
    at: Mapped[datetime]
    result: Mapped[CreationResult | None]
    handled_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff_user.id"))
    handled_at: Mapped[datetime | None]


class PaperMeeting(OfCase, Base):
    """All that is kept of a meeting when the family wants paper: the day, and whether it was held (R-69)."""

    __tablename__ = "paper_meeting"
    constraints = (
        UniqueConstraint("case_id", "day"),
        ForeignKeyConstraint(["recorded_by"], ["staff_user.id"]),
    )

    day: Mapped[date]
    held: Mapped[bool]
    recorded_by: Mapped[UUID]

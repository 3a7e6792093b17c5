"""What was seen, done and refused; and what is being typed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bti.store.tables.base import Base, Keyed


class LogEvent(Base):
    """One entry of the audit: ids and words of ours, never people's own. Each entry seals the one before it.

    ``case_id`` has no key to the case: a refused look at a number that does not exist is an entry too.
    """

    __tablename__ = "log_event"
    __table_args__ = (
        Index("ix_log_event_case_id", "case_id", "seq"),
        Index("ix_log_event_login_id", "login_id", "seq"),
    )

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor_id: Mapped[UUID | None]
    service_id: Mapped[UUID | None]
    login_id: Mapped[UUID | None]
    case_id: Mapped[UUID | None]
    action: Mapped[str] = mapped_column(String(60))
    object: Mapped[str] = mapped_column(String(120))
    outcome: Mapped[str] = mapped_column(String(60))
    mac: Mapped[str] = mapped_column(String(64))


class Draft(Keyed, Base):
    """What one person is typing in one form: of one case, or of none yet when ``place`` is empty. Gone when it is saved."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("user_id", "place", "form"),)

    user_id: Mapped[UUID] = mapped_column(ForeignKey("staff_user.id"))
    place: Mapped[str] = mapped_column(String(12))
    form: Mapped[str] = mapped_column(String(120))
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    based_on: Mapped[int]
    updated_at: Mapped[datetime]

"""How a case ended, and that it was opened again."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint
from sqlalchemy.orm import Mapped

from bti.rules.privacy import MEDIUM
from bti.rules.workflow import ClosingReason
from bti.store.tables.base import Base, OfCase, short


class Closing(OfCase, Base):
    """That the log was closed: when, why, who said it. For the owner service and the family only, whoever else is covered."""

    __tablename__ = "closing"
    for_the_owner_only: ClassVar = "at"
    constraints = (ForeignKeyConstraint(["recorded_by"], ["staff_user.id"]),)

    at: Mapped[datetime]
    reason: Mapped[ClosingReason]
    said_by: Mapped[str] = short()
    note: Mapped[str] = short(MEDIUM)
    recorded_by: Mapped[UUID]


class CaseReopened(OfCase, Base):
    """That a closed log was opened again. No answer given before it counts any more: the family is asked anew."""

    __tablename__ = "case_reopened"
    for_the_owner_only: ClassVar = "reopened_at"
    constraints = (
        ForeignKeyConstraint(["recorded_by"], ["staff_user.id"]),
        CheckConstraint("closed_at < reopened_at", name="after_it_closed"),
    )

    closed_at: Mapped[datetime]
    reopened_at: Mapped[datetime]
    reason: Mapped[str] = short(MEDIUM)
    recorded_by: Mapped[UUID]

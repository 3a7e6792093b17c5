"""The child's voice and barnets beste."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped

from bti.rules.best_interests import AssessedFor, Factor
from bti.rules.childs_voice import HeardBy, HeardFor, ShareWith
from bti.rules.privacy import LONG, MEDIUM
from bti.store.tables.base import Base, OfCase, Versioned, short, within_case
from bti.store.tables.plan import Written


class ChildViewPlan(OfCase, Versioned, Base):
    """How the child is heard before a meeting: attends, who talks with the child and when, or why not."""

    __tablename__ = "child_view_plan"
    constraints = (
        within_case("interviewer_id", table="participant"),
        UniqueConstraint("case_id", "round", "heard_for"),
    )

    round: Mapped[int]
    heard_for: Mapped[HeardFor]
    attends: Mapped[bool]
    interviewer_id: Mapped[UUID | None]
    due: Mapped[date | None]
    not_heard_reason: Mapped[str | None] = short(MEDIUM)


class ChildView(OfCase, Written, Base):
    """What the child has said that may be shared. Its readers are named by the child, never by a level."""

    __tablename__ = "child_view"
    constraints = (
        within_case("heard_by_id", table="participant"),
        UniqueConstraint("case_id", "round", "heard_for"),
    )

    round: Mapped[int]
    heard_for: Mapped[HeardFor]
    heard_on: Mapped[date]
    heard_by_id: Mapped[UUID | None]
    method: Mapped[HeardBy]
    words: Mapped[str] = short(LONG)
    own_situation: Mapped[str] = short(LONG)
    experienced_change: Mapped[str] = short(LONG)
    wants: Mapped[str] = short(LONG)
    assessed_by_role: Mapped[str] = short()
    share_with: Mapped[ShareWith]
    how_weighted: Mapped[str | None] = short(MEDIUM)


class ChildViewReader(OfCase, Base):
    """A service the child has said may read the view; «alle» is written out as it was said."""

    __tablename__ = "child_view_reader"
    constraints = (
        within_case("child_view_id", table="child_view"),
        ForeignKeyConstraint(["service_id"], ["service.id"]),
        UniqueConstraint("child_view_id", "service_id"),
    )

    child_view_id: Mapped[UUID]
    service_id: Mapped[UUID]


class BestInterestsAssessment(OfCase, Written, Base):
    """What is best for the child, and why: one text for the plan and one for the decision (R-36)."""

    __tablename__ = "best_interests"
    constraints = (UniqueConstraint("case_id", "round", "assessed_for"),)

    round: Mapped[int]
    assessed_for: Mapped[AssessedFor]
    text: Mapped[str] = short(LONG)
    factors: Mapped[frozenset[Factor]]

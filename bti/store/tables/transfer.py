"""The child changes school or barnehage, and who has owned the log when. Words of ours only: it is read outside the door too."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped

from bti.rules.consent import Category, TakesAlong
from bti.store.tables.base import Base, OfCase, Versioned


class Transfer(OfCase, Versioned, Base):
    """What is agreed about a change of school or barnehage: to which, when, what goes along, who has said yes (R-62)."""

    __tablename__ = "transfer"
    constraints = (
        ForeignKeyConstraint(["from_service_id"], ["service.id"]),
        ForeignKeyConstraint(["to_service_id"], ["service.id"]),
        CheckConstraint("to_service_id <> from_service_id", name="two_services"),
        CheckConstraint("cancelled_at IS NULL OR archived_from_at IS NULL", name="cancelled"),
    )

    from_service_id: Mapped[UUID]
    to_service_id: Mapped[UUID]
    day: Mapped[date]
    takes_along: Mapped[TakesAlong]
    chosen: Mapped[frozenset[Category]]
    family_yes: Mapped[frozenset[UUID]]
    agreed_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    archived_from_at: Mapped[datetime | None]
    archived_to_at: Mapped[datetime | None]


class Ownership(OfCase, Base):
    """What an owner reads and when, worked out by the rule: there is none while the log has had one owner only.

    The service reads what was written from ``since`` to ``until``, and the categories ``before``, while ``opens`` ≤ now <
    ``closes``; ``owns`` tells the owner of the moment from one that has not archived yet.
    """

    __tablename__ = "ownership"
    constraints = (
        ForeignKeyConstraint(["service_id"], ["service.id"]),
        UniqueConstraint("case_id", "service_id", "opens"),
        CheckConstraint("opens < closes", name="stretch"),
    )

    service_id: Mapped[UUID]
    opens: Mapped[datetime]
    closes: Mapped[datetime]
    since: Mapped[datetime]
    until: Mapped[datetime]
    before: Mapped[frozenset[Category]]
    owns: Mapped[bool]

"""How the duty of stafettholder goes from one person to another. Words of ours only: it is read outside the door too."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from bti.rules.handover import HandoverAccepted, HandoverDeclined, HandoverReason
from bti.store.tables.base import Base, OfCase, Versioned

_WAITS = text("accepted_at IS NULL AND declined_at IS NULL")


class StafettholderHandover(OfCase, Versioned, Base):
    """Somebody is asked to be stafettholder. Until she has said yes the old one keeps the duty (R-13)."""

    __tablename__ = "stafettholder_handover"
    constraints = (
        CheckConstraint("to_id <> from_id", name="two_people"),
        CheckConstraint("(declined_at IS NULL) = (declined_because IS NULL)", name="declined"),
        CheckConstraint("confirmed_at IS NULL OR accepted_at IS NOT NULL", name="confirmed"),
        CheckConstraint("(accepted_at IS NULL) = (accepted_how IS NULL)", name="accepted"),
        ForeignKeyConstraint(["from_id"], ["staff_user.id"]),
        ForeignKeyConstraint(["to_id"], ["staff_user.id"]),
        ForeignKeyConstraint(["proposed_by"], ["staff_user.id"]),
        Index("uq_handover_waits", "case_id", unique=True, sqlite_where=_WAITS, postgresql_where=_WAITS),
        Index("ix_stafettholder_handover_to_id", "to_id"),
    )

    from_id: Mapped[UUID]
    to_id: Mapped[UUID]
    proposed_by: Mapped[UUID]
    proposed_at: Mapped[datetime]
    reason: Mapped[HandoverReason | None]
    access_until: Mapped[date | None]
    accepted_at: Mapped[datetime | None]
    accepted_how: Mapped[HandoverAccepted | None]
    confirmed_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    declined_because: Mapped[HandoverDeclined | None]
    consent_checked: Mapped[bool] = mapped_column(default=False)

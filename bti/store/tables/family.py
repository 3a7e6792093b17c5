"""What is put right about a family, and who has agreed to phone whom. Read by the stafettholder alone, not by services."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bti.rules.family import Corrected
from bti.store.tables.base import Base, Keyed, OfCase, short, within_case


class Correction(OfCase, Base):
    """A name, a date or a guardian was put right. The old value stays here; no reason is asked (R-67)."""

    __tablename__ = "correction"
    constraints = (ForeignKeyConstraint(["by"], ["staff_user.id"]),)

    object: Mapped[Corrected]
    object_id: Mapped[UUID]
    field: Mapped[str] = mapped_column(String(40))
    old: Mapped[str] = short()
    new: Mapped[str] = short()
    by: Mapped[UUID]
    at: Mapped[datetime]


class SiblingLink(Keyed, Base):
    """The first name of a brother or a sister of the child. It points nowhere: whether there is a log is not said (R-68)."""

    __tablename__ = "sibling_link"
    __table_args__ = (UniqueConstraint("child_id", "first_name"),)

    child_id: Mapped[UUID] = mapped_column(ForeignKey("child.id"))
    first_name: Mapped[str] = short()


class PhoneAgreement(OfCase, Base):
    """A colleague has agreed to phone this guardian, and is shown the number (R-71)."""

    __tablename__ = "phone_agreement"
    constraints = (
        within_case("participant_id", table="participant"),
        ForeignKeyConstraint(["guardian_id"], ["guardian.id"]),
        UniqueConstraint("case_id", "guardian_id", "participant_id"),
    )

    guardian_id: Mapped[UUID]
    participant_id: Mapped[UUID]

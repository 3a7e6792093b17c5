"""The message to services outside the kommune. The app prints it; the kommune sends it (R-08)."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped

from bti.rules.escalating import MessageStatus
from bti.rules.privacy import LONG, MEDIUM
from bti.store.tables.base import Base, OfCase, short, within_case
from bti.store.tables.plan import Written


class ReferralMessage(OfCase, Written, Base):
    """What the external services are told and asked. What was tried and what the child has said are never copied into it."""

    __tablename__ = "referral_message"
    constraints = (UniqueConstraint("case_id", "round"),)

    round: Mapped[int]
    situation_text: Mapped[str] = short(LONG)
    family_view: Mapped[str] = short(MEDIUM)
    question_to_service: Mapped[str] = short(MEDIUM)
    status: Mapped[MessageStatus]
    sent_on: Mapped[date | None]
    channel: Mapped[str] = short()


class ReferralRecipient(OfCase, Base):
    """A service the message is for."""

    __tablename__ = "referral_recipient"
    constraints = (
        within_case("message_id", table="referral_message"),
        ForeignKeyConstraint(["service_id"], ["service.id"]),
        UniqueConstraint("message_id", "service_id"),
    )

    message_id: Mapped[UUID]
    service_id: Mapped[UUID]

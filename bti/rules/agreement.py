"""What is agreed besides the tiltak, and what is left open for next time."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from bti.errors import Reason, Refused


class AgreementKind(StrEnum):
    """Whether it is agreed who does it, or left for the next meeting."""

    AGREED = "agreed"
    LEFT_OPEN = "left_open"


def check_agreed(kind: AgreementKind, by: UUID | None, due: date | None, today: date) -> None:
    """Refuse a day that has been, and a who and when of what nobody has agreed to do yet."""
    if kind is AgreementKind.LEFT_OPEN and (by or due):
        raise Refused(Reason.NOT_A_CHOICE, field="kind")
    if due and due < today:
        raise Refused(Reason.IN_THE_PAST, field="due")


def check_not_settled(settled_on: date | None) -> None:
    """Refuse to settle what is settled."""
    if settled_on is not None:
        raise Refused(Reason.SAVED_ALREADY)

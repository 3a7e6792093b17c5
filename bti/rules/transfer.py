"""A change of school or barnehage: agreed with the family, done on the day, archived by both (R-62)."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from bti.errors import Reason, Refused
from bti.rules.consent import Group, Transfer


class TransferState(StrEnum):
    """How far it has come. Derived, never stored."""

    PREPARED = "prepared"
    AGREED = "agreed"
    DONE = "done"
    CANCELLED = "cancelled"


def state(transfer: Transfer, at: datetime) -> TransferState:
    """Return how far it has come: nothing happens without the family's yes, and with it all happens on the day."""
    begins = transfer.begins
    if transfer.cancelled_at is not None and transfer.cancelled_at <= at:
        return TransferState.CANCELLED
    if begins is None:
        return TransferState.PREPARED
    return TransferState.DONE if begins <= at else TransferState.AGREED


def check_day(day: date, today: date) -> None:
    """Refuse a day that is over: nobody reads a log backwards in time."""
    if day < today:
        raise Refused(Reason.IN_THE_PAST, field="day")


def is_agreed(said: Iterable[UUID], groups: Iterable[tuple[Group, ...]]) -> bool:
    """Say whether all have said yes who answer for what goes along: for each of it, one group of them in full (R-03, R-62)."""
    have = frozenset(said)
    return all(any(group <= have for group in of_one) for of_one in groups)


def check_yes(said: Iterable[UUID], groups: Iterable[tuple[Group, ...]], service: str) -> None:
    """Refuse until all have said yes who answer for what goes along (R-03, R-62)."""
    if not is_agreed(said, groups):
        raise Refused(Reason.TRANSFER_NEEDS_YES, field="said_yes", tjeneste=service)


def check_not_done(now: TransferState) -> None:
    """Refuse to take back what has happened: the new owner has the log."""
    if now in {TransferState.DONE, TransferState.CANCELLED}:
        raise Refused(Reason.SAVED_ALREADY)


def check_may_let_go(*, holder_is_here: bool) -> None:
    """Refuse to end one's own sight while the stafettholder is still here: the log would have nobody (R-13)."""
    if holder_is_here:
        raise Refused(Reason.HANDOVER_FIRST)

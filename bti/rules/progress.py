"""What is over its deadline. A warning and never a stop; a deadline that falls in a holiday waits for it to end (R-54, R-66)."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, unique
from typing import Final

from bti.language import N_
from bti.rules.school_calendar import Holiday, days_over, deadline

NOTE_WITHIN: Final = 28
MINUTES_WITHIN: Final = 7
ANSWER_WITHIN: Final = 7


@unique
class Late(StrEnum):
    """What can be over its deadline, in words that follow «Over fristen:»."""

    EVALUATION = N_("evalueringen av tiltaket")
    PROGRESS_NOTE = N_("notat om hvordan tiltaket går")
    HANDOVER = N_("svar på om en annen tar over som stafettholder")
    MINUTES = N_("referat fra møtet")

    def __repr__(self) -> str:
        return f"Late.{self.name}"


@dataclass(frozen=True)
class Overdue:
    """One thing that is over its deadline: what, when it was due, and for how many counted days."""

    what: Late
    due: date
    days: int


@dataclass(frozen=True)
class ActiveTiltak:
    """A tiltak that goes on: when it began, the day it is evaluated, and when somebody last wrote how it goes."""

    start: date
    evaluation_due: date | None
    is_evaluated: bool = False
    last_note: date | None = None


def of_tiltak(tiltak: ActiveTiltak, today: date, holidays: Collection[Holiday]) -> tuple[Overdue, ...]:
    """Return what is late with one active tiltak: its evaluation, and a word on how it goes."""
    found = []
    if tiltak.evaluation_due is not None and not tiltak.is_evaluated:
        found.append((Late.EVALUATION, deadline(tiltak.evaluation_due, 0, holidays)))
    since = max(tiltak.start, tiltak.last_note or tiltak.start)
    found.append((Late.PROGRESS_NOTE, deadline(since, NOTE_WITHIN, holidays)))
    return tuple(_over(found, today, holidays))


def of_handover(proposed: date, today: date, holidays: Collection[Holiday]) -> tuple[Overdue, ...]:
    """Return whether the one who was asked to take over has waited too long with the answer."""
    return tuple(_over([(Late.HANDOVER, deadline(proposed, ANSWER_WITHIN, holidays))], today, holidays))


def of_minutes(meeting_closed: date, today: date, holidays: Collection[Holiday]) -> tuple[Overdue, ...]:
    """Return whether a closed meeting has been without minutes for too long."""
    return tuple(_over([(Late.MINUTES, deadline(meeting_closed, MINUTES_WITHIN, holidays))], today, holidays))


def _over(found: Iterable[tuple[Late, date]], today: date, holidays: Collection[Holiday]) -> Iterator[Overdue]:
    for what, due in found:
        if days := days_over(due, today, holidays):
            yield Overdue(what, due, days)

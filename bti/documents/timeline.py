"""A case along the days: what was held, done and shared, and when. Values for the screen and for the paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

ToneName = Literal["plain", "good", "some", "bad", "none"]
MOST_MARKS: Final = 8
A_YEAR: Final = 12


@dataclass(frozen=True)
class Stretch:
    """Something that lasted from one day to another, both included; a meeting is one day long."""

    first: date
    last: date
    tone: ToneName
    words: str


@dataclass(frozen=True)
class Lane:
    """One thing along the days."""

    name: str
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True)
class Timeline:
    """All lanes, between a first and a last day."""

    first: date
    last: date
    today: date
    lanes: tuple[Lane, ...]

    def share(self, on: date) -> float:
        """Return how far along the line a day lies, 0 to 1."""
        length = (self.last - self.first).days or 1
        return min(max((on - self.first).days / length, 0), 1)

    def marks(self) -> tuple[date, ...]:
        """Return the first days of the months that are written along the line: at most eight, evenly spaced."""
        months = [
            date(month // A_YEAR, month % A_YEAR + 1, 1)
            for month in range(_month(self.first) + 1, _month(self.last) + 1)
        ]
        step = -(-len(months) // MOST_MARKS) or 1
        return tuple(months[::step])


def _month(on: date) -> int:
    return on.year * A_YEAR + on.month - 1

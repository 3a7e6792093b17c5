"""Which service owns the log, and what each owner reads of it, when the child changes school or barnehage (R-62).

The new owner reads all that is written from the day on, and of what was there before only what the family chose. The old
one reads what it had until its archive has it, and then nothing. A guardian's own affairs and the child's own words never
go along on another's yes.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from bti import clock
from bti.errors import Reason, Refused
from bti.rules.consent.words import INSIDE, SHARED_BY_LEVEL, Category, ConsentLevel

ALWAYS: Final = datetime(1970, 1, 1, tzinfo=UTC)
FOR_EVER: Final = datetime(9000, 1, 1, tzinfo=UTC)
"""A stretch without a beginning or an end still has two moments, so that a row is inside it or not."""


class TakesAlong(StrEnum):
    """What the family lets go along to the new school or barnehage."""

    EVERYTHING = "everything"
    AGREEMENTS = "agreements"
    CHOSEN = "chosen"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Transfer:
    """The child changes school or barnehage: to which, when, what goes along, and the moment the family's yes was whole."""

    to: UUID
    day: date
    takes: frozenset[Category] = frozenset()
    agreed_at: datetime | None = None
    cancelled_at: datetime | None = None
    archived_at: datetime | None = None
    """When the old owner had archived what it had."""

    @property
    def begins(self) -> datetime | None:
        """Return when the new one owns the log: on the day, and never before the family has said yes."""
        if self.agreed_at is None:
            return None
        begins = max(clock.midnight(self.day), self.agreed_at)
        return begins if self.cancelled_at is None or begins <= self.cancelled_at else None


@dataclass(frozen=True)
class Owned:
    """What a service reads as owner while ``opens`` ≤ now < ``closes``.

    That is all that was written in its own stretch, ``since`` ≤ written < ``until``, and the categories of what was there
    ``before``. It ``owns`` the log, or reads what it had until it has archived.
    """

    service: UUID
    opens: datetime
    closes: datetime
    since: datetime = ALWAYS
    until: datetime = FOR_EVER
    before: frozenset[Category] = frozenset()
    owns: bool = True

    def is_open(self, at: datetime) -> bool:
        """Say whether it reads anything now."""
        return self.opens <= at < self.closes

    def wrote(self, at: datetime) -> bool:
        """Say whether a row was written while the log was its own."""
        return self.since <= at < self.until


def takes(along: TakesAlong, chosen: Iterable[Category] = ()) -> frozenset[Category]:
    """Return the categories that go along. The child's own words never do: the child names whom it shares with (R-34)."""
    may_go = frozenset(SHARED_BY_LEVEL)
    kinds: Mapping[TakesAlong, frozenset[Category]] = {
        TakesAlong.EVERYTHING: may_go,
        TakesAlong.AGREEMENTS: INSIDE[ConsentLevel.AGREEMENTS],
        TakesAlong.CHOSEN: frozenset(chosen),
        TakesAlong.NOTHING: frozenset(),
    }
    if not kinds[along] <= may_go:
        raise Refused(Reason.NOT_A_CHOICE, field="chosen")
    if along is TakesAlong.CHOSEN and not kinds[along]:
        raise Refused(Reason.MISSING, field="chosen")
    return kinds[along]


def ownership(first: UUID | None, transfers: Iterable[Transfer]) -> tuple[Owned, ...]:
    """Return what each owner reads, and when. Nothing for a log that has had one owner: that one reads all of it."""
    moves = sorted(((t.begins, t) for t in transfers if t.begins), key=lambda move: (move[0], move[1].agreed_at))
    if first is None or not moves:
        return ()
    return tuple(_owners(first, moves))


def _owners(first: UUID, moves: list[tuple[datetime, Transfer]]) -> Iterator[Owned]:
    starts = [(ALWAYS, first, frozenset[Category]()), *((begins, t.to, t.takes) for begins, t in moves)]
    for n, (ends, out) in enumerate(moves):
        begins, service, before = starts[n]
        back = next((again for again, other, _ in starts[n + 1 :] if other == service), FOR_EVER)
        until_archived = min(out.archived_at or FOR_EVER, back)
        if begins < ends:
            yield Owned(service, begins, ends, since=begins, before=before)
            yield from _former(
                Owned(service, ends, until_archived, since=begins, until=ends, before=before, owns=False)
            )
    begins, service, before = starts[-1]
    yield Owned(service, begins, FOR_EVER, since=begins, before=before)


def _former(owned: Owned) -> Iterator[Owned]:
    if owned.opens < owned.closes:
        yield owned

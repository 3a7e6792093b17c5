"""When each service may see each category: the gate's answer between the moments at which it can change."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bti import clock
from bti.rules.consent.facts import Consenter, Facts, Service, birthday
from bti.rules.consent.gate import let_see, scope, shown_to
from bti.rules.consent.words import ADULT, Category, Purpose


@dataclass(frozen=True)
class Window:
    """A stretch of time in which a reader may see a category: ``opens`` ≤ moment < ``closes``.

    The reader is a service, or a ``person`` of the family; the family's windows are only for what is ``about`` a guardian,
    since the rest is open to it by relation (R-59).
    """

    service: Service | None
    category: Category
    purpose: Purpose
    opens: datetime
    closes: datetime
    person: Consenter | None = None
    about: Consenter | None = None


_Slot = tuple[Service | None, Consenter | None, Category, Purpose, Consenter | None]


def windows(facts: Facts) -> frozenset[Window]:
    """Return when each reader may see each category: the gate's answer, kept until a fact changes it."""
    return frozenset(_stretches(facts))


def _stretches(facts: Facts) -> Iterator[Window]:
    since: dict[_Slot, datetime] = {}
    for turn in sorted(set(_turning_points(facts))):
        seen = set(_open_now(facts, turn))
        for slot in set(since) - seen:
            yield _window(slot, since.pop(slot), turn)
        for slot in seen - set(since):
            since[slot] = turn


def _open_now(facts: Facts, at: datetime) -> Iterator[_Slot]:
    asked = {(r.service, r.purpose) for r in facts.requests} | {
        (service, d.purpose) for d in facts.declarations for service in d.answers
    }
    for service, purpose in asked:
        seen = scope(facts, service, purpose, at)
        for category in seen:
            yield service, None, category, purpose, None
        for guardian in let_see(facts, service, purpose, at) if seen else ():
            yield service, None, Category.FAMILY_HOME, purpose, guardian
    for g in facts.guardians:
        for person in shown_to(facts, g.id, at):
            yield None, person, Category.FAMILY_HOME, Purpose.COOPERATE, g.id


def _window(slot: _Slot, opens: datetime, closes: datetime) -> Window:
    service, person, category, purpose, about = slot
    return Window(service, category, purpose, opens, closes, person, about)


def _turning_points(facts: Facts) -> Iterator[datetime]:
    """Every moment at which the gate's answer can change. Each yes has an end, so the last turn closes every window."""
    for d in facts.declarations:
        yield from (d.recorded_at, d.counts_from, clock.midnight(d.valid_from), clock.end_of(d.valid_to))
        yield from (moment for moment in (d.evidence_at, d.meeting_closed_at) if moment)
    yield from (w.at for w in facts.withdrawals)
    yield from (d.at for d in facts.decisions)
    yield from (*facts.closed_at, *facts.reopened_at, *filter(None, [facts.digital_since]))
    for g in facts.guardians:
        if g.valid_from:
            yield clock.midnight(g.valid_from)
        if g.valid_to:
            yield clock.end_of(g.valid_to)
    yield from (clock.midnight(day) for day in facts.other_owner.values() if day)
    for age in (facts.policy.youth_age, facts.policy.health_age, ADULT):
        yield clock.midnight(birthday(facts.birth_date, age))

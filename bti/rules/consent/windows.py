"""When each service may see each category: the gate's answer between the moments at which it can change."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bti import clock
from bti.rules.consent.facts import Facts, Service, birthday
from bti.rules.consent.gate import scope
from bti.rules.consent.words import ADULT, Category, Purpose


@dataclass(frozen=True)
class Window:
    """A stretch of time in which a service may see a category: ``opens`` ≤ moment < ``closes``."""

    service: Service
    category: Category
    purpose: Purpose
    opens: datetime
    closes: datetime


def windows(facts: Facts) -> frozenset[Window]:
    """Return when each service may see each category: the gate's answer, kept until a fact changes it."""
    asked = {(r.service, r.purpose) for r in facts.requests} | {
        (service, d.purpose) for d in facts.declarations for service in d.answers
    }
    turns = sorted(set(_turning_points(facts)))
    return frozenset(window for service, purpose in asked for window in _windows_of(facts, service, purpose, turns))


def _windows_of(facts: Facts, service: Service, purpose: Purpose, turns: list[datetime]) -> Iterator[Window]:
    since: dict[Category, datetime] = {}
    for turn in turns:
        seen = scope(facts, service, purpose, turn)
        for category in set(since) - seen:
            yield Window(service, category, purpose, since.pop(category), turn)
        for category in seen - set(since):
            since[category] = turn


def _turning_points(facts: Facts) -> Iterator[datetime]:
    """Every moment at which the gate's answer can change. Each yes has an end, so the last turn closes every window."""
    for d in facts.declarations:
        yield from (d.recorded_at, d.counts_from, clock.midnight(d.valid_from), clock.end_of(d.valid_to))
        yield from (moment for moment in (d.evidence_at, d.meeting_closed_at) if moment)
    yield from (w.at for w in facts.withdrawals)
    yield from (d.at for d in facts.decisions)
    yield from (*facts.closed_at, *facts.reopened_at)
    for g in facts.guardians:
        if g.valid_from:
            yield clock.midnight(g.valid_from)
        if g.valid_to:
            yield clock.end_of(g.valid_to)
    for age in (facts.policy.youth_age, facts.policy.health_age, ADULT):
        yield clock.midnight(birthday(facts.birth_date, age))

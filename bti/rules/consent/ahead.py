"""What is said before it counts: a youth before the birthday, and anybody before a consent ends (R-03, R-09)."""

from datetime import date, datetime, timedelta
from typing import Final

from bti import clock
from bti.rules.consent.facts import Consenter, Facts, Service, birthday
from bti.rules.consent.gate import opened_by, required
from bti.rules.consent.words import ADULT, Category, ConsentLevel

SOON: Final = timedelta(days=7)
"""When the last of the three reminders comes; before it there is one at thirty days and one at sixty (R-09)."""


def consenters(facts: Facts, at: datetime) -> frozenset[Consenter]:
    """Return who must answer at the moment (R-03)."""
    return frozenset().union(*required(facts, Category.TILTAK_AND_EVALUATION, at))


def answers_ahead(facts: Facts, until: date, at: datetime) -> dict[Consenter, date]:
    """Return who does not answer yet and may do it already, with the day from which the answer counts (R-03).

    It is somebody who must answer before the consent ends on ``until``, and from a day no further ahead than the kommune says.
    """
    now, today = consenters(facts, at), clock.day(at)
    last = min(until, today + timedelta(days=facts.policy.ahead_days))
    days = sorted(day for day in _days_of_change(facts) if today < day <= last)
    ahead: dict[Consenter, date] = {}
    for day in days:
        for person in consenters(facts, clock.midnight(day)) - now - set(ahead):
            ahead[person] = day
    return ahead


def is_near(day: date, today: date, ahead_days: int) -> bool:
    """Say whether the day is so near that the stafettholder is reminded of it, and the family may answer for it (R-09)."""
    return today <= day <= today + timedelta(days=ahead_days)


def age(born: date, on: date) -> int:
    """Return how many years the child has turned."""
    return on.year - born.year - (birthday(born, on.year - born.year) > on)


def _days_of_change(facts: Facts) -> frozenset[date]:
    """Return the days on which somebody new comes to answer: a birthday, or a guardian's first day."""
    birthdays = {birthday(facts.birth_date, age) for age in (facts.policy.youth_age, ADULT)}
    return frozenset(birthdays | {g.valid_from for g in facts.guardians if g.valid_from})


def may_take_back(facts: Facts, person: Consenter, at: datetime) -> frozenset[Service]:
    """Return the services the person has a yes to: one that counts now, or one said ahead (R-07)."""
    now = {r.service for r in facts.requests if opened_by(facts, person, r.service, r.purpose, at)}
    said = (d for d in facts.declarations if d.consenter == person and d.recorded_at <= at and not d.has_begun(at))
    return frozenset(now | {s for d in said for s, a in d.answers.items() if a.level is not ConsentLevel.NO})

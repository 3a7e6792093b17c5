"""What is said before it counts: a youth before the birthday, and anybody before a consent ends (R-03, R-09)."""

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from bti import clock
from bti.rules.consent.facts import Consenter, Facts, Service, birthday
from bti.rules.consent.gate import counts_since, required
from bti.rules.consent.words import ADULT, Category

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


def answered_under(facts: Facts, person: Consenter, at: datetime) -> frozenset[UUID]:
    """Return the consents the person has answered under, that count now or were said ahead: a yes and a no alike (R-07).

    Who may take something back is told from this alone, so that it tells nobody what the answer was (R-10).
    """
    since = counts_since(facts, at)
    said = (d for d in facts.declarations if d.consenter == person and d.answers and not d.is_over(at))
    return frozenset(d.consent for d in said if since is not None and since <= d.recorded_at <= at)


def has_taken_back(facts: Facts, person: Consenter, service: Service, at: datetime) -> bool:
    """Say whether the person has taken back the newest word on the service, whatever it was: a yes and a no alike (R-07, R-10)."""
    mine = [d.given_at for d in facts.declarations if d.consenter == person and service in d.answers]
    taken_back = (w.at for w in facts.withdrawals if w.consenter == person and w.service == service and not w.additions)
    return any(max(mine, default=when) <= when <= at for when in taken_back)

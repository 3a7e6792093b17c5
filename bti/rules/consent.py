"""The consent gate: may this service see this kind of information about the child, at this moment?

Deny by default. The functions know only the facts they are given and the moment they are asked about, so the answer can
change only at moments the facts themselves name; ``windows`` works it out between those moments, once, when a fact is
written. One answer per service and consenter; the lowest answer counts; silence is a no for that service only.
(model.md section 5; R-01 to R-10)
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from bti import clock

Consenter = UUID
Service = UUID
Group = frozenset[Consenter]


class Category(StrEnum):
    """What a row with people's words is about. The family chooses levels, never categories."""

    SCHOOL_KINDERGARTEN = "school_kindergarten"
    WELLBEING_SOCIAL = "wellbeing_social"
    HEALTH = "health"
    FAMILY_HOME = "family_home"
    ASSESSMENT = "assessment"
    TILTAK_AND_EVALUATION = "tiltak_and_evaluation"
    CHILD_STATEMENTS = "child_statements"


class ConsentLevel(StrEnum):
    """How much a service may see."""

    NO = "no"
    AGREEMENTS = "agreements"
    EVERYDAY = "everyday"


class ConsentAddition(StrEnum):
    """What may come on top of a level, when the family wants it."""

    HEALTH = "health"
    FAMILY_HOME = "family_home"
    ASSESSMENT = "assessment"


class Purpose(StrEnum):
    """What the answer is for. A yes to the first is not a yes to the second (R-08)."""

    COOPERATE = "cooperate"
    EXTERNAL_HELP = "external_help"


class ConsentForm(StrEnum):
    """How an answer was given."""

    ELECTRONIC = "electronic"
    WRITTEN = "written"
    ORAL = "oral"


class Period(StrEnum):
    """How long the family lets an answer count."""

    SUMMER = "summer"
    YEAR = "year"


class YesNo(StrEnum):
    """A question with two answers, none of them chosen beforehand."""

    NO = "no"
    YES = "yes"


class Said(StrEnum):
    """What a consenter says to what was read back: yes or no to all of it, or not the same for each service."""

    YES = "yes"
    NO = "no"
    DIFFERS = "differs"


class YouthRule(StrEnum):
    """Who answers from the policy age on: guardians and youth, either of them, or the youth alone."""

    AND = "and"
    OR = "or"
    ALONE = "alone"


class ConsentState(StrEnum):
    """Where one service stands. Derived, never stored."""

    NOT_ASKED = "not_asked"
    AWAITING = "awaiting"
    ACTIVE = "active"
    REFUSED = "refused"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    NEEDS_YOUTH = "needs_youth"


INSIDE: Final[Mapping[ConsentLevel, frozenset[Category]]] = {
    ConsentLevel.NO: frozenset(),
    ConsentLevel.AGREEMENTS: frozenset({Category.TILTAK_AND_EVALUATION}),
    ConsentLevel.EVERYDAY: frozenset(
        {Category.TILTAK_AND_EVALUATION, Category.SCHOOL_KINDERGARTEN, Category.WELLBEING_SOCIAL}
    ),
}
SHARED_BY_LEVEL: Final = tuple(c for c in Category if c is not Category.CHILD_STATEMENTS)
ADULT: Final = 18


@dataclass(frozen=True)
class Answer:
    """One consenter's answer for one service."""

    level: ConsentLevel
    additions: frozenset[ConsentAddition] = frozenset()
    exclusions: frozenset[Category] = frozenset()

    def categories(self) -> frozenset[Category]:
        """Return what the answer opens, before anybody's exclusions: a no opens nothing at all."""
        if self.level is ConsentLevel.NO:
            return frozenset()
        return INSIDE[self.level] | {Category(addition.value) for addition in self.additions}


@dataclass(frozen=True)
class Declaration:
    """What one consenter said, under one consent, and what makes it count."""

    consent: UUID
    consenter: Consenter
    purpose: Purpose
    answers: Mapping[Service, Answer]
    information_given_at: datetime
    given_at: datetime
    counts_from: datetime
    recorded_at: datetime
    valid_from: date
    valid_to: date
    form: ConsentForm = ConsentForm.ELECTRONIC
    evidence_at: datetime | None = None
    in_meeting: bool = False
    meeting_closed_at: datetime | None = None

    def has_begun(self, at: datetime) -> bool:
        """Say whether the answer has been recorded and has come into its time."""
        begun = self.recorded_at <= at and self.counts_from <= at and self.valid_from <= clock.day(at)
        return begun and self.information_given_at <= self.given_at

    def is_over(self, at: datetime) -> bool:
        """Say whether the period has run out; the last day counts to its end."""
        return clock.day(at) > self.valid_to

    def is_evidenced(self, at: datetime) -> bool:
        """Say whether it can be found again: a reference, or the meeting it was given in still goes on (R-05)."""
        if self.form is ConsentForm.ELECTRONIC or (self.evidence_at is not None and self.evidence_at <= at):
            return True
        return self.in_meeting and (self.meeting_closed_at is None or at < self.meeting_closed_at)


@dataclass(frozen=True)
class Withdrawal:
    """A consenter has taken back the yes to a service, or only some additions. There is no field for a reason."""

    consenter: Consenter
    service: Service
    at: datetime
    additions: frozenset[ConsentAddition] = frozenset()


@dataclass(frozen=True)
class Guardian:
    """A guardian, as the gate knows one."""

    id: Consenter
    has_parental_responsibility: bool
    valid_from: date | None = None
    valid_to: date | None = None

    def must_answer(self, on: date) -> bool:
        """Say whether this guardian is asked on the day (R-03)."""
        begun = self.valid_from is None or self.valid_from <= on
        return self.has_parental_responsibility and begun and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True)
class Request:
    """A service the family has been asked about."""

    service: Service
    purpose: Purpose
    asked_at: datetime


@dataclass(frozen=True)
class Policy:
    """What the kommune has decided (kommune.toml)."""

    youth_age: int = 15
    youth_rule: YouthRule = YouthRule.AND
    health_age: int = 16


@dataclass(frozen=True)
class Facts:
    """All that the gate may know of a case. Append-only in the store; each fact has its moment."""

    child: Consenter
    birth_date: date
    guardians: tuple[Guardian, ...]
    requests: tuple[Request, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()
    closed_at: tuple[datetime, ...] = ()
    reopened_at: tuple[datetime, ...] = ()
    strict_address_unapproved: bool = False
    policy: Policy = field(default_factory=Policy)


def birthday(born: date, age: int) -> date:
    """Return the day the child turns ``age``; one born on 29 February turns it on the 28th, the stricter side."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 2, 28)


def required(facts: Facts, category: Category, at: datetime) -> tuple[Group, ...]:
    """Return the groups of which one must have answered in full (R-03). Never an empty group."""
    on = clock.day(at)
    guardians = frozenset(g.id for g in facts.guardians if g.must_answer(on))
    child = frozenset({facts.child})
    alone = facts.policy.health_age if category is Category.HEALTH else ADULT
    if on >= birthday(facts.birth_date, min(alone, ADULT)):
        return (child,)
    if on < birthday(facts.birth_date, facts.policy.youth_age):
        return (guardians,) if guardians else ()
    together = {
        YouthRule.AND: (guardians | child,),
        YouthRule.OR: (guardians, child) if guardians else (child,),
        YouthRule.ALONE: (child,),
    }
    return together[facts.policy.youth_rule]


def _counts_since(facts: Facts, at: datetime) -> datetime | None:
    """Return since when words count: a closed case hears none, and one that is opened again asks anew."""
    closed = max((c for c in facts.closed_at if c <= at), default=None)
    if closed is None:
        return datetime.min.replace(tzinfo=UTC)
    return min((r for r in facts.reopened_at if closed < r <= at), default=None)


def _said(facts: Facts, person: Consenter, service: Service, purpose: Purpose, at: datetime) -> list[Declaration]:
    """Return what the person has answered about the service until now, newest first."""
    since = _counts_since(facts, at)
    said = [
        d
        for d in facts.declarations
        if d.consenter == person and d.purpose is purpose and service in d.answers and d.has_begun(at)
        if since is not None and d.recorded_at >= since
    ]
    return sorted(said, key=lambda d: (d.given_at, d.recorded_at), reverse=True)


def _standing_words(
    facts: Facts, person: Consenter, service: Service, purpose: Purpose, at: datetime
) -> list[Declaration]:
    """Return the words that bind the person now: the newest that can be found again, and any said after it.

    One that still lacks its reference opens nothing and lifts nothing, but narrows at once.
    """
    said = _said(facts, person, service, purpose, at)
    found = next((n for n, d in enumerate(said, 1) if d.is_evidenced(at)), len(said))
    return said[:found]


def _withdrawn(facts: Facts, person: Consenter, service: Service, since: datetime, at: datetime) -> list[Withdrawal]:
    return [w for w in facts.withdrawals if w.consenter == person and w.service == service and since <= w.at <= at]


def opened_by(facts: Facts, person: Consenter, service: Service, purpose: Purpose, at: datetime) -> frozenset[Category]:
    """Return what the person's newest answer opens for the service; silence opens nothing.

    An older answer never comes back to life when a newer one runs out.
    """
    words = _standing_words(facts, person, service, purpose, at)
    if not words or not words[-1].is_evidenced(at) or words[-1].is_over(at):
        return frozenset()
    taken_back = _withdrawn(facts, person, service, words[-1].given_at, at)
    if any(not w.additions for w in taken_back):
        return frozenset()
    gone = {Category(a.value) for w in taken_back for a in w.additions}
    return frozenset.intersection(*(d.answers[service].categories() for d in words)) - gone


def closed_by(facts: Facts, person: Consenter, service: Service, purpose: Purpose, at: datetime) -> ConsentState | None:
    """Return REFUSED or WITHDRAWN when that is the person's word on the service."""
    words = _standing_words(facts, person, service, purpose, at)
    since = words[-1].given_at if words else _counts_since(facts, at)
    if since is not None and any(not w.additions for w in _withdrawn(facts, person, service, since, at)):
        return ConsentState.WITHDRAWN
    if any(d.answers[service].level is ConsentLevel.NO for d in words):
        return ConsentState.REFUSED
    return None


def excluded(facts: Facts, service: Service, purpose: Purpose, at: datetime) -> frozenset[Category]:
    """Return what anybody has taken out of the level for the service. Exclusions beat every answer."""
    people = {d.consenter for d in facts.declarations}
    words = (d for person in people for d in _standing_words(facts, person, service, purpose, at))
    return frozenset().union(*(d.answers[service].exclusions for d in words))


def scope(facts: Facts, service: Service, purpose: Purpose, at: datetime) -> frozenset[Category]:
    """Return what the service may see: the lowest answer among those who must answer, less every exclusion (R-02)."""
    if facts.strict_address_unapproved:
        return frozenset()
    kept_out = excluded(facts, service, purpose, at)
    return frozenset(
        category
        for category in SHARED_BY_LEVEL
        if category not in kept_out and _all_have_opened(facts, service, category, purpose, at)
    )


def _all_have_opened(facts: Facts, service: Service, category: Category, purpose: Purpose, at: datetime) -> bool:
    groups = required(facts, category, at)
    if any(closed_by(facts, person, service, purpose, at) for group in groups for person in group):
        return False
    return any(all(category in opened_by(facts, person, service, purpose, at) for person in group) for group in groups)


def state(facts: Facts, service: Service, purpose: Purpose, at: datetime) -> ConsentState:
    """Return where the service stands now. Outwards it never tells who."""
    if not any(r.service == service and r.purpose is purpose and r.asked_at <= at for r in facts.requests):
        return ConsentState.NOT_ASKED
    if scope(facts, service, purpose, at):
        return ConsentState.ACTIVE
    if any(closed <= at for closed in facts.closed_at) and not _asked_anew(facts, service, purpose, at):
        return ConsentState.EXPIRED
    return _why_shut(facts, service, purpose, at)


def _why_shut(facts: Facts, service: Service, purpose: Purpose, at: datetime) -> ConsentState:
    """Return the first of the reasons that fits; a no comes first, so that nobody is asked again."""
    groups = required(facts, Category.TILTAK_AND_EVALUATION, at)
    must_answer = frozenset().union(*groups)
    words = {closed_by(facts, person, service, purpose, at) for person in must_answer}
    said = {person: _said(facts, person, service, purpose, at) for person in must_answer}
    silent = {person for person in must_answer if not said[person]}
    only_the_child = silent == {facts.child} and all(facts.child in group for group in groups)
    fits = {
        ConsentState.REFUSED: ConsentState.REFUSED in words,
        ConsentState.WITHDRAWN: ConsentState.WITHDRAWN in words,
        ConsentState.NEEDS_YOUTH: only_the_child and _shut_by_a_birthday(facts, service, purpose, at),
        ConsentState.EXPIRED: any(
            any(said[person][0].is_over(at) for person in group) for group in groups if not group & silent
        ),
    }
    return next((reason for reason, is_it in fits.items() if is_it), ConsentState.AWAITING)


def _shut_by_a_birthday(facts: Facts, service: Service, purpose: Purpose, at: datetime) -> bool:
    """Say whether the service saw something until the child reached an age from which the child answers too."""
    days = (clock.midnight(birthday(facts.birth_date, age)) for age in (facts.policy.youth_age, ADULT))
    return any(day <= at and scope(facts, service, purpose, day - clock.A_MOMENT) for day in days)


def _asked_anew(facts: Facts, service: Service, purpose: Purpose, at: datetime) -> bool:
    """Say whether the family was asked about the service after the case was last closed."""
    closed = max(c for c in facts.closed_at if c <= at)
    return any(r.service == service and r.purpose is purpose and closed < r.asked_at <= at for r in facts.requests)


def missing(facts: Facts, service: Service, purpose: Purpose, at: datetime) -> frozenset[Consenter]:
    """Return who has not answered yet. For the stafettholder alone (R-02)."""
    must_answer = frozenset().union(*required(facts, Category.TILTAK_AND_EVALUATION, at))
    return frozenset(p for p in must_answer if not _said(facts, p, service, purpose, at))


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
    yield from (*facts.closed_at, *facts.reopened_at)
    for g in facts.guardians:
        if g.valid_from:
            yield clock.midnight(g.valid_from)
        if g.valid_to:
            yield clock.end_of(g.valid_to)
    for age in (facts.policy.youth_age, facts.policy.health_age, ADULT):
        yield clock.midnight(birthday(facts.birth_date, age))


@dataclass(frozen=True)
class Item:
    """A row with people's words, as the gate knows one."""

    category: Category
    kept_out: frozenset[Service] = frozenset()
    child_named: frozenset[Service] = frozenset()


@dataclass(frozen=True)
class SharingDecision:
    """The gate's answer, and why not."""

    allowed: bool
    why_not: ConsentState | None = None


def can_share(facts: Facts, item: Item, *, service: Service, purpose: Purpose, at: datetime) -> SharingDecision:
    """Say whether a service inside the gate may see the item now (R-01). The owner service and the family are outside it."""
    now = state(facts, service, purpose, at)
    if now is not ConsentState.ACTIVE:
        return SharingDecision(allowed=False, why_not=now)
    if service in item.kept_out:
        return SharingDecision(allowed=False)
    if item.category is Category.CHILD_STATEMENTS:
        return SharingDecision(allowed=service in item.child_named)
    return SharingDecision(allowed=item.category in scope(facts, service, purpose, at))


def last_day(school_year_ends: tuple[int, int], given: date, *, whole_year: bool) -> date:
    """Return the last day of a consent given today: 12 months, or the end of the school year; the shorter if nothing is said.

    ``school_year_ends`` is (month, day), 31 July as shipped.
    """
    year = birthday(given, 1) - timedelta(days=1)
    summer = date(given.year, *school_year_ends)
    if summer < given:
        summer = date(given.year + 1, *school_year_ends)
    return year if whole_year else min(summer, year)

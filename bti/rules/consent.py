"""The consent gate: may this service see this kind of information about the child, at this moment?

Deny by default. The functions know only the facts they are given and the moment they are asked about, so the answer can
change only at moments the facts themselves name; ``windows`` works it out between those moments, once, when a fact is
written. One answer per service and consenter; the lowest answer counts; silence is a no for that service only.
(model.md section 5; R-01 to R-10)
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
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


def _said(facts: Facts, person: Consenter, service: Service, purpose: Purpose, at: datetime) -> list[Declaration]:
    """Return what the person has answered about the service until now, newest first. A closed case starts afresh."""
    newest_close = max((c for c in facts.closed_at if c <= at), default=None)
    said = [
        d
        for d in facts.declarations
        if d.consenter == person and d.purpose is purpose and service in d.answers and d.has_begun(at)
        if newest_close is None or d.recorded_at > newest_close
    ]
    return sorted(said, key=lambda d: (d.given_at, d.recorded_at), reverse=True)


def _withdrawn(facts: Facts, person: Consenter, service: Service, since: datetime, at: datetime) -> list[Withdrawal]:
    return [w for w in facts.withdrawals if w.consenter == person and w.service == service and since <= w.at <= at]


def opened_by(facts: Facts, person: Consenter, service: Service, purpose: Purpose, at: datetime) -> frozenset[Category]:
    """Return what the person's newest answer opens for the service; silence opens nothing.

    An older answer never comes back to life when a newer one runs out. One that still lacks its reference opens nothing
    by itself, and narrows at once what an older one had opened.
    """
    left = frozenset(Category)
    for declaration in _said(facts, person, service, purpose, at):
        taken_back = _withdrawn(facts, person, service, declaration.given_at, at)
        if any(not w.additions for w in taken_back):
            return frozenset()
        gone = {Category(a.value) for w in taken_back for a in w.additions}
        left &= declaration.answers[service].categories() - gone
        if declaration.is_evidenced(at):
            return frozenset() if declaration.is_over(at) else left
    return frozenset()


def closed_by(facts: Facts, person: Consenter, service: Service, purpose: Purpose, at: datetime) -> ConsentState | None:
    """Return REFUSED or WITHDRAWN when that is the person's newest word on the service."""
    said = _said(facts, person, service, purpose, at)
    since = said[0].given_at if said else datetime.min.replace(tzinfo=at.tzinfo)
    if any(not w.additions for w in _withdrawn(facts, person, service, since, at)):
        return ConsentState.WITHDRAWN
    if said and said[0].answers[service].level is ConsentLevel.NO:
        return ConsentState.REFUSED
    return None


def excluded(facts: Facts, service: Service, purpose: Purpose, at: datetime) -> frozenset[Category]:
    """Return what anybody has taken out of the level for the service. Exclusions beat every answer."""
    people = {d.consenter for d in facts.declarations}
    newest = (said[0] for person in people if (said := _said(facts, person, service, purpose, at)))
    return frozenset().union(*(d.answers[service].exclusions for d in newest))


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
    must_answer = frozenset().union(*required(facts, Category.TILTAK_AND_EVALUATION, at))
    words = {closed_by(facts, person, service, purpose, at) for person in must_answer}
    for word in (ConsentState.REFUSED, ConsentState.WITHDRAWN):
        if word in words:
            return word
    said = {person: _said(facts, person, service, purpose, at) for person in must_answer}
    silent = {person for person in must_answer if not said[person]}
    if silent == {facts.child} and must_answer != {facts.child}:
        return ConsentState.NEEDS_YOUTH
    if not silent and any(answers[0].is_over(at) for answers in said.values()):
        return ConsentState.EXPIRED
    return ConsentState.AWAITING


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
    yield from facts.closed_at
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

"""The consent gate: may this service see this kind of information about the child, at this moment? (model.md 5.3)"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bti import clock
from bti.rules.consent.decisions import who_answers, youth_rule
from bti.rules.consent.facts import Consenter, Declaration, Facts, Group, Service, Withdrawal, birthday
from bti.rules.consent.ownership import ALWAYS, FOR_EVER, Owned, ownership
from bti.rules.consent.words import ADULT, SHARED_BY_LEVEL, Category, ConsentLevel, ConsentState, Purpose, YouthRule


def required(facts: Facts, category: Category, at: datetime) -> tuple[Group, ...]:
    """Return the groups of which one must have answered in full (R-03). Never an empty group."""
    on = clock.day(at)
    if facts.expecting is not None:
        return (frozenset({facts.expecting}),)
    guardians = _guardians(facts, at)
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
    return together[youth_rule(facts.decisions, facts.policy.youth_rule, at)]


def _guardians(facts: Facts, at: datetime) -> Group:
    """Return the guardians who must answer: those with foreldreansvar, or those a decision for the child names (R-03)."""
    on = clock.day(at)
    named = who_answers(facts.decisions, at)
    if named is None:
        return frozenset(g.id for g in facts.guardians if g.must_answer(on))
    return frozenset(g.id for g in facts.guardians if g.id in named and g.is_valid(on))


def asked_since(facts: Facts, at: datetime) -> datetime:
    """Return since when an asking counts: a log that is opened again, or made digital at last, asks the family anew."""
    return max([*(r for r in facts.reopened_at if r <= at), *facts.made_digital(at)], default=ALWAYS)


def counts_since(facts: Facts, at: datetime) -> datetime | None:
    """Return since when words count: since the family was to be asked anew. A closed case hears none."""
    closed = max((c for c in facts.closed_at if c <= at), default=None)
    is_open = closed is None or any(closed < again <= at for again in facts.reopened_at)
    return asked_since(facts, at) if is_open else None


def _said(facts: Facts, person: Consenter, service: Service, purpose: Purpose, at: datetime) -> list[Declaration]:
    """Return what the person has answered about the service until now, newest first."""
    since = counts_since(facts, at)
    said = [
        d
        for d in facts.declarations
        if d.consenter == person and d.purpose is purpose and service in d.answers and d.has_begun(at)
        if since is not None and d.recorded_at >= since
    ]
    return _newest_first(said)


def _newest_first(said: Iterable[Declaration]) -> list[Declaration]:
    return sorted(said, key=lambda d: (d.given_at, d.recorded_at), reverse=True)


def standing_words(
    facts: Facts, person: Consenter, service: Service, purpose: Purpose, at: datetime
) -> list[Declaration]:
    """Return the words that bind the person now: the newest that can be found again, and any said after it.

    One that still lacks its reference opens nothing and lifts nothing, but narrows at once.
    """
    return _until_found(_said(facts, person, service, purpose, at), at)


def _until_found(said: list[Declaration], at: datetime) -> list[Declaration]:
    found = next((n for n, d in enumerate(said, 1) if d.is_evidenced(at)), len(said))
    return said[:found]


def _withdrawn(facts: Facts, person: Consenter, service: Service, since: datetime, at: datetime) -> list[Withdrawal]:
    return [w for w in facts.withdrawals if w.consenter == person and w.service == service and since <= w.at <= at]


def opened_by(facts: Facts, person: Consenter, service: Service, purpose: Purpose, at: datetime) -> frozenset[Category]:
    """Return what the person's newest answer opens for the service; silence opens nothing.

    An older answer never comes back to life when a newer one runs out.
    """
    words = standing_words(facts, person, service, purpose, at)
    if not words or not words[-1].is_evidenced(at) or words[-1].is_over(at):
        return frozenset()
    taken_back = _withdrawn(facts, person, service, words[-1].given_at, at)
    if any(not w.additions for w in taken_back):
        return frozenset()
    gone = {Category(a.value) for w in taken_back for a in w.additions}
    return frozenset.intersection(*(d.answers[service].categories() for d in words)) - gone


def closed_by(facts: Facts, person: Consenter, service: Service, purpose: Purpose, at: datetime) -> ConsentState | None:
    """Return REFUSED or WITHDRAWN when that is the person's word on the service.

    Who takes back a no has still said no: nothing on the page may change by it, and tell that it was one (R-10).
    """
    words = standing_words(facts, person, service, purpose, at)
    if any(d.answers[service].level is ConsentLevel.NO for d in words):
        return ConsentState.REFUSED
    since = words[-1].given_at if words else counts_since(facts, at)
    if since is not None and any(not w.additions for w in _withdrawn(facts, person, service, since, at)):
        return ConsentState.WITHDRAWN
    return None


def excluded(facts: Facts, service: Service, purpose: Purpose, at: datetime) -> frozenset[Category]:
    """Return what anybody has taken out of the level for the service. Exclusions beat every answer."""
    people = {d.consenter for d in facts.declarations}
    words = (d for person in people for d in standing_words(facts, person, service, purpose, at))
    return frozenset().union(*(d.answers[service].exclusions for d in words))


def scope(facts: Facts, service: Service, purpose: Purpose, at: datetime) -> frozenset[Category]:
    """Return what the service may see: the lowest answer among those who must answer, less every exclusion (R-02)."""
    if facts.strict_address_unapproved or not _may_take_part(facts, service, at):
        return frozenset()
    kept_out = excluded(facts, service, purpose, at)
    return frozenset(
        category
        for category in SHARED_BY_LEVEL
        if category not in kept_out and _all_have_opened(facts, service, category, purpose, at)
    )


def _may_take_part(facts: Facts, service: Service, at: datetime) -> bool:
    """Say whether the service is the kommune's own, or has an agreement that has begun (R-65)."""
    if service not in facts.other_owner:
        return True
    begins = facts.other_owner[service]
    return begins is not None and begins <= clock.day(at)


def about_themselves(facts: Facts, service: Service, purpose: Purpose, at: datetime) -> frozenset[Consenter]:
    """Return the guardians who have let the service see what is about themselves (R-59).

    Each one's own answer counts, nobody else's; and only while the service sees something of the case at all.
    """
    return let_see(facts, service, purpose, at) if scope(facts, service, purpose, at) else frozenset()


def let_see(facts: Facts, service: Service, purpose: Purpose, at: datetime) -> frozenset[Consenter]:
    """Return the guardians whose own answer lets the service see what is about themselves, were it to see anything."""
    return frozenset(g.id for g in facts.guardians if _says_so_of_themselves(facts, g.id, service, purpose, at))


def _says_so_of_themselves(facts: Facts, person: Consenter, service: Service, purpose: Purpose, at: datetime) -> bool:
    words = standing_words(facts, person, service, purpose, at)
    kept_out = frozenset().union(*(d.answers[service].exclusions for d in words))
    return Category.FAMILY_HOME in opened_by(facts, person, service, purpose, at) - kept_out


def shown_to(facts: Facts, guardian: Consenter, at: datetime) -> frozenset[Consenter]:
    """Return who else in the family may see what is about the guardian: those named in the own newest answer (R-59)."""
    since = counts_since(facts, at)
    if since is None or facts.strict_address_unapproved:
        return frozenset()
    said = [d for d in facts.declarations if d.consenter == guardian and d.about_me is not None and d.has_begun(at)]
    words = _until_found(_newest_first(d for d in said if d.recorded_at >= since), at)
    if not words or not words[-1].is_evidenced(at) or words[-1].is_over(at):
        return frozenset()
    return frozenset.intersection(*(d.about_me or frozenset() for d in words)) - {guardian}


def _all_have_opened(facts: Facts, service: Service, category: Category, purpose: Purpose, at: datetime) -> bool:
    groups = required(facts, category, at)
    if any(closed_by(facts, person, service, purpose, at) for group in groups for person in group):
        return False
    return any(all(category in opened_by(facts, person, service, purpose, at) for person in group) for group in groups)


def state(facts: Facts, service: Service, purpose: Purpose, at: datetime) -> ConsentState:
    """Return where the service stands now. Outwards it never tells who."""
    asked = [r.asked_at for r in facts.requests if r.service == service and r.purpose is purpose and r.asked_at <= at]
    if not any(all(since <= moment for since in facts.made_digital(at)) for moment in asked):
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
class Item:
    """A row with people's words, as the gate knows one."""

    category: Category
    kept_out: frozenset[Service] = frozenset()
    child_named: frozenset[Service] = frozenset()
    about: Consenter | None = None
    """The guardian the row is about personally (R-59)."""
    written_at: datetime = ALWAYS
    """When it was written: a service that owns the log reads what was written while it did (R-62)."""


@dataclass(frozen=True)
class SharingDecision:
    """The gate's answer, and why not."""

    allowed: bool
    why_not: ConsentState | None = None


def can_share(facts: Facts, item: Item, *, service: Service, purpose: Purpose, at: datetime) -> SharingDecision:
    """Say whether a service may see the item now (R-01). The owner service of today, or of then, is outside the gate (R-62)."""
    if any(_as_owner(facts, item, owned, at) for owned in _owned_now(facts, service, at)):
        return SharingDecision(allowed=True)
    now = state(facts, service, purpose, at)
    if now is not ConsentState.ACTIVE:
        return SharingDecision(allowed=False, why_not=now)
    lets_see = item.about is None or item.about in about_themselves(facts, service, purpose, at)
    if service in item.kept_out or not lets_see:
        return SharingDecision(allowed=False)
    if item.category is Category.CHILD_STATEMENTS:
        return SharingDecision(allowed=service in item.child_named)
    if item.about is not None:
        return SharingDecision(allowed=True)
    return SharingDecision(allowed=item.category in scope(facts, service, purpose, at))


def _owned_now(facts: Facts, service: Service, at: datetime) -> Iterator[Owned]:
    """Give what the service reads now by owning the log, or by having owned it."""
    known = ownership(facts.owner, facts.transfers)
    if not known and facts.owner == service:
        yield Owned(service, ALWAYS, FOR_EVER)
    yield from (owned for owned in known if owned.service == service and owned.is_open(at))


def _as_owner(facts: Facts, item: Item, owned: Owned, at: datetime) -> bool:
    """Say whether it reads the item without being asked about: its own stretch, or what the family let go along (R-62)."""
    if owned.service in item.kept_out or not _may_take_part(facts, owned.service, at):
        return False
    if owned.service not in facts.other_owner and owned.wrote(item.written_at):
        return True
    named = item.category is Category.CHILD_STATEMENTS and owned.service in item.child_named
    return item.about is None and (named or item.category in owned.before)


def last_day(school_year_ends: tuple[int, int], given: date, *, whole_year: bool) -> date:
    """Return the last day of a consent given today: 12 months, or the end of the school year; the shorter if nothing is said.

    ``school_year_ends`` is (month, day), 31 July as shipped.
    """
    year = birthday(given, 1) - timedelta(days=1)
    summer = date(given.year, *school_year_ends)
    if summer < given:
        summer = date(given.year + 1, *school_year_ends)
    return year if whole_year else min(summer, year)

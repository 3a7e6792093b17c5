"""What is shown of consent: where each service stands, what was asked, who has not answered. Never who said what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from bti import clock
from bti.casework.naming import in_order
from bti.casework.open_case import OpenCase
from bti.casework.policy import kommune, policy
from bti.casework.reading import reading
from bti.language import spoken
from bti.rules import consent as gate
from bti.rules.consent import Category, ConsentAddition, ConsentLevel, ConsentState, Purpose
from bti.rules.workflow import CaseStatus, Level
from bti.store.facts import AskedService, facts_and_services
from bti.store.tables import Consent, ConsentRequest, Service


@dataclass(frozen=True)
class Asked:
    """One service as the family is asked about it: what was read back before the yes."""

    service: UUID
    level: ConsentLevel
    additions: frozenset[ConsentAddition] = frozenset()


@dataclass(frozen=True)
class Standing:
    """Where one service stands with consent now. Never who has answered what."""

    service: UUID
    code: str
    name: str
    state: ConsentState
    scope: frozenset[Category] = frozenset()
    about: frozenset[UUID] = frozenset()
    """Of which guardians it sees what is about themselves (R-59); only to work out who sees a row."""
    until: date | None = None
    withdrawn_on: date | None = None

    @property
    def level(self) -> ConsentLevel:
        """The level the scope amounts to."""
        everyday = {Category.SCHOOL_KINDERGARTEN, Category.WELLBEING_SOCIAL}
        return ConsentLevel.EVERYDAY if everyday & self.scope else ConsentLevel.AGREEMENTS


@dataclass(frozen=True)
class ServiceChoice:
    """A service the family can be asked about."""

    service: UUID
    code: str
    name: str
    why: str


@dataclass(frozen=True)
class LatestRequest:
    """What the family was asked about, and it still counts: the text that is read back, and who has not answered."""

    consent: UUID
    asked: tuple[Asked, ...]
    since: date
    until: date
    answering: frozenset[UUID]
    silent: frozenset[UUID]
    child_told_by: UUID | None
    is_supplement: bool
    """Whether it asks for more beside what was asked before (R-06)."""

    @property
    def is_refusal(self) -> bool:
        """Whether the family lets nobody else in: it was asked for nothing, and nobody is waited for (R-10)."""
        return all(one.level is ConsentLevel.NO for one in self.asked)


@dataclass(frozen=True)
class ConsentView:
    """All that the page of consent shows to the stafettholder."""

    standings: tuple[Standing, ...]
    choices: tuple[ServiceChoice, ...]
    must_answer: frozenset[UUID]
    latest: LatestRequest | None
    more: tuple[LatestRequest, ...]
    """What the family was asked about later, beside the latest (R-06)."""
    renewal: LatestRequest | None
    """What the family was asked about for the time after this consent (R-09)."""
    ahead: Mapping[UUID, date]
    """Who may answer already, and the day from which it counts."""
    child: UUID
    ends: date | None
    """The last day of the yes that ends first, when it is near (R-09)."""
    has_answered: Mapping[UUID, frozenset[UUID]]
    """Which services each consenter has a standing yes to, so that it can be taken back."""
    with_additions: frozenset[UUID]
    """Who has said yes to an addition, so that it can be taken back alone (R-07)."""


_SERVICES = select(
    Service.id,
    Service.code,
    Service.name_nb,
    Service.name_nn,
    Service.why_nb,
    Service.why_nn,
)
_LATEST = reading(
    select(
        Consent.id,
        Consent.valid_from,
        Consent.valid_to,
        Consent.adds_to_id,
        Consent.child_told_by,
        ConsentRequest.service_id,
        ConsentRequest.level,
        ConsentRequest.additions,
    )
    .join(ConsentRequest, ConsentRequest.consent_id == Consent.id)
    .where(Consent.purpose == bindparam("purpose"))
    .order_by(Consent.recorded_at.desc(), Consent.id.desc()),
    Consent,
    ConsentRequest,
)


def standings(case: OpenCase) -> tuple[Standing, ...]:
    """Return where each service the family was asked about stands, for the strip. A sensitive one is named to few (R-56)."""
    return _standings(case, *facts_and_services(case.session, case.id, policy()))


def view(case: OpenCase) -> ConsentView:
    """Return what the stafettholder needs to ask the family and to write down what it says."""
    facts, asked = facts_and_services(case.session, case.id, policy())
    services = case.session.execute(_SERVICES).all()
    must_answer = gate.consenters(facts, case.at)
    rows = case.read(_LATEST, purpose=asked_for(case))
    current = _current(case, rows)
    ahead = gate.answers_ahead(facts, current.valid_to, case.at) if current else {}
    answering = must_answer | set(ahead)
    requests = _requests(current, rows, facts, answering)
    stand = _standings(case, facts, asked)
    ends = first_to_end(stand)
    return ConsentView(
        standings=stand,
        choices=in_order(
            (
                ServiceChoice(s.id, s.code, _said(s, "name"), _said(s, "why"))
                for s in services
                if s.id != case.owner_service_id
            ),
            lambda choice: choice.name,
        ),
        must_answer=must_answer,
        latest=requests[0] if requests else None,
        more=requests[1:],
        renewal=_renewal(case, rows, facts),
        ahead=ahead,
        child=facts.child,
        ends=ends if ends and gate.is_near(ends, case.today, policy().ahead_days) else None,
        has_answered={person: gate.may_take_back(facts, person, case.at) for person in answering},
        with_additions=frozenset(p for p in answering if _additions(facts, p, case.at)),
    )


def newest_consent(case: OpenCase) -> UUID | None:
    """Return the newest consent the family was asked about as a whole, which a new one supersedes."""
    rows = case.read(_LATEST, purpose=asked_for(case))
    return next((r.id for r in rows if r.adds_to_id is None), None)


def current_consent(case: OpenCase) -> Any | None:
    """Return the consent that counts now, begun and not superseded: its ``id`` and last day ``valid_to``."""
    return _current(case, case.read(_LATEST, purpose=asked_for(case)))


def _current(case: OpenCase, rows: Sequence[Any]) -> Any | None:
    return next((r for r in rows if r.adds_to_id is None and r.valid_from <= case.today), None)


def asked_for(case: OpenCase) -> Purpose:
    """Return what the family is asked for now: on the way out of the kommune it is another thing than before (R-08)."""
    return Purpose.EXTERNAL_HELP if case.status is CaseStatus.ESCALATING else Purpose.COOPERATE


def last_day(case: OpenCase, *, whole_year: bool, given: date | None = None) -> date:
    """Return the day an answer given today counts to, so that it can be read back before the yes."""
    month, day = kommune().consent.school_year_ends
    return gate.last_day((month, day), given or case.today, whole_year=whole_year)


def first_to_end(stand: Sequence[Standing]) -> date | None:
    """Return the last day of the yes that ends first, of those that count now."""
    return min((s.until for s in stand if s.state is ConsentState.ACTIVE and s.until), default=None)


def _standings(case: OpenCase, facts: gate.Facts, asked: Sequence[AskedService]) -> tuple[Standing, ...]:
    stands = (_standing(case, facts, s) for s in asked if _may_name(case, s))
    return tuple(s for s in stands if s.state is not ConsentState.NOT_ASKED)


def _standing(case: OpenCase, facts: gate.Facts, service: AskedService) -> Standing:
    purpose = _purpose_of(case, facts, service.id)
    state = gate.state(facts, service.id, purpose, case.at)
    taken_back = [w.at for w in facts.withdrawals if w.service == service.id]
    return Standing(
        service=service.id,
        code=service.code,
        name=_said(service, "name"),
        state=state,
        scope=gate.scope(facts, service.id, purpose, case.at),
        about=gate.about_themselves(facts, service.id, purpose, case.at),
        until=_ended(facts, service.id, case.at)
        if state is ConsentState.EXPIRED
        else _last_day_open(facts, service.id, purpose, case.at),
        withdrawn_on=clock.day(max(taken_back)) if taken_back else None,
    )


def _purpose_of(case: OpenCase, facts: gate.Facts, service: UUID) -> Purpose:
    """Return for what the service stands on the strip: for external help when it is asked for that alone, and it counts now."""
    counts = case.status is CaseStatus.ESCALATING or case.level is Level.EXTERNAL
    purposes = {r.purpose for r in facts.requests if r.service == service}
    return Purpose.EXTERNAL_HELP if counts and purposes == {Purpose.EXTERNAL_HELP} else Purpose.COOPERATE


def _ended(facts: gate.Facts, service: UUID, at: datetime) -> date | None:
    """Return the last day the service saw anything."""
    over = (w.closes for w in gate.windows(facts) if w.service == service and w.closes <= at)
    closed = max(over, default=None)
    return clock.day(closed - clock.A_MOMENT) if closed else None


def _last_day_open(facts: gate.Facts, service: UUID, purpose: Purpose, at: datetime) -> date | None:
    """Return the last day the service sees the agreements, if it does now."""
    open_now = (
        w for w in gate.windows(facts) if w.service == service and w.purpose is purpose and w.opens <= at < w.closes
    )
    closes = max((w.closes for w in open_now), default=None)
    return clock.day(closes - clock.A_MOMENT) if closes else None


def _requests(
    current: Any | None, rows: Sequence[Any], facts: gate.Facts, answering: frozenset[UUID]
) -> tuple[LatestRequest, ...]:
    """Return the consent that counts and its supplements, in the order they were asked."""
    if current is None:
        return ()
    added = dict.fromkeys(r.id for r in reversed(rows) if r.adds_to_id == current.id)
    return tuple(_request(key, rows, facts, answering) for key in (current.id, *added))


def _renewal(case: OpenCase, rows: Sequence[Any], facts: gate.Facts) -> LatestRequest | None:
    """Return the newest asking, when it is for a time that has not begun."""
    newest = next((r for r in rows if r.adds_to_id is None), None)
    if newest is None or newest.valid_from <= case.today:
        return None
    return _request(newest.id, rows, facts, gate.consenters(facts, clock.midnight(newest.valid_from)))


def _request(key: UUID, rows: Sequence[Any], facts: gate.Facts, answering: frozenset[UUID]) -> LatestRequest:
    of_it = [r for r in rows if r.id == key]
    answered = {d.consenter for d in facts.declarations if d.consent == key and d.answers}
    asked = tuple(Asked(r.service_id, r.level, r.additions) for r in of_it)
    is_waiting = any(one.level is not ConsentLevel.NO for one in asked)
    return LatestRequest(
        consent=key,
        asked=asked,
        since=of_it[0].valid_from,
        until=of_it[0].valid_to,
        answering=answering,
        silent=answering - answered if is_waiting else frozenset(),
        child_told_by=of_it[0].child_told_by,
        is_supplement=of_it[0].adds_to_id is not None,
    )


def _additions(facts: gate.Facts, person: UUID, at: datetime) -> frozenset[Category]:
    """Return what the person lets any service see on top of a level."""
    on_top = {Category(a.value) for a in ConsentAddition}
    open_now = (gate.opened_by(facts, person, r.service, r.purpose, at) for r in facts.requests)
    return frozenset().union(*open_now) & on_top


def _may_name(case: OpenCase, service: AskedService) -> bool:
    return case.sight.may_name(service.id, is_sensitive=service.sensitive_membership)


def _said(row: Any, name: str) -> str:
    return str(getattr(row, f"{name}_{spoken()}"))

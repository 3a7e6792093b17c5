"""What is shown of consent: where each service stands, what was asked, who has not answered. Never who said what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from bti import clock
from bti.casework.consent import not_to_share
from bti.casework.consent.consent_standings import Standing, first_to_end, said_in, standings_of
from bti.casework.ground.naming import in_order
from bti.casework.ground.open_case import OpenCase
from bti.casework.ground.policy import kommune, policy
from bti.casework.ground.reading import reading
from bti.errors import Reason
from bti.language import _
from bti.rules import consent as gate
from bti.rules.consent import ConsentAddition, ConsentLevel, ConsentState, Purpose
from bti.rules.people import ServiceOwner
from bti.rules.workflow import CaseStatus
from bti.store.facts import consent_facts, consents
from bti.store.tables import Consent, ConsentRequest, Service


@dataclass(frozen=True)
class Asked:
    """One service as the family is asked about it: what was read back before the yes."""

    service: UUID
    level: ConsentLevel
    additions: frozenset[ConsentAddition] = frozenset()


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

    not_to_share: tuple[str, ...]
    standings: tuple[Standing, ...]
    choices: tuple[ServiceChoice, ...]
    """The services the family can be asked about by this reader; what it was asked about others is not in the view (R-56)."""
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
    """Which services each has answered about, whatever the answer was and it was for, so that it can be taken back (R-07).

    Those that are not named to the reader too: a family that stops the sharing with all, stops it with all.
    """
    with_additions: bool
    """Whether an addition was asked for, so that it can be taken back alone (R-07)."""
    said_under: UUID | None
    """The consent a guardian's own word is said under, whatever is being asked now (R-59)."""


_SERVICES = select(
    Service.id,
    Service.code,
    Service.name_nb,
    Service.name_nn,
    Service.why_nb,
    Service.why_nn,
    Service.owner,
    Service.sensitive_membership,
)
_LATEST = reading(
    select(
        Consent.id,
        Consent.purpose,
        Consent.valid_from,
        Consent.valid_to,
        Consent.adds_to_id,
        Consent.recorded_at,
        Consent.child_told_by,
        ConsentRequest.service_id,
        ConsentRequest.level,
        ConsentRequest.additions,
    )
    .join(ConsentRequest, ConsentRequest.consent_id == Consent.id)
    .order_by(Consent.recorded_at.desc(), Consent.id.desc()),
    Consent,
    ConsentRequest,
)


def view(case: OpenCase) -> ConsentView:
    """Return what the stafettholder needs to ask the family and to write down what it says."""
    read = consents(case.session, case.id, policy())
    facts = read.facts
    services = _asked_by(case)
    told = {s.id for s in services}
    must_answer = gate.consenters(facts, case.at)
    every = case.read(_LATEST)
    rows = _asked_now(case, every, facts)
    current = _current(case, rows, facts)
    ahead = gate.answers_ahead(facts, current.valid_to, case.at) if current else {}
    answering = must_answer | set(ahead)
    of_told = [r for r in rows if r.service_id in told]
    requests = _requests(current, of_told, facts, answering, case.today)
    stand = standings_of(case, read)
    ends = first_to_end(stand)
    return ConsentView(
        not_to_share=not_to_share.words(case, read.askings),
        standings=stand,
        choices=in_order(
            (
                ServiceChoice(s.id, s.code, said_in(s, "name"), _why(s))
                for s in services
                if not case.reads_by_owning(s.id)
            ),
            lambda choice: choice.name,
        ),
        must_answer=must_answer,
        latest=requests[0] if requests else None,
        more=requests[1:],
        renewal=_renewal(case, of_told, facts),
        ahead=ahead,
        child=facts.child,
        ends=ends if ends and gate.is_near(ends, case.today, policy().ahead_days) else None,
        has_answered={
            who: _answered_about(every, facts, who, case.at) for who in {d.consenter for d in facts.declarations}
        },
        with_additions=any(r.additions for r in every if r.service_id in told),
        said_under=_said_under(case, every, facts),
    )


def _asked_by(case: OpenCase) -> Sequence[Any]:
    """Return the services this person asks the family about (R-56)."""
    services = case.session.execute(_SERVICES).all()
    return [s for s in services if case.may_ask_about(s.id, is_sensitive=s.sensitive_membership)]


def may_be_asked(case: OpenCase) -> frozenset[UUID]:
    """Return the services this person may ask the family about: not the one that reads by owning (R-56, R-65)."""
    return frozenset(s.id for s in _asked_by(case) if not case.reads_by_owning(s.id))


def _why(service: Any) -> str:
    """Say why the family may want the service in; of one with another owner, that nothing goes there without a yes (R-65)."""
    outside = service.owner is ServiceOwner.OTHER
    of_the_owner = _(Reason.OTHER_OWNER, tjeneste=said_in(service, "name")) if outside else ""
    return " ".join(filter(None, (said_in(service, "why"), of_the_owner)))


def newest_consent(case: OpenCase) -> UUID | None:
    """Return the newest consent the family was asked about as a whole, which a new one supersedes."""
    facts = consent_facts(case.session, case.id, policy())
    return next((r.id for r in _asked_now(case, case.read(_LATEST), facts) if r.adds_to_id is None), None)


def current_consent(case: OpenCase) -> Any | None:
    """Return the consent that counts now, begun, not superseded and not over: its ``id`` and last day ``valid_to``."""
    facts = consent_facts(case.session, case.id, policy())
    return _current(case, _asked_now(case, case.read(_LATEST), facts), facts)


def said_under(case: OpenCase) -> UUID | None:
    """Return the consent that a guardian's own word is said under: one that counts now, whatever is being asked (R-59)."""
    return _said_under(case, case.read(_LATEST), consent_facts(case.session, case.id, policy()))


def _said_under(case: OpenCase, rows: Sequence[Any], facts: gate.Facts) -> UUID | None:
    first = [*_asked_now(case, rows, facts), *_since(case, rows, facts)]
    counts = (r for r in first if r.adds_to_id is None and r.valid_from <= case.today <= r.valid_to)
    return next((r.id for r in counts), None)


def _asked_now(case: OpenCase, rows: Sequence[Any], facts: gate.Facts) -> list[Any]:
    """Return what the family is asked now: of a log that was opened again, nothing of what it was asked before."""
    return [r for r in _since(case, rows, facts) if r.purpose is asked_for(case)]


def _since(case: OpenCase, rows: Sequence[Any], facts: gate.Facts) -> list[Any]:
    return [r for r in rows if r.recorded_at >= gate.asked_since(facts, case.at)]


def _current(case: OpenCase, rows: Sequence[Any], facts: gate.Facts) -> Any | None:
    """Return the newest asking that has begun. When it is over the family is asked anew, unless it said no: that stands (R-10)."""
    newest = next((r for r in rows if r.adds_to_id is None and r.valid_from <= case.today), None)
    if newest is None or newest.valid_to >= clock.day(case.row.closed_at or case.at):
        return newest
    asked = (r.service_id for r in rows if r.id == newest.id)
    refused = (gate.state(facts, one, newest.purpose, case.at) is ConsentState.REFUSED for one in asked)
    return newest if all(refused) else None


def asked_for(case: OpenCase) -> Purpose:
    """Return what the family is asked for now: on the way out of the kommune it is another thing than before (R-08)."""
    return Purpose.EXTERNAL_HELP if case.status is CaseStatus.ESCALATING else Purpose.COOPERATE


def answered_about(case: OpenCase, facts: gate.Facts, person: UUID) -> frozenset[UUID]:
    """Return the services the person has answered about, and may take it back from: never what the answer was (R-07, R-10)."""
    return _answered_about(case.read(_LATEST), facts, person, case.at)


def last_day(case: OpenCase, *, whole_year: bool, given: date | None = None) -> date:
    """Return the day an answer given today counts to, so that it can be read back before the yes."""
    month, day = kommune().consent.school_year_ends
    return gate.last_day((month, day), given or case.today, whole_year=whole_year)


def _requests(
    current: Any | None, rows: Sequence[Any], facts: gate.Facts, answering: frozenset[UUID], today: date
) -> tuple[LatestRequest, ...]:
    """Return the consent that counts and its supplements, in the order they were asked, as far as the reader is told (R-56)."""
    if current is None:
        return ()
    added = dict.fromkeys(r.id for r in reversed(rows) if r.adds_to_id == current.id)
    found = (_request(key, rows, facts, answering, today) for key in (current.id, *added))
    return tuple(filter(None, found))


def _renewal(case: OpenCase, rows: Sequence[Any], facts: gate.Facts) -> LatestRequest | None:
    """Return the newest asking, when it is for a time that has not begun."""
    newest = next((r for r in rows if r.adds_to_id is None), None)
    if newest is None or newest.valid_from <= case.today:
        return None
    answering = gate.consenters(facts, clock.midnight(newest.valid_from))
    return _request(newest.id, rows, facts, answering, case.today)


def _request(
    key: UUID, rows: Sequence[Any], facts: gate.Facts, answering: frozenset[UUID], today: date
) -> LatestRequest | None:
    of_it = [r for r in rows if r.id == key]
    if not of_it:
        return None
    said = {(d.consenter, service) for d in facts.declarations if d.consent == key for service in d.answers}
    asked = tuple(Asked(r.service_id, r.level, r.additions) for r in of_it)
    is_waiting = any(one.level is not ConsentLevel.NO for one in asked) and of_it[0].valid_to >= today
    return LatestRequest(
        consent=key,
        asked=asked,
        since=of_it[0].valid_from,
        until=of_it[0].valid_to,
        answering=answering,
        silent=frozenset(one for one in answering if is_waiting and any((one, a.service) not in said for a in asked)),
        child_told_by=of_it[0].child_told_by,
        is_supplement=of_it[0].adds_to_id is not None,
    )


def _answered_about(rows: Sequence[Any], facts: gate.Facts, person: UUID, at: datetime) -> frozenset[UUID]:
    """Return the services the person was asked to let in, and has answered about; never what the answer was."""
    consents = gate.answered_under(facts, person, at)
    return frozenset(r.service_id for r in rows if r.id in consents and r.level is not ConsentLevel.NO)

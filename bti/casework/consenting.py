"""Consent: the family is asked, each answers for every service, and may take it back. Facts are added, never changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from bti import clock
from bti.casework.door import OpenCase, use_case
from bti.casework.policy import kommune, policy, policy_mark
from bti.casework.reading import reading
from bti.errors import Reason, Refused
from bti.language import spoken
from bti.rules import consent as gate
from bti.rules.access import Action
from bti.rules.consent import (
    Answer,
    Category,
    ConsentAddition,
    ConsentForm,
    ConsentLevel,
    ConsentState,
    Purpose,
)
from bti.rules.workflow import CaseStatus, Level
from bti.store import sharing
from bti.store.facts import AskedService, consent_facts, facts_and_services
from bti.store.tables import (
    Consent,
    ConsentAnswer,
    ConsentDeclaration,
    ConsentEvidence,
    ConsentRequest,
    ConsentWithdrawal,
    Narrowing,
    Oppmerksomhet,
    Service,
)


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
    until: date | None = None
    withdrawn_on: date | None = None

    @property
    def level(self) -> ConsentLevel:
        """The level the scope amounts to."""
        return ConsentLevel.EVERYDAY if Category.SCHOOL_KINDERGARTEN in self.scope else ConsentLevel.AGREEMENTS


@dataclass(frozen=True)
class ServiceChoice:
    """A service the family can be asked about."""

    service: UUID
    code: str
    name: str
    why: str


@dataclass(frozen=True)
class LatestRequest:
    """What the family was last asked about: the text that is read back, and who has not answered."""

    consent: UUID
    asked: tuple[Asked, ...]
    until: date
    not_to_share: str
    silent: frozenset[UUID]


@dataclass(frozen=True)
class ConsentView:
    """All that the page of consent shows to the stafettholder."""

    standings: tuple[Standing, ...]
    choices: tuple[ServiceChoice, ...]
    must_answer: frozenset[UUID]
    latest: LatestRequest | None
    has_answered: Mapping[UUID, frozenset[UUID]]
    """Which services each consenter has a standing yes to, so that it can be taken back."""


_SERVICES = select(
    Service.id,
    Service.code,
    Service.name_nb,
    Service.name_nn,
    Service.why_nb,
    Service.why_nn,
).order_by(Service.name_nb)
_LATEST = reading(
    select(
        Consent.id,
        Consent.valid_to,
        Consent.not_to_share,
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
_NARROWED = reading(
    select(Narrowing.oppmerksomhet_id, Narrowing.service_id, Narrowing.kept_out, Narrowing.at).order_by(Narrowing.at),
    Narrowing,
)


def standings(case: OpenCase) -> tuple[Standing, ...]:
    """Return where each service the family was asked about stands, for the strip. A sensitive one is named to few (R-56)."""
    return _standings(case, *facts_and_services(case.session, case.id, policy()))


def view(case: OpenCase) -> ConsentView:
    """Return what the stafettholder needs to ask the family and to write down what it says."""
    facts, asked = facts_and_services(case.session, case.id, policy())
    services = case.session.execute(_SERVICES).all()
    must_answer = frozenset().union(*gate.required(facts, Category.TILTAK_AND_EVALUATION, case.at))
    return ConsentView(
        standings=_standings(case, facts, asked),
        choices=tuple(
            ServiceChoice(s.id, s.code, _said(s, "name"), _said(s, "why"))
            for s in services
            if s.id != case.owner_service_id
        ),
        must_answer=must_answer,
        latest=_latest(case, facts, must_answer),
        has_answered={
            person: frozenset(
                r.service for r in facts.requests if gate.opened_by(facts, person, r.service, r.purpose, case.at)
            )
            for person in must_answer
        },
    )


def asked_for(case: OpenCase) -> Purpose:
    """Return what the family is asked for now: on the way out of the kommune it is another thing than before (R-08)."""
    return Purpose.EXTERNAL_HELP if case.status is CaseStatus.ESCALATING else Purpose.COOPERATE


def narrowed(case: OpenCase) -> Mapping[UUID, frozenset[UUID]]:
    """Return which services the family keeps out of each oppmerksomhet; the newest word counts."""
    newest: dict[tuple[UUID, UUID], bool] = {}
    for row in case.read(_NARROWED):
        newest[row.oppmerksomhet_id, row.service_id] = row.kept_out
    kept: dict[UUID, set[UUID]] = {}
    for (oppmerksomhet, service), out in newest.items():
        if out:
            kept.setdefault(oppmerksomhet, set()).add(service)
    return {oppmerksomhet: frozenset(services) for oppmerksomhet, services in kept.items()}


def last_day(case: OpenCase, *, whole_year: bool) -> date:
    """Return the day an answer given today counts to, so that it can be read back before the yes."""
    month, day = kommune().consent.school_year_ends
    return gate.last_day((month, day), case.today, whole_year=whole_year)


@use_case(Action.RECORD_CONSENT)
def ask_family(
    case: OpenCase,
    *,
    asked: Sequence[Asked],
    not_to_share: str,
    whole_year: bool,
    information_given: bool,
) -> UUID:
    """Write down what the family is asked about, after the information was given (R-04). It opens nothing by itself."""
    if not asked or any(a.level is ConsentLevel.NO for a in asked):
        raise Refused(Reason.CHOOSE_CONSENT, field="services")
    if not information_given:
        raise Refused(Reason.INFORMATION_FIRST, field="information_given")
    if case.owner_service_id in {a.service for a in asked}:
        raise Refused(Reason.NOT_A_CHOICE, field="services")
    latest = case.read(_LATEST, purpose=asked_for(case))
    consent = case.new(
        Consent(
            purpose=asked_for(case),
            valid_from=case.today,
            valid_to=last_day(case, whole_year=whole_year),
            information_given_at=case.at,
            not_to_share=not_to_share,
            recorded_by=case.actor.id,
            recorded_at=case.at,
            supersedes_id=latest[0].id if latest else None,
        )
    )
    for one in asked:
        case.new(
            ConsentRequest(consent_id=consent.id, service_id=one.service, level=one.level, additions=one.additions)
        )
    return consent.id


@use_case(Action.RECORD_CONSENT)
def record_answer(
    case: OpenCase,
    *,
    consent: UUID,
    consenter: UUID,
    answers: Mapping[UUID, Answer],
    form: ConsentForm,
    reference: str = "",
) -> UUID:
    """Write down what one consenter answered for each service, and let the gate open or shut by it at once (R-02, R-05, R-10).

    ``consenter`` is a guardian's id, or the child's. An oral answer, or one on paper, says where it can be found.
    """
    facts = consent_facts(case.session, case.id, policy())
    asked = case.get(Consent, consent)
    if consenter not in _may_answer(facts, case, asked.valid_to):
        raise Refused(Reason.NOT_A_CONSENTER, field="consenter")
    if form is not ConsentForm.ELECTRONIC and not reference.strip():
        raise Refused(Reason.WHERE_IS_IT, field="reference")
    declaration = case.new(
        ConsentDeclaration(
            consent_id=consent,
            guardian_id=None if consenter == facts.child else consenter,
            given_at=case.at,
            counts_from=case.at,
            recorded_at=case.at,
            recorded_by=case.actor.id,
            form=form,
        )
    )
    for service, answer in answers.items():
        case.new(ConsentAnswer(declaration_id=declaration.id, service_id=service, **vars(answer)))
    if reference.strip():
        case.new(
            ConsentEvidence(declaration_id=declaration.id, reference=reference, at=case.at, recorded_by=case.actor.id)
        )
    _let_the_gate_follow(case)
    return declaration.id


@use_case(Action.RECORD_CONSENT)
def withdraw(
    case: OpenCase,
    *,
    consenter: UUID,
    services: Sequence[UUID],
    additions: frozenset[ConsentAddition] = frozenset(),
) -> None:
    """Stop the sharing at once. Never refused to a consenter, and no reason is asked (R-07)."""
    facts = consent_facts(case.session, case.id, policy())
    if consenter not in {facts.child, *(g.id for g in facts.guardians)}:
        raise Refused(Reason.NOT_A_CONSENTER, field="consenter")
    for service in services:
        case.new(
            ConsentWithdrawal(
                guardian_id=None if consenter == facts.child else consenter,
                service_id=service,
                additions=additions,
                at=case.at,
                received_by=case.actor.id,
            )
        )
    _let_the_gate_follow(case)


@use_case(Action.RECORD_CONSENT)
def narrow(case: OpenCase, *, oppmerksomhet: UUID, service: UUID, kept_out: bool, said_by: str) -> UUID:
    """Keep a service out of one oppmerksomhet and all under it, or lift that again on the family's word."""
    case.get(Oppmerksomhet, oppmerksomhet)
    if service == case.owner_service_id:
        raise Refused(Reason.NOT_A_CHOICE, field="service")
    return case.new(
        Narrowing(
            oppmerksomhet_id=oppmerksomhet,
            service_id=service,
            kept_out=kept_out,
            said_by=said_by,
            at=case.at,
            recorded_by=case.actor.id,
        )
    ).id


@use_case(Action.RECORD_CONSENT)
def own_log_yes(case: OpenCase) -> None:
    """Write down that the family, with nobody else let in, still wants the log in the owner service (model.md 3.2)."""
    row = case.own_row()
    row.own_log_yes_at, row.level, row.status = case.at, Level.OWN_SERVICE, CaseStatus.OPEN


def _let_the_gate_follow(case: OpenCase) -> None:
    """Work the windows out anew; a first yes opens the log, and when every service is refused the level falls (R-10)."""
    windows = sharing.rebuild(case.session, case.id, policy(), policy_mark())
    row = case.own_row()
    if row.status is CaseStatus.DRAFT and any(w.opens <= case.at < w.closes for w in windows):
        row.status = CaseStatus.OPEN
    facts = consent_facts(case.session, case.id, policy())
    states = {
        gate.state(facts, r.service, Purpose.COOPERATE, case.at)
        for r in facts.requests
        if r.purpose is Purpose.COOPERATE
    }
    if states == {ConsentState.REFUSED} and row.level is Level.MUNICIPAL:
        row.level = Level.OWN_SERVICE
    elif ConsentState.ACTIVE in states and row.level is Level.OWN_SERVICE:
        row.level = Level.MUNICIPAL


def _may_answer(facts: gate.Facts, case: OpenCase, until: date) -> frozenset[UUID]:
    """Return who may answer: all who must now, or within the period; a youth in advance, some weeks before the day."""
    now = gate.required(facts, Category.TILTAK_AND_EVALUATION, case.at)
    later = gate.required(facts, Category.TILTAK_AND_EVALUATION, clock.midnight(until))
    return frozenset().union(*now, *later)


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


def _latest(case: OpenCase, facts: gate.Facts, must_answer: frozenset[UUID]) -> LatestRequest | None:
    rows = case.read(_LATEST, purpose=asked_for(case))
    if not rows:
        return None
    first = rows[0].id
    answered = {d.consenter for d in facts.declarations if d.consent == first}
    return LatestRequest(
        consent=first,
        asked=tuple(Asked(r.service_id, r.level, r.additions) for r in rows if r.id == first),
        until=rows[0].valid_to,
        not_to_share=rows[0].not_to_share,
        silent=must_answer - answered,
    )


def _may_name(case: OpenCase, service: AskedService) -> bool:
    return not service.sensitive_membership or case.sight.everything or service.id == case.sight.service


def _said(row: Any, name: str) -> str:
    return str(getattr(row, f"{name}_{spoken()}"))

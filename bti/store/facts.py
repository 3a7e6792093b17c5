"""The facts of consent, read from the rows they were written to."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from bti.rules import consent as gate
from bti.rules.people import GuardianRelation, ProtectedAddress, ServiceOwner, SubjectType
from bti.store.tables import (
    Case,
    CaseDecision,
    CaseDecisionConsenter,
    CaseReopened,
    Child,
    Consent,
    ConsentAnswer,
    ConsentDeclaration,
    ConsentEvidence,
    ConsentRequest,
    ConsentWithdrawal,
    Guardian,
    Service,
    Transfer,
)


@dataclass(frozen=True)
class AskedService:
    """A service the family was asked about."""

    id: UUID
    code: str
    name_nb: str
    name_nn: str
    sensitive_membership: bool


@dataclass(frozen=True)
class Asking:
    """What the family has said, in its own words, shall not be shared with the services it was asked about."""

    words: str
    at: datetime
    begins: date
    asks_anew: bool
    """Whether it was asked all over again, or only for more."""
    of: frozenset[UUID]


class Consents(NamedTuple):
    """What is read of consent in a case, once: the facts, the services by name, and the askings, the oldest first."""

    facts: gate.Facts
    services: tuple[AskedService, ...]
    askings: tuple[Asking, ...]


_FIRST: Final = aliased(Service)
_TO: Final = aliased(Service)
_PEOPLE = (
    select(
        Case.closed_at,
        Case.owner_service_id,
        Case.digital_since,
        _FIRST.owner.label("first_owner"),
        _FIRST.agreement_date.label("first_agreement"),
        CaseReopened.closed_at.label("closed_before"),
        CaseReopened.reopened_at,
        Child.id.label("child"),
        Child.subject_type,
        Child.birth_date,
        Child.due_date,
        Child.protected_address,
        Guardian.id.label("guardian"),
        Guardian.relation,
        Guardian.has_parental_responsibility,
        Guardian.valid_from,
        Guardian.valid_to,
        CaseDecision.id.label("decision"),
        CaseDecision.value,
        CaseDecision.at.label("decided_at"),
        CaseDecision.approver,
        CaseDecisionConsenter.guardian_id.label("must_answer"),
        ConsentWithdrawal.id.label("withdrawal"),
        ConsentWithdrawal.guardian_id.label("taken_back_by"),
        ConsentWithdrawal.service_id.label("taken_back_from"),
        ConsentWithdrawal.additions.label("taken_back"),
        ConsentWithdrawal.at.label("taken_back_at"),
        Transfer,
        _TO.owner.label("to_owner"),
        _TO.agreement_date.label("to_agreement"),
    )
    .join(_FIRST, _FIRST.id == Case.owner_service_id)
    .join(Child, Child.id == Case.child_id)
    .outerjoin(Guardian, Guardian.child_id == Child.id)
    .outerjoin(Transfer, Transfer.case_id == Case.id)
    .outerjoin(_TO, _TO.id == Transfer.to_service_id)
    .outerjoin(CaseReopened, CaseReopened.case_id == Case.id)
    .outerjoin(CaseDecision, CaseDecision.case_id == Case.id)
    .outerjoin(CaseDecisionConsenter, CaseDecisionConsenter.decision_id == CaseDecision.id)
    .outerjoin(ConsentWithdrawal, ConsentWithdrawal.case_id == Case.id)
    .where(Case.id == bindparam("case"))
)
_EVIDENCE = (
    select(ConsentEvidence.declaration_id, func.min(ConsentEvidence.at).label("at"))
    .where(ConsentEvidence.case_id == bindparam("case"))
    .group_by(ConsentEvidence.declaration_id)
    .subquery()
)
_WORDS = (
    select(
        ConsentRequest.service_id,
        Consent.id.label("consent"),
        Consent.purpose,
        Consent.valid_from,
        Consent.valid_to,
        Consent.information_given_at,
        Consent.recorded_at.label("asked_at"),
        Consent.adds_to_id,
        Consent.not_to_share,
        ConsentDeclaration.id.label("declaration"),
        ConsentDeclaration.guardian_id,
        ConsentDeclaration.given_at,
        ConsentDeclaration.counts_from,
        ConsentDeclaration.recorded_at,
        ConsentDeclaration.form,
        ConsentDeclaration.about_me,
        ConsentDeclaration.meeting_ends,
        ConsentAnswer.level,
        ConsentAnswer.additions,
        ConsentAnswer.exclusions,
        _EVIDENCE.c.at.label("evidence_at"),
        Service.code,
        Service.name_nb,
        Service.name_nn,
        Service.sensitive_membership,
        Service.owner,
        Service.agreement_date,
    )
    .join(Service, Service.id == ConsentRequest.service_id)
    .join(Consent, Consent.id == ConsentRequest.consent_id)
    .outerjoin(ConsentDeclaration, ConsentDeclaration.consent_id == Consent.id)
    .outerjoin(
        ConsentAnswer,
        and_(
            ConsentAnswer.declaration_id == ConsentDeclaration.id,
            ConsentAnswer.service_id == ConsentRequest.service_id,
        ),
    )
    .outerjoin(_EVIDENCE, _EVIDENCE.c.declaration_id == ConsentDeclaration.id)
    .where(ConsentRequest.case_id == bindparam("case"))
)


def consent_facts(session: Session, case: UUID, policy: gate.Policy) -> gate.Facts:
    """Return all the gate may know of the case. Two statements, however much the family has said."""
    return consents(session, case, policy).facts


def consents(session: Session, case: UUID, policy: gate.Policy) -> Consents:
    """Return the facts, with the services the family was asked about and what it has asked us not to share."""
    people = session.execute(_PEOPLE, {"case": case}).all()
    words = session.execute(_WORDS, {"case": case}).all()
    first = people[0]
    decisions = _decisions(people)
    approved = gate.both_have_approved(d.approver for d in decisions)
    services = {AskedService(r.service_id, r.code, r.name_nb, r.name_nn, r.sensitive_membership): None for r in words}
    facts = gate.Facts(
        child=first.child,
        birth_date=first.birth_date or first.due_date,
        guardians=tuple({row.guardian: _guardian(row) for row in people if row.guardian}.values()),
        requests=tuple({gate.Request(r.service_id, r.purpose, r.asked_at) for r in words}),
        declarations=_declarations(words, first.child),
        withdrawals=_withdrawals(people),
        closed_at=tuple({r.closed_before for r in people if r.closed_before} | {first.closed_at} - {None}),
        reopened_at=tuple({r.reopened_at for r in people if r.reopened_at}),
        digital_since=first.digital_since,
        strict_address_unapproved=first.protected_address is ProtectedAddress.STRENGT_FORTROLIG and not approved,
        decisions=decisions,
        other_owner=_other_owners(people, words),
        expecting=_expecting(people),
        policy=policy,
        owner=first.owner_service_id,
        transfers=tuple({row.Transfer.id: _transfer(row.Transfer) for row in people if row.Transfer}.values()),
    )
    return Consents(facts, tuple(sorted(services, key=lambda s: s.name_nb)), _askings(words))


def _askings(words: Sequence[Any]) -> tuple[Asking, ...]:
    of: dict[UUID, set[UUID]] = defaultdict(set)
    for row in words:
        of[row.consent].add(row.service_id)
    one_of_each = {row.consent: row for row in words}.values()
    said = (
        Asking(r.not_to_share, r.asked_at, r.valid_from, r.adds_to_id is None, frozenset(of[r.consent]))
        for r in one_of_each
    )
    return tuple(sorted(said, key=lambda asking: asking.at))


def _other_owners(people: Sequence[Any], words: Sequence[Any]) -> dict[UUID, date | None]:
    """Return the services with another owner than the kommune, among those that were asked about or have owned the log."""
    first = people[0]
    known = [(first.owner_service_id, first.first_owner, first.first_agreement)]
    known += [(row.Transfer.to_service_id, row.to_owner, row.to_agreement) for row in people if row.Transfer]
    known += [(row.service_id, row.owner, row.agreement_date) for row in words]
    return {service: agreed for service, owner, agreed in known if owner is not ServiceOwner.KOMMUNE}


def _transfer(row: Transfer) -> gate.Transfer:
    return gate.Transfer(
        to=row.to_service_id,
        day=row.day,
        takes=gate.takes(row.takes_along, row.chosen),
        agreed_at=row.agreed_at,
        cancelled_at=row.cancelled_at,
        archived_at=row.archived_from_at,
    )


def _guardian(row: Any) -> gate.Guardian:
    return gate.Guardian(row.guardian, row.has_parental_responsibility, row.valid_from, row.valid_to)


def _withdrawals(people: Sequence[Any]) -> tuple[gate.Withdrawal, ...]:
    found = {row.withdrawal: row for row in people if row.withdrawal}
    return tuple(
        gate.Withdrawal(row.taken_back_by or row.child, row.taken_back_from, row.taken_back_at, row.taken_back)
        for row in found.values()
    )


def _decisions(people: Sequence[Any]) -> tuple[gate.CaseDecision, ...]:
    made = {row.decision: row for row in people if row.decision}
    named = {key: frozenset(r.must_answer for r in people if r.decision == key and r.must_answer) for key in made}
    return tuple(
        gate.CaseDecision(row.value, row.decided_at, named[key], row.approver)
        for key, row in sorted(made.items(), key=lambda item: (item[1].decided_at, item[0]))
    )


def _expecting(people: Sequence[Any]) -> UUID | None:
    """Return the pregnant woman: the mother among the guardians of a child that is not born."""
    if people[0].subject_type is not SubjectType.PREGNANCY:
        return None
    mothers: list[UUID] = [row.guardian for row in people if row.relation is GuardianRelation.MOTHER]
    return mothers[0] if mothers else UUID(str(people[0].child))


def _declarations(words: Sequence[Any], child: UUID) -> tuple[gate.Declaration, ...]:
    answers: dict[UUID, dict[UUID, gate.Answer]] = defaultdict(dict)
    said = {}
    for row in words:
        if row.declaration:
            said[row.declaration] = row
        if row.level:
            answers[row.declaration][row.service_id] = gate.Answer(row.level, row.additions, row.exclusions)
    return tuple(
        gate.Declaration(
            consent=row.consent,
            consenter=row.guardian_id or child,
            purpose=row.purpose,
            answers=answers[declaration],
            information_given_at=row.information_given_at,
            given_at=row.given_at,
            counts_from=row.counts_from,
            recorded_at=row.recorded_at,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            form=row.form,
            evidence_at=row.evidence_at,
            in_meeting=row.meeting_ends is not None,
            meeting_closed_at=row.meeting_ends,
            about_me=row.about_me,
        )
        for declaration, row in said.items()
    )

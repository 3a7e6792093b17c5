"""Consent: the family is asked, each answers for every service, and may take it back. Facts are added, never changed."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from bti import clock
from bti.casework.consent.asking_family import ask_family, ask_for_more, ask_for_nothing, ask_to_renew, note_child_told
from bti.casework.consent.consent_standings import Standing, standings
from bti.casework.consent.consent_views import (
    Asked,
    ConsentView,
    LatestRequest,
    ServiceChoice,
    answered_about,
    last_day,
    said_under,
    view,
)
from bti.casework.consent.declaring import Given, How, add_evidence, declared, given, meeting_is_over, meeting_now
from bti.casework.consent.gate_follows import let_the_gate_follow
from bti.casework.consent.kept_out import narrowed
from bti.casework.door import OpenCase, use_case
from bti.casework.ground.policy import policy
from bti.casework.people.transferring import takes_back
from bti.errors import Reason, Refused
from bti.rules import consent as gate
from bti.rules.access import Action
from bti.rules.consent import Answer, ConsentAddition, ConsentForm, ConsentLevel
from bti.rules.workflow import ANY_MODE, SHARES, CaseStatus, Level
from bti.store.facts import Consents, consent_facts, consents
from bti.store.tables import (
    Consent,
    ConsentWithdrawal,
    Narrowing,
    Oppmerksomhet,
)

__all__ = [
    "Asked",
    "ConsentView",
    "Given",
    "LatestRequest",
    "ServiceChoice",
    "Standing",
    "add_evidence",
    "answer_about_me",
    "ask_family",
    "ask_for_more",
    "ask_to_renew",
    "given",
    "last_day",
    "let_nobody_in",
    "let_the_gate_follow",
    "meeting_is_over",
    "meeting_now",
    "narrow",
    "narrowed",
    "note_child_told",
    "own_log_yes",
    "record_answer",
    "standings",
    "view",
    "withdraw",
]


@use_case(Action.RECORD_CONSENT, modes=SHARES)
def record_answer(
    case: OpenCase,
    *,
    consent: UUID,
    consenter: UUID,
    answers: Mapping[UUID, Answer],
    form: ConsentForm,
    reference: str = "",
    meeting: UUID | None = None,
    explained_in: str = "",
) -> UUID:
    """Write down what one consenter answered for each service, and let the gate open or shut by it at once (R-02, R-05, R-10).

    ``consenter`` is a guardian's id, or the child's. An oral answer, or one on paper, says where it can be found; given in a
    ``meeting`` that is held now it counts until the meeting is over, and the reference may come later. What the family was
    asked and is over opens nothing, and takes no answer: the family is asked anew. What is not named to the one who writes
    stays as it is (R-56).
    """
    read = consents(case.session, case.id, policy())
    facts = read.facts
    if _not_told(case, read) & set(answers):
        raise Refused(Reason.NOT_A_CHOICE, field="consent")
    asked = case.get(Consent, consent)
    if asked.valid_to < case.today or asked.recorded_at < gate.asked_since(facts, case.at):
        raise Refused(Reason.ASK_ANEW, field="said")
    ahead = gate.answers_ahead(facts, asked.valid_to, case.at)
    if consenter not in _may_answer(facts, case, asked.valid_from) | set(ahead):
        raise Refused(Reason.NOT_A_CONSENTER, field="consenter")
    by = None if consenter == facts.child else consenter
    if asked.adds_to_id is not None:
        answers = _more(facts, case, asked, consenter, answers)
    counts_from = clock.midnight(ahead[consenter]) if consenter in ahead else case.at
    return declared(case, consent, by, answers, How(form, reference, meeting, counts_from, explained_in))


def _more(
    facts: gate.Facts, case: OpenCase, asked: Consent, consenter: UUID, answers: Mapping[UUID, Answer]
) -> Mapping[UUID, Answer]:
    """Return what the answers come to beside what the person has said yes to before (R-06)."""
    stood = gate.before(facts, asked.id)
    return {
        service: gate.with_what_stands(stood, consenter, service, asked.purpose, said, case.at)
        for service, said in answers.items()
    }


@use_case(Action.RECORD_CONSENT, modes=SHARES)
def let_nobody_in(
    case: OpenCase,
    *,
    services: Collection[UUID],
    said_by: Collection[UUID],
    form: ConsentForm,
    reference: str = "",
    meeting: UUID | None = None,
) -> UUID:
    """Write down that nobody else is let in: a no to each service from each who says it, and from nobody else (R-10).

    The family is asked for nothing, so nobody is waited for; when every service is refused, the level falls at once. Nobody is
    nobody: the no is also to what the family was asked about and the one who writes is not told of (R-56).
    """
    read = consents(case.session, case.id, policy())
    facts = read.facts
    if not set(said_by) <= _may_answer(facts, case, case.today):
        raise Refused(Reason.NOT_A_CONSENTER, field="said_by")
    if not said_by or not services:
        raise Refused(Reason.CHOOSE_CONSENT, field="said_by")
    refused = {*services, *_not_told(case, read)}
    consent = ask_for_nothing(case, refused)
    no = dict.fromkeys(refused, Answer(ConsentLevel.NO))
    for one in said_by:
        declared(case, consent, None if one == facts.child else one, no, How(form, reference, meeting))
    return consent


@use_case(Action.RECORD_CONSENT, modes=SHARES)
def answer_about_me(
    case: OpenCase, *, guardian: UUID, shown_to: Collection[UUID], form: ConsentForm, reference: str = ""
) -> UUID:
    """Write down who in the family may see what is about the guardian personally: her own word, and nobody else's (R-59).

    Nobody is an answer too. It counts as long as the consent it is said under.
    """
    facts = consent_facts(case.session, case.id, policy())
    consent = said_under(case)
    guardians = {g.id for g in facts.guardians}
    if guardian not in guardians:
        raise Refused(Reason.NOT_A_CONSENTER, field="guardian")
    if consent is None:
        raise Refused(Reason.CHOOSE_CONSENT, field="shown_to")
    if not set(shown_to) <= {facts.child, *guardians} - {guardian}:
        raise Refused(Reason.NOT_A_CHOICE, field="shown_to")
    return declared(case, consent, guardian, {}, How(form, reference), about_me=frozenset(shown_to))


@use_case(Action.RECORD_CONSENT, though_strict=True, modes=ANY_MODE)
def withdraw(
    case: OpenCase,
    *,
    consenter: UUID,
    services: Sequence[UUID],
    additions: frozenset[ConsentAddition] = frozenset(),
) -> bool:
    """Stop the sharing at once. Never refused to a consenter, and no reason is asked (R-07).

    Who takes everything back has no yes standing to a change of school either: return whether the family is asked anew (R-62).
    """
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
    is_asked_anew = _takes_all_back(facts, case, consenter, services, additions) and takes_back(case, consenter)
    let_the_gate_follow(case)
    return is_asked_anew


def _takes_all_back(
    facts: gate.Facts,
    case: OpenCase,
    person: UUID,
    services: Collection[UUID],
    additions: Collection[ConsentAddition],
) -> bool:
    """Say whether nothing is left that the person has answered about, whatever was answered: one service only is not all."""
    left = answered_about(case, facts, person) - set(services)
    return not additions and all(gate.has_taken_back(facts, person, one, case.at) for one in left)


@use_case(Action.RECORD_CONSENT)
def narrow(case: OpenCase, *, oppmerksomhet: UUID, service: UUID, kept_out: bool, said_by: str) -> UUID:
    """Keep a service out of one oppmerksomhet and all under it, or lift that again on the family's word."""
    case.get(Oppmerksomhet, oppmerksomhet)
    if case.reads_by_owning(service):
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


@use_case(Action.RECORD_CONSENT, modes=SHARES)
def own_log_yes(case: OpenCase) -> None:
    """Write down that the family, with nobody else let in, still wants the log in the owner service (model.md 3.2)."""
    row = case.own_row()
    row.own_log_yes_at, row.level, row.status = case.at, Level.OWN_SERVICE, CaseStatus.OPEN


def _not_told(case: OpenCase, read: Consents) -> set[UUID]:
    """Return the services the family was asked about, and this person may not be told of (R-56)."""
    return {s.id for s in read.services if not case.may_ask_about(s.id, is_sensitive=s.sensitive_membership)}


def _may_answer(facts: gate.Facts, case: OpenCase, begins: date) -> frozenset[UUID]:
    """Return who must answer now, or when the consent begins."""
    return gate.consenters(facts, case.at) | gate.consenters(facts, max(case.at, clock.midnight(begins)))

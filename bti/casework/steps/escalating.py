"""On the way to services outside the kommune: whom we ask, what they are told, and that the family has said yes (R-08)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from sqlalchemy import and_, delete, select

from bti.casework import story
from bti.casework.door import OpenCase, use_case
from bti.casework.ground.naming import service_name
from bti.casework.ground.policy import policy
from bti.casework.ground.reading import reading
from bti.casework.people import people
from bti.casework.people.people import Person
from bti.casework.steps import preparing
from bti.casework.story import MeetingView
from bti.errors import Reason, Refused
from bti.language import spoken
from bti.rules import consent as gate
from bti.rules import escalating as rule
from bti.rules.access import Action
from bti.rules.childs_voice import ShareWith
from bti.rules.consent import Category, ConsentState, Purpose
from bti.rules.escalating import Escalation, MessageStatus, Outward
from bti.rules.evaluation import Effect, EvaluationState
from bti.rules.meeting import MeetingType
from bti.rules.workflow import CaseStatus, Level, Step
from bti.store.facts import consent_facts
from bti.store.tables import Evaluation, ReferralMessage, ReferralRecipient, Service, Tiltak


@dataclass(frozen=True)
class MessageView:
    """The message, as far as it is written."""

    id: UUID
    round: int
    situation_text: str
    family_view: str
    question_to_service: str
    status: MessageStatus
    sent_on: date | None
    channel: str
    version: int
    recipients: tuple[tuple[UUID, str], ...]


@dataclass(frozen=True)
class EscalateView:
    """What the way out of the kommune shows."""

    message: MessageView | None
    tried: tuple[tuple[str, Effect], ...]
    child_said: tuple[str, ...]
    people: tuple[Person, ...]
    meeting: MeetingView | None
    missing: tuple[Outward, ...]


_MESSAGES = reading(
    select(
        ReferralMessage.id,
        ReferralMessage.round,
        ReferralMessage.situation_text,
        ReferralMessage.family_view,
        ReferralMessage.question_to_service,
        ReferralMessage.status,
        ReferralMessage.sent_on,
        ReferralMessage.channel,
        ReferralMessage.version,
        Service.id.label("service"),
        Service.name_nb,
        Service.name_nn,
        Service.sensitive_membership,
    )
    .join(
        ReferralRecipient,
        and_(ReferralRecipient.case_id == ReferralMessage.case_id, ReferralRecipient.message_id == ReferralMessage.id),
    )
    .join(Service, Service.id == ReferralRecipient.service_id)
    .order_by(ReferralMessage.round, Service.name_nb),
    ReferralMessage,
)
_TRIED = reading(
    select(Tiltak.text, Evaluation.effect)
    .join(Tiltak, and_(Tiltak.case_id == Evaluation.case_id, Tiltak.id == Evaluation.tiltak_id))
    .where(Evaluation.state == EvaluationState.FINAL)
    .order_by(Evaluation.round, Evaluation.id),
    Evaluation,
    Tiltak,
)
_CHOICES = select(Service.id, Service.name_nb, Service.name_nn).order_by(Service.name_nb)


def view(case: OpenCase) -> EscalateView:
    """Return what is in place and what is missing on the way out of the kommune."""
    message = of_round(case)
    meeting = story.meeting_of(story.meetings(case), MeetingType.LEVEL_C, case.round)
    recipients = frozenset(service for service, _ in message.recipients) if message else frozenset()
    now = Escalation(
        has_services=bool(recipients),
        is_covered=bool(recipients) and _is_covered(case, recipients),
        status=message.status if message else None,
        has_meeting=meeting is not None,
    )
    return EscalateView(
        message=message,
        tried=tuple((row.text, row.effect) for row in case.read(_TRIED)),
        child_said=_child_said(case, recipients),
        people=people.people(case),
        meeting=meeting,
        missing=rule.missing(now),
    )


def messages(case: OpenCase) -> tuple[MessageView, ...]:
    """Return the messages this reader may read: the owner service, and who the family lets be asked for help (model.md 5.1).

    A yes to working together is no yes to this: the purpose is another.
    """
    rows = case.read(_MESSAGES)
    if not rows or not _may_read(case):
        return ()
    found: dict[UUID, dict[str, Any]] = {}
    named: dict[UUID, list[tuple[UUID, str]]] = {}
    for row in rows:
        one = dict(row._mapping)
        service, nb, nn, is_sensitive = (
            one.pop(name) for name in ("service", "name_nb", "name_nn", "sensitive_membership")
        )
        found[row.id] = one
        if case.sight.may_name(service, is_sensitive=is_sensitive):
            named.setdefault(row.id, []).append((service, nn if spoken() == "nn" else nb))
    return tuple(MessageView(**one, recipients=tuple(named.get(key, ()))) for key, one in found.items())


def of_round(case: OpenCase) -> MessageView | None:
    """Return the message of this round, if it is begun."""
    return story.of_round(messages(case), case.round)


def choices(case: OpenCase) -> tuple[tuple[UUID, str], ...]:
    """Return the services that can be asked."""
    rows = case.session.execute(_CHOICES).all()
    return tuple((r.id, service_name(r)) for r in rows if r.id != case.owner_service_id)


@use_case(Action.LEAD)
def write_message(
    case: OpenCase,
    *,
    recipients: Sequence[UUID],
    situation_text: str,
    family_view: str,
    question_to_service: str,
    version: int,
) -> UUID:
    """Choose whom to ask and write what they are told. What is changed must be read by the family again."""
    _check_here(case)
    known = {service for service, _ in choices(case)}
    if not recipients or not set(recipients) <= known:
        raise Refused(Reason.NOT_A_CHOICE, field="recipients")
    before = of_round(case)
    row = (
        case.get(ReferralMessage, before.id, version)
        if before
        else ReferralMessage(round=case.round, category=Category.SCHOOL_KINDERGARTEN, channel="")
    )
    if before and before.status is MessageStatus.SENT_OUTSIDE_APP:
        raise Refused(Reason.SAVED_ALREADY)
    row.situation_text, row.family_view, row.question_to_service = situation_text, family_view, question_to_service
    row.status = MessageStatus.DRAFT
    key = row.id if before else case.new(row).id
    case.session.execute(
        delete(ReferralRecipient).where(ReferralRecipient.case_id == case.id, ReferralRecipient.message_id == key)
    )
    for service in sorted(set(recipients)):
        case.new(ReferralRecipient(message_id=key, service_id=service))
    return key


@use_case(Action.LEAD)
def family_has_read(case: OpenCase, *, version: int) -> UUID:
    """Write down that the family has read the message as it stands."""
    return _takes_on(case, MessageStatus.FAMILY_READ, version).id


@use_case(Action.LEAD)
def make_ready(case: OpenCase, *, version: int) -> UUID:
    """Mark the message ready to be sent. Refused until the family has said yes to each service, for this (R-08)."""
    return _takes_on(case, MessageStatus.READY, version, covered=True).id


@use_case(Action.LEAD)
def was_sent(case: OpenCase, *, channel: str, sent_on: date, version: int) -> UUID:
    """Write down that the kommune has sent it, how and when. The app itself sends nothing."""
    if sent_on > case.today:
        raise Refused(Reason.IN_THE_FUTURE, field="sent_on")
    row = _takes_on(case, MessageStatus.SENT_OUTSIDE_APP, version, covered=True)
    row.channel, row.sent_on = channel, sent_on
    return row.id


@use_case(Action.LEAD)
def call_meeting(case: OpenCase, *, day: date, at: time) -> UUID:
    """Agree on the meeting with the external services. They are not called before consent covers them (R-08)."""
    _check_here(case)
    _check_covered(case)
    return preparing.set_day(case, MeetingType.LEVEL_C, day, at)


@use_case(Action.LEAD)
def go_out(case: OpenCase) -> None:
    """Begin again in step 1 with those who were asked, at the level of external services. All four things are in place."""
    _check_here(case)
    if view(case).missing:
        raise Refused(Reason.STEP_NOT_DONE, field="step")
    row = case.own_row()
    row.status, row.step, row.level, row.round = CaseStatus.OPEN, Step.OPPSTART, Level.EXTERNAL, row.round + 1


@use_case(Action.LEAD)
def family_says_no(case: OpenCase) -> None:
    """Go back to the decision: the family does not want others asked. Who said it is not written anywhere (R-10).

    The meeting that was to be held with them comes to nothing, and is agreed anew if the family wants it after all (R-08).
    """
    _check_here(case)
    preparing.call_off(case, MeetingType.LEVEL_C)
    case.own_row().status = CaseStatus.OPEN


def _check_here(case: OpenCase) -> None:
    if case.status is CaseStatus.CLOSED:
        raise Refused(Reason.CASE_CLOSED)
    if case.status is not CaseStatus.ESCALATING:
        raise Refused(Reason.OTHER_STEP)


def _takes_on(case: OpenCase, status: MessageStatus, version: int, *, covered: bool = False) -> ReferralMessage:
    _check_here(case)
    message = of_round(case)
    if message is None:
        raise Refused(Reason.STEP_NOT_DONE)
    row = case.get(ReferralMessage, message.id, version)
    rule.check_follows(row.status, status)
    if covered:
        _check_covered(case)
    row.status = status
    return row


def _check_covered(case: OpenCase) -> None:
    message = of_round(case)
    recipients = frozenset(service for service, _ in message.recipients) if message else frozenset()
    rule.check_covered(is_covered=bool(recipients) and _is_covered(case, recipients))


def _is_covered(case: OpenCase, recipients: frozenset[UUID]) -> bool:
    facts = consent_facts(case.session, case.id, policy())
    states = {gate.state(facts, service, Purpose.EXTERNAL_HELP, case.at) for service in recipients}
    return states == {ConsentState.ACTIVE}


def _may_read(case: OpenCase) -> bool:
    if case.sight.everything:
        return True
    facts = consent_facts(case.session, case.id, policy())
    item = gate.Item(Category.SCHOOL_KINDERGARTEN)
    return gate.can_share(facts, item, service=case.sight.service, purpose=Purpose.EXTERNAL_HELP, at=case.at).allowed


def _child_said(case: OpenCase, recipients: frozenset[UUID]) -> tuple[str, ...]:
    """Return what the child has said that it lets each of those who are asked read, and nothing else (R-34)."""
    if not recipients:
        return ()
    shared = {ShareWith.ALL, ShareWith.NAMED}
    views = (v for v in story.child_views(case) if v.share_with in shared and recipients <= v.named)
    return tuple(text for v in views for text in (v.words, v.experienced_change) if text)

"""Registrer pågående: a case that already runs on paper is entered with its real dates, and marked so (R-61)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from bti import clock
from bti.casework.ground.naming import in_order, service_name
from bti.casework.ground.open_case import At, OpenCase
from bti.casework.ground.opening import open_case
from bti.casework.ground.policy import kommune, policy, policy_mark
from bti.casework.intake import creating
from bti.casework.intake.creating import NewGuardian
from bti.casework.people.people import Colleague, PersonKind, people
from bti.errors import Reason, Refused
from bti.rules import registering as rule
from bti.rules.consent import Category, ConsentForm, ConsentLevel, Purpose
from bti.rules.meeting import LASTS, MeetingType
from bti.rules.people import MAY_HOLD, Actor, ParticipantKind, ProtectedAddress
from bti.rules.registering import Carrier
from bti.rules.tiltak import TiltakStatus
from bti.rules.workflow import CaseStatus, Step
from bti.store import sharing
from bti.store.current import database
from bti.store.tables import (
    Consent,
    ConsentAnswer,
    ConsentDeclaration,
    ConsentEvidence,
    ConsentRequest,
    Goal,
    Meeting,
    Oppmerksomhet,
    Participant,
    Service,
    StaffUser,
    Tiltak,
)


@dataclass(frozen=True)
class PaperConsent:
    """The consent as it stands on paper: who has signed, for which services, from when, and where it lies."""

    services: Sequence[UUID]
    level: ConsentLevel
    given_on: date
    reference: str
    signed: Sequence[bool]
    """For each guardian, in the order they are named; and last, if it is said, for the child."""
    until: date | None = None
    not_to_share: str = ""
    """What the family has said, in its own words, that we shall not share (R-04)."""


@dataclass(frozen=True)
class Ongoing:
    """A tiltak that goes on: what, and who."""

    text: str
    who: Carrier


@dataclass(frozen=True)
class Registering:
    """What can be chosen when an ongoing case is entered: the services of the paper, and who may carry the log."""

    services: tuple[tuple[UUID, str], ...]
    holders: tuple[Colleague, ...]


_CAN_HOLD = (
    select(StaffUser.id, StaffUser.display_name, StaffUser.title)
    .where(
        StaffUser.active,
        StaffUser.service_id == bindparam("service"),
        StaffUser.id != bindparam("me"),
        StaffUser.access_role.in_(MAY_HOLD),
    )
    .order_by(StaffUser.display_name)
)
_OTHER_SERVICES = select(Service.id, Service.name_nb, Service.name_nn).where(Service.id != bindparam("service"))


def choices(actor: Actor) -> Registering:
    """Return what the one who registers can choose between."""
    with database().reading(actor.id) as session:
        services = session.execute(_OTHER_SERVICES, {"service": actor.service}).all()
        return Registering(
            in_order(((s.id, service_name(s)) for s in services), lambda service: service[1]),
            _holders(session, actor),
        )


def register_ongoing(
    actor: Actor,
    *,
    child_name: str,
    birth_date: date,
    protected_address: ProtectedAddress,
    guardians: Sequence[NewGuardian],
    own_class: bool = True,
    consent: PaperConsent,
    stafettholder: UUID | None,
    concern: str,
    tiltak: Sequence[Ongoing],
    started: date | None,
    evaluation: datetime,
) -> str:
    """Enter a case that runs on paper, in step 3 of its first round, and return its number (R-61).

    The consent counts from its paper date, opens from now, and ends with its own period; nothing is shared before.
    """
    _check(consent, tiltak, started, evaluation)

    def enter(session: Session, number: str) -> None:
        if stafettholder is not None and stafettholder not in {one.user for one in _holders(session, actor)}:
            raise Refused(Reason.NOT_A_CHOICE, field="stafettholder")
        case = open_case(session, At(actor, number))
        _enter_consent(case, consent)
        _carry(case, stafettholder)
        _enter_tiltak(case, concern, tiltak, started or consent.given_on)
        case.new(
            Meeting(round=1, type=MeetingType.EVALUATION, place="", start=evaluation, planned_end=evaluation + LASTS)
        )
        creating.note(session, actor, case.id, "done", "register_ongoing")

    return creating.create_case(
        actor,
        child_name=child_name,
        birth_date=birth_date,
        protected_address=protected_address,
        guardians=guardians,
        own_class=own_class,
        and_then=enter,
    )


def meeting_at(day: date, at: time) -> datetime:
    """Return the moment of the next evaluation."""
    return datetime.combine(day, at, clock.OSLO)


def _check(consent: PaperConsent, tiltak: Sequence[Ongoing], started: date | None, evaluation: datetime) -> None:
    today = clock.today()
    _last_day(consent, today)
    if not consent.services or consent.level is ConsentLevel.NO:
        raise Refused(Reason.CHOOSE_CONSENT, field="services")
    if not any(consent.signed):
        raise Refused(Reason.PAPER_CONSENT, field="first_signed")
    if not tiltak:
        raise Refused(Reason.MISSING, field="first_tiltak")
    if started is not None and started > today:
        raise Refused(Reason.IN_THE_FUTURE, field="started")
    rule.check_next_evaluation(clock.day(evaluation), today)


def _last_day(consent: PaperConsent, today: date) -> date:
    month, day = kommune().consent.school_year_ends
    return rule.period_of_paper(consent.given_on, consent.until, consent.reference, today, (month, day))


def _enter_consent(case: OpenCase, paper: PaperConsent) -> None:
    """Write the paper down as facts with its own day; they are recorded now, so nothing was open before."""
    given = clock.midnight(paper.given_on)
    consent = case.new(
        Consent(
            purpose=Purpose.COOPERATE,
            valid_from=paper.given_on,
            valid_to=_last_day(paper, case.today),
            information_given_at=given,
            not_to_share=paper.not_to_share,
            recorded_by=case.actor.id,
            recorded_at=case.at,
        )
    )
    if case.owner_service_id in paper.services:
        raise Refused(Reason.NOT_A_CHOICE, field="services")
    for service in paper.services:
        case.new(ConsentRequest(consent_id=consent.id, service_id=service, level=paper.level, additions=frozenset()))
    guardians = [p.key for p in people(case) if p.kind is PersonKind.GUARDIAN]
    for guardian, signed in zip([*guardians, None], paper.signed, strict=False):
        if signed:
            _enter_answer(case, consent, guardian, paper)
    sharing.rebuild(case.session, case.id, policy(), policy_mark())


def _enter_answer(case: OpenCase, consent: Consent, guardian: UUID | None, paper: PaperConsent) -> None:
    declaration = case.new(
        ConsentDeclaration(
            consent_id=consent.id,
            guardian_id=guardian,
            given_at=consent.information_given_at,
            counts_from=consent.information_given_at,
            recorded_at=case.at,
            recorded_by=case.actor.id,
            form=ConsentForm.WRITTEN,
        )
    )
    for service in paper.services:
        case.new(
            ConsentAnswer(
                declaration_id=declaration.id,
                service_id=service,
                level=paper.level,
                additions=frozenset(),
                exclusions=frozenset(),
            )
        )
    case.new(
        ConsentEvidence(declaration_id=declaration.id, reference=paper.reference, at=case.at, recorded_by=case.actor.id)
    )


def _carry(case: OpenCase, stafettholder: UUID | None) -> None:
    """Let the case stand where it stands on paper, with the one who carries it there."""
    row = case.own_row()
    row.registered_afterwards, row.status, row.step = True, CaseStatus.OPEN, Step.IVERKSETT
    if stafettholder is not None:
        case.new(Participant(user_id=stafettholder, kind=ParticipantKind.STAFF, joined_at=case.at))
        row.stafettholder_id = stafettholder
    case.session.flush()


def _enter_tiltak(case: OpenCase, concern: str, tiltak: Sequence[Ongoing], started: date) -> None:
    category = Category.TILTAK_AND_EVALUATION
    about = case.new(Oppmerksomhet(title=concern, category=category, opened_round=1, order_no=1))
    goal = case.new(Goal(oppmerksomhet_id=about.id, text=None, category=category))
    carriers = _carriers(case)
    for number, one in enumerate(tiltak, 1):
        if one.who not in carriers:
            raise Refused(Reason.NOT_A_CHOICE, field="first_who")
        case.new(
            Tiltak(
                oppmerksomhet_id=about.id,
                goal_id=goal.id,
                text=one.text,
                responsible_id=carriers[one.who],
                start=started,
                status=TiltakStatus.PLANNED,
                category=category,
                round=1,
                order_no=number,
            )
        )


def _carriers(case: OpenCase) -> dict[Carrier, UUID]:
    """Return who each word is, as they take part."""
    holder, everyone = case.own_row().stafettholder_id, people(case)
    guardians = [p.id for p in everyone if p.kind is PersonKind.GUARDIAN]
    return {
        Carrier.STAFETTHOLDER: next(p.id for p in everyone if p.key == holder),
        Carrier.CHILD: next(p.id for p in everyone if p.kind is PersonKind.CHILD),
        **dict(zip((Carrier.FIRST_GUARDIAN, Carrier.SECOND_GUARDIAN), guardians, strict=False)),
    }


def _holders(session: Session, actor: Actor) -> tuple[Colleague, ...]:
    rows = session.execute(_CAN_HOLD, {"service": actor.service, "me": actor.id}).all()
    return tuple(Colleague(r.id, r.display_name, r.title, actor.service_name) for r in rows)

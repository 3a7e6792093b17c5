"""Before step 1: making a stafettlogg for a child (R-12, R-13)."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Never
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from bti import clock
from bti.casework.ground.entries import entry
from bti.casework.ground.naming import split_name
from bti.casework.ground.opening import OWNER
from bti.casework.intake import protecting
from bti.casework.intake.finding import by_day, of_that_name
from bti.errors import Reason, Refused
from bti.rules.consent import birthday
from bti.rules.family import ReceivesInformation
from bti.rules.people import (
    Actor,
    CreationResult,
    GuardianRelation,
    ParticipantKind,
    ProtectedAddress,
    ServiceKind,
    SubjectType,
    may_be_told,
    may_create_at_once,
)
from bti.rules.privacy import SHORT, words
from bti.rules.workflow import CaseStatus
from bti.store import audit
from bti.store.current import database
from bti.store.engine import RULE
from bti.store.tables import Case, Child, CreationRequest, Guardian, Participant

OLDEST = 23
UNBORN = "Barnet til"
"""What a child that is not born is called, in both languages, until it has a name."""


@dataclass(frozen=True)
class NewGuardian:
    """A guardian as typed when the log is made, or as known from the log of a sibling."""

    name: str
    relation: GuardianRelation
    has_parental_responsibility: bool
    blocked: bool = False
    lives_with_child: bool = True
    receives_information: ReceivesInformation | None = None
    phone: str = ""
    language: str = ""
    interpreter_language: str = ""


_OPEN_LOGS = by_day(
    select(Case.id, OWNER.label("owner"), Child.group, Child.home_service_id).where(Case.status != CaseStatus.CLOSED)
)
_ASKED = select(CreationRequest.id).where(
    CreationRequest.asked_by == bindparam("asked_by"),
    CreationRequest.child_name == bindparam("child_name"),
    CreationRequest.birth_date == bindparam("birth_date"),
    CreationRequest.result.is_(None),
)
_LET = select(CreationRequest.child_name).where(
    CreationRequest.asked_by == bindparam("asked_by"),
    CreationRequest.birth_date == bindparam("birth_date"),
    CreationRequest.result == CreationResult.OPENED,
)
_CLOSED_LOGS = by_day(select(Case.id).where(Case.status == CaseStatus.CLOSED).order_by(Case.closed_at.desc()))
_LAST_NUMBER = (
    select(Case.number)
    .where(Case.number.startswith(bindparam("year")))
    .order_by(func.length(Case.number).desc(), Case.number.desc())
    .limit(1)
)


def may_start(actor: Actor) -> bool:
    """Say whether the person can make a stafettlogg at once for a child of her own (R-12), for the button."""
    return may_create_at_once(actor, own_class=True)


def create_case(
    actor: Actor,
    *,
    child_name: str,
    birth_date: date,
    protected_address: ProtectedAddress,
    guardians: Sequence[NewGuardian],
    own_class: bool = True,
    subject: SubjectType = SubjectType.CHILD,
    and_then: Callable[[Session, str], None] | None = None,
) -> str:
    """Make a stafettlogg with the person as stafettholder and her service as owner, and return its number (R-12, R-13).

    Whoever does not say that the child is her own gets the koordinator's answer before anything is looked up. Refused
    also: the child has an open log; strengt fortrolig address (R-60); a date that cannot be. ``and_then`` writes more in
    the new log, in the same transaction. For a pregnancy the name is the pregnant woman's, and the day is the due date.
    """
    at = clock.now()
    if subject is not SubjectType.PREGNANCY:
        _check(birth_date, clock.day(at))
    approvals = _approvals(child_name, birth_date, protected_address)
    if not may_create_at_once(actor, own_class=own_class, subject=subject) and not _let_by_koordinator(
        actor, child_name, birth_date
    ):
        request(actor, child_name=child_name, birth_date=birth_date)
    with database().writing(actor.id) as session:
        with database().as_the_rule(session, actor.id):
            existing = _existing(session, child_name, birth_date)
            before = of_that_name(session, _CLOSED_LOGS, child_name, birth_date)
        if existing is None:
            child = Child(
                **_named(child_name, birth_date, subject),
                protected_address=protected_address,
                **_where_the_child_goes(actor),
            )
            number = _made(session, actor, child, guardians, approvals, before.id if before else None, at)
            if and_then:
                and_then(session, number)
            return number
        note(session, actor, existing.id, "refused", "create_case")
    if may_be_told(actor, frozenset({existing.owner}), existing.group):
        raise Refused(Reason.CASE_EXISTS, field="child_name")
    return request(actor, child_name=child_name, birth_date=birth_date)


def request(actor: Actor, *, child_name: str, birth_date: date) -> Never:
    """Ask the koordinator for a log, and get the one answer there is, whether the child has one or not (R-12)."""
    asked = {"asked_by": actor.id, "child_name": words(child_name, SHORT), "birth_date": birth_date}
    with database().writing(actor.id) as session:
        if session.execute(_ASKED, asked).first() is None:
            session.add(CreationRequest(**asked, at=clock.now(), updated_by=actor.id))
            session.flush()
        note(session, actor, None, "asked", "ask_for_log")
    raise Refused(Reason.COORDINATOR_WILL_CALL)


def open_log_of(session: Session, name: str, born: date) -> UUID | None:
    """Return the open log of the child of that name and day, in a session that reads as the rule."""
    found = _existing(session, name, born)
    return found.id if found else None


def _let_by_koordinator(actor: Actor, name: str, born: date) -> bool:
    with database().reading(actor.id) as session:
        let = session.execute(_LET, {"asked_by": actor.id, "birth_date": born}).scalars().all()
    return " ".join(name.split()).casefold() in {" ".join(said.split()).casefold() for said in let}


def _approvals(name: str, born: date, address: ProtectedAddress) -> Collection[Any]:
    """Return the two approvals a strict address needs, or refuse before anything else is asked or written (R-60)."""
    if address is not ProtectedAddress.STRENGT_FORTROLIG:
        return ()
    with database().reading(RULE) as session:
        return protecting.check_approved(session, name, born)


def _check(born: date, today: date) -> None:
    if born > today:
        raise Refused(Reason.IN_THE_FUTURE, field="birth_date")
    if today >= birthday(born, OLDEST + 1):
        raise Refused(Reason.TOO_OLD, field="birth_date")


def _existing(session: Session, name: str, day: date) -> Any:
    return of_that_name(session, _OPEN_LOGS, name, day)


def _made(
    session: Session,
    actor: Actor,
    child: Child,
    guardians: Sequence[NewGuardian],
    approvals: Collection[Any],
    previous: UUID | None,
    now: datetime,
) -> str:
    session.add(child)
    session.flush()
    case = Case(
        number=_next_number(session, clock.day(now).year),
        child_id=child.id,
        owner_service_id=actor.service,
        stafettholder_id=actor.id,
        opened_at=now,
        previous_case_id=previous,
        updated_by=actor.id,
    )
    family = [
        Guardian(child_id=child.id, order_no=n, updated_by=actor.id, **_as_row(guardian))
        for n, guardian in enumerate(guardians, 1)
    ]
    session.add_all([case, *family])
    session.flush()
    people = [
        Participant(user_id=actor.id, kind=ParticipantKind.STAFF),
        Participant(child_id=child.id, kind=ParticipantKind.FAMILY),
        *(Participant(guardian_id=guardian.id, kind=ParticipantKind.FAMILY) for guardian in family),
    ]
    for person in people:
        person.case_id, person.joined_at, person.updated_by = case.id, now, actor.id
    session.add_all(people)
    session.flush()
    protecting.take_along(session, case.id, approvals)
    note(session, actor, case.id, "done", "create_case")
    return case.number


def _as_row(guardian: NewGuardian) -> dict[str, Any]:
    return {name: None if value == "" else value for name, value in vars(guardian).items()}


def _named(name: str, day: date, subject: SubjectType) -> dict[str, Any]:
    given, family = split_name(name)
    if subject is SubjectType.PREGNANCY:
        return {"given_names": f"{UNBORN} {given}", "family_name": "", "due_date": day, "subject_type": subject}
    return {"given_names": given, "family_name": family, "birth_date": day}


def _where_the_child_goes(actor: Actor) -> dict[str, Any]:
    """Take school or kindergarten, and the class when there is but one, from the one who makes the log. Changeable."""
    if actor.service_kind not in {ServiceKind.SCHOOL, ServiceKind.KINDERGARTEN}:
        return {}
    return {"home_service_id": actor.service, "group": next(iter(actor.groups)) if len(actor.groups) == 1 else ""}


def _next_number(session: Session, year: int) -> str:
    last = session.execute(_LAST_NUMBER, {"year": f"{year}-"}).scalar_one_or_none()
    return f"{year}-{int(last.split('-')[1]) + 1 if last else 1:03d}"


def note(session: Session, actor: Actor, case: UUID | None, outcome: str, action: str) -> None:
    """Write down what was done before there was a door to walk through."""
    audit.append(session, entry(actor, action, "", outcome, case))

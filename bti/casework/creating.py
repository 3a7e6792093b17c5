"""Before step 1: making a stafettlogg for a child (R-12, R-13)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from bti import clock
from bti.errors import Reason, Refused
from bti.rules.consent import birthday
from bti.rules.people import Actor, GuardianRelation, ParticipantKind, ProtectedAddress
from bti.rules.workflow import CaseStatus
from bti.store import audit
from bti.store.current import database
from bti.store.tables import Case, Child, Guardian, Participant

OLDEST = 23


@dataclass(frozen=True)
class NewGuardian:
    """A guardian as typed when the log is made."""

    name: str
    relation: GuardianRelation
    has_parental_responsibility: bool


_OPEN_LOGS = (
    select(Case.id, Case.owner_service_id, Child.given_names, Child.family_name)
    .join(Child, Child.id == Case.child_id)
    .where(Case.status != CaseStatus.CLOSED, Child.birth_date == bindparam("born"))
)
_CLOSED_LOGS = (
    select(Case.id, Child.given_names, Child.family_name)
    .join(Child, Child.id == Case.child_id)
    .where(Case.status == CaseStatus.CLOSED, Child.birth_date == bindparam("born"))
    .order_by(Case.closed_at.desc())
)
_LAST_NUMBER = (
    select(Case.number)
    .where(Case.number.startswith(bindparam("year")))
    .order_by(func.length(Case.number).desc(), Case.number.desc())
    .limit(1)
)


def may_start(actor: Actor) -> bool:
    """Say whether the person's service may create a stafettlogg (R-12), for the button."""
    return actor.service_may_create


def create_case(
    actor: Actor,
    *,
    child_name: str,
    birth_date: date,
    protected_address: ProtectedAddress,
    guardians: Sequence[NewGuardian],
) -> str:
    """Make a stafettlogg with the person as stafettholder and her service as owner, and return its number (R-12, R-13).

    Refused: the service may not; the child has an open log; strengt fortrolig address (R-60); a date that cannot be.
    """
    at = clock.now()
    _check(actor, birth_date, protected_address, clock.day(at))
    given, family = split_name(child_name)
    with database().writing(actor.id) as session:
        with database().as_the_rule(session, actor.id):
            existing = open_log_of(session, given, family, birth_date)
            previous = _of_that_name(session, _CLOSED_LOGS, given, family, birth_date)
        if existing is None:
            return _made(
                session,
                actor,
                Child(
                    given_names=given, family_name=family, birth_date=birth_date, protected_address=protected_address
                ),
                guardians,
                previous.id if previous else None,
            )
        note(session, actor, existing.id, "refused", "create_case")
        same = existing.owner_service_id == actor.service
    raise Refused(Reason.CASE_EXISTS if same else Reason.COORDINATOR_WILL_CALL, field="child_name")


def split_name(name: str) -> tuple[str, str]:
    """Split «Solveig Marie Testdal» into given names and family name; a single word is a given name or an alias."""
    *given, last = name.split() or [""]
    return (" ".join(given), last) if given else (last, "")


def _check(actor: Actor, born: date, address: ProtectedAddress, today: date) -> None:
    if not may_start(actor):
        raise Refused(Reason.COORDINATOR_WILL_CALL)
    if born > today:
        raise Refused(Reason.IN_THE_FUTURE, field="birth_date")
    if today >= birthday(born, OLDEST + 1):
        raise Refused(Reason.TOO_OLD, field="birth_date")
    if address is ProtectedAddress.STRENGT_FORTROLIG:
        raise Refused(Reason.STRICT_ADDRESS, field="protected_address")


def open_log_of(session: Session, given: str, family: str, born: date) -> Any:
    """Return the open log of a child of that name and day, if there is one. Asked as the rule, never shown as it is."""
    return _of_that_name(session, _OPEN_LOGS, given, family, born)


def _of_that_name(session: Session, logs: Select[*tuple[Any, ...]], given: str, family: str, born: date) -> Any:
    """Return the first log of a child of that name; letters are compared here, where æ, ø and å have both cases."""
    wanted = f"{given} {family}".casefold()
    rows = session.execute(logs, {"born": born}).all()
    return next((r for r in rows if f"{r.given_names} {r.family_name}".casefold() == wanted), None)


def _made(session: Session, actor: Actor, child: Child, guardians: Sequence[NewGuardian], previous: UUID | None) -> str:
    now = clock.now()
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
        Guardian(child_id=child.id, order_no=n, updated_by=actor.id, **vars(guardian))
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
    note(session, actor, case.id, "done", "create_case")
    return case.number


def _next_number(session: Session, year: int) -> str:
    last = session.execute(_LAST_NUMBER, {"year": f"{year}-"}).scalar_one_or_none()
    return f"{year}-{int(last.split('-')[1]) + 1 if last else 1:03d}"


def note(session: Session, actor: Actor, case: UUID | None, outcome: str, action: str) -> None:
    """Write down what was done to a case, or refused, by one who does not take part in it."""
    audit.append(
        session,
        audit.Entry(
            clock.now(),
            action,
            "",
            outcome,
            actor_id=actor.id,
            service_id=actor.service,
            login_id=actor.login,
            case_id=case,
        ),
    )

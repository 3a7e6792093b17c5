"""The koordinator: is there a log, who has it, and what is answered to the one who asked (R-12, R-70).

Outside the door, over columns without people's words. Each look is an entry of that case, so that the family's extract
shows it, and it is written before anything is shown.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select

from bti.casework.desk import in_error, overview
from bti.casework.desk.log_lines import LogLine
from bti.casework.door import Asking
from bti.casework.ground.naming import service_name
from bti.casework.ground.opening import A_LOOK_LASTS
from bti.casework.ground.policy import policy
from bti.casework.intake import creating, finding
from bti.casework.outside import Act, acting
from bti.casework.people import holding
from bti.errors import Reason, Refused
from bti.rules import consent as gate
from bti.rules.consent import ConsentState, Purpose
from bti.rules.people import MAY_HOLD, Actor, CreationResult, check_coordinator
from bti.rules.workflow import CaseStatus
from bti.store.current import database
from bti.store.facts import consents
from bti.store.tables import Case, Child, CreationRequest, LogEvent, Service, StaffUser


@dataclass(frozen=True)
class Found:
    """All the koordinator sees of a log: who has it and where it stands, and no content."""

    line: LogLine
    consents: tuple[tuple[str, ConsentState], ...]


@dataclass(frozen=True)
class Double:
    """Two logs that may be of one child, and which of them is the younger."""

    numbers: tuple[str, str]
    names: tuple[str, str]
    younger: str


@dataclass(frozen=True)
class RequestView:
    """Somebody has asked for a log."""

    id: UUID
    asked_by: str
    title: str
    service: str
    child_name: str
    birth_date: date
    at: datetime


_REQUESTS = (
    select(
        CreationRequest.id,
        CreationRequest.child_name,
        CreationRequest.birth_date,
        CreationRequest.at,
        StaffUser.display_name,
        StaffUser.title,
        Service.name_nb,
        Service.name_nn,
    )
    .join(StaffUser, StaffUser.id == CreationRequest.asked_by)
    .join(Service, Service.id == StaffUser.service_id)
    .where(CreationRequest.result.is_(None))
    .order_by(CreationRequest.at, CreationRequest.id)
)
_LOOKED = (
    select(LogEvent.seq)
    .where(
        LogEvent.login_id == bindparam("login"),
        LogEvent.case_id == bindparam("case"),
        LogEvent.action == "coordinator_look",
        LogEvent.at > bindparam("since"),
    )
    .limit(1)
)
_ASKER = (
    select(
        StaffUser.id,
        StaffUser.active,
        StaffUser.access_role,
        StaffUser.service_id,
        Service.may_create,
        holding.IS_INSIDE.label("inside"),
    )
    .select_from(StaffUser)
    .join(Service, Service.id == StaffUser.service_id)
    .outerjoin(Case, Case.id == bindparam("case"))
    .where(StaffUser.id == bindparam("user"))
)
_BY_NUMBER = finding.named(
    select(Case.id, Case.number, Case.opened_at, func.coalesce(Child.birth_date, Child.due_date).label("day")).where(
        Case.number == bindparam("number"), Case.status != CaseStatus.CLOSED
    )
)


def look_up(asked: Asking, *, child_name: str, birth_date: date) -> UUID | None:
    """Find the open log of a child by name and birth date. Also a look that finds none is written down."""
    with acting(asked.actor, "coordinator_look") as act:
        check_coordinator(act.actor.access_role)
        with database().as_the_rule(act.session, act.actor.id):
            found = creating.open_log_of(act.session, child_name, birth_date)
        act.note(found, outcome="seen")
        return found


def seen(actor: Actor, log: UUID) -> Found | None:
    """Return what the koordinator sees of a log; the look is written down once for as long as it is the same look."""
    with acting(actor, "coordinator_look") as act:
        check_coordinator(actor.access_role)
        with database().as_the_rule(act.session, actor.id):
            line = overview.one(act.session, log, act.at)
            if line is None:
                return None
            consents = _consents(act, log)
        if not _has_looked(act, log):
            act.note(log, outcome="seen")
        return Found(line, consents)


def requests(actor: Actor) -> tuple[RequestView, ...]:
    """Return those who wait for an answer."""
    check_coordinator(actor.access_role)
    with database().reading(actor.id) as session:
        rows = session.execute(_REQUESTS).all()
    return tuple(
        RequestView(
            r.id,
            r.display_name,
            r.title,
            service_name(r),
            r.child_name,
            r.birth_date,
            r.at,
        )
        for r in rows
    )


def let_create(asked: Asking, *, request: UUID) -> None:
    """Let the one who asked make the log herself, for this child: her service becomes owner."""
    with acting(asked.actor, "let_create") as act:
        row = _request(act, request)
        with database().as_the_rule(act.session, act.actor.id):
            existing = creating.open_log_of(act.session, row.child_name, row.birth_date)
        if existing is not None:
            raise Refused(Reason.CASE_EXISTS)
        asker = act.session.execute(_ASKER, _who(act, row, None)).one()
        if not asker.active or not asker.may_create or asker.access_role not in MAY_HOLD:
            raise Refused(Reason.ASK_THE_SCHOOL)
        _answered(act, row, CreationResult.OPENED)
        act.note(None, str(row.id))


def join_asker(asked: Asking, *, request: UUID) -> None:
    """Let the one who asked take part in the log there is: only when her service is the owner, or the family's yes covers it."""
    with acting(asked.actor, "join_asker") as act:
        row = _request(act, request)
        with database().as_the_rule(act.session, act.actor.id):
            log = creating.open_log_of(act.session, row.child_name, row.birth_date)
        if log is None:
            raise Refused(Reason.NO_SUCH_LOG)
        asker = act.session.execute(_ASKER, _who(act, row, log)).one()
        if not asker.active or not asker.inside:
            raise Refused(Reason.NOT_COVERED, tjeneste=_service_name(act, asker.service_id))
        if not holding.takes_part(act.session, log, asker.id, act.at):
            holding.joins(act.session, log, asker.id, act.at, until=None, by=act.actor.id)
        _answered(act, row, CreationResult.JOINED)
        act.note(log, str(row.id))


def decline(asked: Asking, *, request: UUID) -> None:
    """Answer the one who asked without opening anything."""
    with acting(asked.actor, "decline_request") as act:
        row = _request(act, request)
        _answered(act, row, CreationResult.DECLINED)
        act.note(None, str(row.id))


def look_at_double(asked: Asking, *, first: str, second: str) -> Double:
    """Return the names of two open logs of children born one day: twins are two. The look is written down in both (R-70)."""
    with acting(asked.actor, "coordinator_look") as act:
        one, other = _pair(act, first, second)
        for log in (one, other):
            act.note(log.id, outcome="seen")
        return Double(
            (one.number, other.number), (finding.called(one), finding.called(other)), _younger(one, other).number
        )


def close_double(asked: Asking, *, first: str, second: str, though_named: Collection[str] = ()) -> str:
    """Close the younger of two open logs of one child as opened in error, and return its number.

    Where the names are not one name, both must have been seen: that they are the same child is then the koordinator's word.
    """
    with acting(asked.actor, "close_double") as act:
        pair = _pair(act, first, second)
        is_one_name = len({finding.known_as(one) for one in pair}) == 1
        if not is_one_name and {finding.called(one) for one in pair} != set(though_named):
            raise Refused(Reason.NOT_SAME_CHILD, field="second")
        younger = _younger(*pair)
        with database().as_the_rule(act.session, act.actor.id):
            in_error.shut(act, younger.id)
        act.note(younger.id)
        return str(younger.number)


def _pair(act: Act, first: str, second: str) -> tuple[Any, Any]:
    """Return two open logs of children born, or expected, one day, or refuse."""
    check_coordinator(act.actor.access_role)
    with database().as_the_rule(act.session, act.actor.id):
        one, other = (act.session.execute(_BY_NUMBER, {"number": n.strip()}).first() for n in (first, second))
    if one is None or other is None or one.id == other.id:
        raise Refused(Reason.NO_SUCH_LOG, field="second")
    if one.day != other.day:
        raise Refused(Reason.NOT_SAME_CHILD, field="second")
    return one, other


def _younger(one: Any, other: Any) -> Any:
    return max(one, other, key=lambda log: (log.opened_at, log.id))


def _consents(act: Act, log: UUID) -> tuple[tuple[str, ConsentState], ...]:
    """Return where each service stands that may be named: a sensitive one is not (R-56, R-70)."""
    facts, services, _ = consents(act.session, log, policy())
    return tuple(
        (service_name(s), gate.state(facts, s.id, Purpose.COOPERATE, act.at))
        for s in services
        if not s.sensitive_membership
    )


def _has_looked(act: Act, log: UUID) -> bool:
    if act.actor.login is None:
        return False
    asked = {"login": act.actor.login, "case": log, "since": act.at - A_LOOK_LASTS}
    return act.session.execute(_LOOKED, asked).first() is not None


def _request(act: Act, request: UUID) -> CreationRequest:
    check_coordinator(act.actor.access_role)
    row = act.session.get(CreationRequest, request)
    if row is None:
        raise Refused(Reason.NOT_YOURS)
    if row.result is not None:
        raise Refused(Reason.SAVED_ALREADY)
    return row


def _who(act: Act, row: CreationRequest, log: UUID | None) -> dict[str, object]:
    return {"user": row.asked_by, "case": log, **holding.now_open(act.at)}


def _answered(act: Act, row: CreationRequest, result: CreationResult) -> None:
    row.result, row.handled_by, row.handled_at, row.updated_by = result, act.actor.id, act.at, act.actor.id


def _service_name(act: Act, service: UUID) -> str:
    row = act.session.get_one(Service, service)
    return service_name(row)

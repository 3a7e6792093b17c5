"""Protected addresses: two approvals outside the case before there is any log, and the address itself (R-60)."""

import hashlib
import hmac
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from bti import clock
from bti.casework.door import OpenCase, use_case
from bti.casework.ground.entries import entry
from bti.casework.ground.policy import policy, policy_mark
from bti.casework.intake.finding import by_day, of_that_name
from bti.errors import Reason, Refused
from bti.ids import new
from bti.rules.access import Action
from bti.rules.consent import APPROVERS, DecisionKind, DecisionValue, both_have_approved
from bti.rules.people import Actor, ProtectedAddress
from bti.rules.workflow import ANY_MODE, CaseStatus
from bti.store import audit, sharing
from bti.store.current import database
from bti.store.tables import Case, CaseDecision, Child, Guardian, StaffUser, StrictAddressApproval

_APPROVALS = (
    select(
        StrictAddressApproval.approver,
        StrictAddressApproval.approved_by,
        StrictAddressApproval.reason,
        StrictAddressApproval.at,
        StaffUser.display_name,
    )
    .join(StaffUser, StaffUser.id == StrictAddressApproval.approved_by)
    .where(StrictAddressApproval.child_mark == bindparam("mark"))
    .order_by(StrictAddressApproval.at)
)
_STRICT_CASES = by_day(
    select(Case.id).where(
        Case.status != CaseStatus.CLOSED, Child.protected_address == ProtectedAddress.STRENGT_FORTROLIG
    )
)


_WHO = (
    select(Child.protected_address, Guardian.id, Guardian.name, Guardian.blocked)
    .outerjoin(Guardian, Guardian.child_id == Child.id)
    .where(Child.id == bindparam("child"))
    .order_by(Guardian.order_no)
)


@dataclass(frozen=True)
class Hidden:
    """A guardian, and whether the child is hidden from her or him."""

    id: UUID
    name: str
    blocked: bool


@dataclass(frozen=True)
class AddressView:
    """Whether the child's address is protected, and from whom."""

    protected_address: ProtectedAddress
    guardians: tuple[Hidden, ...]


def may_know(case: OpenCase) -> bool:
    """Say whether the reader is told of it: the stafettholder, and nobody who does her work meanwhile (R-60)."""
    return case.actor.id == case.stafettholder_id


def view(case: OpenCase) -> AddressView:
    """Return whether the address is protected, for the stafettholder alone."""
    if not may_know(case):
        raise Refused(Reason.NOT_ALLOWED)
    rows = case.session.execute(_WHO, {"child": case.child_id}).all()
    return AddressView(rows[0].protected_address, tuple(Hidden(r.id, r.name, r.blocked) for r in rows if r.id))


def hides_names(case: OpenCase) -> bool:
    """Say whether what goes to all of the family alike can name nobody at work: the child is hidden from one of it (R-60).

    Who, is told nobody by it.
    """
    return any(row.blocked for row in case.session.execute(_WHO, {"child": case.child_id}))


def may_approve(actor: Actor) -> bool:
    """Say whether the person is one of the two who approve, for the button."""
    return actor.access_role in APPROVERS


def approve(actor: Actor, *, child_name: str, birth_date: date, reason: str) -> None:
    """Approve that a child with strengt fortrolig address has a log. The answer is the same whether there is one or not."""
    if not may_approve(actor):
        raise Refused(Reason.NOT_ALLOWED)
    if not reason.strip():
        raise Refused(Reason.MISSING, field="reason")
    given = StrictAddressApproval(
        id=new(),
        child_mark=mark_of_child(child_name, birth_date),
        approver=actor.access_role,
        approved_by=actor.id,
        reason=reason,
        at=clock.now(),
    )
    with database().writing(actor.id) as session:
        session.add(given)
        session.flush()
        with database().as_the_rule(session, actor.id):
            case = _strict_case(session, child_name, birth_date)
            if case is not None:
                _decided(session, case, actor.name, given)
                sharing.rebuild(session, case, policy(), policy_mark())
        audit.append(session, entry(actor, "approve_strict_address", "", "done", case))


def mark_of_child(name: str, born: date) -> str:
    """Return a mark of the child that only this installation can make: approvals are found by it, and no name is kept."""
    said = f"{' '.join(name.split()).casefold()}|{born.isoformat()}"
    return hmac.new(database().audit_key, said.encode(), hashlib.sha256).hexdigest()


def check_approved(session: Session, name: str, born: date) -> Collection[Any]:
    """Return the approvals for the child, or refuse while one of the two is missing. Asked as the rule itself."""
    rows = session.execute(_APPROVALS, {"mark": mark_of_child(name, born)}).all()
    if not both_have_approved(row.approver for row in rows):
        raise Refused(Reason.STRICT_ADDRESS, field="protected_address")
    return rows


def take_along(session: Session, case: UUID, approvals: Collection[Any]) -> None:
    """Write the approvals down as decisions on the case that was made on the strength of them."""
    for row in approvals:
        _decided(session, case, row.display_name, row)


@use_case(Action.LEAD, though_strict=True, modes=ANY_MODE)
def change_address(case: OpenCase, *, protected_address: ProtectedAddress) -> None:
    """Write down whether the child's address is protected. A strict one shuts every service out until both have approved."""
    child = case.session.get_one(Child, case.child_id)
    child.protected_address, child.updated_by = protected_address, case.actor.id
    sharing.rebuild(case.session, case.id, policy(), policy_mark())


@use_case(Action.LEAD, though_strict=True, modes=ANY_MODE)
def block(case: OpenCase, *, guardian: UUID, blocked: bool) -> UUID:
    """Withhold school, services, staff, place and phone from a guardian the child is hidden from, or lift that again (R-60)."""
    row = case.session.get(Guardian, guardian)
    if row is None or row.child_id != case.child_id:
        raise Refused(Reason.NOT_YOURS)
    row.blocked, row.updated_by = blocked, case.actor.id
    return row.id


def _strict_case(session: Session, name: str, born: date) -> UUID | None:
    found = of_that_name(session, _STRICT_CASES, name, born)
    return found.id if found else None


def _decided(session: Session, case: UUID, name: str, given: Any) -> None:
    session.add(
        CaseDecision(
            case_id=case,
            kind=DecisionKind.STRICT_ADDRESS,
            value=DecisionValue.APPROVED,
            decided_by=name,
            decided_on=clock.day(given.at),
            reason=given.reason,
            approver=given.approver,
            at=given.at,
            recorded_by=given.approved_by,
        )
    )
    session.flush()

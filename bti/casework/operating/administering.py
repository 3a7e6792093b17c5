"""The systemansvarlig: accounts and services. No role opens a case, and no change here opens one either.

Somebody who is moved to another service takes part in nothing from then on: what she saw, she saw for the old one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import bindparam, select, update

from bti import clock
from bti.casework.door import Asking
from bti.casework.ground.naming import in_order
from bti.casework.ground.policy import kommune, policy, policy_mark
from bti.casework.operating import accounts, inventory
from bti.casework.operating.inventory import Account
from bti.casework.outside import Act, acting
from bti.errors import Reason, Refused
from bti.rules.people import (
    AccessRole,
    Actor,
    ServiceKind,
    ServiceOwner,
    ServiceScope,
    StaffRole,
    check_administrator,
    check_not_own_account,
)
from bti.rules.privacy import PHONE, SHORT, words
from bti.store import audit, sharing
from bti.store.current import database
from bti.store.tables import ConsentRequest, Participant, Service, StaffUser

_CODE: Final = re.compile(r"[a-z0-9][a-z0-9-]{1,39}")
_OF_SERVICE = select(Service.code).where(Service.id == bindparam("service"))
_SERVICES = select(Service.__table__)
_ASKED_ABOUT = select(ConsentRequest.case_id).where(ConsentRequest.service_id == bindparam("service")).distinct()
_PARTS = select(Participant.case_id).where(Participant.user_id == bindparam("user"), Participant.left_at.is_(None))


@dataclass(frozen=True)
class ServiceView:
    """A service as it is administered."""

    id: UUID
    version: int
    code: str
    name_nb: str
    name_nn: str
    kind: ServiceKind
    scope: ServiceScope
    owner: ServiceOwner
    agreement_date: date | None
    may_create: bool
    sensitive_membership: bool
    why_nb: str
    why_nn: str
    archive_unit: str | None
    phone: str | None
    contact: str | None


def users(actor: Actor) -> tuple[Account, ...]:
    """Return the accounts, ended ones too."""
    check_administrator(actor.access_role)
    return inventory.accounts()


def services(actor: Actor) -> tuple[ServiceView, ...]:
    """Return the services."""
    check_administrator(actor.access_role)
    with database().reading() as session:
        rows = session.execute(_SERVICES).mappings().all()
    views = (ServiceView(**{name: row[name] for name in ServiceView.__dataclass_fields__}) for row in rows)
    return in_order(views, lambda view: view.name_nb)


def add_user(
    asked: Asking,
    *,
    username: str,
    name: str,
    title: str,
    service: UUID,
    role: AccessRole,
    staff_role: StaffRole | None,
    groups: str,
    work_phone: str,
) -> str:
    """Make an account, and return the password that is shown this once."""
    check_administrator(asked.actor.access_role)
    with database().reading() as session:
        code = session.execute(_OF_SERVICE, {"service": service}).scalar_one_or_none()
    password = accounts.made_password()
    accounts.add_user(
        username=username,
        name=name,
        title=title,
        service=code or "",
        role=role,
        language="nb",
        password=password,
        staff_role=staff_role or StaffRole.OTHER,
        groups=groups,
        work_phone=work_phone,
        by=asked.actor,
    )
    return password


def change_user(
    asked: Asking,
    *,
    user: UUID,
    name: str,
    title: str,
    service: UUID,
    role: AccessRole,
    staff_role: StaffRole | None,
    groups: str,
    work_phone: str,
    away_from: date | None,
    away_to: date | None,
    version: int,
) -> None:
    """Change an account. One who is moved to another service takes part in nothing she took part in (R-26, R-63)."""
    with acting(asked.actor, "user_change") as act:
        check_administrator(act.actor.access_role)
        check_not_own_account(user, act.actor.id)
        if away_to and (away_from is None or away_to < away_from):
            raise Refused(Reason.AWAY_BACKWARDS, field="away_to")
        row = act.session.get(StaffUser, user)
        if row is None or act.session.get(Service, service) is None:
            raise Refused(Reason.NOT_A_CHOICE, field="service")
        _check_version(act, row, version)
        if row.service_id != service:
            _takes_leave(act, user)
        row.display_name, row.title, row.service_id = words(name, SHORT), words(title, SHORT), service
        row.access_role, row.staff_role, row.groups = role, staff_role or StaffRole.OTHER, groups
        row.work_phone = words(work_phone, PHONE) or None
        row.away_from, row.away_to = away_from, away_to
        row.updated_by = act.actor.id
        act.note(None, str(user))


def disable_user(asked: Asking, *, username: str) -> None:
    """End an account and all its sign-ins at once."""
    check_administrator(asked.actor.access_role)
    accounts.disable_user(username, asked.actor)


def enable_user(asked: Asking, *, username: str) -> None:
    """Open an ended account again; nothing she saw before is opened with it, but the logs that are still hers."""
    check_administrator(asked.actor.access_role)
    accounts.enable_user(username, asked.actor)


def save_service(
    asked: Asking,
    *,
    service: UUID | None,
    code: str,
    name_nb: str,
    name_nn: str,
    kind: ServiceKind,
    scope: ServiceScope | None,
    owner: ServiceOwner | None,
    agreement_date: date | None,
    may_create: bool,
    sensitive_membership: bool,
    why_nb: str,
    why_nn: str,
    archive_unit: str,
    phone: str,
    contact: str,
    version: int,
) -> UUID:
    """Make a service, or change one. Nothing is shared with it before a family has said yes (R-65).

    A new one is what the kommune has decided of its kind, also where nothing is ticked (R-12, R-56).
    """
    with acting(asked.actor, "service_save") as act:
        check_administrator(act.actor.access_role)
        check_code(code)
        row = act.session.get(Service, service) if service else Service()
        if row is None:
            raise Refused(Reason.NOT_A_CHOICE, field="code")
        if service:
            _check_version(act, row, version)
        before, usual = (row.owner, row.agreement_date), kommune().kinds
        if row.kind is not kind:  # new, or another kind than it was: never named because nobody thought of it
            sensitive_membership = sensitive_membership or kind in usual.sensitive_membership
        may_create = may_create or (not service and kind in usual.may_create)
        row.code, row.name_nb, row.name_nn, row.kind = code, name_nb, name_nn or name_nb, kind
        row.scope, row.owner = scope or ServiceScope.MUNICIPAL, owner or ServiceOwner.KOMMUNE
        row.agreement_date, row.may_create, row.sensitive_membership = agreement_date, may_create, sensitive_membership
        row.why_nb, row.why_nn, row.archive_unit = why_nb, why_nn or why_nb, archive_unit
        row.phone, row.contact, row.updated_by = phone, contact, act.actor.id
        act.session.add(row)
        act.session.flush()
        if service and before != (row.owner, row.agreement_date):
            _share_anew(act, row.id)
        act.note(None, str(row.id))
        return row.id


def _share_anew(act: Act, service: UUID) -> None:
    """Work out anew what is shared with a service whose owner or agreement is another, in the same transaction (R-65)."""
    with database().as_the_rule(act.session, act.actor.id):
        for case in act.session.execute(_ASKED_ABOUT, {"service": service}).scalars().all():
            sharing.rebuild(act.session, case, policy(), policy_mark())


def check_code(code: str) -> None:
    """Refuse what cannot be the code of a service."""
    if not _CODE.fullmatch(code):
        raise Refused(Reason.NOT_A_CODE, field="code")


def make_service(**given: Any) -> None:
    """Make a service from a list, at the command line: nobody is signed in there, so the entry has no actor."""
    given["name_nn"] = given["name_nn"] or given["name_nb"]
    given["why_nn"] = given["why_nn"] or given["why_nb"]
    with database().writing() as session:
        row = Service(**given)
        session.add(row)
        session.flush()
        audit.append(session, audit.Entry(clock.now(), "service_save", str(row.id), "done"))


def _takes_leave(act: Act, user: UUID) -> None:
    """End every part the person has in a case, and write it down in each."""
    cases: Sequence[UUID] = act.session.execute(_PARTS, {"user": user}).scalars().all()
    leaving = update(Participant).where(Participant.user_id == user, Participant.left_at.is_(None))
    act.session.execute(leaving.values(left_at=act.at, updated_by=act.actor.id))
    accounts.is_no_deputy(act.session, user)
    for case in cases:
        act.note(case, str(user))


def _check_version(act: Act, row: Any, version: int) -> None:
    """Refuse to write over what another has changed meanwhile (R-49)."""
    if row.version == version:
        return
    by = act.session.get(StaffUser, row.updated_by) if row.updated_by else None
    raise Refused(Reason.CHANGED_BY_OTHER, navn=by.display_name if by else "")

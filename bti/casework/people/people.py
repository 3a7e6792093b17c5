"""Who takes part: the family by the case itself, colleagues one by one, other services only when consent covers them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, exists, or_, select

from bti.casework.door import OpenCase, use_case
from bti.casework.ground.naming import in_order, service_name, title, why
from bti.casework.ground.opening import is_open_to
from bti.casework.ground.policy import policy_mark
from bti.casework.ground.reading import reading
from bti.casework.people import holding
from bti.errors import Reason, Refused
from bti.language import _
from bti.rules.access import Action
from bti.rules.family import may_read_by_agreement
from bti.rules.handover import check_until
from bti.rules.people import GuardianRelation, ServiceKind
from bti.rules.workflow import ANY_MODE
from bti.store.tables import Case, Child, ConsentRequest, Guardian, Participant, Service, Sharing, StaffUser


class PersonKind(StrEnum):
    """What a person in the case is, for the one who reads."""

    STAFF = "staff"
    GUARDIAN = "guardian"
    CHILD = "child"


@dataclass(frozen=True)
class Person:
    """A person who takes part in the case."""

    id: UUID
    kind: PersonKind
    name: str
    title: str
    relation: GuardianRelation | None
    has_parental_responsibility: bool
    service: UUID | None
    service_name: str
    service_kind: ServiceKind | None
    is_stafettholder: bool
    key: UUID
    """The guardian's, child's or account's own id."""
    why: str = ""
    """What the service can do here, in the kommune's own sentence: why somebody of it is asked to the table (S1-09)."""
    until: date | None = None
    """The last day of a vikar, or of a colleague who takes part for a while (R-63)."""
    by_agreement: bool = False
    """Whether a foster parent reads as one of the family, because the family has agreed to it (R-64)."""
    is_covered: bool = True
    """Whether the gate is open to a colleague now: of the owner service, or of one the family's yes covers (R-01)."""

    @property
    def first_name(self) -> str:
        """What the person is called at the table."""
        return self.name.split()[0] if self.name else ""


@dataclass(frozen=True)
class Colleague:
    """Somebody who can be asked to take part."""

    user: UUID
    name: str
    title: str
    service_name: str


_PEOPLE = reading(
    select(
        Participant.id,
        Participant.access_until,
        StaffUser.id.label("user"),
        StaffUser.display_name,
        StaffUser.title,
        Service.id.label("service"),
        Service.kind,
        Service.name_nb,
        Service.name_nn,
        Service.sensitive_membership,
        Service.why_nb,
        Service.why_nn,
        Guardian.id.label("guardian"),
        Guardian.name.label("guardian_name"),
        Guardian.relation,
        Guardian.has_parental_responsibility,
        Participant.agreed_with_family_at,
        Child.id.label("child"),
        Child.given_names,
        Child.family_name,
        select(Sharing.id)
        .join(Case, Case.id == Sharing.case_id)
        .where(Case.id == bindparam("case"), is_open_to(Service.id))
        .correlate(Service)
        .exists()
        .label("is_covered"),
    )
    .outerjoin(StaffUser, StaffUser.id == Participant.user_id)
    .outerjoin(Service, Service.id == StaffUser.service_id)
    .outerjoin(Guardian, Guardian.id == Participant.guardian_id)
    .outerjoin(Child, Child.id == Participant.child_id)
    .where(Participant.left_at.is_(None), or_(Guardian.valid_to.is_(None), Guardian.valid_to >= bindparam("today")))
    .order_by(Participant.joined_at, Guardian.order_no, StaffUser.display_name),
    Participant,
)
_COVERED = (
    select(Sharing.service_id)
    .join(Case, Case.id == Sharing.case_id)
    .where(Case.id == bindparam("case"), is_open_to(Sharing.service_id), Sharing.service_id.is_not(None))
)
_MAY_JOIN = (
    select(
        StaffUser.id,
        StaffUser.display_name,
        StaffUser.title,
        Service.id.label("service"),
        Service.name_nb,
        Service.name_nn,
        Service.sensitive_membership,
    )
    .join(Service, Service.id == StaffUser.service_id)
    .where(
        StaffUser.active,
        or_(
            Service.id == bindparam("owner"),
            Service.id.in_(_COVERED),
        ),
        StaffUser.id.not_in(
            select(Participant.user_id).where(
                Participant.case_id == bindparam("case"),
                Participant.left_at.is_(None),
                Participant.user_id.is_not(None),
                or_(Participant.access_until.is_(None), Participant.access_until >= bindparam("today")),
            )
        ),
    )
)

_ASKED = exists().where(ConsentRequest.case_id == bindparam("case"))
_SERVICES_OF = (
    select(
        Service.id,
        Service.name_nb,
        Service.name_nn,
        Service.sensitive_membership,
        _ASKED.label("any_asked"),
        _ASKED.where(ConsentRequest.service_id == Service.id).correlate(Service).label("asked"),
    )
    .where(
        Service.id.in_(select(StaffUser.service_id).where(StaffUser.id.in_(bindparam("users", expanding=True)))),
        Service.id != bindparam("owner"),
    )
    .order_by(Service.name_nb)
)


def people(case: OpenCase) -> tuple[Person, ...]:
    """Return who takes part, the child and the family first; each to the last day. A sensitive service is named only to those it may be named to."""
    rows = case.read(_PEOPLE, **_now(case))
    seen = [_person(case, row) for row in rows if _may_be_named(case, row) and _is_here(case, row)]
    order = list(PersonKind)[::-1]
    return tuple(sorted(seen, key=lambda person: order.index(person.kind)))


def may_join(case: OpenCase) -> tuple[Colleague, ...]:
    """Return the colleagues who can be added: of the owner service, and of services an active consent covers (R-01, R-56)."""
    rows = case.session.execute(_MAY_JOIN, _now(case)).all()
    found = (
        Colleague(r.id, r.display_name, title(r.title, r.name_nb, r.name_nn), service_name(r))
        for r in rows
        if case.may_ask_about(r.service, is_sensitive=r.sensitive_membership)
    )
    return in_order(found, lambda one: f"{one.service_name} {one.name}")


def covered_services(case: OpenCase) -> frozenset[UUID]:
    """Return the services that take part now: the owner service, and those an active consent covers."""
    covered = case.session.execute(_COVERED, _now(case)).scalars().all()
    return frozenset({case.owner_service_id, *filter(None, covered)})


def check_responsible(case: OpenCase, participant: UUID, field: str = "responsible") -> None:
    """Refuse somebody who takes no part, or whose service consent does not cover (R-21, R-25)."""
    person = next((p for p in people(case) if p.id == participant), None)
    if person is None:
        raise Refused(Reason.NOT_A_CHOICE, field=field)
    if person.service and person.service not in covered_services(case):
        raise Refused(Reason.RESPONSIBLE_NOT_COVERED, field=field)


@use_case(Action.LEAD, modes=ANY_MODE)
def add_colleagues(case: OpenCase, *, users: Collection[UUID], until: date | None = None) -> None:
    """Let colleagues take part from now on: the owner service's own, and those consent covers (R-01, R-06).

    With a last day, for a vikar, the door is shut to them after it (R-63).
    """
    check_until(until, case.today)
    outside = set(users) - {colleague.user for colleague in may_join(case)}
    if outside:
        raise _not_covered(case, outside)
    for user in users:
        holding.joins(case.session, case.id, user, case.at, until=until, by=case.actor.id)


def _not_covered(case: OpenCase, users: Collection[UUID]) -> Refused:
    """Return why they are not let in: their service came after the consent (R-06), or is not covered by it (R-01)."""
    services = case.session.execute(_SERVICES_OF, {"users": list(users), **_now(case)}).all()
    never = [s for s in services if not s.asked] if any(s.any_asked for s in services) else []
    named = [s for s in never or services if case.sight.may_name(s.id, is_sensitive=s.sensitive_membership)]
    reason = Reason.ASK_FOR_MORE if never else Reason.NOT_COVERED
    return Refused(reason, field="users", tjeneste=service_name(named[0]) if named else _("tjenesten"))


@use_case(Action.LEAD, modes=ANY_MODE)
def remove_colleague(case: OpenCase, *, participant: UUID) -> UUID:
    """Let a colleague's part end now; she sees nothing of the case at her next read. The stafettholder stays (R-13)."""
    row = case.get(Participant, participant)
    if row.user_id is None or row.user_id == case.stafettholder_id:
        raise Refused(Reason.NOT_ALLOWED)
    holding.leaves(case.session, row, case.at, by=case.actor.id)
    return row.id


@use_case(Action.LEAD, modes=ANY_MODE)
def let_back(case: OpenCase, *, participant: UUID) -> UUID:
    """Undo that a colleague's part was ended: it is as it was, with the same last day, if consent covers her still (R-01).

    To be deputy, to be asked to carry the log and to phone are agreed anew: they ended with her part.
    """
    row = case.get(Participant, participant)
    if row.user_id not in {colleague.user for colleague in may_join(case)}:
        raise Refused(Reason.NOT_A_CHOICE, field="participant")
    row.left_at = None
    return row.id


def _now(case: OpenCase) -> dict[str, object]:
    return {
        "case": case.id,
        "owner": case.owner_service_id,
        "now": case.at,
        "today": case.today,
        "policy": policy_mark(),
    }


def _may_be_named(case: OpenCase, row: Any) -> bool:
    return case.sight.may_name(row.service, is_sensitive=bool(row.sensitive_membership))


def _is_here(case: OpenCase, row: Any) -> bool:
    """Say whether the person's time is not over. The stafettholder keeps the duty also then, until another has it (R-13)."""
    return row.access_until is None or row.access_until >= case.today or row.user == case.stafettholder_id


def _person(case: OpenCase, row: Any) -> Person:
    if row.user:
        kind, name, key = PersonKind.STAFF, row.display_name, row.user
    elif row.guardian:
        kind, name, key = PersonKind.GUARDIAN, row.guardian_name, row.guardian
    else:
        kind, name, key = PersonKind.CHILD, f"{row.given_names} {row.family_name}".strip(), row.child
    return Person(
        id=row.id,
        kind=kind,
        name=name,
        title=title(row.title, row.name_nb, row.name_nn),
        relation=row.relation,
        has_parental_responsibility=bool(row.has_parental_responsibility),
        service=row.service,
        service_name=service_name(row) if row.service else "",
        service_kind=row.kind,
        is_stafettholder=row.user is not None and row.user == case.stafettholder_id,
        key=key,
        why=why(row) if row.service and row.service != case.owner_service_id else "",
        until=row.access_until,
        is_covered=row.service in {None, case.owner_service_id} or bool(row.is_covered),
        by_agreement=row.agreed_with_family_at is not None
        and may_read_by_agreement(row.relation, has_parental_responsibility=bool(row.has_parental_responsibility)),
    )

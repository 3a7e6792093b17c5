"""The family's own facts as the stafettholder reads them: the child, the guardians, what was put right (R-67, R-71)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select

from bti.casework.door import OpenCase
from bti.casework.ground.naming import service_name
from bti.casework.ground.policy import policy
from bti.casework.ground.reading import reading
from bti.errors import Reason, Refused
from bti.rules.access import Action, may
from bti.rules.family import Corrected, ReceivesInformation, may_see_phone
from bti.rules.people import GuardianRelation, ProtectedAddress, SubjectType, WrittenNorm
from bti.rules.subject import subject_of
from bti.rules.workflow import WRITES_HERE
from bti.store.tables import Child, Correction, Guardian, LogEvent, PhoneAgreement, Service, StaffUser

_CHILD = (
    select(
        Child.given_names,
        Child.family_name,
        Child.birth_date,
        Child.due_date,
        Child.group,
        Child.protected_address,
        Child.home_service_id.label("home_service"),
        Child.language,
        Child.interpreter_language,
        Child.communication_needs,
        Child.written_norm,
        Child.version,
        Service.name_nb,
        Service.name_nn,
    )
    .outerjoin(Service, Service.id == Child.home_service_id)
    .where(Child.id == bindparam("child"))
)
GUARDIANS = select(Guardian.__table__).where(Guardian.child_id == bindparam("child")).order_by(Guardian.order_no)
_AGREED = reading(select(PhoneAgreement.guardian_id, PhoneAgreement.participant_id), PhoneAgreement)
_CORRECTIONS = reading(
    select(Correction.object, Correction.field, Correction.old, Correction.new, Correction.at, StaffUser.display_name)
    .join(StaffUser, StaffUser.id == Correction.by)
    .order_by(Correction.at.desc(), Correction.id.desc()),
    Correction,
)
_PRINTED = (
    select(LogEvent.object, func.max(LogEvent.at).label("at"))
    .where(LogEvent.case_id == bindparam("case"), LogEvent.action == "document")
    .group_by(LogEvent.object)
)


@dataclass(frozen=True)
class GuardianView:
    """A guardian as the stafettholder puts her facts right. ``phone`` is empty when it may not be shown."""

    id: UUID
    name: str
    relation: GuardianRelation
    has_parental_responsibility: bool
    valid_from: date | None
    valid_to: date | None
    lives_with_child: bool
    receives_information: ReceivesInformation | None
    language: str
    interpreter_language: str
    participates: bool
    why_not: str
    blocked: bool
    phone: str
    phoned_by: frozenset[UUID]
    version: int


@dataclass(frozen=True)
class CorrectionView:
    """One thing that was put right."""

    object: Corrected
    field: str
    old: str
    new: str
    at: datetime
    by: str


@dataclass(frozen=True)
class FamilyView:
    """The child and the guardians, what was put right, and which papers are older than that."""

    name: str
    birth_date: date | None
    due_date: date | None
    subject: SubjectType
    group: str
    home_service: UUID | None
    home_service_name: str
    language: str
    interpreter_language: str
    communication_needs: str
    written_norm: WrittenNorm | None
    version: int
    guardians: tuple[GuardianView, ...]
    corrections: tuple[CorrectionView, ...]
    print_again: tuple[str, ...]


def view(case: OpenCase) -> FamilyView:
    """Return the family's own facts. For the stafettholder and the deputy: services read names where they take part."""
    if not may(case.sight, Action.LEAD):
        raise Refused(Reason.NOT_ALLOWED)
    child = case.session.execute(_CHILD, {"child": case.child_id}).one()
    corrections = tuple(CorrectionView(*tuple(row)) for row in case.read(_CORRECTIONS))
    may_print = corrections and case.mode in WRITES_HERE
    printed = case.session.execute(_PRINTED, {"case": case.id}).all() if may_print else []
    return FamilyView(
        name=f"{child.given_names} {child.family_name}".strip(),
        birth_date=child.birth_date,
        due_date=child.due_date,
        subject=subject_of(child.birth_date, case.today, policy().youth_age),
        group=child.group,
        home_service=child.home_service,
        home_service_name=service_name(child) if child.home_service else "",
        language=child.language or "",
        interpreter_language=child.interpreter_language or "",
        communication_needs=child.communication_needs or "",
        written_norm=child.written_norm,
        version=child.version,
        guardians=_guardians(case, child.protected_address),
        corrections=corrections,
        print_again=tuple(sorted(p.object for p in printed if p.at < corrections[0].at)),
    )


def phones(case: OpenCase) -> Mapping[str, str]:
    """Return the numbers this person may be shown, by the guardian's name (R-71)."""
    return {g.name: g.phone for g in _guardians(case, address_of(case)) if g.phone}


def _guardians(case: OpenCase, address: ProtectedAddress) -> tuple[GuardianView, ...]:
    rows = case.session.execute(GUARDIANS, {"child": case.child_id}).mappings().all()
    agreed: dict[UUID, set[UUID]] = {}
    for one in case.read(_AGREED):
        agreed.setdefault(one.guardian_id, set()).add(one.participant_id)
    return tuple(_guardian_view(case, dict(row), frozenset(agreed.get(row["id"], ())), address) for row in rows)


def _guardian_view(
    case: OpenCase, row: Mapping[str, Any], agreed: frozenset[UUID], address: ProtectedAddress
) -> GuardianView:
    kept = {name: row[name] for name in GuardianView.__dataclass_fields__ if name in row}
    is_shown = may_see(case, address, has_agreed=case.participant_id in agreed)
    for name in ("language", "interpreter_language", "why_not", "phone"):
        kept[name] = row[name] or ""
    return GuardianView(**kept | {"phoned_by": agreed, "phone": kept["phone"] if is_shown else ""})


def may_see(case: OpenCase, address: ProtectedAddress, *, has_agreed: bool) -> bool:
    """Say whether the person at the case is shown a guardian's number (R-71)."""
    is_holder = case.actor.id == case.stafettholder_id
    return may_see_phone(
        is_holder=is_holder,
        is_deputy=not is_holder and may(case.sight, Action.LEAD),
        has_agreed=has_agreed,
        is_protected=address is not ProtectedAddress.NONE,
    )


def address_of(case: OpenCase) -> ProtectedAddress:
    """Return whether the child's address is protected."""
    found: ProtectedAddress = case.session.execute(_CHILD, {"child": case.child_id}).one().protected_address
    return found

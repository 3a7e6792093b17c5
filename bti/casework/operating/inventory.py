"""What an installation holds: accounts, services and numbers of cases, for the one who runs it. No word of any case."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from bti.rules.people import AccessRole, StaffRole
from bti.store.current import database
from bti.store.tables import Case, Service, StaffUser


@dataclass(frozen=True)
class Account:
    """An account as a list shows it."""

    id: UUID
    version: int
    username: str
    name: str
    title: str
    service: str
    role: AccessRole
    active: bool
    service_id: UUID
    staff_role: StaffRole
    groups: str
    away_from: date | None
    away_to: date | None
    work_phone: str | None


def accounts() -> tuple[Account, ...]:
    """Return the accounts, ended ones too."""
    wanted = (
        select(
            StaffUser.id,
            StaffUser.version,
            StaffUser.username,
            StaffUser.display_name,
            StaffUser.title,
            Service.code,
            StaffUser.access_role,
            StaffUser.active,
            StaffUser.service_id,
            StaffUser.staff_role,
            StaffUser.groups,
            StaffUser.away_from,
            StaffUser.away_to,
            StaffUser.work_phone,
        )
        .join(Service, Service.id == StaffUser.service_id)
        .order_by(StaffUser.username)
    )
    with database().reading() as session:
        return tuple(Account(*tuple(row)) for row in session.execute(wanted))


def service_codes() -> tuple[str, ...]:
    """Return the codes of the services."""
    with database().reading() as session:
        return tuple(session.execute(select(Service.code).order_by(Service.code)).scalars())


def case_numbers() -> tuple[str, ...]:
    """Return the numbers of the cases."""
    with database().reading() as session:
        return tuple(session.execute(select(Case.number).order_by(Case.number)).scalars())

"""What an installation holds: accounts, services and numbers of cases, for the one who runs it. No word of any case."""

from dataclasses import dataclass

from sqlalchemy import select

from bti.rules.people import AccessRole
from bti.store.current import database
from bti.store.tables import Case, Service, StaffUser


@dataclass(frozen=True)
class Account:
    """An account as a list shows it."""

    username: str
    name: str
    title: str
    service: str
    role: AccessRole
    active: bool


def accounts() -> tuple[Account, ...]:
    """Return the accounts, ended ones too."""
    wanted = (
        select(
            StaffUser.username,
            StaffUser.display_name,
            StaffUser.title,
            Service.code,
            StaffUser.access_role,
            StaffUser.active,
        )
        .join(Service, Service.id == StaffUser.service_id)
        .order_by(StaffUser.username)
    )
    with database().reading() as session:
        return tuple(Account(*row) for row in session.execute(wanted))


def service_codes() -> tuple[str, ...]:
    """Return the codes of the services."""
    with database().reading() as session:
        return tuple(session.execute(select(Service.code).order_by(Service.code)).scalars())


def case_numbers() -> tuple[str, ...]:
    """Return the numbers of the cases."""
    with database().reading() as session:
        return tuple(session.execute(select(Case.number).order_by(Case.number)).scalars())

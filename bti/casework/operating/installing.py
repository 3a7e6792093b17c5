"""A new installation: its services, and in a demo the invented people of Granvik."""

from pathlib import Path
from typing import Final, NamedTuple

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from bti import clock, ids
from bti.content.kommune import Kommune, SeedService, kommune
from bti.rules.people import AccessRole, StaffRole
from bti.settings import Settings
from bti.store import making
from bti.store.engine import Database
from bti.store.tables import Service, StaffUser


class Invented(NamedTuple):
    """An invented person of the demo."""

    username: str
    name: str
    title: str
    service: str
    role: AccessRole
    language: str = "nb"
    staff_role: StaffRole = StaffRole.OTHER
    groups: str = ""


CAST: Final = (
    Invented(
        "eirik",
        "Eirik Prøve",
        "kontaktlærer",
        "granvik-skole",
        AccessRole.STAFETTHOLDER_CAPABLE,
        "nb",
        StaffRole.CONTACT_TEACHER,
        "5B",
    ),
    Invented("liv", "Liv Eksempel", "helsesykepleier", "skolehelse", AccessRole.STAFETTHOLDER_CAPABLE),
    Invented("pernille", "Pernille Påfunn", "PPT-rådgiver", "ppt", AccessRole.EMPLOYEE),
    Invented(
        "torleiv",
        "Torleiv Tenkt",
        "kontaktlærar",
        "granvik-skole",
        AccessRole.STAFETTHOLDER_CAPABLE,
        "nn",
        StaffRole.CONTACT_TEACHER,
        "4A",
    ),
    Invented("randi", "Randi Rolle", "rektor", "granvik-skole", AccessRole.LEADER, "nb", StaffRole.PRINCIPAL),
    Invented(
        "nora",
        "Nora Nyskole",
        "kontaktlærer",
        "nes-skole",
        AccessRole.STAFETTHOLDER_CAPABLE,
        "nb",
        StaffRole.CONTACT_TEACHER,
        "5B",
    ),
    Invented("kaja", "Kaja Koord", "BTI-koordinator", "oppvekst", AccessRole.COORDINATOR),
    Invented("sander", "Sander Systemprøve", "systemansvarlig", "oppvekst", AccessRole.ADMINISTRATOR),
    Invented("vigdis", "Vigdis Vern", "personvernombud", "oppvekst", AccessRole.DATA_PROTECTION_OFFICER),
)
NOBODYS: Final = "000 00 000"
"""The work phone of every invented person."""
GRANVIK: Final = Path(__file__).with_name("granvik.toml")


def install(database: Database, settings: Settings, *, demo: bool) -> None:
    """Make the installation if it is not made yet. Nothing that is there is touched."""
    if making.is_made(database):
        return
    if demo and not (settings.data / "kommune.toml").exists():
        (settings.data / "kommune.toml").write_text(GRANVIK.read_text(encoding="utf-8"), encoding="utf-8")
        kommune.cache_clear()
    making.make(database, settings, demo=demo)
    with database.writing() as session:
        _seed(session, kommune(settings.data))
        if demo:
            _people(session)


def _seed(session: Session, decided: Kommune) -> None:
    session.execute(insert(Service), [_row(service) for service in decided.seeded()])


def _row(service: SeedService) -> dict[str, object]:
    return {"id": ids.new(), **service.model_dump(), "updated_at": clock.now()}


def _people(session: Session) -> None:
    services = {row.code: row.id for row in session.execute(select(Service.code, Service.id))}
    rows = [
        {
            "id": ids.new(),
            "username": person.username,
            "display_name": person.name,
            "title": person.title,
            "service_id": services[person.service],
            "access_role": person.role,
            "language": person.language,
            "staff_role": person.staff_role,
            "groups": person.groups,
            "work_phone": NOBODYS,
        }
        for person in CAST
    ]
    session.execute(insert(StaffUser), rows)

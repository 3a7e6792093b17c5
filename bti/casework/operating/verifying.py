"""Whether an installation is whole: the file, the audit, and the windows of what is shared."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from sqlalchemy.exc import DBAPIError

from bti.casework.ground.policy import policy, policy_mark
from bti.store import audit, making, sharing
from bti.store.engine import RULE, Database

EMPTIED: Final = (
    "Databasen er tom, men audit.head sier at den har vært i bruk. Hent databasen tilbake fra sikkerhetskopien."
)


def faults(database: Database) -> Iterator[str]:
    """Say what is wrong, a sentence for each; nothing when all is well. It changes nothing.

    A file that is damaged is not read further: what it would say could not be trusted.
    """
    damaged = False
    for sentence in _of_the_file(database):
        damaged = True
        yield sentence
    if damaged:
        return
    try:
        yield from _of_what_it_says(database)
    except DBAPIError as trouble:
        yield f"Databasen kan ikke leses til ende ({type(trouble).__name__}). Hent den tilbake fra sikkerhetskopien."


def _of_the_file(database: Database) -> Iterator[str]:
    """Ask SQLCipher for the seal of each page, and SQLite for the order of what is on them."""
    if database.is_postgres:
        return
    broken = _asked(database, "PRAGMA cipher_integrity_check")
    if broken:
        yield f"Databasefila er ødelagt ({_counted(len(broken), 'side', 'sider')}). Hent den tilbake fra sikkerhetskopien."
        return
    if _asked(database, "PRAGMA quick_check") != [("ok",)]:
        yield "Databasefila er i uorden inni seg. Hent den tilbake fra sikkerhetskopien."
        return
    astray = Counter(str(row[0]) for row in _asked(database, "PRAGMA foreign_key_check"))
    for table, count in sorted(astray.items()):
        yield f"I tabellen {table} peker {_counted(count, 'rad', 'rader')} på noe som ikke finnes."


def _asked(database: Database, pragma: str) -> list[tuple[object, ...]]:
    try:
        with database.engine.connect() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(pragma)]
    except DBAPIError as trouble:
        return [(str(trouble.orig),)]


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _of_what_it_says(database: Database) -> Iterator[str]:
    if not making.is_made(database):
        yield EMPTIED if database.head.read() else "Databasen er tom. Skriv: .venv/bin/python -m bti migrate"
        return
    yield from audit.faults(database)
    with database.reading(RULE) as session:
        yield from sharing.faults(session, policy(), policy_mark())

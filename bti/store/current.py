"""The database this process serves. Set once, when the app or a command starts."""

from bti.errors import CannotStart
from bti.store.engine import Database

_open: list[Database] = []


def use(database: Database) -> None:
    """Serve ``database`` from now on."""
    _open[:] = [database]


def database() -> Database:
    """Return the open database."""
    if not _open:
        raise CannotStart("Databasen er ikke åpnet.")
    return _open[0]


def let_go() -> None:
    """Close the database, if one is open."""
    while _open:
        _open.pop().close()

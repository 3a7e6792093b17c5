"""Before the first visitor: the database is open, up to date, and shares what the kommune's rules say today."""

from bti.casework.ground.policy import policy, policy_mark, take_up_words
from bti.errors import CannotStart
from bti.settings import Settings
from bti.store import current, making, sharing
from bti.store.engine import RULE, open_database


def begin(settings: Settings) -> None:
    """Open the installation and serve it, or refuse with a sentence that says what to do.

    Windows made under other rules than today's (kommune.toml changed) count as shut; here they are worked out anew.
    """
    database = open_database(settings)
    current.use(database)
    if not making.is_made(database):
        raise CannotStart(f"Databasen i {settings.data} er tom. Skriv: make run")
    if not making.is_up_to_date(database):
        raise CannotStart("Databasen er fra en annen versjon. Ta en kopi, og skriv: .venv/bin/python -m bti migrate")
    take_up_words()
    mark = policy_mark()
    with database.writing(RULE) as session:
        sharing.rebuild_outdated(session, policy(), mark)

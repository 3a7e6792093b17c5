"""Making the tables of a new database."""

from sqlalchemy import create_engine, insert, inspect, select, text
from sqlalchemy.engine import make_url

from bti import clock
from bti.errors import CannotStart
from bti.settings import Settings
from bti.store import rls
from bti.store.engine import Database, psycopg_address
from bti.store.tables import Base, Installation


def is_made(database: Database) -> bool:
    """Say whether the database holds an installation."""
    if not inspect(database.engine).has_table(Installation.__tablename__):
        return False
    with database.reading() as session:
        return session.execute(select(Installation.id)).scalar_one_or_none() is not None


def make(database: Database, settings: Settings, *, demo: bool) -> None:
    """Make the tables, and write down once and for all whether this is a demo."""
    if database.is_postgres:
        _make_in_postgres(settings)
    else:
        Base.metadata.create_all(database.engine)
    with database.writing() as session:
        session.execute(insert(Installation), {"id": 1, "demo": demo, "made_at": clock.now()})


def _make_in_postgres(settings: Settings) -> None:
    """Make the tables as their owner, and put the second lock on for the app's own role."""
    if not settings.owner_url:
        raise CannotStart("Sett BTI_DATABASE_OWNER_URL til den brukeren som skal eie tabellene i PostgreSQL.")
    engine = create_engine(psycopg_address(settings.owner_url))
    with engine.begin() as connection:
        Base.metadata.create_all(connection)
        for statement in rls.statements(make_url(settings.database_url).username or ""):
            connection.execute(text(statement))
    engine.dispose()

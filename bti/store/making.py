"""Making the tables of a new database, and bringing those of an older one up to date."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, insert, inspect, select, text
from sqlalchemy.engine import make_url

from bti import clock
from bti.errors import CannotStart
from bti.settings import Settings
from bti.store import carried, rls
from bti.store.engine import Database, psycopg_address
from bti.store.tables import Installation

MIGRATIONS: Final = Path(__file__).with_name("migrations")


def is_made(database: Database) -> bool:
    """Say whether the database holds an installation."""
    if not inspect(database.engine).has_table(Installation.__tablename__):
        return False
    with database.reading() as session:
        return session.execute(select(Installation.id)).scalar_one_or_none() is not None


def is_up_to_date(database: Database) -> bool:
    """Say whether the tables are those this version of the app was written for."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == _scripts().get_current_head()


def make(database: Database, settings: Settings, *, demo: bool) -> None:
    """Make the tables, and write down once and for all whether this is a demo."""
    migrate(database, settings)
    with database.writing() as session:
        session.execute(insert(Installation), {"id": 1, "demo": demo, "made_at": clock.now()})


def migrate(database: Database, settings: Settings) -> None:
    """Bring the tables up to date, as their owner; on PostgreSQL the second lock is put on anew."""
    engine = _owner(settings) if database.is_postgres else database.engine
    with engine.begin() as connection:
        connection.execute(text(carried.AWAY))
        upgrade(connection)
        connection.execute(text(carried.MADE))
        if database.is_postgres:
            for statement in rls.statements(make_url(settings.database_url).username or ""):
                connection.execute(text(statement))
    if database.is_postgres:
        engine.dispose()


def upgrade(connection: Connection) -> None:
    """Run the migrations that are missing."""
    command.upgrade(_config(connection), "head")


def _owner(settings: Settings) -> Engine:
    if not settings.owner_url:
        raise CannotStart("Sett BTI_DATABASE_OWNER_URL til den brukeren som skal eie tabellene i PostgreSQL.")
    return create_engine(psycopg_address(settings.owner_url), hide_parameters=True)


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())

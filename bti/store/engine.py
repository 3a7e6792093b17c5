"""The database: an encrypted SQLite file, or PostgreSQL by address. What it leans on is read back at each connection."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from bti import clock
from bti.errors import CannotStart
from bti.settings import Settings
from bti.store import keys
from bti.store.audit_head import Head
from bti.store.fair_lock import FairLock

FILE: Final = "bti.db"
PRAGMAS: Final = {
    "journal_mode": "wal",
    "synchronous": 2,
    "busy_timeout": 5000,
    "foreign_keys": 1,
    "secure_delete": 1,
    "trusted_schema": 0,
}
WRITING: Final = "bti_writing"
RULE: Final = "rule"
NOBODY: Final = "nobody"
_ACT_AS: Final = text("SELECT set_config('bti.actor', :actor, true), set_config('bti.now', :now, true)")


class Database:
    """One open database. Reads see one moment of it; writes come in turn, and are whole or not at all."""

    def __init__(self, engine: Engine, data: Path, audit_key: bytes) -> None:
        self.engine = engine
        self.data = data
        self.demo: bool | None = None
        self.present: dict[UUID, dict[UUID, Any]] = {}
        """Who has which case open, as ``casework.ground.presence`` knows it while the app runs; it is never stored."""
        self.audit_key = audit_key
        self.head = Head(data / "audit.head", audit_key)
        self._write_engine = engine.execution_options(**{WRITING: True})
        self._turns = FairLock()

    @property
    def is_postgres(self) -> bool:
        """Whether row-level security is the second lock here."""
        return self.engine.dialect.name == "postgresql"

    @contextmanager
    def reading(self, actor: UUID | str = NOBODY) -> Iterator[Session]:
        """Give a session that only reads, as the database stands at its first statement."""
        with self.engine.connect() as connection, Session(connection, autoflush=False) as session:
            self._act_as(connection, actor)
            yield session

    @contextmanager
    def writing(self, actor: UUID | str = NOBODY) -> Iterator[Session]:
        """Give a session whose work is committed when the block ends well, and undone when it does not."""
        with self._turns.turn(), self._write_engine.connect() as connection, Session(connection) as session:
            self._act_as(connection, actor)
            session.info["database"] = self
            yield session
            session.flush()
            session.commit()
            connection.commit()
            if sealed := session.info.get("sealed"):
                self.head.write(*sealed)

    def close(self) -> None:
        """Empty the write-ahead log into the file and let go of it."""
        if not self.is_postgres:
            with suppress(DBAPIError), self.engine.connect() as connection:
                connection.exec_driver_sql("ROLLBACK")
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        self.engine.dispose()

    @contextmanager
    def as_the_rule(self, session: Session, actor: UUID | str) -> Iterator[None]:
        """Let the rule itself read what it must know across cases, and give the session back to ``actor``."""
        self._act_as(session.connection(), RULE)
        yield
        self._act_as(session.connection(), actor)

    def _act_as(self, connection: Connection, actor: UUID | str) -> None:
        if self.is_postgres:
            connection.execute(_ACT_AS, {"actor": str(actor), "now": clock.now().isoformat()})


def open_database(settings: Settings, *, make: bool = False) -> Database:
    """Open the installation's database, or refuse with a sentence that says what is wrong and what to do."""
    engine = _postgres(settings.database_url) if settings.database_url else _sqlcipher(settings, make=make)
    return Database(engine, settings.data, keys.audit_key(settings, make=make))


def _sqlcipher(settings: Settings, *, make: bool) -> Engine:
    path = settings.data / FILE
    if not path.exists() and not make:
        raise CannotStart(f"Det er ingen database i {settings.data}. Skriv: make run")
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = keys.database_key(settings, make=make and not path.exists())
    engine = create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=lambda: _connect(path, key),
        poolclass=QueuePool,
        pool_size=20,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    _try(engine, path)
    return engine


def _connect(path: Path, key: str) -> Any:
    connection = sqlcipher.connect(str(path), check_same_thread=False, isolation_level=None)
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key}'\"")
    for name, wanted in PRAGMAS.items():
        connection.execute(f"PRAGMA {name} = {wanted}")
        found = connection.execute(f"PRAGMA {name}").fetchone()[0]
        if found != wanted:
            raise CannotStart(f"Databasen tok ikke imot innstillingen {name} = {wanted} (den er {found}).")
    return connection


def _begin(connection: Connection) -> None:
    """Begin at once when writing, so that a writer never finds out late that another one came first."""
    writing = connection.get_execution_options().get(WRITING)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _try(engine: Engine, path: Path) -> None:
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar()
    except (DBAPIError, sqlcipher.DatabaseError, sqlite3.DatabaseError) as trouble:
        raise CannotStart(
            f"Databasen {path} kan ikke åpnes. Enten hører nøkkelfila til en annen database, eller så er fila ødelagt. "
            "Hent begge tilbake fra sikkerhetskopien."
        ) from trouble


def _postgres(url: str) -> Engine:
    engine = create_engine(
        psycopg_address(url), pool_pre_ping=True, pool_size=10, max_overflow=20, hide_parameters=True
    )
    event.listen(engine, "begin", _begin_postgres)
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except DBAPIError as trouble:
        raise CannotStart(
            "PostgreSQL svarer ikke på BTI_DATABASE_URL. Se over adressen, brukeren og passordet."
        ) from trouble
    return engine


def _begin_postgres(connection: Connection) -> None:
    """Let writers come in turn here too, also those of another process."""
    if connection.get_execution_options().get(WRITING):
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(20261122)")


def psycopg_address(url: str) -> str:
    """Return the address with the driver named that the app ships."""
    return url.replace("postgresql://", "postgresql+psycopg://", 1)

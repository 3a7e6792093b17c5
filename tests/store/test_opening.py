"""The database is opened with the right key and the right settings, or not at all: then a sentence says what to do."""

import shutil

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import select, text

from bti import settings
from bti.errors import CannotStart
from bti.store import current, engine, keys, making
from bti.store.engine import PRAGMAS, open_database, psycopg_address
from bti.store.tables import Service


@pytest.fixture
def data(template, tmp_path):
    return shutil.copytree(template, tmp_path / "data")


def chosen(data, **more):
    return settings.read({"BTI_DATA": str(data), **more})


def opened(data, **more):
    return open_database(chosen(data, **more))


def refused(data, **more):
    with pytest.raises(CannotStart) as trouble:
        opened(data, **more)
    return str(trouble.value)


def pragma(database, name):
    with database.engine.connect() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


@pytest.mark.parametrize(("name", "wanted"), PRAGMAS.items())
def test_every_connection_has_the_settings_it_leans_on(data, name, wanted):
    database = opened(data)
    with database.reading(), database.reading():
        assert pragma(database, name) == wanted
    database.close()


def test_what_it_leans_on_is_not_loosened():
    assert PRAGMAS == {
        "journal_mode": "wal",
        "synchronous": 2,
        "busy_timeout": 5000,
        "foreign_keys": 1,
        "secure_delete": 1,
        "trusted_schema": 0,
    }


@pytest.mark.parametrize(
    ("name", "impossible", "found"),
    [("journal_mode", "paper", "delete"), ("synchronous", 9, "1"), ("foreign_keys", 7, "1")],
)
def test_a_setting_that_did_not_take_is_refused(data, monkeypatch, name, impossible, found):
    monkeypatch.setattr(engine, "PRAGMAS", {name: impossible})

    said = refused(data)

    assert said.startswith(f"Databasen tok ikke imot innstillingen {name} = {impossible} (den er ")


def test_the_file_says_nothing_without_the_key(data):
    content = (data / "bti.db").read_bytes()

    assert not content.startswith(b"SQLite format 3")
    assert b"Granvik" not in content
    assert b"CREATE TABLE" not in content
    with pytest.raises(sqlcipher.DatabaseError):
        sqlcipher.connect(str(data / "bti.db")).execute("SELECT count(*) FROM sqlite_master")


def test_the_wrong_key_is_refused_with_what_to_do(data):
    (data / "bti.key").write_text("ab" * 32)

    said = refused(data)

    assert "kan ikke åpnes" in said
    assert "Hent begge tilbake fra sikkerhetskopien." in said


def test_a_damaged_file_is_refused(data):
    content = bytearray((data / "bti.db").read_bytes())
    content[20] ^= 1
    (data / "bti.db").write_bytes(content)

    assert "kan ikke åpnes" in refused(data)


@pytest.mark.parametrize("which", ["bti.key", "audit.key"])
def test_a_missing_key_is_refused_and_none_is_made(data, which):
    (data / which).unlink()

    said = refused(data)

    assert said == (
        f"Nøkkelfila {data / which} mangler. Uten den kan ikke databasen leses. Legg den tilbake fra sikkerhetskopien."
    )
    assert not (data / which).exists()


@pytest.mark.parametrize("which", ["bti.key", "audit.key"])
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666, 0o610])
def test_a_key_that_others_may_read_is_refused(data, which, mode):
    (data / which).chmod(mode)

    assert refused(data) == f"Nøkkelfila {data / which} kan leses av andre. Skriv: chmod 600 {data / which}"


@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_a_key_for_its_owner_alone_is_read(data, mode):
    (data / "bti.key").chmod(mode)
    opened(data).close()


@pytest.mark.parametrize(
    "content", ["", "ab" * 31, "ab" * 33, "xy" * 32, "AB" * 32, "ab" * 31 + "é", "ab" * 20 + "\n" + "ab" * 12]
)
def test_a_key_that_is_no_key_is_refused(data, content):
    (data / "bti.key").write_text(content, encoding="utf-8")

    assert "er ødelagt: den skal inneholde 64 sifre" in refused(data)


def test_the_key_may_lie_elsewhere(data, tmp_path):
    elsewhere = shutil.move(data / "bti.key", tmp_path / "hidden.key")

    opened(data, BTI_KEY_FILE=str(elsewhere)).close()
    assert not (data / "bti.key").exists()


def test_there_is_nothing_to_open_before_it_is_made(tmp_path):
    said = refused(tmp_path / "empty")

    assert said == f"Det er ingen database i {tmp_path / 'empty'}. Skriv: make run"
    assert not (tmp_path / "empty").exists()


def test_what_is_made_is_for_its_owner_alone(tmp_path):
    database = open_database(chosen(tmp_path / "new"), make=True)

    assert {name: (tmp_path / "new" / name).stat().st_mode & 0o777 for name in ("bti.key", "audit.key", "")} == {
        "bti.key": 0o600,
        "audit.key": 0o600,
        "": 0o700,
    }
    assert (tmp_path / "new" / "bti.key").read_text() != (tmp_path / "new" / "audit.key").read_text()
    assert not making.is_made(database)
    database.close()


def test_a_key_that_is_there_is_never_made_anew(data):
    before = (data / "bti.key").read_text()
    open_database(chosen(data), make=True).close()

    assert keys.database_key(chosen(data), make=True) == before.strip()


def test_a_lost_key_is_not_replaced_while_its_database_is_there(data):
    (data / "bti.key").unlink()

    with pytest.raises(CannotStart, match="mangler"):
        open_database(chosen(data), make=True)
    assert not (data / "bti.key").exists()


def test_a_postgres_that_does_not_answer_is_said_in_a_sentence(data):
    said = refused(data, BTI_DATABASE_URL="postgresql://bti@127.0.0.1:1/bti")

    assert said == "PostgreSQL svarer ikke på BTI_DATABASE_URL. Se over adressen, brukeren og passordet."


def test_the_address_of_a_postgres_names_the_driver_the_app_ships():
    assert psycopg_address("postgresql://a@b/c") == "postgresql+psycopg://a@b/c"
    assert psycopg_address("postgresql+psycopg://a@b/c") == "postgresql+psycopg://a@b/c"


def test_nothing_is_served_before_a_database_is_opened():
    current.let_go()

    with pytest.raises(CannotStart, match="ikke åpnet"):
        current.database()


def test_closing_empties_the_log_of_writes_into_the_file(data):
    database = opened(data)
    with database.writing() as session:
        session.execute(text("UPDATE service SET name_nb = 'Byttet'"))
    assert (data / "bti.db-wal").stat().st_size > 0
    database.close()

    assert not (data / "bti.db-wal").exists() or (data / "bti.db-wal").stat().st_size == 0


def test_a_write_that_fails_is_undone_and_lets_the_next_one_in(granvik):
    def write_and_fall():
        with granvik.writing() as session:
            session.execute(text("UPDATE service SET name_nb = 'Byttet'"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_fall()

    with granvik.writing() as session:
        assert "Byttet" not in session.execute(select(Service.name_nb)).scalars().all()


@pytest.mark.parametrize("granvik", ["sqlcipher"], indirect=True)
def test_a_reader_sees_one_moment_while_another_writes(granvik):
    names = select(Service.name_nb)
    with granvik.reading() as reader:
        before = reader.execute(names).scalars().all()
        with granvik.writing() as writer:
            writer.execute(text("UPDATE service SET name_nb = 'Byttet'"))

        assert reader.execute(names).scalars().all() == before
    with granvik.reading() as reader:
        assert set(reader.execute(names).scalars()) == {"Byttet"}

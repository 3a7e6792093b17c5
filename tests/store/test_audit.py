"""The trace proves that nothing in it was changed, removed or swapped, and that its tail is there."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import text

from bti import ids
from bti.store import audit
from bti.store.audit_head import Head
from tests.cast import NOON

ENTRIES = 8


@pytest.fixture
def written(granvik):
    """A trace of eight lines, each its own transaction."""
    for number in range(ENTRIES):
        with granvik.writing() as session:
            entry = audit.Entry(NOON, "look", f"part {number}", "all", actor_id=ids.new(), case_id=ids.new())
            audit.append(session, entry)
    assert list(audit.faults(granvik)) == []
    return granvik


@pytest.fixture
def tamper(written, request):
    """Change the trace behind the app's back, as one who owns the tables or has the file."""

    def change(*statements, **values):
        engine = written.engine
        if written.is_postgres:
            engine = request.getfixturevalue("postgres").engine(written.engine.url.database)
        with engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement), values)
            connection.commit()
        if written.is_postgres:
            engine.dispose()

    return change


def faults(database):
    return list(audit.faults(database))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log_event SET at = '2026-03-10 10:00:00' WHERE seq = 4",
        "UPDATE log_event SET actor_id = NULL WHERE seq = 4",
        "UPDATE log_event SET service_id = case_id WHERE seq = 4",
        "UPDATE log_event SET login_id = case_id WHERE seq = 4",
        "UPDATE log_event SET case_id = actor_id WHERE seq = 4",
        "UPDATE log_event SET action = 'write' WHERE seq = 4",
        "UPDATE log_event SET object = 'part 9' WHERE seq = 4",
        "UPDATE log_event SET outcome = 'done' WHERE seq = 4",
        "UPDATE log_event SET mac = object WHERE seq = 4",
    ],
    ids=lambda statement: statement.split()[3],
)
def test_a_line_that_was_changed_is_found(written, tamper, statement):
    tamper(statement)

    assert faults(written)[0] == "Sporingsloggen er endret ved linje 4."


@pytest.mark.parametrize("seq", [1, 4])
def test_a_line_taken_out_of_the_middle_is_found(written, tamper, seq):
    tamper("DELETE FROM log_event WHERE seq = :seq", seq=seq)

    assert faults(written)[0] == f"Sporingsloggen er endret ved linje {seq}."


def test_a_line_taken_out_is_found_though_the_rest_is_numbered_anew(written, tamper):
    tamper("DELETE FROM log_event WHERE seq = 4")
    for number in range(5, ENTRIES + 1):
        tamper("UPDATE log_event SET seq = seq - 1 WHERE seq = :number", number=number)

    assert faults(written)[0] == "Sporingsloggen er endret ved linje 4."


def test_two_lines_that_changed_places_are_found(written, tamper):
    tamper(
        "UPDATE log_event SET seq = 99 WHERE seq = 3",
        "UPDATE log_event SET seq = 3 WHERE seq = 5",
        "UPDATE log_event SET seq = 5 WHERE seq = 99",
    )

    assert faults(written)[0] == "Sporingsloggen er endret ved linje 3."


@pytest.mark.parametrize(("left", "said"), [(7, "7 av 8"), (1, "1 av 8"), (0, "0 av 8")])
def test_a_lost_tail_is_found(written, tamper, left, said):
    tamper("DELETE FROM log_event WHERE seq > :left", left=left)

    assert faults(written) == [f"Slutten av sporingsloggen mangler: {said} linjer er der."]


def test_a_tail_written_anew_is_found(written, tamper):
    """With the key but without ``audit.head``: the chain is whole, and the head remembers another end."""
    remembered = written.head.path.read_text()
    tamper("DELETE FROM log_event WHERE seq = :last", last=ENTRIES)
    with written.writing() as session:
        audit.append(session, audit.Entry(NOON, "look", "nothing to see", "all"))
    written.head.path.write_text(remembered)

    assert faults(written) == [f"Sporingsloggen er skrevet om ved linje {ENTRIES}."]


@pytest.mark.parametrize(
    "forged",
    [
        lambda kept: kept | {"count": 4},
        lambda kept: kept | {"mac": "0" * 64},
        lambda kept: kept | {"seal": "0" * 64},
        lambda kept: {name: kept[name] for name in ("count", "mac")},
        lambda kept: kept | {"count": "many"},
        lambda kept: [kept],
    ],
    ids=["another count", "another end", "another seal", "no seal", "no number", "another shape"],
)
def test_a_forged_head_is_found(written, forged):
    kept = json.loads(written.head.path.read_text())
    written.head.path.write_text(json.dumps(forged(kept)))

    assert faults(written) == ["audit.head mangler eller er endret."]


def test_a_head_sealed_with_another_key_is_found(written):
    Head(written.head.path, b"another key").write(ENTRIES, "0" * 64)

    assert faults(written) == ["audit.head mangler eller er endret."]


@pytest.mark.parametrize("content", [None, "", "{", "\x00\xff"])
def test_a_head_that_is_gone_or_unreadable_is_found(written, content):
    written.head.path.unlink()
    if content is not None:
        written.head.path.write_bytes(content.encode("latin-1"))

    assert faults(written) == ["audit.head mangler eller er endret."]


def test_a_head_that_lags_one_line_behind_is_no_fault(written):
    """A process may die between the commit and the file; the next line mends it."""
    remembered = written.head.path.read_text()
    with written.writing() as session:
        audit.append(session, audit.Entry(NOON, "look", "one more", "all"))
    written.head.path.write_text(remembered)

    assert faults(written) == []


def test_a_new_database_without_a_trace_has_no_fault(granvik):
    assert faults(granvik) == []
    assert granvik.head.read() is None


def test_another_key_does_not_fit_the_chain(written):
    assert [*audit._broken_links(b"another key", rows(written))] == ["Sporingsloggen er endret ved linje 1."]


def rows(database):
    with database.reading() as session:
        return session.execute(audit._ALL).all()


def test_the_head_is_written_when_the_transaction_is_kept_and_only_then(written):
    before = written.head.read()

    def write_and_fall():
        with written.writing() as session:
            audit.append(session, audit.Entry(NOON, "look", "undone", "all"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_fall()
    assert written.head.read() == before

    with written.writing() as session:
        audit.append(session, audit.Entry(NOON, "look", "kept", "all"))
    assert written.head.read()[0] == ENTRIES + 1
    assert faults(written) == []


def test_two_lines_in_one_transaction_are_two_links(written):
    with written.writing() as session:
        audit.append(session, audit.Entry(NOON, "look", "one", "all"))
        audit.append(session, audit.Entry(NOON, "look", "two", "all"))

    assert len(rows(written)) == ENTRIES + 2
    assert faults(written) == []


@pytest.mark.parametrize("name", ["action", "object", "outcome", "actor_id", "case_id", "login_id", "service_id", "at"])
def test_every_part_of_a_line_is_under_its_seal(name):
    entry = audit.Entry(NOON, "look", "part", "all")
    other = NOON.replace(hour=10) if name == "at" else ids.new() if name.endswith("_id") else "other"

    assert audit.seal(b"key", "0" * 64, vars(entry)) != audit.seal(
        b"key", "0" * 64, vars(replace(entry, **{name: other}))
    )
    assert audit.seal(b"key", "0" * 64, vars(entry)) != audit.seal(b"key", "1" * 64, vars(entry))
    assert audit.seal(b"key", "0" * 64, vars(entry)) != audit.seal(b"other", "0" * 64, vars(entry))

"""Verify says that all is well, and finds each fault that is planted: in the file, the audit, its tail, the windows."""

import subprocess
import sys

import pytest
from sqlalchemy import delete, select, text, update

from bti.casework.consent import consenting
from bti.casework.consent.consenting import Asked
from bti.casework.demo.making import sign_in
from bti.casework.door import At, looking
from bti.casework.operating import verifying
from bti.casework.people import people
from bti.rules.consent import Answer, Category, ConsentForm, ConsentLevel
from bti.store.tables import LogEvent, Sharing
from tests.granvik import new_log

PAGE = 4096


def shares(_database):
    """Let PPT see the agreements about Solveig."""
    eirik = sign_in("eirik")
    number = new_log(eirik)
    at = At(eirik, number)
    with looking(at, "test") as case:
        ppt = next(s.service for s in consenting.view(case).choices if s.code == "ppt")
        family = [p.key for p in people.people(case) if p.kind is people.PersonKind.GUARDIAN]
    asked = [Asked(ppt, ConsentLevel.AGREEMENTS)]
    consent = consenting.ask_family(at, asked=asked, not_to_share="", whole_year=False, information_given=True)
    for guardian in family:
        answers = {ppt: Answer(ConsentLevel.AGREEMENTS)}
        form = ConsentForm.ELECTRONIC
        consenting.record_answer(at, consent=consent, consenter=guardian, answers=answers, form=form)
    return number


@pytest.fixture
def number(here):
    """Return the number of a log that is shared."""
    return here.inside(shares)


def planted(statement):
    """Change what lies in the database behind the app's back, with its key."""

    def plant(database):
        with database.engine.begin() as connection:
            for trigger in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars():
                connection.execute(text(f'DROP TRIGGER "{trigger}"'))
            connection.execute(statement)

    return plant


def flip(file, at):
    data = bytearray(file.read_bytes())
    data[at] ^= 1
    file.write_bytes(data)


def test_a_whole_installation_is_in_order(here, number):
    assert here.runs("verify") == 0

    assert here.said == "Alt er i orden.\n"


@pytest.mark.process
@pytest.mark.parametrize("page", [0, 2, 20, -1])
def test_a_flipped_byte_in_the_file_is_found_and_said_plainly(here, number, page):
    file = here.data / "bti.db"
    pages = file.stat().st_size // PAGE
    flip(file, (page % pages) * PAGE + 1000)

    ended = subprocess.run([sys.executable, "-m", "bti", "verify"], capture_output=True, text=True, check=False)

    assert ended.returncode == 1
    said = (ended.stdout + ended.stderr).strip().splitlines()
    assert len(said) == 1
    assert "ødelagt" in said[0]
    assert "sikkerhetskopien" in said[0]


def test_a_flipped_byte_is_found_on_whatever_page_it_lies(here, number):
    file = here.data / "bti.db"
    whole = file.read_bytes()
    pages = len(whole) // PAGE

    for page in range(pages):
        flip(file, page * PAGE + page * 37 % PAGE)
        assert here.runs("verify") == 1
        assert "ødelagt" in here.said + here.complained, page
        file.write_bytes(whole)
    assert here.runs("verify") == 0


@pytest.mark.parametrize("left", [0, 0.5, 0.999])
def test_a_file_that_is_cut_off_is_found(here, number, left):
    file = here.data / "bti.db"
    whole = file.read_bytes()
    file.write_bytes(whole[: round(len(whole) * left)])

    assert here.runs("verify") == 1
    assert "sikkerhetskopien" in here.said + here.complained
    for command in ("migrate", "demo"):
        assert here.runs(command) == 1
    assert file.stat().st_size <= len(whole)


def test_a_changed_line_of_the_audit_is_found(here, number):
    here.inside(planted(update(LogEvent).where(LogEvent.seq == 2).values(outcome="done ")))

    assert here.runs("verify") == 1
    assert here.said == "Sporingsloggen er endret ved linje 2.\n"


def test_a_lost_tail_of_the_audit_is_found(here, number):
    def count(database):
        with database.reading() as session:
            return len(session.execute(select(LogEvent.seq)).all())

    lines = here.inside(count)
    here.inside(planted(delete(LogEvent).where(LogEvent.seq > lines - 3)))

    assert here.runs("verify") == 1
    assert here.said == f"Slutten av sporingsloggen mangler: {lines - 3} av {lines} linjer er der.\n"


def test_an_older_database_put_back_is_found(here, number):
    file = here.data / "bti.db"
    older = file.read_bytes()
    here.runs("user", "disable", "liv")
    file.write_bytes(older)

    assert here.runs("verify") == 1
    assert here.said.startswith("Slutten av sporingsloggen mangler")


def test_a_head_of_the_audit_that_is_gone_or_made_up_is_found(here, number):
    head = here.data / "audit.head"
    head.write_text(head.read_text(encoding="ascii").replace('"count": ', '"count": 1'), encoding="ascii")
    assert here.runs("verify") == 1
    assert here.said == "audit.head mangler eller er endret.\n"
    head.unlink()

    assert here.runs("verify") == 1


@pytest.mark.parametrize(
    "statement",
    [
        update(Sharing).values(category=Category.HEALTH),
        update(Sharing).values(policy="another"),
        delete(Sharing),
    ],
)
def test_windows_that_are_not_what_the_rule_says_are_found(here, number, statement):
    here.inside(planted(statement))

    assert here.runs("verify") == 1
    assert here.said == f"Det som deles i {number}, stemmer ikke med samtykket.\n"


def test_a_row_that_points_at_nothing_is_found(here, number):
    def plant(database):
        connection = database.engine.raw_connection()
        for statement in ("PRAGMA foreign_keys = OFF", "UPDATE consent SET recorded_by = '00'"):
            connection.cursor().execute(statement)
        connection.cursor().execute("PRAGMA foreign_keys = ON")
        connection.close()

    here.inside(plant)

    assert here.runs("verify") == 1
    assert here.said == "I tabellen consent peker 1 rad på noe som ikke finnes.\n"


def test_more_than_one_fault_is_a_sentence_each(here, number):
    here.inside(planted(delete(Sharing)))
    (here.data / "audit.head").unlink()

    assert here.runs("verify") == 1
    assert len(here.said.splitlines()) == 2


def test_it_changes_nothing(here, number):
    before = {file.name: file.read_bytes() for file in here.data.iterdir()}
    here.runs("verify")

    assert {file.name: file.read_bytes() for file in here.data.iterdir()} == before


def test_both_engines_are_asked_about_what_is_shared(granvik, eirik):
    shares(granvik)
    assert list(verifying.faults(granvik)) == []
    with granvik.writing(eirik.id) as session:
        session.execute(delete(Sharing))

    assert list(verifying.faults(granvik)) == ["Det som deles i 2026-001, stemmer ikke med samtykket."]

"""A document from the command line: by somebody, for somebody, into a file nobody else can read."""

import io
import stat
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import select, update

from bti.casework.demo.making import sign_in
from bti.casework.operating import passwords
from bti.store.tables import Installation, LogEvent, StaffUser
from tests.granvik import new_log

GOOD = "et godt langt passord"


@pytest.fixture
def number(here):
    """Make Solveig's log and return its number."""

    def make(_database):
        eirik = sign_in("eirik")
        return new_log(eirik)

    return here.inside(make)


@pytest.fixture
def prints(here, number, tmp_path):
    def run(*more, user="eirik", recipient="family", out="ut.pdf"):
        return here.runs(
            "document", "stafettlogg", number, "--as", user, "--for", recipient, "--out", str(tmp_path / out), *more
        )

    return run


def test_the_paper_is_a_file_only_its_owner_can_read(prints, here, number, tmp_path):
    assert prints("--language", "nn") == 0

    file = tmp_path / "ut.pdf"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert PdfReader(BytesIO(file.read_bytes())).trailer["/Root"]["/Lang"] == "nn-NO"
    assert number not in here.said


def test_it_is_written_down_who_printed_and_that_it_was_at_a_command_line(prints, here):
    prints()

    def look(database):
        with database.reading() as session:
            wanted = select(LogEvent.action, LogEvent.object, LogEvent.login_id.is_(None), LogEvent.actor_id)
            return session.execute(wanted.order_by(LogEvent.seq.desc()).limit(5)).all()[::-1]

    entries = here.inside(look)
    assert [entry[:3] for entry in entries] == [
        ("sign_in", "", False),
        ("command_line", "document", False),
        ("document", "family", True),
        ("print_stafettlogg", "", True),
        ("sign_out", "", False),
    ]
    assert len({entry.actor_id for entry in entries}) == 1


def test_a_file_that_exists_is_not_written_over_unless_it_is_asked_for(prints, here, tmp_path):
    file = tmp_path / "ut.pdf"
    file.write_text("noe annet")
    file.chmod(0o644)

    assert prints() == 1
    assert "finnes fra før" in here.complained
    assert file.read_text() == "noe annet"
    assert prints("--force") == 0
    assert file.read_bytes().startswith(b"%PDF")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"recipient": "ppt"}, "Samtykket dekker ikke PPT. Dette kan ikke deles her."),
        ({"recipient": "nobody"}, "Velg ett av svarene."),
        ({"user": "pernille"}, "Du har ikke en stafettlogg her."),
        ({"user": "nobody"}, "Brukernavnet eller passordet stemmer ikke."),
        ({"out": "ingen/mappe.pdf"}, "Det er ingen mappe"),
    ],
)
def test_what_is_refused_leaves_no_file_and_says_why(prints, here, tmp_path, changes, said):
    assert prints(**changes) == 1

    assert said in here.complained
    assert not list(tmp_path.glob("**/*.pdf"))


def test_a_real_installation_asks_for_the_persons_password(prints, here, monkeypatch):
    def make_real(database):
        with database.writing() as session:
            session.execute(update(Installation).values(demo=False))
            session.execute(update(StaffUser).values(password_hash=passwords.hashed(GOOD)))

    here.inside(make_real)

    asked = []
    monkeypatch.setattr("getpass.getpass", lambda prompt: asked.append(prompt) or "feil passord helt sikkert")
    assert prints() == 1
    assert asked == ["Passordet til eirik: "]
    assert "stemmer ikke" in here.complained
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{GOOD}\n"))
    assert prints("--password-stdin") == 0
    assert GOOD not in here.said + here.complained

"""Accounts from the command line: made, listed and ended, and each written down."""

import io

import pytest
from sqlalchemy import select

from bti.casework.operating import accounts, identity
from bti.errors import Refused
from bti.store.tables import LogEvent, StaffUser

ADD = ("user", "add", "Ny.Prøve", "--name", "Ny Prøve", "--service", "ppt", "--role", "employee")
GOOD = "et godt langt passord"


@pytest.fixture
def typed(monkeypatch):
    def types(text):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{text}\n"))

    return types


def signs_in(username, password):
    return lambda _database: identity.sign_in(username, password, "test")


def newest_entry(database):
    with database.reading() as session:
        wanted = select(LogEvent.action, LogEvent.object, LogEvent.outcome, LogEvent.actor_id)
        return session.execute(wanted.order_by(LogEvent.seq.desc())).first()


def test_a_new_account_gets_a_password_that_is_shown_once_and_works(here):
    assert here.runs(*ADD, "--title", "PPT-rådgiver", "--language", "nn") == 0

    password = here.said.splitlines()[-1].rpartition(" ")[2]
    assert len(password) >= 20
    assert here.inside(signs_in("ny.prøve", password))
    assert here.inside(signs_in(" NY.PRØVE ", password))


def test_two_passwords_are_never_alike():
    assert len({accounts.made_password() for _ in range(1000)}) == 1000


def test_a_password_can_be_given_where_nobody_sees_it(here, typed):
    typed(GOOD)

    assert here.runs(*ADD, "--password-stdin") == 0
    assert GOOD not in here.said
    assert here.inside(signs_in("ny.prøve", GOOD))


def test_making_an_account_is_written_down_without_its_name(here):
    here.runs(*ADD)

    def look(database):
        with database.reading() as session:
            key = session.execute(select(StaffUser.id).where(StaffUser.username == "ny.prøve")).scalar_one()
        return key, newest_entry(database)

    key, entry = here.inside(look)
    assert entry == ("user_add", str(key), "done", None)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"username": "eirik"}, "Brukernavnet er i bruk. Velg et annet."),
        ({"username": "EIRIK "}, "Brukernavnet er i bruk. Velg et annet."),
        ({"username": "to ord"}, "Teksten inneholder tegn som ikke kan lagres."),
        ({"name": "  "}, "Skriv navnet."),
        ({"name": "01010150074"}, "fødselsnummer"),
        ({"service": "rådhuset"}, "Det er ingen tjeneste «rådhuset». Velg en av: barnevern, bup,"),
        ({"role": "sjef"}, "Det er ingen rolle «sjef». Velg en av: employee,"),
    ],
)
def test_what_cannot_be_an_account_is_refused_in_a_sentence(here, changes, said):
    given = {"username": "ny", "name": "Ny Prøve", "service": "ppt", "role": "employee"} | changes
    options = [part for name in ("name", "service", "role") for part in (f"--{name}", given[name])]

    assert here.runs("user", "add", given["username"], *options) == 1
    assert said in here.complained
    assert here.said == ""


@pytest.mark.parametrize(
    ("username", "password", "said"),
    [
        ("ny", "elleve tegn", "Passordet må ha minst 12 tegn."),
        ("enlangbruker", "EnLangBruker", "Passordet kan ikke være det samme som brukernavnet."),
    ],
)
def test_a_password_that_is_too_easy_is_refused(here, typed, username, password, said):
    typed(password)
    options = ("--name", "Ny Prøve", "--service", "ppt", "--role", "employee", "--password-stdin")

    assert here.runs("user", "add", username, *options) == 1
    assert here.complained == f"{said}\n"


def test_an_account_that_is_ended_is_signed_out_everywhere_and_stays_out(here, typed):
    typed(GOOD)
    here.runs(*ADD, "--password-stdin")
    token = here.inside(signs_in("ny.prøve", GOOD))

    assert here.runs("user", "disable", "Ny.Prøve") == 0

    assert here.inside(lambda _database: identity.signed_in(identity.hash_of(token))) is None
    with pytest.raises(Refused):
        here.inside(signs_in("ny.prøve", GOOD))
    assert here.inside(newest_entry).action in {"sign_in", "user_disable"}
    assert here.runs("verify") == 0


def test_the_list_shows_who_is_ended(here):
    here.runs("user", "disable", "liv")
    here.runs("user", "list")

    lines = {line.split()[0]: line for line in here.said.splitlines()}
    assert lines["liv"].endswith("(avsluttet)")
    assert lines["eirik"].split("  ")[-1].strip() == "kan være stafettholder"

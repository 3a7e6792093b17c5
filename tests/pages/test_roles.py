"""What the leader, the koordinator, the systemansvarlig and the personvernombud see: their own pages, and no word of any log."""

import asyncio
import importlib
import re
from datetime import timedelta
from itertools import cycle

import pytest
from sqlalchemy import select
from starlette.requests import Request

from bti.casework.desk import due
from bti.casework.door import USE_CASES, At
from bti.casework.operating import accounts
from bti.errors import Reason, Refused
from bti.store.tables import Base, Case, Child, Guardian
from bti.store.tables.base import Words
from tests.cast import NOON
from tests.pages.conftest import OLA, SOLVEIG
from web import documents

OF_A_CASE = (
    "oppstart",
    "planlegg_tiltak",
    "iverksett",
    "evaluering",
    "veien_videre",
    "samtykke",
    "deltakere",
    "stafettlogg",
    "innsyn",
)
NOTHING = "Du har ikke en stafettlogg her. Spør BTI-koordinatoren om hjelp."
NO_CASES = "Du har ingen stafettlogger ennå."
NO_OVERVIEW = "Du har ikke en oversikt her."
NO_ADMIN = "Du har ikke noe å administrere her."
SEES = {
    "randi": {"mine_saker": NO_CASES, "oversikt": "Stafettlogger i Granvik skole", "administrasjon": NO_ADMIN},
    "kaja": {"mine_saker": NO_CASES, "oversikt": "Som BTI-koordinator ser du hvem", "administrasjon": NO_ADMIN},
    "sander": {"mine_saker": NO_CASES, "oversikt": NO_OVERVIEW, "administrasjon": "Brukere"},
    "vigdis": {"mine_saker": NO_CASES, "oversikt": NO_OVERVIEW, "administrasjon": "Her står alt som er lest"},
}
ROLES = pytest.mark.parametrize("username", list(SEES))
LONG_ENOUGH = 6
"""A text shorter than this may stand anywhere by chance."""


def numbers(database):
    with database.reading() as session:
        return session.execute(select(Case.number).order_by(Case.number)).scalars().all()


def written(database):
    """Return every text people have written in a log, and what the families are called."""
    said, rows = set(), []
    with database.reading() as session:
        for table in Base.metadata.sorted_tables:
            columns = [column for column in table.c if isinstance(column.type, Words)]
            if "case_id" in table.c and columns:
                rows += session.execute(select(*columns)).all()
        said.update(text for row in rows for text in row if text and len(text) >= LONG_ENOUGH)
        said.update(session.execute(select(Guardian.name)).scalars())
        names = set(session.execute(select(Child.given_names)).scalars())
    return said, names


def children_in(text, names):
    return {name for name in names if re.search(rf"\b{re.escape(name)}\b", text)}


@ROLES
@pytest.mark.meets("R-56", "R-63", "R-70")
def test_each_sees_its_own_pages_and_no_word_of_a_log(browser, granvik, username):
    said, names = written(granvik)
    at = browser(username)
    for page in ("mine_saker", "oversikt", "administrasjon", "hjelp"):
        text = at.open(page).text
        assert SEES[username].get(page, "") in text
        assert [words for words in said if words in text] == []
        assert not children_in(text, names) or (username, page) == ("randi", "oversikt")


@ROLES
@pytest.mark.meets("R-56")
def test_every_address_of_a_log_gives_what_an_unknown_number_gives(browser, granvik, username):
    said, names = written(granvik)
    at, cases = browser(username), cycle(numbers(granvik))
    unknown = at.open("oppstart", "2026-999").text
    for page in OF_A_CASE:
        text = at.open(page, next(cases)).text
        assert NOTHING in text
        assert text == unknown
        assert [words for words in said if words in text] == []
        assert children_in(text, names) == set()


@ROLES
@pytest.mark.meets("R-56")
def test_every_paper_of_every_log_is_refused(granvik, person, username, monkeypatch):
    said, names = written(granvik)
    actor = person(username)
    monkeypatch.setattr(documents, "who", lambda _request: actor)
    routes = [route for route in documents.routes() if route.path != documents.BLANK]
    for number in numbers(granvik):
        for route in routes:
            for recipient in ("family", "archive", "ppt"):
                answer = asyncio.run(route.endpoint(asks_for(number, recipient)))
                body = answer.body.decode()
                assert (answer.status_code, NOTHING in body) == (403, True), (route.path, number, recipient)
                assert [words for words in said if words in body] == []
                assert children_in(body, names) == set()


def asks_for(number, recipient):
    query = f"sak={number}&til={recipient}".encode()
    return Request({"type": "http", "method": "GET", "path": "/", "query_string": query, "headers": []})


@ROLES
@pytest.mark.meets("R-56")
def test_every_use_case_is_refused_before_anything_is_asked(granvik, person, username):
    """Each use case is met by each role, and each log too; the door asks the same of every pair."""
    actor, cases = person(username), cycle(numbers(granvik))
    assert due.my_list(actor) == ()
    for name in sorted(USE_CASES):
        module, _dot, function = name.rpartition(".")
        with pytest.raises(Refused) as refusal:
            getattr(importlib.import_module(module), function)(At(actor, next(cases)))
        assert refusal.value.reason is Reason.NOT_YOURS, name


def test_the_leader_sees_the_children_of_the_own_unit_alone(browser, granvik):
    _said, names = written(granvik)
    text = browser("randi").open("oversikt").text

    assert "Solveig Testdal" in text
    assert SOLVEIG not in text
    assert "Barnet til Dina" in names
    assert "Barnet til Dina" not in text


@pytest.mark.meets("R-26", "R-63")
def test_the_leader_is_told_first_of_a_log_where_a_tiltak_needs_somebody_and_not_which(browser, granvik, wall_clock):
    said, _names = written(granvik)
    accounts.disable_user("pernille")
    assert "Et tiltak trenger ny ansvarlig." not in browser("randi").open("oversikt").text
    wall_clock.set(NOON + timedelta(days=15))
    text = browser("randi").open("oversikt").text

    assert "Et tiltak trenger ny ansvarlig. Stafettholderen velger hvem." in text
    assert f"Ola Prøvesen ({OLA})" in text
    assert text.index("Ola Prøvesen") < text.rindex("Ola Prøvesen") < text.index("Solveig Testdal")
    assert "Pernille" not in text
    assert [words for words in said if words in text] == []

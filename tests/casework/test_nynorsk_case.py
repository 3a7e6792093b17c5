"""Scenario 24: the same case in nynorsk. No bokmål of ours stands on any paper, and a kommune has its own «stafettholdar»."""

import re

import pytest

from bti import language
from bti.casework.paper import exporting, extract, message_paper
from bti.rules.workflow import Blank
from tests import translations
from tests.casework.test_escalating import Outwards
from tests.casework.test_exporting import flat, text_of
from tests.casework.test_five_steps import ON_ONE_ENGINE

FOR_EVERYBODY = ("family", "guardian:1", "child", "archive", "ppt")
WRITTEN_BY_PEOPLE = {"kontaktlærer", "på skolen", "skole"}
"""Eirik's title, the family's goal and the name of the archive: what people have written is never translated."""


@pytest.fixture
def outwards(eirik, wall_clock, pernille):
    table = Outwards(eirik, wall_clock, pernille)
    table.does_all()
    return table


@pytest.fixture
def their_word():
    language.choose_words({"stafetthaldar": "stafettholdar"})
    yield
    language.choose_words({})


def papers(table, spoken):
    """Return every paper there is of the case, and every empty form, as text."""
    at = table.at
    made = {f"stafettlogg {who}": exporting.stafettlogg(at, recipient=who, language=spoken) for who in FOR_EVERYBODY}
    made |= {f"melding {who}": message_paper.message(at, recipient=who, language=spoken) for who in ("family", "bup")}
    made |= {f"innsyn {who}": extract.extract(at, recipient=who, language=spoken) for who in ("guardian:1", "child")}
    made |= {f"skjema {kind}": exporting.blank_form(kind, spoken) for kind in Blank}
    return {name: flat(text_of(file)) for name, file in made.items()}


def bokmal_in(text):
    """Return what is said in bokmål in a text, of all that the app says otherwise in nynorsk."""
    ours = {nb for nb, nn in translations.in_the_catalogue().items() if nb != nn and "{" not in nb}
    return {nb for nb in ours - WRITTEN_BY_PEOPLE if re.search(rf"(?<!\w){re.escape(flat(nb))}(?!\w)", text)}


@pytest.mark.meets("scenario-24")
@ON_ONE_ENGINE
def test_the_same_case_is_printed_in_nynorsk_with_its_dates_and_no_bokmal_of_ours(outwards):
    made = papers(outwards, "nn")

    assert sorted(f"{name}: {one}" for name, text in made.items() for one in bokmal_in(text)) == []
    assert "10. mars 2026" in made["stafettlogg family"]
    assert "28. april 2026" in made["stafettlogg family"]
    assert bokmal_in(papers(outwards, "nb")["stafettlogg family"]) != set()


@pytest.mark.meets("scenario-24")
@pytest.mark.usefixtures("their_word")
@ON_ONE_ENGINE
def test_where_the_kommune_says_stafettholdar_no_paper_says_stafetthaldar(outwards):
    made = papers(outwards, "nn")

    assert [name for name, text in made.items() if "stafetthald" in text.casefold()] == []
    assert "Stafettholdar" in made["stafettlogg family"]

"""The list of cases and what makes a page kind to the one who writes: drafts, conflicts, undo, lock."""

import pytest

from bti.rules.due import Due
from forms.mine_saker import HEADINGS, NEXT
from tests.pages.conftest import BO, NILS, OLA, SOLVEIG


def test_every_kind_of_thing_a_case_waits_for_has_its_words():
    assert set(NEXT) == set(Due)
    assert len(HEADINGS) == 5


def test_a_case_says_what_it_waits_for_and_leads_there(browser):
    at = browser("eirik").open("mine_saker")

    assert at.text.index("Venter på meg") < at.text.index("Fortell barnet hva som er bestemt, innen 13. mars 2026.")
    assert at.text.index("Fortell barnet") < at.text.index("Mine</h2>") < at.text.index("Venter på familien.")
    leads = links(at)
    assert leads[f"Åpne stafettlogg {NILS}"] == "veien_videre"
    assert leads[f"Åpne stafettlogg {BO}"] == "samtykke"
    assert leads[f"Åpne stafettlogg {SOLVEIG}"] == "evaluering"


def links(at):
    """Return where each link of the page leads."""
    return {e.proto.label: e.proto.page for e in at.at.get("page_link")}


@pytest.mark.meets("R-56")
def test_a_search_finds_in_the_list_and_says_the_same_of_a_case_that_is_not_there_and_one_that_is_not_hers(browser):
    at = browser("eirik").open("mine_saker")
    for words, found in (("ola", {OLA}), ("OLA EIRIK", {OLA}), (BO, {BO}), ("prøve", {SOLVEIG, OLA, BO, NILS})):
        at.at.text_input(key="search").set_value(words)
        at.run()
        assert {label.split()[-1] for label in links(at)} == found, words

    said = []
    for words in ("Ingrid", "finnes ikke"):
        at.at.text_input(key="search").set_value(words)
        at.run()
        assert not links(at)
        said.append(at.text)
    assert said[0] == said[1]
    assert "Du har ikke en stafettlogg her. Spør BTI-koordinatoren om hjelp." in said[0]
    assert not [s for s in at.statements if "Ingrid" in s]

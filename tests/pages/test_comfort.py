"""The list of cases and what makes a page kind to the one who writes: drafts, conflicts, undo, lock."""

import re
from datetime import date, timedelta

import pytest
from streamlit.runtime.scriptrunner_utils.exceptions import StopException
from streamlit.runtime.state.safe_session_state import SafeSessionState

from bti.casework.desk import drafting
from bti.casework.door import At, looking
from bti.casework.operating import identity
from bti.casework.people import people
from bti.rules.due import Due
from bti.rules.people import GuardianRelation
from forms import here
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
    assert leads[f"Åpne stafettlogg {NILS}"] == "stafettlogg"
    assert leads[f"Åpne stafettlogg {BO}"] == "samtykke"
    assert leads[f"Åpne stafettlogg {SOLVEIG}"] == "evaluering"


def test_a_case_says_each_thing_it_waits_for_once(browser, wall_clock):
    wall_clock.set(wall_clock.now + timedelta(weeks=5))
    cards = re.findall(r"<article.*?</article>", browser("torleiv").open("mine_saker").text, re.DOTALL)
    lines = [re.findall(r'"bti-next">(.*?)</p>', card) for card in cards]

    assert any("notat om korleis tiltaket går" in line for said in lines for line in said)
    assert [said for said in lines if len(said) > len(set(said))] == []


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


def test_every_kind_of_answer_is_kept_while_it_is_given(browser):
    def new_case():
        at = browser("eirik").open("mine_saker")
        at.at.toggle(key="new_case").set_value(True)
        return at.run()

    at = new_case()
    at.at.text_input(key=".NewCaseForm.child_name").set_value("Åse Oppdikt")
    at.at.date_input(key=".NewCaseForm.birth_date").set_value(date(2016, 2, 29))
    at.at.radio(key=".NewCaseForm.first_relation").set_value(GuardianRelation.CO_MOTHER)
    at.at.checkbox(key=".NewCaseForm.first_responsibility").set_value(True)
    assert "Lagret som utkast kl. 12.00.00" in at.run().text

    again = new_case().at
    assert again.text_input(key=".NewCaseForm.child_name").value == "Åse Oppdikt"
    assert again.date_input(key=".NewCaseForm.birth_date").value == date(2016, 2, 29)
    assert again.radio(key=".NewCaseForm.first_relation").value is GuardianRelation.CO_MOTHER
    assert again.checkbox(key=".NewCaseForm.first_responsibility").value


def test_one_who_types_faster_than_the_page_answers_is_not_taken_for_two(browser, monkeypatch):
    at = browser("eirik").open("mine_saker")
    at.at.toggle(key="new_case").set_value(True)
    at.run()
    at.at.text_input(key=".NewCaseForm.child_name").set_value("Åse Oppdikt")
    keep, put, remember = drafting.keep, SafeSessionState.__setitem__, here.remember_draft

    def broken_off(*_):
        monkeypatch.setattr(SafeSessionState, "__setitem__", put)
        raise StopException

    def kept_and_then_broken_off(*answers):
        kept = keep(*answers)
        monkeypatch.setattr(SafeSessionState, "__setitem__", broken_off)
        return kept

    monkeypatch.setattr(drafting, "keep", kept_and_then_broken_off)
    monkeypatch.setattr(here, "remember_draft", broken_off)
    at.run()
    monkeypatch.setattr(drafting, "keep", keep)
    monkeypatch.setattr(here, "remember_draft", remember)

    at.at.text_input(key=".NewCaseForm.first_name").set_value("Marte Oppdikt")
    at.run()
    assert "Det du skrev i en annen fane" not in at.text
    at.run()
    assert "Det du skrev i en annen fane" not in at.text
    assert at.at.text_input(key=".NewCaseForm.child_name").value == "Åse Oppdikt"
    assert at.at.text_input(key=".NewCaseForm.first_name").value == "Marte Oppdikt"


def test_people_who_are_chosen_are_kept_while_they_are_chosen(browser):
    def colleagues():
        at = browser("eirik").open("oppstart", BO)
        at.at.button(key="2026_003.oppstart.part.deltakere").click()
        return at.run()

    at = colleagues()
    with looking(At(identity.signed_in(at.login), BO), "test") as case:
        somebody = people.may_join(case)[0].user
    at.at.multiselect[0].set_value([somebody])
    at.run()

    assert colleagues().at.multiselect[0].value == [somebody]


def best_interests(at):
    """Open the part where barnets beste is written, in a tab of its own."""
    at.open("planlegg_tiltak", OLA)
    at.at.button(key=f"{OLA.replace('-', '_')}.planlegg_tiltak.part.barnets-beste").click()
    at.run()
    return at


def field(at):
    return next(a for a in at.at.text_area if a.label.startswith(("Hva er best", "Kva er best")))


def writes(at, text):
    field(at).set_value(text)
    return at.run()


def test_two_who_write_the_same_see_whose_words_are_whose_and_lose_none(browser):
    first, second = best_interests(browser("eirik")), browser("torleiv")
    people.add_colleagues(At(identity.signed_in(first.login), OLA), users=[identity.signed_in(second.login).id])
    best_interests(second)
    writes(first, "Det ene.")
    first.press("Lagre barnets beste")
    writes(second, "Det andre.")
    second.press("Lagre barnets beste")

    assert re.search(r"Eirik Prøve lagra dette \d+\. \w+ kl\. \d\d\.\d\d", second.text)
    assert "<p>Det ene.</p>" in second.text
    assert "<p>Det andre.</p>" in second.text
    assert field(second).value == "Det ene.\n\nDet andre."
    assert not second.at.warning

    second.press("Lagre barnets beste")
    assert "Det ene.</p><p>Det andre." in second.text
    assert "bti-both" not in second.text


def test_two_tabs_of_one_person_do_not_write_over_each_other(browser):
    one, other = best_interests(browser("eirik")), best_interests(browser("eirik"))
    before = field(one).value
    writes(one, "Skrevet i den ene.")
    other.run()
    assert field(other).value == "Skrevet i den ene."
    assert not other.at.warning

    writes(other, "Skrevet i den ene. Og videre.")
    assert field(one.run()).value == "Skrevet i den ene. Og videre."
    writes(one, before)
    assert field(other.run()).value == before


def test_what_was_typed_in_both_tabs_at_once_stands_in_the_field(browser):
    one, other = best_interests(browser("eirik")), best_interests(browser("eirik"))
    writes(one, "I den ene.")
    writes(other, "I den andre.")

    assert "Det du skrev i en annen fane" in other.text
    assert field(other).value == "I den ene.\n\nI den andre."
    assert field(one.run()).value == "I den ene.\n\nI den andre."


def test_a_form_nobody_has_typed_in_follows_what_another_saves(browser):
    one, other = best_interests(browser("eirik")), best_interests(browser("eirik"))
    writes(one, "Lagret nå.")
    one.press("Lagre barnets beste")

    assert field(other.run()).value == "Lagret nå."
    writes(other, "Lagret nå, og rettet.")
    other.press("Lagre barnets beste")
    assert "har endret dette" not in other.text

"""The people around the child, as the pages say it: siblings, protected addresses, those who leave, and a child not born."""

from datetime import date

from tests.pages.conftest import SOLVEIG
from tests.pages.test_people import opens


def writes(at, label, text):
    next(t for t in [*at.at.text_input, *at.at.text_area] if t.label.startswith(label)).set_value(text)
    return at.run()


def dates(at, label, day):
    next(d for d in at.at.date_input if d.label.startswith(label)).set_value(day)
    return at.run()


def turns(at, label):
    next(t for t in at.at.toggle if t.label == label).set_value(True)
    return at.run()


def test_a_sibling_is_noted_and_the_writer_is_told_when_the_name_is_typed(browser):
    eirik = opens(browser("eirik").open("deltakere", SOLVEIG), SOLVEIG, "sosken")
    writes(eirik, "Fornavnet til en bror", "Ola")
    eirik.press("Lagre")
    assert "<li>Ola</li>" in eirik.text

    eirik.open("evaluering", SOLVEIG)
    eirik.at.button(key="2026_001.evaluering.part.endring").click()
    eirik.run()
    assert "Dette kan handle om" not in eirik.text
    writes(eirik, "Hva ser dere?", "Ola gleder seg også.")
    assert "Dette kan handle om Ola. Skriv bare om Solveig her." in eirik.text


def test_a_log_for_a_sibling_takes_three_answers(browser):
    eirik = opens(browser("eirik").open("deltakere", SOLVEIG), SOLVEIG, "sosken")
    turns(eirik, "Opprett for søsken")
    assert "Marte Testdal (mor)" in str(next(m for m in eirik.at.multiselect if "foresatt" in m.label).options)
    writes(eirik, "Fornavn", "Ola")
    dates(eirik, "Fødselsdato", date(2017, 9, 1))
    eirik.press("Opprett stafettlogg")

    assert "Ola" in eirik.open("mine_saker").text
    assert "<li>Ola</li>" in eirik.open("deltakere", SOLVEIG).text

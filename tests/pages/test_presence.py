"""«Hvem andre er her» as the head of a case page says it."""

from bti.casework.door import mark_of
from bti.casework.operating import identity
from tests.pages.conftest import SOLVEIG


def test_the_head_says_who_else_has_the_log_open_without_asking_the_database(browser):
    at = browser("eirik").open("samtykke", SOLVEIG).run()
    assert "Har også loggen oppe nå" not in at.text
    before, elements = len(at.statements), at.messages

    mark_of(identity.signed_in(browser("pernille").login), SOLVEIG)
    at.run()

    assert "Har også loggen oppe nå: Pernille Påfunn" in at.text
    assert (len(at.statements), at.messages) == (before, elements)

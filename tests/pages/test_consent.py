"""The page of consent, as the family sees it across the table."""

import pytest

from bti.casework import consenting, identity
from bti.casework.door import At, looking
from bti.rules.consent import ConsentForm, ConsentLevel, ConsentState, Said, YesNo
from tests.pages.conftest import SOLVEIG


def box(at, kind, label):
    return next(w for w in getattr(at.at, kind) if w.label.startswith(label))


def turn_on(at, label):
    box(at, "toggle", label).set_value(True)
    return at.run()


def standings(at, number):
    with looking(At(identity.signed_in(at.login), number), "test") as case:
        return {s.code: s.state for s in consenting.view(case).standings}


def services(at, number):
    with looking(At(identity.signed_in(at.login), number), "test") as case:
        return {c.code: c.service for c in consenting.view(case).choices}


def within_budget(at):
    at.run()
    assert len(at.statements) <= 14, "\n".join(at.statements)
    assert at.messages <= 45


def asks_for_more(at, code):
    at.open("samtykke", SOLVEIG)
    turn_on(at, "Spør om mer")
    box(at, "multiselect", "1. Hvem").set_value([services(at, SOLVEIG)[code]])
    box(at, "radio", "2. Hva kan de").set_value(ConsentLevel.EVERYDAY)
    box(at, "radio", "3. Er det noe").set_value(YesNo.NO)
    at.run()
    within_budget(at)
    at.press("Informasjonen er lest opp. Spør om dette")


@pytest.mark.meets("R-06", "S1-23")
def test_the_family_is_asked_about_one_service_more_and_only_that_one_waits(browser):
    at = browser("eirik")
    asks_for_more(at, "barnevern")

    assert "Spurt om mer" in at.text
    assert "Et nei her endrer ikke det dere har sagt ja til før." in at.text
    within_budget(at)
    assert standings(at, SOLVEIG) == {
        "ppt": ConsentState.ACTIVE,
        "skolehelse": ConsentState.ACTIVE,
        "barnevern": ConsentState.AWAITING,
    }
    for _guardian in ("Marte", "Jonas"):
        box(at, "radio", "Svaret er").set_value(Said.YES)
        box(at, "radio", "Svaret er gitt").set_value(ConsentForm.ELECTRONIC)
        at.run()
        at.press("Lagre svaret")
    assert set(standings(at, SOLVEIG).values()) == {ConsentState.ACTIVE}
    assert "arneverntjenesten" not in browser("pernille").open("oppstart", SOLVEIG).text


def test_where_one_is_let_in_stands_the_way_to_ask_the_family(browser):
    words = "Skal en tjeneste til være med? Spør familien om tilleggssamtykke først."

    assert words in [link.proto.label for link in browser("eirik").open("deltakere", SOLVEIG).at.get("page_link")]
    assert words not in [link.proto.label for link in browser("pernille").open("deltakere", SOLVEIG).at.get("page_link")]

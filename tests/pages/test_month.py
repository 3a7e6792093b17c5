"""The acts of the first month, on their pages."""

from datetime import date

import pytest

from bti.casework import identity, registering
from bti.rules.consent import ConsentLevel
from bti.rules.people import GuardianRelation, ProtectedAddress
from bti.rules.registering import Carrier
from tests.pages.conftest import SOLVEIG


@pytest.mark.meets("R-61")
def test_a_case_on_paper_is_one_press_away_and_asked_alone(browser):
    at = browser("eirik").open("mine_saker")
    assert "Oppdiktet" not in at.text
    at.at.toggle(key="ongoing_case").set_value(True)
    at.run()

    assert "Registrer saken" in [b.label for b in at.at.button]
    assert "Opprett stafettlogg" not in [b.label for b in at.at.button]
    assert at.messages <= 45


def test_the_form_enters_the_case_and_shows_that_it_was_done_afterwards(browser):
    at = browser("eirik").open("mine_saker")
    at.at.toggle(key="ongoing_case").set_value(True)
    at.run()

    def field(kind, label):
        return next(w for w in getattr(at.at, kind) if w.label.startswith(label))

    field("text_input", "Barnets navn").input("Kari Prøvesen")
    field("date_input", "Fødselsdato").set_value(date(2016, 5, 4))
    field("radio", "Har barnet sperret").set_value(ProtectedAddress.NONE)
    field("text_input", "Foresatt").input("Per Prøvesen")
    field("radio", "Hvem er det?").set_value(GuardianRelation.FATHER)
    field("checkbox", "Har foreldreansvar").check()
    ppt = next(key for key, name in registering.choices(identity.signed_in(at.login)).services if name == "PPT")
    field("multiselect", "Hvilke tjenester").set_value([ppt])
    field("radio", "Hva kan de få vite?").set_value(ConsentLevel.EVERYDAY)
    field("date_input", "Datoen som står").set_value(date(2025, 11, 3))
    field("checkbox", "Foresatt har skrevet under").check()
    field("text_input", "Hvor ligger papiret?").input("elevmappen, ref. 25/118")
    field("text_input", "Hva er dere særlig").input("Fravær mandager")
    field("text_area", "Tiltak som pågår").input("Vi møter Kari i porten")
    field("radio", "Hvem gjør det?").set_value(Carrier.STAFETTHOLDER)
    field("date_input", "Dato for neste").set_value(date(2026, 3, 24))
    field("text_input", "Klokka").input("12.00")
    at.run()
    at.press("Registrer saken")

    assert "registrert i ettertid" in at.text
    assert "Vi møter Kari i porten" in at.text
    assert SOLVEIG not in at.text

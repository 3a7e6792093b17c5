"""The acts of the first month, on their pages."""

from datetime import date

import pytest

from bti.casework.consent import modes
from bti.casework.door import At, looking
from bti.casework.intake import creating, registering
from bti.casework.operating import identity
from bti.casework.people import people
from bti.rules.consent import ConsentLevel, YesNo
from bti.rules.people import GuardianRelation, ProtectedAddress
from bti.rules.registering import Carrier
from bti.rules.workflow import Blank, StafettloggMode
from tests.cast import MARTE
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
    assert field("radio", "Er det noe vi ikke skal dele?").value is None
    field("radio", "Er det noe vi ikke skal dele?").set_value(YesNo.YES)
    field("date_input", "Datoen som står").set_value(date(2025, 11, 3))
    field("checkbox", "Foresatt har skrevet under").check()
    field("text_input", "Hvor ligger papiret?").input("elevmappen, ref. 25/118")
    field("text_input", "Hva er dere særlig").input("Fravær mandager")
    field("text_area", "Tiltak som pågår").input("Vi møter Kari i porten")
    field("radio", "Hvem gjør det?").set_value(Carrier.STAFETTHOLDER)
    field("date_input", "Dato for neste").set_value(date(2026, 3, 24))
    field("text_input", "Klokka").input("12.00")
    at.run()
    assert at.messages <= 45
    field("text_area", "Hva skal vi ikke dele?").input("At far er syk.")
    at.run()
    at.press("Registrer saken")

    assert "registrert i ettertid" in at.text
    assert "Vi møter Kari i porten" in at.text
    assert "At far er syk." in at.text
    assert SOLVEIG not in at.text


@pytest.mark.meets("R-69")
def test_on_paper_no_page_asks_for_anything_that_would_be_kept(browser):
    eirik = browser("eirik")
    number = creating.create_case(
        identity.signed_in(eirik.login),
        child_name="Kari Prøvesen",
        birth_date=date(2016, 5, 4),
        protected_address=ProtectedAddress.NONE,
        guardians=[MARTE],
    )
    at = eirik.open("samtykke", number)
    at.at.toggle(key="without_log").set_value(True)
    at.run()
    next(r for r in at.at.radio if r.label == "Hva vil familien?").set_value(StafettloggMode.PAPER)
    at.press("Lagre valget")

    for page in ("oppstart", "planlegg_tiltak", "samtykke", "stafettlogg"):
        at.open(page, number)
        assert "Familien ønsker papir." in at.text
        assert "/bti/dokument/skjema?skjema=oppstart" in at.text
        assert [a.label for a in at.at.text_area] == []
        assert at.messages <= 45
    assert "/bti/dokument/stafettlogg" not in at.text
    at.open("samtykke", number)
    next(d for d in at.at.date_input if d.label == "Dato for møtet").set_value(date(2026, 3, 10))
    at.run()
    next(c for c in at.at.checkbox if c.label == "Møtet er holdt").check()
    at.run()
    assert "Lagret som utkast" not in at.text
    at.press("Noter møtet")
    assert "holdt" in at.text
    at.press("Familien vil ha en digital stafettlogg likevel")
    assert "Familien ønsker papir." not in at.text


@pytest.mark.meets("R-67", "R-69", "R-71")
def test_on_paper_only_what_is_kept_can_be_put_right_on_the_page_of_people(browser):
    at = browser("eirik")
    number = creating.create_case(
        identity.signed_in(at.login),
        child_name="Kari Prøvesen",
        birth_date=date(2016, 5, 4),
        protected_address=ProtectedAddress.NONE,
        guardians=[MARTE],
    )
    modes.do_without_log(At(identity.signed_in(at.login), number), mode=StafettloggMode.PAPER)
    with looking(At(identity.signed_in(at.login), number), "test") as case:
        (marte,) = (p.key for p in people.people(case) if p.kind is people.PersonKind.GUARDIAN)
    page = f"{number.replace('-', '_')}.deltakere.part"
    at.open("deltakere", number).run()
    assert not [b for b in at.at.button if b.key == f"{page}.sosken"]
    assert not at.at.get("page_link")
    assert len(at.statements) <= 14

    at.at.button(key=f"{page}.barn").click()
    at.run()
    assert "Skole, språk og målform" not in [t.label for t in at.at.toggle]
    next(t for t in at.at.text_input if t.label == "Barnets navn").input("Kari Marie Prøvesen")
    at.run()
    at.press("Lagre rettelsen")
    assert "Kari Marie → " not in at.text
    assert "Kari → Kari Marie" in at.text

    at.at.button(key=f"{page}.foresatte").click()
    at.run()
    next(s for s in at.at.selectbox if s.label == "Hvilken foresatt?").set_value(marte)
    at.run()
    next(t for t in at.at.toggle if t.label == "Telefon, språk og informasjon").set_value(True)
    at.run()
    assert not [t for t in at.at.text_input if t.label.startswith("Er den foresatte ikke med?")]
    next(t for t in at.at.text_input if t.label.startswith("Telefon")).input("900 00 000")
    at.run()
    at.press("Lagre")
    assert "tlf. 900 00 000" in at.text


def test_every_form_on_paper_is_a_press_away_under_help(browser):
    text = browser("liv").open("hjelp").text

    for kind in Blank:
        for language in ("nb", "nn"):
            assert f"skjema={kind.value}&amp;sprak={language}" in text

"""The people around the child, as the pages say it: siblings, protected addresses, those who leave, and a child not born."""

from datetime import date

import pytest
from sqlalchemy import select

from bti.casework.operating import accounts
from bti.rules.people import GuardianRelation, ProtectedAddress
from bti.store.engine import RULE
from bti.store.tables import Case, Guardian, Participant, StaffUser
from tests.pages.conftest import INGRID, SOLVEIG
from tests.pages.test_people import chooses, opens


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


def test_a_pregnancy_is_one_choice_more_for_the_health_services_alone(browser):
    liv = turns(browser("liv").open("mine_saker"), "Opprett en ny stafettlogg")
    assert [t.label for t in liv.at.text_input if "Barnets navn" in t.label]
    turns(liv, "Barnet er ikke født ennå")
    writes(liv, "Den gravides navn", "Siri Skrøne")
    dates(liv, "Termin", date(2026, 7, 1))
    next(r for r in liv.at.radio if r.label.startswith("Har den gravide")).set_value(ProtectedAddress.NONE)
    liv.run()
    liv.press("Opprett stafettlogg")
    assert "Barnet til Siri" in liv.open("mine_saker").text

    eirik = turns(browser("eirik").open("mine_saker"), "Opprett en ny stafettlogg")
    assert "Barnet er ikke født ennå" not in [t.label for t in eirik.at.toggle]


def test_nobody_is_asked_for_a_guardian_of_one_who_is_of_age(browser):
    eirik = turns(browser("eirik").open("mine_saker"), "Opprett en ny stafettlogg")
    assert [t for t in eirik.at.text_input if t.label == "Foresatt"]
    writes(eirik, "Barnets navn", "Vilde Voksen")
    dates(eirik, "Fødselsdato", date(2007, 1, 1))
    assert not [t for t in eirik.at.text_input if t.label == "Foresatt"]
    next(r for r in eirik.at.radio if r.label.startswith("Har barnet sperret")).set_value(ProtectedAddress.NONE)
    eirik.run()
    eirik.press("Opprett stafettlogg")
    assert "Vilde" in eirik.open("mine_saker").text


def test_what_nobody_answered_for_a_child_is_still_said(browser):
    eirik = turns(browser("eirik").open("mine_saker"), "Opprett en ny stafettlogg")
    eirik.press("Opprett stafettlogg")
    assert "Foresatt – Svar her." in eirik.text
    assert "Hvem er det? – Svar her." in eirik.text


def test_where_the_child_goes_and_how_it_is_understood_stands_with_the_child(browser):
    eirik = opens(browser("eirik").open("deltakere", SOLVEIG), SOLVEIG, "barn")
    turns(eirik, "Skole, språk og målform")
    writes(eirik, "Hva hjelper barnet", "bilder og god tid")
    eirik.press("Lagre")

    assert "Granvik skole" in eirik.text
    assert "bilder og god tid" in eirik.text
    assert "bilder og god tid" not in browser("pernille").open("deltakere", SOLVEIG).text


ADDRESS = "Adressen. Åpne bare der ingen andre ser skjermen"


def test_the_address_is_protected_on_the_page_and_shut_when_one_comes_back(browser):
    eirik = browser("eirik").open("deltakere", SOLVEIG)
    before = eirik.text
    turns(eirik, ADDRESS)
    next(r for r in eirik.at.radio if r.label.startswith("Har barnet sperret")).set_value(ProtectedAddress.FORTROLIG)
    eirik.run()
    eirik.press("Lagre adressen")
    box = next(s for s in eirik.at.selectbox if s.label.startswith("Skal barnet skjules"))
    box.set_value(jonas_in(eirik))
    eirik.run()
    eirik.press("Skjul")
    assert "holdes skjult for:" in eirik.text
    assert eirik.messages <= 45

    eirik.open("oppstart", SOLVEIG)
    again = eirik.open("deltakere", SOLVEIG).text
    assert "skjul" not in again
    assert len(again) - len(before) < 40
    assert ADDRESS not in [t.label for t in browser("pernille").open("deltakere", SOLVEIG).at.toggle]


def jonas_in(at):
    with at.database.reading(RULE) as session:
        return session.execute(select(Guardian.id).where(Guardian.name == "Jonas Testdal")).scalar_one()


def test_a_colleague_leaves_after_what_follows_is_read(browser):
    torleiv = turns(browser("torleiv").open("deltakere", INGRID), "Nokon skal ikkje vere med lenger")
    box = next(s for s in torleiv.at.selectbox if s.label == "Kven skal ikkje vere med lenger?")
    with torleiv.database.reading(RULE) as session:
        wanted = (
            select(Participant.id)
            .join(StaffUser, StaffUser.id == Participant.user_id)
            .join(Case, Case.id == Participant.case_id)
        )
        wanted = wanted.where(StaffUser.username == "pernille", Case.number == INGRID)
        box.set_value(session.execute(wanted).scalar_one())
    torleiv.run()
    assert "Kartlegg lesinga i klassen." in torleiv.text
    torleiv.press("Avslutt deltakinga no")

    assert "Kollegaen er ikkje med lenger." in torleiv.text
    assert "Du har ikke en stafettlogg her." in browser("pernille").open("deltakere", INGRID).text


def test_what_was_put_right_about_a_guardian_is_said_in_words(browser):
    eirik = opens(browser("eirik").open("deltakere", SOLVEIG), SOLVEIG, "foresatte")
    box = next(s for s in eirik.at.selectbox if s.label == "Hvilken foresatt?")
    box.set_value(jonas_in(eirik))
    eirik.run()
    for tick in ("Har foreldreansvar", "Vi har lest"):
        next(c for c in eirik.at.checkbox if c.label.startswith(tick)).set_value(tick == "Vi har lest")
    dates(eirik, "Gjelder til", date(2026, 7, 31))
    eirik.press("Lagre den foresatte")

    assert "foresatt, foreldreansvar: Ja → Nei" in eirik.text
    assert "foresatt, gjelder til: – → 31. juli 2026" in eirik.text


def test_the_koordinator_changes_the_teacher_of_a_class_and_the_systemansvarlig_opens_an_account_again(browser):
    kaja = browser("kaja").open("oversikt")
    box = next(s for s in kaja.at.selectbox if s.label.startswith("Bytt kontaktlærer"))
    assert "5B, Granvik skole" in box.options
    box.set_value("5B, Granvik skole")
    kaja.run()
    chooses(kaja, "Hvem er ny kontaktlærer", "torleiv")
    kaja.press("Spør om alle loggene i klassen")
    assert "Spørsmålene står hos den nye" in kaja.text
    assert "Solveig" not in kaja.text

    accounts.disable_user("liv")
    sander = chooses(browser("sander").open("administrasjon"), "Endre en bruker", "liv")
    sander.press("Åpne brukeren igjen")
    assert "Brukeren er åpnet igjen" in sander.text


@pytest.mark.meets("R-12", "R-63")
@pytest.mark.parametrize(("username", "klasse"), [("randi", "5B"), ("kaja", "5B, Granvik skole")])
def test_a_class_is_given_its_new_name_in_august_by_one_who_reads_no_log(browser, username, klasse):
    at = browser(username).open("oversikt")
    next(s for s in at.at.selectbox if s.label.startswith("Bytt kontaktlærer")).set_value(klasse)
    at.run()
    assert ("Åpne stafettlogger i klassen: " in at.text) is (username == "randi")
    next(t for t in at.at.toggle if t.label == "Klassen har fått nytt navn").set_value(True)
    at.run()
    writes(at, "Klassen heter nå", "6b")
    assert at.messages <= 45
    at.press("Lagre navnet på klassen")

    box = next(s for s in at.at.selectbox if s.label.startswith("Bytt kontaktlærer"))
    assert klasse.replace("5B", "6B") in box.options
    assert klasse not in box.options
    assert "6B" in browser("eirik").open("deltakere", SOLVEIG).text


def test_the_family_agrees_by_one_press_that_a_foster_parent_reads_and_takes_it_back_by_another(browser):
    eirik = opens(browser("eirik").open("deltakere", SOLVEIG), SOLVEIG, "foresatte")
    writes(eirik, "Foresatt", "Frida Fosterord")
    next(r for r in eirik.at.radio if r.label == "Hvem er det?").set_value(GuardianRelation.FOSTER_PARENT)
    eirik.run()
    eirik.press("Lagre den foresatte")
    agrees = "Familien er enig i at fosterforelderen leser stafettloggen og får egne utskrifter"
    assert "til=guardian:3" not in eirik.open("stafettlogg", SOLVEIG).text

    chooses_guardian(eirik, "Frida Fosterord")
    assert len(eirik.statements) <= 14
    eirik.press(agrees)
    assert "fosterforelder, leser som familien etter avtale" in eirik.text
    assert "til=guardian:3" in eirik.open("stafettlogg", SOLVEIG).text

    chooses_guardian(eirik, "Frida Fosterord")
    eirik.press("Avtalen om å lese gjelder ikke lenger")
    assert "til=guardian:3" not in eirik.open("stafettlogg", SOLVEIG).text
    chooses_guardian(eirik, "Marte Testdal")
    assert agrees not in [b.label for b in eirik.at.button]


def chooses_guardian(at, name):
    """Open the guardians on the page of those who take part, and choose one."""
    at.open("deltakere", SOLVEIG)
    if not any(s.label == "Hvilken foresatt?" for s in at.at.selectbox):
        opens(at, SOLVEIG, "foresatte")
    with at.database.reading(RULE) as session:
        key = session.execute(select(Guardian.id).where(Guardian.name == name)).scalars().first()
    next(s for s in at.at.selectbox if s.label == "Hvilken foresatt?").set_value(key)
    at.run()

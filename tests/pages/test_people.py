"""Who takes part and who carries the log, as the pages say it."""

from datetime import date

from sqlalchemy import select

from bti.casework import accounts
from bti.store.tables import Case, StaffUser
from tests.pages.conftest import SOLVEIG


def opens(at, number, name):
    at.at.button(key=f"{number.replace('-', '_')}.deltakere.part.{name}").click()
    return at.run()


def chooses(at, question, username):
    box = next(s for s in at.at.selectbox if s.label.startswith(question))
    with at.database.reading() as session:
        box.set_value(session.execute(select(StaffUser.id).where(StaffUser.username == username)).scalar_one())
    return at.run()


def test_the_duty_is_handed_over_from_page_to_page(browser):
    eirik, torleiv = browser("eirik"), browser("torleiv")
    opens(eirik.open("deltakere", SOLVEIG), SOLVEIG, "stafettholder")
    chooses(eirik, "Hvem skal være stafettholder videre?", "torleiv")
    eirik.press("Spør")
    assert "Eirik Prøve er stafettholder til den nye har sagt ja." in eirik.text

    assert "Eirik Prøve spør om du vil vere stafetthaldar for Solveig." in torleiv.open("mine_saker").text
    torleiv.press("Ja, eg er stafetthaldar")
    assert "Du er stafetthaldar no." in torleiv.text

    assert "Stafettholder: Torleiv Tenkt" in eirik.open("deltakere", SOLVEIG).text
    assert not [b for b in eirik.at.button if ".part." in (b.key or "")]


def test_a_handover_to_another_service_warns_before_the_yes(browser):
    eirik = browser("eirik")
    opens(eirik.open("deltakere", SOLVEIG), SOLVEIG, "stafettholder")
    chooses(eirik, "Hvem skal være stafettholder videre?", "liv")
    eirik.press("Spør")

    for at in (eirik, browser("liv").open("mine_saker")):
        assert "Ny stafettholder er i en annen tjeneste. Kontroller samtykket." in at.text


def test_the_page_of_people_is_few_elements_whichever_part_is_open(browser):
    at = browser("eirik").open("deltakere", SOLVEIG)
    assert at.messages <= 45
    for key in [b.key for b in at.at.button if b.key and ".part." in b.key]:
        at.at.button(key=key).click()
        assert at.run().messages <= 45, key


def test_the_leader_appoints_and_sees_no_content(browser, granvik):
    accounts.disable_user("eirik")
    randi = browser("randi").open("oversikt")
    assert "Solveig Testdal" in randi.text
    assert "mandag" not in randi.text

    which = next(s for s in randi.at.selectbox if s.label == "Hvilken stafettlogg?")
    which.set_value(_log_of(granvik, SOLVEIG))
    randi.run()
    chooses(randi, "Hvem spør vi?", "torleiv")
    randi.press("Utnevn")

    assert "Torleiv Tenkt er spurt." in randi.text


def test_an_overview_is_nobody_elses(browser):
    for username in ("eirik", "pernille", "sander", "vigdis"):
        at = browser(username).open("oversikt")
        assert "Du har ikke en oversikt her." in at.text
        assert "Solveig" not in at.text
    assert "Alle åpne stafettlogger har en stafettholder." in browser("kaja").open("oversikt").text


def _log_of(database, number):
    with database.reading() as session:
        return session.execute(select(Case.id).where(Case.number == number)).scalar_one()


def test_the_koordinator_looks_a_child_up_and_the_look_is_in_the_familys_extract(browser):
    kaja = browser("kaja").open("oversikt")
    next(t for t in kaja.at.text_input if t.label == "Barnets navn").set_value("Solveig Testdal")
    next(d for d in kaja.at.date_input if d.label == "Fødselsdato").set_value(date(2015, 6, 2))
    kaja.run()
    kaja.press("Slå opp")

    assert SOLVEIG in kaja.text
    assert "Eirik Prøve" in kaja.text
    assert "mandag" not in kaja.text
    assert kaja.messages <= 45
    assert "så som BTI-koordinator hvem som har loggen" in browser("eirik").open("innsyn", SOLVEIG).text


def test_one_who_cannot_make_a_log_asks_the_koordinator(browser):
    pernille = browser("pernille").open("mine_saker")
    next(t for t in pernille.at.toggle if t.label == "Be om en stafettlogg for et barn").set_value(True)
    pernille.run()
    next(t for t in pernille.at.text_input if t.label == "Barnets navn").set_value("Solveig Testdal")
    next(d for d in pernille.at.date_input if d.label == "Fødselsdato").set_value(date(2015, 6, 2))
    pernille.run()
    pernille.press("Spør BTI-koordinatoren")
    assert "BTI-koordinatoren har fått beskjed og tar kontakt." in pernille.text

    kaja = browser("kaja").open("oversikt")
    assert "Pernille Påfunn, PPT-rådgiver (PPT)" in kaja.text

"""Who takes part and who carries the log, as the pages say it."""

import re
from datetime import date

import pytest
from sqlalchemy import select, update

from bti.casework.intake import creating
from bti.casework.operating import accounts, identity
from bti.rules.people import AccessRole, ProtectedAddress, ServiceKind
from bti.store.tables import Case, Child, Guardian, Service, StaffUser
from tests.cast import MARTE
from tests.pages.conftest import OLA, SOLVEIG


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


@pytest.mark.meets("R-63")
def test_a_vikar_is_taken_in_to_a_last_day_in_any_step_and_the_day_is_asked_for_behind_a_tick(browser):
    eirik = browser("eirik").open("deltakere", SOLVEIG)
    assert not [m for m in eirik.at.multiselect if m.label == "Hvem skal være med?"]
    next(t for t in eirik.at.toggle if t.label == "Noen flere skal være med").set_value(True)
    eirik.run()
    who = next(m for m in eirik.at.multiselect if m.label == "Hvem skal være med?")
    with eirik.database.reading() as session:
        who.set_value([session.execute(select(StaffUser.id).where(StaffUser.username == "torleiv")).scalar_one()])
    eirik.run()
    assert not [d for d in eirik.at.date_input if d.label == "Til og med"]
    next(c for c in eirik.at.checkbox if c.label == "Bare til en dato, for en vikar").check()
    eirik.run()
    eirik.press("Legg til")
    assert "Til og med – " in eirik.text
    assert eirik.messages <= 45

    next(d for d in eirik.at.date_input if d.label.startswith("Til og med")).set_value(date(2026, 4, 10))
    eirik.run()
    eirik.press("Legg til")
    assert "til og med 10. april 2026" in eirik.text


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


@pytest.mark.meets("R-63")
def test_the_leader_names_a_deputy_for_one_who_goes_on_leave_and_sees_no_content(browser, granvik):
    with granvik.writing() as session:
        leave = update(StaffUser).where(StaffUser.username == "eirik").values(away_from=date(2026, 3, 16))
        session.execute(leave)
    randi = browser("randi").open("oversikt")
    assert "Stafettloggen mangler stafettholder" not in randi.text
    which = next(s for s in randi.at.selectbox if s.label == "Hvilken stafettlogg?")
    which.set_value(_log_of(granvik, SOLVEIG))
    randi.run()
    chooses(randi, "Hvem er stedfortreder?", "torleiv")
    next(d for d in randi.at.date_input if d.label == "Til og med").set_value(date(2026, 4, 10))
    randi.run()
    randi.press("Velg stedfortreder")

    assert "Eirik Prøve. Torleiv Tenkt gjør stafettholderens arbeid til 10. april 2026." in randi.text
    assert "mandag" not in randi.text
    with granvik.writing() as session:
        session.execute(update(StaffUser).values(language="nb"))
    innsyn = browser("torleiv").open("innsyn", SOLVEIG).text
    assert "valgte en stedfortreder mens stafettholderen er borte" in innsyn


@pytest.mark.meets("R-63", "R-70")
def test_the_koordinator_names_a_deputy_where_nobody_carries_the_log_and_where_one_she_looks_up_goes_on_leave(
    browser, granvik
):
    with granvik.writing() as session:
        leave = update(StaffUser).where(StaffUser.username == "eirik").values(away_from=date(2026, 3, 16))
        session.execute(leave)
    kaja = browser("kaja").open("oversikt")
    assert not [s for s in kaja.at.selectbox if s.label == "Hvem er stedfortreder?"]
    next(t for t in kaja.at.text_input if t.label == "Barnets navn").set_value("Solveig Testdal")
    next(d for d in kaja.at.date_input if d.label == "Fødselsdato").set_value(date(2015, 6, 2))
    kaja.run()
    kaja.press("Slå opp")
    assert [s for s in kaja.at.selectbox if s.label == "Hvem er stedfortreder?"]

    accounts.disable_user("eirik")
    kaja.run()
    next(s for s in kaja.at.selectbox if s.label == "Hvilken stafettlogg?").set_value(_log_of(granvik, SOLVEIG))
    kaja.run()
    next(t for t in kaja.at.toggle if t.label == "Velg en stedfortreder så lenge").set_value(True)
    kaja.run()
    assert len([s for s in kaja.at.selectbox if s.label == "Hvem er stedfortreder?"]) == 1
    chooses(kaja, "Hvem er stedfortreder?", "torleiv")
    next(d for d in kaja.at.date_input if d.label == "Til og med").set_value(date(2026, 4, 10))
    kaja.run()
    kaja.press("Velg stedfortreder")
    assert "Torleiv Tenkt gjør stafettholderens arbeid til 10. april 2026." in kaja.text
    assert kaja.messages <= 45


@pytest.mark.parametrize("username", ["eirik", "pernille"])
def test_those_who_take_part_are_told_whom_to_ask_when_the_stafettholder_is_away(browser, granvik, username):
    told = "Når Eirik er borte: Granvik skole, {}"
    at = browser(username).open("deltakere", SOLVEIG)
    assert told.format("000 00 000 (oppdiktet)") in at.text

    with granvik.writing() as session:
        school = update(Service).where(Service.code == "granvik-skole")
        session.execute(school.values(contact="Kari Kontor", phone=""))
    assert told.format("Kari Kontor") in at.open("deltakere", SOLVEIG).text
    with granvik.writing() as session:
        session.execute(school.values(contact=None, phone=None))
    assert "er borte" not in at.open("deltakere", SOLVEIG).text


def test_the_systemansvarlig_gives_the_number_the_family_rings(browser):
    sander = browser("sander").open("administrasjon")
    chosen = next(s for s in sander.at.selectbox if s.label == "Endre en bruker")
    with sander.database.reading() as session:
        chosen.set_value(session.execute(select(StaffUser.id).where(StaffUser.username == "eirik")).scalar_one())
    sander.run()
    phone = next(t for t in sander.at.text_input if t.label == "Telefon på jobb (kan stå tom)")
    assert phone.value == "000 00 000"
    phone.set_value("0" * 41)
    sander.run()
    sander.press("Lagre brukeren")
    assert "Telefon på jobb (kan stå tom) – Teksten er for lang" in sander.text
    next(t for t in sander.at.text_input if t.label.startswith("Telefon på jobb")).set_value("000 00 111")
    sander.run()
    sander.press("Lagre brukeren")

    with sander.database.reading() as session:
        kept = select(StaffUser.work_phone).where(StaffUser.username == "eirik")
        assert session.execute(kept).scalar_one() == "000 00 111"


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


def _looks_up_solveig(kaja):
    next(t for t in kaja.at.text_input if t.label == "Barnets navn").set_value("Solveig Testdal")
    next(d for d in kaja.at.date_input if d.label == "Fødselsdato").set_value(date(2015, 6, 2))
    kaja.run()
    kaja.press("Slå opp")


@pytest.mark.meets("R-70")
def test_the_koordinator_sees_both_names_before_she_closes_the_younger_of_two_logs(browser):
    kaja, eirik = browser("kaja"), identity.signed_in(browser("eirik").login)
    anna, berit = (
        creating.create_case(
            eirik,
            child_name=f"{name} Tvilling",
            birth_date=date(2016, 5, 5),
            protected_address=ProtectedAddress.NONE,
            guardians=[MARTE],
        )
        for name in ("Anna", "Berit")
    )
    kaja.open("oversikt")
    kaja.at.toggle(key="double").set_value(True)
    kaja.run()
    for which, number in (("ene", anna), ("andre", berit)):
        next(t for t in kaja.at.text_input if t.label == f"Nummeret på den {which} loggen").set_value(number)
    kaja.run()
    assert not [b for b in kaja.at.button if b.label.startswith("Lukk den yngste")]
    kaja.press("Sammenlign")

    assert "Anna Tvilling" in kaja.text
    assert "Berit Tvilling" in kaja.text
    assert "Navnene er ulike." in kaja.text
    assert kaja.messages <= 45
    kaja.press(f"Lukk den yngste: {berit}")
    assert "Den yngste loggen er lukket som opprettet ved en feil." in kaja.text
    assert "Anna Tvilling" not in kaja.text


@pytest.mark.meets("R-70")
def test_the_koordinator_asks_whether_a_log_was_opened_in_error_and_the_stafettholder_is_led_to_the_answer(browser):
    kaja, eirik, pernille = browser("kaja").open("oversikt"), browser("eirik"), browser("pernille")
    _looks_up_solveig(kaja)
    asks, ends = "Spør om loggen er opprettet ved en feil", "Ja, avslutt stafettloggen"
    kaja.press(asks)
    assert "Spurt 10. mars 2026 om loggen er opprettet ved en feil. Spørsmålet står hos Eirik Prøve." in kaja.text
    assert asks not in [b.label for b in kaja.at.button]

    told = "BTI-koordinatoren spør om stafettloggen er opprettet ved en feil."
    assert told in eirik.open("mine_saker").text
    assert told not in pernille.open("mine_saker").text
    assert told not in pernille.open("deltakere", SOLVEIG).text
    assert told in eirik.open("deltakere", SOLVEIG).text
    assert eirik.messages <= 45
    eirik.press(ends)
    assert told not in eirik.text
    assert "Du har ikke en stafettlogg her" in pernille.open("stafettlogg", SOLVEIG).text
    assert "spurte om loggen var opprettet ved en feil" in eirik.open("innsyn", SOLVEIG).text


@pytest.mark.meets("R-70")
def test_the_leader_is_asked_when_nobody_carries_the_log(browser):
    kaja, randi = browser("kaja").open("oversikt"), browser("randi")
    _looks_up_solveig(kaja)
    kaja.press("Spør om loggen er opprettet ved en feil")
    told = "BTI-koordinatoren spør om stafettloggen for Solveig Testdal (2026-001) er opprettet ved en feil."
    assert told not in randi.open("oversikt").text

    accounts.disable_user("eirik")
    assert "Spørsmålet står hos lederen ved Granvik skole." in kaja.run().text
    assert told in randi.open("oversikt").text
    randi.press("Avslutt stafettlogg 2026-001")
    assert "Solveig Testdal" not in randi.text


@pytest.mark.meets("R-70", "R-63")
def test_the_koordinator_is_told_that_nobody_can_answer_before_she_has_appointed_somebody(browser):
    kaja = browser("kaja").open("oversikt")
    _looks_up_solveig(kaja)
    kaja.press("Spør om loggen er opprettet ved en feil")
    for gone in ("eirik", "randi"):
        accounts.disable_user(gone)

    assert "Ingen kan svare ennå: Loggen mangler stafettholder, og Granvik skole har ingen leder" in kaja.run().text


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


def test_the_systemansvarlig_makes_an_account_and_is_shown_the_password_once(browser):
    sander = browser("sander").open("administrasjon")
    next(t for t in sander.at.toggle if t.label == "Lag en ny bruker").set_value(True)
    sander.run()
    for label, text in (("Brukernavn", "nina"), ("Navn", "Nina Nyprøve")):
        next(t for t in sander.at.text_input if t.label == label).set_value(text)
    next(r for r in sander.at.radio if r.label == "Hva kan brukeren?").set_value(AccessRole.EMPLOYEE)
    service = next(s for s in sander.at.selectbox if s.label == "Tjeneste")
    with sander.database.reading() as session:
        service.set_value(session.execute(select(Service.id).where(Service.code == "ppt")).scalar_one())
    sander.run()
    sander.press("Lag brukeren")
    assert "Passord, vises bare denne ene gangen: " in sander.text
    assert "Nina Nyprøve" in sander.text

    assert "Passord" not in sander.run().text
    assert "Solveig" not in sander.text


@pytest.mark.meets("R-56")
def test_a_new_service_is_what_its_kind_is_and_can_be_set_otherwise_when_it_stands(browser):
    def asked(at):
        return {c.label: c.value for c in at.at.checkbox}

    sander = browser("sander").open("administrasjon")
    next(t for t in sander.at.toggle if t.label == "Lag en ny tjeneste").set_value(True)
    sander.run()
    assert "følger av hva slags tjeneste den er" in sander.text
    assert asked(sander) == {}
    for label, text in (("Kode, for eksempel ppt", "familievern"), ("Navn på bokmål", "familievernet")):
        next(t for t in sander.at.text_input if t.label == label).set_value(text)
    next(r for r in sander.at.radio if r.label == "Hva slags tjeneste?").set_value(ServiceKind.FAMILY_COUNSELLING)
    sander.run()
    sander.press("Lagre tjenesten")

    made = next(s for s in sander.at.selectbox if s.label == "Endre en tjeneste")
    with sander.database.reading() as session:
        made.set_value(session.execute(select(Service.id).where(Service.code == "familievern")).scalar_one())
    sander.run()
    assert asked(sander) == {"Kan opprette stafettlogg": False, "Skal ikke nevnes for andre tjenester": True}


def test_the_personvernombud_reads_what_was_done_and_no_content(browser):
    browser("sander").open("oppstart", SOLVEIG)
    vigdis = browser("vigdis").open("administrasjon")

    assert "opprettet stafettloggen" in vigdis.text
    assert "ble nektet: Oppstart (har ikke stafettloggen)" in vigdis.text
    assert not re.search(r"\b(done|seen|all|[a-z]+_[a-z_]+)\b", vigdis.text)
    assert "Solveig" not in vigdis.text


def test_administration_is_nobody_elses(browser):
    for username in ("eirik", "randi", "kaja"):
        at = browser(username).open("administrasjon")
        assert "Du har ikke noe å administrere her." in at.text
        assert "vigdis" not in at.text


def test_a_birth_date_is_put_right_only_after_what_follows_is_read(browser):
    eirik = opens(browser("eirik").open("deltakere", SOLVEIG), SOLVEIG, "barn")
    next(d for d in eirik.at.date_input if d.label == "Fødselsdato").set_value(date(2010, 6, 2))
    eirik.run()
    eirik.press("Lagre rettelsen")
    assert "Dette endrer hvem som skal svare på samtykket" in eirik.text

    next(c for c in eirik.at.checkbox if c.label.startswith("Vi har lest")).set_value(True)
    eirik.run()
    eirik.press("Lagre rettelsen")
    assert "barnet, fødselsdato: 2. juni 2015 → 2. juni 2010" in eirik.text


def test_the_text_to_a_phone_names_neither_the_child_nor_what_it_is_about(browser):
    eirik = browser("eirik").open("deltakere", OLA)
    next(t for t in eirik.at.toggle if t.label == "Kopier SMS-tekst").set_value(True)
    eirik.run()

    (text,) = [c.value for c in eirik.at.code]
    assert text.startswith("Hei! Møtet er ")
    assert text.endswith("Hilsen Eirik Prøve")
    assert not {"Ola", "BTI"} & set(text.replace(".", " ").split())


@pytest.mark.meets("R-60", "R-71", "scenario-21")
def test_the_text_to_a_phone_is_signed_by_nobody_when_the_child_is_hidden_from_one_of_the_family(browser):
    eirik = browser("eirik").open("deltakere", OLA)
    with eirik.database.writing() as session:
        at_home = select(Guardian.child_id).join(Child, Child.id == Guardian.child_id).where(Child.given_names == "Ola")
        jonas = select(Guardian.id).where(Guardian.child_id.in_(at_home), Guardian.order_no == 2)
        session.execute(update(Guardian).where(Guardian.id.in_(jonas)).values(blocked=True))
    next(t for t in eirik.at.toggle if t.label == "Kopier SMS-tekst").set_value(True)
    eirik.run()

    (text,) = [c.value for c in eirik.at.code]
    assert re.fullmatch(r"Hei! Møtet er \w+ \d+\. \w+ \d{4} kl\. \d\d\.\d\d\.", text)
    assert "skjul" not in eirik.text

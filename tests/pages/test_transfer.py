"""A change of school, where a kontaktlærer looks for it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from bti.casework.door import At, looking
from bti.casework.operating import identity
from bti.casework.people import people
from bti.rules.consent import TakesAlong
from bti.store.tables import Service
from tests.cast import NOON
from tests.pages.conftest import SOLVEIG
from tests.pages.test_consent import turn_on
from tests.pages.test_people import chooses, opens
from tests.pages.test_taking_back import JONAS, MARTE, stops_all

MONDAY = datetime(2026, 3, 16, 9, 0, tzinfo=UTC)


def chooses_school(at, code):
    with at.database.reading() as session:
        school = session.execute(select(Service.id).where(Service.code == code)).scalar_one()
    next(s for s in at.at.selectbox if s.label == "Hvor begynner barnet?").set_value(school)


def agrees(at, takes=TakesAlong.AGREEMENTS, *, yes=True):
    opens(at.open("deltakere", SOLVEIG), SOLVEIG, "bytte")
    chooses_school(at, "nes-skole")
    at.at.date_input[0].set_value(date(2026, 3, 16))
    next(r for r in at.at.radio if r.label == "Hva følger med?").set_value(takes)
    at.run()
    if yes:
        who = next(m for m in at.at.multiselect if m.label.startswith("Hvem har sagt ja?"))
        who.set_value(_guardians(at))
    at.press("Avtal byttet")


def _guardians(at):
    with looking(At(identity.signed_in(at.login), SOLVEIG), "test") as case:
        return [p.key for p in people.people(case) if p.kind is people.PersonKind.GUARDIAN]


def test_a_change_of_school_is_agreed_said_and_done(browser, wall_clock):
    eirik = browser("eirik")
    assert "Ikke avtalt noe bytte." in eirik.open("deltakere", SOLVEIG).text
    agrees(eirik)
    assert "Nes skole fra 16. mars 2026." in eirik.text
    assert "Følger med: avtalene: tiltak og evaluering." in eirik.text
    assert "Granvik skole leser det den hadde, til det er arkivert der, og så ingenting." in eirik.text
    assert "Barnet har byttet" not in eirik.open("stafettlogg", SOLVEIG).text

    wall_clock.set(MONDAY)
    eirik = browser("eirik")
    assert "Du er stafettholder til den nye har sagt ja." in eirik.open("deltakere", SOLVEIG).text
    opens(eirik, SOLVEIG, "stafettholder")
    chooses(eirik, "Hvem skal være stafettholder videre?", "nora")
    eirik.press("Spør")
    nora = browser("nora").open("mine_saker")
    nora.press("Ja, jeg er stafettholder")

    for at in (nora, eirik):
        assert "Barnet har byttet skole eller barnehage." in at.open("mine_saker").text
        assert "Barnet har byttet skole eller barnehage." in at.open("stafettlogg", SOLVEIG).text
    assert "Når dere har arkivert den, kan ingen hos dere lese den her." in eirik.text
    eirik.at.text_input[0].set_value("elevmappe 26/7")
    eirik.at.date_input[0].set_value(date(2026, 3, 16))
    eirik.press("Loggen er arkivert hos oss")
    assert "Du har ikke en stafettlogg her." in eirik.text
    assert "Nora Nyskole" in nora.open("deltakere", SOLVEIG).text


@pytest.mark.meets("R-07", "R-62")
def test_who_takes_everything_back_is_told_that_the_change_of_school_is_asked_anew(browser, wall_clock):
    eirik = browser("eirik")
    agrees(eirik)
    wall_clock.set(NOON + timedelta(minutes=1))
    turn_on(eirik.open("samtykke", SOLVEIG), MARTE)
    stops_all(eirik)
    asked_anew = "Byttet av skole eller barnehage er ikke avtalt lenger. Familien spørres på nytt."
    assert f"Ingenting deles fra kl. 12.01. {asked_anew}" in eirik.text
    assert "Familien må si ja til byttet av skole eller barnehage før 16. mars 2026." in eirik.open("mine_saker").text
    assert "Nes skole får ingenting før familien har sagt ja." in eirik.open("deltakere", SOLVEIG).text

    turn_on(eirik.open("samtykke", SOLVEIG), JONAS)
    stops_all(eirik)
    assert "Ingenting deles fra kl. 12.01." in eirik.text
    assert asked_anew not in eirik.text


def test_without_the_yes_it_waits_and_can_be_taken_back(browser):
    eirik = browser("eirik")
    agrees(eirik, TakesAlong.NOTHING, yes=False)
    assert "Nes skole får ingenting før familien har sagt ja." in eirik.text
    opens(eirik, SOLVEIG, "bytte")
    assert eirik.messages <= 45
    eirik.press("Ta tilbake byttet")
    assert "Ikke avtalt noe bytte." in eirik.text

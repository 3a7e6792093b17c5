"""A quiet «Angre» for ten seconds after something was set aside."""

from datetime import date, timedelta

from bti.casework.door import At, looking
from bti.casework.operating import identity
from bti.casework.people import handing_over, people
from forms.undo import LASTS
from tests.pages.conftest import OLA, SOLVEIG
from tests.pages.test_people import chooses, opens

FRIDAY = date(2026, 3, 13)
WHO = "Pernille Påfunn"


def undo(at):
    return [b for b in at.at.button if b.label == "Angre"]


def take_part(at):
    with looking(At(identity.signed_in(at.login), SOLVEIG), "test") as case:
        return {p.name: p.id for p in people.people(case)}


def lets_somebody_go(at):
    who = take_part(at)[WHO]
    at.open("deltakere", SOLVEIG)
    assert not undo(at)
    next(t for t in at.at.toggle if t.label == "Noen skal ikke være med lenger").set_value(True)
    at.run()
    next(s for s in at.at.selectbox if s.label == "Hvem skal ikke være med lenger?").set_value(who)
    at.run()
    at.press("Avslutt deltakelsen nå")
    assert WHO not in take_part(at)


def test_a_colleague_is_put_back_within_ten_seconds_also_from_another_page_of_the_case(browser):
    at = browser("eirik")
    lets_somebody_go(at)

    at.open("samtykke", SOLVEIG).press("Angre")

    assert WHO in take_part(at)
    assert "Det er satt tilbake." in at.text
    assert not undo(at)


def test_after_ten_seconds_nothing_is_offered_nor_in_another_case(browser, wall_clock):
    at = browser("eirik")
    lets_somebody_go(at)
    assert undo(at.run())
    wall_clock.set(wall_clock.now + LASTS - timedelta(milliseconds=1))
    assert undo(at.run())
    wall_clock.set(wall_clock.now + timedelta(milliseconds=1))
    assert not undo(at.run())

    at = browser("eirik")
    people.add_colleagues(At(identity.signed_in(at.login), SOLVEIG), users=[_user(WHO, at)])
    lets_somebody_go(at)
    assert not undo(at.open("deltakere", OLA))


def _user(name, at):
    with looking(At(identity.signed_in(at.login), SOLVEIG), "test") as case:
        return next(c.user for c in people.may_join(case) if c.name == name)


def test_what_can_no_longer_be_put_back_says_why(browser):
    at = browser("eirik")
    lets_somebody_go(at)
    people.add_colleagues(At(identity.signed_in(at.login), SOLVEIG), users=[_user(WHO, at)])

    at.press("Angre")

    assert "Velg ett av svarene." in at.text


def test_a_question_taken_back_is_put_back(browser):
    at = browser("eirik")
    opens(at.open("deltakere", SOLVEIG), SOLVEIG, "stafettholder")
    chooses(at, "Hvem skal være stafettholder videre?", "torleiv")
    at.press("Spør")
    opens(at, SOLVEIG, "stafettholder").press("Trekk spørsmålet tilbake")
    assert "Torleiv Tenkt er spurt." not in at.text
    at.press("Angre")
    assert "Torleiv Tenkt er spurt." in at.text


def test_a_deputy_whose_time_was_ended_is_put_back(browser):
    at = browser("eirik")
    eirik = At(identity.signed_in(at.login), SOLVEIG)
    with looking(eirik, "test") as case:
        torleiv = next(c.user for c in handing_over.view(case).candidates if c.name == "Torleiv Tenkt")
    handing_over.name_deputy(eirik, to=torleiv, until=FRIDAY)
    opens(at.open("deltakere", SOLVEIG), SOLVEIG, "stedfortreder").press("Avslutt nå")
    assert "Ingen stedfortreder nå." in at.text

    at.press("Angre")

    assert "Torleiv Tenkt gjør stafettholderens arbeid til 13. mars 2026." in at.text

"""Who has answered may take it back from the page of consent, whatever is being asked; and the other one is told nothing."""

import re
from datetime import timedelta

import pytest

from bti.casework.consent import consenting, modes
from bti.casework.door import At, looking
from bti.casework.operating import identity
from bti.rules.consent import Answer, ConsentForm, ConsentLevel, ConsentState
from bti.rules.workflow import StafettloggMode
from tests.cast import NOON
from tests.pages.conftest import BO, INGRID, SOLVEIG
from tests.pages.test_consent import box, goes_on_in_a_meeting, people_of, services, standings, turn_on, within_budget
from tests.pages.test_consent_buttons import asks_anew
from tests.pages.test_judged import goes_to_external_services

MARTE, JONAS = "Marte vil trekke samtykke", "Jonas vil trekke samtykke"
UNA = "2026-011"
ABOUT_ONESELF = "Noe handler om en av de foresatte selv"


def switches(at):
    return [t.label for t in at.at.toggle if t.label.endswith("vil trekke samtykke")]


def place(at, number=SOLVEIG):
    return At(identity.signed_in(at.login), number)


def stops_all(at):
    box(at, "checkbox", "Jeg vil at dere slutter å dele med alle").check()
    within_budget(at)
    at.press("Slutt å dele nå")


@pytest.mark.meets("R-07")
def test_while_help_from_outside_is_asked_for_a_yes_to_cooperate_is_taken_back_as_before(browser, wall_clock):
    at = browser("eirik")
    goes_to_external_services(place(at))
    wall_clock.set(wall_clock.now + timedelta(minutes=1))
    at.open("samtykke", SOLVEIG)
    assert "Nå spør dere om hjelp utenfra." in at.text
    assert switches(at) == [MARTE, JONAS]

    turn_on(at, MARTE)
    stops_all(at)
    assert "Samtykket er trukket tilbake. Ingenting deles fra kl. 12.01." in at.text
    assert {standings(at, SOLVEIG)[code] for code in ("ppt", "skolehelse")} == {ConsentState.WITHDRAWN}


@pytest.mark.meets("R-07")
def test_while_the_four_questions_are_open_a_yes_is_taken_back_as_before(browser):
    at = asks_anew(browser("eirik"))
    assert "1. Hvem kan vi samarbeide med?" in [w.label for w in at.at.multiselect]
    turn_on(at, MARTE)
    stops_all(at)

    assert set(standings(at, SOLVEIG).values()) == {ConsentState.WITHDRAWN}


def test_while_help_from_outside_is_asked_for_a_guardian_takes_back_what_is_about_herself(browser, wall_clock):
    at = browser("eirik")
    guardians = {name: key for key, name in people_of(at, SOLVEIG)}
    goes_to_external_services(place(at))
    for shown_to in ("Jonas Testdal", None):
        wall_clock.set(wall_clock.now + timedelta(minutes=1))
        at.open("samtykke", SOLVEIG)
        turn_on(at, ABOUT_ONESELF)
        box(at, "selectbox", "Hvem svarer for seg selv?").set_value(guardians["Marte Testdal"])
        box(at, "multiselect", "Hvem i familien får se det?").set_value([guardians[shown_to]] if shown_to else [])
        box(at, "radio", "Svaret er gitt").set_value(ConsentForm.ELECTRONIC)
        at.run()
        at.press("Lagre svaret")
        assert not box(at, "toggle", ABOUT_ONESELF).value


@pytest.mark.meets("R-05")
def test_where_an_answer_lies_is_asked_for_while_the_questions_are_open_too(browser, granvik):
    at = browser("eirik")
    goes_on_in_a_meeting(granvik, at, BO)
    with looking(place(at, BO), "test") as case:
        view, meeting = consenting.view(case), consenting.meeting_now(case)
    consenting.record_answer(
        place(at, BO),
        consent=view.latest.consent,
        consenter=min(view.latest.silent),
        answers={a.service: Answer(ConsentLevel.EVERYDAY) for a in view.latest.asked},
        form=ConsentForm.ORAL,
        meeting=meeting,
    )
    at.open("samtykke", BO)
    at.at.button(key="2026_003.samtykke.part.sporsmal").click()
    assert "Hvor er svaret fra Geir journalført?" in at.run().text


def jonas_says(at, wall_clock, level):
    """Jonas answers anew, for PPT and the nurse, and the page is opened a moment later."""
    wall_clock.set(NOON + timedelta(minutes=1))
    with looking(place(at), "test") as case:
        latest = consenting.view(case).latest
    jonas = {name: key for key, name in people_of(at, SOLVEIG)}["Jonas Testdal"]
    consenting.record_answer(
        place(at),
        consent=latest.consent,
        consenter=jonas,
        answers={one.service: Answer(level) for one in latest.asked},
        form=ConsentForm.ELECTRONIC,
    )
    wall_clock.set(NOON + timedelta(minutes=2))
    return at.open("samtykke", SOLVEIG)


def all_to_see(at):
    """All that stands on the page: texts, and what can be pressed, with what it offers."""
    widgets = [w for kind in ("toggle", "checkbox", "multiselect", "button", "radio") for w in getattr(at.at, kind)]
    return re.sub(r'data-bti-version="[^"]*"', "", at.text), [(w.label, getattr(w, "options", None)) for w in widgets]


@pytest.mark.meets("R-10")
@pytest.mark.parametrize("level", [ConsentLevel.NO, ConsentLevel.EVERYDAY])
def test_who_has_said_no_meets_the_same_switch_as_who_has_said_yes_and_the_same_services(browser, wall_clock, level):
    at = jonas_says(browser("eirik"), wall_clock, level)
    assert switches(at) == [MARTE, JONAS]

    offered = {}
    for switch in (MARTE, JONAS):
        offered[switch] = box(turn_on(at, switch), "multiselect", "Jeg vil at dere slutter").options
        box(at, "toggle", switch).set_value(False)
        at.run()
    assert offered[MARTE] == offered[JONAS]
    assert len(offered[MARTE]) == len(services(at, SOLVEIG).keys() & {"ppt", "skolehelse"})


@pytest.mark.meets("R-10", "R-07")
def test_who_takes_back_a_no_is_answered_as_anybody_and_nothing_on_the_page_changes(browser, wall_clock):
    at = jonas_says(browser("eirik"), wall_clock, ConsentLevel.NO)
    before = all_to_see(at)
    turn_on(at, JONAS)
    stops_all(at)
    assert "Samtykket er trukket tilbake. Ingenting deles fra kl. 12.02." in at.text

    assert all_to_see(at.open("samtykke", SOLVEIG)) == before
    assert set(standings(at, SOLVEIG).values()) == {ConsentState.REFUSED}


@pytest.mark.meets("R-10")
def test_who_has_taken_back_a_yes_keeps_the_switch_so_that_its_absence_tells_nothing(browser):
    at = browser("eirik").open("samtykke", SOLVEIG)
    turn_on(at, MARTE)
    stops_all(at)

    assert switches(at.open("samtykke", SOLVEIG)) == [MARTE, JONAS]
    assert not box(at, "toggle", MARTE).value


def test_geir_who_has_not_answered_has_nothing_to_take_back_yet(browser):
    assert switches(browser("eirik").open("samtykke", BO)) == ["Ada vil trekke samtykke"]


@pytest.mark.meets("R-07", "R-69")
@pytest.mark.parametrize("mode", [StafettloggMode.NONE, StafettloggMode.PAPER])
def test_without_a_digital_log_a_yes_from_before_is_taken_back_and_opens_nothing_later(browser, mode):
    at = browser("eirik")
    modes.do_without_log(place(at, BO), mode=mode)
    at.open("samtykke", BO)
    assert switches(at) == ["Ada vil trekke samtykke"]

    turn_on(at, "Ada vil trekke samtykke")
    stops_all(at)
    assert "Samtykket er trukket tilbake. Ingenting deles fra kl. 12.00." in at.text
    at.press("Familien vil ha en digital stafettlogg likevel")
    assert ConsentState.AWAITING not in standings(at, BO).values()


def test_what_somebody_may_want_otherwise_stands_under_a_line_of_its_own_when_there_is_an_answer_to_change(browser):
    assert "Hvis noen vil noe annet, eller noe har endret seg:" in browser("eirik").open("samtykke", SOLVEIG).text

    torleiv, otherwise = browser("torleiv"), "Om nokon vil noko anna, eller noko har endra seg:"
    assert otherwise in torleiv.open("samtykke", INGRID).text
    assert otherwise not in torleiv.open("samtykke", UNA).text

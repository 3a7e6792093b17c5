"""The buttons that fill in before the yes, and what is told of an answer to the one who gave it."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bti.casework.door import At, looking
from bti.casework.intake import creating
from bti.casework.intake.creating import NewGuardian
from bti.casework.operating import identity
from bti.rules.consent import ConsentForm, ConsentLevel, ConsentState, Said, YesNo
from bti.rules.people import GuardianRelation, ProtectedAddress
from bti.rules.workflow import CaseStatus, Level
from bti.store.tables import Consent
from tests.cast import NOON, SOLVEIG_BORN
from tests.pages.conftest import BO, SOLVEIG
from tests.pages.test_consent import (
    asks_for_more,
    box,
    in_bokmaal,
    number_of,
    people_of,
    services,
    speaks,
    standings,
    turn_on,
    within_budget,
)

ALL, BOTH, HEALTH, ONLY_PPT, NOBODY = (
    "Alt om tiltakene til de som er med",
    "Tiltakene og hverdagen til de som er med",
    "… også helse til helsesykepleier",
    "Bare PPT",
    "Ingen – vi jobber videre i egen tjeneste",
)


def asks_anew(at):
    """Open the four questions once more, as when the family wants to say it all over again."""
    at.open("samtykke", SOLVEIG)
    at.at.button(key="2026_001.samtykke.part.sporsmal").click()
    return at.run()


def filled_in(at):
    found = {w.label[:12]: w.value for w in at.at.multiselect}
    return (
        set(box(at, "multiselect", "1. Hvem").value),
        box(at, "radio", "2. Hva kan de").value,
        set(found.get("I tillegg, h", ())),
    )


def consents(at, granvik):
    with granvik.reading(identity.signed_in(at.login).id) as session:
        return session.execute(select(func.count()).select_from(Consent)).scalar_one()


def stands(at, number):
    with looking(At(identity.signed_in(at.login), number), "test") as case:
        return case.status, case.level


@pytest.mark.meets("R-04")
def test_a_button_fills_in_the_questions_and_says_yes_to_nothing(browser, granvik):
    at = asks_anew(browser("eirik"))
    ppt, nurse = (services(at, SOLVEIG)[code] for code in ("ppt", "skolehelse"))
    before = consents(at, granvik)
    assert BOTH not in [b.label for b in at.at.button]
    turn_on(at, "Fyll ut for meg")
    assert [b.label for b in at.at.button if b.label in {ALL, BOTH, HEALTH, ONLY_PPT, NOBODY}] == [
        ALL,
        BOTH,
        HEALTH,
        ONLY_PPT,
        NOBODY,
    ]
    assert filled_in(at) == (set(), None, set())

    at.press(BOTH)
    assert filled_in(at) == ({ppt, nurse}, ConsentLevel.EVERYDAY, set())
    at.press(HEALTH)
    assert filled_in(at) == ({ppt, nurse}, ConsentLevel.EVERYDAY, {nurse})
    within_budget(at)
    at.press(ALL)
    assert filled_in(at) == ({ppt, nurse}, ConsentLevel.AGREEMENTS, set())
    at.press(HEALTH)
    assert filled_in(at) == ({ppt, nurse}, ConsentLevel.AGREEMENTS, {nurse})
    at.press(ONLY_PPT)
    assert filled_in(at) == ({ppt}, None, set())
    for question in ("3. Er det noe", "4. Hvor lenge"):
        assert box(at, "radio", question).value is None
    assert consents(at, granvik) == before


def test_what_a_button_filled_in_is_kept_and_may_be_changed_before_it_is_read_back(browser):
    at = asks_anew(browser("eirik"))
    ppt = services(at, SOLVEIG)["ppt"]
    turn_on(at, "Fyll ut for meg")
    box(at, "radio", "3. Er det noe").set_value(YesNo.YES)
    at.run()
    box(at, "text_area", "Hva skal vi ikke dele").input("At far er syk.")
    at.press(BOTH)
    assert box(at, "text_area", "Hva skal vi ikke dele").value == "At far er syk."

    again = asks_anew(browser("eirik"))
    assert filled_in(again)[1] is ConsentLevel.EVERYDAY
    box(again, "multiselect", "1. Hvem").set_value([ppt])
    again.run()
    again.press("Informasjonen er lest opp. Gå videre")
    assert "PPT får vite om avtalene og hverdagen." in again.text
    assert "Marte Testdal svarer" in again.text


@pytest.mark.meets("S0-13")
def test_what_shall_not_be_shared_stands_beside_what_the_stafettholder_writes_and_nowhere_else(browser):
    eirik = asks_anew(browser("eirik"))
    box(eirik, "multiselect", "1. Hvem").set_value([services(eirik, SOLVEIG)["ppt"]])
    box(eirik, "radio", "2. Hva kan de").set_value(ConsentLevel.EVERYDAY)
    box(eirik, "radio", "3. Er det noe").set_value(YesNo.YES)
    eirik.run()
    box(eirik, "text_area", "Hva skal vi ikke dele").input("At far er <innlagt>.")
    eirik.press("Informasjonen er lest opp. Gå videre")

    beside = "<summary>Familien har sagt at noe ikke skal deles</summary><ul><li>At far er &lt;innlagt&gt;.</li></ul>"
    assert beside in eirik.text
    assert beside in eirik.open("evaluering", SOLVEIG).text
    for page in ("oppstart", "stafettlogg", "innsyn"):
        assert "innlagt" not in eirik.open(page, SOLVEIG).text, page
    for page in ("evaluering", "samtykke", "stafettlogg"):
        assert "innlagt" not in browser("pernille").open(page, SOLVEIG).text, page


@pytest.mark.meets("R-10")
def test_a_family_that_lets_nobody_in_says_who_says_it_and_is_not_asked_again(browser, wall_clock):
    wall_clock.set(NOON + timedelta(minutes=1))
    at = asks_anew(browser("eirik"))
    turn_on(at, "Fyll ut for meg")
    at.press(NOBODY)
    assert "«Helsesykepleier og PPT får ikke vite noe.»" in at.text
    assert box(at, "multiselect", "Hvem sier nei?").value == []
    at.press("Lagre svaret")
    assert set(standings(at, SOLVEIG).values()) == {ConsentState.ACTIVE}

    guardians = {name: key for key, name in people_of(at, SOLVEIG)}
    box(at, "multiselect", "Hvem sier nei?").set_value([guardians["Marte Testdal"]])
    box(at, "radio", "Svaret er gitt").set_value(ConsentForm.ELECTRONIC)
    within_budget(at)
    at.press("Lagre svaret")
    assert set(standings(at, SOLVEIG).values()) == {ConsentState.REFUSED}
    assert stands(at, SOLVEIG)[1] is Level.OWN_SERVICE
    assert NOBODY in at.text
    assert "svarer" not in at.text
    assert "Kan Granvik skole likevel skrive her?" in at.text
    within_budget(at)


def test_another_button_takes_the_four_questions_back(browser):
    at = asks_anew(browser("eirik"))
    turn_on(at, "Fyll ut for meg")
    at.press(NOBODY)
    at.run()
    assert "Hvem sier nei?" in [w.label for w in at.at.multiselect]
    at.press(ALL)
    assert filled_in(at)[1] is ConsentLevel.AGREEMENTS
    at.press(NOBODY)
    box(at, "toggle", "Fyll ut for meg").set_value(False)
    at.run()
    assert filled_in(at)[1] is ConsentLevel.AGREEMENTS


@pytest.mark.meets("R-10")
def test_where_nobody_else_takes_part_nobody_is_let_in_and_the_log_here_is_asked_about(browser):
    at = browser("eirik")
    number = creating.create_case(
        identity.signed_in(at.login),
        child_name="Tiril Testdal",
        birth_date=SOLVEIG_BORN,
        protected_address=ProtectedAddress.NONE,
        guardians=[NewGuardian("Marte Testdal", GuardianRelation.MOTHER, has_parental_responsibility=True)],
    )
    at.open("samtykke", number)
    turn_on(at, "Fyll ut for meg")
    assert not [b for b in at.at.button if b.label in {ALL, BOTH, HEALTH, ONLY_PPT}]
    at.press(NOBODY)
    within_budget(at)
    at.press("Ja, familien vil ha loggen her")

    assert stands(at, number) == (CaseStatus.OPEN, Level.OWN_SERVICE)
    assert NOBODY in at.text
    assert [link for link in at.at.get("page_link") if link.proto.label == "Gå til steg 1: Oppstart"]


def test_the_buttons_fill_in_what_is_asked_for_the_time_after_too(browser):
    at = in_bokmaal(browser("torleiv"))
    mina = number_of(at, "Mina")
    at.open("samtykke", mina)
    turn_on(at, "Spør om å fornye")
    turn_on(at, "Fyll ut for meg")
    assert NOBODY not in [b.label for b in at.at.button]
    at.press(ALL)
    assert filled_in(at)[:2] == ({services(at, mina)["ppt"]}, ConsentLevel.AGREEMENTS)


@pytest.mark.meets("R-04")
def test_in_what_language_it_was_explained_stands_with_the_answer(browser, granvik):
    speaks(granvik, "Geir Eksempelsen", language="tigrinja", interpreter_language="")
    at = browser("eirik").open("samtykke", BO)
    box(at, "radio", "Svaret er").set_value(Said.YES)
    box(at, "radio", "Svaret er gitt").set_value(ConsentForm.ELECTRONIC)
    at.run()
    at.press("Lagre svaret")

    assert "Har svart.<br>Forklart på tigrinja" in at.text


@pytest.mark.meets("R-06", "R-10")
def test_a_no_to_more_is_told_as_what_it_is_once_and_to_the_one_who_said_it(browser):
    at = browser("eirik")
    asks_for_more(at, "barnevern")
    words = "Nei til mer. Det som ble sagt før, gjelder."
    for said, is_told in ((Said.NO, True), (Said.YES, False)):
        box(at, "radio", "Svaret er").set_value(said)
        box(at, "radio", "Svaret er gitt").set_value(ConsentForm.ELECTRONIC)
        at.run()
        at.press("Lagre svaret")
        assert (words in at.text) is is_told

    assert words not in at.run().text
    assert words not in browser("pernille").open("samtykke", SOLVEIG).text
    assert standings(at, SOLVEIG)["ppt"] is ConsentState.ACTIVE

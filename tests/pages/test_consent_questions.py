"""What each answer means stands beside it on the screen, in the words of the paper, before anybody answers (R-04)."""

import pytest

from bti.casework.operating import identity
from bti.content.labels import label
from bti.language import speaking
from bti.rules.consent import ConsentLevel, Period
from tests.pages.conftest import SOLVEIG
from tests.pages.test_consent import box, in_bokmaal, number_of, turn_on
from tests.pages.test_consent_buttons import asks_anew

MEANS = {
    "nb": (
        "mål, tiltak, hvem som gjør hva, og hvordan det går",
        "også hvordan Solveig har det på skolen / i barnehagen og med andre barn",
    ),
    "nn": (
        "mål, tiltak, kven som gjer kva, og korleis det går",
        "også korleis Solveig har det på skulen / i barnehagen og med andre barn",
    ),
}
LEVELS = (ConsentLevel.AGREEMENTS, ConsentLevel.EVERYDAY)


def beside(at, question):
    return tuple(box(at, "radio", question).proto.captions)


@pytest.mark.meets("R-04")
@pytest.mark.parametrize("language", ["nb", "nn"])
def test_what_each_level_opens_and_how_long_it_lasts_stands_beside_the_answers(browser, language):
    at = browser("eirik")
    identity.choose_language(identity.signed_in(at.login), language)
    asks_anew(at)

    assert beside(at, "2. ") == MEANS[language]
    assert beside(at, "4. ") == ("(31. juli 2026)", "(9. mars 2027)")
    with speaking(language):
        for question, words in (("2. ", LEVELS), ("4. ", Period)):
            assert box(at, "radio", question).options == [label(word) for word in words]


def test_it_stands_there_too_when_more_is_asked_for(browser):
    at = turn_on(browser("eirik").open("samtykke", SOLVEIG), "Spør om mer")

    assert beside(at, "2. ") == MEANS["nb"]


@pytest.mark.meets("R-09")
def test_what_is_asked_for_the_time_after_is_dated_from_the_day_it_begins(browser):
    at = in_bokmaal(browser("torleiv"))
    at.open("samtykke", number_of(at, "Mina"))
    turn_on(at, "Spør om å fornye")

    assert beside(at, "4. ") == ("(31. juli 2026)", "(29. mars 2027)")

"""Yes to the level and no to an addition is one ordinary answer, given at once."""

import pytest

from bti.casework.consent import consenting
from bti.casework.door import looking
from bti.rules.consent import Answer, Category, ConsentAddition, ConsentForm, ConsentLevel, Said
from tests.pages.conftest import BO, SOLVEIG
from tests.pages.test_consent import box, services, within_budget
from tests.pages.test_taking_back import place

HEALTH, HOME = "Ikke helse", "Ikke familien og hjemme"


def additions_asked(at):
    return [m.label for m in at.at.multiselect if m.label.startswith((HEALTH, HOME, "Ikke kartlegging"))]


def answers(at, said):
    box(at, "radio", "Svaret er").set_value(said)
    box(at, "radio", "Svaret er gitt").set_value(ConsentForm.ELECTRONIC)
    return at.run()


def scopes(at, number=SOLVEIG):
    with looking(place(at, number), "test") as case:
        return {s.code: s.scope for s in consenting.view(case).standings}


def is_asked_for_health(at):
    """The family is asked anew, about everyday life for both, with health for both and the family for the nurse."""
    ppt, nurse = (services(at, SOLVEIG)[code] for code in ("ppt", "skolehelse"))
    both = {ConsentAddition.HEALTH, ConsentAddition.FAMILY_HOME}
    consenting.ask_family(
        place(at),
        asked=[
            consenting.Asked(ppt, ConsentLevel.EVERYDAY, frozenset({ConsentAddition.HEALTH})),
            consenting.Asked(nurse, ConsentLevel.EVERYDAY, frozenset(both)),
        ],
        not_to_share="",
        whole_year=False,
        information_given=True,
    )
    return ppt


@pytest.mark.meets("R-02")
def test_one_says_yes_to_the_level_and_no_to_health_for_ppt_in_one_answer(browser, wall_clock):
    at = browser("eirik")
    wall_clock.set(wall_clock.now.replace(minute=1))
    ppt = is_asked_for_health(at)
    wall_clock.set(wall_clock.now.replace(minute=2))
    at.open("samtykke", SOLVEIG)
    assert additions_asked(answers(at, Said.YES)) == []
    assert additions_asked(answers(at, Said.DIFFERS)) == [f"{HEALTH} – til", f"{HOME} – til"]
    assert box(at, "multiselect", HOME).options == ["helsesykepleier"]
    box(at, "multiselect", HEALTH).set_value([ppt])
    at.run()
    within_budget(at)
    at.press("Lagre svaret")
    answers(at, Said.YES).press("Lagre svaret")

    everyday = Answer(ConsentLevel.EVERYDAY).categories()
    assert scopes(at) == {"ppt": everyday, "skolehelse": everyday | {Category.HEALTH, Category.FAMILY_HOME}}
    with looking(place(browser("pernille")), "test") as case:
        assert Category.HEALTH not in case.sight.categories


def test_where_no_addition_was_asked_for_none_is_asked_about(browser):
    at = browser("eirik").open("samtykke", BO)

    assert additions_asked(answers(at, Said.DIFFERS)) == []

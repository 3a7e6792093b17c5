"""The situation, and what is said around the table, on the screen: behind one press, one thing at a time."""

import pytest

from bti.casework import identity, starting
from bti.casework.door import At, looking
from bti.rules.consent import Category
from bti.rules.situation import SituationKind
from tests.pages.conftest import BO


def opens(browser, page, number, part):
    """Open a part of a page of a case to write in."""
    at = browser.open(page, number)
    at.at.button(key=f"{number.replace('-', '_')}.{page}.part.{part}").click()
    return at.run()


def field(at, form, name):
    """Return the question that ``name`` asks in an open form."""
    asked = [*at.at.radio, *at.at.selectbox, *at.at.text_area, *at.at.text_input]
    return next(e for e in asked if f".{form}" in str(e.key) and str(e.key).endswith(f".{name}"))


def writes_more(at, kind, text):
    field(at, "MoreForm", "kind").set_value(kind)
    at.run()
    field(at, "MoreForm", "text").set_value(text)
    return at.press("Lagre")


@pytest.mark.meets("S3-22")
def test_what_the_child_masters_is_behind_one_press_and_asked_of_nobody(browser):
    eirik = browser("eirik")
    assert "Hva vil du skrive om?" not in {r.label for r in eirik.open("oppstart", BO).at.radio}

    at = writes_more(opens(eirik, "oppstart", BO, "mer"), SituationKind.MASTERS, "Han leser for broren.")

    assert "<dt>Dette mestrer barnet</dt><dd><p>Han leser for broren.</p></dd>" in at.text
    assert at.messages <= 45
    assert "Han leser for broren." in eirik.open("stafettlogg", BO).text


def test_what_a_text_is_about_is_one_answer(browser):
    eirik = browser("eirik")
    at = writes_more(opens(eirik, "oppstart", BO, "mer"), SituationKind.MASTERS, "Han leser for broren.")
    with looking(At(identity.signed_in(at.login), BO), "test") as case:
        written = next(t.id for t in starting.view(case).further)
    next(s for s in at.at.selectbox if s.label == "Endre, eller skriv en til").set_value(written)
    at.run()
    assert field(at, "ChangeForm", "category").value is Category.SCHOOL_KINDERGARTEN

    field(at, "ChangeForm", "category").set_value(Category.HEALTH)
    at.press("Lagre")

    with looking(At(identity.signed_in(at.login), BO), "test") as case:
        assert starting.view(case).further[0].category is Category.HEALTH

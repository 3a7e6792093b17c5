"""The situation, and what is said around the table, on the screen: behind one press, one thing at a time."""

import pytest

from bti.casework import arranging, identity, people, starting
from bti.casework.door import At, looking
from bti.rules.agreement import AgreementKind
from bti.rules.consent import Category
from bti.rules.situation import SituationKind
from tests.pages.conftest import BO, INGRID, OLA


def opens(browser, page, number, part):
    """Open a part of a page of a case to write in."""
    at = browser.open(page, number)
    at.at.button(key=f"{number.replace('-', '_')}.{page.partition('_')[0]}.part.{part}").click()
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


@pytest.mark.meets("R-55", "S0-23")
def test_the_help_stands_beside_what_the_grown_ups_have_seen_and_never_beside_what_the_family_says(browser):
    at = opens(browser("eirik"), "oppstart", BO, "mer")

    def asked_with(kind):
        field(at, "MoreForm", "kind").set_value(kind)
        at.run()
        return {t.label for t in at.at.text_area if ".MoreForm" in str(t.key)}

    assert asked_with(SituationKind.OBSERVATION) == {"Beskriv det dere har sett eller hørt."}
    assert asked_with(SituationKind.TOLD) == {"Skriv det her"}
    assert at.messages <= 45


def test_a_description_stands_with_the_name_of_who_has_seen_it(browser):
    at = opens(browser("eirik"), "oppstart", BO, "mer")
    field(at, "MoreForm", "kind").set_value(SituationKind.OBSERVATION)
    at.run()
    who = field(at, "MoreForm", "seen_by")
    with looking(At(identity.signed_in(at.login), BO), "test") as case:
        who.set_value(next(p.id for p in starting.view(case).people if p.first_name == "Eirik"))
    field(at, "MoreForm", "seen").set_value("Han går alene til benken.")
    at.press("Lagre")

    assert "<dt>Beskrivelse: sett og hørt</dt><dd><p>Eirik: Han går alene til benken.</p></dd>" in at.text


@pytest.mark.meets("R-59")
def test_what_a_parent_tells_about_herself_is_asked_about_whom(browser):
    at = opens(browser("eirik"), "oppstart", BO, "mer")
    field(at, "MoreForm", "kind").set_value(SituationKind.TOLD)
    at.run()
    next(c for c in at.at.checkbox if ".MoreForm" in str(c.key)).set_value(True)
    at.run()
    field(at, "MoreForm", "text").set_value("Jeg er sykmeldt.")
    at.press("Lagre")

    assert "Hvem handler det om? –" in at.text


@pytest.mark.meets("S2-12", "S3-21")
def test_what_was_tried_before_stands_where_the_tiltak_are_chosen(browser):
    at = opens(browser("eirik"), "planlegg_tiltak", OLA, "tiltak")

    tried = "<p>Dagsplan på pulten.<br>Skolen eller barnehagen, høsten 2025. Noe effekt.</p>"
    assert f"<dt>Dette er prøvd før</dt><dd>{tried}</dd>" in at.text
    assert at.text.index("Ola leser kart") < at.text.index("Dagsplan på pulten.")


@pytest.mark.meets("S0-38")
def test_what_is_agreed_at_the_table_is_behind_one_press_and_ticked_when_it_is_done(browser):
    torleiv = browser("torleiv")
    at = opens(torleiv, "iverksett", INGRID, "avtaler")
    field(at, "AgreementForm", "kind").set_value(AgreementKind.AGREED)
    at.run()
    with looking(At(identity.signed_in(at.login), INGRID), "test") as case:
        signe = next(p.id for p in people.people(case) if p.first_name == "Signe")
    field(at, "AgreementForm", "text").set_value("Spør biblioteket om lydbøker.")
    field(at, "AgreementForm", "by").set_value(signe)
    at.press("Lagre avtalen")
    assert "<p>Spør biblioteket om lydbøker.<br>Signe.</p>" in at.text
    assert at.messages <= 45

    with looking(At(identity.signed_in(at.login), INGRID), "test") as case:
        agreed = arranging.current(case)[0].id
    next(s for s in at.at.selectbox if s.label == "Er noko av dette gjort?").set_value(agreed)
    at.run().press("Det er gjort")

    assert "Gjort 10. mars." in torleiv.open("stafettlogg", INGRID).text


@pytest.mark.parametrize("page", ["iverksett", "veien_videre"])
def test_what_is_left_for_next_time_costs_no_more_than_a_page_may(browser, page):
    torleiv = browser("torleiv")
    at = torleiv.open(page, INGRID)
    at.run()

    assert len(at.statements) <= 14

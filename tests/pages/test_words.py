"""The situation, and what is said around the table, on the screen: behind one press, one thing at a time."""

import pytest

from bti.casework.demo import making
from bti.casework.door import At, looking
from bti.casework.operating import identity
from bti.casework.people import people
from bti.casework.said import arranging
from bti.casework.steps import evaluating, moving, starting
from bti.rules.agreement import AgreementKind
from bti.rules.consent import Category
from bti.rules.evaluation import Degree, Effect, TiltakOutcome
from bti.rules.situation import SituationKind
from bti.rules.workflow import Step
from forms.situation_more import IF, WITH, MoreForm
from tests.pages.conftest import BO, INGRID, OLA, SOLVEIG


def opens(browser, page, number, part):
    """Open a part of a page of a case to write in."""
    at = browser.open(page, number)
    at.at.button(key=f"{number.replace('-', '_')}.{page}.part.{part}").click()
    return at.run()


def field(at, form, name):
    """Return the question that ``name`` asks in an open form."""
    asked = [*at.at.radio, *at.at.selectbox, *at.at.text_area, *at.at.text_input, *at.at.checkbox]
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


@pytest.mark.meets("R-59")
def test_what_is_about_a_parent_is_flagged_where_it_is_written(browser):
    at = opens(browser("torleiv"), "iverksett", INGRID, "avtaler")
    field(at, "AgreementForm", "kind").set_value(AgreementKind.AGREED)
    field(at, "AgreementForm", "text").set_value("Signe ringjer legen.")
    field(at, "AgreementForm", "is_about_guardian").set_value(True)
    at.run().press("Lagre avtalen")
    with looking(At(identity.signed_in(at.login), INGRID), "test") as case:
        assert arranging.current(case) == ()
        signe = next(p.key for p in people.people(case) if p.first_name == "Signe")
    field(at, "AgreementForm", "about").set_value(signe)
    at.run().press("Lagre avtalen")

    with looking(At(identity.signed_in(at.login), INGRID), "test") as case:
        assert [a.text for a in arranging.current(case)] == ["Signe ringjer legen."]
    assert "legen" not in browser("pernille").open("iverksett", INGRID).text


@pytest.mark.parametrize("kind", [kind for kind, asked in WITH.items() if IF in asked])
def test_of_a_text_about_a_parent_nothing_more_is_asked_than_whom_and_what(kind):
    raw = dict.fromkeys(MoreForm.model_fields) | {"kind": kind, IF: True}
    asked = MoreForm.asked_now(raw)

    assert asked[asked.index(IF) + 1] == "about"
    assert not {"category", "period", "effect", "tried_by"} & set(asked)
    assert "about" not in MoreForm.asked_now(raw | {IF: False})


@pytest.mark.parametrize("page", ["iverksett", "veien_videre"])
def test_what_is_left_for_next_time_costs_no_more_than_a_page_may(browser, page):
    torleiv = browser("torleiv")
    at = torleiv.open(page, INGRID)
    at.run()

    assert len(at.statements) <= 14


# What the guides remind of, one quiet line where the meeting is


@pytest.mark.meets("S3-03", "S3-19")
def test_the_situation_begins_with_those_it_is_about(browser):
    at = opens(browser("eirik"), "oppstart", BO, "situasjon")

    assert "Ta utgangspunkt i behovene til dem det gjelder." in at.text
    assert at.messages <= 45


@pytest.mark.meets("S0-26", "S3-12", "S3-28", "S3-30", "S3-31")
def test_step_two_is_the_goals_then_the_possibilities_and_what_is_chosen_of_them(browser):
    eirik = browser("eirik")
    at = opens(eirik, "planlegg_tiltak", OLA, "forslag")
    assert "Drøft handlingsmuligheter og alternativer. Verktøyet «Å utvikle gode tiltak» kan hjelpe." in at.text
    assert at.messages <= 45

    at = opens(eirik, "planlegg_tiltak", OLA, "oppmerksomheter")
    assert {"Hva skal vi være særlig oppmerksomme på?"} <= {t.label for t in at.at.text_input}
    assert {"Hva vil vi få til? (kan stå tomt)"} <= {t.label for t in at.at.text_area}
    at = opens(eirik, "planlegg_tiltak", OLA, "tiltak")
    assert {"Hva gjør vi?"} <= {t.label for t in at.at.text_area}
    assert {"Hvem gjør det?"} <= {s.label for s in at.at.selectbox}


ASKED = "Hvordan har det gått med tiltakene som er satt i gang? Hva har fungert?"


@pytest.mark.meets("S0-33", "S1-05", "S1-14", "S3-24", "S3-37")
def test_each_tiltak_that_is_carried_out_is_asked_about_and_what_has_worked_first(browser):
    eirik = browser("eirik")
    at = eirik.open("evaluering", SOLVEIG)

    assert ASKED in at.text
    assert "Møter Solveig ved porten" in at.text[: at.text.index(ASKED)]
    assert '<h3 class="bti-now">Pakker sekken sammen søndag kveld' in at.text[at.text.index(ASKED) :]
    assert ASKED not in eirik.open("evaluering", OLA).text


@pytest.mark.meets("S3-27", "S4-19")
def test_how_much_the_situation_has_changed_is_asked_once_for_the_round(browser):
    at = opens(browser("eirik"), "evaluering", SOLVEIG, "endring")

    assert "Drøft og still hverandre spørsmål for å klargjøre nåsituasjonen." in at.text
    assert [r.label for r in at.at.radio].count("Hvor mye har barnets situasjon endret seg?") == 1
    assert "Hvilken effekt har tiltaket hatt?" not in {r.label for r in at.at.radio}


@pytest.mark.meets("S1-09")
def test_it_is_said_why_each_service_is_at_the_table(browser):
    said = browser("eirik").open("oppstart", SOLVEIG).text

    assert 'PPT<br><span class="bti-quiet">Kan gi råd om læring og språk</span>' in said
    assert "kjenner hverdagen på skolen" not in said.lower()


@pytest.mark.meets("S4-31")
def test_what_the_child_has_said_stands_beside_the_decision(browser):
    eirik = browser("eirik")
    at = At(identity.signed_in(eirik.login), SOLVEIG)
    with looking(at, "test") as case:
        left = evaluating.view(case)
    waiting = next(t for t in left.due if t.id not in {e.tiltak for e in left.evaluations})
    making.evaluated(making.Seeded(at, {}, [], {}), waiting.id, Effect.DESIRED, TiltakOutcome.END)
    weighed = {"degree": Degree.MUCH, "text": "", "how_weighted": "Stor vekt.", "version": 0}
    evaluating.judge_round(at, **weighed)
    moving.move_on(at, to=Step.VEIEN_VIDERE)

    page = eirik.open("veien_videre", SOLVEIG)

    assert {"Hva er veien videre?"} <= {r.label for r in page.at.radio}
    assert "Jeg gruer meg ikke til mandag lenger." in page.text

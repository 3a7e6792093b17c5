"""What the papers ask of the page they are printed from."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import update

from bti.casework.door import At, looking
from bti.casework.intake import protecting
from bti.casework.operating import identity
from bti.casework.paper import exporting
from bti.casework.people import correcting, family_facts, people
from bti.casework.steps import escalating
from bti.store.tables import Oppmerksomhet
from tests.pages.conftest import OLA, SOLVEIG
from tests.pages.test_judged import goes_to_external_services
from tests.pages.test_roles import asks_for
from web import documents


def hides_from_the_second(at, number):
    eirik = At(identity.signed_in(at.login), number)
    with looking(eirik, "test") as case:
        guardians = [p.key for p in people.people(case) if p.kind is people.PersonKind.GUARDIAN]
    protecting.block(eirik, guardian=guardians[-1], blocked=True)


@pytest.mark.meets("R-60")
def test_a_paper_is_read_through_on_the_page_before_it_goes_to_somebody_the_child_is_hidden_from(browser, granvik):
    at = browser("eirik")
    with granvik.writing() as session:
        session.execute(update(Oppmerksomhet).values(title="Møter Eirik i døra"))
    hides_from_the_second(at, OLA)
    at.open("stafettlogg", OLA)
    assert "til=guardian:2" not in at.text
    assert len(at.statements) <= 25

    toggle = next(t for t in at.at.toggle if t.key.endswith(".names"))
    toggle.set_value(True)
    at.run()
    assert len(at.statements) <= 25
    assert at.messages <= 45
    assert "Møter <mark>Eirik</mark> i døra" in at.text
    assert "Runde 1" not in at.text
    at.press(next(b.label for b in at.at.button if b.key.endswith(".names_read")))

    assert "til=guardian:2" in at.text
    assert not [t for t in at.at.toggle if t.key.endswith(".names")]


@pytest.mark.meets("R-08")
def test_the_message_to_external_services_is_printed_where_it_is_written(browser):
    at = browser("eirik")
    eirik = At(identity.signed_in(at.login), SOLVEIG)
    goes_to_external_services(eirik)
    with looking(eirik, "test") as case:
        bup = next(key for key, name in escalating.choices(case) if name == "BUP")
    escalating.write_message(
        eirik, recipients=[bup], situation_text="Borte.", family_view="", question_to_service="Hva nå?", version=0
    )
    at.open("veien_videre", SOLVEIG).run()
    assert len(at.statements) <= 14
    assert at.messages <= 45
    next(t for t in at.at.toggle if t.key.endswith("message_papers")).set_value(True)
    at.run()

    assert "/bti/dokument/melding?sak=2026-001&amp;til=family&amp;sprak=nb" in at.text


@pytest.mark.meets("R-60")
def test_the_family_is_given_all_that_is_kept_and_the_page_does_not_say_that_the_child_is_hidden(browser):
    at = browser("eirik")
    hides_from_the_second(at, OLA)
    at.open("innsyn", OLA).run()
    assert len(at.statements) <= 14
    assert "block" not in at.text
    assert "skjult for" not in at.text

    next(t for t in at.at.toggle if t.key.endswith(".extract")).set_value(True)
    at.run()

    assert "/bti/dokument/innsyn?sak=2026-002&amp;til=guardian:1&amp;sprak=nn" in at.text
    assert "til=guardian:2" not in at.text


@pytest.mark.meets("R-01")
@pytest.mark.parametrize(
    ("recipient", "is_said"), [("barnevern", True), ("guardian:9", False)], ids=["not covered", "no such reader"]
)
def test_a_paper_that_is_not_made_for_want_of_consent_says_that_one_must_tell_all_the_same(
    granvik, person, monkeypatch, recipient, is_said
):
    monkeypatch.setattr(documents, "who", lambda _request: person("eirik"))
    answer = asyncio.run(documents.stafettlogg(asks_for(SOLVEIG, recipient)))

    assert answer.status_code == 403
    assert ("<small>Meldeplikt og avvergeplikt gjelder uansett samtykke.</small>" in answer.body.decode()) is is_said


@pytest.mark.meets("R-67")
def test_papers_from_before_a_correction_are_listed_to_be_printed_again(browser, wall_clock):
    at = browser("eirik")
    eirik = At(identity.signed_in(at.login), SOLVEIG)
    exporting.print_stafettlogg(eirik, recipient="ppt", language="nb")
    assert not [t for t in at.open("deltakere", SOLVEIG).at.toggle if t.label == "Skriv ut på nytt"]
    wall_clock.set(wall_clock.now + timedelta(minutes=1))
    with looking(eirik, "test") as case:
        known = family_facts.view(case)
    correcting.correct_child(
        eirik,
        name="Solveig Marie Testdal",
        birth_date=known.birth_date,
        due_date=None,
        group=known.group,
        understood=True,
        version=known.version,
    )

    at.open("deltakere", SOLVEIG).run()
    assert len(at.statements) <= 14
    next(t for t in at.at.toggle if t.label == "Skriv ut på nytt").set_value(True)
    at.run()
    assert "til=ppt&amp;sprak=nb" in at.text
    assert "til=family" not in at.text

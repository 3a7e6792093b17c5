"""The family lets nobody else in: the no is its own word, it counts at once, and the work goes on (R-10)."""

import pytest
from sqlalchemy import select

from bti.casework.consent import consenting
from bti.casework.door import At
from bti.casework.paper import extract
from bti.casework.steps import moving, starting
from bti.errors import Reason
from bti.rules.childs_voice import ChildTakesPart
from bti.rules.consent import ConsentForm, ConsentState
from bti.rules.workflow import CaseStatus, Level, Step
from bti.store.tables import ConsentDeclaration
from tests.casework.test_consent_windows import A_SECOND
from tests.casework.test_exporting import flat, text_of
from tests.casework.test_five_steps import ON_ONE_ENGINE, refused
from tests.casework.test_gate import sees_nothing


def let_nobody_in(table, *said_by, codes=("ppt", "skolehelse"), form=ConsentForm.ELECTRONIC, **more):
    services = [table.services[code] for code in codes]
    return consenting.let_nobody_in(table.at, services=services, said_by=said_by, form=form, **more)


def latest(table):
    with table.looking() as case:
        return consenting.view(case).latest


@pytest.mark.meets("R-10")
def test_a_no_to_everybody_is_a_no_from_the_one_who_says_it_and_nobody_is_asked_again(table, granvik):
    consent = let_nobody_in(table, table.marte)

    assert {table.state(code) for code in ("ppt", "skolehelse")} == {ConsentState.REFUSED}
    assert latest(table).is_refusal
    assert latest(table).silent == frozenset()
    with granvik.reading(table.eirik.id) as session:
        said = session.execute(select(ConsentDeclaration.consent_id, ConsentDeclaration.guardian_id)).all()
    assert {tuple(row) for row in said} == {(consent, table.marte)}


@pytest.mark.meets("R-10", "R-14")
def test_when_nobody_is_let_in_the_steps_are_still_open_to_the_school(table):
    let_nobody_in(table, table.marte, table.jonas)
    assert table.stands() == (CaseStatus.DRAFT, Step.OPPSTART, 1, Level.OWN_SERVICE)
    consenting.own_log_yes(table.at)
    starting.save_situation(table.at, core="Solveig er borte.", resource="Hun tegner.", challenge="", version=0)
    table.plans_for_child(ChildTakesPart.ATTENDS)
    moving.move_on(table.at, to=Step.PLANLEGG_TILTAK)

    assert table.stands() == (CaseStatus.OPEN, Step.PLANLEGG_TILTAK, 1, Level.OWN_SERVICE)


def test_a_no_to_everybody_shuts_what_was_open_at_once_and_the_family_may_say_yes_again(table, pernille):
    table.consents("ppt")
    table.lets_join(pernille)
    table.clock.set(table.clock.now + A_SECOND)
    let_nobody_in(table, table.jonas, codes=["ppt"])
    assert sees_nothing(table, pernille)

    table.clock.set(table.clock.now + A_SECOND)
    table.consents("ppt")
    assert table.state("ppt") is ConsentState.ACTIVE


def test_a_no_to_everybody_is_said_by_one_who_answers_and_can_be_found_again(table, eirik, pernille):
    table.consents("ppt")
    table.lets_join(pernille)

    assert refused(let_nobody_in, table) is Reason.CHOOSE_CONSENT
    assert refused(let_nobody_in, table, table.marte, codes=()) is Reason.CHOOSE_CONSENT
    assert refused(let_nobody_in, table, table.marte, eirik.id) is Reason.NOT_A_CONSENTER
    with table.looking() as case:
        table.services["skole"] = case.owner_service_id
    assert refused(let_nobody_in, table, table.marte, codes=["skole"]) is Reason.NOT_A_CHOICE
    assert refused(let_nobody_in, table, table.marte, form=ConsentForm.ORAL) is Reason.WHERE_IS_IT
    table.at = At(pernille, table.number)
    assert refused(let_nobody_in, table, table.marte) is Reason.NOT_ALLOWED


@ON_ONE_ENGINE
def test_one_guardian_does_not_learn_from_the_extract_that_the_other_has_let_nobody_in(table):
    let_nobody_in(table, table.marte)
    hers, his = (
        flat(text_of(extract.extract(table.at, recipient=one, language="nb"))) for one in ("guardian:1", "guardian:2")
    )

    assert "PPT, nei" in hers
    assert "PPT, nei" not in his
    assert "Det familien er spurt om" not in his
    assert "skrev ned et svar på samtykke" in his


@pytest.mark.meets("R-04")
@ON_ONE_ENGINE
def test_the_language_of_an_answer_stands_on_the_extract_of_the_one_who_gave_it(table):
    table.is_asked("ppt")
    said = {"consent": table.consent, "answers": {table.services["ppt"]: consenting.Answer("agreements")}}
    said |= {"form": ConsentForm.ORAL, "reference": "elevmappe, notat 10.3"}
    consenting.record_answer(table.at, consenter=table.marte, explained_in="tigrinja, med tolk", **said)
    consenting.record_answer(table.at, consenter=table.jonas, **said)
    hers, his = (
        flat(text_of(extract.extract(table.at, recipient=one, language="nb"))) for one in ("guardian:1", "guardian:2")
    )

    assert "elevmappe, notat 10.3. Forklart på tigrinja, med tolk" in hers
    assert "elevmappe, notat 10.3" in his
    assert "Forklart på" not in his

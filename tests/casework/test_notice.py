"""When one guardian answers for both, the other is told, and the task stands until somebody has said what came of it (R-03)."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from bti.casework.consent import case_decisions, modes, notice
from bti.casework.desk import due
from bti.casework.door import At
from bti.casework.intake import protecting
from bti.casework.people import people
from bti.errors import Reason
from bti.rules.consent import DecisionValue, Notice
from bti.rules.due import Due, Section
from bti.rules.people import GuardianRelation, SubjectType
from bti.rules.workflow import StafettloggMode
from bti.store.tables import CaseDecisionNotice, Child, Guardian
from tests.casework.test_case_decisions import decides, under_care
from tests.casework.test_correcting import guardian
from tests.casework.test_five_steps import refused
from tests.cast import NOON

YESTERDAY = NOON.date() - timedelta(days=1)


def waits(table, actor):
    return [task.kind for one in due.my_list(actor) for task in one.tasks if task.kind is Due.GIVE_NOTICE]


def shown(table):
    with table.looking() as case:
        decided = case_decisions.decided(case)
    return [(one.name, one.waits, one.what, one.on, one.by) for d in decided for one in d.notices]


def gives(table, decision, what=Notice.GIVEN, by=None, to=None):
    return notice.note_notice(by or table.at, decision=decision, guardian=to or table.jonas, notice=what)


def one_answers(table):
    return decides(table, DecisionValue.ONE_PLUS_NOTICE, table.marte)


@pytest.mark.meets("R-03")
@pytest.mark.parametrize("what", Notice)
def test_the_other_guardian_is_told_and_the_task_stands_until_it_is_said_what_came_of_it(
    table, eirik, pernille, what, wall_clock
):
    table.consents("ppt")
    table.lets_join(pernille)
    decision = one_answers(table)
    assert shown(table) == [("Jonas Testdal", True, None, None, "")]
    assert (waits(table, eirik), waits(table, pernille)) == ([Due.GIVE_NOTICE], [])
    assert due.my_list(eirik)[0].section is Section.WAITING

    wall_clock.set(NOON.replace(month=6))
    assert waits(table, eirik) == [Due.GIVE_NOTICE]
    gives(table, decision, what)

    assert waits(table, eirik) == []
    assert shown(table) == [("Jonas Testdal", False, what, date(2026, 6, 10), "Eirik Prøve")]
    assert refused(gives, table, decision) is Reason.SAVED_ALREADY


def test_a_new_decision_is_told_anew_and_one_that_is_over_is_told_nobody(table, eirik):
    gives(table, one_answers(table))
    decides(table, DecisionValue.ONE_PLUS_NOTICE, table.jonas)
    assert waits(table, eirik) == [Due.GIVE_NOTICE]

    old = decides(table, DecisionValue.ONE_PLUS_NOTICE, table.marte)
    decides(table, DecisionValue.ALL)
    assert waits(table, eirik) == []
    assert refused(gives, table, old) is Reason.SAVED_ALREADY


def comes_in(table, name="Mona Testdal", **new):
    """Add a guardian with foreldreansvar who was not known of when it was decided who answers."""
    given = {"name": name, "relation": GuardianRelation.APPOINTED_GUARDIAN, "has_parental_responsibility": True}
    guardian(table, "", **given | {"understood": True} | new)
    with table.looking() as case:
        return next(p.key for p in people.people(case) if p.name == name)


@pytest.mark.meets("R-03", "R-67")
def test_a_guardian_who_comes_after_the_others_were_told_is_told_too(table, eirik):
    decision = one_answers(table)
    gives(table, decision)
    assert waits(table, eirik) == []

    mona = comes_in(table)

    assert waits(table, eirik) == [Due.GIVE_NOTICE]
    assert [(name, waiting) for name, waiting, *_ in shown(table)] == [
        ("Jonas Testdal", False),
        ("Mona Testdal", True),
    ]
    assert refused(gives, table, decision) is Reason.SAVED_ALREADY
    gives(table, decision, to=mona)
    assert waits(table, eirik) == []


@pytest.mark.meets("R-03", "R-67")
def test_one_who_is_given_foreldreansvar_by_a_correction_is_told_from_then(table, eirik):
    decision = one_answers(table)
    gives(table, decision)
    mona = comes_in(table, has_parental_responsibility=False)
    assert waits(table, eirik) == []
    assert refused(gives, table, decision, to=mona) is Reason.SAVED_ALREADY

    guardian(table, "Mona Testdal", has_parental_responsibility=True, understood=True)

    assert waits(table, eirik) == [Due.GIVE_NOTICE]


@pytest.mark.meets("R-03")
def test_the_task_stands_until_each_of_those_who_do_not_answer_is_told(table, eirik):
    mona = comes_in(table)
    decision = one_answers(table)
    gives(table, decision)
    assert waits(table, eirik) == [Due.GIVE_NOTICE]

    gives(table, decision, Notice.NOT_POSSIBLE, to=mona)

    assert waits(table, eirik) == []
    assert [(name, what) for name, _, what, *_ in shown(table)] == [
        ("Jonas Testdal", Notice.GIVEN),
        ("Mona Testdal", Notice.NOT_POSSIBLE),
    ]


@pytest.mark.meets("R-03", "R-60")
def test_one_the_child_is_hidden_from_no_longer_is_told_then(table, eirik):
    protecting.block(table.at, guardian=table.jonas, blocked=True)
    one_answers(table)
    protecting.block(table.at, guardian=table.jonas, blocked=False)

    assert waits(table, eirik) == [Due.GIVE_NOTICE]


@pytest.mark.meets("R-03", "R-60")
def test_the_one_the_child_is_hidden_from_is_told_nothing_and_nobody_is_asked_to(table, eirik):
    protecting.block(table.at, guardian=table.jonas, blocked=True)
    decision = one_answers(table)

    assert waits(table, eirik) == []
    assert shown(table) == []
    assert refused(gives, table, decision) is Reason.SAVED_ALREADY


@pytest.mark.parametrize(
    ("rows", "values"),
    [
        (Guardian, {"has_parental_responsibility": False}),
        (Guardian, {"valid_to": YESTERDAY}),
        (Guardian, {"valid_from": NOON.date() + timedelta(days=1)}),
        (Child, {"birth_date": date(2008, 3, 10)}),
        (Child, {"subject_type": SubjectType.PREGNANCY, "birth_date": None, "due_date": date(2026, 8, 1)}),
    ],
)
def test_nobody_is_told_where_there_is_no_other_who_would_have_answered(table, eirik, granvik, rows, values):
    one_answers(table)
    assert waits(table, eirik) == [Due.GIVE_NOTICE]
    with granvik.writing(eirik.id) as session:
        whose = Guardian.id == table.jonas if rows is Guardian else Child.id.is_not(None)
        session.execute(update(rows).where(whose).values(**values))

    assert waits(table, eirik) == []


@pytest.mark.meets("R-69")
def test_a_case_on_paper_waits_for_nothing_that_is_written_here(table, eirik):
    one_answers(table)
    modes.do_without_log(table.at, mode=StafettloggMode.PAPER)

    assert waits(table, eirik) == []


def test_both_who_answer_need_no_telling(table, eirik):
    decides(table, DecisionValue.ONE_PLUS_NOTICE, table.marte, table.jonas)

    assert waits(table, eirik) == []


def test_under_a_care_order_it_is_the_order_that_says_who_answers(eirik, wall_clock, granvik):
    table = under_care(eirik, wall_clock)
    one_answers(table)
    assert waits(table, eirik) == [Due.GIVE_NOTICE]
    decides(table, DecisionValue.CWS_ONLY, table.cws)
    assert waits(table, eirik) == []
    decides(table, DecisionValue.NO_CARE_ORDER)
    assert waits(table, eirik) == [Due.GIVE_NOTICE]


def test_only_the_one_who_records_consent_says_that_it_is_done(table, pernille, torleiv, granvik):
    table.consents("ppt")
    decision = one_answers(table)
    for other in (pernille, torleiv):
        table.lets_join(other)
        assert refused(gives, table, decision, by=At(other, table.number)) is Reason.NOT_ALLOWED
    assert refused(gives, table, table.marte) is Reason.SAVED_ALREADY
    assert refused(gives, table, decision, to=table.marte) is Reason.SAVED_ALREADY
    with granvik.reading(table.eirik.id) as session:
        assert session.execute(select(CaseDecisionNotice.id)).all() == []

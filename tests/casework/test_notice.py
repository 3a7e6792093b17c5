"""When one guardian answers for both, the other is told, and the task stands until somebody has said what came of it (R-03)."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from bti.casework import case_decisions, due, modes, notice, protecting
from bti.casework.door import At
from bti.errors import Reason
from bti.rules.consent import DecisionValue, Notice
from bti.rules.due import Due, Section
from bti.rules.people import SubjectType
from bti.rules.workflow import StafettloggMode
from bti.store.tables import CaseDecision, Child, Guardian
from tests.casework.test_case_decisions import decides, under_care
from tests.casework.test_five_steps import refused
from tests.cast import NOON

YESTERDAY = NOON.date() - timedelta(days=1)


def waits(table, actor):
    return [task.kind for one in due.my_list(actor) for task in one.tasks if task.kind is Due.GIVE_NOTICE]


def shown(table):
    with table.looking() as case:
        return [(d.notice_waits, d.notice, d.notice_on, d.notice_by) for d in case_decisions.decided(case)]


def gives(table, decision, what=Notice.GIVEN, by=None):
    return notice.note_notice(by or table.at, decision=decision, notice=what)


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
    assert shown(table) == [(True, None, None, "")]
    assert (waits(table, eirik), waits(table, pernille)) == ([Due.GIVE_NOTICE], [])
    assert due.my_list(eirik)[0].section is Section.WAITING

    wall_clock.set(NOON.replace(month=6))
    assert waits(table, eirik) == [Due.GIVE_NOTICE]
    gives(table, decision, what)

    assert waits(table, eirik) == []
    assert shown(table) == [(False, what, date(2026, 6, 10), "Eirik Prøve")]
    assert refused(gives, table, decision) is Reason.SAVED_ALREADY


def test_a_new_decision_is_told_anew_and_one_that_is_over_is_told_nobody(table, eirik):
    gives(table, one_answers(table))
    decides(table, DecisionValue.ONE_PLUS_NOTICE, table.jonas)
    assert waits(table, eirik) == [Due.GIVE_NOTICE]

    old = decides(table, DecisionValue.ONE_PLUS_NOTICE, table.marte)
    decides(table, DecisionValue.ALL)
    assert waits(table, eirik) == []
    assert refused(gives, table, old) is Reason.SAVED_ALREADY


@pytest.mark.meets("R-03", "R-60")
def test_the_one_the_child_is_hidden_from_is_told_nothing_and_nobody_is_asked_to(table, eirik):
    protecting.block(table.at, guardian=table.jonas, blocked=True)
    decision = one_answers(table)

    assert waits(table, eirik) == []
    assert shown(table) == [(False, None, None, "")]
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
    with granvik.reading(table.eirik.id) as session:
        assert session.execute(select(CaseDecision.notice)).scalars().all() == [None]

"""The content of steps 1 to 3: what follows for a tiltak, the family's no, proposals, narrowing, the situation and notes."""

from datetime import date

import pytest

from bti.casework import planning, story
from bti.errors import Reason
from bti.rules.consent import YesNo
from bti.rules.tiltak import Arena, EvaluationMode
from bti.rules.workflow import Step
from tests.casework.test_five_steps import EVALUATED, ON_ONE_ENGINE, refused, table  # noqa: F401 - a fixture

EARLIER = date(2026, 4, 7)


def one_tiltak(table, key):  # noqa: F811
    with table.looking() as case:
        return next(t for t in story.tiltak(case) if t.id == key)


def days(table, key):  # noqa: F811
    with table.looking() as case:
        plan = planning.view(case)
        return planning.dates_of(next(t for t in plan.tiltak if t.id == key), plan.meeting)


# What follows


@pytest.mark.meets("R-21", "S0-30")
def test_what_follows_is_changed_by_hand_and_the_rest_goes_on_following(table):  # noqa: F811
    table.comes_to(Step.PLANLEGG_TILTAK)
    marte, jonas = table.take_part["Marte Testdal"], table.take_part["Jonas Testdal"]

    table.changes_what_follows(
        table.at_school,
        arena=Arena.HOME,
        contributors=[marte],
        evaluation_due=EARLIER,
        evaluation_mode=EvaluationMode.PHONE,
        follow_up_by=jonas,
        follow_up_how="Vi ringes fredag.",
    )
    changed = one_tiltak(table, table.at_school)
    assert (changed.arena, changed.contributors, changed.follow_up_by) == (Arena.HOME, {marte}, jonas)
    assert (changed.evaluation_mode, changed.follow_up_how) == (EvaluationMode.PHONE, "Vi ringes fredag.")
    assert days(table, table.at_school).evaluation == EARLIER

    eirik = table.take_part["Eirik Prøve"]
    table.changes_what_follows(
        table.at_school,
        arena=Arena.SCHOOL,
        contributors=[jonas, eirik],
        deadline=EVALUATED,
        evaluation_due=EVALUATED,
        evaluation_mode=EvaluationMode.JOINT_MEETING,
        follow_up_by=eirik,
    )
    as_it_follows = one_tiltak(table, table.at_school)
    assert as_it_follows.contributors == {jonas}
    assert (as_it_follows.arena, as_it_follows.deadline, as_it_follows.evaluation_due) == (None, None, None)
    assert (as_it_follows.evaluation_mode, as_it_follows.follow_up_by) == (None, None)


@pytest.mark.meets("R-22")
def test_a_moved_meeting_moves_what_follows_it_and_what_would_come_after_it(table):  # noqa: F811
    table.comes_to(Step.PLANLEGG_TILTAK)
    by_phone = {"evaluation_mode": EvaluationMode.PHONE, "evaluation_due": EARLIER, "deadline": EARLIER}
    table.changes_what_follows(table.at_school, **by_phone)
    with table.looking() as case:
        plan = planning.view(case)

    def texts(day):
        return [t.id for t in planning.moved(plan.tiltak, plan.meeting.day, day)]

    assert texts(EVALUATED) == []
    assert texts(date(2026, 4, 21)) == [table.at_home]
    assert texts(date(2026, 3, 31)) == [table.at_school, table.at_home]

    table.agrees_on_meeting(date(2026, 3, 31), plan.meeting.version)
    assert days(table, table.at_school).evaluation == date(2026, 3, 31)


@ON_ONE_ENGINE
def test_changing_the_words_keeps_what_was_set_by_hand(table):  # noqa: F811
    table.comes_to(Step.PLANLEGG_TILTAK)
    table.changes_what_follows(table.at_school, arena=Arena.LEISURE, deadline=EARLIER)
    before = one_tiltak(table, table.at_school)

    planning.save_tiltak(
        table.at,
        text="Møter henne i porten",
        responsible=before.responsible,
        oppmerksomhet=table.concern,
        tiltak=before.id,
        version=before.version,
    )

    after = one_tiltak(table, table.at_school)
    assert (after.text, after.arena, after.deadline) == ("Møter henne i porten", Arena.LEISURE, EARLIER)


def test_only_those_who_take_part_and_are_covered_help_or_follow_up(table, liv):  # noqa: F811
    table.starts()
    table.lets_join(liv)
    table.take_part = table.who_takes_part()
    table.moves(Step.PLANLEGG_TILTAK)
    table.plans()
    helps = table.take_part["Liv Eksempel"]
    table.changes_what_follows(table.at_school, contributors=[helps])
    table.withdraws(table.jonas, "skolehelse")

    for asked in ({"contributors": [helps]}, {"follow_up_by": helps}):
        assert refused(table.changes_what_follows, table.at_school, **asked) is Reason.RESPONSIBLE_NOT_COVERED
    assert refused(table.changes_what_follows, table.at_school, contributors=[table.marte]) is Reason.NOT_A_CHOICE


@ON_ONE_ENGINE
@pytest.mark.meets("R-57")
def test_help_that_may_need_a_formal_decision_is_marked_until_somebody_says_it_does_not(table):  # noqa: F811
    table.comes_to(Step.PLANLEGG_TILTAK)
    key = table.adds_tiltak("Spesialundervisning to timer i uka", "Eirik Prøve")
    assert one_tiltak(table, key).requires_formal_decision
    assert not one_tiltak(table, table.at_home).requires_formal_decision

    table.changes_what_follows(key, formal_decision=YesNo.NO)
    assert not one_tiltak(table, key).requires_formal_decision
    table.changes_what_follows(key, formal_decision=YesNo.YES)
    assert one_tiltak(table, key).requires_formal_decision

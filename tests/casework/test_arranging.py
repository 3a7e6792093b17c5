"""What is agreed besides the tiltak, and what is left open for next time."""

from datetime import date, timedelta

import pytest

from bti.casework.door import At
from bti.casework.said import arranging
from bti.casework.steps import deciding
from bti.errors import Reason
from bti.rules.agreement import AgreementKind
from bti.rules.consent import Category
from bti.rules.workflow import DecisionOutcome, Step
from tests.casework.test_five_steps import ON_ONE_ENGINE, refused
from tests.cast import NOON

DUE = date(2026, 3, 17)


def stand(table, actor=None):
    with table.looking(actor) as case:
        return [(a.text, a.by, a.due, a.settled_on) for a in arranging.current(case)]


def agrees(table, text="Ringe fotballaget.", kind=AgreementKind.AGREED, **more):
    return arranging.agree(table.at, kind=kind, text=text, **more)


@pytest.mark.meets("S0-38", "S3-42")
def test_what_is_agreed_says_by_whom_and_by_when_and_is_ticked_when_it_is_done(table):
    table.starts()
    marte = table.take_part["Marte Testdal"]
    key = agrees(table, by=marte, due=DUE)
    agrees(table, "Skal vi be med SFO?", AgreementKind.LEFT_OPEN)
    assert stand(table) == [("Ringe fotballaget.", marte, DUE, None), ("Skal vi be med SFO?", None, None, None)]

    table.clock.set(NOON + timedelta(days=3))
    arranging.settle(table.at, agreement=key)

    assert stand(table)[0] == ("Ringe fotballaget.", marte, DUE, date(2026, 3, 13))


def test_what_is_left_open_is_met_again_in_the_next_round_until_it_is_settled(table):
    table.comes_to(Step.EVALUERING)
    agrees(table, "Skal vi be med SFO?", AgreementKind.LEFT_OPEN)
    done = agrees(table, "Sende referatet.")
    arranging.settle(table.at, agreement=done)
    table.moves(Step.VEIEN_VIDERE)
    table.decides(DecisionOutcome.OTHER_MEASURES_OWN_SERVICE, deviation_reason="Vi vil prøve noe annet først.")
    deciding.carry_out(table.at)

    assert [text for text, *_rest in stand(table)] == ["Skal vi be med SFO?"]


def test_a_covered_service_reads_the_agreements_and_not_what_lies_in_another_category(table, pernille):
    table.starts()
    table.lets_join(pernille)
    agrees(table)
    agrees(table, "Bestille time hos legen.", category=Category.HEALTH)

    assert [text for text, *_rest in stand(table, pernille)] == ["Ringe fotballaget."]
    act = {"kind": AgreementKind.AGREED, "text": "Ord"}
    assert refused(arranging.agree, At(pernille, table.number), **act) is Reason.NOT_ALLOWED


@ON_ONE_ENGINE
def test_nothing_is_agreed_that_cannot_be(table, eirik):
    table.starts()
    yesterday = date(2026, 3, 9)
    assert refused(agrees, table, due=yesterday) is Reason.IN_THE_PAST
    assert refused(agrees, table, by=eirik.id) is Reason.NOT_A_CHOICE
    assert refused(agrees, table, kind=AgreementKind.LEFT_OPEN, due=DUE) is Reason.NOT_A_CHOICE
    assert refused(agrees, table, category=Category.CHILD_STATEMENTS) is Reason.NOT_A_CHOICE


@ON_ONE_ENGINE
def test_it_is_done_once_and_only_what_can_be_seen(table, eirik):
    table.starts()
    key = agrees(table)
    arranging.settle(table.at, agreement=key)

    assert refused(arranging.settle, table.at, agreement=key) is Reason.SAVED_ALREADY
    assert refused(arranging.settle, table.at, agreement=eirik.id) is Reason.NOT_A_CHOICE


def test_somebody_whose_service_is_not_covered_any_more_is_asked_to_do_nothing(table, pernille):
    table.starts()
    table.lets_join(pernille)
    hers = table.who_takes_part()["Pernille Påfunn"]
    table.withdraws(table.jonas, "ppt")

    assert refused(agrees, table, by=hers) in {Reason.RESPONSIBLE_NOT_COVERED, Reason.NOT_A_CHOICE}

"""What was set aside is put back as it stood: by the same rules as before, and as an act of its own in the audit."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from bti.casework.consent import consenting
from bti.casework.door import At
from bti.casework.people import handing_over, people
from bti.errors import Reason
from bti.store.tables import LogEvent, Participant
from tests.casework.test_five_steps import ON_ONE_ENGINE, refused

A_SECOND = timedelta(seconds=1)
FRIDAY = date(2026, 3, 13)


@pytest.fixture
def table(table, pernille):
    table.consents("ppt", "skolehelse")
    table.lets_join(pernille)
    table.take_part = table.who_takes_part()
    return table


def names(table):
    return set(table.who_takes_part())


def candidate(table, name):
    with table.looking() as case:
        return next(c.user for c in handing_over.view(case).candidates if c.name == name)


def waits(table):
    with table.looking() as case:
        found = handing_over.view(case).handover
    return found.name if found else None


def test_a_colleague_whose_part_was_ended_is_back_with_the_same_last_day(table, granvik):
    pernille = table.take_part["Pernille Påfunn"]
    with granvik.writing(table.eirik.id) as session:
        session.execute(update(Participant).where(Participant.id == pernille).values(access_until=FRIDAY))
    people.remove_colleague(table.at, participant=pernille)
    assert "Pernille Påfunn" not in names(table)

    people.let_back(table.at, participant=pernille)

    assert "Pernille Påfunn" in names(table)
    with granvik.reading(table.eirik.id) as session:
        until = session.execute(select(Participant.access_until).where(Participant.id == pernille)).scalar_one()
        acts = session.execute(select(LogEvent.action).order_by(LogEvent.seq.desc()).limit(3)).scalars().all()
    assert until == FRIDAY
    assert "let_back" in acts


@pytest.mark.meets("R-01")
def test_a_colleague_of_a_service_that_is_shut_meanwhile_does_not_come_back_by_that(table, pernille):
    key = table.take_part["Pernille Påfunn"]
    people.remove_colleague(table.at, participant=key)
    table.clock.set(table.clock.now + A_SECOND)
    consenting.withdraw(table.at, consenter=table.jonas, services=[table.services["ppt"]])

    assert refused(people.let_back, table.at, participant=key) is Reason.NOT_A_CHOICE
    assert refused(table.looking(pernille).__enter__) is Reason.NOT_YOURS


def test_one_of_the_family_and_one_who_never_left_are_not_let_back(table):
    for name in ("Marte Testdal", "Eirik Prøve"):
        assert refused(people.let_back, table.at, participant=table.take_part[name]) is Reason.NOT_A_CHOICE


@pytest.mark.meets("R-13")
def test_a_question_that_was_taken_back_waits_again_unless_another_was_asked_since(table):
    ask = {"reason": None, "until": None}
    first = handing_over.propose(table.at, to=candidate(table, "Torleiv Tenkt"), **ask)
    assert refused(handing_over.ask_again, table.at, handover=first) is Reason.SAVED_ALREADY
    handing_over.take_back(table.at, handover=first)
    assert waits(table) is None

    handing_over.ask_again(table.at, handover=first)
    assert waits(table) == "Torleiv Tenkt"

    handing_over.take_back(table.at, handover=first)
    handing_over.propose(table.at, to=candidate(table, "Liv Eksempel"), **ask)
    assert refused(handing_over.ask_again, table.at, handover=first) is Reason.SAVED_ALREADY
    assert waits(table) == "Liv Eksempel"


@ON_ONE_ENGINE
def test_only_who_carries_the_log_puts_back(table, pernille):
    theirs = At(pernille, table.number)
    key = table.take_part["Pernille Påfunn"]
    assert refused(people.let_back, theirs, participant=key) is Reason.NOT_ALLOWED
    assert refused(handing_over.ask_again, theirs, handover=key) is Reason.NOT_ALLOWED

"""One who leaves sees nothing at the next read, and what came of taking part ends with it (R-26, R-63, R-71)."""

from datetime import date, timedelta

import pytest

from bti import clock
from bti.casework import story
from bti.casework.paper import exporting
from bti.casework.people import answering, handing_over, people
from bti.errors import Reason
from bti.rules.handover import HandoverReason
from bti.rules.workflow import Step
from tests.casework.test_correcting import contact, family, guardian, phones
from tests.casework.test_five_steps import ON_ONE_ENGINE, refused
from tests.casework.test_gate import sees, sees_nothing

FRIDAY = date(2026, 3, 13)


@pytest.fixture
def torleiv(table, person):
    torleiv = person("torleiv")
    table.lets_join(torleiv)
    return torleiv


def leaves(table, name="Torleiv Tenkt"):
    people.remove_colleague(table.at, participant=table.who_takes_part()[name])


@pytest.mark.meets("R-63", "R-71")
def test_who_leaves_is_not_deputy_is_not_asked_and_is_shown_no_number(table, torleiv):
    handing_over.name_deputy(table.at, to=torleiv.id, until=FRIDAY)
    handing_over.propose(table.at, to=torleiv.id, reason=HandoverReason.NEW_TEACHER, until=None)
    contact(table, "Marte Testdal", phone="000 00 001", phoned_by=[table.who_takes_part()["Torleiv Tenkt"]])
    assert phones(table, torleiv)
    assert answering.waiting(torleiv)

    leaves(table)

    assert sees_nothing(table, torleiv)
    assert answering.waiting(torleiv) == ()
    with table.looking() as case:
        view = handing_over.view(case)
        assert (view.deputy, view.handover) == (None, None)
    table.lets_join(torleiv)
    assert sees(table, torleiv)
    assert phones(table, torleiv) == {}


def test_what_was_asked_of_another_stays_asked(table, torleiv, person):
    randi = person("randi")
    handing_over.propose(table.at, to=randi.id, reason=HandoverReason.NEW_TEACHER, until=None)
    handing_over.name_deputy(table.at, to=randi.id, until=FRIDAY)
    leaves(table)

    assert answering.waiting(randi)
    with table.looking() as case:
        assert handing_over.view(case).deputy.name == "Randi Rolle"


def who_does(table, tiltak):
    with table.looking() as case:
        return next(t for t in story.tiltak(case) if t.id == tiltak).who


@pytest.mark.meets("R-67", "R-26")
def test_a_guardian_takes_part_to_the_last_day_and_her_tiltak_then_needs_somebody_new(table, granvik):
    table.comes_to(Step.IVERKSETT)
    last = clock.day(table.clock.now) + timedelta(days=3)
    guardian(table, "Marte Testdal", valid_to=last, understood=True)
    assert "Marte Testdal" in table.who_takes_part()
    assert who_does(table, table.at_home).gone_since is None

    table.clock.set(table.clock.now + timedelta(days=4))

    assert "Marte Testdal" not in table.who_takes_part()
    assert who_does(table, table.at_home).gone_since == clock.midnight(last + timedelta(days=1))
    with table.looking() as case:
        assert "guardian:1" not in {one.code for one in exporting.recipients(case)}
    assert [g.name for g in family(table).guardians] == ["Marte Testdal", "Jonas Testdal"]


@ON_ONE_ENGINE
def test_the_stafettholder_does_not_leave_by_a_press(table):
    assert refused(leaves, table, "Eirik Prøve") is Reason.NOT_ALLOWED

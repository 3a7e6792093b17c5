"""When the stafettholder is gone: every open log stands in somebody's list, and nobody who appoints reads it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from bti.casework import accounts, answering, appointing, creating, handing_over, overview, tracing
from bti.casework.door import At
from bti.errors import Reason
from bti.rules.handover import HandoverReason, HolderGone
from bti.rules.people import ProtectedAddress
from bti.store.tables import Participant, StaffUser
from tests.casework.test_door import change
from tests.casework.test_five_steps import refused
from tests.cast import MARTE, NOON, OLA_BORN


def asks(by, line, whom):
    return appointing.appoint(At(by, ""), log=line.id, to=whom.id, until=None)


def gone(actor):
    return [line.gone for line in overview.of_unit(actor)]


@pytest.mark.meets("R-63")
def test_the_leader_asks_a_new_one_when_the_old_ones_account_has_ended(table, randi, torleiv, eirik):
    assert gone(randi) == [None]
    accounts.disable_user("eirik")
    (line,) = overview.of_unit(randi)
    assert (line.child, line.stafettholder, line.gone) == ("Solveig Testdal", "Eirik Prøve", HolderGone.ENDED)

    asks(randi, line, torleiv)

    assert overview.of_unit(randi)[0].asked == "Torleiv Tenkt"
    (waits,) = answering.waiting(torleiv)
    assert (waits.asked_by, waits.reason) == ("Randi Rolle", HandoverReason.HOLDER_GONE)
    answering.accept(At(torleiv, ""), handover=waits.id)
    assert gone(randi) == [None]
    with table.looking(torleiv) as case:
        assert ("appoint", "Randi Rolle") in [(t.action, t.who) for t in tracing.traces(case)]


def test_the_koordinator_sees_the_logs_nobody_carries_without_the_childs_name(table, kaja, torleiv):
    assert overview.without_holder(kaja) == ()
    accounts.disable_user("eirik")
    (line,) = overview.without_holder(kaja)
    assert (line.number, line.child, line.owner_service) == (table.number, "", "Granvik skole")

    asks(kaja, line, torleiv)
    assert len(answering.waiting(torleiv)) == 1


def test_a_stafettholder_who_is_here_is_not_replaced_over_her_head(table, randi, torleiv):
    (line,) = overview.of_unit(randi)
    assert refused(asks, randi, line, torleiv) is Reason.HOLDER_IS_HERE


def test_nobody_appoints_herself_into_a_log(table, randi):
    accounts.disable_user("eirik")
    (line,) = overview.of_unit(randi)
    assert refused(asks, randi, line, randi) is Reason.NOT_ONESELF


@pytest.mark.parametrize("username", ["torleiv", "liv", "pernille", "sander", "vigdis"])
def test_to_everybody_else_there_is_nothing(table, person, randi, torleiv, username):
    accounts.disable_user("eirik")
    (line,) = overview.of_unit(randi)
    other = person(username)

    assert refused(asks, other, line, torleiv) is Reason.NOT_YOURS
    assert refused(overview.of_unit, other) is Reason.NOT_YOURS
    assert refused(overview.without_holder, other) is Reason.NOT_YOURS


def test_a_leader_of_another_unit_has_nothing_to_say(table, randi, torleiv, granvik, person, liv):
    accounts.disable_user("eirik")
    (line,) = overview.of_unit(randi)
    change(granvik, update(StaffUser).where(StaffUser.username == "randi").values(service_id=liv.service))
    moved = person("randi")

    assert overview.of_unit(moved) == ()
    assert refused(asks, moved, line, torleiv) is Reason.NOT_YOURS
    assert refused(appointing.appoint, At(moved, ""), log=torleiv.id, to=torleiv.id, until=None) is Reason.NOT_YOURS


def test_one_of_another_service_is_not_appointed(table, kaja, liv):
    table.consents("skolehelse")
    accounts.disable_user("eirik")
    (line,) = overview.without_holder(kaja)
    assert refused(asks, kaja, line, liv) is Reason.NOT_A_CHOICE
    assert refused(appointing.appoint, At(kaja, ""), log=liv.id, to=liv.id, until=None) is Reason.NOT_YOURS


def test_why_a_stafettholder_is_gone_is_seen_without_reading(table, randi, eirik, torleiv, granvik, wall_clock):
    mine = StaffUser.id == eirik.id
    change(granvik, update(StaffUser).where(mine).values(away_from=date(2026, 3, 9)))
    assert gone(randi) == [HolderGone.AWAY]
    handing_over.name_deputy(table.at, to=torleiv.id, until=date(2026, 3, 13))
    assert gone(randi) == [None]
    wall_clock.set(NOON + timedelta(days=4))
    assert gone(randi) == [HolderGone.AWAY]

    change(granvik, update(Participant).where(Participant.user_id == eirik.id).values(left_at=NOON))
    assert gone(randi) == [HolderGone.LEFT]


def test_a_whole_class_is_asked_about_and_answered_one_by_one(table, eirik, randi, torleiv):
    ola = creating.create_case(
        eirik,
        child_name="Ola Prøvesen",
        birth_date=OLA_BORN,
        protected_address=ProtectedAddress.NONE,
        guardians=[MARTE],
    )
    assert {line.group for line in overview.of_unit(randi)} == {"5B"}

    assert appointing.change_holder_of_class(At(randi, ""), unit=randi.service, group="5B", to=torleiv.id) == 2

    first, second = answering.waiting(torleiv)
    assert {first.number, second.number} == {table.number, ola}
    answering.accept(At(torleiv, ""), handover=first.id)
    assert {line.number: line.stafettholder for line in overview.of_unit(randi)} == {
        first.number: "Torleiv Tenkt",
        second.number: "Eirik Prøve",
    }
    assert appointing.change_holder_of_class(At(randi, ""), unit=randi.service, group="5B", to=torleiv.id) == 1


def test_a_class_without_logs_and_a_class_asked_by_another_are_refused(table, randi, kaja, eirik, torleiv):
    given = {"to": torleiv.id}
    for group in ("6A", ""):
        assert refused(appointing.change_holder_of_class, At(randi, ""), unit=randi.service, group=group, **given) is (
            Reason.NO_CASES_TO_GIVE
        )
    assert (
        refused(appointing.change_holder_of_class, At(eirik, ""), unit=eirik.service, group="5B", **given)
        is Reason.NOT_YOURS
    )
    assert (
        refused(appointing.change_holder_of_class, At(randi, ""), unit=randi.service, group="5B", to=randi.id)
        is Reason.NOT_ONESELF
    )


@pytest.mark.meets("R-63", "R-70")
def test_the_koordinator_changes_the_teacher_of_a_class_too_and_is_told_of_no_child(table, kaja, torleiv, randi, liv):
    (one,) = overview.classes(kaja)
    assert (one.service, one.group) == ("Granvik skole", "5B")
    assert overview.classes(randi) == (one,)
    assert refused(overview.classes, liv) is Reason.NOT_YOURS

    assert appointing.change_holder_of_class(At(kaja, ""), unit=one.unit, group=one.group, to=torleiv.id) == 1
    assert answering.waiting(torleiv)[0].asked_by == "Kaja Koord"


def test_a_leader_asks_about_no_class_of_another_unit(table, randi, torleiv, liv):
    given = {"unit": liv.service, "group": "5B", "to": torleiv.id}

    assert refused(appointing.change_holder_of_class, At(randi, ""), **given) is Reason.NOT_YOURS
    assert overview.classes(replace(randi, service=liv.service)) == ()

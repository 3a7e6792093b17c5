"""When the stafettholder is gone: every open log stands in somebody's list, and nobody who appoints reads it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from bti.casework.desk import appointing, due, in_error, overview, tasks
from bti.casework.door import At
from bti.casework.intake import creating
from bti.casework.operating import accounts
from bti.casework.paper import tracing
from bti.casework.people import answering, family_facts, handing_over
from bti.casework.steps import closing
from bti.errors import Reason
from bti.rules.access import Relation
from bti.rules.due import Due
from bti.rules.handover import HandoverDeclined, HandoverReason, HolderGone
from bti.rules.people import AccessRole, ProtectedAddress
from bti.rules.workflow import ClosingReason
from bti.store.tables import Case, Child, Participant, StaffUser
from forms import oversikt
from tests.casework.test_administering import changed
from tests.casework.test_door import change
from tests.casework.test_five_steps import refused
from tests.cast import MARTE, NOON, OLA_BORN, SOLVEIG_BORN


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


@pytest.mark.meets("R-63")
def test_the_leader_and_the_koordinator_are_told_why_the_one_they_asked_said_no(table, randi, kaja, torleiv):
    accounts.disable_user("eirik")
    asks(randi, overview.of_unit(randi)[0], torleiv)
    assert overview.of_unit(randi)[0].said_no is None
    (waits,) = answering.waiting(torleiv)
    answering.decline(At(torleiv, ""), handover=waits.id, why=HandoverDeclined.NO_TIME)

    for line in (*overview.of_unit(randi), *overview.without_holder(kaja)):
        assert line.said_no is HandoverDeclined.NO_TIME
        assert "Den som ble spurt, sa nei: «jeg har ikke tid nå»." in oversikt.holder(line)
    table.clock.set(NOON + timedelta(minutes=1))
    asks(randi, overview.of_unit(randi)[0], torleiv)
    assert "er spurt" in oversikt.holder(overview.of_unit(randi)[0])


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


def closes(table, by):
    reason = ClosingReason.FAMILY_WISH
    closing.close(At(by, table.number), reason=reason, said_by="Marte Test", note="", best_interests="", who=None)


def left_to(actor):
    return {task.kind for one in due.my_list(actor) for task in one.tasks}


LEFT = {Due.ARCHIVE, Due.AGREE_WHO_TELLS}


@pytest.mark.meets("R-19", "R-46", "R-63")
def test_a_closed_log_nobody_carries_is_archived_and_told_of_by_the_one_the_leader_asks(table, randi, kaja, torleiv):
    closes(table, table.eirik)
    assert (overview.of_unit(randi), overview.without_holder(kaja)) == ((), ())
    accounts.disable_user("eirik")

    (line,), (unnamed,) = overview.of_unit(randi), overview.without_holder(kaja)
    assert (line.child, line.gone, line.in_error_on) == ("Solveig Testdal", HolderGone.ENDED, None)
    assert (unnamed.number, unnamed.child) == (table.number, "")
    assert oversikt.stands(line) == "avsluttet, ikke arkivert"
    assert overview.classes(randi) == ()
    assert refused(appointing.change_holder_of_class, At(randi, ""), unit=randi.service, group="5B", to=torleiv.id) is (
        Reason.NO_CASES_TO_GIVE
    )
    assert refused(in_error.start_in_error, At(kaja, ""), log=line.id) is Reason.NOT_YOURS

    asks(randi, line, torleiv)
    (waits,) = answering.waiting(torleiv)
    answering.accept(At(torleiv, ""), handover=waits.id)
    assert overview.of_unit(randi) == ()
    assert left_to(torleiv) == LEFT
    tasks.record_archived(At(torleiv, table.number), reference="elevmappe 26/7", archived_on=NOON.date())
    accounts.disable_user("torleiv")
    assert overview.of_unit(randi) == ()


@pytest.mark.meets("R-19", "R-46", "R-63")
def test_a_log_closed_by_one_of_another_service_is_the_owner_services_to_archive(
    table, granvik, pernille, eirik, randi
):
    change(
        granvik,
        update(StaffUser).where(StaffUser.id == pernille.id).values(access_role=AccessRole.STAFETTHOLDER_CAPABLE),
    )
    table.starts()
    answering.accept(At(pernille, ""), handover=handing_over.propose(table.at, to=pernille.id, reason=None, until=None))
    closes(table, pernille)
    assert (left_to(pernille), left_to(eirik)) == (set(), set())

    (line,) = overview.of_unit(randi)
    assert line.gone is HolderGone.NOT_COVERED
    asks(randi, line, eirik)
    answering.accept(At(eirik, ""), handover=answering.waiting(eirik)[0].id)
    assert left_to(eirik) == LEFT


def test_who_was_asked_before_the_log_was_closed_is_asked_no_more(table, randi, torleiv):
    asked = handing_over.propose(table.at, to=torleiv.id, reason=None, until=None)
    table.clock.set(NOON + timedelta(minutes=1))
    closes(table, table.eirik)
    assert answering.waiting(torleiv) == ()
    assert refused(answering.accept, At(torleiv, ""), handover=asked) is Reason.SAVED_ALREADY


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


@pytest.mark.meets("R-63")
def test_the_leader_is_told_when_a_vikars_time_is_up_also_of_one_who_takes_part_anyway(
    table, randi, torleiv, wall_clock
):
    table.lets_join(torleiv)
    asked = handing_over.propose(table.at, to=torleiv.id, reason=None, until=date(2026, 3, 13))
    answering.accept(At(torleiv, ""), handover=asked)
    assert gone(randi) == [None]

    wall_clock.set(NOON + timedelta(days=4))
    assert gone(randi) == [HolderGone.TIME_IS_UP]
    with table.looking(torleiv) as case:
        assert case.sight.relation is Relation.STAFETTHOLDER


def renames(by, group="5B", name="6b"):
    return appointing.rename_class(At(by, ""), unit=by.service, group=group, name=name)


def asks_for_solveig(by):
    return creating.create_case(
        by,
        child_name="Solveig Testdal",
        birth_date=SOLVEIG_BORN,
        protected_address=ProtectedAddress.NONE,
        guardians=[MARTE],
    )


@pytest.mark.meets("R-12", "R-63")
def test_in_august_the_class_has_a_new_name_and_last_years_children_are_told_of_to_their_own_teacher_alone(
    table, randi, eirik, torleiv, granvik, person
):
    change(granvik, update(StaffUser).where(StaffUser.id == torleiv.id).values(groups="5B"))
    change(granvik, update(StaffUser).where(StaffUser.id == eirik.id).values(groups="6B"))
    assert refused(asks_for_solveig, person("torleiv")) is Reason.CASE_EXISTS

    assert renames(randi) == 1

    assert [line.group for line in overview.of_unit(randi)] == ["6B"]
    assert refused(asks_for_solveig, person("torleiv")) is Reason.COORDINATOR_WILL_CALL
    assert refused(asks_for_solveig, person("eirik")) is Reason.CASE_EXISTS
    assert refused(renames, randi) is Reason.NO_CASES_TO_GIVE
    with table.looking() as case:
        assert ("rename_class", "Randi Rolle") in [(t.action, t.who) for t in tracing.traces(case)]
        assert family_facts.view(case).version == 2


@pytest.mark.meets("R-63")
def test_two_classes_do_not_become_one_because_the_oldest_was_not_given_its_name_first(table, randi, eirik, granvik):
    other = creating.create_case(
        eirik,
        child_name="Ola Prøvesen",
        birth_date=OLA_BORN,
        protected_address=ProtectedAddress.NONE,
        guardians=[MARTE],
    )
    with granvik.writing(eirik.id) as session:
        child = select(Case.child_id).where(Case.number == other).scalar_subquery()
        session.execute(update(Child).where(Child.id == child).values(group="6B"))
    assert refused(renames, randi) is Reason.CLASS_HAS_LOGS

    assert renames(randi, "6B", "7B") == 1
    assert renames(randi) == 1
    assert {line.group for line in overview.of_unit(randi)} == {"6B", "7B"}


@pytest.mark.parametrize("username", ["eirik", "torleiv", "liv", "sander"])
def test_nobody_else_gives_a_class_a_new_name(table, person, username):
    assert refused(renames, person(username)) is Reason.NOT_YOURS


def test_the_koordinator_gives_a_class_its_name_too_and_a_leader_only_those_of_the_own_unit(table, kaja, randi, liv):
    given = {"group": "5B", "name": "6B"}
    assert refused(appointing.rename_class, At(randi, ""), unit=liv.service, **given) is Reason.NOT_YOURS
    assert refused(renames, randi, name=" ") is Reason.MISSING
    assert refused(renames, randi, name="5b") is Reason.CLASS_HAS_LOGS

    assert appointing.rename_class(At(kaja, ""), unit=randi.service, **given) == 1


def test_on_postgres_no_other_way_leads_a_leader_to_a_child(table, randi, granvik):
    with granvik.writing(randi.id) as session:
        changed = session.execute(update(Child).values(group="9C")).rowcount

    assert (changed == 0) is granvik.is_postgres


def names_deputy(by, log, whom, until=date(2026, 3, 13)):
    return appointing.appoint_deputy(At(by, ""), log=log, to=whom.id, until=until)


def log_of(randi):
    return overview.of_unit(randi)[0].id


@pytest.fixture
def on_leave(table, eirik, granvik):
    """Solveig's log, whose stafettholder goes on leave on Monday."""
    change(granvik, update(StaffUser).where(StaffUser.id == eirik.id).values(away_from=date(2026, 3, 16)))
    return table


@pytest.mark.meets("R-63", "R-50", "R-70")
@pytest.mark.parametrize("username", ["randi", "kaja"])
def test_the_leader_or_the_koordinator_names_a_deputy_until_a_day_and_reads_nothing(
    on_leave, person, username, randi, torleiv, eirik, wall_clock
):
    by, table = person(username), on_leave
    names_deputy(by, log_of(randi), torleiv)

    with table.looking(torleiv) as case:
        assert case.sight.relation is Relation.STAFETTHOLDER
        assert case.stafettholder_id == eirik.id
        assert ("appoint_deputy", by.name) in [(t.action, t.who) for t in tracing.traces(case)]
    (line,) = overview.of_unit(randi)
    assert (line.deputy, line.deputy_until, line.stafettholder) == ("Torleiv Tenkt", date(2026, 3, 13), "Eirik Prøve")
    assert refused(table.looking(by).__enter__) is Reason.NOT_YOURS

    wall_clock.set(NOON + timedelta(days=4))
    assert refused(table.looking(torleiv).__enter__) is Reason.NOT_YOURS
    assert overview.of_unit(randi)[0].deputy == ""


@pytest.mark.meets("R-63")
def test_a_deputy_does_the_work_of_one_whose_account_has_ended_and_the_log_still_asks_for_a_stafettholder(
    table, randi, torleiv
):
    accounts.disable_user("eirik")
    names_deputy(randi, log_of(randi), torleiv)

    with table.looking(torleiv) as case:
        assert case.sight.relation is Relation.STAFETTHOLDER
    assert gone(randi) == [HolderGone.ENDED]


@pytest.mark.meets("R-63")
def test_a_deputy_whose_account_has_ended_is_none_and_the_log_asks_for_somebody_again(
    on_leave, randi, torleiv, wall_clock
):
    names_deputy(randi, log_of(randi), torleiv, until=date(2026, 3, 20))
    wall_clock.set(NOON + timedelta(days=7))
    assert (gone(randi), overview.of_unit(randi)[0].deputy) == ([None], "Torleiv Tenkt")

    accounts.disable_user("torleiv")

    assert (gone(randi), overview.of_unit(randi)[0].deputy) == ([HolderGone.AWAY], "")


def test_a_deputy_who_takes_part_to_a_day_takes_part_for_as_long_as_she_is_deputy(on_leave, granvik, randi, torleiv):
    on_leave.lets_join(torleiv)
    change(granvik, update(Participant).where(Participant.user_id == torleiv.id).values(access_until=NOON.date()))
    names_deputy(randi, log_of(randi), torleiv)

    with granvik.reading() as session:
        kept = select(Participant.access_until).where(Participant.user_id == torleiv.id)
        assert session.execute(kept).scalar_one() == date(2026, 3, 13)


@pytest.mark.parametrize("username", ["eirik", "liv", "pernille", "sander", "vigdis"])
def test_nobody_else_names_a_deputy_from_outside(on_leave, person, randi, torleiv, username):
    assert refused(names_deputy, person(username), log_of(randi), torleiv) is Reason.NOT_YOURS


def test_who_is_named_deputy_is_another_of_the_owner_service_from_today_on(on_leave, randi, kaja, torleiv, eirik, liv):
    on_leave.consents("skolehelse")
    log = log_of(randi)

    assert refused(names_deputy, randi, log, randi) is Reason.NOT_ONESELF
    for wrong in (eirik, liv):
        assert refused(names_deputy, kaja, log, wrong) is Reason.NOT_A_CHOICE
    assert refused(names_deputy, kaja, log, torleiv, until=date(2026, 3, 9)) is Reason.IN_THE_PAST
    assert refused(names_deputy, kaja, liv.id, torleiv) is Reason.NOT_YOURS


def test_no_deputy_is_named_over_her_head(table, randi, kaja, torleiv):
    for by in (randi, kaja):
        assert refused(names_deputy, by, log_of(randi), torleiv) is Reason.HOLDER_IS_HERE


@pytest.fixture
def deputized(on_leave, liv):
    """Let Liv, whose service is covered, be deputy until June, and the leave have begun."""
    on_leave.consents("skolehelse")
    handing_over.name_deputy(on_leave.at, to=liv.id, until=date(2026, 6, 1))
    on_leave.clock.set(NOON + timedelta(days=7))
    return on_leave


@pytest.mark.meets("R-63")
@pytest.mark.parametrize(
    "ends",
    [
        lambda table, sander, liv, ppt: accounts.disable_user("liv"),
        lambda table, sander, liv, ppt: changed(sander, "liv", service=ppt),
        lambda table, sander, liv, ppt: table.withdraws(table.marte, "skolehelse"),
    ],
    ids=["account ended", "another service", "no longer covered"],
)
def test_a_deputy_who_can_do_nothing_is_no_deputy_and_the_log_stands_in_the_leaders_list(
    deputized, randi, kaja, sander, liv, pernille, ends
):
    table = deputized
    assert gone(randi) == [None]
    ends(table, sander, liv, pernille.service)

    (line,) = overview.of_unit(randi)
    assert (line.gone, line.deputy, line.deputy_until) == (HolderGone.AWAY, "", None)
    assert [one.number for one in overview.without_holder(kaja)] == [table.number]


@pytest.mark.meets("R-63")
@pytest.mark.parametrize(
    "ends",
    [lambda sander, ppt: accounts.disable_user("liv"), lambda sander, ppt: changed(sander, "liv", service=ppt)],
    ids=["account ended", "another service"],
)
def test_the_page_names_no_deputy_who_is_gone(deputized, sander, liv, pernille, ends):
    ends(sander, pernille.service)

    with deputized.looking() as case:
        assert handing_over.view(case).deputy is None

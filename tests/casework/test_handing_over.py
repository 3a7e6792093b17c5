"""The duty of stafettholder goes from one to another only when the other has said yes."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from bti.casework.desk import seeing
from bti.casework.door import At
from bti.casework.paper import tracing
from bti.casework.people import answering, handing_over, people
from bti.errors import Reason
from bti.rules.access import Relation
from bti.rules.consent import Category
from bti.rules.handover import HandoverDeclined, HandoverReason
from bti.store.tables import Participant, StaffUser
from forms import handing_over as forms
from tests.casework.test_door import change
from tests.casework.test_five_steps import refused
from tests.casework.test_gate import ONLY_AGREEMENTS
from tests.cast import NOON

FRIDAY = date(2026, 3, 13)


def asks(table, whom, until=None, reason=None):
    return handing_over.propose(table.at, to=whom.id, reason=reason, until=until)


def asks_for_good(table, whom):
    """Let the vikar hand the log back, and be asked again with no last day."""
    yes(table.eirik, handing_over.propose(At(whom, table.number), to=table.eirik.id, reason=None, until=None))
    yes(whom, asks(table, whom))
    return whom


def holder(table):
    with table.looking() as case:
        return case.stafettholder_id


def yes(actor, handover):
    return answering.accept(At(actor, ""), handover=handover)


def no(actor, handover, why=HandoverDeclined.NO_TIME):
    return answering.decline(At(actor, ""), handover=handover, why=why)


def relation(actor, table):
    with table.looking(actor) as case:
        return case.sight.relation


@pytest.mark.meets("R-13", "S4-06")
def test_the_old_one_keeps_the_duty_until_the_new_one_has_said_yes(table, eirik, torleiv):
    asked = asks(table, torleiv, reason=HandoverReason.NEW_TEACHER)

    assert holder(table) == eirik.id
    assert seeing.my_cases(torleiv) == ()
    (waits,) = answering.waiting(torleiv)
    assert (waits.number, waits.child, waits.asked_by) == (table.number, "Solveig", "Eirik Prøve")
    assert (waits.other_service, waits.reason) == (False, HandoverReason.NEW_TEACHER)

    assert yes(torleiv, asked) == table.number
    assert holder(table) == torleiv.id
    assert relation(torleiv, table) is Relation.STAFETTHOLDER
    assert relation(eirik, table) is Relation.COLLEAGUE
    assert answering.waiting(torleiv) == ()


def test_one_who_says_no_leaves_the_duty_where_it_is_and_does_not_see_the_case(table, eirik, torleiv):
    asked = asks(table, torleiv)

    assert refused(no, torleiv, asked, HandoverDeclined.TAKEN_BACK) is Reason.NOT_A_CHOICE
    no(torleiv, asked)

    assert holder(table) == eirik.id
    assert answering.waiting(torleiv) == ()
    assert refused(relation, torleiv, table) is Reason.NOT_YOURS
    assert refused(yes, torleiv, asked) is Reason.SAVED_ALREADY


@pytest.mark.meets("R-13")
def test_the_one_who_asked_is_told_who_said_no_and_why_until_another_is_asked(table, eirik, torleiv, person):
    def told():
        with table.looking() as case:
            view = handing_over.view(case)
        return view.declined and (view.declined.name, view.declined.why), forms.told(view, eirik.name)

    no(torleiv, asks(table, torleiv), HandoverDeclined.TOO_CLOSE)
    declined, words = told()
    assert declined == ("Torleiv Tenkt", HandoverDeclined.TOO_CLOSE)
    assert "Torleiv Tenkt sa nei 10. mars 2026: «jeg kjenner familien for godt»." in words

    table.clock.set(NOON + timedelta(minutes=1))
    asked = asks(table, person("randi"))
    assert told()[0] is None
    handing_over.take_back(table.at, handover=asked)
    assert told()[0] is None


def test_nobody_answers_for_another(table, eirik, torleiv, liv):
    asked = asks(table, torleiv)

    for somebody in (eirik, liv):
        assert refused(yes, somebody, asked) is Reason.NOT_YOURS
        assert refused(no, somebody, asked) is Reason.NOT_YOURS
    assert refused(yes, torleiv, torleiv.id) is Reason.NOT_YOURS
    assert holder(table) == eirik.id


def test_a_yes_in_the_meeting_counts_at_once_and_is_confirmed_later(table, eirik, torleiv):
    asked = asks(table, torleiv)
    handing_over.spoken_yes(table.at, handover=asked)

    assert holder(table) == torleiv.id
    with table.looking() as case:
        assert handing_over.view(case).handover.spoken_at == NOON
    assert answering.waiting(torleiv)[0].spoken_at == NOON
    yes(torleiv, asked)
    assert holder(table) == torleiv.id
    assert answering.waiting(torleiv) == ()


def test_a_yes_that_was_never_said_goes_back(table, eirik, torleiv):
    asked = asks(table, torleiv)
    handing_over.spoken_yes(table.at, handover=asked)
    no(torleiv, asked, HandoverDeclined.DID_NOT_SAY_YES)

    assert holder(table) == eirik.id
    assert refused(relation, torleiv, table) is Reason.NOT_YOURS


def test_asking_another_takes_the_first_question_back(table, torleiv, person):
    first, randi = asks(table, torleiv), person("randi")
    asks(table, randi)

    assert answering.waiting(torleiv) == ()
    assert refused(yes, torleiv, first) is Reason.SAVED_ALREADY
    assert len(answering.waiting(randi)) == 1


def test_what_is_taken_back_no_longer_waits(table, torleiv):
    asked = asks(table, torleiv)
    handing_over.take_back(table.at, handover=asked)

    assert answering.waiting(torleiv) == ()
    assert refused(handing_over.take_back, table.at, handover=asked) is Reason.SAVED_ALREADY


@pytest.mark.meets("R-11", "S2-23")
def test_one_of_another_service_is_warned_and_sees_only_what_consent_covers(table, liv):
    table.is_asked("skolehelse")
    for guardian in (table.marte, table.jonas):
        table.answers(guardian, skolehelse=ONLY_AGREEMENTS)
    asked = asks(table, liv)
    with table.looking() as case:
        assert handing_over.view(case).handover.other_service
    assert answering.waiting(liv)[0].other_service

    yes(liv, asked)

    with table.looking(liv) as case:
        assert case.sight.relation is Relation.STAFETTHOLDER
        assert case.sight.categories == {Category.TILTAK_AND_EVALUATION}


def test_a_service_without_a_yes_cannot_carry_the_log(table, liv):
    assert refused(asks, table, liv) is Reason.NOT_A_CHOICE


def test_what_waits_is_gone_when_the_family_takes_its_yes_back(table, eirik, liv):
    table.consents("skolehelse")
    asked = asks(table, liv)
    table.withdraws(table.jonas, "skolehelse")

    assert answering.waiting(liv) == ()
    assert refused(yes, liv, asked) is Reason.NOT_A_CHOICE
    assert refused(handing_over.spoken_yes, table.at, handover=asked) is Reason.NOT_A_CHOICE
    assert holder(table) == eirik.id


def test_only_an_account_made_for_it_can_carry_the_log(table, pernille, granvik):
    table.consents("ppt")
    assert refused(asks, table, pernille) is Reason.NOT_A_CHOICE

    with table.looking() as case:
        assert {c.name for c in handing_over.view(case).candidates} == {"Torleiv Tenkt", "Randi Rolle"}


def test_an_account_that_has_ended_since_cannot_take_over(table, torleiv, granvik):
    asked = asks(table, torleiv)
    change(granvik, update(StaffUser).where(StaffUser.id == torleiv.id).values(active=False))

    assert refused(yes, torleiv, asked) is Reason.NOT_A_CHOICE


def test_a_colleague_does_not_give_the_duty_away(table, torleiv, person):
    table.lets_join(torleiv)
    randi = person("randi")

    asked = {"to": randi.id, "reason": None, "until": None}
    assert refused(handing_over.propose, At(torleiv, table.number), **asked) is Reason.NOT_ALLOWED


def test_a_vikar_has_access_until_her_day_and_not_after(table, torleiv, wall_clock):
    yes(torleiv, asks(table, torleiv, until=FRIDAY))
    assert relation(torleiv, table) is Relation.STAFETTHOLDER

    wall_clock.set(NOON + timedelta(days=4))
    assert refused(relation, torleiv, table) is Reason.NOT_YOURS


def test_a_deputy_whose_time_is_over_can_be_asked_to_take_part_again(table, torleiv, wall_clock):
    handing_over.name_deputy(table.at, to=torleiv.id, until=FRIDAY)
    wall_clock.set(NOON + timedelta(days=4))
    assert refused(relation, torleiv, table) is Reason.NOT_YOURS

    people.add_colleagues(table.at, users=[torleiv.id])

    assert relation(torleiv, table) is Relation.COLLEAGUE


@pytest.mark.meets("R-63")
@pytest.mark.parametrize("username", ["torleiv", "pernille"])
def test_a_colleague_who_takes_part_for_a_while_is_shut_out_after_her_last_day(table, person, username, wall_clock):
    hers = person(username)
    table.consents("ppt", "skolehelse")
    people.add_colleagues(table.at, users=[hers.id], until=FRIDAY)
    wall_clock.set(NOON + timedelta(days=3))
    assert relation(hers, table) in {Relation.COLLEAGUE, Relation.COVERED}
    with table.looking() as case:
        assert {p.name: p.until for p in people.people(case) if p.until} == {hers.name: FRIDAY}

    wall_clock.set(NOON + timedelta(days=4))
    assert refused(relation, hers, table) is Reason.NOT_YOURS
    assert seeing.my_cases(hers) == ()
    assert hers.name not in table.who_takes_part()

    people.add_colleagues(table.at, users=[hers.id])
    wall_clock.set(NOON + timedelta(days=40))
    assert relation(hers, table) in {Relation.COLLEAGUE, Relation.COVERED}


def test_a_last_day_that_has_been_is_refused(table, torleiv):
    asked = {"users": [torleiv.id], "until": date(2026, 3, 9)}
    assert refused(people.add_colleagues, table.at, **asked) is Reason.IN_THE_PAST


def test_a_stafettholder_whose_time_is_over_is_named_until_another_has_the_duty(table, torleiv, eirik, wall_clock):
    yes(torleiv, asks(table, torleiv, until=FRIDAY))
    wall_clock.set(NOON + timedelta(days=4))

    with table.looking(eirik) as case:
        assert torleiv.name in {p.name for p in people.people(case)}


def test_a_vikar_whose_time_is_over_is_not_asked(table, torleiv):
    assert refused(asks, table, torleiv, until=date(2026, 3, 9)) is Reason.IN_THE_PAST


@pytest.mark.meets("R-63")
def test_a_deputy_does_the_stafettholders_work_until_the_day(table, torleiv, eirik, wall_clock):
    handing_over.name_deputy(table.at, to=torleiv.id, until=FRIDAY)

    assert holder(table) == eirik.id
    assert relation(torleiv, table) is Relation.STAFETTHOLDER
    with table.looking() as case:
        assert handing_over.view(case).deputy == handing_over.DeputyView("Torleiv Tenkt", FRIDAY)
    asked = {"to": torleiv.id, "reason": None, "until": None}
    assert refused(handing_over.propose, At(torleiv, table.number), **asked) is Reason.NOT_ALLOWED

    wall_clock.set(NOON + timedelta(days=4))
    assert refused(relation, torleiv, table) is Reason.NOT_YOURS


def test_a_deputy_who_takes_part_anyway_is_a_colleague_afterwards(table, torleiv, wall_clock):
    table.lets_join(torleiv)
    handing_over.name_deputy(table.at, to=torleiv.id, until=FRIDAY)
    handing_over.end_deputy(table.at)

    assert relation(torleiv, table) is Relation.COLLEAGUE
    with table.looking() as case:
        assert handing_over.view(case).deputy is None


def test_the_deputy_who_takes_over_is_no_longer_deputy(table, torleiv):
    handing_over.name_deputy(table.at, to=torleiv.id, until=FRIDAY)
    yes(torleiv, asks(table, torleiv))

    with table.looking(torleiv) as case:
        assert handing_over.view(case).deputy is None
        assert case.stafettholder_id == torleiv.id


@pytest.mark.meets("R-63", "R-13")
def test_the_old_ones_deputy_is_no_deputy_of_the_new_one(table, torleiv, person):
    randi = person("randi")
    handing_over.name_deputy(table.at, to=torleiv.id, until=FRIDAY)
    asked = asks(table, randi)
    handing_over.spoken_yes(table.at, handover=asked)
    assert relation(torleiv, table) is Relation.COLLEAGUE

    handing_over.name_deputy(At(randi, table.number), to=torleiv.id, until=FRIDAY)
    no(randi, asked, HandoverDeclined.DID_NOT_SAY_YES)
    assert relation(torleiv, table) is Relation.COLLEAGUE


@pytest.mark.meets("R-63", "R-13")
@pytest.mark.parametrize("until", [None, date(2026, 3, 31)], ids=["for good", "for longer"])
def test_a_colleague_who_is_vikar_for_a_while_takes_part_afterwards_as_she_did(
    table, torleiv, eirik, wall_clock, until
):
    people.add_colleagues(table.at, users=[torleiv.id], until=until)
    yes(torleiv, asks(table, torleiv, until=FRIDAY))
    back = handing_over.propose(At(torleiv, table.number), to=eirik.id, reason=None, until=None)
    yes(eirik, back)

    wall_clock.set(NOON + timedelta(days=4))
    assert relation(torleiv, table) is Relation.COLLEAGUE


def test_one_who_takes_part_to_a_day_and_takes_over_for_good_or_for_longer_takes_part_as_long(
    table, torleiv, wall_clock
):
    people.add_colleagues(table.at, users=[torleiv.id], until=date(2026, 3, 11))
    yes(torleiv, asks(table, torleiv, until=FRIDAY))
    wall_clock.set(NOON + timedelta(days=3))
    assert relation(torleiv, table) is Relation.STAFETTHOLDER

    longer = asks_for_good(table, torleiv)
    wall_clock.set(NOON + timedelta(days=4))
    assert relation(longer, table) is Relation.STAFETTHOLDER


def test_one_who_left_and_takes_over_takes_part_again(table, torleiv, granvik):
    table.lets_join(torleiv)
    with table.looking() as case:
        part = next(p.id for p in people.people(case) if p.key == torleiv.id)
    people.remove_colleague(table.at, participant=part)
    yes(torleiv, asks(table, torleiv))

    assert relation(torleiv, table) is Relation.STAFETTHOLDER
    with granvik.reading() as session:
        assert len(session.execute(select(Participant.id).where(Participant.user_id == torleiv.id)).all()) == 1


def test_the_family_can_see_who_asked_and_who_answered(table, torleiv):
    yes(torleiv, asks(table, torleiv))

    with table.looking(torleiv) as case:
        done = [(t.action, t.who) for t in tracing.traces(case)]
    assert ("propose", "Eirik Prøve") in done
    assert ("accept_handover", "Torleiv Tenkt") in done


def test_a_deputy_who_takes_part_anyway_leads_until_the_day_and_not_after(table, torleiv, wall_clock):
    table.lets_join(torleiv)
    handing_over.name_deputy(table.at, to=torleiv.id, until=FRIDAY)
    wall_clock.set(NOON + timedelta(days=3))
    assert relation(torleiv, table) is Relation.STAFETTHOLDER

    wall_clock.set(NOON + timedelta(days=4))
    assert relation(torleiv, table) is Relation.COLLEAGUE

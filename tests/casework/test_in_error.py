"""The koordinator starts «feilført», and the one who carries the log answers; nobody who starts it reads a word (R-19, R-70)."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bti.casework.consent import modes
from bti.casework.desk import appointing, coordinating, due, in_error, overview, reopening, seeing
from bti.casework.door import At
from bti.casework.operating import accounts
from bti.casework.paper import tracing
from bti.casework.people import answering, handing_over
from bti.errors import Reason
from bti.rules.closing import AnswersInError
from bti.rules.due import Due, Section
from bti.rules.workflow import CaseStatus, ClosingReason, StafettloggMode
from bti.store.tables import Case, StaffUser
from tests.casework.test_door import change
from tests.casework.test_five_steps import ON_ONE_ENGINE, refused
from tests.cast import NOON, SOLVEIG_BORN


@pytest.fixture
def log(table, kaja):
    """Solveig's log, which PPT sees, as the koordinator has looked it up."""
    table.starts()
    return coordinating.look_up(At(kaja, ""), child_name="Solveig Testdal", birth_date=SOLVEIG_BORN)


def starts(by, log):
    return in_error.start_in_error(At(by, ""), log=log)


def ends(by, log):
    return in_error.close_in_error(At(by, ""), log=log)


def stands(database):
    with database.reading() as session:
        return tuple(session.execute(select(Case.status, Case.closing_reason)).one())


def waits(actor):
    return [task.kind for one in due.my_list(actor) for task in one.tasks if task.kind is Due.ANSWER_IN_ERROR]


ENDED = (CaseStatus.CLOSED, ClosingReason.OPENED_IN_ERROR)


@pytest.mark.meets("R-70", "R-19", "R-50")
def test_the_koordinator_starts_it_and_the_stafettholder_ends_it_and_the_family_sees_both(
    table, log, kaja, eirik, pernille, granvik
):
    table.lets_join(pernille)
    starts(kaja, log)

    assert stands(granvik) == (CaseStatus.OPEN, None)
    assert coordinating.seen(kaja, log).line.in_error_on == NOON.date()
    assert refused(starts, kaja, log) is Reason.SAVED_ALREADY
    assert refused(table.looking(kaja).__enter__) is Reason.NOT_YOURS
    assert due.my_list(eirik)[0].section is Section.WAITING
    assert (waits(eirik), waits(pernille)) == ([Due.ANSWER_IN_ERROR], [])

    in_error.end_in_error(table.at)

    assert stands(granvik) == ENDED
    assert seeing.my_cases(pernille) == ()
    assert due.my_list(eirik)[0].tasks == ()
    with table.looking() as case:
        done = [(t.action, t.who) for t in tracing.traces(case)]
    assert {("start_in_error", "Kaja Koord"), ("end_in_error", "Eirik Prøve")} <= set(done)
    assert refused(in_error.end_in_error, table.at) is Reason.CASE_CLOSED


@pytest.mark.meets("R-70")
def test_the_stafettholder_says_that_the_log_stands_and_it_may_be_asked_about_anew(table, log, kaja, eirik, granvik):
    for answer in (in_error.end_in_error, in_error.not_in_error):
        assert refused(answer, table.at) is Reason.SAVED_ALREADY
    starts(kaja, log)
    in_error.not_in_error(table.at)

    assert waits(eirik) == []
    assert stands(granvik) == (CaseStatus.OPEN, None)
    starts(kaja, log)
    assert waits(eirik) == [Due.ANSWER_IN_ERROR]


@pytest.mark.meets("R-70")
def test_a_colleague_and_a_covered_service_do_not_answer(table, log, kaja, pernille, torleiv):
    starts(kaja, log)
    for other in (pernille, torleiv):
        table.lets_join(other)
        for answer in (in_error.end_in_error, in_error.not_in_error):
            assert refused(answer, At(other, table.number)) is Reason.NOT_ALLOWED


@pytest.mark.meets("R-70", "R-63")
def test_it_comes_to_the_leader_of_the_unit_when_nobody_carries_the_log(table, log, kaja, randi, pernille, granvik):
    table.lets_join(pernille)
    starts(kaja, log)
    assert refused(ends, randi, log) is Reason.NOT_ALLOWED
    accounts.disable_user("eirik")
    assert refused(ends, kaja, log) is Reason.NOT_YOURS
    assert [(line.in_error_on, bool(line.gone)) for line in overview.of_unit(randi)] == [(NOON.date(), True)]

    ends(randi, log)

    assert stands(granvik) == ENDED
    assert seeing.my_cases(pernille) == ()
    assert overview.of_unit(randi) == ()
    assert refused(ends, randi, log) is Reason.NOT_YOURS


@pytest.mark.meets("R-70", "R-56")
def test_a_leader_ends_nothing_of_another_unit_and_nothing_nobody_has_asked_about(
    table, log, kaja, randi, liv, person, granvik
):
    accounts.disable_user("eirik")
    assert refused(ends, randi, log) is Reason.SAVED_ALREADY
    starts(kaja, log)
    change(granvik, update(StaffUser).where(StaffUser.username == "randi").values(service_id=liv.service))

    assert refused(ends, person("randi"), log) is Reason.NOT_YOURS
    assert refused(ends, person("randi"), liv.id) is Reason.NOT_YOURS
    assert answers(kaja, log) == ()


def answers(kaja, log):
    return coordinating.seen(kaja, log).line.answers_in_error


@pytest.mark.meets("R-70", "R-63")
def test_the_koordinator_is_told_with_whom_the_question_stands(table, log, kaja, torleiv):
    starts(kaja, log)
    assert answers(kaja, log) == (AnswersInError.STAFETTHOLDER,)
    handing_over.name_deputy(table.at, to=torleiv.id, until=NOON.date())
    assert answers(kaja, log) == (AnswersInError.STAFETTHOLDER, AnswersInError.DEPUTY)
    accounts.disable_user("eirik")
    assert answers(kaja, log) == (AnswersInError.DEPUTY, AnswersInError.LEADER)


@pytest.mark.meets("R-70", "R-63")
@pytest.mark.parametrize("as_deputy", [True, False])
def test_where_the_unit_has_no_leader_the_one_who_is_appointed_answers_and_never_the_koordinator_herself(
    table, log, kaja, torleiv, granvik, as_deputy
):
    for gone in ("eirik", "randi"):
        accounts.disable_user(gone)
    starts(kaja, log)
    assert answers(kaja, log) == ()
    assert refused(ends, kaja, log) is Reason.NOT_YOURS
    assert refused(appoints, kaja, log, kaja, as_deputy=as_deputy) is Reason.NOT_ONESELF

    appoints(kaja, log, torleiv, as_deputy=as_deputy)
    assert answers(kaja, log) == ((AnswersInError.DEPUTY if as_deputy else AnswersInError.STAFETTHOLDER),)
    assert waits(torleiv) == [Due.ANSWER_IN_ERROR]
    in_error.end_in_error(At(torleiv, table.number))

    assert stands(granvik) == ENDED


def appoints(by, log, whom, *, as_deputy):
    """Let somebody carry the log: as deputy at once, or as stafettholder when she has said yes."""
    if as_deputy:
        appointing.appoint_deputy(At(by, ""), log=log, to=whom.id, until=NOON.date())
        return
    appointing.appoint(At(by, ""), log=log, to=whom.id, until=None)
    (asked,) = answering.waiting(whom)
    answering.accept(At(whom, ""), handover=asked.id)


@pytest.mark.parametrize("username", ["eirik", "randi", "sander", "vigdis", "pernille"])
def test_nobody_else_starts_it(table, log, person, kaja, username):
    assert refused(starts, person(username), log) is Reason.NOT_YOURS
    assert refused(starts, kaja, kaja.id) is Reason.NOT_YOURS


def test_a_log_that_is_opened_again_is_not_asked_about_any_more(table, log, kaja, person, eirik, wall_clock):
    starts(kaja, log)
    in_error.end_in_error(table.at)
    wall_clock.set(NOON + timedelta(days=1))
    reopening.reopen(person("sander"), number=table.number, reason="Det var rett barn likevel.")

    assert waits(eirik) == []


@pytest.mark.meets("R-69", "R-70")
@ON_ONE_ENGINE
def test_a_case_on_paper_is_ended_too_and_no_word_is_kept(table, kaja, granvik):
    log = coordinating.look_up(At(kaja, ""), child_name="Solveig Testdal", birth_date=SOLVEIG_BORN)
    modes.do_without_log(table.at, mode=StafettloggMode.PAPER)
    starts(kaja, log)
    in_error.end_in_error(table.at)

    assert stands(granvik) == ENDED

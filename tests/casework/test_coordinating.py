"""Who is told that a child has a log, who asks the koordinator, and what she sees and does (R-12, R-70)."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from bti.casework.desk import coordinating, seeing
from bti.casework.door import At
from bti.casework.intake import creating
from bti.casework.paper import tracing
from bti.errors import Reason, Refused
from bti.rules.consent import ConsentState
from bti.rules.people import ProtectedAddress
from bti.rules.workflow import CaseStatus, ClosingReason, Step
from bti.store.tables import Case, CreationRequest, Service, StaffUser
from tests.casework.test_door import change, traces
from tests.casework.test_five_steps import refused
from tests.cast import MARTE, NOON, OLA_BORN, SOLVEIG_BORN

SOLVEIG = {"child_name": "Solveig Testdal", "birth_date": SOLVEIG_BORN}
NO_LOG = {"child_name": "Ola Prøvesen", "birth_date": OLA_BORN}


def makes(actor, child, **more):
    return creating.create_case(actor, **child, protected_address=ProtectedAddress.NONE, guardians=[MARTE], **more)


def answer(actor, child, **more):
    with pytest.raises(Refused) as refusal:
        makes(actor, child, **more)
    said = refusal.value
    return said.sentence(), said.reason, said.field, str(said.values), repr(said)


def asked(kaja, actor, child, **more):
    """Let somebody ask for a log, and return the request as the koordinator finds it."""
    answer(actor, child, **more)
    return coordinating.requests(kaja)[-1]


@pytest.mark.meets("R-12", "R-56", "scenario-9")
def test_who_is_not_the_childs_own_gets_one_answer_whether_a_log_exists_or_not(table, person, torleiv, liv, kaja):
    for actor, more in ((torleiv, {"own_class": False}), (liv, {}), (person("pernille"), {})):
        there, nowhere = answer(actor, SOLVEIG, **more), answer(actor, NO_LOG, **more)
        assert there == nowhere
        assert there[1] is Reason.COORDINATOR_WILL_CALL
    assert len(coordinating.requests(kaja)) == 6
    assert seeing.my_cases(torleiv) == ()


def test_the_childs_own_teacher_and_the_leader_are_told_to_use_the_log_there_is(table, eirik, person, granvik):
    assert refused(makes, eirik, SOLVEIG) is Reason.CASE_EXISTS
    assert refused(makes, person("randi"), SOLVEIG) is Reason.CASE_EXISTS


def test_a_teacher_of_another_class_is_not_told(table, torleiv, kaja):
    assert refused(makes, torleiv, SOLVEIG) is Reason.COORDINATOR_WILL_CALL
    assert [r.asked_by for r in coordinating.requests(kaja)] == ["Torleiv Tenkt"]


def test_asking_twice_is_one_request(table, liv, kaja):
    answer(liv, SOLVEIG)
    answer(liv, SOLVEIG)

    assert len(coordinating.requests(kaja)) == 1


@pytest.mark.meets("R-70", "R-50")
def test_the_koordinator_sees_who_has_the_log_and_the_family_sees_that_she_looked(table, kaja, granvik, eirik):
    table.consents("ppt")
    table.is_asked("barnevern")
    log = coordinating.look_up(At(kaja, ""), child_name="solveig TESTDAL", birth_date=SOLVEIG_BORN)

    found = coordinating.seen(kaja, log)

    assert (found.line.number, found.line.stafettholder, found.line.step) == (
        table.number,
        "Eirik Prøve",
        Step.OPPSTART,
    )
    assert found.consents == (("PPT", ConsentState.ACTIVE),)
    with table.looking() as case:
        looks = [t.who for t in tracing.traces(case) if t.action == "coordinator_look"]
    assert looks == ["Kaja Koord"]


def test_a_look_that_lasts_is_one_entry_and_a_new_one_is_another(table, kaja, granvik, wall_clock):
    log = coordinating.look_up(At(kaja, ""), **SOLVEIG)
    coordinating.seen(kaja, log)
    assert len(traces(granvik, "coordinator_look")) == 1

    wall_clock.set(NOON + timedelta(minutes=16))
    coordinating.seen(kaja, log)
    assert len(traces(granvik, "coordinator_look")) == 2


def test_a_look_that_finds_nothing_is_written_down_too(table, kaja, granvik):
    assert coordinating.look_up(At(kaja, ""), **NO_LOG) is None
    assert coordinating.seen(kaja, kaja.id) is None
    assert [t.case_id for t in traces(granvik, "coordinator_look")] == [None]


@pytest.mark.parametrize("username", ["eirik", "randi", "sander", "vigdis", "pernille"])
def test_nobody_else_is_koordinator(table, kaja, person, liv, username):
    request, other = asked(kaja, liv, SOLVEIG).id, person(username)
    log = coordinating.look_up(At(kaja, ""), **SOLVEIG)

    assert refused(coordinating.look_up, At(other, ""), **SOLVEIG) is Reason.NOT_YOURS
    assert refused(coordinating.seen, other, log) is Reason.NOT_YOURS
    assert refused(coordinating.requests, other) is Reason.NOT_YOURS
    for act in (coordinating.let_create, coordinating.join_asker, coordinating.decline):
        assert refused(act, At(other, ""), request=request) is Reason.NOT_YOURS
    assert refused(coordinating.close_double, At(other, ""), first="a", second="b") is Reason.NOT_YOURS


def test_one_who_is_let_makes_the_log_herself(table, kaja, liv):
    request = asked(kaja, liv, NO_LOG)
    coordinating.let_create(At(kaja, ""), request=request.id)

    number = makes(liv, NO_LOG)

    assert [line.number for line in seeing.my_cases(liv)] == [number]
    assert coordinating.requests(kaja) == ()
    assert refused(makes, liv, {"child_name": "Nils Påhitt", "birth_date": OLA_BORN}) is Reason.COORDINATOR_WILL_CALL


def test_nobody_is_let_make_a_second_log_nor_one_her_service_may_not_make(table, kaja, liv, pernille):
    there, not_hers = asked(kaja, liv, SOLVEIG), asked(kaja, pernille, NO_LOG)

    assert refused(coordinating.let_create, At(kaja, ""), request=there.id) is Reason.CASE_EXISTS
    assert refused(coordinating.let_create, At(kaja, ""), request=not_hers.id) is Reason.ASK_THE_SCHOOL


def test_one_who_asked_is_taken_in_only_when_the_family_has_said_yes_to_her_service(table, kaja, liv, granvik):
    request = asked(kaja, liv, SOLVEIG)
    assert refused(coordinating.join_asker, At(kaja, ""), request=request.id) is Reason.NOT_COVERED

    table.consents("skolehelse")
    coordinating.join_asker(At(kaja, ""), request=request.id)

    assert [line.number for line in seeing.my_cases(liv)] == [table.number]
    assert refused(coordinating.decline, At(kaja, ""), request=request.id) is Reason.SAVED_ALREADY
    with table.looking() as case:
        assert "join_asker" in {t.action for t in tracing.traces(case)}


def test_a_colleague_of_the_owner_service_is_taken_in_and_a_log_that_is_not_there_is_not(table, kaja, torleiv):
    there, nowhere = asked(kaja, torleiv, SOLVEIG), asked(kaja, torleiv, NO_LOG, own_class=False)
    coordinating.join_asker(At(kaja, ""), request=there.id)

    assert len(seeing.my_cases(torleiv)) == 1
    assert refused(coordinating.join_asker, At(kaja, ""), request=nowhere.id) is Reason.NO_SUCH_LOG
    assert refused(coordinating.join_asker, At(kaja, ""), request=kaja.id) is Reason.NOT_YOURS


def test_one_whose_account_has_ended_is_not_taken_in(table, kaja, torleiv, granvik):
    request = asked(kaja, torleiv, SOLVEIG)
    change(granvik, update(StaffUser).where(StaffUser.id == torleiv.id).values(active=False))

    assert refused(coordinating.join_asker, At(kaja, ""), request=request.id) is Reason.NOT_COVERED


def test_a_request_is_declined_and_kept(table, kaja, liv, granvik):
    request = asked(kaja, liv, SOLVEIG)
    coordinating.decline(At(kaja, ""), request=request.id)

    assert coordinating.requests(kaja) == ()
    with granvik.reading(kaja.id) as session:
        (row,) = session.execute(select(CreationRequest.handled_by, CreationRequest.result)).all()
    assert row.handled_by == kaja.id


def test_the_younger_of_two_logs_is_closed_as_opened_in_error_and_shares_nothing(table, kaja, eirik, granvik, pernille):
    other = makes(eirik, {"child_name": "Solveig M. Testdal", "birth_date": SOLVEIG_BORN})
    ola = makes(eirik, NO_LOG)

    assert refused(coordinating.close_double, At(kaja, ""), first=other, second=ola) is Reason.NOT_SAME_CHILD
    assert refused(coordinating.close_double, At(kaja, ""), first=other, second=other) is Reason.NO_SUCH_LOG
    assert refused(coordinating.close_double, At(kaja, ""), first=other, second="2026-999") is Reason.NO_SUCH_LOG
    assert closes_double(kaja, other, table.number) == other

    with granvik.reading() as session:
        row = session.execute(select(Case.status, Case.closing_reason).where(Case.number == other)).one()
    assert tuple(row) == (CaseStatus.CLOSED, ClosingReason.OPENED_IN_ERROR)


def closes_double(kaja, first, second):
    """Look at the two logs, as the page has her do, and close the younger."""
    double = coordinating.look_at_double(At(kaja, ""), first=first, second=second)
    return coordinating.close_double(At(kaja, ""), first=first, second=second, though_named=double.names)


@pytest.mark.meets("R-70", "R-19")
def test_the_log_of_a_twin_is_not_closed_unless_both_names_are_seen_first(table, kaja, eirik):
    anna, berit = (
        makes(eirik, {"child_name": f"{name} Prøvesen", "birth_date": OLA_BORN}) for name in ("Anna", "Berit")
    )
    both = {"first": anna, "second": berit}

    assert refused(coordinating.close_double, At(kaja, ""), **both) is Reason.NOT_SAME_CHILD
    seen_before = ("Anna Prøvesen", "Anna Prøvesen")
    assert refused(coordinating.close_double, At(kaja, ""), **both, though_named=seen_before) is Reason.NOT_SAME_CHILD

    double = coordinating.look_at_double(At(kaja, ""), **both)
    assert (double.names, double.younger) == (("Anna Prøvesen", "Berit Prøvesen"), berit)


@pytest.mark.meets("R-50", "R-70")
def test_the_look_at_two_logs_is_in_the_audit_of_both_and_says_nothing_of_two_born_on_two_days(
    table, kaja, eirik, granvik
):
    other = makes(eirik, {"child_name": "Solveig M. Testdal", "birth_date": SOLVEIG_BORN})
    ola = makes(eirik, NO_LOG)

    assert refused(coordinating.look_at_double, At(kaja, ""), first=other, second=ola) is Reason.NOT_SAME_CHILD
    assert refused(coordinating.look_at_double, At(eirik, ""), first=other, second=table.number) is Reason.NOT_YOURS
    assert traces(granvik, "coordinator_look") == []
    coordinating.look_at_double(At(kaja, ""), first=other, second=table.number)
    assert len({t.case_id for t in traces(granvik, "coordinator_look")}) == 2


def test_a_service_with_a_protected_name_is_never_named_to_the_koordinator(table, kaja, granvik):
    change(granvik, update(Service).where(Service.code == "ppt").values(sensitive_membership=True))
    table.consents("ppt")

    assert coordinating.seen(kaja, coordinating.look_up(At(kaja, ""), **SOLVEIG)).consents == ()


def test_a_date_in_the_future_is_said_to_everybody(liv, wall_clock):
    assert refused(makes, liv, NO_LOG | {"birth_date": date(2026, 3, 11)}) is Reason.IN_THE_FUTURE

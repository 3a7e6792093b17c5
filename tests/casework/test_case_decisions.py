"""Who must answer for one child, decided beside the kommune's rule; and a log for a child with strengt fortrolig address."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update

from bti import clock
from bti.casework.consent import case_decisions, consenting, modes
from bti.casework.door import At, looking
from bti.casework.intake import creating, protecting
from bti.casework.intake.creating import NewGuardian
from bti.casework.people import people
from bti.casework.steps import closing, starting
from bti.errors import Reason
from bti.rules.consent import ConsentState, DecisionValue
from bti.rules.people import GuardianRelation, ProtectedAddress, SubjectType
from bti.rules.workflow import CaseStatus, ClosingReason, StafettloggMode
from bti.store.tables import CaseDecision, Child, LogEvent, Sharing
from tests.casework.test_five_steps import ON_ONE_ENGINE, Table, refused
from tests.casework.test_gate import NO, YES
from tests.cast import JONAS, MARTE, NOON, OLA_BORN, SOLVEIG_BORN

A_SECOND = timedelta(seconds=1)
CWS = NewGuardian("Barnevernet i Granvik", GuardianRelation.CHILD_WELFARE_SERVICE, has_parental_responsibility=False)
SOLVEIG = {"child_name": "Solveig Testdal", "birth_date": SOLVEIG_BORN}


def decides(table, value, *consenters, **more):
    table.clock.set(table.clock.now + A_SECOND)
    given = {"decided_by": "Randi Rolle", "decided_on": clock.day(NOON), "reason": "Far kan ikke nås."}
    return case_decisions.decide_who_answers(table.at, value=value, consenters=consenters, **(given | more))


@pytest.mark.meets("R-03")
def test_one_guardian_answers_when_that_is_decided_for_the_child(table):
    table.is_asked("ppt")
    table.answers(table.marte, ppt=YES)
    assert table.state("ppt") is ConsentState.AWAITING

    decides(table, DecisionValue.ONE_PLUS_NOTICE, table.marte)

    assert table.state("ppt") is ConsentState.ACTIVE
    with table.looking() as case:
        view = consenting.view(case)
    assert view.must_answer == {table.marte}
    assert table.jonas not in view.latest.silent


def test_the_newest_decision_counts(table):
    table.is_asked("ppt")
    table.answers(table.marte, ppt=YES)
    decides(table, DecisionValue.ONE_PLUS_NOTICE, table.marte)
    decides(table, DecisionValue.ALL)

    assert table.state("ppt") is ConsentState.AWAITING
    with table.looking() as case:
        assert [d.value for d in case_decisions.decided(case)] == [DecisionValue.ALL]


def test_the_one_who_must_answer_still_may_say_no(table):
    table.is_asked("ppt")
    decides(table, DecisionValue.ONE_PLUS_NOTICE, table.marte)
    table.answers(table.marte, ppt=NO)

    assert table.state("ppt") is ConsentState.REFUSED


def under_care(eirik, wall_clock):
    table = Table.__new__(Table)
    table.eirik, table.clock, table.consent = eirik, wall_clock, None
    table.number = creating.create_case(
        eirik, **SOLVEIG, protected_address=ProtectedAddress.NONE, guardians=[MARTE, JONAS, CWS]
    )
    table.at = At(eirik, table.number)
    with table.looking() as case:
        table.services = {s.code: s.service for s in consenting.view(case).choices}
        everyone = people.people(case)
    table.marte, table.jonas, table.cws = (p.key for p in everyone if p.kind is people.PersonKind.GUARDIAN)
    return table


def test_under_a_care_order_those_it_names_answer(eirik, wall_clock):
    table = under_care(eirik, wall_clock)
    table.is_asked("ppt")
    decides(table, DecisionValue.CWS_AND_PARENTS, table.cws, table.marte)
    table.answers(table.cws, ppt=YES)
    assert table.state("ppt") is ConsentState.AWAITING
    table.answers(table.marte, ppt=YES)
    assert table.state("ppt") is ConsentState.ACTIVE

    decides(table, DecisionValue.NO_CARE_ORDER)
    assert table.state("ppt") is ConsentState.AWAITING


@ON_ONE_ENGINE
@pytest.mark.parametrize(
    ("value", "who", "reason"),
    [
        (DecisionValue.APPROVED, "marte", Reason.NOT_ALLOWED),
        (DecisionValue.ONE_PLUS_NOTICE, None, Reason.NOT_A_CHOICE),
        (DecisionValue.ONE_PLUS_NOTICE, "eirik", Reason.NOT_A_CHOICE),
        (DecisionValue.CWS_ONLY, "marte", Reason.NOT_A_CHOICE),
        (DecisionValue.CWS_AND_PARENTS, "marte", Reason.NOT_A_CHOICE),
    ],
)
def test_a_decision_names_those_it_can_name(table, eirik, value, who, reason):
    named = {"marte": table.marte, "eirik": eirik.id, None: None}[who]

    assert refused(decides, table, value, *([named] if named else [])) is reason


@ON_ONE_ENGINE
def test_barnevernet_alone_is_barnevernet_alone(eirik, wall_clock):
    table = under_care(eirik, wall_clock)

    assert refused(decides, table, DecisionValue.CWS_ONLY, table.cws, table.marte) is Reason.NOT_A_CHOICE
    decides(table, DecisionValue.CWS_ONLY, table.cws)


@ON_ONE_ENGINE
@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"reason": " "}, Reason.MISSING),
        ({"decided_by": ""}, Reason.MISSING),
        ({"decided_on": date(2026, 3, 11)}, Reason.IN_THE_FUTURE),
    ],
)
def test_a_decision_has_a_name_a_reason_and_a_day_that_has_been(table, more, reason):
    assert refused(decides, table, DecisionValue.ALL, **more) is reason


# Strengt fortrolig address


def makes(actor, **more):
    given = {**SOLVEIG, "protected_address": ProtectedAddress.STRENGT_FORTROLIG, "guardians": [MARTE, JONAS]}
    return creating.create_case(actor, **(given | more))


@pytest.mark.meets("R-60")
def test_a_log_for_a_strictly_protected_child_waits_for_both(eirik, person):
    kaja, vigdis = person("kaja"), person("vigdis")
    assert refused(makes, eirik) is Reason.STRICT_ADDRESS
    protecting.approve(kaja, **SOLVEIG, reason="Drøftet med skolen.")
    assert refused(makes, eirik) is Reason.STRICT_ADDRESS
    protecting.approve(kaja, **SOLVEIG, reason="En gang til.")
    assert refused(makes, eirik) is Reason.STRICT_ADDRESS
    protecting.approve(vigdis, **SOLVEIG, reason="Vurdert.")
    assert refused(makes, eirik, child_name="Nils Testdal") is Reason.STRICT_ADDRESS
    assert refused(makes, eirik, birth_date=OLA_BORN) is Reason.STRICT_ADDRESS

    number = makes(eirik, child_name="solveig  testdal")

    starting.save_situation(At(eirik, number), core="a", resource="b", challenge="", version=0)


@pytest.mark.parametrize("username", ["eirik", "randi", "sander", "pernille"])
def test_only_the_two_approve(person, username):
    assert refused(protecting.approve, person(username), **SOLVEIG, reason="Fordi.") is Reason.NOT_ALLOWED


def test_an_approval_has_a_reason_and_shows_no_case_to_the_one_who_gives_it(table, person, granvik):
    kaja = person("kaja")
    assert refused(protecting.approve, kaja, **SOLVEIG, reason=" ") is Reason.MISSING
    protecting.approve(kaja, **SOLVEIG, reason="Drøftet.")

    assert refused(looking(At(kaja, table.number), "test").__enter__) is Reason.NOT_YOURS
    with granvik.reading(table.eirik.id) as session:
        assert session.execute(select(func.count()).select_from(CaseDecision)).scalar() == 0


@pytest.mark.meets("R-60")
def test_an_address_that_becomes_strict_shuts_everybody_out_until_both_have_approved(table, pernille, person, granvik):
    table.consents("ppt")
    table.lets_join(pernille)
    protecting.change_address(table.at, protected_address=ProtectedAddress.STRENGT_FORTROLIG)

    assert refused(looking(At(pernille, table.number), "test").__enter__) is Reason.NOT_YOURS
    assert (
        refused(starting.save_situation, table.at, core="a", resource="b", challenge="", version=0)
        is Reason.STRICT_ADDRESS
    )
    assert refused(table.is_asked, "ppt") is Reason.STRICT_ADDRESS
    table.withdraws(table.jonas, "skolehelse")

    for username in ("kaja", "vigdis"):
        table.clock.set(table.clock.now + A_SECOND)
        protecting.approve(person(username), **SOLVEIG, reason="Vurdert.")
    with looking(At(pernille, table.number), "test"):
        pass
    with granvik.reading() as session:
        noted = session.execute(select(LogEvent.action).where(LogEvent.action == "approve_strict_address"))
        assert len(noted.all()) == 2


@ON_ONE_ENGINE
@pytest.mark.meets("R-20", "R-60")
def test_the_family_closes_the_log_also_while_an_approval_is_missing_and_no_word_is_added(table):
    protecting.change_address(table.at, protected_address=ProtectedAddress.STRENGT_FORTROLIG)
    closes = {"reason": ClosingReason.FAMILY_WISH, "said_by": "Marte", "note": "", "best_interests": "", "who": None}
    assert refused(closing.close, table.at, **closes | {"note": "De flytter."}) is Reason.STRICT_ADDRESS
    for reason in (ClosingReason.OPENED_IN_ERROR, ClosingReason.MOVED):
        assert refused(closing.close, table.at, **closes | {"reason": reason}) is Reason.STRICT_ADDRESS

    closing.close(table.at, **closes)

    assert table.stands()[0] is CaseStatus.CLOSED


@ON_ONE_ENGINE
@pytest.mark.meets("R-20", "R-60")
def test_a_log_on_paper_is_ended_also_while_an_approval_is_missing(table):
    modes.do_without_log(table.at, mode=StafettloggMode.PAPER)
    protecting.change_address(table.at, protected_address=ProtectedAddress.STRENGT_FORTROLIG)

    modes.end_on_paper(table.at)

    assert table.stands()[0] is CaseStatus.CLOSED


@pytest.mark.parametrize("username", ["kaja", "vigdis"])
def test_one_approval_alone_opens_nothing(table, pernille, person, granvik, username):
    table.consents("ppt")
    table.lets_join(pernille)
    protecting.change_address(table.at, protected_address=ProtectedAddress.STRENGT_FORTROLIG)
    protecting.approve(person(username), **SOLVEIG, reason="Vurdert.")

    with granvik.reading() as session:
        assert session.execute(select(Sharing)).all() == []
    assert refused(table.is_asked, "ppt") is Reason.STRICT_ADDRESS
    protecting.change_address(table.at, protected_address=ProtectedAddress.FORTROLIG)
    table.is_asked("skolehelse")


# A pregnancy


def test_the_pregnant_woman_answers_alone(table, granvik):
    table.is_asked("ppt")
    table.answers(table.marte, ppt=YES)
    born = {"subject_type": SubjectType.PREGNANCY, "birth_date": None, "due_date": date(2026, 8, 1)}
    with granvik.writing(table.eirik.id) as session:
        session.execute(update(Child).values(**born))
    table.clock.set(table.clock.now + A_SECOND)
    table.answers(table.marte, ppt=YES)

    assert table.state("ppt") is ConsentState.ACTIVE
    assert refused(table.answers, table.jonas, ppt=YES) is Reason.NOT_A_CONSENTER

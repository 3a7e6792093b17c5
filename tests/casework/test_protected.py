"""Scenarios 21 and 29: a protected address is known to the stafettholder alone, and a strict one waits for two."""

from datetime import timedelta

import pytest

from bti.casework.consent import case_decisions, consenting
from bti.casework.desk import due
from bti.casework.door import At, looking
from bti.casework.intake import creating, protecting
from bti.casework.paper import exporting, tracing
from bti.casework.people import family_facts, handing_over, people
from bti.errors import Reason
from bti.rules.consent import Answer, ConsentForm, ConsentLevel, ConsentState, DecisionValue
from bti.rules.people import ProtectedAddress
from forms import innsyn
from tests.casework.test_correcting import contact, phones
from tests.casework.test_five_steps import ON_ONE_ENGINE, refused
from tests.cast import JONAS, MARTE, SOLVEIG_BORN

YES = Answer(ConsentLevel.EVERYDAY)
SOLVEIG = {"child_name": "Solveig Testdal", "birth_date": SOLVEIG_BORN}
STRICT = ProtectedAddress.STRENGT_FORTROLIG


def known(at):
    with looking(at, "test") as case:
        return protecting.view(case)


def is_hidden_from_jonas(table):
    protecting.change_address(table.at, protected_address=ProtectedAddress.FORTROLIG)
    protecting.block(table.at, guardian=table.jonas, blocked=True)


@pytest.mark.meets("R-60", "R-51", "scenario-21")
def test_a_fortrolig_address_is_known_to_the_stafettholder_and_to_nobody_else(table, person):
    torleiv, pernille = person("torleiv"), person("pernille")
    table.consents("ppt")
    table.lets_join(torleiv)
    table.lets_join(pernille)
    handing_over.name_deputy(table.at, to=torleiv.id, until=table.clock.now.date() + timedelta(days=3))
    is_hidden_from_jonas(table)

    seen = known(table.at)
    assert seen.protected_address is ProtectedAddress.FORTROLIG
    assert {one.name for one in seen.guardians if one.blocked} == {"Jonas Testdal"}
    for other in (torleiv, pernille):
        assert refused(known, At(other, table.number)) is Reason.NOT_ALLOWED


@pytest.mark.meets("R-60", "R-71")
def test_what_the_family_is_shown_does_not_say_that_an_address_is_protected(table, person):
    contact(table, "Marte Testdal", phone="000 00 001")
    is_hidden_from_jonas(table)

    with table.looking() as case:
        lines = tracing.traces(case)
        recipients = {one.code for one in exporting.recipients(case)}
    said = str(innsyn.told(lines))
    assert "rettet en foresatt" in said
    for word in ("sperret", "skjult", "fortrolig", "block", "change_address", "000 00 001"):
        assert word not in said
    assert not {"family", "guardian:2"} & recipients
    assert phones(table) == {"Marte Testdal": "000 00 001"}


def test_what_is_lifted_again_is_shown_as_lifted(table):
    is_hidden_from_jonas(table)
    protecting.block(table.at, guardian=table.jonas, blocked=False)
    protecting.change_address(table.at, protected_address=ProtectedAddress.NONE)

    assert not [one for one in known(table.at).guardians if one.blocked]
    assert known(table.at).protected_address is ProtectedAddress.NONE


def makes(actor, **more):
    given = {**SOLVEIG, "protected_address": STRICT, "guardians": [MARTE, JONAS]}
    return creating.create_case(actor, **given | more)


@pytest.mark.meets("scenario-29", "R-60", "R-03", "R-56")
def test_a_strictly_protected_child_waits_for_two_and_nobody_waits_for_the_one_she_is_hidden_from(
    eirik, person, wall_clock
):
    kaja, vigdis = person("kaja"), person("vigdis")
    assert refused(makes, eirik) is Reason.STRICT_ADDRESS
    protecting.approve(kaja, **SOLVEIG, reason="Drøftet med skolen.")
    assert refused(makes, eirik) is Reason.STRICT_ADDRESS
    protecting.approve(vigdis, **SOLVEIG, reason="Vurdert.")
    at = At(eirik, makes(eirik))

    with looking(at, "test") as case:
        marte, jonas = (p.key for p in people.people(case) if p.kind is people.PersonKind.GUARDIAN)
        services = {s.code: s.service for s in consenting.view(case).choices}
    protecting.block(at, guardian=jonas, blocked=True)
    case_decisions.decide_who_answers(
        at,
        value=DecisionValue.ONE_PLUS_NOTICE,
        consenters=[marte],
        decided_by="Randi Rolle",
        decided_on=wall_clock.now.date(),
        reason="Barnet er skjult for far.",
    )
    asked = consenting.Asked(services["ppt"], ConsentLevel.EVERYDAY)
    consent = consenting.ask_family(at, asked=[asked], not_to_share="", whole_year=False, information_given=True)
    with looking(at, "test") as case:
        assert consenting.view(case).latest.silent == {marte}
    wall_clock.set(wall_clock.now + timedelta(minutes=1))
    consenting.record_answer(
        at, consent=consent, consenter=marte, answers={services["ppt"]: YES}, form=ConsentForm.ELECTRONIC
    )

    with looking(at, "test") as case:
        view = consenting.view(case)
        assert (view.must_answer, view.latest.silent) == ({marte}, frozenset())
        assert consenting.standings(case)[0].state is ConsentState.ACTIVE
        assert [g.name for g in family_facts.view(case).guardians] == ["Marte Testdal", "Jonas Testdal"]
    assert_is_not_there(person("pernille"), at.number)


def assert_is_not_there(stranger, number):
    """A search, an address and a new log give a stranger what an unknown child gives."""
    assert due.found(due.my_list(stranger), "Solveig") == due.found(due.my_list(stranger), "Ukjent")
    for one in (number, "2026-999"):
        assert refused(looking(At(stranger, one), "test").__enter__) is Reason.NOT_YOURS
    for name in ("Solveig Testdal", "Ukjent Ukjentsen"):
        given = {"child_name": name, "protected_address": ProtectedAddress.NONE}
        assert refused(makes, stranger, **given) is Reason.COORDINATOR_WILL_CALL


@ON_ONE_ENGINE
def test_a_guardian_of_another_child_is_not_hidden_from(table, eirik):
    assert refused(protecting.block, table.at, guardian=eirik.id, blocked=True) is Reason.NOT_YOURS

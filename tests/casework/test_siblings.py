"""A sibling is noted by first name alone; a log of its own has the same guardians and none of the consent (R-68)."""

from datetime import date

import pytest
from sqlalchemy import select

from bti.casework.consent import consenting, modes
from bti.casework.desk import coordinating
from bti.casework.door import At, looking
from bti.casework.intake import protecting, siblings
from bti.casework.paper import tracing
from bti.casework.people import correcting, family_facts, people
from bti.casework.people.people import PersonKind
from bti.errors import Reason, Refused
from bti.rules.consent import ConsentState
from bti.rules.people import ProtectedAddress
from bti.rules.workflow import StafettloggMode
from bti.store.engine import RULE
from bti.store.tables import Guardian
from tests.casework.test_five_steps import ON_ONE_ENGINE, refused
from tests.cast import SOLVEIG_BORN

OLA_BORN = date(2017, 9, 1)


def noted(at):
    with looking(at, "test") as case:
        return siblings.names(case)


def makes(table, at=None, **new):
    given = {"first_name": "Ola", "birth_date": OLA_BORN, "guardians": [table.marte, table.jonas], "other_class": False}
    return siblings.create_for_sibling(at or table.at, **given | new)


def family(at):
    with looking(at, "test") as case:
        return [p.name for p in people.people(case) if p.kind is not PersonKind.STAFF]


@pytest.mark.meets("R-68")
def test_a_log_for_a_sibling_has_the_guardians_and_none_of_the_consent(table):
    table.consents("ppt")

    sibling = At(table.eirik, makes(table))

    assert family(sibling) == ["Ola Testdal", "Marte Testdal", "Jonas Testdal"]
    with looking(sibling, "test") as case:
        assert consenting.standings(case) == ()
    assert table.state("ppt") is ConsentState.ACTIVE
    assert (noted(table.at), noted(sibling)) == (("Ola",), ("Solveig",))


@pytest.mark.meets("R-68", "R-56")
def test_a_link_is_the_same_whether_the_sibling_has_a_log_or_not(table, granvik):
    makes(table)
    siblings.note_sibling(table.at, first_name="Ask")
    siblings.note_sibling(table.at, first_name=" Ask ")

    assert noted(table.at) == ("Ask", "Ola")
    with table.looking() as case:
        said = [trace.action for trace in tracing.traces(case) if "sibling" in trace.action]
    assert set(said) == {"note_sibling"}


def test_what_is_known_of_a_guardian_comes_along_and_one_who_is_hidden_from_stays_hidden_from(table, granvik):
    protecting.block(table.at, guardian=table.jonas, blocked=True)
    protecting.change_address(table.at, protected_address=ProtectedAddress.FORTROLIG)
    with table.looking() as case:
        marte = next(g for g in family_facts.view(case).guardians if g.id == table.marte)
    correcting.save_contact(
        table.at,
        guardian=marte.id,
        phone="000 00 001",
        phoned_by=(),
        lives_with_child=True,
        receives_information=None,
        language="tigrinja",
        interpreter_language="tigrinja",
        why_not="på jobb",
        version=marte.version,
    )
    makes(table)

    with granvik.reading(RULE) as session:
        rows = session.execute(select(Guardian).where(Guardian.id.not_in([table.marte, table.jonas]))).scalars().all()
    assert {(g.name, g.blocked, g.phone, g.interpreter_language, g.why_not) for g in rows} == {
        ("Marte Testdal", False, "000 00 001", "tigrinja", None),
        ("Jonas Testdal", True, None, None, None),
    }


def test_only_those_who_are_chosen_come_along(table):
    sibling = At(table.eirik, makes(table, guardians=[table.marte]))

    assert family(sibling) == ["Ola Testdal", "Marte Testdal"]


def test_a_guardian_whose_time_is_over_does_not_come_along(table):
    with table.looking() as case:
        jonas = next(g for g in family_facts.view(case).guardians if g.id == table.jonas)
    correcting.correct_guardian(
        table.at,
        guardian=jonas.id,
        **{field: getattr(jonas, field) for field in correcting.PUT_RIGHT},
        by_mistake=True,
        understood=True,
        version=jonas.version,
    )

    assert refused(makes, table, guardians=[table.jonas]) is Reason.MISSING


@ON_ONE_ENGINE
@pytest.mark.meets("R-12")
def test_who_may_make_a_log_at_once_is_as_for_any_child(table, person):
    assert refused(makes, table, other_class=True) is Reason.COORDINATOR_WILL_CALL
    assert [r.child_name for r in coordinating.requests(person("kaja"))] == ["Ola Testdal"]
    assert refused(makes, table, first_name="Solveig", birth_date=SOLVEIG_BORN) is Reason.CASE_EXISTS
    assert noted(table.at) == ()


@ON_ONE_ENGINE
@pytest.mark.meets("R-60")
def test_a_sibling_of_a_strictly_protected_child_is_protected_too(table):
    protecting.change_address(table.at, protected_address=ProtectedAddress.STRENGT_FORTROLIG)

    assert refused(makes, table) is Reason.STRICT_ADDRESS


@ON_ONE_ENGINE
def test_a_sibling_is_taken_away_again(table):
    siblings.note_sibling(table.at, first_name="Ola")
    siblings.forget_sibling(table.at, first_name="Ola")

    assert noted(table.at) == ()
    assert refused(siblings.forget_sibling, table.at, first_name="Ola") is Reason.NOT_A_CHOICE
    assert refused(siblings.note_sibling, table.at, first_name=" ") is Reason.MISSING


@ON_ONE_ENGINE
def test_nothing_is_noted_of_a_family_that_wants_paper(table):
    modes.do_without_log(table.at, mode=StafettloggMode.PAPER)

    assert refused(siblings.note_sibling, table.at, first_name="Ola") is Reason.ON_PAPER
    assert refused(makes, table) is Reason.ON_PAPER


@ON_ONE_ENGINE
def test_a_colleague_who_does_not_lead_makes_no_log_for_a_sibling(table, person):
    torleiv = person("torleiv")
    table.lets_join(torleiv)
    at = At(torleiv, table.number)

    assert refused(siblings.note_sibling, at, first_name="Ola") is Reason.NOT_ALLOWED
    assert refused(makes, table, at) is Reason.NOT_ALLOWED
    with pytest.raises(Refused) as refusal:
        makes(table, At(person("pernille"), table.number))
    assert refusal.value.reason is Reason.NOT_YOURS

"""Where the child goes and how it is understood: written by the one who leads, and giving nobody anything."""

from datetime import timedelta

import pytest

from bti.casework.door import At
from bti.casework.intake import creating, siblings
from bti.casework.paper import extract
from bti.casework.people import everyday, family_facts
from bti.content.corrections import corrected
from bti.errors import Reason
from bti.rules.people import ProtectedAddress, WrittenNorm
from tests.casework.test_correcting import child, guardian
from tests.casework.test_five_steps import ON_ONE_ENGINE, refused
from tests.casework.test_gate import sees_nothing
from tests.cast import MARTE, SOLVEIG_BORN


def known(table):
    with table.looking() as case:
        return family_facts.view(case)


def places(table):
    with table.looking() as case:
        return {name: key for key, name in everyday.places(case)}


def writes(table, at=None, **new):
    given = {
        "home_service": None,
        "language": "",
        "interpreter_language": "",
        "communication_needs": "",
        "written_norm": None,
        "version": known(table).version,
    }
    return everyday.save_everyday(at or table.at, **given | new)


def test_the_registered_school_is_written_and_gets_nothing_by_it(table, person):
    assert (known(table).home_service_name, known(table).group) == ("Granvik skole", "5B")
    writes(table, home_service=places(table)["Granvik barnehage"])

    assert known(table).home_service_name == "Granvik barnehage"
    assert sees_nothing(table, person("pernille"))


def test_how_the_child_is_understood_is_written_and_taken_away(table, granvik):
    said = {"language": "tigrinja", "interpreter_language": "tigrinja", "communication_needs": "bilder"}
    writes(table, **said, written_norm=WrittenNorm.NYNORSK)
    assert {name: getattr(known(table), name) for name in said} == said
    assert known(table).written_norm is WrittenNorm.NYNORSK

    writes(table)
    assert (known(table).language, known(table).communication_needs, known(table).home_service) == ("", "", None)


@pytest.mark.meets("R-12")
def test_those_who_are_told_follow_the_registered_school(table, eirik):
    writes(table, home_service=places(table)["Granvik barnehage"])
    given = {
        "child_name": "Solveig Testdal",
        "birth_date": SOLVEIG_BORN,
        "protected_address": ProtectedAddress.NONE,
        "guardians": [MARTE],
    }

    assert refused(creating.create_case, eirik, **given) is Reason.CASE_EXISTS


@ON_ONE_ENGINE
def test_a_service_is_no_school_and_a_colleague_writes_nothing(table, person):
    torleiv = person("torleiv")
    table.lets_join(torleiv)

    assert refused(writes, table, home_service=table.services["ppt"]) is Reason.NOT_A_CHOICE
    assert refused(writes, table, version=99) is Reason.CHANGED_BY_OTHER
    assert refused(writes, table, At(torleiv, table.number)) is Reason.NOT_ALLOWED


@ON_ONE_ENGINE
@pytest.mark.meets("R-50", "R-67")
def test_the_family_is_given_what_is_kept_of_it_with_days_and_words(table):
    writes(table, communication_needs="bilder", language="tigrinja")
    siblings.note_sibling(table.at, first_name="Ola")
    guardian(table, "Jonas Testdal", has_parental_responsibility=False, understood=True)
    child(table, birth_date=SOLVEIG_BORN + timedelta(days=1), understood=True)

    content = extract.print_extract(table.at, recipient="child", language="nb")

    assert content.siblings == ("Ola",)
    assert [corrected(c.field, c.old, c.new) for c in content.corrected] == ["fødselsdato: 2. juni 2015 → 3. juni 2015"]
    assert corrected("has_parental_responsibility", "ja", "nei") == "foreldreansvar: Ja → Nei"
    assert corrected("relation", "mother", "co_mother") == "hvem det er: mor → medmor"
    assert corrected("group", "", "5A") == "klasse eller avdeling: – → 5A"

"""A foster parent takes part, and reads the log as one of the family when the family has agreed to it (R-64)."""

import pytest

from bti.casework.paper import exporting, extract
from bti.casework.people import correcting, people
from bti.casework.steps import starting
from bti.errors import Reason
from bti.rules.people import GuardianRelation
from bti.rules.workflow import Step
from tests.casework.test_correcting import family, guardian
from tests.casework.test_exporting import flat, text_of
from tests.casework.test_five_steps import ON_ONE_ENGINE, refused

FRIDA, HERS = "Frida Fosterord", "guardian:3"


@pytest.fixture
def frida(table):
    """Frida, who is foster parent without foreldreansvar, in a log that is begun."""
    key = guardian(table, FRIDA, name=FRIDA, relation=GuardianRelation.FOSTER_PARENT, has_parental_responsibility=False)
    starting.save_situation(table.at, core="Kjerneord", resource="Hun tegner.", challenge="", version=0)
    return key


def given_to(table):
    with table.looking() as case:
        return {one.code for one in exporting.recipients(case)} | {one.code for one in extract.recipients(case)}


def agree(table, who, agreed=True):
    return correcting.agree_on_reading(table.at, guardian=who, agreed=agreed)


def printed(table, recipient=HERS):
    return exporting.stafettlogg(table.at, recipient=recipient, language="nb")


@pytest.mark.meets("R-01")
def test_a_foster_parent_takes_part_and_has_no_paper_of_the_log_until_the_family_agrees(table, frida):
    with table.looking() as case:
        assert FRIDA in {p.name for p in people.people(case)}
    assert HERS not in given_to(table)
    assert refused(printed, table) is Reason.NOT_A_CHOICE

    agree(table, frida)
    assert HERS in given_to(table)
    assert "Kjerneord" in flat(text_of(printed(table)))

    agree(table, frida, agreed=False)
    assert HERS not in given_to(table)
    assert refused(printed, table) is Reason.NOT_A_CHOICE


@pytest.mark.meets("R-59")
def test_by_agreement_she_still_reads_nothing_that_is_about_a_guardian_without_that_ones_yes(table, frida):
    with table.looking() as case:
        version = sum(t.version for t in starting.view(case).situation.values())
    starting.save_situation(
        table.at,
        core="Kjerneord",
        resource="Hun tegner.",
        challenge="",
        personal="Marte er sykmeldt.",
        about=table.marte,
        version=version,
    )
    agree(table, frida)

    assert "Marte er sykmeldt." in flat(text_of(printed(table, "guardian:1")))
    assert "Marte er sykmeldt." not in flat(text_of(printed(table)))


@pytest.mark.meets("R-03")
def test_by_agreement_she_reads_and_is_not_asked_for_consent(table, frida, pernille):
    agree(table, frida)
    table.consents("ppt")
    table.lets_join(pernille)

    with table.looking(pernille):
        assert table.stands()[1] is Step.OPPSTART


@ON_ONE_ENGINE
def test_the_family_agrees_on_foster_parents_alone_and_nobody_becomes_one_by_the_agreement(table, frida):
    assert refused(agree, table, table.marte) is Reason.NOT_A_CHOICE
    agree(table, frida)
    guardian(table, FRIDA, relation=GuardianRelation.OTHER)
    assert HERS not in given_to(table)
    assert refused(agree, table, frida) is Reason.NOT_A_CHOICE
    assert [g.name for g in family(table).guardians if g.id == frida] == [FRIDA]

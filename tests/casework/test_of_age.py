"""From the day the child is 18 it is in the case for itself, and nobody reads by being its guardian (R-03)."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from bti.casework.consent import family_eyes
from bti.casework.door import At, looking
from bti.casework.intake import creating
from bti.casework.paper import exporting, extract
from bti.casework.people import people
from bti.casework.steps import moving, starting
from bti.errors import Reason
from bti.rules.guards import Missing
from bti.rules.people import ProtectedAddress
from bti.rules.workflow import Step
from bti.store.tables import Child, Participant
from tests.casework.test_expecting import answers, asks
from tests.casework.test_exporting import flat, text_of
from tests.casework.test_five_steps import ON_ONE_ENGINE, refused

pytestmark = ON_ONE_ENGINE

TURNS_18_TOMORROW = date(2008, 3, 11)
PARENTS = {"family", "guardian:1", "guardian:2"}


@pytest.fixture
def vilde(eirik, granvik):
    """One who is 18, alone with Eirik and PPT."""
    at = At(
        eirik,
        creating.create_case(
            eirik,
            child_name="Vilde Voksen",
            birth_date=date(2007, 3, 10),
            protected_address=ProtectedAddress.NONE,
            guardians=[],
        ),
    )
    consent, services = asks(at, "ppt")
    with looking(at, "test") as case:
        me = next(p.key for p in people.people(case) if p.name == "Vilde Voksen")
    answers(at, consent, [services["ppt"]], me)
    starting.save_situation(at, core="Alene.", resource="Venner.", challenge="", version=0)
    return at


def missing(at):
    with looking(at, "test") as case:
        return starting.view(case).missing


@pytest.mark.meets("R-14")
def test_one_who_is_of_age_and_has_no_guardian_here_leaves_the_first_step(vilde):
    assert missing(vilde) == ()

    moving.move_on(vilde, to=Step.PLANLEGG_TILTAK)


@pytest.mark.meets("R-14")
def test_a_child_that_takes_part_alone_still_lacks_its_family(table, granvik):
    table.starts()
    with granvik.writing(table.eirik.id) as session:
        session.execute(update(Participant).where(Participant.guardian_id.is_not(None)).values(left_at=table.clock.now))

    assert missing(table.at) == (Missing.FAMILY,)


def test_every_paper_that_is_offered_to_one_who_is_of_age_can_be_made(vilde):
    with looking(vilde, "test") as case:
        offered = [one.code for one in exporting.recipients(case)]

    assert offered == ["child", "archive", "ppt"]
    for recipient in offered:
        assert exporting.stafettlogg(vilde, recipient=recipient, language="nb")


@pytest.fixture
def birthday(table, granvik):
    """Solveig's log the day before she is 18; called, it is the day after."""
    with granvik.writing(table.eirik.id) as session:
        session.execute(update(Child).values(birth_date=TURNS_18_TOMORROW))
    table.consents("ppt")
    return lambda: table.clock.set(table.clock.now + timedelta(days=1))


@pytest.mark.meets("R-03")
def test_one_who_is_of_age_is_given_the_whole_log_as_the_family_was_and_signs_for_herself(table, birthday):
    starting.save_situation(table.at, core="Kjerneord", resource="Hun tegner.", challenge="", version=0)

    def hers():
        return flat(text_of(exporting.stafettlogg(table.at, recipient="child", language="nb")))

    assert "Til Solveig" in hers()
    assert "Kjerneord" not in hers()
    birthday()

    assert "Til Solveig" not in hers()
    assert "Kjerneord" in hers()
    assert "Utskrift til Solveig." in hers()
    signed = hers().partition("Underskrift")[2]
    assert "Solveig, dato" in signed
    assert "Testdal, dato" not in signed


@pytest.mark.meets("R-59", "R-03")
def test_of_age_she_still_reads_what_is_about_a_guardian_by_that_ones_own_yes_alone(table, birthday):
    starting.save_situation(
        table.at,
        core="Kjerneord",
        resource="Hun tegner.",
        challenge="",
        personal="Marte er sykmeldt.",
        about=table.marte,
        version=0,
    )
    birthday()

    paper = flat(text_of(exporting.stafettlogg(table.at, recipient="child", language="nb")))
    assert "Kjerneord" in paper
    assert "Marte er sykmeldt." not in paper


def papers(table):
    with table.looking() as case:
        return {one.code for one in exporting.addressed(case)}


@pytest.mark.meets("R-03")
def test_no_paper_is_made_for_a_guardian_of_one_who_is_of_age(table, birthday):
    assert papers(table) >= PARENTS
    birthday()

    assert not papers(table) & PARENTS
    assert "child" in papers(table)
    for recipient in PARENTS:
        assert refused(exporting.stafettlogg, table.at, recipient=recipient, language="nb") is Reason.NOT_A_CHOICE


@pytest.mark.meets("R-50", "R-03")
def test_all_that_is_kept_is_given_to_the_one_who_is_of_age_and_to_no_guardian(table, birthday):
    def made_for():
        with table.looking() as case:
            return [one.code for one in extract.recipients(case)]

    assert made_for() == ["guardian:1", "guardian:2", "child"]
    birthday()

    assert made_for() == ["child"]
    assert refused(extract.extract, table.at, recipient="guardian:1", language="nb") is Reason.NOT_A_CHOICE
    assert extract.extract(table.at, recipient="child", language="nb")


@pytest.mark.meets("R-03")
def test_the_case_is_not_shown_as_a_guardian_of_one_who_is_of_age_would_see_it(table, birthday):
    with table.looking() as case:
        assert exporting.as_seen_by(case, "guardian:1")
        assert [one.name for one in family_eyes.guardians(case)] == ["Marte Testdal", "Jonas Testdal"]
    birthday()

    with table.looking() as case:
        assert family_eyes.guardians(case) == ()
        for recipient in PARENTS:
            assert refused(exporting.as_seen_by, case, recipient) is Reason.NOT_A_CHOICE
        assert exporting.as_seen_by(case, "child")

"""The case along the days, as far as each reader may see it."""

from datetime import date, timedelta

import pytest

from bti.casework import story
from bti.casework.consent import consenting, windows
from bti.casework.paper import timeline
from bti.casework.steps import planning
from bti.rules.workflow import Step
from tests.casework.test_five_steps import AT_HOME, AT_SCHOOL, EVALUATED, ON_ONE_ENGINE
from tests.cast import NOON

TODAY = date(2026, 3, 10)
SUMMER = date(2026, 7, 31)


def along(case, **more):
    log = story.whole(case)
    return timeline.of(case, log.meetings, log.tiltak, log.evaluations, windows.kept(case), **more)


def test_nothing_is_drawn_before_anything_is_agreed(table):
    with table.looking() as case:
        assert along(case) is None


@pytest.mark.meets("S0-42", "S1-18", "S3-32")
def test_meetings_tiltak_and_consent_stand_along_the_days(table):
    table.comes_to(Step.EVALUERING)

    with table.looking() as case:
        drawn = along(case)

    lanes = {lane.name: lane.stretches for lane in drawn.lanes}
    assert list(lanes) == ["Møter", AT_SCHOOL, AT_HOME, "Deles med PPT", "Deles med helsesykepleier"]
    assert [(s.first, s.last) for s in lanes["Møter"]] == [(EVALUATED, EVALUATED)]
    assert [(s.first, s.last, s.tone) for s in lanes[AT_SCHOOL]] == [(TODAY, EVALUATED, "good")]
    assert lanes[AT_SCHOOL][0].words == "10. mars til 14. april 2026: ønsket effekt"
    assert [(s.first, s.last) for s in lanes["Deles med PPT"]] == [(TODAY, SUMMER)]
    assert [on.month for on in drawn.marks()] == [4, 5, 6, 7]


@ON_ONE_ENGINE
def test_a_long_tiltak_is_known_by_its_first_words(table):
    table.comes_to(Step.PLANLEGG_TILTAK)
    with table.looking() as case:
        first = story.tiltak(case)[0]
    long = f"{AT_SCHOOL}\n" + "Etterpå tegner de sammen. " * 5
    who = table.take_part["Eirik Prøve"]
    which = {"oppmerksomhet": first.oppmerksomhet, "tiltak": first.id, "version": first.version}
    planning.save_tiltak(table.at, text=long, responsible=who, **which)

    with table.looking() as case:
        (name,) = [lane.name for lane in along(case).lanes if lane.name.startswith(AT_SCHOOL)]
    assert len(name) <= timeline.FIRST_WORDS
    assert name.endswith(" …")
    assert "\n" not in name


def test_a_service_that_may_not_stand_on_it_does_not(table):
    table.comes_to(Step.PLANLEGG_TILTAK)
    with table.looking() as case:
        drawn = along(case, only=frozenset({case.owner_service_id}))

    assert not [lane for lane in drawn.lanes if lane.name.startswith("Deles")]


@ON_ONE_ENGINE
def test_what_was_shared_until_it_was_taken_back_ends_that_day(table):
    table.comes_to(Step.PLANLEGG_TILTAK)
    table.clock.set(NOON + timedelta(days=1))
    consenting.withdraw(table.at, consenter=table.jonas, services=[table.services["ppt"]])

    with table.looking() as case:
        lanes = {lane.name: lane.stretches for lane in along(case).lanes}
    assert [s.last for s in lanes["Deles med PPT"]] == [TODAY + timedelta(days=1)]

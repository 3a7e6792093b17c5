"""Who else has the case open is said to those who may be told of them, for a minute, and to nobody else."""

from datetime import timedelta

import pytest

from bti.casework.door import mark_of
from bti.casework.ground import presence
from bti.casework.operating import accounts
from bti.casework.paper import exporting
from bti.rules.people import AccessRole
from tests.casework.test_exporting import everything_in
from tests.casework.test_five_steps import ON_ONE_ENGINE
from tests.casework.test_transferring import make_school, prepares, takes_over
from tests.cast import NOON

PERNILLE, BERIT = "Pernille Påfunn", "Berit Oppdikt"
HERE_NOW = "Har også loggen oppe nå"


@pytest.fixture
def table(table, pernille):
    table.consents("ppt", "bup")
    table.lets_join(pernille)
    return table


@pytest.fixture
def berit(table, person):
    accounts.add_user(
        username="berit",
        name=BERIT,
        title="psykolog",
        service="bup",
        role=AccessRole.EMPLOYEE,
        language="nb",
        password="solveig liker å tegne",
    )
    berit = person("berit")
    table.lets_join(berit)
    return berit


def others(table, actor=None):
    with table.looking(actor) as case:
        return presence.others(case)


def test_somebody_who_has_the_case_open_is_seen_by_the_others_for_a_minute_and_not_by_herself(table, pernille):
    assert others(table) == ()
    assert mark_of(pernille, table.number)
    assert others(table) == (PERNILLE,)
    assert others(table, pernille) == ()

    table.clock.set(table.clock.now + timedelta(minutes=1))
    assert others(table) == ()


@pytest.mark.meets("R-56")
def test_a_sensitive_service_is_not_given_away_by_being_here(table, pernille, berit):
    mark_of(berit, table.number)
    mark_of(table.eirik, table.number)

    assert others(table) == (BERIT,)
    assert others(table, pernille) == ("Eirik Prøve",)


@pytest.mark.meets("R-62")
def test_the_school_the_child_has_left_is_told_of_its_own_colleagues_and_not_of_the_new_schools(
    table, granvik, torleiv, person
):
    table.lets_join(torleiv)
    nora = person("nora")
    prepares(table, make_school(granvik), day=NOON.date())
    takes_over(table, nora)
    for actor in (nora, table.eirik, torleiv):
        assert mark_of(actor, table.number)

    assert others(table, torleiv) == ("Eirik Prøve",)
    assert others(table, nora) == ("Eirik Prøve", "Torleiv Tenkt")


@pytest.mark.meets("R-56")
def test_who_may_not_see_the_case_is_never_here(table, person):
    assert mark_of(person("torleiv"), table.number) is None

    assert others(table) == ()


@ON_ONE_ENGINE
def test_it_stands_on_no_paper(table, pernille):
    mark_of(pernille, table.number)
    before = exporting.stafettlogg(table.at, recipient="family", language="nb")

    assert HERE_NOW not in everything_in(before)

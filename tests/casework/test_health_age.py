"""From the health age what is about health is the youth's own, where the kommune says that the guardians no longer read it."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from bti.casework.paper import exporting, extract
from bti.casework.steps import starting
from bti.content.kommune import kommune
from bti.rules.consent import Category
from bti.store.tables import Child, SituationText
from tests.casework.test_exporting import everything_in, flat, text_of
from tests.cast import NOON

HEALTHS, OTHERS = "Hun sover dårlig.", "Hun tegner."
TURNS_16_TOMORROW = NOON.date().replace(year=2010) + timedelta(days=1)
GUARDIANS = ("family", "guardian:1", "guardian:2")


@pytest.fixture
def table(table, granvik):
    """Solveig's log the day before she is 16, with something about her health in it."""
    starting.save_situation(table.at, core=HEALTHS, resource=OTHERS, challenge="", version=0)
    with granvik.writing(table.eirik.id) as session:
        session.execute(update(Child).values(birth_date=TURNS_16_TOMORROW))
        session.execute(update(SituationText).where(SituationText.text == HEALTHS).values(category=Category.HEALTH))
    yield table
    kommune.cache_clear()


@pytest.fixture
def the_kommune_says_no(granvik):
    """Let the guardians read of health no longer than to the health age."""
    with (granvik.data / "kommune.toml").open("a", encoding="utf-8") as file:
        file.write("\n[consent]\nguardians_read_health = false\n")
    kommune.cache_clear()


def reads(table, recipient):
    """What is read of health by each, on the log's own paper and on all that is kept."""
    with table.looking() as case:
        told = [part.text for part in exporting.content_for(case, recipient, "nb").situation]
        papers = {one.code for one in extract.recipients(case)}
    assert OTHERS in told
    if recipient in papers:
        made = extract.extract(table.at, recipient=recipient, language="nb")
        assert (HEALTHS in flat(text_of(made))) is (HEALTHS in told)
        assert HEALTHS in told or HEALTHS not in everything_in(made)
    return HEALTHS in told


def tomorrow(table):
    table.clock.set(table.clock.now + timedelta(days=1))


def test_as_shipped_the_guardians_read_it_until_she_is_of_age(table):
    tomorrow(table)

    assert all(reads(table, one) for one in (*GUARDIANS, "archive"))


@pytest.mark.usefixtures("the_kommune_says_no")
def test_where_the_kommune_says_so_the_guardians_read_it_no_longer_from_the_day_she_is_sixteen(table):
    assert all(reads(table, one) for one in (*GUARDIANS, "archive"))
    tomorrow(table)

    assert [one for one in (*GUARDIANS, "archive") if reads(table, one)] == ["archive"]
    assert reads(table, "child")
    with table.looking() as case:
        assert Category.HEALTH in case.sight.categories
        assert Category.HEALTH not in exporting.as_seen_by(case, "guardian:1").sight.categories

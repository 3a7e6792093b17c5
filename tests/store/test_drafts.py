"""What is being typed is kept from pause to pause, and read by nobody else."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from bti.casework.desk import drafting
from tests.cast import NOON

WORDS = {"text": "Hun sa at", "share_with": None, "who": ["a", "b"]}


def test_a_draft_is_ones_own(granvik, eirik, person):
    torleiv = person("torleiv")
    drafting.keep(eirik, "2026-001", "situation", WORDS, 0)

    assert drafting.mine(eirik, "2026-001")["situation"].answers == WORDS
    assert drafting.mine(torleiv, "2026-001") == {}
    assert drafting.mine(eirik, "2026-002") == {}
    assert drafting.mine(eirik, "") == {}


def test_the_same_form_of_another_is_another_draft(granvik, eirik, person):
    torleiv = person("torleiv")
    drafting.keep(eirik, "2026-001", "situation", {"text": "Eiriks"}, 0)
    drafting.keep(torleiv, "2026-001", "situation", {"text": "Torleivs"}, 2)
    drafting.drop(torleiv, "2026-001", "situation")

    assert drafting.mine(eirik, "2026-001")["situation"].answers == {"text": "Eiriks"}
    assert drafting.mine(torleiv, "2026-001") == {}


def test_a_draft_follows_the_person_to_another_browser(granvik, person):
    drafting.keep(person("eirik"), "2026-001", "situation", WORDS, 3)

    kept = drafting.mine(person("eirik"), "2026-001")["situation"]

    assert (kept.answers, kept.based_on, kept.updated_at) == (WORDS, 3, NOON)


def test_what_is_typed_on_replaces_what_was_typed(granvik, eirik, wall_clock):
    drafting.keep(eirik, "2026-001", "situation", WORDS, 0)
    wall_clock.set(NOON + timedelta(seconds=8))

    kept = drafting.keep(eirik, "2026-001", "situation", {"text": "Hun sa at det"}, 1)

    assert kept == drafting.mine(eirik, "2026-001")["situation"]
    assert (kept.answers, kept.based_on) == ({"text": "Hun sa at det"}, 1)
    assert kept.updated_at == NOON + timedelta(seconds=8)


def test_each_form_and_each_case_has_its_own(granvik, eirik):
    for place in ("", "2026-001", "2026-002"):
        for form in ("situation", "tiltak"):
            drafting.keep(eirik, place, form, {"text": f"{place} {form}"}, 0)
    drafting.drop(eirik, "2026-001", "situation")

    assert set(drafting.mine(eirik, "2026-001")) == {"tiltak"}
    assert set(drafting.mine(eirik, "2026-002")) == {"situation", "tiltak"}
    assert drafting.mine(eirik, "")["tiltak"].answers == {"text": " tiltak"}


def test_letting_go_of_a_draft_that_is_gone_is_nothing(granvik, eirik):
    drafting.drop(eirik, "2026-001", "situation")

    assert drafting.mine(eirik, "2026-001") == {}


@pytest.mark.parametrize("granvik", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_the_database_itself_gives_a_draft_to_no_one_else(granvik, eirik, person):
    drafting.keep(eirik, "2026-001", "situation", WORDS, 0)

    def drafts(actor):
        with granvik.reading(actor) as session:
            return len(session.execute(text("SELECT * FROM draft")).all())

    assert drafts(eirik.id) == 1
    assert [drafts(nobody) for nobody in (person("torleiv").id, "nobody", "rule")] == [0, 0, 0]

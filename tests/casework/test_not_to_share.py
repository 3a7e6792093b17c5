"""What the family has said, in its own words, that we shall not share, is known to those who write and to nobody else."""

import pytest

from bti.casework.desk import seeing
from tests.casework.test_consent_whole import asks_for_more
from tests.casework.test_five_steps import ON_ONE_ENGINE
from tests.casework.test_gate import YES
from tests.casework.test_transferring import NOON, make_school, prepares, takes_over

SICK, OLD = "At far er syk.", "Hvor de bodde før."


def told(table, actor=None):
    with table.looking(actor) as case:
        return seeing.head(case).not_to_share


def is_asked(table, words, *codes):
    table.clock.set(table.clock.now.replace(microsecond=table.clock.now.microsecond + 1))
    table.is_asked(*codes, not_to_share=words)
    for guardian in (table.marte, table.jonas):
        table.answers(guardian, **dict.fromkeys(codes, YES))


@pytest.mark.meets("R-04")
def test_the_colleague_who_writes_knows_it_and_ppt_is_not_told_what_it_shall_not_know(table, torleiv, pernille):
    is_asked(table, SICK, "ppt", "skolehelse")
    table.lets_join(pernille)
    table.lets_join(torleiv)

    assert told(table) == told(table, torleiv) == (SICK,)
    assert told(table, pernille) == ()


@ON_ONE_ENGINE
def test_it_counts_until_the_family_is_asked_anew_about_every_service_it_was_said_of(table):
    is_asked(table, SICK, "ppt")
    asks_for_more(table, "skolehelse", not_to_share=OLD)
    assert told(table) == (SICK, OLD)

    is_asked(table, "", "skolehelse")
    assert told(table) == (SICK,)
    is_asked(table, "", "ppt", "skolehelse")
    assert told(table) == ()


@ON_ONE_ENGINE
def test_the_new_school_is_not_told_what_was_said_to_the_old_one(table, granvik, person):
    is_asked(table, SICK, "ppt")
    nora = person("nora")
    prepares(table, make_school(granvik), day=NOON.date())
    takes_over(table, nora)

    assert told(table, nora) == ()

"""What is over its deadline stands in the list of the one it concerns, and nothing turns red in a holiday."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bti import clock
from bti.casework import due, handing_over, noting, people
from bti.casework.door import At
from bti.rules.due import Due, Section
from bti.rules.tiltak import NoteKind
from bti.rules.workflow import Step
from tests.casework.test_five_steps import ON_ONE_ENGINE, Table
from tests.cast import NOON

HOLIDAY = datetime(2026, 7, 6, 9, 0, tzinfo=UTC)


@pytest.fixture
def table(eirik, wall_clock):
    return Table(eirik, wall_clock)


@pytest.fixture
def carried_out(table, person):
    """A log in step 3, where Torleiv is to do the one tiltak and Eirik is stafettholder."""
    torleiv = person("torleiv")
    table.lets_join(torleiv)
    table.take_part = table.who_takes_part()
    table.starts()
    table.moves(Step.PLANLEGG_TILTAK)
    table.plans()
    table.his = table.adds_tiltak("Torleiv leser med Solveig", "Torleiv Tenkt")
    table.moves(Step.IVERKSETT)
    return table


def waits(actor, kind):
    today = clock.today()
    return [(task.day, task.section(today)) for one in due.my_list(actor) for task in one.tasks if task.kind is kind]


@pytest.mark.meets("R-54", "R-66")
def test_four_weeks_without_a_word_of_how_it_goes_is_late_for_who_does_it_and_the_stafettholder(
    carried_out, eirik, person
):
    table, torleiv = carried_out, person("torleiv")
    table.clock.set(NOON.replace(month=4, day=15))
    assert waits(torleiv, Due.NOTE_PROGRESS) == []

    table.clock.set(NOON.replace(month=4, day=16))
    late = [(date(2026, 4, 15), Section.OVERDUE)]
    assert waits(torleiv, Due.NOTE_PROGRESS) == late
    assert set(waits(eirik, Due.NOTE_PROGRESS)) == set(late)

    noting.add_note(At(torleiv, table.number), tiltak=table.his, kind=NoteKind.POSITIVE_NOTE, text="De lo i dag.")
    assert waits(torleiv, Due.NOTE_PROGRESS) == []


@pytest.mark.meets("R-26")
def test_a_tiltak_without_who_does_it_stands_first_when_a_fortnight_has_gone(carried_out, eirik, person):
    table = carried_out
    people.remove_colleague(table.at, participant=table.take_part["Torleiv Tenkt"])
    ((day, section),) = waits(eirik, Due.NEW_RESPONSIBLE)
    assert (day, section) == (date(2026, 3, 24), Section.MINE)

    table.clock.set(NOON.replace(day=25))
    ((day, section),) = waits(eirik, Due.NEW_RESPONSIBLE)
    assert section is Section.WAITING


@pytest.mark.meets("R-54")
def test_a_question_of_the_duty_nobody_answers_is_late_after_a_week(table, eirik, person):
    torleiv = person("torleiv")
    handing_over.propose(table.at, to=torleiv.id, reason=None, until=None)
    table.clock.set(NOON + timedelta(days=7))
    assert waits(eirik, Due.ANSWER_HANDOVER) == []
    table.clock.set(NOON + timedelta(days=8))
    assert waits(eirik, Due.ANSWER_HANDOVER) == [(date(2026, 3, 17), Section.OVERDUE)]


@ON_ONE_ENGINE
@pytest.mark.meets("R-66")
def test_nothing_is_red_in_the_holidays_but_the_meeting_that_was_to_be(carried_out, eirik):
    table = carried_out
    table.clock.set(HOLIDAY)
    red = {
        task.kind for one in due.my_list(eirik) for task in one.tasks if task.section(HOLIDAY.date()) is Section.OVERDUE
    }
    assert red <= {Due.EVALUATION_MEETING}

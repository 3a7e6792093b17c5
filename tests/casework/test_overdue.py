"""What is over its deadline stands in the list of the one it concerns, and nothing turns red in a holiday."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert, inspect, select, update

from bti import clock, ids
from bti.casework import story
from bti.casework.desk import due, overview
from bti.casework.door import At
from bti.casework.intake import creating
from bti.casework.operating import accounts
from bti.casework.people import handing_over, people
from bti.casework.said import agreeing, noting
from bti.casework.steps import carrying_out, evaluating
from bti.rules.consent import FOR_EVER, Category
from bti.rules.due import Due, Section
from bti.rules.evaluation import Effect, TiltakOutcome
from bti.rules.people import ProtectedAddress, ServiceOwner
from bti.rules.progress import Late
from bti.rules.tiltak import FamilySays, NoteKind
from bti.rules.workflow import Step
from bti.store.carried import CARRIED
from bti.store.tables import Case, Ownership, Service, Tiltak
from bti.store.tables.base import Words
from tests.casework.test_five_steps import ON_ONE_ENGINE
from tests.cast import MARTE, NOON, OLA_BORN

HOLIDAY = datetime(2026, 7, 6, 9, 0, tzinfo=UTC)


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


def the_family_says(table, says):
    with table.looking() as case:
        version = next(t.version for t in story.tiltak(case) if t.id == table.his)
    agreeing.family_says(table.at, tiltak=table.his, says=says, version=version)


def late(table, actor=None):
    with table.looking(actor) as case:
        return carrying_out.view(case).late


@pytest.mark.meets("R-54", "R-66")
def test_the_page_of_the_tiltak_says_what_is_late_until_it_is_written_and_nothing_in_a_holiday(carried_out, person):
    table, torleiv = carried_out, person("torleiv")
    table.clock.set(NOON.replace(month=4, day=14))
    assert late(table) == {}
    table.clock.set(NOON.replace(month=4, day=15))
    assert set(late(table).values()) == {(Late.EVALUATION,)}
    table.clock.set(NOON.replace(month=4, day=16))
    assert late(table)[table.his] == late(table, torleiv)[table.his] == (Late.EVALUATION, Late.PROGRESS_NOTE)

    noting.add_note(At(torleiv, table.number), tiltak=table.his, kind=NoteKind.POSITIVE_NOTE, text="De lo i dag.")
    assert late(table)[table.his] == (Late.EVALUATION,)
    given = {"changed_text": "", "reason": "", "best_interests": "", "version": 0}
    evaluating.submit_evaluation(
        At(torleiv, table.number), tiltak=table.his, effect=Effect.SOME, outcome=TiltakOutcome.CONTINUE, **given
    )
    assert table.his not in late(table)

    table.clock.set(HOLIDAY)
    assert late(table) == {}


@pytest.mark.meets("R-54", "R-58")
@ON_ONE_ENGINE
def test_a_tiltak_the_family_has_said_no_to_is_never_late(carried_out):
    table = carried_out
    table.clock.set(NOON.replace(month=4, day=16))
    the_family_says(table, FamilySays.NO)

    assert set(late(table)) == {table.at_school, table.at_home}


OF_TILTAK = (Due.EVALUATE_TILTAK, Due.NOTE_PROGRESS, Due.NEW_RESPONSIBLE)


def of_his(actor):
    return [kind for kind in OF_TILTAK if waits(actor, kind)]


@pytest.mark.meets("R-54", "R-58")
def test_nobody_is_reminded_of_what_the_family_has_said_no_to_until_it_says_yes(carried_out, eirik, person, granvik):
    table, torleiv = carried_out, person("torleiv")
    with granvik.writing(eirik.id) as session:
        session.execute(update(Tiltak).where(Tiltak.id != table.his).values(status="ended", ended_on=NOON.date()))
        session.execute(update(Tiltak).where(Tiltak.id == table.his).values(evaluation_due=NOON.date()))
    table.clock.set(NOON.replace(month=4, day=16))
    assert of_his(torleiv) == of_his(eirik) == [Due.EVALUATE_TILTAK, Due.NOTE_PROGRESS]

    the_family_says(table, FamilySays.NO)
    assert of_his(torleiv) == of_his(eirik) == []

    the_family_says(table, FamilySays.AGREES)
    assert of_his(torleiv) == of_his(eirik) == [Due.EVALUATE_TILTAK, Due.NOTE_PROGRESS]


@pytest.mark.meets("R-26", "R-58")
def test_nobody_is_sought_for_what_the_family_has_said_no_to(carried_out, eirik, randi):
    table = carried_out
    the_family_says(table, FamilySays.NO)
    people.remove_colleague(table.at, participant=table.take_part["Torleiv Tenkt"])
    table.clock.set(NOON.replace(day=25))
    assert waits(eirik, Due.NEW_RESPONSIBLE) == []
    assert of_the_unit(randi) == [(table.number, False)]

    the_family_says(table, FamilySays.AGREES)
    assert of_the_unit(randi) == [(table.number, True)]


@pytest.mark.meets("R-26")
def test_a_tiltak_without_who_does_it_stands_first_when_a_fortnight_has_gone(carried_out, eirik, person):
    table = carried_out
    people.remove_colleague(table.at, participant=table.take_part["Torleiv Tenkt"])
    ((day, section),) = waits(eirik, Due.NEW_RESPONSIBLE)
    assert (day, section) == (date(2026, 3, 24), Section.MINE)

    table.clock.set(NOON.replace(day=25))
    ((day, section),) = waits(eirik, Due.NEW_RESPONSIBLE)
    assert section is Section.WAITING


@pytest.mark.meets("R-25", "R-26")
def test_a_tiltak_of_a_service_the_family_has_shut_out_needs_somebody_new_until_it_is_let_in_again(
    carried_out, eirik, randi, pernille
):
    table = carried_out
    people.add_colleagues(table.at, users=[pernille.id])
    hers, her_part = table.his, table.who_takes_part()["Pernille Påfunn"]
    with table.looking() as case:
        version = next(t.version for t in story.tiltak(case) if t.id == hers)
    noting.carry_on(table.at, tiltak=hers, responsible=her_part, version=version)

    def who_is_gone():
        with table.looking() as case:
            return {t.id: t.who.gone_since for t in story.tiltak(case) if t.who and t.who.gone_since}

    assert waits(eirik, Due.NEW_RESPONSIBLE) == []
    assert who_is_gone() == {}

    table.clock.set(NOON.replace(day=11))
    table.withdraws(table.marte, "ppt")
    assert who_is_gone() == {hers: NOON.replace(day=11)}
    assert waits(eirik, Due.NEW_RESPONSIBLE) == [(date(2026, 3, 25), Section.MINE)]

    table.clock.set(NOON.replace(day=26))
    assert [section for _, section in waits(eirik, Due.NEW_RESPONSIBLE)] == [Section.WAITING]
    assert of_the_unit(randi) == [(table.number, True)]

    table.consents("ppt", "skolehelse")
    assert who_is_gone() == {}
    assert waits(eirik, Due.NEW_RESPONSIBLE) == []
    assert of_the_unit(randi) == [(table.number, False)]


def of_the_unit(leader):
    return [(line.number, line.needs_new) for line in overview.of_unit(leader)]


@pytest.fixture
def with_another(carried_out, eirik):
    """Another log of the unit, with a later number than the one that waits."""
    return creating.create_case(
        eirik,
        child_name="Ola Prøvesen",
        birth_date=OLA_BORN,
        protected_address=ProtectedAddress.NONE,
        guardians=[MARTE],
    )


@pytest.mark.meets("R-26", "R-63")
def test_the_leader_is_told_after_the_fortnight_that_a_tiltak_needs_somebody_and_nothing_more(
    with_another, carried_out, person
):
    table, randi = carried_out, person("randi")
    people.remove_colleague(table.at, participant=table.take_part["Torleiv Tenkt"])
    table.clock.set(NOON.replace(day=24))
    assert of_the_unit(randi) == [(table.number, False), (with_another, False)]

    table.clock.set(NOON.replace(day=25))
    assert of_the_unit(randi) == [(table.number, True), (with_another, False)]

    with table.looking() as case:
        version = next(t.version for t in story.tiltak(case) if t.id == table.his)
    noting.carry_on(table.at, tiltak=table.his, responsible=table.take_part["Eirik Prøve"], version=version)
    assert of_the_unit(randi) == [(table.number, False), (with_another, False)]


@pytest.mark.meets("R-26", "R-66")
def test_an_account_that_ended_counts_as_gone_and_the_fortnight_stands_still_in_the_holidays(carried_out, person):
    table, randi = carried_out, person("randi")
    table.clock.set(NOON.replace(day=25))
    accounts.disable_user("torleiv")
    table.clock.set(NOON.replace(month=4, day=16))
    assert of_the_unit(randi) == [(table.number, False)]
    table.clock.set(NOON.replace(month=4, day=17))
    assert of_the_unit(randi) == [(table.number, True)]


def came_here(session, service):
    """Let the log have come from another school on the twentieth, with nothing of before."""
    session.execute(
        insert(Ownership).values(
            id=ids.new(),
            case_id=session.execute(select(Case.id)).scalar_one(),
            service_id=service,
            owns=True,
            opens=NOON,
            closes=FOR_EVER,
            since=NOON.replace(day=20),
            until=FOR_EVER,
            before=frozenset(),
        )
    )


@pytest.mark.meets("R-26", "R-62")
def test_a_leader_is_told_of_no_tiltak_her_unit_may_not_see(carried_out, person, granvik):
    """The log came from another school, and the family let nothing of before come along."""
    table, randi = carried_out, person("randi")
    people.remove_colleague(table.at, participant=table.take_part["Torleiv Tenkt"])
    table.clock.set(NOON.replace(day=25))
    with granvik.writing() as session:
        came_here(session, randi.service)
    assert of_the_unit(randi) == [(table.number, False)]


@pytest.mark.parametrize("has_moved", [False, True])
@pytest.mark.parametrize("by_itself", [True, False])
@pytest.mark.meets("R-65")
def test_a_unit_with_another_owner_is_told_of_what_it_has_written_itself_and_of_nothing_more_without_a_yes(
    carried_out, eirik, person, granvik, by_itself, has_moved
):
    table, randi, liv = carried_out, person("randi"), person("liv")
    people.remove_colleague(table.at, participant=table.take_part["Torleiv Tenkt"])
    table.clock.set(NOON.replace(day=25))
    with granvik.writing(eirik.id) as session:
        session.execute(update(Tiltak).values(written_for=randi.service if by_itself else liv.service))
        if has_moved:
            came_here(session, randi.service)
        session.execute(
            update(Service)
            .where(Service.id == randi.service)
            .values(owner=ServiceOwner.OTHER, agreement_date=NOON.date())
        )

    assert of_the_unit(randi) == [(table.number, by_itself)]
    assert [section for _, section in waits(eirik, Due.NEW_RESPONSIBLE)] == [Section.WAITING] * by_itself


@pytest.mark.meets("R-59", "R-65")
def test_what_it_has_written_about_a_guardian_waits_for_that_guardians_own_yes_there_too(
    carried_out, eirik, randi, granvik
):
    table = carried_out
    people.remove_colleague(table.at, participant=table.take_part["Torleiv Tenkt"])
    table.clock.set(NOON.replace(day=25))
    with granvik.writing(eirik.id) as session:
        session.execute(update(Tiltak).values(about_guardian=table.marte, category=Category.FAMILY_HOME))
        session.execute(
            update(Service)
            .where(Service.id == randi.service)
            .values(owner=ServiceOwner.OTHER, agreement_date=NOON.date())
        )

    assert of_the_unit(randi) == [(table.number, False)]
    assert waits(eirik, Due.NEW_RESPONSIBLE) == []


@pytest.mark.parametrize("is_open", [True, False])
@pytest.mark.meets("R-65")
def test_one_who_takes_part_without_owning_the_log_reads_by_consent_alone_also_what_it_has_written(
    table, eirik, pernille, granvik, is_open
):
    table.starts()
    table.lets_join(pernille)
    table.take_part = table.who_takes_part()
    table.moves(Step.PLANLEGG_TILTAK)
    table.plans()
    table.adds_tiltak("Leser sammen.", "Pernille Påfunn")
    category = Category.TILTAK_AND_EVALUATION if is_open else Category.HEALTH
    with granvik.writing(eirik.id) as session:
        written = {"written_for": pernille.service, "category": category, "evaluation_due": NOON.date()}
        session.execute(update(Tiltak).values(**written))
        session.execute(
            update(Service)
            .where(Service.id == pernille.service)
            .values(owner=ServiceOwner.OTHER, agreement_date=NOON.date())
        )

    assert bool(waits(pernille, Due.EVALUATE_TILTAK)) is is_open


@ON_ONE_ENGINE
@pytest.mark.meets("R-65")
def test_a_unit_without_an_agreement_that_has_begun_is_told_nothing(carried_out, person, granvik):
    table, randi = carried_out, person("randi")
    people.remove_colleague(table.at, participant=table.take_part["Torleiv Tenkt"])
    table.clock.set(NOON.replace(day=25))
    with granvik.writing() as session:
        session.execute(
            update(Service)
            .where(Service.id == randi.service)
            .values(owner=ServiceOwner.OTHER, agreement_date=NOON.replace(day=26).date())
        )
    assert of_the_unit(randi) == [(table.number, False)]


@pytest.mark.parametrize("granvik", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_the_second_lock_tells_who_carries_a_tiltak_to_the_rule_alone_and_its_words_to_nobody(
    carried_out, granvik, eirik, person
):
    who = select(CARRIED.c.responsible_id)
    for actor, carried, words in (("rule", 3, 0), (eirik.id, 0, 1), (person("randi").id, 0, 0), ("nobody", 0, 0)):
        with granvik.reading(actor) as session:
            assert len(set(session.execute(who).scalars())) == carried, actor
            assert bool(session.execute(select(Tiltak.text)).all()) == bool(words), actor


@ON_ONE_ENGINE
def test_of_a_tiltak_the_view_holds_nothing_people_have_written(granvik):
    with granvik.engine.connect() as connection:
        kept = {c["name"] for c in inspect(connection).get_columns(CARRIED.name)}

    assert kept == set(CARRIED.c.keys())
    assert not [name for name in kept if isinstance(Tiltak.__table__.c[name].type, Words)]


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

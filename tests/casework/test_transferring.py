"""A child changes school: the new one gets nothing by itself, and the old one reads until it has archived."""

from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import select, update

from bti import clock, ids
from bti.casework import story
from bti.casework.consent import case_decisions, consenting, modes
from bti.casework.desk import coordinating, due, in_error, seeing
from bti.casework.door import At
from bti.casework.intake import creating
from bti.casework.paper import exporting, timeline
from bti.casework.paper.exporting import print_stafettlogg
from bti.casework.people import answering, correcting, handing_over, people, transferring
from bti.casework.steps import closing, deciding, planning, preparing
from bti.errors import Reason
from bti.rules.access import Relation
from bti.rules.closing import ArchivedWhat
from bti.rules.consent import Category, ConsentAddition, DecisionValue, TakesAlong
from bti.rules.due import Section
from bti.rules.guards import Missing
from bti.rules.people import GuardianRelation, ParticipantKind, ProtectedAddress, ServiceOwner
from bti.rules.tiltak import EvaluationMode
from bti.rules.transfer import TransferState
from bti.rules.workflow import ClosingReason, StafettloggMode, Step
from bti.store.tables import ArchiveReceipt, Child, Service, SituationText, StaffUser, Tiltak
from tests.casework.test_five_steps import ON_ONE_ENGINE, refused
from tests.casework.test_gate import NO, YES, sees_nothing
from tests.cast import JONAS, MARTE, NOON, SOLVEIG_BORN

AUGUST = date(2026, 8, 17)
THE_SAME_DAY = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
THE_EVE = datetime(2026, 8, 16, 21, 59, tzinfo=UTC)
THE_DAY = datetime(2026, 8, 17, 7, 0, tzinfo=UTC)
THE_NEXT = datetime(2026, 8, 18, 7, 0, tzinfo=UTC)


def make_school(granvik, **more):
    """Nes skole, with Nora Nyskole who can carry a log there; ``more`` is what is otherwise with it."""
    here = Service.code == "nes-skole"
    with granvik.writing() as session:
        if more:
            session.execute(update(Service).where(here).values(**more))
        return session.execute(select(Service.id).where(here)).scalar_one()


@pytest.fixture
def nes(granvik):
    return make_school(granvik)


@pytest.fixture
def nora(nes, person):
    return person("nora")


def prepares(table, nes, takes=TakesAlong.AGREEMENTS, *, day=AUGUST, yes=None, chosen=()):
    said = (table.marte, table.jonas) if yes is None else yes
    if day == NOON.date():
        table.clock.set(THE_SAME_DAY)
    return transferring.prepare_transfer(table.at, to=nes, day=day, takes_along=takes, chosen=chosen, said_yes=said)


def archives(table, actor, day=None):
    transferring.record_transfer_archived(
        At(actor, table.number), reference="elevmappe 26/7", archived_on=day or table.clock.now.date()
    )


def takes_over(table, actor):
    asked = handing_over.propose(table.at, to=actor.id, reason=None, until=None)
    answering.accept(At(actor, ""), handover=asked)


def reads(table, actor):
    """Everything the log holds that the person can read, by kind."""
    with table.looking(actor) as case:
        log = story.whole(case)
        return {
            "situation": [s.text for s in log.situation if s.text],
            "concern": [c.title for c in log.oppmerksomheter],
            "tiltak": {t.text for t in log.tiltak},
            "child": [v.words for v in log.child_views],
        }


def takes_back(table, who, service, **more):
    """Withdraw from one service, and say whether the family is asked anew about the change of school."""
    return consenting.withdraw(table.at, consenter=who, services=[table.services[service]], **more)


def set_active(granvik, actor, *, active):
    with granvik.writing() as session:
        session.execute(update(StaffUser).where(StaffUser.id == actor.id).values(active=active))


def adds_guardian(table, **more):
    correcting.correct_guardian(
        table.at,
        guardian=None,
        name="Petra Prøvesen",
        relation=GuardianRelation.APPOINTED_GUARDIAN,
        valid_from=None,
        valid_to=None,
        by_mistake=False,
        understood=True,
        version=0,
        **more,
    )


def meeting_version(table, actor):
    with table.looking(actor) as case:
        return next((m.version for m in story.meetings(case)), 0)


def relation(table, actor):
    with table.looking(actor) as case:
        return case.sight.relation


def is_red(actor):
    return [
        (one.line.number, task.kind)
        for one in due.my_list(actor)
        for task in one.tasks
        if task.section(clock.today()) is Section.OVERDUE
    ]


@pytest.mark.meets("scenario-27", "R-62", "R-13", "R-66")
def test_solveig_moves_to_nes_skole_in_august(table, granvik, eirik, torleiv, nes, nora):
    table.starts()
    table.moves(Step.PLANLEGG_TILTAK)
    table.plans(but="nothing")
    table.lets_join(torleiv)
    before = reads(table, eirik)

    with granvik.writing() as session:
        session.execute(update(Child).values(home_service_id=nes))
    assert sees_nothing(table, nora)
    assert seeing.my_cases(nora) == ()
    assert (
        refused(
            creating.create_case,
            nora,
            child_name="Solveig Testdal",
            birth_date=SOLVEIG_BORN,
            protected_address=ProtectedAddress.NONE,
            guardians=[MARTE, JONAS],
        )
        is Reason.COORDINATOR_WILL_CALL
    )

    prepares(table, nes)
    table.clock.set(THE_EVE)
    assert sees_nothing(table, nora)
    with table.looking() as case:
        assert nora.id not in {c.user for c in handing_over.view(case).candidates}
        assert case.owner_service_id == eirik.service

    table.clock.set(THE_DAY)
    assert relation(table, eirik) is Relation.STAFETTHOLDER
    assert reads(table, eirik) == before
    with table.looking() as case:
        assert (case.owner_service_id, seeing.head(case).owner_service) == (nes, "Nes skole")
    asked = handing_over.propose(table.at, to=nora.id, reason=None, until=None)
    assert relation(table, eirik) is Relation.STAFETTHOLDER
    answering.accept(At(nora, ""), handover=asked)
    assert relation(table, nora) is Relation.STAFETTHOLDER
    assert relation(table, eirik) is relation(table, torleiv) is Relation.FORMER

    seen = reads(table, nora)
    assert seen == {"situation": [], "concern": before["concern"], "tiltak": before["tiltak"], "child": []}
    planning.save_tiltak(
        At(nora, table.number), text="Nora møter Solveig på Nes", responsible=None, oppmerksomhet=table.concern
    )
    assert "Nora møter Solveig på Nes" in reads(table, nora)["tiltak"]
    table_agrees = planning.agree_evaluation(
        At(nora, table.number), day=date(2026, 9, 30), at=time(12), version=meeting_version(table, nora)
    )
    assert table_agrees
    assert reads(table, eirik) == reads(table, torleiv) == before
    with table.looking(torleiv) as case:
        assert "Nora Nyskole" not in {p.name for p in people.people(case)}
        assert story.meetings(case) == ()
        assert seeing.head(case).standings == ()

    table.clock.set(THE_NEXT)
    archives(table, eirik)
    assert sees_nothing(table, eirik)
    assert sees_nothing(table, torleiv)
    assert seeing.my_cases(eirik) == ()
    archives(table, nora)
    assert relation(table, nora) is Relation.STAFETTHOLDER
    with table.looking(nora) as case:
        assert not {"Eirik Prøve", "Torleiv Tenkt"} & {p.name for p in people.people(case)}
    with granvik.reading(nora.id) as session:
        assert set(session.execute(select(ArchiveReceipt.of, ArchiveReceipt.unit)).all()) == {
            (ArchivedWhat.LOG_AT_TRANSFER, "Granvik skole"),
            (ArchivedWhat.LOG_AT_TRANSFER, "Nes skole"),
        }


@pytest.mark.meets("scenario-27", "R-66")
def test_no_deadline_turns_red_in_the_summer_while_the_child_changes_school(table, eirik, nes):
    table.starts()
    table.moves(Step.PLANLEGG_TILTAK)
    table.plans(but=Missing.EVALUATION_MEETING)
    table.agrees_on_meeting(date(2026, 9, 1))
    by_phone = {"evaluation_mode": EvaluationMode.PHONE, "evaluation_due": date(2026, 6, 25)}
    table.changes_what_follows(table.at_school, **by_phone)
    table.moves(Step.IVERKSETT)
    prepares(table, nes)

    for day in (date(2026, 6, 26), date(2026, 7, 15), date(2026, 8, 16), AUGUST):
        table.clock.set(datetime.combine(day, time(10), UTC))
        assert (table.number, due.Due.EVALUATE_TILTAK) not in is_red(eirik), day
    table.clock.set(THE_NEXT)
    assert (table.number, due.Due.EVALUATE_TILTAK) in is_red(eirik)


@pytest.mark.meets("R-62")
def test_nothing_happens_on_the_day_without_the_familys_yes(table, nes, nora):
    waits = prepares(table, nes, yes=())
    table.clock.set(THE_DAY)
    with table.looking() as case:
        assert transferring.transfers(case)[0].state is TransferState.PREPARED
        assert case.owner_service_id == table.eirik.service

    one = {"transfer": waits, "said_yes": [table.marte]}
    assert refused(transferring.family_says_yes, table.at, **one) is Reason.TRANSFER_NEEDS_YES
    transferring.family_says_yes(table.at, transfer=waits, said_yes=[table.marte, table.jonas])
    with table.looking() as case:
        assert case.owner_service_id == nes
    assert refused(transferring.family_says_yes, table.at, **one) is Reason.SAVED_ALREADY


def stands(table):
    """How far the change of school has come, and whose the log is now."""
    with table.looking() as case:
        return transferring.transfers(case)[0].state, case.owner_service_id


@pytest.mark.meets("R-62", "R-07")
def test_who_takes_everything_back_is_asked_anew_before_the_log_goes_anywhere(table, eirik, nes, nora):
    table.starts()
    moves = prepares(table, nes, TakesAlong.EVERYTHING)

    table.withdraws(table.marte, "ppt")
    assert stands(table) == (TransferState.AGREED, eirik.service)
    assert not takes_back(table, table.marte, "skolehelse", additions=frozenset({ConsentAddition.HEALTH}))
    assert stands(table) == (TransferState.AGREED, eirik.service)
    table.withdraws(table.marte, "skolehelse")

    table.clock.set(THE_DAY)
    assert stands(table) == (TransferState.PREPARED, eirik.service)
    assert sees_nothing(table, nora)
    transferring.family_says_yes(table.at, transfer=moves, said_yes=[table.marte, table.jonas])
    assert stands(table) == (TransferState.DONE, nes)
    table.withdraws(table.jonas, "ppt", "skolehelse")
    assert stands(table) == (TransferState.DONE, nes)


@ON_ONE_ENGINE
@pytest.mark.meets("R-07", "R-10")
def test_who_has_only_said_no_takes_it_back_as_one_who_has_said_yes(table, nes):
    table.is_asked("ppt", "skolehelse")
    table.answers(table.marte, ppt=YES, skolehelse=YES)
    table.answers(table.jonas, ppt=NO, skolehelse=NO)
    prepares(table, nes)

    for who in (table.marte, table.jonas):
        assert not takes_back(table, who, "ppt")
    assert takes_back(table, table.jonas, "skolehelse")
    assert not takes_back(table, table.marte, "skolehelse")


@ON_ONE_ENGINE
@pytest.mark.meets("R-62", "R-03", "R-67")
def test_who_comes_to_answer_before_the_day_is_asked_too(table, eirik, nes):
    prepares(table, nes, TakesAlong.EVERYTHING)
    adds_guardian(table, has_parental_responsibility=False)
    assert stands(table)[0] is TransferState.AGREED
    adds_guardian(table, has_parental_responsibility=True)

    assert stands(table)[0] is TransferState.PREPARED
    table.clock.set(THE_DAY)
    assert stands(table) == (TransferState.PREPARED, eirik.service)


@ON_ONE_ENGINE
@pytest.mark.meets("R-62", "R-03")
def test_what_is_decided_of_who_answers_is_asked_of_the_change_of_school_too(table, nes):
    moves = prepares(table, nes, TakesAlong.NOTHING)
    both = {"decided_by": "Jurist", "decided_on": NOON.date(), "reason": "avklart"}
    one = {"value": DecisionValue.ONE_PLUS_NOTICE, "consenters": [table.marte]}
    case_decisions.decide_who_answers(table.at, **one, **both)
    assert stands(table)[0] is TransferState.AGREED

    transferring.cancel_transfer(table.at, transfer=moves)
    prepares(table, nes, TakesAlong.NOTHING, yes=(table.marte,))
    table.clock.set(THE_SAME_DAY)
    case_decisions.decide_who_answers(table.at, **one | {"consenters": [table.jonas]}, **both)
    assert stands(table)[0] is TransferState.PREPARED


@pytest.mark.meets("R-62")
def test_a_change_nobody_has_said_yes_to_stands_in_the_stafettholders_list(table, eirik, torleiv, nes, nora):
    table.lets_join(torleiv)

    def waits(actor=eirik):
        tasks = [task for one in due.my_list(actor) for task in one.tasks]
        return [(t.day, t.section(clock.today())) for t in tasks if t.kind is due.Due.TRANSFER_NEEDS_YES]

    moves = prepares(table, nes, yes=())
    assert (waits(), waits(torleiv)) == ([(AUGUST, Section.MINE)], [])
    table.clock.set(THE_EVE)
    assert waits() == [(AUGUST, Section.WAITING)]
    table.clock.set(THE_NEXT)
    assert waits() == [(AUGUST, Section.OVERDUE)]
    transferring.family_says_yes(table.at, transfer=moves, said_yes=[table.marte, table.jonas])
    assert waits() == []


def test_it_can_be_taken_back_before_the_day_and_not_after(table, nes):
    first = prepares(table, nes)
    assert refused(prepares, table, nes) is Reason.SAVED_ALREADY
    transferring.cancel_transfer(table.at, transfer=first)
    assert refused(transferring.cancel_transfer, table.at, transfer=first) is Reason.SAVED_ALREADY
    one = {"transfer": first, "said_yes": [table.marte, table.jonas]}
    assert refused(transferring.family_says_yes, table.at, **one) is Reason.SAVED_ALREADY
    table.clock.set(THE_DAY)
    with table.looking() as case:
        assert case.owner_service_id == table.eirik.service

    second = prepares(table, nes)
    with table.looking() as case:
        assert case.owner_service_id == nes
    assert refused(transferring.cancel_transfer, table.at, transfer=second) is Reason.SAVED_ALREADY


@ON_ONE_ENGINE
@pytest.mark.parametrize(
    ("takes", "chosen", "opens"),
    [
        (TakesAlong.NOTHING, (), set()),
        (TakesAlong.AGREEMENTS, (), {Category.TILTAK_AND_EVALUATION}),
        (TakesAlong.CHOSEN, (Category.HEALTH,), {Category.HEALTH}),
        (TakesAlong.EVERYTHING, (), set(Category) - {Category.CHILD_STATEMENTS}),
    ],
)
def test_the_family_chooses_what_goes_along(table, nes, nora, takes, chosen, opens):
    table.starts()
    prepares(table, nes, takes, chosen=chosen, day=NOON.date())
    takes_over(table, nora)

    with table.looking(nora) as case:
        assert case.sight.categories == opens
        assert case.sight.everything
    assert bool(reads(table, nora)["situation"]) is (Category.SCHOOL_KINDERGARTEN in opens)


@ON_ONE_ENGINE
def test_what_is_agreed_must_be_whole(table, nes):
    assert refused(prepares, table, nes, TakesAlong.CHOSEN) is Reason.MISSING
    assert refused(prepares, table, nes, TakesAlong.CHOSEN, chosen=[Category.CHILD_STATEMENTS]) is Reason.NOT_A_CHOICE
    assert refused(prepares, table, nes, day=date(2026, 3, 9)) is Reason.IN_THE_PAST
    for nowhere in (table.eirik.service, table.services["ppt"], ids.new()):
        assert refused(prepares, table, nowhere) is Reason.NOT_A_CHOICE


@ON_ONE_ENGINE
def test_a_closed_log_goes_nowhere(table, nes):
    table.comes_to(Step.VEIEN_VIDERE)
    deciding.carry_out(table.at)
    assert refused(prepares, table, nes) is Reason.CASE_CLOSED


@pytest.mark.meets("R-62", "R-20", "R-46")
@pytest.mark.parametrize("ends", ["by the family's wish", "in error", "in error, with nobody to carry it"])
def test_what_is_closed_before_the_day_is_archived_where_it_was(table, granvik, eirik, randi, kaja, nes, nora, ends):
    prepares(table, nes, TakesAlong.NOTHING)
    if ends == "by the family's wish":
        who = {"said_by": "Marte Test", "note": "", "best_interests": "", "who": None}
        closing.close(table.at, reason=ClosingReason.FAMILY_WISH, **who)
    else:
        log = coordinating.look_up(At(kaja, ""), child_name="Solveig Testdal", birth_date=SOLVEIG_BORN)
        in_error.start_in_error(At(kaja, ""), log=log)
        if ends == "in error":
            in_error.end_in_error(table.at)
        else:
            set_active(granvik, eirik, active=False)
            in_error.close_in_error(At(randi, ""), log=log)
            set_active(granvik, eirik, active=True)

    table.clock.set(THE_DAY)
    with table.looking() as case:
        assert case.owner_service_id == eirik.service
        assert transferring.transfers(case) == ()
        assert seeing.head(case).owner_service == "Granvik skole"
    assert sees_nothing(table, nora)


@ON_ONE_ENGINE
def test_what_ends_on_paper_goes_nowhere_either(table, eirik, nes):
    modes.do_without_log(table.at, mode=StafettloggMode.PAPER)
    prepares(table, nes)
    modes.end_on_paper(table.at)
    table.clock.set(THE_DAY)
    with table.looking() as case:
        assert case.owner_service_id == eirik.service


@ON_ONE_ENGINE
def test_what_has_happened_stands_when_the_log_is_closed(table, nes, nora):
    prepares(table, nes, day=NOON.date())
    takes_over(table, nora)
    who = {"said_by": "Marte Test", "note": "", "best_interests": "", "who": None}
    closing.close(At(nora, table.number), reason=ClosingReason.FAMILY_WISH, **who)
    with table.looking(nora) as case:
        assert case.owner_service_id == nes


def test_the_old_school_does_not_let_go_while_the_stafettholder_is_there(table, eirik, torleiv, nes, nora):
    table.lets_join(torleiv)
    prepares(table, nes, day=NOON.date())
    assert refused(archives, table, torleiv) is Reason.HANDOVER_FIRST
    takes_over(table, nora)
    assert refused(archives, table, torleiv, date(2026, 3, 11)) is Reason.IN_THE_FUTURE
    archives(table, torleiv)
    assert sees_nothing(table, torleiv)
    archives(table, nora)
    assert refused(archives, table, nora) is Reason.SAVED_ALREADY


def test_the_day_it_went_over_stands_on_the_timeline_of_both(table, eirik, nes, nora):
    prepares(table, nes, day=NOON.date())
    takes_over(table, nora)
    for actor in (eirik, nora):
        with table.looking(actor) as case:
            (lane,) = timeline.of(case, (), (), (), ()).lanes
            assert (lane.stretches[0].first, lane.stretches[0].words) == (NOON.date(), "Nes skole fra 10. mars 2026.")


@pytest.mark.parametrize("granvik", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_the_database_itself_keeps_what_did_not_go_along_and_what_came_after(table, granvik, eirik, nes, nora):
    table.starts()
    table.moves(Step.PLANLEGG_TILTAK)
    table.plans(but="nothing")
    prepares(table, nes, day=NOON.date())
    takes_over(table, nora)
    at_nes = planning.save_tiltak(
        At(nora, table.number), text="Nora møter Solveig på Nes", responsible=None, oppmerksomhet=table.concern
    )

    def holds(actor):
        with granvik.reading(actor.id) as session:
            tiltak = set(session.execute(select(Tiltak.id)).scalars())
            return tiltak, len(session.execute(select(SituationText.id)).all())

    assert holds(nora) == ({table.at_school, table.at_home, at_nes}, 0)
    assert holds(eirik) == ({table.at_school, table.at_home}, 2)


def test_a_deputy_of_the_old_school_leads_nothing_from_the_day_on(table, torleiv, nes, nora):
    handing_over.name_deputy(table.at, to=torleiv.id, until=date(2026, 12, 1))
    assert relation(table, torleiv) is Relation.STAFETTHOLDER
    prepares(table, nes, day=NOON.date())
    assert relation(table, torleiv) is Relation.FORMER


def test_one_the_family_still_says_yes_to_stays_as_any_covered_service(table, eirik, nes, nora):
    prepares(table, nes, day=NOON.date())
    takes_over(table, nora)
    table.at = At(nora, table.number)
    table.services["granvik-skole"] = eirik.service
    table.consents("granvik-skole")
    archives(table, eirik)
    assert relation(table, eirik) is Relation.COVERED


def test_both_are_asked_for_their_archive_and_nobody_else(table, eirik, torleiv, pernille, nes, nora):
    table.consents("ppt")
    table.lets_join(torleiv)
    table.lets_join(pernille)
    prepares(table, nes, day=NOON.date())
    takes_over(table, nora)

    def waits(actor):
        return [task.kind for one in due.my_list(actor) for task in one.tasks if task.kind is due.Due.ARCHIVE_TRANSFER]

    assert [len(waits(one)) for one in (eirik, torleiv, nora, pernille)] == [1, 1, 1, 0]
    archives(table, eirik)
    archives(table, nora)
    assert [len(waits(one)) for one in (eirik, torleiv, nora, pernille)] == [0, 0, 0, 0]


def test_a_paper_from_the_new_school_holds_no_more_than_it_may_read(table, nes, nora):
    table.starts()
    table.moves(Step.PLANLEGG_TILTAK)
    table.plans(but="nothing")
    prepares(table, nes, day=NOON.date())
    takes_over(table, nora)

    assert refused(print_stafettlogg, At(nora, table.number), recipient="ppt", language="nb") is Reason.NOT_COVERED
    with table.looking(nora) as case:
        assert {one.code for one in exporting.recipients(case)} == {
            "child",
            "archive",
            "guardian:1",
            "guardian:2",
            "family",
        }
    for recipient in ("family", "archive", "child"):
        paper = print_stafettlogg(At(nora, table.number), recipient=recipient, language="nb")
        assert "Solveig er ofte borte på mandager." not in repr(paper)
        assert "Søndagene er lange." not in repr(paper)
        assert "Eirik møter Solveig i døra mandag morgen" in repr(paper)


def test_a_school_of_another_owner_reads_what_goes_along_and_what_it_writes(granvik, table, person):
    nes = make_school(granvik, owner=ServiceOwner.OTHER, agreement_date=date(2026, 3, 1))
    nora = person("nora")
    table.starts()
    table.moves(Step.PLANLEGG_TILTAK)
    table.plans(but="nothing")
    prepares(table, nes, day=NOON.date())
    takes_over(table, nora)

    assert reads(table, nora)["situation"] == []
    assert len(reads(table, nora)["tiltak"]) == 2
    with table.looking(nora) as case:
        assert (case.sight.everything, case.sight.own) == (False, nes)
    with granvik.writing() as session:
        session.execute(update(Service).where(Service.id == nes).values(agreement_date=None))
    assert sees_nothing(table, nora)


def test_the_school_that_was_left_is_not_told_who_the_new_one_brings_to_the_meeting(table, eirik, nes, nora):
    table.starts()
    table.moves(Step.PLANLEGG_TILTAK)
    table.plans(but="nothing")
    prepares(table, nes, TakesAlong.EVERYTHING)
    table.clock.set(THE_DAY)
    takes_over(table, nora)
    with table.looking(nora) as case:
        meeting = story.evaluation_meeting(story.every_meeting(case), 1)
    preparing.bring_to_meeting(
        At(nora, table.number),
        meeting=meeting.id,
        name="Tove Tolkesen",
        kind=ParticipantKind.INTERPRETER,
        why="",
        wished_by_family=False,
        secrecy_explained=True,
    )

    with table.looking(nora) as case:
        assert [len(m.besides) for m in story.every_meeting(case)] == [1]
    with table.looking(eirik) as case:
        assert [len(m.besides) for m in story.every_meeting(case)] == [0]

"""The meeting that comes: where, what for, agreed how with the family, who comes and who does what. It follows until it is said."""

from datetime import date, datetime, time
from uuid import uuid4

import pytest
from sqlalchemy import select

from bti import clock
from bti.casework import story
from bti.casework.consent import modes
from bti.casework.door import At
from bti.casework.people import handing_over, people
from bti.casework.steps import deciding, preparing
from bti.content.meeting_words import agreed_sentence, duties_sentence, purpose_of
from bti.errors import Reason
from bti.rules.evaluation import TiltakOutcome
from bti.rules.meeting import FamilyAgreed, MeetingDuty, MeetingState
from bti.rules.people import ParticipantKind
from bti.rules.workflow import DecisionOutcome, Level, StafettloggMode, Step
from bti.store.tables import Meeting, Participant
from tests.casework.test_five_steps import EVALUATED, ON_ONE_ENGINE, refused

GUEST = {"kind": ParticipantKind.FAMILY_GUEST, "why": "", "wished_by_family": True, "secrecy_explained": True}


@pytest.fixture
def planned(table, pernille):
    """The plan of Solveig's family, with Pernille of PPT in it and the evaluation meeting agreed."""
    table.starts()
    table.lets_join(pernille)
    table.moves(Step.PLANLEGG_TILTAK)
    table.plans()
    return table


def meeting_of(table, actor=None):
    with table.looking(actor) as case:
        return story.evaluation_meeting(story.meetings(case), case.round)


def describes(table, **more):
    meeting = meeting_of(table)
    given = {"place": "", "until": time(13), "purpose": "", "agreed_how": None, "version": meeting.version}
    return preparing.describe_meeting(table.at, meeting=meeting.id, **(given | more))


def divides(table, **more):
    meeting = meeting_of(table)
    given = {f"{duty}": None for duty in MeetingDuty} | {"version": meeting.version}
    return preparing.divide_duties(table.at, meeting=meeting.id, **(given | more))


def brings(table, name="Gunn Testdal", **more):
    return preparing.bring_to_meeting(table.at, meeting=meeting_of(table).id, name=name, **(GUEST | more))


def leaves_out(table, *away):
    return preparing.choose_who_comes(table.at, meeting=meeting_of(table).id, away=away)


def who_does_what(table, actor=None):
    with table.looking(actor) as case:
        meeting = story.evaluation_meeting(story.meetings(case), case.round)
        does = preparing.who_does_what(case, meeting, people.people(case))
        return duties_sentence((one.person.first_name, one.duties) for one in does)


# What follows


@pytest.mark.meets("S0-15", "S0-16", "S0-52", "R-39")
def test_what_nobody_has_said_of_a_meeting_follows(planned):
    meeting = meeting_of(planned)

    assert (meeting.start, meeting.planned_end) == (
        datetime.combine(EVALUATED, time(12), clock.OSLO),
        datetime.combine(EVALUATED, time(13), clock.OSLO),
    )
    assert purpose_of(meeting.type, meeting.purpose) == (
        "Vi ser på hva tiltakene har ført til, og bestemmer veien videre."
    )
    assert who_does_what(planned) == "Eirik kaller inn, leder møtet, skriver referatet og oppdaterer loggen."
    assert (meeting.place, meeting.agreed_how, meeting.besides, meeting.away) == ("", None, (), frozenset())


@pytest.mark.meets("scenario-8")
def test_where_there_is_no_stafettlogg_nobody_updates_it(planned):
    planned.withdraws(planned.jonas, "ppt", "skolehelse")
    modes.do_without_log(planned.at, mode=StafettloggMode.NONE)

    assert who_does_what(planned) == "Eirik kaller inn, leder møtet og skriver referatet."
    with planned.looking() as case:
        assert case.level is Level.OWN_SERVICE


# What is said


@pytest.mark.meets("S0-10", "S3-05", "S3-08")
def test_where_what_for_and_how_it_was_agreed_with_the_family_is_said_by_the_stafettholder(planned, pernille):
    describes(
        planned,
        place="Rom 12",
        until=time(13, 30),
        purpose="Vi ser på mandagene.",
        agreed_how=FamilyAgreed.BY_PHONE,
    )

    meeting = meeting_of(planned, pernille)
    assert (meeting.place, meeting.purpose) == ("Rom 12", "Vi ser på mandagene.")
    assert meeting.planned_end == datetime.combine(EVALUATED, time(13, 30), clock.OSLO)
    agreed = agreed_sentence(meeting.agreed_how, clock.day(meeting.agreed_at))
    assert agreed == "Avtalt med familien 10. mars 2026: på telefon."
    assert agreed_sentence(FamilyAgreed.ALREADY, EVALUATED) == "Møtet er avtalt med familien."
    assert refused(describes, planned, until=time(12)) is Reason.ENDS_BEFORE_START


@pytest.mark.meets("R-22")
def test_a_meeting_that_is_moved_lasts_as_long_and_is_agreed_with_the_family_anew(planned):
    describes(planned, place="Rom 12", until=time(13, 30), agreed_how=FamilyAgreed.TOGETHER)
    planned.agrees_on_meeting(version=meeting_of(planned).version)
    assert meeting_of(planned).agreed_how is FamilyAgreed.TOGETHER, "the same day again moves nothing"

    planned.agrees_on_meeting(date(2026, 4, 21), version=meeting_of(planned).version)

    meeting = meeting_of(planned)
    assert meeting.planned_end == datetime.combine(date(2026, 4, 21), time(13, 30), clock.OSLO)
    assert (meeting.place, meeting.agreed_how, meeting.agreed_at) == ("Rom 12", None, None)


def test_the_next_meeting_is_held_where_the_last_one_was(planned):
    describes(planned, place="Rom 12")
    planned.moves(Step.IVERKSETT)
    planned.carries_out()
    planned.moves(Step.EVALUERING)
    planned.evaluates(outcomes=[(planned.at_school, TiltakOutcome.CONTINUE), (planned.at_home, TiltakOutcome.END)])
    planned.moves(Step.VEIEN_VIDERE)
    planned.decides(DecisionOutcome.CONTINUE)
    deciding.carry_out(planned.at)

    planned.agrees_on_meeting(date(2026, 5, 26))

    assert meeting_of(planned).place == "Rom 12"


@pytest.mark.meets("R-39")
def test_a_duty_that_is_given_away_stays_and_the_others_follow_the_stafettholder(planned, liv, granvik):
    planned.lets_join(liv)
    who = planned.who_takes_part()
    divides(planned, chair=who["Pernille Påfunn"], take_minutes=who["Eirik Prøve"], viddevakt=who["Liv Eksempel"])

    said = "Eirik kaller inn, skriver referatet og oppdaterer loggen. Pernille leder møtet. Liv er viddevakt."
    assert who_does_what(planned) == said
    assert set(meeting_of(planned).duties) == {MeetingDuty.CHAIR, MeetingDuty.VIDDEVAKT}

    asked = handing_over.propose(planned.at, to=liv.id, reason=None, until=None)
    handing_over.spoken_yes(planned.at, handover=asked)
    assert who_does_what(planned, liv).startswith("Liv kaller inn, skriver referatet, oppdaterer loggen")


def test_what_is_written_is_written_by_one_who_may_write_in_the_log(planned):
    pernille = planned.who_takes_part()["Pernille Påfunn"]

    assert refused(divides, planned, update_log=pernille) is Reason.NOT_A_CHOICE
    assert refused(divides, planned, take_minutes=pernille) is Reason.NOT_A_CHOICE
    assert refused(divides, planned, chair=planned.who_takes_part()["Marte Testdal"]) is Reason.NOT_A_CHOICE
    divides(planned, chair=pernille, send_invitation=pernille)


def test_the_duty_of_one_who_is_not_in_the_log_any_more_is_the_stafettholders(planned, liv):
    planned.lets_join(liv)
    divides(planned, chair=planned.who_takes_part()["Pernille Påfunn"])
    planned.withdraws(planned.jonas, "ppt")

    assert who_does_what(planned) == "Eirik kaller inn, leder møtet, skriver referatet og oppdaterer loggen."
    said_to_liv = who_does_what(planned, liv)
    assert "Pernille" not in said_to_liv
    assert "leder" not in said_to_liv, "who is not told of her is not told who leads"


# Who comes


@pytest.mark.meets("R-64")
def test_who_comes_besides_those_in_the_log_never_finds_it(planned, granvik):
    brings(planned)
    brings(planned, "Tore Tolkesen", kind=ParticipantKind.INTERPRETER, why="Tigrinja", wished_by_family=False)

    meeting = meeting_of(planned)
    assert [(b.name, b.kind, b.why) for b in meeting.besides] == [
        ("Gunn Testdal", ParticipantKind.FAMILY_GUEST, ""),
        ("Tore Tolkesen", ParticipantKind.INTERPRETER, "Tigrinja"),
    ]
    with granvik.reading(planned.eirik.id) as session:
        kinds = session.execute(select(Participant.kind).distinct()).scalars()
        assert set(kinds) == {ParticipantKind.FAMILY, ParticipantKind.STAFF}
    assert "Gunn Testdal" not in planned.who_takes_part()


@pytest.mark.meets("R-64")
@ON_ONE_ENGINE
def test_only_the_family_can_bring_a_guest_or_let_an_observer_in(planned):
    for kind in (ParticipantKind.FAMILY_GUEST, ParticipantKind.OBSERVER):
        assert refused(brings, planned, kind=kind, wished_by_family=False) is Reason.FAMILY_WISHES
    for kind in (None, ParticipantKind.FAMILY, ParticipantKind.STAFF):
        assert refused(brings, planned, kind=kind) is Reason.WHO_IS_THIS


@pytest.mark.meets("S1-09")
def test_a_colleague_or_a_guest_may_stay_away_and_come_after_all(planned):
    gunn = brings(planned)
    pernille = planned.who_takes_part()["Pernille Påfunn"]
    leaves_out(planned, pernille, gunn)
    assert (meeting_of(planned).away, meeting_of(planned).besides) == ({pernille, gunn}, ())

    leaves_out(planned)

    assert meeting_of(planned).away == frozenset()
    assert [b.id for b in meeting_of(planned).besides] == [gunn]


@ON_ONE_ENGINE
def test_the_family_and_the_stafettholder_are_always_asked_to_come(planned):
    who = planned.who_takes_part()

    for name in ("Marte Testdal", "Eirik Prøve"):
        assert refused(leaves_out, planned, who[name]) is Reason.NOT_A_CHOICE


# Who says it, and of which meeting


def test_a_service_the_family_lets_in_reads_it_and_says_nothing_of_it(planned, pernille):
    brings(planned)
    assert [b.name for b in meeting_of(planned, pernille).besides] == ["Gunn Testdal"]

    hers, meeting = At(pernille, planned.number), meeting_of(planned)
    said = {"name": "Nora Nyvik", **GUEST}
    assert refused(preparing.bring_to_meeting, hers, meeting=meeting.id, **said) is Reason.NOT_ALLOWED
    assert refused(preparing.choose_who_comes, hers, meeting=meeting.id, away=()) is Reason.NOT_ALLOWED


def test_a_service_that_is_shut_out_reads_nothing_of_it(planned, pernille):
    brings(planned)
    planned.withdraws(planned.jonas, "ppt")

    assert refused(meeting_of, planned, pernille) is Reason.NOT_YOURS


@ON_ONE_ENGINE
def test_another_meeting_than_one_that_comes_in_this_round_is_not_prepared(planned, granvik):
    assert refused(preparing.choose_who_comes, planned.at, meeting=uuid4(), away=()) is Reason.NOT_A_CHOICE
    meeting = meeting_of(planned)
    for change in ({"state": MeetingState.CLOSED}, {"state": MeetingState.PLANNED, "round": 2}):
        with granvik.writing() as session:
            row = session.get_one(Meeting, meeting.id)
            for name, value in change.items():
                setattr(row, name, value)
        asked = {"meeting": meeting.id, "away": ()}
        assert refused(preparing.choose_who_comes, planned.at, **asked) is Reason.NOT_A_CHOICE


@ON_ONE_ENGINE
def test_one_meeting_with_guests_is_still_one_meeting(planned):
    for name in ("Gunn Testdal", "Nora Nyvik"):
        brings(planned, name)

    with planned.looking() as case:
        assert len(story.meetings(case)) == 1

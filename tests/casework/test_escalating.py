"""Scenario 14: no desired effect, BUP is needed, and the family says yes to just that before anybody is asked."""

from datetime import UTC, date, datetime, time

import pytest

from bti.casework import story
from bti.casework.consent import consenting
from bti.casework.consent.consenting import Asked
from bti.casework.desk import seeing
from bti.casework.door import At
from bti.casework.operating import accounts
from bti.casework.paper import exporting
from bti.casework.people import people
from bti.casework.steps import deciding, escalating
from bti.errors import Reason
from bti.rules.consent import ConsentLevel, ConsentState
from bti.rules.decision import FamilyAgrees
from bti.rules.escalating import MessageStatus, Outward
from bti.rules.evaluation import Effect, TiltakOutcome
from bti.rules.meeting import MeetingType
from bti.rules.people import AccessRole
from bti.rules.workflow import CaseStatus, DecisionOutcome, Level, Step
from tests.casework.test_five_steps import ON_ONE_ENGINE, Table, refused
from tests.casework.test_gate import NO, YES


class Outwards(Table):
    """Solveig's family, on the way to BUP."""

    def __init__(self, eirik, wall_clock, pernille):
        super().__init__(eirik, wall_clock)
        self.starts()
        self.lets_join(pernille)
        self.moves(Step.PLANLEGG_TILTAK)
        self.plans()
        self.moves(Step.IVERKSETT)
        self.carries_out()
        self.moves(Step.EVALUERING)
        ends = ((self.at_school, TiltakOutcome.END), (self.at_home, TiltakOutcome.END))
        self.evaluates(effect=Effect.NONE, outcomes=ends)
        self.moves(Step.VEIEN_VIDERE)
        self.decides(DecisionOutcome.ESCALATE_EXTERNAL)
        deciding.carry_out(self.at)

    def writes(self, version=0, codes=("bup",)):
        return escalating.write_message(
            self.at,
            recipients=[self.services[code] for code in codes],
            situation_text="Solveig er borte oftere enn før.",
            family_view="Vi trenger noen å snakke med.",
            question_to_service="Kan dere hjelpe med det hun gruer seg til?",
            version=version,
        )

    def says_yes_to_bup(self, level=ConsentLevel.EVERYDAY, answer=YES):
        self.consent = consenting.ask_family(
            self.at,
            asked=[Asked(self.services["bup"], level)],
            not_to_share="",
            whole_year=False,
            information_given=True,
        )
        for guardian in (self.marte, self.jonas):
            self.answers(guardian, bup=answer)

    def view(self, actor=None):
        with self.looking(actor) as case:
            return escalating.view(case)

    def does_all(self):
        self.writes()
        escalating.family_has_read(self.at, version=1)
        self.says_yes_to_bup()
        escalating.make_ready(self.at, version=2)
        escalating.call_meeting(self.at, day=date(2026, 4, 28), at=time(12))


@pytest.fixture
def outwards(eirik, wall_clock, pernille):
    return Outwards(eirik, wall_clock, pernille)


@pytest.mark.meets("R-08", "S4-28", "S4-29", "S4-35", "scenario-14")
def test_all_four_things_and_the_case_begins_again_at_the_next_level(outwards):
    assert outwards.view().missing == (Outward.SERVICES, Outward.MESSAGE, Outward.CONSENT, Outward.MEETING)
    outwards.writes()
    assert outwards.view().missing == (Outward.MESSAGE, Outward.CONSENT, Outward.MEETING)
    escalating.family_has_read(outwards.at, version=1)
    assert refused(escalating.make_ready, outwards.at, version=2) is Reason.NEW_CONSENT
    assert refused(escalating.call_meeting, outwards.at, day=date(2026, 4, 28), at=time(12)) is Reason.NEW_CONSENT
    assert refused(escalating.go_out, outwards.at) is Reason.STEP_NOT_DONE

    outwards.says_yes_to_bup()
    escalating.make_ready(outwards.at, version=2)
    escalating.call_meeting(outwards.at, day=date(2026, 4, 28), at=time(12))
    assert outwards.view().missing == ()
    escalating.go_out(outwards.at)

    assert outwards.stands() == (CaseStatus.OPEN, Step.OPPSTART, 2, Level.EXTERNAL)
    with outwards.looking() as case:
        assert (case.carried_on, seeing.head(case).level_name) == (False, "C")


@pytest.mark.meets("R-08")
def test_a_yes_to_working_together_is_no_yes_to_asking_others(outwards, pernille):
    outwards.writes(codes=("ppt",))
    escalating.family_has_read(outwards.at, version=1)

    assert refused(escalating.make_ready, outwards.at, version=2) is Reason.NEW_CONSENT
    with outwards.looking(pernille) as case:
        assert escalating.messages(case) == ()


@pytest.mark.meets("R-01", "R-08")
def test_bup_reads_the_message_while_it_is_asked_and_nothing_when_the_family_says_no(outwards, person):
    accounts.add_user(
        username="berit",
        name="Berit Oppdikt",
        title="psykolog",
        service="bup",
        role=AccessRole.EMPLOYEE,
        language="nb",
        password="solveig liker å tegne",
    )
    berit = person("berit")
    outwards.does_all()
    outwards.lets_join(berit)
    with outwards.looking(berit) as case:
        assert [m.question_to_service for m in escalating.messages(case)] == [
            "Kan dere hjelpe med det hun gruer seg til?"
        ]
    assert len(seeing.my_cases(berit)) == 1

    escalating.family_says_no(outwards.at)

    assert outwards.stands()[:3] == (CaseStatus.OPEN, Step.VEIEN_VIDERE, 1)
    assert refused(outwards.looking(berit).__enter__) is Reason.NOT_YOURS
    assert seeing.my_cases(berit) == ()
    outwards.decides_on(DecisionOutcome.OTHER_MEASURES_OWN_SERVICE, version=1)
    deciding.carry_out(outwards.at)
    assert outwards.stands()[:3] == (CaseStatus.OPEN, Step.PLANLEGG_TILTAK, 2)


@ON_ONE_ENGINE
def test_the_message_tells_what_was_tried_and_only_what_the_child_lets_those_read(outwards):
    outwards.writes()
    view = outwards.view()
    assert [effect for _, effect in view.tried] == [Effect.NONE, Effect.NONE]
    assert view.child_said == ()  # «alle» was those who were asked about by then, and BUP was not

    outwards.writes(version=1, codes=("ppt",))
    assert "Nå gleder jeg meg til mandag." in outwards.view().child_said


@ON_ONE_ENGINE
def test_what_is_changed_must_be_read_by_the_family_again(outwards):
    outwards.writes()
    assert refused(escalating.make_ready, outwards.at, version=1) is Reason.MESSAGE_NOT_READ
    escalating.family_has_read(outwards.at, version=1)
    assert refused(escalating.family_has_read, outwards.at, version=2) is Reason.SAVED_ALREADY
    outwards.writes(version=2)

    assert outwards.view().message.status is MessageStatus.DRAFT
    assert refused(outwards.writes, version=3, codes=()) is Reason.NOT_A_CHOICE


@ON_ONE_ENGINE
def test_the_kommune_sends_it_and_the_log_says_when_and_how(outwards):
    outwards.does_all()
    late = {"channel": "SvarUt", "sent_on": date(2026, 4, 15), "version": 3}
    assert refused(escalating.was_sent, outwards.at, **late) is Reason.IN_THE_FUTURE
    escalating.was_sent(outwards.at, channel="SvarUt", sent_on=date(2026, 4, 14), version=3)

    message = outwards.view().message
    assert (message.status, message.channel, message.sent_on) == (
        MessageStatus.SENT_OUTSIDE_APP,
        "SvarUt",
        date(2026, 4, 14),
    )
    assert refused(outwards.writes, version=4) is Reason.SAVED_ALREADY


@ON_ONE_ENGINE
def test_a_meeting_that_is_called_can_be_moved_and_never_into_the_past(outwards):
    outwards.does_all()
    escalating.call_meeting(outwards.at, day=date(2026, 4, 29), at=time(12))
    assert outwards.view().meeting.day == date(2026, 4, 29)
    assert refused(escalating.call_meeting, outwards.at, day=date(2026, 4, 1), at=time(12)) is Reason.IN_THE_PAST


@pytest.mark.meets("R-08", "R-10")
def test_after_the_familys_no_nobody_is_to_meet_with_others_until_it_is_agreed_anew(outwards, wall_clock):
    outwards.does_all()
    wall_clock.set(datetime(2026, 4, 15, 10, tzinfo=UTC))
    escalating.family_says_no(outwards.at)

    with outwards.looking() as case:
        assert MeetingType.LEVEL_C not in {meeting.type for meeting in story.every_meeting(case)}
        assert seeing.head(case).next_meeting is None
        assert exporting.content_for(case, "family", "nb").next_meeting is None
    assert [line.meeting for line in seeing.my_cases(outwards.eirik)] == [None]

    outwards.decides_on(DecisionOutcome.ESCALATE_EXTERNAL, version=1)
    deciding.carry_out(outwards.at)
    assert Outward.MEETING in outwards.view().missing
    escalating.call_meeting(outwards.at, day=date(2026, 5, 12), at=time(12))
    assert outwards.view().meeting.day == date(2026, 5, 12)


@ON_ONE_ENGINE
def test_a_meeting_with_others_that_was_held_stays_held_after_the_familys_no(outwards, wall_clock):
    outwards.does_all()
    wall_clock.set(datetime(2026, 4, 28, 13, tzinfo=UTC))
    escalating.family_says_no(outwards.at)
    with outwards.looking() as case:
        assert [m.day for m in story.meetings(case) if m.type is MeetingType.LEVEL_C] == [date(2026, 4, 28)]


@ON_ONE_ENGINE
def test_no_new_decision_while_the_old_one_is_carried_out(outwards):
    given = {"family_agrees": FamilyAgrees.YES, "version": 1, "deviation_reason": "Nei."}
    assert refused(outwards.decides_on, DecisionOutcome.CONTINUE, **given) is Reason.ON_THE_WAY_OUT
    assert refused(deciding.carry_out, outwards.at) is Reason.ON_THE_WAY_OUT
    escalating.family_says_no(outwards.at)
    assert refused(escalating.family_says_no, outwards.at) is Reason.OTHER_STEP
    assert refused(outwards.writes) is Reason.OTHER_STEP


@ON_ONE_ENGINE
@pytest.mark.meets("R-10")
def test_a_no_to_bup_stops_the_message_and_nothing_else(outwards, pernille):
    outwards.writes()
    escalating.family_has_read(outwards.at, version=1)
    outwards.says_yes_to_bup(answer=NO)

    assert refused(escalating.make_ready, outwards.at, version=2) is Reason.NEW_CONSENT
    assert outwards.stands()[3] is Level.MUNICIPAL
    assert outwards.state("bup") is ConsentState.REFUSED
    assert outwards.state("ppt") is ConsentState.ACTIVE
    with outwards.looking(pernille) as case:
        assert "bup" not in {s.code for s in consenting.standings(case)}
    escalating.family_says_no(outwards.at)
    assert outwards.state("bup") is ConsentState.NOT_ASKED


@ON_ONE_ENGINE
def test_only_the_stafettholder_writes_to_others(outwards, pernille):
    assert refused(escalating.family_says_no, At(pernille, outwards.number)) is Reason.NOT_ALLOWED
    with outwards.looking() as case:
        assert outwards.services["bup"] not in people.covered_services(case)

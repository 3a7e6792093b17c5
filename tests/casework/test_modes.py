"""Without a digital log: in the own service alone, or on paper (scenarios 8 and 31, K4)."""

import importlib
import pkgutil
from datetime import date, timedelta

import pytest
from sqlalchemy import func, inspect, select, text

from bti import casework
from bti.casework.consent import consenting, modes
from bti.casework.desk import drafting
from bti.casework.door import MODES, USE_CASES
from bti.casework.paper import exporting
from bti.casework.people import correcting, everyday, family_facts, people
from bti.casework.steps import deciding, planning, starting
from bti.errors import Reason, Refused
from bti.rules.consent import ConsentState
from bti.rules.guards import Missing
from bti.rules.workflow import CaseStatus, DecisionOutcome, Level, StafettloggMode, Step
from bti.store.engine import NOBODY
from bti.store.tables import Case, Draft, LogEvent
from tests.casework.test_five_steps import refused
from tests.casework.test_gate import NO, YES
from tests.cast import SOLVEIG_BORN

MARCH = date(2026, 3, 10)


def mode(table):
    with table.looking() as case:
        return case.mode, case.level, case.status


@pytest.mark.meets("R-14", "scenario-8", "S0-49")
def test_without_a_log_all_five_steps_are_passed_with_the_school_alone(table):
    modes.do_without_log(table.at, mode=StafettloggMode.NONE)
    assert mode(table) == (StafettloggMode.NONE, Level.OWN_SERVICE, CaseStatus.OPEN)
    table.starts(but=Missing.CONSENT)
    table.moves(Step.PLANLEGG_TILTAK)
    table.plans()
    table.moves(Step.IVERKSETT)
    table.carries_out()
    table.moves(Step.EVALUERING)
    table.evaluates()
    table.moves(Step.VEIEN_VIDERE)
    table.decides()
    with table.looking() as case:
        assert deciding.view(case).missing == ()
    assert exporting.stafettlogg(table.at, recipient="archive", language="nb").startswith(b"%PDF")


@pytest.mark.meets("R-69")
def test_without_a_log_nobody_is_asked_or_let_in(table):
    table.is_asked("ppt")
    modes.do_without_log(table.at, mode=StafettloggMode.NONE)

    assert refused(table.is_asked, "ppt") is Reason.NOTHING_TO_SHARE
    assert refused(table.answers, table.marte, ppt=NO) is Reason.NOTHING_TO_SHARE


def test_while_a_service_sees_the_log_it_is_not_left(table):
    table.consents("ppt")

    for wanted in (StafettloggMode.NONE, StafettloggMode.PAPER):
        assert refused(modes.do_without_log, table.at, mode=wanted) is Reason.SHARED_NOW
    table.withdraws(table.marte, "ppt")
    modes.do_without_log(table.at, mode=StafettloggMode.NONE)


def test_what_is_kept_already_does_not_go_over_to_paper(table):
    table.is_asked("ppt")
    starting.save_situation(table.at, core="Solveig er borte.", resource="Hun tegner.", challenge="", version=0)

    assert refused(modes.do_without_log, table.at, mode=StafettloggMode.PAPER) is Reason.WRITTEN_HERE
    assert refused(modes.do_without_log, table.at, mode=StafettloggMode.DIGITAL) is Reason.NOT_A_CHOICE


@pytest.fixture
def on_paper(table):
    drafting.keep(table.eirik, table.number, "SituationForm", {"core": "Hemmelig kladd"}, 0)
    modes.do_without_log(table.at, mode=StafettloggMode.PAPER)
    return table


def acts(table):
    """Everything that writes a part of the content, or lets somebody see it."""
    give = {"version": 0}
    return {
        "save_situation": lambda: starting.save_situation(table.at, core="Ord", resource="Ord", challenge="", **give),
        "plan_child": lambda: table.plans_for_child(starting.ChildTakesPart.ATTENDS),
        "save_child_view": table.hears_child,
        "save_oppmerksomhet": lambda: planning.save_oppmerksomhet(table.at, title="Ord", goal="", **give),
        "agree_evaluation": table.agrees_on_meeting,
        "save_best_interests": lambda: planning.save_best_interests(table.at, text="Ord", **give),
        "judge_round": table.judges,
        "decide": lambda: table.decides_on(DecisionOutcome.CLOSE),
        "ask_family": lambda: table.is_asked("ppt"),
        "print": lambda: exporting.print_stafettlogg(table.at, recipient="family", language="nb"),
    }


@pytest.mark.meets("R-69")
@pytest.mark.parametrize("act", ["save_situation", "plan_child", "save_child_view", "save_oppmerksomhet"])
def test_on_paper_what_is_said_is_refused(on_paper, act):
    assert refused(acts(on_paper)[act]) is Reason.ON_PAPER


def test_on_paper_all_that_keeps_content_is_refused_at_the_one_door(on_paper):
    for name, act in acts(on_paper).items():
        assert refused(act) is Reason.ON_PAPER, name


KEEPS_NOTHING = {
    "add_colleagues",
    "remove_colleague",
    "let_back",
    "move_on",
    "withdraw",
    "create_log",
    "note_paper_meeting",
    "end_on_paper",
    "propose",
    "spoken_yes",
    "take_back",
    "ask_again",
    "name_deputy",
    "end_deputy",
    "end_in_error",
    "not_in_error",
    "change_address",
    "prepare_transfer",
    "family_says_yes",
    "cancel_transfer",
    "record_transfer_archived",
    "correct_child",
    "correct_guardian",
    "save_contact",
    "block",
}


def test_every_other_use_case_says_no_to_paper_and_a_new_one_does_by_itself():
    for module in pkgutil.walk_packages(casework.__path__, "bti.casework."):
        importlib.import_module(module.name)
    allowed = {name.rsplit(".", 1)[1] for name, among in MODES.items() if StafettloggMode.PAPER in among}

    assert allowed == KEEPS_NOTHING
    ours = {name for name in USE_CASES if name.startswith("bti.")}
    assert {name for name in MODES if name.startswith("bti.")} == ours


def all_words(granvik, reader=NOBODY):
    """Return all that is kept in the database, as one text; on PostgreSQL, all of it that is for the reader."""
    with granvik.reading(reader) as session:
        tables = inspect(granvik.engine).get_table_names()
        return " ".join(str(row) for name in tables for row in session.execute(text(f'SELECT * FROM "{name}"')))


@pytest.mark.meets("R-69", "scenario-31")
def test_a_meeting_on_paper_leaves_its_day_and_that_it_was_held_and_no_word(on_paper, granvik):
    modes.note_paper_meeting(on_paper.at, day=MARCH, held=False)
    modes.note_paper_meeting(on_paper.at, day=MARCH, held=True)
    for step in (Step.PLANLEGG_TILTAK, Step.IVERKSETT, Step.EVALUERING, Step.VEIEN_VIDERE):
        on_paper.moves(step)

    with on_paper.looking() as case:
        assert [(m.day, m.held) for m in modes.paper_meetings(case)] == [(MARCH, True)]
        assert case.session.execute(select(func.count()).select_from(Draft)).scalar_one() == 0
        done = case.session.execute(select(LogEvent.action).where(LogEvent.case_id == case.id)).scalars().all()
    assert "do_without_log" in done
    if not granvik.is_postgres:
        assert "Hemmelig kladd" not in all_words(granvik)


def says(table, **contact):
    """Write how Marte is reached."""
    given = {"phone": "", "phoned_by": [], "lives_with_child": True, "receives_information": None, "why_not": ""}
    words = {"language": "", "interpreter_language": ""}
    with table.looking() as case:
        version = next(g.version for g in family_facts.view(case).guardians if g.id == table.marte)
    correcting.save_contact(table.at, guardian=table.marte, version=version, **given | words | contact)


@pytest.mark.meets("R-69")
def test_what_the_family_said_in_its_own_words_before_it_chose_paper_goes_too(table, granvik):
    table.is_asked("ppt", not_to_share="Ikke si noe om fars sykdom")
    for guardian in (table.marte, table.jonas):
        table.answers(guardian, ppt=NO)
    says(table, why_not="Hun er innlagt")
    everyday.save_everyday(
        table.at,
        home_service=None,
        language="",
        interpreter_language="",
        communication_needs="Han trenger ro",
        written_norm=None,
        version=1,
    )
    said = ("fars sykdom", "innlagt", "trenger ro")
    assert all(words in all_words(granvik, table.eirik.id) for words in said)

    modes.do_without_log(table.at, mode=StafettloggMode.PAPER)

    assert not [words for words in said if words in all_words(granvik, table.eirik.id)]
    with table.looking() as case:
        assert [g.participates for g in family_facts.view(case).guardians] == [False, True]


@pytest.mark.meets("R-67", "R-71", "R-69")
def test_on_paper_the_child_and_the_guardians_are_put_right_and_reached_and_no_reason_is_kept(on_paper):
    given = {"birth_date": SOLVEIG_BORN, "due_date": None, "group": "6b", "understood": False, "version": 1}
    correcting.correct_child(on_paper.at, name="Solveig Marie Testdal", **given)
    says(on_paper, phone="900 00 000")
    assert refused(says, on_paper, why_not="Hun er innlagt") is Reason.ON_PAPER

    with on_paper.looking() as case:
        known = family_facts.view(case)
    assert (known.name, known.group) == ("Solveig Marie Testdal", "6B")
    assert [(g.phone, g.participates) for g in known.guardians] == [("900 00 000", True), ("", True)]
    assert {(c.field, c.old, c.new) for c in known.corrections} == {
        ("given_names", "Solveig", "Solveig Marie"),
        ("group", "5B", "6B"),
    }


def test_a_draft_of_a_case_on_paper_is_not_kept(on_paper):
    drafting.keep(on_paper.eirik, on_paper.number, "SituationForm", {"core": "Mer kladd"}, 0)

    assert drafting.mine(on_paper.eirik, on_paper.number) == {}


def test_what_a_colleague_was_typing_goes_too(table, person, granvik):
    torleiv = person("torleiv")
    people.add_colleagues(table.at, users=[torleiv.id])
    drafting.keep(torleiv, table.number, "SituationForm", {"core": "Kladd"}, 0)
    modes.do_without_log(table.at, mode=StafettloggMode.PAPER)

    assert drafting.mine(torleiv, table.number) == {}
    drafting.keep(torleiv, "", "NewCaseForm", {"child_name": "Kari"}, 0)
    assert set(drafting.mine(torleiv, "")) == {"NewCaseForm"}


def test_a_meeting_that_is_to_come_has_not_been_held(on_paper):
    assert refused(modes.note_paper_meeting, on_paper.at, day=date(2026, 3, 11), held=True) is Reason.IN_THE_FUTURE
    modes.note_paper_meeting(on_paper.at, day=date(2026, 3, 11), held=False)


def test_meetings_on_paper_are_noted_of_cases_on_paper_only(table):
    assert refused(modes.note_paper_meeting, table.at, day=MARCH, held=True) is Reason.NOTHING_TO_SHARE


@pytest.mark.meets("R-14", "scenario-31")
def test_they_change_their_minds_and_nothing_is_guessed(on_paper, pernille):
    on_paper.moves(Step.PLANLEGG_TILTAK)
    modes.create_log(on_paper.at)

    assert mode(on_paper) == (StafettloggMode.DIGITAL, Level.MUNICIPAL, CaseStatus.DRAFT)
    with on_paper.looking() as case:
        assert consenting.view(case).latest is None
    on_paper.consents("ppt")
    assert mode(on_paper) == (StafettloggMode.DIGITAL, Level.MUNICIPAL, CaseStatus.OPEN)
    assert on_paper.state("ppt") is ConsentState.ACTIVE
    assert refused(modes.create_log, on_paper.at) is Reason.SAVED_ALREADY


@pytest.mark.meets("R-69", "scenario-31")
def test_the_yes_one_of_them_gave_before_does_not_open_the_log_they_want_after_all(table, pernille):
    table.is_asked("ppt")
    table.answers(table.marte, ppt=YES)
    modes.do_without_log(table.at, mode=StafettloggMode.NONE)
    table.clock.set(table.clock.now + timedelta(minutes=1))
    modes.create_log(table.at)
    with table.looking() as case:
        assert consenting.view(case).latest is None
    assert table.state("ppt") is ConsentState.NOT_ASKED

    table.clock.set(table.clock.now + timedelta(minutes=1))
    assert refused(table.answers, table.jonas, ppt=YES) is Reason.ASK_ANEW
    assert table.state("ppt") is ConsentState.NOT_ASKED

    table.consents("ppt")
    assert table.state("ppt") is ConsentState.ACTIVE


@pytest.mark.meets("S3-09")
def test_a_log_after_all_keeps_what_was_written_in_the_own_service(table):
    modes.do_without_log(table.at, mode=StafettloggMode.NONE)
    starting.save_situation(table.at, core="Solveig er borte.", resource="Hun tegner.", challenge="", version=0)
    modes.create_log(table.at)

    assert mode(table) == (StafettloggMode.DIGITAL, Level.MUNICIPAL, CaseStatus.OPEN)
    with table.looking() as case:
        assert starting.view(case).situation


def test_a_case_on_paper_can_end(on_paper):
    modes.end_on_paper(on_paper.at)

    assert mode(on_paper)[2] is CaseStatus.CLOSED


@pytest.mark.meets("R-10", "R-14", "scenario-8")
def test_when_every_other_service_is_refused_step_1_can_be_left(table):
    table.is_asked("ppt", "skolehelse")
    for guardian in (table.marte, table.jonas):
        table.answers(guardian, ppt=NO, skolehelse=NO)
    consenting.own_log_yes(table.at)
    starting.save_situation(table.at, core="Solveig er borte.", resource="Hun tegner.", challenge="", version=0)
    table.plans_for_child(starting.ChildTakesPart.ATTENDS)
    table.moves(Step.PLANLEGG_TILTAK)

    assert mode(table) == (StafettloggMode.DIGITAL, Level.OWN_SERVICE, CaseStatus.OPEN)


def test_the_door_lets_no_service_in_without_a_digital_log_whatever_windows_there_are(table, pernille, granvik):
    table.consents("ppt")
    table.lets_join(pernille)
    with table.looking(pernille):
        pass
    with granvik.writing(table.eirik.id) as session:
        session.get_one(Case, _id(table)).stafettlogg_mode = StafettloggMode.NONE

    with pytest.raises(Refused) as no, table.looking(pernille):
        pass
    assert no.value.reason is Reason.NOT_YOURS
    with table.looking() as case:
        assert "ppt" not in {recipient.code for recipient in exporting.recipients(case)}
    assert refused(exporting.stafettlogg, table.at, recipient="ppt", language="nb") is Reason.NOT_COVERED


def _id(table):
    with table.looking() as case:
        return case.id


def test_an_empty_form_knows_no_case(granvik):
    assert exporting.blank_form("oppstart", "nn").startswith(b"%PDF")
    assert refused(exporting.blank_form, "tull", "nb") is Reason.NOT_A_CHOICE

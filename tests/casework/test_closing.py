"""The end of a case: why it is closed, what is left to do, and that it can be opened again."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update

from bti.casework import story
from bti.casework.consent import modes
from bti.casework.desk import due, reopening, tasks
from bti.casework.door import At, looking
from bti.casework.ground.policy import policy, policy_mark
from bti.casework.intake import creating
from bti.casework.paper import exporting
from bti.casework.said import telling
from bti.casework.steps import closing, deciding
from bti.errors import Reason, Refused
from bti.rules.closing import ArchivedWhat, TaskKind
from bti.rules.consent import ConsentState
from bti.rules.due import Due
from bti.rules.guards import Missing
from bti.rules.people import ProtectedAddress
from bti.rules.workflow import CaseStatus, ClosingReason, DecisionOutcome, StafettloggMode, Step
from bti.store import sharing
from bti.store.tables import Case
from forms import avslutte
from tests.casework.test_exporting import flat, text_of
from tests.casework.test_five_steps import MEETING_2, ON_ONE_ENGINE, refused
from tests.casework.test_gate import YES
from tests.cast import MARTE, SOLVEIG_BORN


def closes(table, reason, **more):
    given = {"said_by": "", "note": "", "best_interests": "", "who": None} | more
    closing.close(table.at, reason=reason, **given)


def left(table):
    with table.looking() as case:
        return [t.kind for t in tasks.tasks_of(case)]


def archives(table, on=date(2026, 3, 10)):
    return tasks.record_archived(table.at, reference="26/118", archived_on=on)


@pytest.mark.meets("R-20")
@pytest.mark.parametrize("step", [Step.OPPSTART, Step.IVERKSETT, Step.EVALUERING])
def test_the_family_closes_the_log_whatever_is_missing_and_the_rest_becomes_tasks(table, pernille, step):
    table.comes_to(step, but=Missing.DEGREE)
    table.lets_join(pernille)
    closes(table, ClosingReason.FAMILY_WISH, said_by="Marte", note="Vi klarer oss selv nå.")

    assert table.stands()[:2] == (CaseStatus.CLOSED, step)
    assert refused(table.looking(pernille).__enter__) is Reason.NOT_YOURS
    assert left(table) == [TaskKind.INFORM_CHILD, TaskKind.ARCHIVE]
    with table.looking() as case:
        assert [(c.reason, c.said_by, c.note) for c in closing.closings(case)] == [
            (ClosingReason.FAMILY_WISH, "Marte", "Vi klarer oss selv nå.")
        ]


@ON_ONE_ENGINE
def test_a_draft_that_was_opened_in_error_is_closed_with_the_reason_alone(table):
    closes(table, ClosingReason.OPENED_IN_ERROR)

    assert table.stands()[0] is CaseStatus.CLOSED
    assert left(table) == []
    assert refused(closes, table, ClosingReason.OPENED_IN_ERROR) is Reason.CASE_CLOSED


@pytest.mark.meets("R-19")
def test_a_child_who_moves_is_told_and_barnets_beste_is_written(table):
    table.comes_to(Step.IVERKSETT)
    who = table.take_part["Eirik Prøve"]
    assert refused(closes, table, ClosingReason.MOVED, best_interests="Ro i den nye klassen.") is Reason.BEFORE_CLOSING
    assert table.stands()[0] is CaseStatus.OPEN

    closes(table, ClosingReason.MOVED, best_interests="Ro i den nye klassen.", who=who)

    with table.looking() as case:
        assert [t.who for t in story.informing(case)] == [who]
        assert [a.text for a in story.assessments(case)][-1] == "Ro i den nye klassen."


@ON_ONE_ENGINE
def test_what_is_written_already_is_not_asked_for_again(table):
    table.comes_to(Step.VEIEN_VIDERE)
    closes(table, ClosingReason.INDIVIDUAL_PLAN)

    assert table.stands()[0] is CaseStatus.CLOSED


@ON_ONE_ENGINE
def test_only_the_stafettholder_closes(table, pernille):
    table.starts()
    table.lets_join(pernille)

    asked = {"reason": ClosingReason.FAMILY_WISH, "said_by": "Marte", "note": "", "best_interests": "", "who": None}
    assert refused(closing.close, At(pernille, table.number), **asked) is Reason.NOT_ALLOWED


def waits_for(actor, table):
    """Return what the case waits for in the person's own list."""
    one = next(one for one in due.my_list(actor) if one.line.number == table.number)
    return [task.kind for task in one.tasks]


@pytest.mark.meets("R-20", "R-33")
def test_a_child_nobody_has_agreed_to_tell_is_not_forgotten_when_the_family_closes(table, eirik):
    table.starts()
    closing.close(table.at, reason=ClosingReason.FAMILY_WISH, said_by="Marte", note="", best_interests="", who=None)

    assert waits_for(eirik, table) == [Due.AGREE_WHO_TELLS, Due.ARCHIVE]


def test_what_was_opened_in_error_waits_for_nothing(table, eirik):
    closing.close(table.at, reason=ClosingReason.OPENED_IN_ERROR, said_by="", note="", best_interests="", who=None)

    assert waits_for(eirik, table) == []


@pytest.mark.meets("R-33")
def test_a_child_who_has_not_been_told_is_not_forgotten_however_many_rounds_go(table, granvik, eirik):
    table.comes_to(Step.EVALUERING)
    table.moves(Step.VEIEN_VIDERE)
    table.decides(DecisionOutcome.CONTINUE, deviation_reason="Familien ønsker en runde til.")
    deciding.carry_out(table.at)
    with granvik.writing(eirik.id) as session:
        session.execute(update(Case).values(round=5))
    assert Due.TELL_CHILD in waits_for(eirik, table)

    with table.looking() as case:
        (task,) = tasks.tasks_of(case)
    telling.child_was_told(table.at, task=task.telling.id, version=task.telling.version)

    assert Due.TELL_CHILD not in waits_for(eirik, table)


def says_the_child_was_told(table, actor):
    with table.looking() as case:
        (task,) = story.informing(case)
    return telling.child_was_told(At(actor, table.number), task=task.id, version=task.version)


@pytest.fixture
def two_colleagues(table, pernille, person):
    """Step 5 of the log, where Torleiv of the school and Pernille of PPT take part and nobody is to tell the child yet."""
    table.comes_to(Step.VEIEN_VIDERE, but=Missing.INFORM_CHILD)
    for one in (pernille, person("torleiv")):
        table.lets_join(one)
    table.take_part = table.who_takes_part()
    return table


@pytest.mark.meets("R-33")
@pytest.mark.parametrize("teller", ["torleiv", "pernille"])
def test_the_one_who_has_agreed_to_tell_the_child_says_that_it_is_done_and_nobody_else_but_who_leads(
    two_colleagues, person, teller
):
    table, hers = two_colleagues, person(teller)
    another = person(next(one for one in ("torleiv", "pernille") if one != teller))
    deciding.agree_who_tells(table.at, who=table.take_part[hers.name], by=date(2026, 4, 15), version=0)
    assert (Due.TELL_CHILD in waits_for(hers, table), Due.TELL_CHILD in waits_for(another, table)) == (True, False)
    assert refused(says_the_child_was_told, table, another) is Reason.NOT_ALLOWED

    says_the_child_was_told(table, hers)

    with table.looking() as case:
        assert [task.done_at for task in story.informing(case)] == [MEETING_2]
    assert Due.TELL_CHILD not in waits_for(hers, table)


@pytest.mark.meets("R-33", "R-07")
def test_who_was_to_tell_the_child_says_nothing_here_when_the_consent_is_withdrawn(two_colleagues, pernille):
    table = two_colleagues
    deciding.agree_who_tells(table.at, who=table.take_part[pernille.name], by=date(2026, 4, 15), version=0)
    table.withdraws(table.marte, "ppt")

    assert refused(says_the_child_was_told, table, pernille) is Reason.NOT_YOURS


@pytest.mark.meets("R-33")
@ON_ONE_ENGINE
def test_a_child_is_not_told_of_what_was_opened_in_error(table, eirik):
    table.comes_to(Step.VEIEN_VIDERE)
    closing.close(table.at, reason=ClosingReason.OPENED_IN_ERROR, said_by="", note="", best_interests="", who=None)

    assert waits_for(eirik, table) == []


@pytest.mark.meets("R-46", "R-33", "S2-38")
def test_the_child_is_told_and_the_log_archived_with_one_answer_each(table, granvik, eirik):
    table.comes_to(Step.VEIEN_VIDERE)
    deciding.carry_out(table.at)
    assert left(table) == [TaskKind.INFORM_CHILD, TaskKind.ARCHIVE]
    assert waits_for(eirik, table) == [Due.TELL_CHILD, Due.ARCHIVE]

    with table.looking() as case:
        task = story.informing(case)[0]
    telling.child_was_told(table.at, task=task.id, version=task.version)
    archives(table, on=date(2026, 4, 14))

    assert left(table) == []
    assert waits_for(eirik, table) == []
    with table.looking() as case:
        assert story.informing(case)[0].done_at == MEETING_2
        receipt = tasks.receipts(case)[0]
    assert (receipt.of, receipt.reference) == (ArchivedWhat.LOG_AT_CLOSING, "26/118")
    assert receipt.unit
    assert refused(archives, table) is Reason.SAVED_ALREADY


@ON_ONE_ENGINE
def test_an_open_log_is_not_archived_and_none_in_the_future(table):
    assert refused(archives, table) is Reason.OTHER_STEP
    closes(table, ClosingReason.FAMILY_WISH, said_by="Jonas")
    assert refused(archives, table, on=date(2026, 3, 11)) is Reason.IN_THE_FUTURE


@ON_ONE_ENGINE
def test_who_tells_the_child_can_be_agreed_after_the_family_has_closed(table):
    given = {"who": table.take_part["Marte Testdal"], "by": date(2026, 3, 11), "how": "Ved en tur", "version": 0}
    assert refused(telling.agree_afterwards, table.at, **given) is Reason.OTHER_STEP
    closes(table, ClosingReason.FAMILY_WISH, said_by="Jonas")
    telling.agree_afterwards(table.at, **given)

    with table.looking() as case:
        assert [t.telling.how for t in tasks.tasks_of(case) if t.telling] == ["Ved en tur"]


def makes_another(actor):
    return creating.create_case(
        actor,
        child_name="solveig TESTDAL",
        birth_date=SOLVEIG_BORN,
        protected_address=ProtectedAddress.NONE,
        guardians=[MARTE],
    )


@pytest.mark.meets("R-56")
def test_a_new_log_is_linked_to_the_one_before_and_only_who_took_part_is_told(table, eirik, person):
    torleiv = person("torleiv")
    closes(table, ClosingReason.FAMILY_WISH, said_by="Marte")
    number = makes_another(eirik)
    with looking(At(eirik, number), "test") as case:
        assert closing.previous(case) == table.number
    closing.close(
        At(eirik, number),
        reason=ClosingReason.OPENED_IN_ERROR,
        said_by="",
        note="",
        best_interests="",
        who=None,
    )
    with looking(At(torleiv, makes_another(torleiv)), "test") as case:
        assert case.row.previous_case_id is not None
        assert closing.previous(case) == ""
    with table.looking() as case:
        assert closing.previous(case) == ""


# Opened again


def test_a_log_is_opened_again_and_the_family_is_asked_anew(table, granvik, sander, pernille, wall_clock):
    table.comes_to(Step.PLANLEGG_TILTAK)
    table.lets_join(pernille)
    closes(table, ClosingReason.FAMILY_WISH, said_by="Marte", note="Vi klarer oss selv.")
    wall_clock.set(wall_clock.now + timedelta(days=1))

    reopening.reopen(sander, number=table.number, reason="Familien ombestemte seg.")

    assert table.stands()[:2] == (CaseStatus.OPEN, Step.PLANLEGG_TILTAK)
    assert refused(table.looking(pernille).__enter__) is Reason.NOT_YOURS
    assert table.state("ppt") is not ConsentState.ACTIVE
    wall_clock.set(wall_clock.now + timedelta(minutes=1))
    table.consents("ppt")
    with table.looking(pernille) as case:
        assert case.sight.categories == YES.categories()
        assert closing.closings(case) == ()
    with granvik.writing(sander.id) as session, granvik.as_the_rule(session, sander.id):
        assert list(sharing.faults(session, policy(), policy_mark())) == []
    closes(table, ClosingReason.FAMILY_WISH, said_by="Jonas")
    assert refused(table.looking(pernille).__enter__) is Reason.NOT_YOURS


def test_why_it_was_opened_again_stands_with_how_it_was_closed_for_the_school_and_the_family_alone(
    table, sander, pernille, wall_clock
):
    table.comes_to(Step.PLANLEGG_TILTAK)
    table.lets_join(pernille)
    closes(table, ClosingReason.FAMILY_WISH, said_by="Marte")
    wall_clock.set(wall_clock.now + timedelta(days=1))
    reopening.reopen(sander, number=table.number, reason="Familien ombestemte seg.")
    wall_clock.set(wall_clock.now + timedelta(minutes=1))
    table.consents("ppt")

    with table.looking() as case:
        (once,) = closing.closings(case)
    assert once.reopened_because == "Familien ombestemte seg."
    assert "Familien ombestemte seg." in avslutte.told([once], ())
    for recipient, is_told in (("family", True), ("archive", True), ("ppt", False)):
        paper = flat(text_of(exporting.stafettlogg(table.at, recipient=recipient, language="nb")))
        assert ("Åpnet igjen 11. mars 2026: Familien ombestemte seg." in paper) is is_told


@ON_ONE_ENGINE
def test_a_draft_is_opened_again_as_a_draft(table, sander, wall_clock):
    closes(table, ClosingReason.OPENED_IN_ERROR)
    wall_clock.set(wall_clock.now + timedelta(days=1))
    reopening.reopen(sander, number=table.number, reason="Det var riktig barn.")

    assert table.stands()[0] is CaseStatus.DRAFT


@ON_ONE_ENGINE
@pytest.mark.parametrize("mode", [StafettloggMode.NONE, StafettloggMode.PAPER])
def test_a_log_nobody_else_was_to_see_waits_for_no_yes_when_it_is_opened_again(table, sander, wall_clock, mode):
    modes.do_without_log(table.at, mode=mode)
    if mode is StafettloggMode.PAPER:
        modes.end_on_paper(table.at)
    else:
        closes(table, ClosingReason.FAMILY_WISH, said_by="Marte")
    wall_clock.set(wall_clock.now + timedelta(days=1))
    reopening.reopen(sander, number=table.number, reason="Familien ombestemte seg.")

    assert table.stands()[0] is CaseStatus.OPEN


@pytest.mark.meets("R-56")
def test_too_late_archived_open_again_and_not_there_are_one_answer(table, sander, eirik, wall_clock):
    def asked(number=table.number):
        with pytest.raises(Refused) as no:
            reopening.reopen(sander, number=number, reason="Vi vil fortsette.")
        return no.value.sentence(), no.value.field

    still_open, nowhere = asked(), asked("2026-999")
    closes(table, ClosingReason.FAMILY_WISH, said_by="Marte")
    wall_clock.set(datetime(2026, 3, 25, 11, 0, tzinfo=UTC))
    too_late = asked()
    wall_clock.set(datetime(2026, 3, 11, 11, 0, tzinfo=UTC))
    another = makes_another(eirik)
    has_another = asked()
    closing.close(
        At(eirik, another), reason=ClosingReason.OPENED_IN_ERROR, said_by="", note="", best_interests="", who=None
    )
    archives(table)

    assert {still_open, nowhere, too_late, has_another, asked()} == {(Reason.CANNOT_REOPEN.value, "number")}


@ON_ONE_ENGINE
def test_only_an_administrator_opens_a_log_again_and_says_why(table, sander, eirik):
    assert refused(reopening.reopen, eirik, number=table.number, reason="a") is Reason.NOT_ALLOWED
    assert refused(reopening.reopen, sander, number=table.number, reason=" ") is Reason.MISSING

"""A round that is over is told in its own words, whatever is changed in the next one (R-18)."""

import pytest

from bti.casework import story
from bti.casework.steps import deciding, evaluating, planning
from bti.errors import Reason, Refused
from bti.rules.evaluation import Effect, TiltakOutcome
from bti.rules.tiltak import TiltakStatus
from bti.rules.workflow import DecisionOutcome, Step
from tests.casework.test_five_steps import ON_ONE_ENGINE, goes_on

WEEKLY = "Eirik møter Solveig i døra hver mandag"


@pytest.fixture
def second(table):
    """Set the table for round two: what the school does goes on, what is done at home has ended."""
    goes_on(table)
    table.decides(DecisionOutcome.CONTINUE)
    deciding.carry_out(table.at)
    return table


def carried(table):
    with table.looking() as case:
        return next(t for t in story.tiltak(case) if t.id == table.at_school)


def rewrites(table, *, text=None, who=None, version=None):
    before = carried(table)
    return planning.save_tiltak(
        table.at,
        text=text or before.text,
        responsible=table.take_part[who] if who else before.responsible,
        oppmerksomhet=table.concern,
        tiltak=table.at_school,
        version=before.version if version is None else version,
    )


@pytest.mark.meets("R-18", "R-31")
def test_a_tiltak_of_the_last_round_that_is_changed_keeps_its_words_and_another_follows_it(second):
    before = carried(second)
    new = rewrites(second, text=WEEKLY)

    with second.looking() as case:
        old, now = (next(t for t in story.tiltak(case) if t.id == key) for key in (second.at_school, new))
        assert (old.text, old.responsible, old.status) == (before.text, before.responsible, TiltakStatus.CHANGED)
        assert (now.text, now.round, now.status) == (WEEKLY, 2, TiltakStatus.PLANNED)
        assert [s.predecessor for s in story.successors(case) if s.id == new] == [second.at_school]
        assert [t.id for t in planning.view(case).tiltak] == [new]
        assert [t.id for t in story.tiltak_in(story.tiltak(case), story.evaluations(case), 1)].count(new) == 0


@pytest.mark.meets("R-18")
@ON_ONE_ENGINE
def test_another_who_does_it_from_this_round_on_was_not_the_one_who_did_it_then(second):
    before = carried(second)
    new = rewrites(second, who="Marte Testdal")

    assert new != second.at_school
    assert carried(second).responsible == before.responsible


@ON_ONE_ENGINE
def test_a_tiltak_saved_as_it_was_goes_on_as_itself(second):
    assert rewrites(second) == second.at_school
    assert carried(second).status is TiltakStatus.PLANNED


@ON_ONE_ENGINE
def test_what_follows_is_evaluated_in_the_new_round_and_what_went_before_is_not(second):
    new = rewrites(second, text=WEEKLY)
    second.moves(Step.IVERKSETT)
    second.agrees_on_meeting()
    second.moves(Step.EVALUERING)

    with second.looking() as case:
        assert [t.id for t in evaluating.view(case).due] == [new]


@ON_ONE_ENGINE
def test_a_proposal_nobody_had_agreed_to_do_becomes_a_tiltak_without_a_trace_of_another(table):
    table.comes_to(Step.PLANLEGG_TILTAK)
    offered = table.adds_tiltak("Leksehjelp", None, table.concern)
    table.moves(Step.IVERKSETT)
    table.carries_out()
    table.moves(Step.EVALUERING)
    table.evaluates(
        effect=Effect.SOME,
        outcomes=((table.at_school, TiltakOutcome.CONTINUE), (table.at_home, TiltakOutcome.END)),
    )
    table.moves(Step.VEIEN_VIDERE)
    table.decides(DecisionOutcome.CONTINUE)
    deciding.carry_out(table.at)
    with table.looking() as case:
        version = next(t.version for t in story.tiltak(case) if t.id == offered)

    again = planning.save_tiltak(
        table.at,
        text="Leksehjelp",
        responsible=table.take_part["Eirik Prøve"],
        oppmerksomhet=table.concern,
        tiltak=offered,
        version=version,
    )
    assert again == offered


@pytest.mark.meets("R-18")
def test_what_the_last_round_was_about_is_not_called_something_else_in_this_one(second):
    with second.looking() as case:
        concern = next(c for c in story.oppmerksomheter(case) if c.id == second.concern)

    def writes(title, goal):
        planning.save_oppmerksomhet(
            second.at, title=title, goal=goal, oppmerksomhet=second.concern, version=concern.version
        )

    with pytest.raises(Refused) as refusal:
        writes("Noe helt annet", concern.goal.text or "")
    assert (refusal.value.reason, refusal.value.field) == (Reason.ROUND_LOCKED, "title")
    assert refusal.value.values["n"] == "1"

    writes(concern.title, "At hun går inn selv hver dag")
    with second.looking() as case:
        assert story.oppmerksomheter(case)[0].goal.text == "At hun går inn selv hver dag"

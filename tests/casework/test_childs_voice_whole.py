"""All of what the child may say, and what may be weighed beside it."""

import pytest

from bti.casework import story
from bti.casework.intake import protecting
from bti.casework.paper import exporting
from bti.casework.said import childs_choice
from bti.casework.said.childs_voice import More
from bti.casework.steps import carrying_out, planning
from bti.errors import Reason
from bti.rules.best_interests import AssessedFor, Factor
from bti.rules.childs_voice import HeardBy, ShareWith
from bti.rules.guards import Missing
from bti.rules.workflow import DecisionOutcome, Step
from forms import childs_voice
from tests.casework.test_exporting import flat, text_of
from tests.casework.test_five_steps import ON_ONE_ENGINE, refused
from tests.casework.test_gate import YES


def says(table, share_with=ShareWith.ALL, version=0, words="At Eirik er der.", change="", **more):
    return carrying_out.save_child_view(
        table.at,
        words=words,
        experienced_change=change,
        share_with=share_with,
        named=frozenset(),
        more=More(**more),
        version=version,
    )


def said(table, actor=None):
    with table.looking(actor) as case:
        return story.child_views(case)[-1]


@pytest.mark.meets("R-34", "S4-18")
def test_the_child_says_how_it_is_and_what_it_wants_to_those_it_has_named(table, pernille):
    table.comes_to(Step.PLANLEGG_TILTAK)
    table.lets_join(pernille)
    table.moves(Step.IVERKSETT)
    now, change = "Det er stille om morgenen.", "Det er lettere å komme."
    says(table, own_situation=now, change=change, wants="Sitte ved vinduet.", method=HeardBy.DRAWING)

    told = said(table)
    assert (told.own_situation, told.experienced_change) == (now, change)
    assert (told.wants, told.method) == ("Sitte ved vinduet.", HeardBy.DRAWING)
    assert said(table, pernille).wants == "Sitte ved vinduet."
    says(table, version=1)
    assert said(table).method is HeardBy.DRAWING


@pytest.mark.meets("R-34")
@pytest.mark.parametrize("kept", [{"wants": "Nei"}, {"own_situation": "Nei"}, {"change": "Nei"}])
@ON_ONE_ENGINE
def test_a_child_who_shares_nothing_leaves_no_word_in_any_field(table, kept):
    table.comes_to(Step.PLANLEGG_TILTAK)
    table.moves(Step.IVERKSETT)

    assert refused(says, table, ShareWith.NONE, words="", **kept) is Reason.CHILD_KEEPS_IT


@pytest.mark.meets("R-34")
def test_the_child_chooses_anew_who_may_read_it_when_the_step_is_over(table, pernille, liv):
    table.comes_to(Step.PLANLEGG_TILTAK)
    table.lets_join(pernille)
    table.lets_join(liv)
    table.moves(Step.IVERKSETT)
    (plan,) = may_choose(table)
    ppt = table.services["ppt"]

    chooses(table, plan, ShareWith.NAMED, ppt)
    assert [len(may_choose(table, actor)) for actor in (pernille, liv)] == [1, 0]
    chooses(table, plan, ShareWith.ALL, version=2)
    assert [len(may_choose(table, actor)) for actor in (pernille, liv)] == [1, 1]
    chooses(table, plan, ShareWith.NONE, version=3)
    assert said(table).words == ""
    assert may_choose(table, pernille) == ()
    again = {"view": plan.id, "share_with": ShareWith.ALL, "named": (), "version": 4}
    assert refused(childs_choice.choose_readers, table.at, **again) is Reason.CHILD_WORDS_MISSING


@ON_ONE_ENGINE
def test_a_choice_names_somebody_and_is_about_words_of_this_child(table):
    table.comes_to(Step.PLANLEGG_TILTAK)
    (plan,) = may_choose(table)
    act = {"view": plan.id, "share_with": ShareWith.NAMED, "named": (), "version": plan.version}

    assert refused(childs_choice.choose_readers, table.at, **act) is Reason.CHILD_NAMES_WHOM
    too_small = act | {"share_with": ShareWith.TOO_SMALL}
    assert refused(childs_choice.choose_readers, table.at, **too_small) is Reason.NOT_A_CHOICE
    another = act | {"share_with": ShareWith.ALL, "view": table.marte}
    assert refused(childs_choice.choose_readers, table.at, **another) is Reason.NOT_A_CHOICE


def may_choose(table, actor=None):
    with table.looking(actor) as case:
        return childs_choice.may_be_chosen(case)


def chooses(table, view, share_with, *named, version=None):
    childs_choice.choose_readers(
        table.at, view=view.id, share_with=share_with, named=named, version=version or view.version
    )


@pytest.mark.meets("R-34")
def test_of_a_child_too_small_it_is_said_who_has_judged_and_no_service_reads_it(table, pernille, eirik):
    table.comes_to(Step.PLANLEGG_TILTAK)
    table.lets_join(pernille)
    table.moves(Step.IVERKSETT)
    says(table, ShareWith.TOO_SMALL, words="Hun smiler når Eirik kommer.")
    assert said(table).assessed_by_role == eirik.title
    says(table, ShareWith.TOO_SMALL, version=1, assessed_by_role="helsesykepleier")
    assert said(table).assessed_by_role == "helsesykepleier"

    with table.looking(pernille) as case:
        assert [v.share_with for v in story.child_views(case)] == [ShareWith.ALL]
    says(table, version=2)
    assert said(table).assessed_by_role == ""


@pytest.mark.meets("R-36", "R-36")
def test_what_was_thought_of_stands_beside_barnets_beste_when_somebody_pressed_it(table):
    table.comes_to(Step.PLANLEGG_TILTAK)
    weighed = [Factor.CHILDS_VIEW, Factor.STABILITY]
    planning.save_best_interests(table.at, text="Ro.", factors=weighed, version=1)
    with table.looking() as case:
        assert [(a.assessed_for, a.factors) for a in story.assessments(case)] == [
            (AssessedFor.PLAN, frozenset(weighed))
        ]


@ON_ONE_ENGINE
def test_a_decision_may_say_what_was_thought_of(table):
    table.comes_to(Step.EVALUERING)
    table.moves(Step.VEIEN_VIDERE)
    table.decides_on(DecisionOutcome.CLOSE, factors=[Factor.HEALTH])
    with table.looking() as case:
        assert story.assessments(case)[-1].factors == {Factor.HEALTH}


@pytest.mark.meets("R-34", "R-56")
def test_whom_the_child_has_named_is_told_to_those_who_see_all_of_the_log_and_to_no_service(table, pernille):
    table.is_asked("ppt", "skolehelse", "bup")
    for guardian in (table.marte, table.jonas):
        table.answers(guardian, ppt=YES, skolehelse=YES, bup=YES)
    table.lets_join(pernille)
    table.starts(but=Missing.CONSENT)
    table.moves(Step.PLANLEGG_TILTAK)
    table.plans()
    (plan,) = may_choose(table)
    assert plan.only_with == ()

    chooses(table, plan, ShareWith.NAMED, table.services["ppt"], table.services["bup"])
    assert said(table).only_with == ("BUP", "PPT")
    assert "Deles bare med BUP og PPT" in childs_voice.told_words(said(table), "Solveig")
    assert said(table, pernille).only_with == ()
    assert "Deles med: bare noen" in childs_voice.told_words(said(table, pernille), "Solveig")


@pytest.mark.meets("R-34", "R-56", "R-60")
def test_the_papers_of_those_who_see_all_name_whom_the_child_shares_with_and_no_other_paper_does(table, pernille):
    table.comes_to(Step.PLANLEGG_TILTAK)
    table.lets_join(pernille)
    (plan,) = may_choose(table)
    chooses(table, plan, ShareWith.NAMED, table.services["ppt"])
    protecting.block(table.at, guardian=table.jonas, blocked=True)

    with table.looking() as case:
        named = {
            one: [h.only_with for h in exporting.content_for(case, one, "nb").heard]
            for one in ("archive", "guardian:1", "guardian:2", "ppt")
        }
    assert named == {"archive": [("PPT",)], "guardian:1": [("PPT",)], "guardian:2": [()], "ppt": [()]}
    paper = exporting.stafettlogg(table.at, recipient="archive", language="nb")
    assert "Deles bare med PPT." in flat(text_of(paper))

"""What is about a guardian personally is that guardian's own to share: with a service, and with the rest of the family."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text, update

from bti.casework import story
from bti.casework.consent import consenting
from bti.casework.door import At, looking
from bti.casework.intake import protecting
from bti.casework.paper import exporting
from bti.casework.said import arranging
from bti.casework.steps import planning, starting
from bti.errors import Reason
from bti.rules.agreement import AgreementKind
from bti.rules.consent import Answer, Category, ConsentAddition, ConsentForm, ConsentLevel
from bti.rules.workflow import Step
from bti.store.tables import ChildView, Sharing
from forms import keep_out
from tests.casework.test_consent_windows import kept_as_the_rule_says, later, log_of
from tests.casework.test_five_steps import ON_ONE_ENGINE, Table, refused
from tests.casework.test_gate import YES

A_SECOND = timedelta(seconds=1)
ILL = "Marte er sykmeldt."
HOME = Answer(ConsentLevel.EVERYDAY, frozenset({ConsentAddition.FAMILY_HOME}))
ON_POSTGRES = pytest.mark.parametrize("granvik", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)


@pytest.fixture
def table(table):
    table.consents("ppt", "skolehelse")
    return table


def writes(table, personal=ILL, about=None, version=0):
    starting.save_situation(
        table.at,
        core="Solveig er ofte borte.",
        resource="Hun tegner.",
        challenge="",
        personal=personal,
        about=about or table.marte,
        version=version,
    )


def situation_of(table, actor):
    return log_of(table, actor)["situation"]


@pytest.mark.meets("R-59")
def test_a_service_reads_it_only_by_that_guardians_own_yes(table, pernille, liv, granvik):
    table.lets_join(pernille)
    table.lets_join(liv)
    writes(table)
    assert ILL in situation_of(table, table.eirik)
    assert ILL not in situation_of(table, pernille)

    later(table, table.jonas, ppt=HOME)
    assert ILL not in situation_of(table, pernille)
    later(table, table.marte, ppt=HOME)
    assert ILL in situation_of(table, pernille)
    assert ILL not in situation_of(table, liv)
    assert kept_as_the_rule_says(granvik)


def test_the_other_guardians_lower_answer_does_not_close_it(table, pernille):
    table.lets_join(pernille)
    writes(table)
    later(table, table.marte, ppt=HOME)

    assert ILL in situation_of(table, pernille)
    with table.looking(pernille) as case:
        assert Category.FAMILY_HOME not in case.sight.categories
        assert case.sight.about == {table.marte}


@ON_ONE_ENGINE
@pytest.mark.meets("R-59")
def test_who_sees_a_concern_about_a_guardian_is_said_as_the_door_opens_it(table, pernille, liv):
    table.starts()
    table.lets_join(pernille)
    table.lets_join(liv)
    table.moves(Step.PLANLEGG_TILTAK)
    worry = planning.save_oppmerksomhet(table.at, title="Martes helse", goal="", about=table.marte, version=0)
    assert said_to_see(table, worry) == []

    later(table, table.marte, ppt=HOME, skolehelse=YES)

    assert said_to_see(table, worry) == ["PPT"]
    assert "Martes helse" in log_of(table, pernille)["oppmerksomhet"]
    assert "Martes helse" not in log_of(table, liv)["oppmerksomhet"]


@ON_ONE_ENGINE
@pytest.mark.meets("R-59")
def test_an_agreement_about_a_guardian_is_that_guardians_to_share(table, pernille):
    table.starts()
    table.lets_join(pernille)
    arranging.agree(table.at, kind=AgreementKind.AGREED, text="Marte ringer legen.", about=table.marte)
    arranging.agree(table.at, kind=AgreementKind.AGREED, text="Vi møtes i mai.")

    def read(actor):
        with table.looking(actor) as case:
            return [agreed.text for agreed in story.agreements(case)]

    assert read(pernille) == ["Vi møtes i mai."]
    later(table, table.marte, ppt=HOME)
    assert read(pernille) == read(table.eirik) == ["Marte ringer legen.", "Vi møtes i mai."]
    with table.looking() as case:
        seen = exporting.as_seen_by(case, "guardian:2")
        assert [agreed.text for agreed in story.agreements(seen)] == ["Vi møtes i mai."]
    act = {"kind": AgreementKind.AGREED, "text": "a", "about": table.take_part["Eirik Prøve"]}
    assert refused(arranging.agree, table.at, **act) is Reason.NOT_A_CHOICE


def said_to_see(table, worry):
    with table.looking() as case:
        readers = keep_out.who_reads(case, planning.view(case).oppmerksomheter, consenting.standings(case))
    return list(readers[worry].see.values())


def test_it_closes_when_the_addition_is_taken_back_and_when_the_service_is_shut(table, pernille):
    table.lets_join(pernille)
    writes(table)
    later(table, table.marte, ppt=HOME)
    table.clock.set(table.clock.now + A_SECOND)
    consenting.withdraw(
        table.at,
        consenter=table.marte,
        services=[table.services["ppt"]],
        additions=frozenset({ConsentAddition.FAMILY_HOME}),
    )
    assert situation_of(table, pernille)
    assert ILL not in situation_of(table, pernille)

    later(table, table.marte, ppt=HOME)
    assert ILL in situation_of(table, pernille)
    table.withdraws(table.jonas, "ppt")
    assert refused(looking(At(pernille, table.number), "test").__enter__) is Reason.NOT_YOURS


def test_what_is_about_the_other_one_stays_the_other_ones(table, pernille):
    table.lets_join(pernille)
    writes(table)
    writes(table, "Jonas har ny jobb.", table.jonas, version=3)
    later(table, table.jonas, ppt=HOME)

    assert "Jonas har ny jobb." in situation_of(table, pernille)
    assert ILL not in situation_of(table, pernille)


def test_more_about_the_same_one_comes_after_what_was_there(table):
    writes(table)
    writes(table, "Det blir bedre.", version=3)

    assert f"{ILL}\n\nDet blir bedre." in situation_of(table, table.eirik)


@ON_ONE_ENGINE
@pytest.mark.parametrize("given", ["no words", "nobody", "a stranger"])
def test_it_says_whom_it_is_about_and_it_is_somebody_of_the_family(table, eirik, given):
    personal, about = {"no words": (" ", table.marte), "nobody": (ILL, None), "a stranger": (ILL, eirik.id)}[given]
    said = {"core": "a", "resource": "b", "challenge": "", "personal": personal, "about": about, "version": 0}

    reason = Reason.NOT_A_CHOICE if given == "a stranger" else Reason.ABOUT_WHOM
    assert refused(starting.save_situation, table.at, **said) is reason


@ON_ONE_ENGINE
def test_the_text_about_one_is_kept_apart_from_what_is_about_the_child(table):
    writes(table)
    with table.looking() as case:
        view = starting.view(case)

    assert [t.text for t in view.about_guardians] == [ILL]
    assert ILL not in [t.text for t in view.situation.values()]
    assert view.about_guardians[0].category is Category.FAMILY_HOME


# A concern about a guardian, and all under it


def test_a_concern_about_a_guardian_takes_all_under_it_along(table, pernille, granvik):
    table.lets_join(pernille)
    table.starts(but=None)
    table.moves(Step.PLANLEGG_TILTAK)
    table.plans()
    worry = planning.save_oppmerksomhet(table.at, title="Martes helse", goal="Helsemål", about=table.marte, version=0)
    table.adds_tiltak("Marte får avlastning", "Marte Testdal", worry)

    seen = log_of(table, pernille)
    assert seen["oppmerksomhet"] == ["Fravær mandager"]
    assert "Marte får avlastning" not in seen["tiltak"]
    later(table, table.marte, ppt=HOME)
    seen = log_of(table, pernille)
    assert "Martes helse" in seen["oppmerksomhet"]
    assert "Marte får avlastning" in seen["tiltak"]
    assert "Helsemål" in seen["goal"]


def test_a_concern_that_turns_out_to_be_about_a_guardian_closes_with_all_under_it(table, pernille):
    table.lets_join(pernille)
    table.starts()
    table.moves(Step.PLANLEGG_TILTAK)
    table.plans()
    assert log_of(table, pernille)["tiltak"]

    planning.save_oppmerksomhet(
        table.at, title="Martes helse", goal="", oppmerksomhet=table.concern, about=table.marte, version=1
    )

    seen = log_of(table, pernille)
    assert (seen["oppmerksomhet"], seen["tiltak"], seen["goal"]) == ([], [], [])
    assert len(log_of(table, table.eirik)["tiltak"]) == 2
    planning.save_oppmerksomhet(table.at, title="Ny tittel", goal="", oppmerksomhet=table.concern, version=2)
    assert log_of(table, pernille)["oppmerksomhet"] == []


def test_a_tiltak_moved_under_such_a_concern_closes(table, pernille):
    table.lets_join(pernille)
    table.starts()
    table.moves(Step.PLANLEGG_TILTAK)
    table.plans()
    worry = planning.save_oppmerksomhet(table.at, title="Martes helse", goal="", about=table.marte, version=0)
    with table.looking() as case:
        version = next(t.version for t in story.tiltak(case) if t.id == table.at_school)
    planning.save_tiltak(
        table.at,
        text="Flyttet",
        responsible=table.take_part["Eirik Prøve"],
        oppmerksomhet=worry,
        tiltak=table.at_school,
        version=version,
    )

    assert "Flyttet" not in log_of(table, pernille)["tiltak"]


# The rest of the family


def tells(table, guardian, *people):
    table.clock.set(table.clock.now + A_SECOND)
    consenting.answer_about_me(table.at, guardian=guardian, shown_to=people, form=ConsentForm.ELECTRONIC)


def family_windows(table, granvik):
    with granvik.reading(table.eirik.id) as session:
        rows = session.execute(select(Sharing.person, Sharing.about, Sharing.opens, Sharing.closes)).all()
    return {(r.person, r.about) for r in rows if r.person and r.opens <= table.clock.now < r.closes}


@pytest.mark.meets("R-59")
def test_the_other_guardian_is_let_in_by_that_ones_word_alone_and_out_again(table, granvik):
    assert family_windows(table, granvik) == set()
    tells(table, table.marte, table.jonas)
    assert family_windows(table, granvik) == {(table.jonas, table.marte)}
    later(table, table.marte, ppt=YES)
    assert family_windows(table, granvik) == {(table.jonas, table.marte)}
    tells(table, table.marte)
    assert family_windows(table, granvik) == set()
    assert kept_as_the_rule_says(granvik)


@ON_ONE_ENGINE
def test_only_a_guardian_answers_for_herself_and_names_the_family(table, eirik):
    with table.looking() as case:
        child = case.child_id

    assert refused(tells, table, eirik.id, table.jonas) is Reason.NOT_A_CONSENTER
    assert refused(tells, table, child, table.jonas) is Reason.NOT_A_CONSENTER
    assert refused(tells, table, table.marte, table.marte) is Reason.NOT_A_CHOICE
    assert refused(tells, table, table.marte, eirik.id) is Reason.NOT_A_CHOICE
    tells(table, table.marte, child)


@ON_ONE_ENGINE
def test_nobody_answers_about_herself_before_the_family_is_asked(eirik, wall_clock):
    table = Table(eirik, wall_clock)

    assert refused(tells, table, table.marte, table.jonas) is Reason.CHOOSE_CONSENT


# The child's own words about a guardian, and the second lock


def test_what_the_child_says_about_a_guardian_waits_for_that_guardian_too(table, pernille, granvik):
    table.lets_join(pernille)
    table.starts()
    table.moves(Step.PLANLEGG_TILTAK)
    table.plans()
    with granvik.writing(table.eirik.id) as session:
        session.execute(update(ChildView).values(about_guardian=table.marte))
    assert log_of(table, pernille)["child"] == []
    later(table, table.marte, ppt=HOME)
    assert log_of(table, pernille)["child"] == ["Søndagene er lange."]


@ON_POSTGRES
def test_the_database_itself_holds_what_is_about_a_guardian(table, pernille, granvik):
    table.lets_join(pernille)
    writes(table)
    later(table, table.jonas, ppt=HOME)

    def rows():
        with granvik.reading(pernille.id) as session:
            return session.execute(text("SELECT * FROM situation_text WHERE about_guardian IS NOT NULL")).all()

    assert rows() == []
    later(table, table.marte, ppt=HOME)
    assert len(rows()) == 1


# On paper and on screen, for each of the family


def seen_by(table, recipient):
    with table.looking() as case:
        return [t.text for t in story.situation(exporting.as_seen_by(case, recipient))]


def made_for(table):
    with table.looking() as case:
        return [r.code for r in exporting.recipients(case)]


@pytest.mark.meets("R-59", "R-45")
def test_each_guardian_has_a_paper_of_her_own_and_never_what_is_about_the_other(table):
    writes(table)
    writes(table, "Jonas har ny jobb.", table.jonas, version=3)
    told = {recipient: set(seen_by(table, recipient)) for recipient in made_for(table)}

    assert {r for r, texts in told.items() if ILL in texts} == {"archive", "guardian:1"}
    assert {r for r, texts in told.items() if "Jonas har ny jobb." in texts} == {"archive", "guardian:2"}

    tells(table, table.marte, table.jonas)
    assert ILL in seen_by(table, "guardian:2")
    assert ILL not in seen_by(table, "family")
    with table.looking() as case:
        child = case.child_id
    tells(table, table.marte, table.jonas, child)
    assert ILL in seen_by(table, "family")
    assert ILL in seen_by(table, "child")


@ON_ONE_ENGINE
def test_a_guardians_paper_bears_her_name_and_is_hers(table):
    writes(table)

    paper = exporting.print_stafettlogg(table.at, recipient="guardian:2", language="nb")
    assert paper.recipient == "Jonas Testdal"
    assert ILL not in repr(paper)
    paper = exporting.print_stafettlogg(table.at, recipient="guardian:1", language="nb")
    assert ILL in repr(paper)


@pytest.mark.meets("R-60")
def test_there_is_no_paper_for_the_whole_family_while_the_child_is_hidden_from_one_of_them(table):
    assert {"family", "guardian:1", "guardian:2"} <= set(made_for(table))
    protecting.block(table.at, guardian=table.jonas, blocked=True)

    assert "guardian:1" in made_for(table)
    assert not {"family", "guardian:2"} & set(made_for(table))
    for recipient, reason in (
        ("family", Reason.NOT_A_CHOICE),
        ("guardian:2", Reason.READ_THROUGH_FIRST),
        ("guardian:9", Reason.NOT_A_CHOICE),
    ):
        paper = {"recipient": recipient, "language": "nb"}
        assert refused(exporting.print_stafettlogg, table.at, **paper) is reason
    protecting.block(table.at, guardian=table.jonas, blocked=False)
    assert "family" in made_for(table)


@ON_ONE_ENGINE
def test_only_a_guardian_of_this_child_is_blocked(table, eirik):
    assert refused(protecting.block, table.at, guardian=eirik.id, blocked=True) is Reason.NOT_YOURS

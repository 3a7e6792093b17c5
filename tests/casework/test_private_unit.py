"""A log that a private school or barnehage owns: it stands inside the gate, and is carried and printed all the same (R-65)."""

from datetime import date

import pytest
from sqlalchemy import update

from bti.casework import story
from bti.casework.consent import consenting
from bti.casework.door import At
from bti.casework.paper import exporting
from bti.casework.people import answering, handing_over
from bti.casework.said import noting
from bti.casework.steps import carrying_out, evaluating
from bti.errors import Reason, Refused
from bti.rules.childs_voice import HeardFor, ShareWith
from bti.rules.consent import Category, ConsentState
from bti.rules.guards import Missing
from bti.rules.people import ServiceOwner
from bti.rules.tiltak import NoteKind
from bti.rules.workflow import Level, Step
from bti.store.tables import Service, Tiltak
from tests.casework.test_exporting import text_of
from tests.casework.test_five_steps import AT_HOME, AT_SCHOOL, CONCERN, ON_ONE_ENGINE
from tests.casework.test_gate import NO, YES

SEEN = "Leste høyt i dag"
ITS_OWN = "Dette papiret viser bare det Granvik skole får se."


@pytest.fixture
def private(table, granvik, eirik, pernille):
    """Set the table at a friskole, in step 3; PPT has joined and seen something of its own tiltak."""
    with granvik.writing() as session:
        ours = {"owner": ServiceOwner.OTHER, "agreement_date": date(2026, 1, 1)}
        session.execute(update(Service).where(Service.id == eirik.service).values(**ours))
    table.starts()
    table.lets_join(pernille)
    table.take_part = table.who_takes_part()
    table.moves(Step.PLANLEGG_TILTAK)
    table.plans()
    reading = table.adds_tiltak("Vi leser sammen", "Pernille Påfunn")
    table.moves(Step.IVERKSETT)
    noting.add_note(At(pernille, table.number), tiltak=reading, kind=NoteKind.NOTE, text=SEEN)
    return table


def owner(table):
    with table.looking() as case:
        return case.owner_service_id


def lets_the_school_in(table, answer=YES):
    code = "granvik-skole"
    table.services[code] = owner(table)
    table.clock.set(table.clock.now.replace(minute=table.clock.now.minute + 1))
    table.is_asked("ppt", code)
    for guardian in (table.marte, table.jonas):
        table.answers(guardian, ppt=YES, **{code: answer})


def paper(table, recipient="family"):
    return text_of(exporting.stafettlogg(table.at, recipient=recipient, language="nb"))


@pytest.mark.meets("R-65", "R-01")
def test_it_reads_what_it_wrote_and_what_others_wrote_only_when_the_family_has_said_yes_to_it_too(private):
    with private.looking() as case:
        assert [n.text for n in story.notes(case)] == []
        choice = next(c for c in consenting.view(case).choices if c.service == case.owner_service_id)
    assert "annen eier enn kommunen" in choice.why

    lets_the_school_in(private)
    with private.looking() as case:
        assert [n.text for n in story.notes(case)] == [SEEN]
        assert case.sight.everything is False


@pytest.mark.meets("R-65")
@pytest.mark.parametrize("recipient", ["family", "archive", "guardian:1"])
def test_the_one_who_carries_it_prints_for_those_who_read_by_relation_and_the_paper_says_whose_eyes_it_is_seen_with(
    private, recipient
):
    with private.looking() as case:
        assert {"family", "child", "archive", "guardian:1", "guardian:2"} <= {
            r.code for r in exporting.recipients(case)
        }
    printed = paper(private, recipient)

    assert {CONCERN, AT_SCHOOL, AT_HOME, ITS_OWN} <= {
        words for words in (CONCERN, AT_SCHOOL, AT_HOME, ITS_OWN) if words in printed
    }


@ON_ONE_ENGINE
def test_a_paper_from_a_school_of_the_kommune_says_nothing_of_whose_eyes_it_is_seen_with(table):
    table.comes_to(Step.PLANLEGG_TILTAK)

    assert "får se" not in paper(table)


@pytest.mark.meets("R-65")
@ON_ONE_ENGINE
def test_no_paper_of_its_shows_what_it_may_not_read(private, granvik, eirik):
    with granvik.writing() as session:
        session.execute(
            update(Tiltak)
            .where(Tiltak.text == AT_HOME)
            .values(written_for=private.services["ppt"], category=Category.HEALTH)
        )

    assert AT_HOME not in paper(private)
    assert AT_HOME not in paper(private, "archive")


@pytest.mark.meets("R-10", "R-65")
@ON_ONE_ENGINE
def test_a_yes_to_the_owner_alone_is_work_in_the_own_service(private):
    private.services["granvik-skole"] = owner(private)
    private.clock.set(private.clock.now.replace(minute=private.clock.now.minute + 1))
    private.is_asked("ppt", "skolehelse", "granvik-skole")
    for guardian in (private.marte, private.jonas):
        private.answers(guardian, **{"ppt": NO, "skolehelse": NO, "granvik-skole": YES})

    assert (private.state("ppt"), private.stands()[3]) == (ConsentState.REFUSED, Level.OWN_SERVICE)


@pytest.mark.meets("R-04")
@ON_ONE_ENGINE
def test_the_family_is_not_asked_about_a_school_of_the_kommune_that_owns_the_log(table):
    with table.looking() as case:
        assert case.owner_service_id not in {c.service for c in consenting.view(case).choices}
    table.services["granvik-skole"] = owner(table)

    with pytest.raises(Refused) as refusal:
        table.is_asked("granvik-skole")
    assert refusal.value.reason is Reason.NOT_A_CHOICE


@pytest.mark.meets("R-13")
@ON_ONE_ENGINE
def test_one_of_another_service_who_carries_the_log_prints_what_consent_covers_and_says_so(table, liv):
    table.comes_to(Step.PLANLEGG_TILTAK)
    table.lets_join(liv)
    asked = handing_over.propose(table.at, to=liv.id, reason=None, until=None)
    answering.accept(At(liv, ""), handover=asked)
    number = At(liv, table.number)

    printed = text_of(exporting.stafettlogg(number, recipient="family", language="nb"))
    assert CONCERN in printed
    assert "Dette papiret viser bare det helsesykepleier får se." in printed
    assert "Liv Eksempel, helsesykepleier" in printed
    printed = text_of(exporting.stafettlogg(number, recipient="family", language="nn"))
    assert "Dette papiret viser berre det helsesjukepleiar får sjå." in printed
    assert "Liv Eksempel, helsesjukepleiar" in printed
    assert "helsesykepleier" not in printed


@pytest.fixture
def carried_by_liv(table, liv):
    """Let Liv of the health service carry the log in step 3, and the child keep to itself what it says."""
    table.comes_to(Step.IVERKSETT, but=Missing.CHILD_PLAN_EVALUATION)
    table.lets_join(liv)
    answering.accept(At(liv, ""), handover=handing_over.propose(table.at, to=liv.id, reason=None, until=None))
    table.at = At(liv, table.number)
    return table


def says(table, share_with, actor=None, **more):
    said = {"words": "", "experienced_change": "", "named": frozenset(), "version": 0}
    carrying_out.save_child_view(At(actor, table.number) if actor else table.at, share_with=share_with, **(said | more))


@pytest.mark.meets("R-16", "R-34")
@pytest.mark.parametrize("share_with", [ShareWith.NONE, ShareWith.TOO_SMALL])
def test_a_child_who_keeps_it_is_heard_also_for_one_who_carries_the_log_and_may_not_read_it(
    carried_by_liv, liv, share_with
):
    table = carried_by_liv
    says(table, share_with)
    table.moves(Step.EVALUERING)

    with table.looking(liv) as case:
        shown = evaluating.view(case)
    assert shown.child_view is None
    assert Missing.EXPERIENCE not in shown.missing


@pytest.mark.meets("R-34")
def test_what_the_child_told_the_school_alone_is_not_written_over_by_one_who_may_not_read_it(
    carried_by_liv, eirik, liv
):
    table = carried_by_liv
    told = {"words": "Hos Eirik er det trygt.", "named": frozenset({table.services["ppt"]})}
    says(table, ShareWith.NAMED, actor=eirik, **told)

    with pytest.raises(Refused) as refusal:
        says(table, ShareWith.ALL, words="Noe annet.")
    assert (refusal.value.reason, refusal.value.field) == (Reason.CHILD_SAID_TO_OTHERS, "share_with")
    with table.looking(eirik) as case:
        assert [v.words for v in story.child_views(case) if v.heard_for is HeardFor.EVALUATION] == [told["words"]]
    with table.looking(liv) as case:
        assert [v for v in story.child_views(case) if v.heard_for is HeardFor.EVALUATION] == []
        assert Missing.EXPERIENCE not in evaluating.view(case).missing

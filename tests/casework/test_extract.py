"""Scenario 25: the family asks what is kept, and gets it on paper: one person's own, with everybody who has read it."""

import importlib
import pkgutil
from datetime import timedelta

import page
import pytest
from sqlalchemy import select

from bti import casework
from bti.casework.consent import consenting
from bti.casework.desk import coordinating
from bti.casework.door import USE_CASES, At
from bti.casework.intake import creating, protecting
from bti.casework.paper import extract
from bti.casework.said import noting
from bti.casework.steps import planning
from bti.content.deeds import DID, OF_THE_ADDRESS, SAID_OTHERWISE
from bti.errors import Reason, Refused
from bti.rules.childs_voice import ChildTakesPart
from bti.rules.consent import Answer, ConsentAddition, ConsentForm, ConsentLevel
from bti.rules.people import ProtectedAddress
from bti.rules.tiltak import NoteKind
from bti.rules.workflow import Step
from bti.store.tables import Child, LogEvent, SiblingLink
from tests import cast
from tests.casework.test_about_guardian import ILL, writes
from tests.casework.test_exporting import everything_in, flat, text_of
from tests.casework.test_five_steps import AT_SCHOOL, CONCERN, ON_ONE_ENGINE, refused
from tests.casework.test_gate import YES
from tests.cast import SOLVEIG_BORN

MARTE, JONAS, CHILD = "guardian:1", "guardian:2", "child"
NOTE, OFFER = "Hun lo i dag.", "Samtalegruppe"


@pytest.fixture
def table(table, eirik, pernille, person, granvik):
    """Solveig's log, with something of each kind, read by PPT and looked up by the koordinator."""
    table.consents("ppt", "skolehelse")
    writes(table)
    table.plans_for_child(ChildTakesPart.HEARD_BEFORE)
    with granvik.writing(eirik.id) as session:
        child = session.execute(select(Child)).scalar_one()
        child.language = "tigrinja"
        session.add(SiblingLink(child_id=child.id, first_name="Vetle"))
    table.lets_join(pernille)
    table.take_part = table.who_takes_part()
    table.moves(Step.PLANLEGG_TILTAK)
    table.plans()
    table.adds_what_is_optional()
    table.moves(Step.IVERKSETT)
    noting.add_note(table.at, tiltak=table.at_school, kind=NoteKind.POSITIVE_NOTE, text=NOTE)
    with table.looking(pernille):
        pass
    coordinating.look_up(At(person("kaja"), ""), child_name="Solveig Testdal", birth_date=SOLVEIG_BORN)
    return table


def paper(table, recipient, language="nb", actor=None):
    return extract.extract(At(actor or table.eirik, table.number), recipient=recipient, language=language)


def made_for(table, actor=None):
    with table.looking(actor) as case:
        return [one.code for one in extract.recipients(case)]


@ON_ONE_ENGINE
def test_what_was_tried_and_came_to_nothing_is_never_told_as_done(table, torleiv, pernille):
    with pytest.raises(Refused):
        creating.create_case(
            torleiv,
            child_name="Solveig Testdal",
            birth_date=SOLVEIG_BORN,
            protected_address=ProtectedAddress.NONE,
            guardians=[cast.MARTE],
        )
    with pytest.raises(Refused):
        planning.save_best_interests(At(pernille, table.number), text="Planbeste", version=0)

    shown = flat(text_of(paper(table, MARTE)))

    assert shown.count("opprettet stafettloggen") - shown.count("ble nektet: opprettet stafettloggen") == 1
    assert "Torleiv Tenkt, Granvik skole ble nektet: opprettet stafettloggen" in shown
    assert "ble nektet: skrev barnets beste (det gjør stafettholderen)" in shown


@ON_ONE_ENGINE
@pytest.mark.meets("R-59")
def test_it_says_what_the_family_keeps_back_but_not_the_words_which_may_be_one_parents_own(table):
    assert "holdt tilbake" not in flat(text_of(paper(table, MARTE)))
    consenting.narrow(
        table.at, oppmerksomhet=table.concern, service=table.services["ppt"], kept_out=True, said_by="Marte"
    )
    table.clock.set(table.clock.now + timedelta(seconds=1))
    table.is_asked("ppt", not_to_share="At far er innlagt.")

    for recipient in (MARTE, JONAS):
        shown = flat(text_of(paper(table, recipient)))
        assert f"PPT ser ikke «{CONCERN}»." in shown
        assert "Familien har sagt at noe ikke skal deles. Stafettholderen viser deg hva." in shown
        assert "innlagt" not in shown


@ON_ONE_ENGINE
@pytest.mark.meets("R-07", "R-50")
def test_it_says_whether_one_has_taken_back_all_or_a_service_or_only_an_addition(table):
    def takes_back(who, *codes, **more):
        table.clock.set(table.clock.now + timedelta(days=1))
        services = [table.services[code] for code in codes]
        consenting.withdraw(table.at, consenter=who, services=services, **more)

    health = Answer(ConsentLevel.EVERYDAY, frozenset({ConsentAddition.HEALTH}))
    table.is_asked("ppt", "skolehelse")
    table.answers(table.marte, ppt=health, skolehelse=YES)
    takes_back(table.marte, "ppt", additions=health.additions)
    takes_back(table.marte, "skolehelse")
    takes_back(table.marte, "ppt", "skolehelse")
    takes_back(table.jonas, "ppt")

    hers, his = (flat(text_of(paper(table, one))) for one in (MARTE, JONAS))
    assert "PPT: bare helse er trukket tilbake, 11. mars 2026" in hers
    assert "Helsesykepleier: trukket tilbake 12. mars 2026" in hers
    assert "Alt er trukket tilbake, 13. mars 2026: " in hers
    assert "PPT: trukket tilbake 14. mars 2026" in his
    assert "11. mars" not in his.partition("Det du har svart")[2].partition("Det som står om dere")[0]


@pytest.mark.meets("R-50", "R-70", "scenario-25")
def test_it_holds_the_content_the_consents_and_everybody_who_has_read(table):
    assert made_for(table) == [MARTE, JONAS, CHILD]
    for recipient in made_for(table):
        shown = flat(text_of(paper(table, recipient)))
        kept = (
            AT_SCHOOL,
            NOTE,
            OFFER,
            "Søndagene er lange.",
            "Solveig Testdal, 02.06.2015",
            "tigrinja",
            "Søsken: Vetle",
        )
        assert [text for text in kept if text not in shown] == [], recipient
        assert "PPT, avtalene og hverdagen, fra 10.03.2026 til 31.07.2026" in shown
        assert "Innsyn i stafettloggen til Solveig" in shown
        assert "Pernille Påfunn, PPT leste" in shown
        assert "så som BTI-koordinator hvem som har loggen" in shown
        assert "Eirik Prøve, Granvik skole opprettet stafettloggen" in shown


@pytest.mark.meets("R-59", "scenario-25")
def test_what_is_about_the_other_guardian_is_not_in_it_nor_what_the_other_has_answered(table):
    table.is_asked("bup")
    table.answers(table.marte, bup=Answer(ConsentLevel.NO))
    table.answers(table.jonas, bup=Answer(ConsentLevel.AGREEMENTS))

    hers, his, childs = (paper(table, who) for who in (MARTE, JONAS, CHILD))

    assert ILL in flat(text_of(hers))
    assert ILL not in everything_in(his)
    assert ILL not in everything_in(childs)
    assert "BUP, nei" in flat(text_of(hers))
    assert "BUP, nei" not in flat(text_of(his))
    assert "BUP, bare avtalene (her på skjermen)" in flat(text_of(his))
    assert "BUP, bare avtalene (her på skjermen)" not in flat(text_of(hers))
    assert "Det du har svart" not in text_of(childs)


@ON_ONE_ENGINE
@pytest.mark.meets("R-59", "R-10")
def test_what_one_guardian_alone_can_have_said_is_told_as_an_answer_like_any_other(table):
    table.clock.set(table.clock.now + timedelta(days=1))
    consenting.answer_about_me(table.at, guardian=table.marte, shown_to=[], form=ConsentForm.ELECTRONIC)
    table.clock.set(table.clock.now + timedelta(days=1))
    table.withdraws(table.marte, "ppt")

    for recipient in (MARTE, JONAS):
        shown = flat(text_of(paper(table, recipient)))
        read = shown.partition("Hvem som har lest og skrevet")[2]
        assert "11.03.2026 kl. 12.00 Eirik Prøve, Granvik skole skrev ned et svar på samtykke" in read
        assert "12.03.2026 kl. 12.00 Eirik Prøve, Granvik skole skrev ned et svar på samtykke" in read
        assert [words for words in ("gjelder en selv", "trukket") if words in read] == []


@pytest.mark.meets("R-60")
def test_nobody_learns_from_it_that_the_child_is_hidden_and_who_it_is_hidden_from_gets_none(table):
    protecting.block(table.at, guardian=table.jonas, blocked=True)

    assert made_for(table) == [MARTE, CHILD]
    assert refused(paper, table, JONAS) is Reason.NOT_A_CHOICE
    for act in OF_THE_ADDRESS:
        assert act not in everything_in(paper(table, MARTE))
        assert DID[act] not in flat(text_of(paper(table, MARTE)))
    protecting.block(table.at, guardian=table.jonas, blocked=False)
    assert DID["block"] not in flat(text_of(paper(table, JONAS)))


@ON_ONE_ENGINE
def test_it_is_made_by_the_stafettholder_alone_and_written_down_for_whom(table, pernille, granvik):
    assert refused(paper, table, MARTE, actor=pernille) is Reason.NOT_ALLOWED
    assert made_for(table, pernille) == []
    for recipient, language in (
        ("family", "nb"),
        ("archive", "nb"),
        ("ppt", "nb"),
        ("guardian:9", "nb"),
        (MARTE, "en"),
    ):
        assert refused(paper, table, recipient, language) is Reason.NOT_A_CHOICE
    paper(table, MARTE)

    with granvik.reading(table.eirik.id) as session:
        said = session.execute(select(LogEvent.action, LogEvent.object, LogEvent.outcome)).all()
    assert ("extract", MARTE, "printed") in {tuple(row) for row in said}


@ON_ONE_ENGINE
def test_it_is_fit_for_everyone_in_both_languages_with_every_act_in_words(table):
    for language, words in (("nb", "Hvem som har lest og skrevet"), ("nn", "Kven som har lese og skrive")):
        file = paper(table, MARTE, language)
        for profile in ("2a", "ua1"):
            report = page.validate_pdf_bytes(file, profile=profile)
            assert report.is_compliant, report
        shown = text_of(file)
        assert words in flat(shown)
        assert [act for act in DID if act in shown and "_" in act] == []


def test_every_act_in_a_case_is_said_in_words(every_use_case):
    assert every_use_case - set(DID) - SAID_OTHERWISE == set()


@pytest.fixture
def every_use_case():
    for module in pkgutil.walk_packages(casework.__path__, "bti.casework."):
        importlib.import_module(module.name)
    return {name.rsplit(".", 1)[1] for name in USE_CASES if name.startswith("bti.")}

"""The message to services outside the kommune, on paper: the family reads it first, and each who is asked by its own yes."""

from datetime import date
from io import BytesIO

import page
import pytest
from pypdf import PdfReader
from sqlalchemy import select, update

from bti.casework.consent import consenting
from bti.casework.door import At
from bti.casework.intake import protecting
from bti.casework.paper import exporting, message_paper
from bti.casework.steps import escalating
from bti.errors import Reason
from bti.rules.consent import Answer, ConsentLevel
from bti.store.tables import Child, LogEvent
from tests.casework.test_escalating import Outwards
from tests.casework.test_exporting import everything_in, flat, text_of
from tests.casework.test_five_steps import AT_HOME, AT_SCHOOL, ON_ONE_ENGINE, refused

QUESTION, SITUATION, FAMILY = (
    "Kan dere hjelpe med det hun gruer seg til?",
    "Solveig er borte oftere enn før.",
    "Vi trenger noen å snakke med.",
)
BUP = "bup"


@pytest.fixture
def outwards(eirik, wall_clock, pernille):
    return Outwards(eirik, wall_clock, pernille)


def paper(table, recipient, language="nb", actor=None):
    asked = At(actor or table.eirik, table.number)
    return message_paper.message(asked, recipient=recipient, language=language)


def made_for(table):
    with table.looking() as case:
        return [one.code for one in message_paper.recipients(case, escalating.of_round(case))]


@pytest.mark.meets("R-08", "S4-28")
def test_the_family_reads_the_message_and_bup_gets_it_when_the_family_has_said_yes_to_just_this(outwards):
    assert refused(paper, outwards, "family") is Reason.STEP_NOT_DONE
    outwards.writes()
    assert made_for(outwards) == ["family", "guardian:1", "guardian:2"]
    for recipient in made_for(outwards):
        shown = flat(text_of(paper(outwards, recipient)))
        assert [t for t in (QUESTION, SITUATION, FAMILY, AT_SCHOOL, AT_HOME, "Til BUP") if t not in shown] == []
    assert refused(paper, outwards, BUP) is Reason.MESSAGE_NOT_READ

    escalating.family_has_read(outwards.at, version=1)
    outwards.says_yes_to_bup()
    assert refused(paper, outwards, BUP) is Reason.MESSAGE_NOT_READ
    escalating.make_ready(outwards.at, version=2)

    assert made_for(outwards)[-1] == BUP
    shown = flat(text_of(paper(outwards, BUP)))
    for text in (QUESTION, SITUATION, FAMILY, AT_SCHOOL, "Ingen effekt", "til 31. juli 2026", "Født 2015"):
        assert text in shown
    for recipient in ("child", "archive", "guardian:9"):
        assert refused(paper, outwards, recipient) is Reason.NOT_A_CHOICE
    assert refused(paper, outwards, "ppt") is Reason.NEW_CONSENT
    assert refused(paper, outwards, "family", "en") is Reason.NOT_A_CHOICE


@pytest.mark.meets("R-08", "R-01")
def test_a_yes_that_is_taken_back_or_covers_the_agreements_only_lets_no_message_out(outwards):
    outwards.does_all()
    paper(outwards, BUP)
    consenting.withdraw(outwards.at, consenter=outwards.jonas, services=[outwards.services[BUP]])
    assert refused(paper, outwards, BUP) is Reason.NEW_CONSENT

    agreements = Answer(ConsentLevel.AGREEMENTS)
    outwards.says_yes_to_bup(ConsentLevel.AGREEMENTS, agreements)
    assert refused(paper, outwards, BUP) is Reason.NEW_CONSENT


@pytest.mark.meets("R-34")
def test_the_childs_words_stand_on_it_only_when_the_child_lets_bup_read_them(outwards):
    outwards.does_all()

    assert "Søndagene er lange." not in everything_in(paper(outwards, BUP))
    assert "Søndagene er lange." not in everything_in(paper(outwards, "family"))


@pytest.mark.meets("R-60")
def test_there_is_no_message_for_a_guardian_the_child_is_hidden_from(outwards):
    outwards.writes()
    protecting.block(outwards.at, guardian=outwards.jonas, blocked=True)

    assert made_for(outwards) == ["guardian:1"]
    for recipient in ("family", "guardian:2"):
        assert refused(paper, outwards, recipient) is Reason.NOT_A_CHOICE


@ON_ONE_ENGINE
@pytest.mark.meets("R-03")
def test_one_who_is_of_age_reads_the_message_and_no_guardian_does(outwards, granvik):
    outwards.writes()
    with granvik.writing(outwards.eirik.id) as session:
        session.execute(update(Child).values(birth_date=date(2008, 3, 10)))

    assert made_for(outwards) == ["child"]
    assert QUESTION in flat(text_of(paper(outwards, "child")))
    assert refused(paper, outwards, "guardian:1") is Reason.NOT_A_CHOICE


@ON_ONE_ENGINE
def test_only_who_carries_the_log_prints_it_and_each_paper_is_written_down(outwards, pernille, granvik):
    outwards.writes()
    assert refused(paper, outwards, "family", actor=pernille) is Reason.NOT_ALLOWED
    paper(outwards, "family")

    with granvik.reading(outwards.eirik.id) as session:
        said = session.execute(select(LogEvent.action, LogEvent.object, LogEvent.outcome)).all()
    assert ("message", "family", "printed") in {tuple(row) for row in said}
    with outwards.looking() as case:
        assert exporting.recipients(case)


@ON_ONE_ENGINE
@pytest.mark.parametrize(
    ("language", "words"), [("nb", "Vi ber om hjelp til Solveig"), ("nn", "Vi bed om hjelp til Solveig")]
)
def test_it_is_fit_for_the_archive_and_for_everyone_and_its_title_names_nobody(outwards, language, words):
    outwards.does_all()

    file = paper(outwards, BUP, language)

    for profile in ("2a", "ua1"):
        report = page.validate_pdf_bytes(file, profile=profile)
        assert report.is_compliant, report
    assert words in flat(text_of(file))
    assert PdfReader(BytesIO(file)).xmp_metadata.dc_title == {"x-default": f"Melding {outwards.number}"}

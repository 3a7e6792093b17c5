"""The empty forms: one for each step and the family's two slips, in both languages, as accessible paper."""

import re
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import page
import pytest
from pypdfium2 import PdfDocument

from bti.content.kommune import kommune
from bti.content.labels import label
from bti.content.words import level_opens
from bti.documents.blank import LINE, SHORT, blank
from bti.language import _, speaking
from bti.rules.consent import ConsentAddition, ConsentLevel
from bti.rules.workflow import Blank

MADE = datetime(2026, 3, 10, 11, tzinfo=UTC)


def made(kind, language="nb"):
    return blank(kind, kommune(Path("nowhere")), language, made_at=MADE)


@pytest.mark.meets("R-69")
@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize("kind", list(Blank))
def test_a_form_keeps_the_standards_and_is_one_page_or_two(kind, language, read):
    file = made(kind, language)

    for profile in ("2a", "ua1"):
        report = page.validate_pdf_bytes(file, profile=profile)
        assert report.is_compliant, report
    paper = read(file)
    with speaking(language):
        assert paper.find("H1")[0].text().startswith(label(kind))
    assert len(paper.pages) <= 2
    assert "\ufffd" not in paper.text()


@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize("kind", list(Blank))
def test_a_dotted_line_is_one_line(kind, language):
    with closing(PdfDocument(made(kind, language))) as paper:
        shown = "\n".join(sheet.get_textpage().get_text_range() for sheet in paper)

    assert {len(run) for run in re.findall("…+", shown)} <= {8, 10, 11, 12, 13, 14, 16, 23, len(SHORT), len(LINE)}


@pytest.mark.parametrize(("language", "words"), [("nb", "Jeg vil at dere slutter"), ("nn", "Eg vil at de sluttar")])
def test_who_takes_a_yes_back_is_asked_for_no_reason(language, words, read):
    text = read(made(Blank.WITHDRAWAL, language)).text()

    assert words in text
    for reason in ("hvorfor", "kvifor", "grunn", "årsak"):
        assert reason not in text.casefold()


@pytest.mark.meets("S3-10")
def test_what_the_family_should_know_is_on_paper_before_it_answers_and_nothing_is_ticked_on_the_consent(read):
    text = read(made(Blank.CONSENT)).text()

    assert "Det er frivillig" in text
    assert not set("☑☒●✓") & set(text)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nb", "Avtalene og hverdagen: også hvordan barnet har det på skolen / i barnehagen og med andre barn"),
        ("nn", "Avtalane og kvardagen: også korleis barnet har det på skulen / i barnehagen og med andre barn"),
    ],
)
def test_the_consent_says_what_a_level_opens_in_the_words_of_the_screen(language, words, read):
    text = " ".join(read(made(Blank.CONSENT, language)).text().split())

    assert words in text
    with speaking(language):
        assert all(
            f"{label(one)}: {level_opens(one, _('barnet'))}" in text for one in set(ConsentLevel) - {ConsentLevel.NO}
        )


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_the_consent_says_what_it_is_for_who_asks_and_that_the_child_is_told(language, read):
    text = " ".join(read(made(Blank.CONSENT, language)).text().split())

    with speaking(language):
        for said in (
            _("Målet er best mulig og samordnet hjelp. Vi deler bare det som er nødvendig."),
            _("Vi har fortalt {barn} hvem som får vite hva, og spurt hva {barn} synes.", barn=_("barnet")),
        ):
            assert said in text


@pytest.mark.meets("R-07")
@pytest.mark.parametrize("language", ["nb", "nn"])
def test_only_an_addition_can_be_taken_back_on_paper_too(language, read):
    text = " ".join(read(made(Blank.WITHDRAWAL, language)).text().split())

    with speaking(language):
        for addition in ConsentAddition:
            assert f"☐ {label(addition)}" in text

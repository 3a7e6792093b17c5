"""What a screen reader and an archive make of the paper."""

from importlib.metadata import version
from io import BytesIO
from itertools import pairwise

import fpdf.fonts
import fpdf.output
import page
import pytest
from fpdf import FPDF
from pypdf import PdfReader

from bti.documents.page import Cell, Column, StepMark


@pytest.mark.parametrize("profile", ["2a", "ua1"])
@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize("kind", ["empty", "normal", "long words"])
def test_the_paper_is_fit_for_the_archive_and_for_everyone(new_paper, filled, kind, language, profile):
    paper = new_paper(language=language)
    if kind == "normal":
        filled(paper)
    if kind == "long words":
        paper.h1("w" * 4000)
        paper.table([Column("Smal", 1), Column("Brei", 9)], [[Cell("w" * 4000), Cell("ord " * 600)]])

    report = page.validate_pdf_bytes(paper.bytes(), profile=profile)

    assert [failure.message for failure in report.failures] == []
    assert report.is_compliant


def test_a_paper_of_forty_pages_with_huge_cells_is_fit_as_well(new_paper, filled, read):
    file = filled(new_paper(), times=6, words=600).bytes()

    for profile in ("2a", "ua1"):
        assert page.validate_pdf_bytes(file, profile=profile).is_compliant
    assert len(read(file).pages) >= 40


@pytest.mark.parametrize(("language", "locale"), [("nb", "nb-NO"), ("nn", "nn-NO")])
def test_the_paper_says_its_title_and_its_language(new_paper, read, language, locale):
    paper = read(new_paper(title="Stafettlogg & «møte»", language=language).bytes())

    assert paper.catalog["/Lang"] == locale
    assert paper.catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert paper.catalog["/MarkInfo"]["/Marked"]
    assert paper.reader.xmp_metadata.dc_title == {"x-default": "Stafettlogg & «møte»"}
    assert all(sheet["/Tabs"] == "/S" for sheet in paper.reader.pages)


def test_the_metadata_know_the_title_the_clock_and_nothing_else_of_the_paper(new_paper, filled, read):
    paper = read(filled(new_paper()).bytes())
    metadata = paper.catalog["/Metadata"].get_data().decode()

    assert "/Info" not in paper.reader.trailer
    assert metadata.count("2026-01-15T09:00:00+00:00") == 3
    for word in ("Solveig", "Testdal", "Granvik", "2026-0417"):
        assert word not in metadata


def test_headings_stand_in_order_and_the_first_is_the_only_h1(new_paper, filled, read):
    headings = read(filled(new_paper(), times=2).bytes()).find("H1", "H2", "H3")

    levels = [int(heading.role[1]) for heading in headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(deeper - level <= 1 for level, deeper in pairwise(levels))
    assert [heading.text().strip() for heading in headings][:3] == [
        "Stafettlogg – sammendrag",
        "Barnets stemme",
        "Bekymring, mål og tiltak",
    ]


def test_every_picture_says_in_words_what_it_shows_and_where_it_stands(new_paper, filled, read):
    figures = read(filled(new_paper()).bytes()).find("Figure")

    assert [figure.entry["/Alt"] for figure in figures] == [
        "Steg 2 av 3: Evaluering. Oppstart er ferdig, Veien videre gjenstår."
    ]
    assert all(len(figure.attribute("/BBox")) == 4 for figure in figures)


def test_a_table_says_which_cells_are_titles_and_of_what(new_paper, filled, read):
    (table,) = read(filled(new_paper()).bytes()).find("Table")
    head, *body = table.find("TR")

    assert table.attribute("/Summary") == "Fire bekymringer med tiltak, frist og effekt"
    assert [(cell.role, cell.attribute("/Scope")) for cell in head.children] == [("TH", "/Column")] * 4
    for row in body:
        assert [(cell.role, cell.attribute("/Scope")) for cell in row.children] == [("TH", "/Row")] + [("TD", None)] * 3


def test_the_childs_words_are_a_quotation(new_paper, filled, read):
    (quote,) = read(filled(new_paper()).bytes()).find("BlockQuote")

    assert quote.text().strip() == "«Jeg vil være med på fotball.»"


def test_each_entry_of_a_list_has_its_symbol_and_its_text(new_paper, filled, read):
    entries = read(filled(new_paper()).bytes()).find("LI")

    spoken = [[child.text().strip() for child in entry.children] for entry in entries]
    assert ["Stafettholder", "Eirik Prøve"] in spoken
    assert ["☑", "Arbeidet fortsetter."] in spoken
    assert ["•", "Jonas ringer skolen."] in spoken


def test_what_is_read_aloud_has_a_space_where_a_line_ends(new_paper, read):
    paper = new_paper()
    text = " ".join(f"ord{nth}" for nth in range(200))
    paper.paragraph(text)

    (written,) = [node for node in read(paper.bytes()).find("P") if "ord0" in node.text()]

    assert written.text().strip() == text


def test_other_programs_find_the_spaces_too(new_paper):
    paper = new_paper()
    paper.paragraph("fotball " * 60)

    extracted = PdfReader(BytesIO(paper.bytes())).pages[0].extract_text().split()

    assert extracted.count("fotball") == 60


def test_a_column_title_repeated_on_a_new_page_is_read_once(new_paper, read):
    paper = new_paper()
    paper.table([Column("Nummer", 1), Column("Hva", 3)], [[Cell(str(nth)), Cell("Noe")] for nth in range(80)])
    told = read(paper.bytes())

    assert told.text().count("Nummer") == 1
    assert all("Nummer" in told.decoration(nth) for nth in range(1, len(told.pages)))


def test_the_letterhead_and_its_stamp_are_read_once(new_paper, filled, read):
    told = read(filled(new_paper(), times=3).bytes())

    assert told.text().count("UNNTATT OFFENTLIGHET") == 1
    assert "UNNTATT OFFENTLIGHET" in told.decoration(1)


def test_every_mark_on_every_page_belongs_to_the_element_the_parent_tree_names(new_paper, filled, read):
    told = read(filled(new_paper(), times=4).bytes())
    numbers = told.catalog["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    parents = {int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)}

    for nth, sheet in enumerate(told.reader.pages):
        named = parents[int(sheet["/StructParents"])]
        drawn = {mark for mark in told.pages[nth] if mark is not None}
        assert drawn == set(range(len(named)))


def test_a_picture_without_words_is_refused(new_paper):
    with pytest.raises(ValueError, match="words"):
        new_paper().steps([StepMark("Oppstart", "here")], alt=" ")


def test_the_library_is_the_one_the_tagging_was_written_for():
    """Its private names are used. After an upgrade: run this folder, look at a page, then move the version here."""
    assert version("fpdf2") == "2.8.9"
    producer = fpdf.output.OutputProducer
    for name in ("_add_structure_tree", "_add_pdf_obj", "_build_xmp_from_info"):
        assert callable(getattr(producer, name))
    assert callable(FPDF._out)
    assert hasattr(FPDF(), "_resource_catalog")
    assert hasattr(fpdf.fonts.SubsetMap, "pick")

"""The paper as people meet it: what stands on it, where, and that nothing is lost."""

import unicodedata
from datetime import datetime
from itertools import pairwise

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bti.documents.lettering import SOFT_HYPHEN, Lettering, Style, Type
from bti.documents.page import Box, Cell, Column, Item, Letterhead, Muted, Palette, Pill, StepMark, Strong

MM = 72 / 25.4
BODY = Type(Style.REGULAR, 10)

HARD = "e\u0301 \ud800 😀 שלום \x00\x1b\t\u200d ŋđ\u00a0č □ \u2028ny\r\nlinje \u00ad- \ufffe \U000e0101 ﬁ"
texts = st.text(max_size=60) | st.text(alphabet="aæøå \n\u00ad-ŋ", max_size=200) | st.just(HARD)


def remains(text):
    """Return what must be on the paper of a text: what can be seen, composed, a box where the font has no letter."""
    spaced = "".join(" " if char.isspace() else char for char in text)
    seen = "".join(char for char in spaced if unicodedata.category(char) not in {"Cc", "Cf"})
    seen = "".join(char for char in seen if "VARIATION SELECTOR" not in unicodedata.name(char, ""))
    lettering = Lettering()
    return "".join(lettering.legible(char, Style.REGULAR) for char in shown(unicodedata.normalize("NFC", seen)))


def shown(text):
    return "".join(text.replace(SOFT_HYPHEN, "").replace("\u00a0", "").split())


def white(image, left, top, right, bottom):
    scale = image.width / 210
    box = [round(side * scale) for side in (left, top, right, bottom)]
    return all(low == high == 255 for low, high in image.crop(box).convert("RGB").getextrema())


def pictures(file):
    with pypdfium2.PdfDocument(file) as document:
        return [sheet.render(scale=1).to_pil() for sheet in document]


def under_a_title(write):
    def written(paper, text):
        paper.h1("")
        write(paper, text)

    return written


PLACES = {
    "title": lambda paper, text: paper.h1(text),
    "line below the title": lambda paper, text: paper.h1("", below=text),
    "heading": under_a_title(lambda paper, text: paper.h2(text)),
    "paragraph": lambda paper, text: paper.paragraph(text),
    "label": lambda paper, text: paper.facts([(text, "B"), ("Nivå", "C")]),
    "fact": lambda paper, text: paper.facts([("Nivå", text)]),
    "voice": under_a_title(lambda paper, text: paper.voice("", [text])),
    "heading of the voice": under_a_title(lambda paper, text: paper.voice(text, [])),
    "how the voice came about": under_a_title(lambda paper, text: paper.voice("", [""], meta=text)),
    "title of a column": lambda paper, text: paper.table([Column("A", 9), Column(text, 1)], []),
    "strong in a cell": lambda paper, text: paper.table([Column("", 1)], [[Cell("A", Strong(text))]]),
    "muted in a cell": lambda paper, text: paper.table([Column("", 1)], [[Cell(Muted(text))]]),
    "cell": lambda paper, text: paper.table([Column("", 1), Column("", 9)], [[Cell(text), Cell("A")]]),
    "pill": lambda paper, text: paper.table([Column("", 1), Column("", 4)], [[Cell(Pill("some", text)), Cell()]]),
    "heading of a box": under_a_title(lambda paper, text: paper.boxes([Box(text, "good", [])])),
    "item": under_a_title(lambda paper, text: paper.boxes([Box("", "none", [Item("✓", text)])] * 2)),
    "item without a symbol": under_a_title(lambda paper, text: paper.boxes([Box("", "none", [Item("", text)])])),
    "symbol": under_a_title(lambda paper, text: paper.boxes([Box("", "plain", [Item(text, "A")])])),
    "bullet": lambda paper, text: paper.bullets([text]),
    "step": lambda paper, text: paper.steps([StepMark(text, "here")], alt="A"),
    "signature": lambda paper, text: paper.signatures([text]),
}


@pytest.mark.parametrize("text", [HARD, "w" * 4000, "ord " * 600], ids=["hard", "one long word", "many words"])
@pytest.mark.parametrize("place", PLACES)
def test_nothing_of_a_text_is_lost_wherever_it_stands(new_paper, read, place, text):
    paper = new_paper(letterhead=Letterhead("", ""))
    PLACES[place](paper, text)

    told = read(paper.bytes())

    assert remains(text) in shown(told.text())
    assert sum(len(marks) for marks in told.pages) >= len(told.pages)


@settings(max_examples=20)
@given(st.sampled_from(list(PLACES)), texts)
def test_nothing_of_any_text_is_lost(new_paper, read, place, text):
    paper = new_paper(letterhead=Letterhead("", ""))
    PLACES[place](paper, text)

    assert remains(text) in shown(read(paper.bytes()).text())


@given(texts, st.floats(3, 60))
def test_no_line_is_wider_than_its_column(text, width):
    lettering = Lettering()

    for line in lettering.lines(text, BODY, width):
        assert lettering.width(line.rstrip(" "), BODY) <= width + 1e-6 or len(line) == 1


@given(texts, st.floats(3, 60))
def test_lines_hold_all_of_the_text(text, width):
    lines = Lettering().lines(text, BODY, width)

    assert shown("".join(lines)) == remains(text)


def test_a_word_is_parted_at_its_soft_hyphens_where_it_must_be():
    word = f"menneske{SOFT_HYPHEN}rettighets{SOFT_HYPHEN}organisasjonen"

    assert Lettering().lines(word, BODY, 100) == ["menneskerettighetsorganisasjonen "]
    assert Lettering().lines(word, BODY, 35) == [f"menneskerettighets{SOFT_HYPHEN}", "organisasjonen "]


def test_a_letter_the_font_lacks_is_a_box_and_is_told_of(new_paper, read):
    paper = new_paper()
    paper.paragraph("Hei 😀, \ud800 og ŋ")

    assert "Hei □, □ og ŋ" in read(paper.bytes()).text()
    assert paper.missing == {"😀", "\ufffd"}


def test_a_rare_letter_the_font_has_is_shown(new_paper, read):
    paper = new_paper()
    paper.paragraph("Nguyễn Thị Hương")

    assert "Nguyễn Thị Hương" in read(paper.bytes()).text()
    assert paper.missing == set()


def test_the_same_paper_is_the_same_bytes(new_paper, filled):
    assert filled(new_paper()).bytes() == filled(new_paper()).bytes()


def test_every_page_says_which_it_is_of_how_many_at_the_right_edge(new_paper, filled, read):
    file = filled(new_paper(), times=3).bytes()
    count = len(read(file).pages)

    with pypdfium2.PdfDocument(file) as document:
        for number, sheet in enumerate(document, start=1):
            words = f"Side {number} av {count}"
            text = sheet.get_textpage()
            index, length = text.search(words).get_next()
            right = text.get_charbox(index + length - 1, loose=True)[2]
            assert right == pytest.approx(192 * MM, abs=0.6)


def test_every_page_has_its_letterhead_and_its_two_lines_below(new_paper, filled, read):
    told = read(filled(new_paper(), times=3).bytes())

    for number, page in enumerate(told.pages):
        everything = "".join(page.values())
        assert "Granvik kommune" in everything
        assert "Stafettlogg 2026-0417" in told.decoration(number)
        assert "Kopi er kun til mottakerne." in told.decoration(number)


@pytest.mark.parametrize("body_size", [10.0, 11.5])
def test_nothing_is_drawn_in_the_margins_or_between_the_text_and_the_foot(new_paper, filled, body_size):
    paper = filled(new_paper(body_size=body_size), times=2, words=60)
    paper.paragraph("w" * 4000)
    paper.table([Column("w" * 400, 1), Column("b", 9)], [[Cell("w" * 900), Cell(Pill("bad", "w" * 90))]])
    paper.table([Column("a", 1), Column("b", 99)], [[Cell("w" * 90), Cell(Strong("w" * 900))]])
    paper.facts([("w" * 300, "w" * 300)] * 3)

    for image in pictures(paper.bytes()):
        assert white(image, 0, 4, 17, 296)
        assert white(image, 193, 4, 210, 296)
        assert white(image, 0, 279, 210, 282)
        assert white(image, 0, 292.5, 210, 296)


def test_every_page_shows_ink(new_paper, filled):
    for image in pictures(filled(new_paper(), times=2).bytes()):
        assert not white(image, 18, 27, 192, 90)


def test_a_row_is_never_split_while_it_fits_a_page(new_paper, read):
    paper = new_paper()
    rows = [
        [Cell(Strong(f"Rad {nth}"), Muted("mål " * (nth * 7 % 40))), Cell("ord " * (nth * 13 % 90))]
        for nth in range(60)
    ]
    paper.table([Column("Hva", 2), Column("Hvordan", 3)], rows)

    told = read(paper.bytes())

    assert len(told.pages) > 3
    assert all(len(row.pages()) == 1 for row in told.find("TR"))


def test_a_row_taller_than_a_page_flows_and_keeps_every_word(new_paper, read):
    words = [" ".join(f"{letter}{nth}" for nth in range(900)) for letter in "ab"]
    paper = new_paper()
    paper.table([Column("Kort", 1), Column("Langt", 2)], [[Cell(words[0]), Cell(words[1])], [Cell("c"), Cell("d")]])

    _, row, after = read(paper.bytes()).find("TR")

    assert len(row.pages()) > 2
    assert [cell.text().strip() for cell in row.children] == words
    assert len(after.pages()) == 1


@pytest.mark.parametrize("lines", range(32, 42))
def test_nobody_signs_an_empty_page(new_paper, read, lines):
    paper = new_paper()
    paper.h1("Logg")
    for nth in range(lines):
        paper.paragraph(f"linje {nth}")
    paper.h2("Godkjenning")
    paper.signatures(["Marte Testdal", "Jonas Testdal"])

    last = "".join(read(paper.bytes()).pages[-1].values())

    assert "Marte Testdal" in last
    assert "linje" in last


def test_a_heading_is_never_the_last_thing_on_a_page(new_paper, read):
    paper = new_paper()
    paper.h1("Logg")
    for nth in range(40):
        paper.h2(f"Overskrift {nth}")
        paper.paragraph("ord " * (nth * 17 % 160 + 1))

    told = read(paper.bytes())

    body = told.document.children[1:]
    for heading, text in pairwise(body):
        if heading.role == "H2":
            assert min(text.pages()) == max(heading.pages())


def test_a_short_voice_stays_whole_and_a_long_one_flows(new_paper, read):
    short, long = new_paper(), new_paper()
    for paper, words in ((short, 40), (long, 1500)):
        paper.h1("Logg")
        paper.paragraph("linje\n" * 44)
        paper.voice("Barnets stemme", ["ord " * words], meta="Samtale")

    assert len(read(short.bytes()).find("BlockQuote")[0].pages()) == 1
    assert len(read(long.bytes()).find("BlockQuote")[0].pages()) > 1


def test_boxes_too_tall_for_a_page_are_headed_lists(new_paper, read):
    paper = new_paper()
    paper.h1("Logg")
    paper.boxes([Box("Samtykke", "good", [Item("✓", "ord " * 900)]), Box("Kopi", "none", [Item("", "Granvik skole")])])

    told = read(paper.bytes())

    assert [heading.text().strip() for heading in told.find("H2")] == ["Samtykke", "Kopi"]
    assert told.text().split().count("ord") == 900


def test_a_pill_is_a_symbol_and_words(new_paper, filled, read):
    told = read(filled(new_paper()).bytes())

    for symbol, words in (("▲", "Ønsket effekt"), ("●", "Noe effekt"), ("▼", "Ingen effekt"), ("○", "Ikke vurdert")):
        assert words in told.text()
        assert any(symbol in told.decoration(nth) for nth in range(len(told.pages)))


def test_the_step_we_are_at_says_so(new_paper, read):
    paper = new_paper()
    paper.steps([StepMark("Oppstart", "done"), StepMark("Planlegg", "here")], alt="Steg 2", here_word="no")

    assert "Planlegg (no)" in read(paper.bytes()).text()


def test_steps_too_many_for_a_strip_are_a_list(new_paper, read):
    paper = new_paper()
    paper.steps([StepMark(f"Steg {nth}", "done") for nth in range(30)], alt="Tretti steg")

    told = read(paper.bytes())

    assert told.find("Figure") == []
    assert len(told.find("LI")) == 30


def test_a_date_is_not_split_when_the_paper_is_written_large(new_paper, read):
    paper = new_paper(body_size=12)
    paper.table([Column("Tiltak", 90), Column("Frist", 10)], [[Cell("Fast voksen"), Cell("19.12.2025")]])

    assert "19.12.2025" in read(paper.bytes()).text()


def test_a_blank_line_parts_paragraphs_and_an_empty_text_leaves_no_trace(new_paper, read):
    paper = new_paper(letterhead=Letterhead("", ""))
    paper.paragraph("en\nto\n\n \ntre")
    paper.paragraph(" \n ")

    written = [node.text().strip() for node in read(paper.bytes()).document.children[1:]]

    assert written == ["en to", "tre"]


def test_the_kommunes_own_colour_is_used(new_paper, filled):
    red = filled(new_paper(palette=Palette(primary="#8E1B2E"))).bytes()

    assert pictures(red)[0].convert("RGB").getpixel((100, 3)) == (0x8E, 0x1B, 0x2E)


def test_a_paper_begins_with_its_one_h1(new_paper):
    paper = new_paper()
    with pytest.raises(ValueError, match="begins with its h1"):
        paper.h2("Veien videre")
    paper.h1("Logg")
    with pytest.raises(ValueError, match="one h1"):
        paper.h1("Logg")


def test_a_printed_paper_takes_no_more(new_paper):
    paper = new_paper()
    assert paper.bytes() is paper.bytes()

    with pytest.raises(ValueError, match="printed"):
        paper.paragraph("for sent")


def test_a_paper_needs_a_title_a_time_zone_and_a_cell_for_each_column(new_paper):
    with pytest.raises(ValueError, match="title"):
        new_paper(title=" ")
    with pytest.raises(ValueError, match="time zone"):
        new_paper(made_at=datetime(2026, 1, 15))  # noqa: DTZ001 - that is the point
    with pytest.raises(ValueError, match="one cell for each column"):
        new_paper().table([Column("A", 1), Column("B", 1)], [[Cell("a")]])

"""Papers about invented people, and eyes to read them with."""

import logging
import re
from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject

from bti.documents.page import Box, Cell, Column, Item, Letterhead, Muted, Paper, Pill, StepMark, Strong

COLUMNS = [Column("Bekymring og mål", 46), Column("Tiltak", 48), Column("Frist", 20), Column("Effekt", 32)]
LETTERHEAD = Letterhead("Granvik kommune", "Oppvekst og læring", "UNNTATT OFFENTLIGHET", "Offl. § 13 første ledd")


class _Fails(logging.Handler):
    def emit(self, record):
        raise AssertionError(record.getMessage())


@pytest.fixture(autouse=True, scope="session")
def fpdf_has_nothing_to_complain_of():
    logger, handler = logging.getLogger("fpdf"), _Fails(logging.WARNING)
    logger.addHandler(handler)
    yield
    logger.removeHandler(handler)


@pytest.fixture(scope="session")
def new_paper():
    def new(**changes):
        said = {
            "title": "Stafettlogg",
            "language": "nb",
            "letterhead": LETTERHEAD,
            "footer": ("Stafettlogg 2026-0417 · versjon 7", "Kopi er kun til mottakerne."),
            "page_word": "Side {page} av {pages}",
            "made_at": datetime(2026, 1, 15, 9, tzinfo=UTC),
        }
        return Paper(**(said | changes))

    return new


@pytest.fixture(scope="session")
def filled():
    """Fill a paper with one of everything, ``times`` over, each cell and quote ``words`` words longer."""

    def fill(paper, *, times=1, words=0):
        more = " ord" * words
        paper.h1("Stafettlogg – sammendrag", below="Solveig Testdal · født 2017 · Granvik skole")
        paper.facts([("Stafettholder", "Eirik Prøve"), ("Nivå", "B"), ("Startet", "02.09.2025")])
        paper.steps(
            [StepMark("Oppstart", "done"), StepMark("Evaluering", "here"), StepMark("Veien videre", "coming")],
            alt="Steg 2 av 3: Evaluering. Oppstart er ferdig, Veien videre gjenstår.",
        )
        for _ in range(times):
            paper.voice("Barnets stemme", [f"Jeg vil være med på fotball.{more}"], meta="Samtale 12.01.2026.")
            paper.h2("Bekymring, mål og tiltak")
            paper.table(COLUMNS, rows(more), summary="Fire bekymringer med tiltak, frist og effekt")
            paper.h2("Veien videre")
            paper.paragraph("Solveig kommer oftere på skolen.\n\nMarte Testdal er enig.")
            paper.boxes(
                [
                    Box("Utfall", "good", [Item("☑", f"Arbeidet fortsetter.{more}"), Item("☐", "Avsluttes")]),
                    Box("Neste møte", "plain", [Item("", "Torsdag kl. 13")]),
                ]
            )
            paper.bullets(["Eirik snakker med Solveig.", "Jonas ringer skolen."])
        paper.h2("Godkjenning")
        paper.signatures(["Foresatt", "Stafettholder"])
        return paper

    return fill


def rows(more=""):
    kinds = (("good", "Ønsket effekt"), ("some", "Noe effekt"), ("bad", "Ingen effekt"), ("none", "Ikke vurdert"))
    return [
        [
            Cell(Strong("Høyt fravær"), Muted("Mål: under fem dager")),
            Cell(f"Fast voksen møter Solveig i porten.{more}"),
            Cell("19.12.2025"),
            Cell(Pill(kind, words), Muted("Fra 21 til 9 dager")),
        ]
        for kind, words in kinds
    ]


class Node:
    """An element of the structure tree, with its own text on each page it stands on."""

    def __init__(self, role, entry):
        self.role = role
        self.entry = entry
        self.children = []
        self.marks = []  # (page number from 0, text)

    def all(self):
        yield self
        for child in self.children:
            yield from child.all()

    def find(self, *roles):
        return [node for node in self.all() if node.role in roles]

    def text(self):
        return "".join(text for node in self.all() for _, text in node.marks)

    def pages(self):
        return {page for node in self.all() for page, _ in node.marks}

    def attribute(self, name):
        return self.entry.get("/A", {}).get(name)


class Read:
    """A printed paper as a screen reader meets it. ``pages`` holds, page by page, the text of each mark."""

    def __init__(self, file):
        self.reader = PdfReader(BytesIO(file))
        self.catalog = self.reader.trailer["/Root"]
        self.pages = [_marks(page, self.reader) for page in self.reader.pages]
        self._numbers = {page.indirect_reference.idnum: n for n, page in enumerate(self.reader.pages)}
        self.document = self._node(self.catalog["/StructTreeRoot"]["/K"][0])

    def find(self, *roles):
        return self.document.find(*roles)

    def text(self):
        return self.document.text()

    def decoration(self, page):
        return self.pages[page].get(None, "")

    def _node(self, reference):
        entry = reference.get_object()
        node = Node(entry["/S"][1:], entry)
        kids = entry.get("/K", [])
        for kid in kids if isinstance(kids, ArrayObject) else [kids]:
            self._child(node, entry, kid)
        return node

    def _child(self, node, entry, kid):
        target = kid.get_object()
        if isinstance(target, DictionaryObject) and target.get("/S"):
            node.children.append(self._node(kid))
            return
        marked = isinstance(target, DictionaryObject)
        number = self._numbers[(target if marked else entry).raw_get("/Pg").idnum]
        node.marks.append((number, self.pages[number].get(target["/MCID"] if marked else int(target), "")))


def _marks(page, reader):
    """Return the text of each mark on a page; that of the decoration stands under None."""
    letters = {name: _letters(font.get_object()) for name, font in page["/Resources"].get("/Font", {}).items()}
    texts, mark, font = {}, None, None
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        if operator == b"BDC":
            mark = int(operands[1]["/MCID"])
        elif operator == b"EMC":
            mark = None
        elif operator == b"Tf":
            font = letters[operands[0]]
        elif operator == b"Tj":
            code = operands[0].original_bytes
            shown = "".join(font[high << 8 | low] for high, low in zip(code[::2], code[1::2], strict=True))
            texts[mark] = texts.get(mark, "") + shown
    return texts


def _letters(font):
    pairs = re.findall(rb"<(\w{4})> <(\w+)>\n", font["/ToUnicode"].get_data().split(b"endcodespacerange")[1])
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}


@pytest.fixture(scope="session")
def read():
    return Read

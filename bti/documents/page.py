"""The paper: a document module says what stands on it, from top to bottom, and gets an accessible PDF.

    paper = Paper(title="Stafettlogg", language="nb", letterhead=…, footer=(…, …), page_word=…, made_at=…)
    paper.h1("Stafettlogg – sammendrag", below="Solveig Testdal, født 2017")
    paper.voice("Barnets stemme", ["Jeg vil være med på fotball."], meta="Samtale 12. januar")
    paper.bytes()

Any text may have any length. What belongs together stays together; what is longer than a page flows over pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from bti.documents import boxes, days, tables, writing
from bti.documents.boxes import Box, StepMark
from bti.documents.canvas import Canvas, Frame, Letterhead, Palette, Tone
from bti.documents.layout import Block, paginate
from bti.documents.lettering import Lettering, Style, clean, font_file
from bti.documents.tables import Cell, Column, Muted, Pill, Strong
from bti.documents.tagging import TaggedPdf, Tree
from bti.documents.writing import Item

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bti.documents.timeline import Timeline

__all__ = [
    "Box",
    "Cell",
    "Column",
    "Item",
    "Letterhead",
    "Muted",
    "Palette",
    "Paper",
    "Pill",
    "StepMark",
    "Strong",
    "Tone",
    "warm",
]

Pdf = bytes
_LOCALES: Final = {"nb": "nb-NO", "nn": "nn-NO"}


class Paper:
    """One document on its way to paper, as PDF/A-2a and PDF/UA-1.

    The title is the only word of it in the file's metadata, where anyone can read it: let it name no one.
    ``missing`` holds the characters that the font lacks and that stand on the paper as an empty box.
    """

    def __init__(
        self,
        *,
        title: str,
        language: Literal["nb", "nn"],
        letterhead: Letterhead,
        footer: tuple[str, str],
        page_word: str,
        made_at: datetime,
        palette: Palette | None = None,
        body_size: float = 10.0,
    ) -> None:
        if made_at.tzinfo is None:
            raise ValueError("A paper is made at a time with a time zone.")
        if not clean(title).strip():
            raise ValueError("A paper has a title; a reader's window shows it.")
        self._lettering = Lettering()
        self._hand = writing.Hand(self._lettering, palette or Palette(), body_size / 10.0)
        self._frame = Frame(letterhead, footer, self._hand.palette, self._lettering)
        self._page_word = self._lettering.legible(page_word, Style.SEMIBOLD)
        self._title = " ".join(clean(title).split())
        self._language = _LOCALES[language]
        self._made_at = made_at
        self._tree = Tree()
        self._letterhead = self._tree.document.add("Sect")
        self._body = self._tree.document
        self._blocks: list[Block] = []
        self._level = 0
        self._printed: Pdf | None = None

    @property
    def missing(self) -> set[str]:
        """The characters shown as an empty box; U+FFFD stands for what is no character at all."""
        return self._lettering.missing

    def h1(self, text: str, below: str = "") -> None:
        """Write the title of the paper, the first heading and the only one of its level, with a quiet line below."""
        if self._level:
            raise ValueError("A paper has one h1, and it is its first heading.")
        self._level = 1
        self._add(writing.title(self._hand, self._body, text, below))

    def h2(self, text: str) -> None:
        """Write a heading; it shares a page with what comes next."""
        self._need_title()
        self._level = 2
        self._add(writing.heading(self._hand, self._body, text))

    def paragraph(self, text: str, *, muted: bool = False) -> None:
        """Write running text; a newline begins a line, a blank line a paragraph, and an empty text leaves no trace."""
        self._add(*writing.paragraphs(self._hand, self._body, text, muted=muted))

    def facts(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Write labelled facts beside each other, in as many rows as they need."""
        if pairs:
            self._add(tables.facts(self._hand, self._body, pairs))

    def steps(self, marks: Sequence[StepMark], *, alt: str, here_word: str = "nå") -> None:
        """Draw the way and where on it we are; ``alt`` says the same in words."""
        if not clean(alt).strip():
            raise ValueError("A picture says in words what it shows.")
        if marks:
            self._add(boxes.steps(self._hand, self._body, marks, alt=clean(alt), here_word=here_word))

    def voice(self, heading: str, quotes: Sequence[str], meta: str = "") -> None:
        """Give the child's own words their place, set between « and », and below them how they came about."""
        self._need_title()
        self._level = 2
        self._add(boxes.voice(self._hand, self._body, heading, quotes, meta))

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], *, summary: str = "") -> None:
        """Write a table; ``summary`` tells a person who cannot see it what it holds."""
        if any(len(row) != len(columns) for row in rows):
            raise ValueError("Each row of a table has one cell for each column.")
        self._add(tables.table(self._hand, self._body, columns, rows, clean(summary)))

    def boxes(self, pair: Sequence[Box]) -> None:
        """Write one box in full width or two beside each other; their headings stand one level below the last."""
        self._need_title()
        if not 1 <= len(pair) <= 2:  # noqa: PLR2004 - the paper has room for two
            raise ValueError("Boxes come one by one or in pairs.")
        self._add(*boxes.boxes(self._hand, self._body, pair, f"H{self._level + 1}"))

    def timeline(self, along: Timeline) -> None:
        """Draw the case along the days."""
        self._need_title()
        self._add(*days.timeline(self._hand, self._body, along))

    def bullets(self, texts: Sequence[str]) -> None:
        """Write a list."""
        if texts:
            self._add(writing.bullets(self._hand, self._body, texts))

    def signatures(self, captions: Sequence[str]) -> None:
        """Leave room for people to sign; never alone on a page, some of what they sign stands above it."""
        if captions:
            self._add(tables.signatures(self._hand, self._body, captions))

    def bytes(self) -> bytes:
        """Return the PDF, the same bytes for the same paper. Nothing can be added afterwards."""
        if self._printed is None:
            self._printed = self._print()
        return self._printed

    def _add(self, *blocks: Block) -> None:
        if self._printed is not None:
            raise ValueError("The paper is printed; nothing can be added to it.")
        self._blocks += blocks

    def _need_title(self) -> None:
        if not self._level:
            raise ValueError("A paper begins with its h1.")

    def _print(self) -> Pdf:
        pages = paginate(self._blocks)
        pdf = TaggedPdf(self._tree, title=self._title, language=self._language, made_at=self._made_at)
        canvas = Canvas(pdf, self._lettering)
        for number, parts in enumerate(pages, start=1):
            canvas.new_page()
            number_word = self._page_word.replace("{page}", str(number)).replace("{pages}", str(len(pages)))
            self._frame.draw(canvas, number_word, self._letterhead if number == 1 else None)
            for part in parts:
                part.draw(canvas)
        return pdf.finished()


def warm() -> None:
    """Make the fonts ready, so that the first paper of the day is as quick as the next."""
    for style in Style:
        font_file(style, everyday=True)

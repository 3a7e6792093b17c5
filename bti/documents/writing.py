"""Running text: headings, paragraphs and lists."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from bti.documents.canvas import LEFT, WIDTH, Align, Canvas, Palette
from bti.documents.layout import Block, Piece, beside, flowing, spaced, tied
from bti.documents.lettering import Lettering, Style, Type, clean
from bti.documents.tagging import attributes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bti.documents.tagging import Element

UNNUMBERED: Final = attributes("List", ListNumbering="/None")
_SYMBOL_COLUMN: Final = 4.2
_BLANK_LINES: Final = re.compile(r"\n[ \n]*\n")


@dataclass(frozen=True)
class Item:
    """A text in a list, and the symbol before it."""

    symbol: str
    text: str


class Place(NamedTuple):
    """Where on the page a text stands, and the colour of what leads it."""

    x: float
    width: float
    colour: str


@dataclass(frozen=True)
class Hand:
    """How one paper is written: its letters, its colours, and how large (1.0 is a body text of 10 points)."""

    lettering: Lettering
    palette: Palette
    scale: float

    def cut(self, style: Style, size: float, leading: float = 1.36) -> Type:
        """Return a type as large as this paper is written."""
        return Type(style, size * self.scale, leading)

    def width(self, text: str, cut: Type) -> float:
        """Return how wide ``text`` would be on one line, in mm."""
        return self.lettering.width(self.lettering.legible(text, cut.style).replace("\n", " "), cut)

    def text(
        self,
        text: str,
        cut: Type,
        *,
        width: float,
        x: float = LEFT,
        colour: str = "",
        element: Element | None = None,
        align: Align = "left",
    ) -> list[Piece]:
        """Return the lines of ``text``, ready to be placed; in ink unless a colour is given."""
        ink = colour or self.palette.ink
        lines = self.lettering.lines(text, cut, width)
        return [Piece(cut.line, _Line(line, cut, x, ink, element, align)) for line in lines]


@dataclass(slots=True)
class _Line:
    """A line of text that knows how to draw itself. A paper has thousands, so each is one small object."""

    text: str
    cut: Type
    x: float
    colour: str
    element: Element | None
    align: Align

    def __call__(self, canvas: Canvas, y: float) -> None:
        canvas.write(
            self.text,
            self.cut,
            x=self.x,
            baseline=y + self.cut.em,
            colour=self.colour,
            element=self.element,
            align=self.align,
        )


def title(hand: Hand, parent: Element, text: str, below: str) -> Block:
    """Return the one heading of the first level, with a quiet line below it."""
    pieces = hand.text(text, hand.cut(Style.BOLD, 22, 1.25), width=WIDTH, element=parent.add("H1"))
    if below:
        quiet = hand.cut(Style.REGULAR, 11)
        pieces += hand.text(below, quiet, width=WIDTH, colour=hand.palette.muted, element=parent.add("P"))
    return Block(tied(pieces), above=4, after=3.6)


def heading(hand: Hand, parent: Element, text: str) -> Block:
    """Return a heading of the second level, with its bar."""
    cut = hand.cut(Style.SEMIBOLD, 12.5)
    element = parent.add("H2")
    first, *rest = hand.text(text, cut, x=LEFT + 3.4, width=WIDTH - 3.4, colour=hand.palette.primary, element=element)

    def draw_bar(canvas: Canvas, y: float) -> None:
        canvas.fill(x=LEFT, y=y + cut.em - 3.5, width=1.2, height=4.2, colour=hand.palette.primary)

    return Block(tied([beside([[Piece(0, draw_bar)], [first]]), *rest]), above=5.2, after=1.8)


def paragraphs(hand: Hand, parent: Element, text: str, *, muted: bool) -> list[Block]:
    """Return the text as paragraphs, parted where a blank line parts them; none of an empty text."""
    cut = hand.cut(Style.REGULAR, 10)
    colour = hand.palette.muted if muted else hand.palette.ink
    parts = [part for part in _BLANK_LINES.split(clean(text)) if part.strip()]
    blocks = []
    for nth, part in enumerate(parts):
        lines = hand.text(part, cut, width=WIDTH, colour=colour, element=parent.add("P"))
        blocks.append(Block(flowing(lines), above=1.8 if nth else 3.4))
    return blocks


def bullets(hand: Hand, parent: Element, texts: Iterable[str]) -> Block:
    """Return a list with a bullet before each text."""
    column = Place(LEFT, WIDTH, hand.palette.primary)
    return Block(
        listed(hand, parent, [Item("•", text) for text in texts], hand.cut(Style.REGULAR, 10), column), above=2.4
    )


def listed(hand: Hand, parent: Element, items: Iterable[Item], cut: Type, place: Place) -> list[Piece]:
    """Return a list: each text with its symbol before it, the symbols in a column and a colour of their own."""
    entries = parent.add("L", attributes=UNNUMBERED)
    return spaced([_entry(hand, entries.add("LI"), item, cut, place) for item in items], 0.9)


def _entry(hand: Hand, entry: Element, item: Item, cut: Type, place: Place) -> list[Piece]:
    indent = _SYMBOL_COLUMN * hand.scale
    label = entry.add("Lbl")
    symbols = hand.text(item.symbol, cut, x=place.x, width=indent, colour=place.colour, element=label)
    body = entry.add("LBody")
    lines = hand.text(item.text, cut, x=place.x + indent, width=place.width - indent, element=body)
    return flowing([beside([symbols[:1], lines[:1]]), *symbols[1:], *lines[1:]])

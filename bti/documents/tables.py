"""What stands in columns: labelled facts, tables with their pills, lines to sign on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from bti.documents.canvas import BOTTOM, LEFT, RIGHT, TOP, WIDTH, Canvas
from bti.documents.layout import Block, Piece, beside, sliced, space, spaced, tied
from bti.documents.lettering import Style
from bti.documents.tagging import attributes, spoken
from bti.documents.writing import UNNUMBERED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bti.documents.canvas import Tone
    from bti.documents.lettering import Type
    from bti.documents.tagging import Element
    from bti.documents.writing import Hand

Kind = Literal["good", "some", "bad", "none"]
SYMBOLS: Final[dict[Kind, str]] = {"good": "▲", "some": "●", "bad": "▼", "none": "○"}

_PADDING: Final = 1.7
_GUTTER: Final = 6.0
_NARROWEST: Final = 15.0
_TALLEST_PILL: Final = 3  # lines
_AFTER_PILL: Final = 2.0


@dataclass(frozen=True)
class Strong:
    """A text that stands out in its cell."""

    text: str


@dataclass(frozen=True)
class Muted:
    """A quieter, smaller text in a cell."""

    text: str


@dataclass(frozen=True)
class Pill:
    """How it went, as symbol and words on a tint: never as colour alone."""

    kind: Kind
    text: str


@dataclass(frozen=True, init=False)
class Cell:
    """A cell's texts below each other: ``Cell(Strong("Fravær"), Muted("Mål: under fem dager"))``."""

    lines: tuple[str | Strong | Muted | Pill, ...]

    def __init__(self, *lines: str | Strong | Muted | Pill) -> None:
        object.__setattr__(self, "lines", lines)


@dataclass(frozen=True)
class Column:
    """A column's title, and how much of the width it takes compared with the others."""

    title: str
    width_share: float


def table(
    hand: Hand, parent: Element, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], summary: str
) -> Block:
    """Return a table. A row is split only if it is taller than a page; the titles are repeated on each page."""
    whole = parent.add("Table", attributes=attributes("Table", Summary=spoken(summary)) if summary else "")
    spans = _spans(hand, columns, rows)
    head_row = whole.add("THead").add("TR")
    titles = [head_row.add("TH", attributes=attributes("Table", Scope="/Column")) for _ in columns]
    head = _head(hand, columns, spans, titles)
    limit = BOTTOM - TOP
    again = _head(hand, columns, spans, [None] * len(columns))
    fits = len(again) == 1 and again[0].height < limit / 2
    limit -= again[0].height if fits else 0
    # The titles share a page with the first row; without it they would stand alone at its foot.
    pieces = [piece._replace(tied=True) for piece in head] if rows else tied([*head, space(0)])
    body = whole.add("TBody") if rows else whole
    for nth, row in enumerate(rows):
        stacks = _cells(hand, body.add("TR"), row, spans)
        pieces += _row(hand, stacks, limit=limit, ground=hand.palette.stripe if nth % 2 else "")
    return Block(pieces, above=3.4, again=again[0] if fits else None)


def _spans(hand: Hand, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> list[tuple[float, float]]:
    """Return where each column's text begins, and how wide it may be."""
    total = sum(column.width_share for column in columns)
    wanted = [WIDTH * column.width_share / total for column in columns]
    needed = [
        _needed(hand, column, [row[nth] for row in rows], width)
        for nth, (column, width) in enumerate(zip(columns, wanted, strict=True))
    ]
    lacking = sum(max(0, need - width) for need, width in zip(needed, wanted, strict=True))
    spare = sum(max(0, width - need) for need, width in zip(needed, wanted, strict=True))
    given = min(1, lacking / spare) if spare else 0
    taken = min(1, spare / lacking) if lacking else 0
    spans, x = [], LEFT
    for need, want in zip(needed, wanted, strict=True):
        width = want - max(0, want - need) * given + max(0, need - want) * taken
        spans.append((x + _PADDING, width - 2 * _PADDING))
        x += width
    return spans


def _needed(hand: Hand, column: Column, cells: Sequence[Cell], wanted: float) -> float:
    """Return the width at which no word of the column is split, or what is wanted where a word is absurdly wide."""
    texts = [(column.title, hand.cut(Style.SEMIBOLD, 8.6), 0.0)]
    for cell in cells:
        texts += [_set_in(hand, line) for line in cell.lines]
    words = [hand.lettering.longest_word(text, cut) + beside_it for text, cut, beside_it in texts]
    widest = max(words) + 2 * _PADDING + 0.01
    return widest if widest < WIDTH / 3 else max(wanted, _NARROWEST)


def _set_in(hand: Hand, line: str | Strong | Muted | Pill) -> tuple[str, Type, float]:
    """Return a line's text, the type it is set in, and how much room there is beside it."""
    match line:
        case Pill():
            cut = hand.cut(Style.SEMIBOLD, 8.2)
            return line.text, cut, _before_pill(cut) + _AFTER_PILL
        case Strong(text):
            return text, hand.cut(Style.SEMIBOLD, 9.2), 0
        case Muted(text):
            return text, hand.cut(Style.REGULAR, 8.4), 0
        case str():
            return line, hand.cut(Style.REGULAR, 9.2), 0


def _before_pill(cut: Type) -> float:
    return 2.2 + cut.em


def _head(
    hand: Hand, columns: Sequence[Column], spans: list[tuple[float, float]], elements: Sequence[Element | None]
) -> list[Piece]:
    cut = hand.cut(Style.SEMIBOLD, 8.6)
    stacks = [
        hand.text(column.title, cut, x=x, width=width, colour="#FFFFFF", element=element)
        for column, (x, width), element in zip(columns, spans, elements, strict=True)
    ]
    return _row(hand, stacks, limit=BOTTOM - TOP, ground=hand.palette.primary, padding=1.1, rule=False)


def _cells(hand: Hand, row: Element, cells: Sequence[Cell], spans: list[tuple[float, float]]) -> list[list[Piece]]:
    stacks = []
    for nth, (cell, (x, width)) in enumerate(zip(cells, spans, strict=True)):
        element = row.add("TD") if nth else row.add("TH", attributes=attributes("Table", Scope="/Row"))
        parts = [element] if len(cell.lines) == 1 else [element.add("P") for _ in cell.lines]
        stacks.append(
            [
                piece
                for line, part in zip(cell.lines, parts, strict=True)
                for piece in _line(hand, line, x=x, width=width, element=part)
            ]
        )
    return stacks


def _line(hand: Hand, line: str | Strong | Muted | Pill, *, x: float, width: float, element: Element) -> list[Piece]:
    text, cut, _ = _set_in(hand, line)
    if isinstance(line, Pill):
        return _pill(hand, line, cut, x=x, width=width, element=element)
    colour = hand.palette.muted if isinstance(line, Muted) else hand.palette.ink
    return hand.text(text, cut, x=x, width=width, colour=colour, element=element)


def _pill(hand: Hand, pill: Pill, cut: Type, *, x: float, width: float, element: Element) -> list[Piece]:
    tone: Tone = getattr(hand.palette, pill.kind)
    before = _before_pill(cut)
    lines = hand.lettering.lines(pill.text, cut, width - before - _AFTER_PILL)
    if len(lines) > _TALLEST_PILL:
        words = f"{SYMBOLS[pill.kind]} {pill.text}"
        return hand.text(words, cut, x=x, width=width, colour=tone.text, element=element)
    wide = before + _AFTER_PILL + max(hand.lettering.width(line.rstrip(" "), cut) for line in lines)
    symbol = hand.cut(Style.SEMIBOLD, 6.6)
    sign = hand.lettering.legible(SYMBOLS[pill.kind], symbol.style)
    height = cut.line * len(lines) + 0.75

    def draw(canvas: Canvas, y: float) -> None:
        canvas.fill(x=x, y=y, width=wide, height=height, colour=tone.fill, radius=2.2)
        canvas.write(sign, symbol, x=x + 2.9, baseline=y + 0.15 + cut.em, colour=tone.text, align="centre")
        for nth, line in enumerate(lines):
            down = y + nth * cut.line + cut.em + 0.3
            canvas.write(line, cut, x=x + before, baseline=down, colour=tone.text, element=element)

    return [Piece(height + 0.5, draw)]


def _row(
    hand: Hand,
    stacks: list[list[Piece]],
    *,
    limit: float,
    ground: str = "",
    padding: float = _PADDING,
    rule: bool = True,
) -> list[Piece]:
    """Return the row as one piece, or as a piece for each line if it is taller than ``limit``."""
    stacks = [[space(padding), *stack, space(padding)] for stack in stacks]
    whole = beside(stacks)
    pieces = [whole] if whole.height <= limit else sliced(stacks)
    *upper, lowest = [_grounded(piece, ground) if ground else piece for piece in pieces]
    return [*upper, _ruled(lowest, hand.palette.rule) if rule else lowest]


def _grounded(piece: Piece, colour: str) -> Piece:
    def draw(canvas: Canvas, y: float) -> None:
        canvas.fill(x=LEFT, y=y + 0.1, width=WIDTH, height=piece.height - 0.1, colour=colour)
        piece.draw(canvas, y)

    return piece._replace(draw=draw)


def _ruled(piece: Piece, colour: str) -> Piece:
    def draw(canvas: Canvas, y: float) -> None:
        piece.draw(canvas, y)
        canvas.path([(LEFT, y + piece.height), (RIGHT, y + piece.height)], colour=colour, line=0.2)

    return piece._replace(draw=draw)


def facts(hand: Hand, parent: Element, pairs: Sequence[tuple[str, str]]) -> Block:
    """Return the facts beside each other, each value below its label: in one row if they fit, else three by three."""
    small, strong = hand.cut(Style.REGULAR, 8.5), hand.cut(Style.SEMIBOLD, 10)
    everything = parent.add("L", attributes=UNNUMBERED)
    natural = [max(hand.width(label, small), hand.width(value, strong)) for label, value in pairs]
    rows = []
    for spans in _fact_rows(natural):
        stacks = []
        for nth, x, width in spans:
            entry = everything.add("LI")
            label, value = pairs[nth]
            muted = hand.text(label, small, x=x, width=width, colour=hand.palette.muted, element=entry.add("Lbl"))
            stacks.append(muted + hand.text(value, strong, x=x, width=width, element=entry.add("LBody")))
        whole = beside(stacks)
        rows.append([whole] if whole.height <= (BOTTOM - TOP) / 2 else sliced(stacks))
    return Block(spaced(rows, 1.8), above=3.4)


def _fact_rows(natural: list[float]) -> list[list[tuple[int, float, float]]]:
    """Return row by row: which fact, from where, how wide."""
    spare = WIDTH - sum(natural) - _GUTTER * (len(natural) - 1)
    rows: list[list[tuple[int, float, float]]] = [[]]
    if spare >= 0:
        x = LEFT
        for nth, width in enumerate(natural):
            rows[0].append((nth, x, width + 0.1))
            x += width + _GUTTER + spare / len(natural)
        return rows
    third = (WIDTH - 2 * _GUTTER) / 3
    for nth, width in enumerate(natural):
        if width > 2 * third:
            rows += [[(nth, LEFT, WIDTH)], []]
            continue
        if len(rows[-1]) == 3:  # noqa: PLR2004 - three thirds
            rows.append([])
        rows[-1].append((nth, LEFT + len(rows[-1]) * (third + _GUTTER), third))
    return [row for row in rows if row]


def signatures(hand: Hand, parent: Element, captions: Sequence[str]) -> Block:
    """Return lines to sign on, three beside each other; they are never alone on a page."""
    cut = hand.cut(Style.REGULAR, 8.5)
    wide = (WIDTH - 2 * 5.3) / 3
    rows = []
    for first in range(0, len(captions), 3):
        stacks = []
        for nth, caption in enumerate(captions[first : first + 3]):
            x = LEFT + nth * (wide + 5.3)
            line = _signing_line(x, wide, hand.palette.ink)
            words = hand.text(caption, cut, x=x, width=wide, colour=hand.palette.muted, element=parent.add("P"))
            stacks.append([space(11), line, *words])
        whole = beside(stacks)
        rows.append([whole] if whole.height <= (BOTTOM - TOP) / 2 else sliced(stacks))
    return Block(tied(spaced(rows, 1)), above=0, clings=True)


def _signing_line(x: float, width: float, colour: str) -> Piece:
    def draw(canvas: Canvas, y: float) -> None:
        canvas.path([(x, y), (x + width, y)], colour=colour, line=0.25)

    return Piece(0.8, draw)

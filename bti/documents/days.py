"""The case along the days on paper: each lane a line of words, its bar, and the same in words below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bti.documents.canvas import LEFT, WIDTH
from bti.documents.layout import Block, Piece, tied
from bti.documents.lettering import Style
from bti.language import month

if TYPE_CHECKING:
    from bti.documents.canvas import Canvas, Palette
    from bti.documents.tagging import Element
    from bti.documents.timeline import Lane, Timeline, ToneName
    from bti.documents.writing import Hand

_BAR: Final = 2.0
_SHORTEST: Final = 2.0
_ROOM_FOR_A_MONTH: Final = 12.0


def timeline(hand: Hand, parent: Element, along: Timeline) -> list[Block]:
    """Return the months and the lanes; a bar is decoration, its words are read."""
    return [_months(hand, along), *(_lane(hand, parent, along, lane) for lane in along.lanes)]


def _months(hand: Hand, along: Timeline) -> Block:
    cut = hand.cut(Style.REGULAR, 8)
    places = [(LEFT + WIDTH * along.share(on), hand.lettering.legible(month(on), cut.style)) for on in along.marks()]
    seen = [(x, name) for x, name in places if x + _ROOM_FOR_A_MONTH <= LEFT + WIDTH]

    def draw(canvas: Canvas, y: float) -> None:
        for x, name in seen:
            canvas.path([(x, y + 0.6), (x, y + cut.line + 0.8)], colour=hand.palette.rule, line=0.2)
            canvas.write(f"{name} ", cut, x=x + 1, baseline=y + cut.em, colour=hand.palette.muted)
        canvas.path(
            [(LEFT, y + cut.line + 0.8), (LEFT + WIDTH, y + cut.line + 0.8)], colour=hand.palette.rule, line=0.2
        )

    return Block([Piece(cut.line + 1, draw, tied=True)], above=2.4, after=2.0)


def _lane(hand: Hand, parent: Element, along: Timeline, lane: Lane) -> Block:
    said = parent.add("P")
    name = hand.text(lane.name, hand.cut(Style.SEMIBOLD, 9.5), width=WIDTH, element=said)
    words = " · ".join(stretch.words for stretch in lane.stretches)
    below = hand.text(words, hand.cut(Style.REGULAR, 8.5), width=WIDTH, colour=hand.palette.muted, element=said)

    def draw(canvas: Canvas, y: float) -> None:
        canvas.fill(x=LEFT, y=y + 0.4, width=WIDTH, height=_BAR, colour=hand.palette.none.fill, radius=1)
        for stretch in lane.stretches:
            left, right = WIDTH * along.share(stretch.first), WIDTH * along.share(stretch.last)
            width = max(right - left, _SHORTEST)
            x = LEFT + min(left, WIDTH - width)
            canvas.fill(x=x, y=y + 0.4, width=width, height=_BAR, colour=_colour(hand.palette, stretch.tone), radius=1)

    return Block(tied([*name, Piece(_BAR + 1, draw), *below]), above=2.2)


def _colour(palette: Palette, tone: ToneName) -> str:
    tones = {
        "plain": palette.primary,
        "good": palette.good.text,
        "some": palette.child_bar,
        "bad": palette.bad.text,
        "none": palette.muted,
    }
    return tones[tone]

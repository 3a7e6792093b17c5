"""What stands on a tint: the strip of steps, the child's own words, and boxes beside each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from bti.documents.canvas import BOTTOM, LEFT, TOP, WIDTH, Canvas, Tone
from bti.documents.layout import Block, Part, Piece, beside, flowing, joined, space, spaced, stack_height, tied
from bti.documents.lettering import Style
from bti.documents.writing import Item, Place, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bti.documents.quick import Corner
    from bti.documents.tagging import Element
    from bti.documents.writing import Hand

State = Literal["done", "here", "coming"]
ToneName = Literal["plain", "good", "some", "bad", "none"]

_STATE_SYMBOLS: Final[dict[State, str]] = {"done": "✓", "here": "●", "coming": "○"}
_TALLEST_STRIP: Final = 40.0
_TALLEST_WHOLE_VOICE: Final = 120.0
_NARROWEST_SLOT: Final = 14.0
_MIDDLE: Final = 6.0
_PADDING: Final = 4.0
_BAR: Final = 1.6
_OUTLINE: Final = "#6E7E87"


@dataclass(frozen=True)
class StepMark:
    """A step on the way, and whether it is behind, here or ahead."""

    name: str
    state: State


@dataclass(frozen=True)
class Box:
    """A few things on a tint, under a heading of their own."""

    heading: str
    tone: ToneName
    items: Sequence[Item]


def steps(hand: Hand, parent: Element, marks: Sequence[StepMark], *, alt: str, here_word: str) -> Block:
    """Return the strip of steps as one picture; steps too many or too long for a strip are a list instead."""
    names = [f"{mark.name} ({here_word})" if mark.state == "here" else mark.name for mark in marks]
    slot = WIDTH / len(marks)
    middles = [LEFT + slot * (nth + 0.5) for nth in range(len(marks))]
    stacks = [
        [_circle(hand, mark, number, x), *_label(hand, mark, name, x, slot - 2)]
        for number, (mark, name, x) in enumerate(zip(marks, names, middles, strict=True), start=1)
    ]
    height = max(map(stack_height, stacks)) + 1.4
    if height > _TALLEST_STRIP or slot < _NARROWEST_SLOT:
        return _step_list(hand, parent, marks, names)
    figure = parent.add("Figure", alt=alt)

    def draw(canvas: Canvas, y: float) -> None:
        with canvas.figure(figure, x=LEFT, y=y, width=WIDTH, height=height):
            canvas.fill(x=LEFT, y=y, width=WIDTH, height=height, colour=hand.palette.tint, radius=2)
            for mark, left, right in zip(marks, middles, middles[1:], strict=False):
                colour, line = (hand.palette.primary, 0.7) if mark.state == "done" else (_OUTLINE, 0.4)
                canvas.path([(left + 4, y + _MIDDLE), (right - 4, y + _MIDDLE)], colour=colour, line=line)
            beside(stacks).draw(canvas, y)

    return Block([Piece(height, draw)], above=3.2)


def _circle(hand: Hand, mark: StepMark, number: int, x: float) -> Piece:
    colours, cut = hand.palette, hand.cut(Style.SEMIBOLD, 9)
    inside = hand.lettering.legible(_STATE_SYMBOLS["done"] if mark.state == "done" else str(number), cut.style)

    def draw(canvas: Canvas, y: float) -> None:
        y += _MIDDLE
        if mark.state == "here":
            canvas.disc(x, y, 4.1, fill=colours.tint, edge=colours.primary)
        if mark.state == "coming":
            canvas.disc(x, y, 3.2, fill="#FFFFFF", edge=_OUTLINE)
        else:
            canvas.disc(x, y, 3.2, fill=colours.primary)
        colour = colours.muted if mark.state == "coming" else "#FFFFFF"
        canvas.write(f"{inside} ", cut, x=x, baseline=y + cut.em * 0.33, colour=colour, align="centre")

    return Piece(_MIDDLE + 4.9, draw)


def _label(hand: Hand, mark: StepMark, name: str, x: float, width: float) -> list[Piece]:
    cut = hand.cut(Style.SEMIBOLD if mark.state == "here" else Style.REGULAR, 9)
    colour = hand.palette.muted if mark.state == "coming" else hand.palette.ink
    return hand.text(name, cut, x=x, width=width, colour=colour, align="centre")


def _step_list(hand: Hand, parent: Element, marks: Sequence[StepMark], names: Sequence[str]) -> Block:
    column = Place(LEFT, WIDTH, hand.palette.primary)
    entries = [Item(_STATE_SYMBOLS[mark.state], name) for mark, name in zip(marks, names, strict=True)]
    return Block(listed(hand, parent, entries, hand.cut(Style.REGULAR, 9.2), column), above=3.2)


def voice(hand: Hand, parent: Element, heading: str, quotes: Sequence[str], meta: str) -> Block:
    """Return the child's own words between « and » on amber; when long they flow over pages, the tint with them."""
    colours = hand.palette
    x, width = LEFT + _BAR + 4.4, WIDTH - _BAR - 4.4 - _PADDING
    top, said, quiet = hand.cut(Style.SEMIBOLD, 10.5), hand.cut(Style.ITALIC, 11.5), hand.cut(Style.REGULAR, 9)
    head = hand.text(heading, top, x=x, width=width, colour=colours.child_text, element=parent.add("H2"))
    quote = parent.add("BlockQuote") if quotes else parent
    own = [flowing(hand.text(_quoted(words), said, x=x, width=width, element=quote.add("P"))) for words in quotes]
    entries = [[space(2.6), *head, space(0.4)], spaced(own, 1.2)]
    if meta:
        lines = hand.text(meta, quiet, x=x, width=width, colour=colours.muted, element=parent.add("P"))
        entries.append([space(1.0), *flowing(lines)])
    pieces = joined([tied(entries[0]), *entries[1:], [space(2.8)]])
    whole = stack_height(pieces) <= _TALLEST_WHOLE_VOICE

    def draw_amber(canvas: Canvas, part: Part) -> None:
        top, height = part.top, part.bottom - part.top
        outer: dict[Corner, bool] = {"TOP_RIGHT": part.begins, "BOTTOM_RIGHT": part.ends}
        corners = tuple(corner for corner, rounded in outer.items() if rounded)
        ground = colours.child_fill
        canvas.fill(x=LEFT, y=top, width=WIDTH, height=height, colour=ground, radius=2, corners=corners)
        canvas.fill(x=LEFT, y=top, width=_BAR, height=height, colour=colours.child_bar)

    return Block(tied(pieces) if whole else pieces, above=3.2, again=space(2.6), backdrop=draw_amber)


def _quoted(words: str) -> str:
    words = words.strip()
    return words if words.startswith("«") else f"«{words}»"


def boxes(hand: Hand, parent: Element, pair: Sequence[Box], level: str) -> list[Block]:
    """Return one box, or two beside each other and equally tall; too tall for a page they are headed lists."""
    width = WIDTH if len(pair) == 1 else (WIDTH - 4) / 2
    tones = [_tone(hand, box.tone) for box in pair]
    places = [
        Place(LEFT + nth * (width + 4) + _PADDING, width - 2 * _PADDING, tone.text) for nth, tone in enumerate(tones)
    ]
    read_before = len(parent.children)
    contents = [_content(hand, parent, box, level, place) for box, place in zip(pair, places, strict=True)]
    drawn = beside([[space(3.0), *head, space(0.7), *body, space(3.4)] for head, body in contents])
    if drawn.height > BOTTOM - TOP:
        del parent.children[read_before:]
        places = [Place(LEFT, WIDTH, tone.text) for tone in tones]
        contents = [_content(hand, parent, box, level, place) for box, place in zip(pair, places, strict=True)]
        return [block for head, body in contents for block in _headed(head, body)]

    def draw(canvas: Canvas, y: float) -> None:
        for place, tone in zip(places, tones, strict=True):
            canvas.fill(x=place.x - _PADDING, y=y, width=width, height=drawn.height, colour=tone.fill, radius=2)
        drawn.draw(canvas, y)

    return [Block([Piece(drawn.height, draw)], above=4)]


def _tone(hand: Hand, name: ToneName) -> Tone:
    if name == "plain":
        return Tone(hand.palette.primary, hand.palette.tint)
    tone: Tone = getattr(hand.palette, name)
    return tone


def _content(hand: Hand, parent: Element, box: Box, level: str, place: Place) -> tuple[list[Piece], list[Piece]]:
    """Return the heading and the items of a box, as they stand without its ground."""
    top, cut = hand.cut(Style.SEMIBOLD, 10.5), hand.cut(Style.REGULAR, 9.2)
    element = parent.add(level)
    head = hand.text(box.heading, top, x=place.x, width=place.width, colour=place.colour, element=element)
    if any(entry.symbol for entry in box.items):
        return head, listed(hand, parent, box.items, cut, place)
    plain = [
        flowing(hand.text(entry.text, cut, x=place.x, width=place.width, element=parent.add("P")))
        for entry in box.items
    ]
    return head, spaced(plain, 0.9)


def _headed(head: list[Piece], body: list[Piece]) -> list[Block]:
    return [Block(tied(head), above=4, after=0.7), *([Block(body, above=0)] if body else [])]

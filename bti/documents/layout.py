"""From blocks to pages: each block is measured, then placed, and what belongs together stays together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import zip_longest
from typing import NamedTuple

from bti.documents.canvas import BOTTOM, TOP, Canvas

Draw = Callable[[Canvas, float], None]
Backdrop = Callable[[Canvas, "Part"], None]


class Piece(NamedTuple):
    """What is never split: a height, and how to draw it from a given height down the page."""

    height: float
    draw: Draw
    tied: bool = False  # to the piece after it: they share a page


@dataclass(eq=False)
class Block:
    """Pieces below each other, with what surrounds them.

    ``after`` is set for a heading: it is the distance to what the heading introduces, and they share a page.
    ``again`` is drawn on top when the block goes on on a new page, ``backdrop`` behind its part on each page. A block
    that ``clings`` takes the end of what stands before it along to a new page.
    """

    pieces: list[Piece]
    above: float
    after: float | None = None
    again: Piece | None = None
    backdrop: Backdrop | None = None
    clings: bool = False


@dataclass
class Part:
    """As much of a block as stands on one page."""

    block: Block
    top: float
    bottom: float
    begins: bool
    ends: bool = False
    pieces: list[Piece] = field(default_factory=list)

    def draw(self, canvas: Canvas) -> None:
        """Draw the part from its top down."""
        if self.block.backdrop:
            self.block.backdrop(canvas, self)
        y = self.top
        if self.block.again and not self.begins:
            self.block.again.draw(canvas, y)
            y += self.block.again.height
        for piece in self.pieces:
            piece.draw(canvas, y)
            y += piece.height


class _Step(NamedTuple):
    """A piece on its way to its place."""

    block: Block
    at: int

    def ends(self, bottom: float, previous: Block | None) -> float:
        """Return how far down the page reaches once the piece stands below what ends at ``bottom``."""
        again = self.block.again.height if self.at and self.block.again and previous is not self.block else 0
        return bottom + again + self.gap(previous) + self.block.pieces[self.at].height

    def gap(self, previous: Block | None) -> float:
        """Return the distance to what stands above, which is none at the top of a page and inside a block."""
        if previous is None or previous is self.block:
            return 0
        return self.block.above if previous.after is None else previous.after


def paginate(blocks: Iterable[Block]) -> list[list[Part]]:
    """Return what stands on each page. There is always a first page."""
    pages: list[list[Part]] = [[]]
    for group in _groups(list(blocks)):
        if pages[-1] and not _fits(pages[-1], group):
            pages.append([])
        for step in group:
            # Only where the group is taller than a page can a piece in it still lack room.
            if pages[-1] and not _fits(pages[-1], [step]):
                pages.append([])
            _place(pages[-1], step)
    return pages


def _fits(page: list[Part], group: list[_Step]) -> bool:
    bottom, previous = page[-1].bottom, page[-1].block
    for step in group:
        bottom, previous = step.ends(bottom, previous), step.block
    return bottom <= BOTTOM


def _place(page: list[Part], step: _Step) -> None:
    previous = page[-1].block if page else None
    above = page[-1].bottom if page else TOP
    if previous is not step.block:
        page.append(Part(step.block, above + step.gap(previous), 0, begins=not step.at))
    part = page[-1]
    part.bottom = step.ends(above, previous)
    part.pieces.append(step.block.pieces[step.at])
    part.ends = step.at == len(step.block.pieces) - 1


def _groups(blocks: list[Block]) -> Iterator[list[_Step]]:
    """Yield what must share a page, as far as a page reaches."""
    group: list[_Step] = []
    for step, tied in _tied_steps(blocks):
        group.append(step)
        if not tied:
            yield group
            group = []
    if group:
        yield group


def _tied_steps(blocks: list[Block]) -> list[tuple[_Step, bool]]:
    steps: list[tuple[_Step, bool]] = []
    for block in blocks:
        if block.clings:
            _tie_last_content(steps)
        last = len(block.pieces) - 1
        steps += [
            (_Step(block, index), piece.tied or (index == last and block.after is not None))
            for index, piece in enumerate(block.pieces)
        ]
    return steps


def _tie_last_content(steps: list[tuple[_Step, bool]]) -> None:
    for position in range(len(steps) - 1, -1, -1):
        step, _ = steps[position]
        steps[position] = (step, True)
        if step.block.after is None:
            return


def space(height: float) -> Piece:
    """Return empty room."""
    return Piece(height, _draw_nothing)


def _draw_nothing(_canvas: Canvas, _y: float) -> None:
    """Leave the paper white."""


def stack_height(pieces: Iterable[Piece]) -> float:
    """Return how tall the pieces are below each other."""
    return sum(piece.height for piece in pieces)


def tied(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces such that they all share a page."""
    return [piece._replace(tied=True) for piece in pieces[:-1]] + pieces[-1:]


def flowing(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces such that neither the first nor the last stands alone on a page."""
    if len(pieces) <= 3:  # noqa: PLR2004 - two and two overlap
        return tied(pieces)
    return [*tied(pieces[:2]), *pieces[2:-2], *tied(pieces[-2:])]


def joined(entries: Iterable[list[Piece]]) -> list[Piece]:
    """Return the entries below each other, none beginning on another page than the one before it ends on."""
    pieces: list[Piece] = []
    for entry in entries:
        if pieces:
            pieces[-1] = pieces[-1]._replace(tied=True)
        pieces += entry
    return pieces


def spaced(entries: Iterable[list[Piece]], gap: float) -> list[Piece]:
    """Return the entries below each other with a little air between; a page may end after any of them."""
    pieces: list[Piece] = []
    for entry in entries:
        if pieces:
            pieces[-1] = pieces[-1]._replace(tied=True)
            pieces.append(space(gap))
        pieces += entry
    return pieces


def beside(stacks: list[list[Piece]]) -> Piece:
    """Return the stacks beside each other as one piece."""
    return Piece(max(map(stack_height, stacks), default=0), partial(_draw_stacks, stacks))


def sliced(stacks: list[list[Piece]]) -> list[Piece]:
    """Return the stacks beside each other, line by line, for what is taller than a page."""
    rows = zip_longest(*stacks)
    return flowing([beside([[piece] for piece in row if piece]) for row in rows])


def _draw_stacks(stacks: list[list[Piece]], canvas: Canvas, y: float) -> None:
    for stack in stacks:
        top = y
        for piece in stack:
            piece.draw(canvas, top)
            top += piece.height

"""A sheet to draw on, in millimetres: letters, boxes, lines, and the letterhead and foot of each page."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from math import cos, pi, sin
from typing import TYPE_CHECKING, Final, Literal, cast, get_args

from fpdf.drawing_primitives import DeviceGray, DeviceRGB, convert_to_device_color

from bti.documents.lettering import Style, Type, font_file
from bti.documents.quick import Corner
from bti.documents.tagging import attributes

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from bti.documents.lettering import Lettering
    from bti.documents.tagging import Element, TaggedPdf

LEFT: Final = 18.0
RIGHT: Final = 192.0
WIDTH: Final = RIGHT - LEFT
TOP: Final = 27.0
BOTTOM: Final = 277.0
PAGE_WIDTH: Final = 210.0

_KOMMUNE: Final = Type(Style.SEMIBOLD, 11)
_UNIT: Final = Type(Style.REGULAR, 8.5)
_STAMP: Final = Type(Style.BOLD, 8)
_GROUND: Final = Type(Style.REGULAR, 8)
_FOOT: Final = Type(Style.REGULAR, 8)
_NUMBER: Final = Type(Style.SEMIBOLD, 8.5)

_ALL_CORNERS: Final = get_args(Corner)
Align = Literal["left", "centre", "right"]


@dataclass(frozen=True)
class Tone:
    """A text colour and the tint it stands on."""

    text: str
    fill: str


@dataclass(frozen=True)
class Palette:
    """The colours of the paper. Each text colour has at least 4.5:1 against what it stands on; so must its successor."""

    ink: str = "#1A1A1A"
    muted: str = "#51606F"
    primary: str = "#0B525B"
    tint: str = "#E8F1F2"
    rule: str = "#C6D1D6"
    stripe: str = "#F7F9FA"
    child_fill: str = "#FFF6E5"
    child_bar: str = "#C27A00"
    child_text: str = "#7A4B00"
    good: Tone = Tone("#1E6B3A", "#E6F2EA")
    some: Tone = Tone("#7A4B00", "#FDF1DC")
    bad: Tone = Tone("#8E1B2E", "#FBE9EB")
    none: Tone = Tone("#51606F", "#EEF1F3")
    stopped: str = "#8E1B2E"


@dataclass(frozen=True)
class Letterhead:
    """Who the paper comes from, and the stamp that says who may not read it (no stamp if its title is empty)."""

    kommune: str
    unit: str
    stamp_title: str = ""
    stamp_text: str = ""


@cache
def _colour(colour: str) -> DeviceRGB | DeviceGray:
    return cast("DeviceRGB | DeviceGray", convert_to_device_color(colour))


class Canvas:
    """Draws on the last page of a tagged PDF. Letters belong to the element given with them, all else is decoration."""

    def __init__(self, pdf: TaggedPdf, lettering: Lettering) -> None:
        self._pdf = pdf
        self._lettering = lettering
        self._figure: Element | None = None
        for style in Style:
            if style in lettering.used:
                pdf.add_face(style, font_file(style, everyday=style not in lettering.rare))

    def new_page(self) -> None:
        """Take a fresh page."""
        self._pdf.add_page()

    @contextmanager
    def figure(self, element: Element, *, x: float, y: float, width: float, height: float) -> Iterator[None]:
        """Let all that is drawn, letters too, be one picture whose alternative text says it in words."""
        k = self._pdf.k
        box = (x * k, (self._pdf.h - y - height) * k, (x + width) * k, (self._pdf.h - y) * k)
        element.attributes = attributes(
            "Layout", Placement="/Block", BBox=f"[{' '.join(f'{side:.2f}' for side in box)}]"
        )
        self._figure = element
        yield
        self._figure = None

    def write(
        self,
        text: str,
        cut: Type,
        *,
        x: float,
        baseline: float,
        colour: str,
        element: Element | None = None,
        align: Align = "left",
    ) -> None:
        """Write a legible text with its left edge, middle or right edge at ``x``."""
        if align != "left":
            x -= self._lettering.width(text.rstrip(" "), cut) * (0.5 if align == "centre" else 1)
        pdf = self._pdf
        pdf.read(self._figure or element)
        if pdf.fill_color is not (ink := _colour(colour)):
            pdf.set_fill_color(ink)
        pdf.letters(text, family=cut.style, size=cut.size, x=x, baseline=baseline)

    def fill(
        self,
        *,
        x: float,
        y: float,
        width: float,
        height: float,
        colour: str,
        radius: float = 0,
        corners: Container[Corner] = _ALL_CORNERS,
    ) -> None:
        """Fill a box, with all its corners rounded or only those named."""
        self._decorate(fill=colour)
        if radius:
            self._pdf.rounded(x=x, y=y, width=width, height=height, radius=radius, corners=corners, paint="f")
        else:
            self._pdf.rect(x, y, width, height, "F")

    def outline(
        self, *, x: float, y: float, width: float, height: float, colour: str, line: float, radius: float
    ) -> None:
        """Draw the edge of a rounded box."""
        self._decorate(draw=colour, line=line)
        self._pdf.rounded(x=x, y=y, width=width, height=height, radius=radius, corners=_ALL_CORNERS, paint="S")

    def path(self, points: Sequence[tuple[float, float]], *, colour: str, line: float) -> None:
        """Draw a line through the points."""
        self._decorate(draw=colour, line=line)
        self._pdf.polyline(list(points))

    def shape(self, points: Sequence[tuple[float, float]], *, colour: str) -> None:
        """Fill what the points go around."""
        self._decorate(fill=colour)
        self._pdf.polygon(list(points), style="F")

    def disc(self, x: float, y: float, radius: float, *, fill: str, edge: str = "", line: float = 0.4) -> None:
        """Draw a disc around a middle, with an edge if one is given."""
        self._decorate(fill=fill, draw=edge, line=line)
        self._pdf.circle(x, y, radius, "DF" if edge else "F")

    def _decorate(self, *, fill: str = "", draw: str = "", line: float = 0) -> None:
        self._pdf.read(self._figure)
        if fill:
            self._pdf.set_fill_color(_colour(fill))
        if draw:
            self._pdf.set_draw_color(_colour(draw))
            self._pdf.set_line_width(line)


class Frame:
    """What stands on every page around the text. It is read aloud once, at the top of the first page."""

    def __init__(self, letterhead: Letterhead, footer: tuple[str, str], palette: Palette, lettering: Lettering) -> None:
        fit = lettering.one_line
        self._palette = palette
        self._stamp = fit(letterhead.stamp_title, _STAMP, 84), fit(letterhead.stamp_text, _GROUND, 84)
        stamp = max(lettering.width(self._stamp[0], _STAMP), lettering.width(self._stamp[1], _GROUND))
        self._stamp_width = stamp + 5.6 if letterhead.stamp_title else 0
        room = RIGHT - self._stamp_width - 4 - 27.5
        self._kommune = fit(letterhead.kommune, _KOMMUNE, room)
        self._unit = fit(letterhead.unit, _UNIT, room)
        self._footer = [fit(line, _FOOT, 145) for line in footer]
        lettering.legible("0", _NUMBER.style)

    def draw(self, canvas: Canvas, number: str, letterhead: Element | None) -> None:
        """Draw the frame of a page; its letterhead is read aloud as the children of ``letterhead``, if given."""
        colours = self._palette
        canvas.fill(x=0, y=0, width=PAGE_WIDTH, height=3, colour=colours.primary)
        self._draw_sender(canvas, letterhead)
        if self._stamp_width:
            self._draw_stamp(canvas, letterhead)
        canvas.path([(LEFT, 21), (RIGHT, 21)], colour=colours.rule, line=0.2)
        canvas.path([(LEFT, 283), (RIGHT, 283)], colour=colours.rule, line=0.2)
        for line, baseline in zip(self._footer, (287.5, 291), strict=True):
            canvas.write(line, _FOOT, x=LEFT, baseline=baseline, colour=colours.muted)
        canvas.write(number, _NUMBER, x=RIGHT, baseline=287.5, colour=colours.ink, align="right")

    def _draw_sender(self, canvas: Canvas, letterhead: Element | None) -> None:
        _shield(canvas, LEFT, 8.5, self._palette)
        read = letterhead and letterhead.add("P")
        canvas.write(f"{self._kommune} ", _KOMMUNE, x=27.5, baseline=12, colour=self._palette.ink, element=read)
        canvas.write(f"{self._unit} ", _UNIT, x=27.5, baseline=16, colour=self._palette.muted, element=read)

    def _draw_stamp(self, canvas: Canvas, letterhead: Element | None) -> None:
        red, x = self._palette.stopped, RIGHT - self._stamp_width
        canvas.outline(x=x, y=8.2, width=self._stamp_width, height=9, colour=red, line=0.35, radius=1.2)
        read = letterhead and letterhead.add("P")
        canvas.write(f"{self._stamp[0]} ", _STAMP, x=x + 2.8, baseline=11.8, colour=red, element=read)
        canvas.write(f"{self._stamp[1]} ", _GROUND, x=x + 2.8, baseline=15.3, colour=red, element=read)


def _shield(canvas: Canvas, x: float, y: float, palette: Palette) -> None:
    """Draw a shield with two waves; a kommune's arms are its own, so these are nobody's."""
    round_foot = [(x + 3.5 + 3.5 * cos(step * pi / 16), y + 4.7 + 3.5 * sin(step * pi / 16)) for step in range(17)]
    canvas.shape([(x, y), (x + 7, y), *round_foot], colour=palette.primary)
    for wave in (3.1, 5.1):
        points = [(x + 1.3 + 1.1 * step, y + wave + (0 if step % 2 else 1.1)) for step in range(5)]
        canvas.path(points, colour="#FFFFFF", line=0.5)

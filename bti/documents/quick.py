"""What fpdf2 draws, drawn quicker: letters and rounded boxes are nearly all there is on our paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

from fpdf import FPDF
from fpdf.enums import PDFResourceType
from fpdf.fonts import TTFFont

if TYPE_CHECKING:
    from collections.abc import Container
    from io import BytesIO

Corner = Literal["TOP_RIGHT", "BOTTOM_RIGHT", "BOTTOM_LEFT", "TOP_LEFT"]

# Clockwise: where the corner is (right? top?), from where its curve comes and to where it goes.
_CORNERS: Final[tuple[tuple[Corner, tuple[int, int], tuple[int, int], tuple[int, int]], ...]] = (
    ("TOP_RIGHT", (1, 1), (-1, 0), (0, -1)),
    ("BOTTOM_RIGHT", (1, 0), (0, 1), (-1, 0)),
    ("BOTTOM_LEFT", (0, 0), (1, 0), (0, 1)),
    ("TOP_LEFT", (0, 1), (0, -1), (1, 0)),
)
_BEND: Final = 0.4477  # how near the corner a curve's handles are, for a quarter of a circle


class _Codes(dict[int, int | None]):
    """The code a font gives each character, asked for once."""

    def __init__(self, font: TTFFont) -> None:
        super().__init__()
        self._pick = font.subset.pick

    def __missing__(self, char: int) -> int | None:
        self[char] = self._pick(char)
        return self[char]


class _Face(TTFFont):
    """A font as fpdf2 knows it, only quicker, and without the text for code 0, which PDF/A forbids."""

    __slots__ = ("_codes",)

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._codes = _Codes(self)
        self.ttfont.recalcBBoxes = False  # the outlines are not changed, so neither are their bounds
        for glyph, code in self.subset.items():
            if glyph and code == 0:
                glyph.unicode = ()

    def encode_text(self, text: str) -> str:
        """Return the operator that shows ``text``."""
        return f"({self.escape_text(text.translate(self._codes))}) Tj"


class QuickPdf(FPDF):
    """A PDF that shows letters and boxes with as few words as the format allows."""

    def add_face(self, family: str, file: BytesIO) -> None:
        """Make a font known under ``family``."""
        self.fonts[family] = _Face(self, file, family, "")

    def letters(self, text: str, *, family: str, size: float, x: float, baseline: float) -> None:
        """Write a line of text in the fill colour: what ``text`` does, in a third of the time."""
        font = self.fonts[family]
        self._resource_catalog.add(PDFResourceType.FONT, font.i, self.page)
        place = f"{x * self.k:.2f} {(self.h - baseline) * self.k:.2f}"
        self._out(f"BT /F{font.i} {size:.2f} Tf {place} Td {font.encode_text(text)} ET")

    def rounded(
        self, *, x: float, y: float, width: float, height: float, radius: float, corners: Container[Corner], paint: str
    ) -> None:
        """Draw a box with the named corners round, and fill or stroke it with the operator ``paint``."""
        k = self.k
        path: list[str] = []
        for name, (right, top), (from_x, from_y), (to_x, to_y) in _CORNERS:
            corner_x, corner_y = (x + right * width) * k, (self.h - y - height + top * height) * k
            r = radius * k if name in corners else 0
            path.append(f"{corner_x + from_x * r:.2f} {corner_y + from_y * r:.2f} {'l' if path else 'm'}")
            if r:
                bend = r * _BEND
                path.append(
                    f"{corner_x + from_x * bend:.2f} {corner_y + from_y * bend:.2f} "
                    f"{corner_x + to_x * bend:.2f} {corner_y + to_y * bend:.2f} "
                    f"{corner_x + to_x * r:.2f} {corner_y + to_y * r:.2f} c"
                )
        self._out(f"{' '.join(path)} h {paint}")

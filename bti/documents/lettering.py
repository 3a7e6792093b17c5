"""Letters on paper: which can be shown, how wide they are, and where a line ends.

What is known about a font is shared by all documents. What is known about words stays in the one document: the words
are a child's.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Final

from fontTools import subset
from fontTools.ttLib import TTFont

MM_PER_POINT: Final = 25.4 / 72
UNKNOWN: Final = "□"
SOFT_HYPHEN: Final = "\u00ad"

_FOLDER: Final = Path(__file__).parent / "fonts"
_NOT_A_CHARACTER: Final = "\ufffd"
_LINE_ENDS: Final = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
_UNBREAKABLE: Final = frozenset("\u00a0\u2007\u202f")
_EVERYDAY: Final = frozenset(
    map(
        chr,
        chain(
            range(0x20, 0x7F),  # English
            range(0xA0, 0x250),  # Norwegian, Sámi, Polish, Turkish …
            range(0x300, 0x304),
            range(0x400, 0x460),  # Ukrainian, Russian
            range(0x490, 0x4A0),
            range(0x2010, 0x2027),  # dashes, quotes, bullet, ellipsis
            map(ord, "\n€←→↗✓✔☐☑●○■□▲▼"),
        ),
    )
)


class Style(StrEnum):
    """The four cuts of the typeface; the value is the file's own name for it."""

    REGULAR = "Regular"
    SEMIBOLD = "Semibold"
    BOLD = "Bold"
    ITALIC = "It"


@dataclass(frozen=True)
class Type:
    """A style in a size (points), with the line it needs (mm)."""

    style: Style
    size: float
    leading: float = 1.36

    @property
    def em(self) -> float:
        """The size in mm, which is also how far below the top of its line a text stands."""
        return self.size * MM_PER_POINT

    @property
    def line(self) -> float:
        """The height of a line in mm."""
        return self.em * self.leading


@cache
def widths(style: Style) -> dict[str, int]:
    """Return the width of each character the font has, in thousandths of the size; a newline has none."""
    with TTFont(_FOLDER / f"SourceSans3-{style}.ttf", lazy=True) as font:
        metrics = font["hmtx"].metrics
        scale = 1000 / font["head"].unitsPerEm
        letters = {chr(code): round(metrics[name][0] * scale + 0.001) for code, name in font.getBestCmap().items()}
    return {**letters, "\n": 0}


def font_file(style: Style, *, everyday: bool) -> BytesIO:
    """Return the font; ``everyday`` gives the small one that a document without rare letters needs."""
    return BytesIO(_everyday_font(style) if everyday else _whole_font(style))


@cache
def _whole_font(style: Style) -> bytes:
    return (_FOLDER / f"SourceSans3-{style}.ttf").read_bytes()


@cache
def _everyday_font(style: Style) -> bytes:
    """Cut the font down once a process, so that no document has to plough through 2,500 glyphs."""
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True, glyph_names=True, name_IDs=["*"])
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "DSIG", "MATH", "BASE"]
    font = TTFont(BytesIO(_whole_font(style)), lazy=True, recalcTimestamp=False)
    cut = subset.Subsetter(options)
    cut.populate(text="".join(sorted(_EVERYDAY)))
    cut.subset(font)
    small = BytesIO()
    font.save(small)
    return small.getvalue()


class _Cleaning(dict[int, str | None]):
    """What becomes of each character, found out the first time it is met."""

    def __missing__(self, code: int) -> str | None:
        self[code] = _cleaned(chr(code))
        return self[code]


def _cleaned(char: str) -> str | None:
    kind = unicodedata.category(char)
    if char in _LINE_ENDS:
        return "\n"
    if char == "\t" or (kind == "Zs" and char not in _UNBREAKABLE):
        return " "
    if kind == "Zs":
        return "\u00a0"
    if char != SOFT_HYPHEN and (kind in {"Cc", "Cf"} or "VARIATION SELECTOR" in unicodedata.name(char, "")):
        return None
    return _NOT_A_CHARACTER if kind == "Cs" or hex(ord(char)).endswith(("fffe", "ffff")) else char


_CLEANING: Final = _Cleaning()


def clean(text: str) -> str:
    """Return ``text`` composed (NFC), its line ends as newlines, with nothing in it that cannot be seen."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").translate(_CLEANING))


class Lettering:
    """The letters of one document. ``missing`` holds the characters it had to show as an empty box."""

    def __init__(self) -> None:
        self.missing: set[str] = set()
        self.rare: set[Style] = set()
        self.used: set[Style] = set()
        self._legible: dict[Style, dict[str, str]] = {style: {} for style in Style}
        self._words: dict[Style, dict[str, int]] = {style: {} for style in Style}

    def legible(self, text: str, style: Style) -> str:
        """Return ``text`` cleaned, with a box for each character the font does not have."""
        known = self._legible[style]
        if text not in known:
            known[text] = self._made_legible(clean(text), style)
        return known[text]

    def _made_legible(self, text: str, style: Style) -> str:
        known, letters = widths(style), set(text)
        self.used.add(style)
        strange = {char for char in letters if char not in known}
        if strange:
            self.missing |= strange
            text = text.translate(dict.fromkeys(map(ord, strange), UNKNOWN))
        if not letters <= _EVERYDAY:
            self.rare.add(style)
        return text

    def width(self, text: str, cut: Type) -> float:
        """Return how wide a legible text without line ends is, in mm."""
        return self.measure(text, cut.style) * cut.em / 1000

    def lines(self, text: str, cut: Type, width: float) -> list[str]:
        """Break ``text`` into lines of at most ``width`` mm.

        A line that ends between two words ends in a space, so that a reader does not glue them together.
        """
        room = width / cut.em * 1000
        legible = self.legible(text, cut.style).strip("\n")
        return [line for part in legible.split("\n") for line in _Breaking(self, cut.style, room).lines(part)]

    def longest_word(self, text: str, cut: Type) -> float:
        """Return how wide a column must be in mm, for no word in it to be split but at its soft hyphens."""
        words = self.legible(text, cut.style).replace(SOFT_HYPHEN, "- ").split()
        return max((self.measure(word, cut.style) for word in words), default=0) * cut.em / 1000

    def one_line(self, text: str, cut: Type, width: float) -> str:
        """Return ``text`` on one line, cut off with an ellipsis where it would be wider than ``width`` mm."""
        line = self.legible(text, cut.style).replace("\n", " ").replace(SOFT_HYPHEN, "")
        if self.width(line, cut) <= width:
            return line
        while line and self.width(f"{line}…", cut) > width:
            line = line[:-1]
        return f"{line}…"

    def measure(self, word: str, style: Style) -> int:
        """Return the width of a word in thousandths of the size, measured once a document."""
        known = self._words[style]
        if word not in known:
            letters = widths(style)
            known[word] = sum([letters[char] for char in word])
        return known[word]


class _Breaking:
    """One paragraph on its way into lines: words where they fit, else at soft hyphens, else anywhere."""

    def __init__(self, lettering: Lettering, style: Style, room: float) -> None:
        self._measure = lettering.measure
        self._style = style
        self._room = room
        self._space = lettering.measure(" ", style)
        self._hyphen = lettering.measure("-", style)
        self._done: list[str] = []
        self._line: list[str] = []
        self._used = 0

    def lines(self, text: str) -> list[str]:
        """Return the lines, at least one; each but the last ends in a space, a soft hyphen or inside a word."""
        for word in text.split(" "):
            if word.strip(SOFT_HYPHEN):
                self._add(word)
        self._end_line(" ")
        return self._done

    def _add(self, word: str) -> None:
        if SOFT_HYPHEN in word:
            self._add_syllables(word.split(SOFT_HYPHEN))
            return
        width = self._measure(word, self._style)
        reach = self._used + self._space + width
        if self._line and reach <= self._room:
            self._line += (" ", word)
            self._used = reach
            return
        if self._line:
            self._end_line(" ")
        self._put(word, width)

    def _add_syllables(self, syllables: list[str]) -> None:
        measured = [(syllable, self._measure(syllable, self._style)) for syllable in syllables]
        rest = sum(width for _, width in measured)
        if self._line and self._used + self._space + min(rest, measured[0][1] + self._hyphen) > self._room:
            self._end_line(" ")
        if self._line:
            self._put(" ", self._space)
        begun = False
        for syllable, width in measured:
            # Either all that is left of the word fits, or this much of it and a hyphen.
            if begun and self._used + min(rest, width + self._hyphen) > self._room:
                self._end_line(SOFT_HYPHEN if self._used + self._hyphen <= self._room else "")
            self._put(syllable, width)
            rest -= width
            begun = True

    def _put(self, word: str, width: int) -> None:
        if self._used + width <= self._room:
            self._line.append(word)
            self._used += width
            return
        for char in word:
            step = self._measure(char, self._style)
            if self._line and self._used + step > self._room:
                self._end_line("")
            self._line.append(char)
            self._used += step

    def _end_line(self, ending: str) -> None:
        self._done.append("".join(self._line) + ending)
        self._line = []
        self._used = 0

"""The colours of screen and paper, read from one file and checked: a colour that cannot be read is refused."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated, Final, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from bti.errors import CannotStart

FILE: Final = Path(__file__).with_name("colours.toml")
ENOUGH: Final = 4.5
"""The contrast WCAG 2.1 AA asks of text."""

WHITE: Final = "#FFFFFF"
Colour = Annotated[str, Field(pattern=r"^#[0-9A-F]{6}$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Tone(_Part):
    """A text colour and the tint it stands on."""

    text: Colour
    fill: Colour


class Voice(Tone):
    """The amber of the child's own words, with the bar at their side."""

    bar: Colour


class Colours(_Part):
    """The colours, each named by its use."""

    ink: Colour
    muted: Colour
    primary: Colour
    tint: Colour
    stripe: Colour
    rule: Colour
    stopped: Colour
    child: Voice
    good: Tone
    some: Tone
    bad: Tone
    none: Tone

    def read_against(self) -> Iterator[tuple[str, str]]:
        """Give every text colour with every ground it stands on."""
        tones = (self.good, self.some, self.bad, self.none, self.child)
        for ground in (WHITE, self.tint, self.stripe, *(tone.fill for tone in tones)):
            yield self.ink, ground
        for ground in (WHITE, self.tint, self.stripe, self.child.fill):
            yield self.muted, ground
        yield from ((self.primary, WHITE), (self.primary, self.tint), (WHITE, self.primary), (self.stopped, WHITE))
        yield from ((tone.text, tone.fill) for tone in tones)

    @model_validator(mode="after")
    def _can_be_read(self) -> Self:
        for text, ground in self.read_against():
            if contrast(text, ground) < ENOUGH:
                raise ValueError(f"{text} kan ikke leses på {ground}")
        return self


def contrast(one: str, other: str) -> float:
    """Return how clearly one colour stands on the other, from 1 to 21, as WCAG 2.1 counts it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004 - sRGB's own figures


@cache
def colours(file: Path = FILE) -> Colours:
    """Return the colours, or refuse to start with what is wrong in the file."""
    try:
        return Colours.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except ValidationError as wrong:
        problem = wrong.errors()[0]
        where = ".".join(map(str, problem["loc"])) or "farger"
        raise CannotStart(f"{file}: «{where}» {problem['msg']}") from wrong

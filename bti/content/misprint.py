"""Where in a file of settings something is wrong: file, line and what, so that somebody with an editor can mend it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from pydantic import ValidationError

Place = tuple[str | int, ...]

WRONG: Final[Mapping[str, str]] = {
    "extra_forbidden": "finnes ikke; se etter skrivefeil",
    "missing": "mangler",
    "literal_error": "kan ikke være det; velg en av {expected}",
    "enum": "kan ikke være det; velg en av {expected}",
    "greater_than_equal": "må være {ge} eller mer",
    "less_than_equal": "må være {le} eller mindre",
    "string_too_short": "må ha minst {min_length} tegn",
    "string_too_long": "kan ha høyst {max_length} tegn",
    "too_short": "må ha minst {min_length}",
    "value_error": "er feil: {error}",
    "string_pattern_mismatch": "kan bare ha små bokstaver a–z, tall, bindestrek og understrek",
}
OTHERWISE: Final = "har feil form"

_HEADER: Final = re.compile(r"^(\[\[?)\s*([\w.-]+)\s*\]")
_KEY: Final = re.compile(r"^\s*\"?([\w-]+)\"?\s*=")


def said(path: Path, wrong: ValidationError) -> str:
    """Return the first thing that is wrong as one sentence."""
    problem = wrong.errors()[0]
    why = WRONG.get(problem["type"], OTHERWISE).format_map({"error": "", **problem.get("ctx", {})})
    name = ".".join(str(part + 1) if isinstance(part, int) else part for part in problem["loc"])
    return f"{path}, linje {line_of(path.read_text(encoding='utf-8'), problem['loc'])}: «{name}» {why}"


def line_of(text: str, wanted: Sequence[str | int]) -> int:
    """Return the line the setting stands on, or that of the nearest it lies in; the first when nothing of it is there."""
    found = {place: line for line, place in _places(text)}
    nearest = (tuple(wanted[:length]) for length in range(len(wanted), 0, -1))
    return next((found[place] for place in nearest if place in found), 1)


def _places(text: str) -> Iterator[tuple[int, Place]]:
    """Give the line of every table and key. A key inside a value that goes over several lines counts as its value's."""
    table: Place = ()
    how_many: dict[str, int] = {}
    for line, words in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(words):
            name = header.group(2)
            table = tuple(name.split("."))
            if header.group(1) == "[[":
                how_many[name] = how_many.get(name, -1) + 1
                table = (*table, how_many[name])
            yield line, table
        elif key := _KEY.match(words):
            yield line, (*table, key.group(1))

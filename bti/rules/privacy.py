"""What may stand in a text: words, and never a fødselsnummer (R-51, R-52)."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from bti.errors import Reason, Refused

PHONE: Final = 40
SHORT: Final = 120
MEDIUM: Final = 500
LONG: Final = 4000

A_NUMBER: Final = re.compile(r"\+?[\d\s]{5,}")
_BETWEEN: Final = r"[\s.\-\u00ad\u2010-\u2015\u2212]"
_ELEVEN_DIGITS: Final = re.compile(
    rf"(?<!\d)(?=(\d{{6}}|\d\d{_BETWEEN}\d\d{_BETWEEN}\d\d){_BETWEEN}{{0,3}}(\d{{5}}|\d{{3}}{_BETWEEN}\d\d)(?!\d))"
)
_FIRST_WEIGHTS: Final = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_SECOND_WEIGHTS: Final = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_INVISIBLE: Final = frozenset(
    "\u200b\u2060\ufeff\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"
)
_KEPT_CONTROLS: Final = frozenset("\n\t")


def words(text: str, limit: int) -> str:
    """Return the text as it is stored: composed, trimmed, without invisible direction marks. Refuse what cannot be.

    Refused: half characters and control characters, a fødselsnummer, more than ``limit`` characters.
    """
    visible = "".join(c for c in text.replace("\r\n", "\n").replace("\r", "\n") if c not in _INVISIBLE)
    kept = unicodedata.normalize("NFC", visible).strip()
    if any(unicodedata.category(c) in {"Cs", "Cc"} and c not in _KEPT_CONTROLS for c in kept):
        raise Refused(Reason.NOT_TEXT)
    if has_national_id(kept):
        raise Refused(Reason.NATIONAL_ID)
    if len(kept) > limit:
        raise Refused(Reason.TOO_LONG, lengde=len(kept), plass=limit)
    return kept


def has_national_id(text: str) -> bool:
    """Say whether eleven digits in the text are a fødselsnummer or D-number, by both check digits."""
    folded = "".join(str(unicodedata.digit(c, c)) if c.isdigit() else c for c in text)
    return any(_checks("".join(match.groups())) for match in _ELEVEN_DIGITS.finditer(folded))


def with_names_marked(text: str, names: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Give the text in pieces, and of each whether it is one of the names: however it is bent, and a part of one too (R-60)."""
    wanted = sorted(
        {_pattern(one) for name in names for one in (name, *_own_words(name))} - {""}, key=len, reverse=True
    )
    if not wanted:
        yield text, False
        return
    for number, piece in enumerate(re.split(rf"(?<!\w)((?:{'|'.join(wanted)})\w*)", text, flags=re.IGNORECASE)):
        if piece:
            yield piece, number % 2 == 1


def _own_words(name: str) -> Iterator[str]:
    """Give the words of a name that are names themselves: «Nes» of «Nes skole», and each of a person's."""
    return (word for word in re.findall(r"[\w-]+", name) if len(word) > 1 and (word[0].isupper() or word[0].isdigit()))


def _pattern(name: str) -> str:
    if A_NUMBER.fullmatch(name):
        return r"\s?".join(re.escape(digit) for digit in name if not digit.isspace())
    return r"\s+".join(re.escape(word) for word in name.split())


def _checks(digits: str) -> bool:
    numbers = [int(d) for d in digits if d.isdigit()]
    day = numbers[0] * 10 + numbers[1]
    if not (1 <= day <= 31 or 41 <= day <= 71):  # noqa: PLR2004 - the days of a month, and of a D-number
        return False
    first = sum(w * n for w, n in zip(_FIRST_WEIGHTS, numbers, strict=False)) % 11
    second = sum(w * n for w, n in zip(_SECOND_WEIGHTS, numbers, strict=True)) % 11
    return first == 0 and second == 0

"""Bokmål stands in the source, nynorsk in a catalogue; the reader decides which is shown.

``_`` says a text in the reader's language now, ``N_`` marks a text that will be said later.
A text without nynorsk falls back to bokmål, never to a key; a test demands that none does.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Final

from babel.dates import format_date
from babel.messages.pofile import read_po

from bti import clock

LANGUAGES: Final = {"nb": "Bokmål", "nn": "Nynorsk"}
LOCALE = Path(__file__).parent / "locale"

_spoken: ContextVar[str] = ContextVar("spoken", default="nb")


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Return the texts of ``language`` by their bokmål. Bokmål's own catalogue is empty."""
    path = LOCALE / language / "LC_MESSAGES" / "bti.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file) if m.id and m.string}


def N_(text: str) -> str:  # noqa: N802 - gettext's own name
    """Mark ``text`` for the catalogue; it is said later, in the language of that moment."""
    return text


def _(text: str, **values: object) -> str:
    """Say ``text`` in the reader's language, with ``values`` in its braces."""
    said = catalogue(spoken()).get(text, text)
    return said.format_map(values) if values else said


def spoken() -> str:
    """Return the code of the language that is spoken now: nb or nn."""
    return _spoken.get()


def speak(language: str) -> None:
    """Speak ``language`` for the rest of this request; anything unknown is bokmål."""
    _spoken.set(language if language in LANGUAGES else "nb")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak ``language`` inside the block, as a document does for its recipient."""
    before = _spoken.set(language if language in LANGUAGES else "nb")
    try:
        yield
    finally:
        _spoken.reset(before)


def weekday(on: date) -> str:
    """Return «tirsdag 12. mai 2026»."""
    return format_date(on, "EEEE d. MMMM y", locale=spoken())


def long_date(on: date) -> str:
    """Return «12. mai 2026»."""
    return format_date(on, "d. MMMM y", locale=spoken())


def short_date(on: date) -> str:
    """Return «12. mai», for a date whose year is plain."""
    return format_date(on, "d. MMMM", locale=spoken())


def month(on: date) -> str:
    """Return «mai», and «2027» where a year begins."""
    return format_date(on, "y" if on.month == 1 else "MMM", locale=spoken())


def figures(on: date) -> str:
    """Return «12.05.2026», for tables."""
    return format_date(on, "dd.MM.y", locale=spoken())


def clock_time(at: datetime, *, seconds: bool = False) -> str:
    """Return «14.30», or «14.30.07», in Oslo. The word «kl.» stands in the sentence round it."""
    return at.astimezone(clock.OSLO).strftime("%H.%M.%S" if seconds else "%H.%M")


def listed(things: list[str]) -> str:
    """Return «a, b og c»."""
    if len(things) < 2:  # noqa: PLR2004 - one thing needs no «og»
        return "".join(things)
    return _("{flere} og {siste}", flere=", ".join(things[:-1]), siste=things[-1])


def first_up(text: str) -> str:
    """Begin ``text`` with a capital letter and leave the rest as it is."""
    return text[:1].upper() + text[1:]

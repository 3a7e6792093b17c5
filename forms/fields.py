"""How one answer is asked for on the screen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar, Final, Protocol, TypeVar
from uuid import UUID

import streamlit as st

from bti.content.labels import label as name_of
from bti.language import _, listed, long_date

ROOM: Final = 20000
"""How many characters a field takes in at all; what is too long for the log is said, not cut."""

Option = tuple[Any, str]
"""A person or thing that can be chosen, and what it is called; or one of a few words, and what is said beside it."""
K = TypeVar("K")


def apart(options: Iterable[tuple[K, str]]) -> dict[K, str]:
    """Return what each is called, no two alike: the browser answers with the name, and one would be taken for the other.

    The eldest keeps the name by itself, in whatever order they are read.
    """
    things = list(options)
    names: dict[K, str] = {}
    taken: set[str] = set()
    for key, name in sorted(things, key=lambda thing: str(thing[0])):
        called, number = name, 1
        while called in taken:
            number += 1
            called = f"{name} ({number})"
        taken.add(called)
        names[key] = called
    return {key: names[key] for key, _name in things}


class Field(Protocol):
    """A question on the screen."""

    between: ClassVar[str]
    """What stands between two texts when the field holds both; empty when it is not a text."""

    @property
    def label(self) -> str:
        """The question, in bokmål."""

    def draw(self, key: str, label: str, begin: Any, options: Sequence[Option]) -> Any:
        """Ask it, beginning with what stood there before, and return what stands there now."""

    def to_draft(self, value: Any) -> Any:
        """Return the answer as a draft keeps it."""

    def from_draft(self, kept: Any, options: Sequence[Option]) -> Any:
        """Return a kept answer as the widget takes it."""

    def said(self, value: Any, options: Sequence[Option]) -> str:
        """Return an answer as it is read."""

    def is_about(self, value: Any) -> str:
        """Return what is written about the child in the answer."""


@dataclass(frozen=True)
class _Question:
    """What all questions share."""

    between: ClassVar[str] = ""

    label: str
    help: str = ""

    def is_about(self, value: Any) -> str:
        """Return what is written about the child in the answer: nothing, unless it is a text."""
        return value if self.between and isinstance(value, str) and not getattr(self, "is_name", False) else ""

    def to_draft(self, value: Any) -> Any:
        """Keep the answer as it is."""
        return value

    def from_draft(self, kept: Any, options: Sequence[Option]) -> Any:
        """Take the answer as it was kept."""
        del options
        return kept

    def said(self, value: Any, options: Sequence[Option]) -> str:
        """Read it as it stands."""
        del options
        return str(value or "")

    @property
    def hint(self) -> str | None:
        """The line beside the question that says what belongs there."""
        return _(self.help) if self.help else None


@dataclass(frozen=True)
class Line(_Question):
    """A few words on one line."""

    between: ClassVar[str] = " / "

    is_name: bool = False
    """Whether the answer is somebody's name, and not a text about the child."""

    def draw(self, key: str, label: str, begin: Any, options: Sequence[Option]) -> str:
        """Ask for a line."""
        del options
        return st.text_input(label, value=begin or "", key=key, max_chars=ROOM, placeholder=self.hint or "") or ""


@dataclass(frozen=True)
class Paragraph(_Question):
    """Some sentences, written while the others talk."""

    between: ClassVar[str] = "\n\n"

    lines: int = 3

    def draw(self, key: str, label: str, begin: Any, options: Sequence[Option]) -> str:
        """Ask for some sentences."""
        del options
        height = 40 + 26 * self.lines
        said = st.text_area(
            label, value=begin or "", key=key, height=height, max_chars=ROOM, placeholder=self.hint or ""
        )
        return said or ""


@dataclass(frozen=True)
class Pick(_Question):
    """One of a few words, none chosen beforehand. What each means may stand beside it."""

    words: type[StrEnum] = StrEnum
    across: bool = True
    among: tuple[StrEnum, ...] = ()

    def draw(self, key: str, label: str, begin: Any, options: Sequence[Option]) -> StrEnum | None:
        """Ask for one of them."""
        choices, beside = list(self.among or self.words), dict(options)
        return st.radio(
            label,
            choices,
            index=choices.index(begin) if begin in choices else None,
            key=key,
            format_func=name_of,
            horizontal=self.across,
            captions=[beside.get(word, "") for word in choices] if beside else None,
        )

    def from_draft(self, kept: Any, options: Sequence[Option]) -> StrEnum | None:
        """Take the word back."""
        del options
        return self.words(kept) if kept in set(self.words) else None

    def said(self, value: Any, options: Sequence[Option]) -> str:
        """Read the word."""
        del options
        return name_of(value) if value else ""


@dataclass(frozen=True)
class Chips(_Question):
    """Some of a few words, to press for who wants to. None is ever asked for."""

    words: type[StrEnum] = StrEnum
    among: tuple[StrEnum, ...] = ()

    def draw(self, key: str, label: str, begin: Any, options: Sequence[Option]) -> list[StrEnum]:
        """Offer them."""
        del options
        chosen = set(begin or ())
        offered = list(self.among or self.words)
        return st.pills(
            label,
            offered,
            selection_mode="multi",
            default=[word for word in offered if word in chosen],
            key=key,
            format_func=name_of,
        )

    def to_draft(self, value: Any) -> Any:
        """Keep the words, in order."""
        return sorted(value or ())

    def from_draft(self, kept: Any, options: Sequence[Option]) -> list[StrEnum]:
        """Take the words back."""
        del options
        return [word for word in self.words if word in set(kept or ())]


@dataclass(frozen=True)
class Choose(_Question):
    """One of the people or things of this case."""

    nobody: str = ""

    def draw(self, key: str, label: str, begin: Any, options: Sequence[Option]) -> UUID | None:
        """Ask for one of them; or for nobody, where that is an answer too and what stood there can be taken back."""
        names = apart(options)
        keys = [None, *names] if self.nobody else list(names)
        chosen: UUID | None = st.selectbox(
            label,
            keys,
            index=keys.index(begin) if begin in names else (0 if self.nobody else None),
            key=key,
            format_func=lambda one: names.get(one, _(self.nobody)),
            placeholder=_("Velg"),
        )
        return chosen

    def to_draft(self, value: Any) -> Any:
        """Keep the key of it."""
        return str(value) if value else None

    def from_draft(self, kept: Any, options: Sequence[Option]) -> UUID | None:
        """Take it back, if it can still be chosen."""
        return next((key for key, _name in options if str(key) == str(kept)), None)

    def said(self, value: Any, options: Sequence[Option]) -> str:
        """Read the name."""
        return dict(options).get(value, "")


@dataclass(frozen=True)
class ChooseSome(_Question):
    """Some of the people or things of this case."""

    def draw(self, key: str, label: str, begin: Any, options: Sequence[Option]) -> list[UUID]:
        """Ask for some of them."""
        names = apart(options)
        return st.multiselect(
            label,
            list(names),
            default=[one for one in begin or () if one in names] or None,
            key=key,
            format_func=lambda one: names.get(one, ""),
            placeholder=self.hint or _("Velg"),
        )

    def to_draft(self, value: Any) -> Any:
        """Keep their keys."""
        return sorted(str(one) for one in value or ())

    def from_draft(self, kept: Any, options: Sequence[Option]) -> list[UUID]:
        """Take back those that can still be chosen."""
        return [key for key, _name in options if str(key) in {str(k) for k in kept or ()}]

    def said(self, value: Any, options: Sequence[Option]) -> str:
        """Read the names."""
        return listed([name for key, name in options if key in set(value or ())])


@dataclass(frozen=True)
class Tick(_Question):
    """A box to tick, never ticked beforehand."""

    def draw(self, key: str, label: str, begin: Any, options: Sequence[Option]) -> bool:
        """Ask for a tick."""
        del options
        return st.checkbox(label, value=bool(begin), key=key, help=self.hint)

    def said(self, value: Any, options: Sequence[Option]) -> str:
        """Read whether it is ticked."""
        del options
        return _("Ja") if value else _("Nei")


@dataclass(frozen=True)
class Day(_Question):
    """A date."""

    earliest: date = date(1990, 1, 1)
    latest: date = date(2100, 1, 1)

    def draw(self, key: str, label: str, begin: Any, options: Sequence[Option]) -> date | None:
        """Ask for a date."""
        del options
        day: date | None = st.date_input(
            label, value=begin, key=key, format="DD.MM.YYYY", min_value=self.earliest, max_value=self.latest
        )
        return day

    def to_draft(self, value: Any) -> Any:
        """Keep it as text."""
        return value.isoformat() if value else None

    def from_draft(self, kept: Any, options: Sequence[Option]) -> date | None:
        """Take it back."""
        del options
        return date.fromisoformat(kept) if isinstance(kept, str) and kept else None

    def said(self, value: Any, options: Sequence[Option]) -> str:
        """Read the day."""
        del options
        return long_date(value) if value else ""

"""What a service is called, in the reader's language, what somebody is in it, and the parts of a name."""

from collections.abc import Callable, Iterable
from typing import Any, Final, TypeVar

from bti.language import spoken

T = TypeVar("T")
_LAST: Final = str.maketrans("æøå", "{|}")


def service_name(row: Any) -> str:
    """Return the name of the service a row was read with (``name_nb`` and ``name_nn``); empty when there was none."""
    return (row.name_nn if spoken() == "nn" else row.name_nb) or ""


def why(row: Any) -> str:
    """Return why somebody of the service is asked to the table: what it can do (``why_nb`` and ``why_nn``)."""
    return (row.why_nn if spoken() == "nn" else row.why_nb) or ""


def title(written: str | None, *service_names: str | None) -> str:
    """Return a title; a helsesykepleier of the service «helsesykepleier» is one once, in whichever language it was written."""
    return "" if written in service_names else written or ""


def role(title: str, service: str) -> str:
    """Say title and service, as far as there are any."""
    return ", ".join(part for part in (title, service) if part)


def in_order(things: Iterable[T], name: Callable[[T], str]) -> tuple[T, ...]:
    """Put what is named in the order a Norwegian reader looks for it: great and small letters alike, æ, ø and å last."""
    return tuple(sorted(things, key=lambda thing: name(thing).casefold().translate(_LAST)))


def split_name(name: str) -> tuple[str, str]:
    """Split «Solveig Marie Testdal» into given names and family name; a single word is a given name or an alias."""
    *given, last = name.split() or [""]
    return (" ".join(given), last) if given else (last, "")

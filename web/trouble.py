"""When something fails: a number for the person, the kind and the places for the log, and nobody's data anywhere."""

import logging
import secrets
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import streamlit as st

from bti.language import _

_LOG: Final = logging.getLogger("bti")
_PLAIN: Final = logging.getLogRecordFactory()


def note(trouble: BaseException) -> str:
    """Write down what kind of trouble it was and where, and return the number it was given."""
    number = f"{secrets.randbelow(900_000) + 100_000}"
    _LOG.error("feil %s: %s", number, where(trouble))
    return number


def where(trouble: BaseException) -> str:
    """Say the type of the trouble, what led to it, and the places in the code. Never its message: it may quote a text."""
    return " <- ".join(f"{type(one).__name__} ({_places(one)})" for one in _led_by(trouble))


def script_failed(trouble: Exception) -> bool:
    """Show the person a number and nothing else when a page fails."""
    st.error(
        _(
            "Noe gikk galt på denne siden. Prøv en gang til. Skjer det igjen, si fra til den som er systemansvarlig: "
            "feil {nummer}.",
            nummer=note(trouble),
        )
    )
    return True


def keep_logs_discreet() -> None:
    """Let no logger write the message of an exception, and let the server not write who asked for which address.

    Streamlit and uvicorn log whatever a page raises, message and all. A message may hold what somebody wrote.
    """
    logging.setLogRecordFactory(_discreet)
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)


def _discreet(*args: Any, **kwargs: Any) -> logging.LogRecord:
    record = _PLAIN(*args, **kwargs)
    if record.exc_info and record.exc_info[1] is not None:
        record.msg, record.args = f"{record.getMessage()}: {where(record.exc_info[1])}", ()
    record.exc_info = record.exc_text = record.stack_info = None
    return record


def _led_by(trouble: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while trouble is not None and id(trouble) not in seen:
        seen.add(id(trouble))
        yield trouble
        trouble = trouble.__cause__ or trouble.__context__


def _places(trouble: BaseException) -> str:
    frames = traceback.extract_tb(trouble.__traceback__)
    return ", ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)

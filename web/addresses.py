"""Every address of the server, and what kind it is. What is not named here does not exist."""

import re
from enum import Enum, auto
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import streamlit

HOME: Final = "/"
SIGN_IN: Final = "/logg-inn"
DEMO_SIGN_IN: Final = "/logg-inn/demo"
SIGN_OUT: Final = "/logg-ut"
HEALTH: Final = "/health"
PULSE: Final = "/bti/puls"
OWN: Final = "/bti/"
STREAM: Final = "/_stcore/stream"

SCRIPT: Final = "/bti/ui.js"
STYLE: Final = "/bti/ui.css"
SIGN_IN_STYLE: Final = "/bti/logg-inn.css"
ICON: Final = "/bti/ikon.svg"

STREAMLITS_FOLDER: Final = Path(streamlit.__file__).parent / "static"
# Named one by one: for a file that is not there, Streamlit would answer with its own page, to be kept for a year.
_STREAMLITS_FILES: Final = frozenset(
    f"/{file.relative_to(STREAMLITS_FOLDER).as_posix()}" for file in (STREAMLITS_FOLDER / "static").rglob("*.*")
)
_FOR_ALL: Final = frozenset({HEALTH, "/_stcore/health", SCRIPT, STYLE, SIGN_IN_STYLE, ICON})
_SIGNING: Final = frozenset({SIGN_IN, DEMO_SIGN_IN, SIGN_OUT})
_STREAMLITS: Final = frozenset({STREAM, "/_stcore/host-config"})
_NEVER_A_PAGE: Final = frozenset({"/static", "/media", "/component", "/bti", "/_stcore", "/app", "/oauth2callback"})
_PAGE: Final = re.compile(r"/[a-z0-9_-]*", re.ASCII)
# The landing page answers at the root only; its own name would show Streamlit's «Page not found».
_ALSO_HOME: Final = frozenset({"/mine_saker", "/mine-saker"})


class Kind(Enum):
    """What lies at an address."""

    FOR_ALL = auto()
    """Files of the app itself and the health answer. Nobody is looked up."""
    OWN = auto()
    """Our own routes. Each decides what it tells whom."""
    PAGE = auto()
    """A page of the app: the shell for who is signed in, the sign-in page for everybody else."""
    SIGNED_IN = auto()
    """What Streamlit's page needs, for who is signed in."""
    CLOSED = auto()
    """Everything else, Streamlit's files, uploads, figures and agents among it."""


def kind(path: str) -> Kind:
    """Say what lies at ``path``."""
    if path in _FOR_ALL or path in _STREAMLITS_FILES:
        return Kind.FOR_ALL
    if path in _SIGNING or path.startswith(OWN):
        return Kind.OWN
    if path in _STREAMLITS:
        return Kind.SIGNED_IN
    if _PAGE.fullmatch(path) and path not in _NEVER_A_PAGE:
        return Kind.PAGE
    return Kind.CLOSED


def is_other_name_of_home(path: str) -> bool:
    """Say whether ``path`` is a second name of the landing page."""
    return path in _ALSO_HOME


def own_page(wanted: str) -> str:
    """Return ``wanted`` if it is a page of ours, and the landing page otherwise.

    It is where a person lands after signing in, so another host must never get through, however it is written. What
    is not simply the name of a page, and a question after it, is not looked at any further.
    """
    if not wanted.isprintable():
        return HOME
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return HOME
    if parts.scheme or parts.netloc or parts.fragment or kind(parts.path) is not Kind.PAGE:
        return HOME
    return f"{parts.path}?{parts.query}" if parts.query else parts.path

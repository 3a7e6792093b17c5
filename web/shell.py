"""Streamlit's HTML shell in the reader's language, read once at start. The one page Streamlit's own script runs in."""

import re
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bti.errors import CannotStart
from bti.language import LANGUAGES, N_, _, speaking, spoken
from web.addresses import HOME, ICON, SCRIPT, STREAMLITS_FOLDER, STYLE, is_other_name_of_home, own_page
from web.gate import who
from web.sign_in import SignIn
from web.sign_in_page import onwards

NEEDS_SCRIPT: Final = N_("Slå på JavaScript i nettleseren for å bruke stafettloggen.")
_OURS: Final = f'<link rel="stylesheet" href="{STYLE}">\n    <script defer src="{SCRIPT}"></script>\n    <script'


def read() -> str:
    """Return the shell as Streamlit ships it."""
    return (STREAMLITS_FOLDER / "index.html").read_text(encoding="utf-8")


def spoken_shell(shell: str, language: str) -> str:
    """Return ``shell`` with our language, our title and our scripts, and nothing that points to closed addresses.

    Each place is looked for and must be there exactly once, so that another version of Streamlit is noticed at start
    and not by somebody who hears Norwegian read aloud as English.
    """
    with speaking(language):
        noscript = f"<noscript><p>{_(NEEDS_SCRIPT)}</p></noscript>"
    for pattern, ours in (
        (r'<html lang="en">', f'<html lang="{language}">'),
        (r"<title>Streamlit</title>", "<title>BTI</title>"),
        (r'<link rel="shortcut icon" href="\./favicon\.png" />', f'<link rel="icon" href="{ICON}" />'),
        (r'<!--\s*Machine-readable(?:(?!-->).)*-->\s*<link rel="service-desc"[^>]*>', ""),
        (r"<noscript>.*?</noscript>", noscript),
        (r"<script(?=>\s*window\.prerenderReady)", _OURS),
    ):
        shell, found = re.subn(pattern, ours, shell, flags=re.DOTALL)
        if found != 1:
            raise CannotStart(f"Streamlits side ser annerledes ut enn ventet ({pattern}). Bruk versjonen som er låst.")
    return shell


class Pages:
    """The pages of the app: the shell for who is signed in, the sign-in page at the same address for everybody else."""

    def __init__(self, shell: str, sign_in: SignIn) -> None:
        self._shells = {language: spoken_shell(shell, language) for language in LANGUAGES}
        self._sign_in = sign_in

    def routes(self) -> list[BaseRoute]:
        """Return the addresses of the pages. The gate has closed everything that is not one."""
        return [Route(HOME, self.open, methods=["GET"]), Route("/{page}", self.open, methods=["GET"])]

    async def open(self, request: Request) -> Response:
        """Show the page. Nothing of a case is in this answer: that comes through the websocket, to its own actor."""
        here = own_page(_address(request))
        if is_other_name_of_home(request.url.path):
            return RedirectResponse(f"{HOME}?{request.url.query}" if request.url.query else HOME, 307)
        if who(request):
            return HTMLResponse(self._shells[spoken()])
        if request.headers.get("sec-fetch-site") == "cross-site":
            return onwards(here)
        return await self._sign_in.page(request, here)


def _address(request: Request) -> str:
    return f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path

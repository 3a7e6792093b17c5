"""The papers: made through the gate at the moment they are fetched, kept nowhere, and named after nobody."""

import asyncio
from typing import Final, Protocol

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bti.casework.door import Asking, At
from bti.casework.paper import exporting, extract, message_paper
from bti.documents.stafettlogg_content import Language
from bti.errors import Reason, Refused, small_line
from bti.language import _
from web.gate import who
from web.own_page import own_page

STAFETTLOGG: Final = "/bti/dokument/stafettlogg"
MESSAGE: Final = "/bti/dokument/melding"
EXTRACT: Final = "/bti/dokument/innsyn"
BLANK: Final = "/bti/dokument/skjema"


class Draws(Protocol):
    """What makes a paper of a case for one recipient."""

    def __call__(self, asked: Asking, /, *, recipient: str, language: Language) -> bytes:
        """Return it as PDF, or refuse."""


def routes() -> list[BaseRoute]:
    """Return the addresses of the papers."""
    return [
        Route(STAFETTLOGG, stafettlogg, methods=["GET"]),
        Route(MESSAGE, message, methods=["GET"]),
        Route(EXTRACT, the_extract, methods=["GET"]),
        Route(BLANK, blank, methods=["GET"]),
    ]


async def stafettlogg(request: Request) -> Response:
    """Answer with the stafettlogg as its recipient may read it, or with the sentence that says why not."""
    return await _of_a_case(request, exporting.stafettlogg, "stafettlogg")


async def message(request: Request) -> Response:
    """Answer with the message to the external services as its recipient may read it, or with the sentence that says why not."""
    return await _of_a_case(request, message_paper.message, "melding")


async def the_extract(request: Request) -> Response:
    """Answer with what is kept of the family, for one of them, or with the sentence that says why not."""
    return await _of_a_case(request, extract.extract, "innsyn")


async def _of_a_case(request: Request, draw: Draws, name: str) -> Response:
    actor = who(request)
    if actor is None:
        return _refused(_(Reason.SIGN_IN_FIRST), 401)
    asked = request.query_params
    language: Language = "nn" if asked.get("sprak") == "nn" else "nb"
    try:
        paper = await asyncio.to_thread(
            draw, At(actor, asked.get("sak", "")), recipient=asked.get("til", ""), language=language
        )
    except Refused as no:
        return _refused(no.sentence(), 403, small=small_line(no.reason))
    return _pdf(paper, name)


async def blank(request: Request) -> Response:
    """Answer with an empty form, to whoever is signed in; no case is asked for."""
    if who(request) is None:
        return _refused(_(Reason.SIGN_IN_FIRST), 401)
    asked = request.query_params
    language: Language = "nn" if asked.get("sprak") == "nn" else "nb"
    try:
        paper = await asyncio.to_thread(exporting.blank_form, asked.get("skjema", ""), language)
    except Refused as no:
        return _refused(no.sentence(), 404)
    return _pdf(paper, "skjema")


def _pdf(paper: bytes, name: str) -> Response:
    return Response(
        paper,
        media_type="application/pdf",
        headers={"content-disposition": f'inline; filename="{name}.pdf"', "cache-control": "no-store"},
    )


def _refused(sentence: str, status: int, *, small: str = "") -> Response:
    under = Markup("<p><small>{text}</small></p>").format(text=small) if small else Markup()
    return own_page(_("Utskrift"), Markup("<p>{text}</p>").format(text=sentence) + under, status=status)

"""Is the app well? Asked by the one who runs it, every few seconds."""

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bti.casework.operating import identity
from bti.language import _
from web.addresses import HEALTH


def routes() -> list[BaseRoute]:
    """Return the address of the answer."""
    return [Route(HEALTH, health, methods=["GET"])]


async def health(_request: Request) -> Response:
    """Answer 200 when the database answers, 503 with a sentence when it does not."""
    if not await asyncio.to_thread(identity.can_be_used):
        return JSONResponse({"ok": False, "hvorfor": _("Databasen svarer ikke.")}, 503)
    return JSONResponse({"ok": True})

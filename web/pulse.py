"""The pulse of an open page: still signed in, may still see, anything new? One cheap read, no script, no activity."""

import asyncio
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bti.casework.door import mark_of
from bti.rules.people import Actor
from web.addresses import PULSE
from web.gate import who

VERSION_OF: Callable[[Actor, str], str | None] = mark_of
"""What a case looks like now, as the actor may see it: a version, or nothing when she may not."""


def routes() -> list[BaseRoute]:
    """Return the pulse's address."""
    return [Route(PULSE, pulse, methods=["GET"])]


async def pulse(request: Request) -> Response:
    """Answer 401 when the sign-in is over, 404 when the case is not to be seen, and the version of it otherwise."""
    actor = who(request)
    if actor is None:
        return JSONResponse({}, 401)
    case = request.query_params.get("sak")
    if not case:
        return JSONResponse({"v": ""})
    version = await asyncio.to_thread(VERSION_OF, actor, case)
    return JSONResponse({}, 404) if version is None else JSONResponse({"v": version})

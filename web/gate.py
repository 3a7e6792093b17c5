"""Who is here? Asked at the door of every request and every websocket, of the database and nobody else."""

import asyncio
from typing import Final

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from bti.casework.operating import identity
from bti.errors import Reason
from bti.language import _, speak
from bti.rules.people import Actor
from bti.settings import Settings
from web.addresses import Kind, kind
from web.cookies import LANGUAGE, Cookies, all_of

HEADER: Final = "x-bti-login"
USER_KEY: Final = "login"
_ACTOR: Final = "bti.actor"
_HEADER: Final = HEADER.encode()


class Gate:
    """Let people in with their sign-in, and give Streamlit its hash in a header that only this gate can set.

    Streamlit believes the header (server.trustedUserHeaders), so one that comes from outside is taken away first. It
    gets no cookie: the token itself goes no further than here.
    """

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self._app = app
        self._cookies = Cookies.of(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Close what is closed, look up who is here, and pass on what she may ask for."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        scope = {**scope, "headers": [(k, v) for k, v in scope["headers"] if k.lower() != _HEADER], _ACTOR: None}
        headers = Headers(scope=scope)
        speak(all_of(headers).get(LANGUAGE, "nb"))
        lies_here = kind(scope["path"])
        if lies_here is Kind.CLOSED or (scope["type"] == "websocket" and lies_here is not Kind.SIGNED_IN):
            await PlainTextResponse(_("Siden finnes ikke."), 404)(scope, receive, send)
            return
        if lies_here is Kind.FOR_ALL:
            await self._app(scope, receive, send)
            return
        token = self._cookies.token(headers)
        actor = await _who(token)
        if actor and token:
            speak(actor.language)
            scope[_ACTOR] = actor
        elif lies_here is Kind.SIGNED_IN:
            await PlainTextResponse(_(Reason.SIGN_IN_FIRST), 403)(scope, receive, send)
            return
        if scope["type"] == "websocket" and token:
            scope["headers"] = [(k, v) for k, v in scope["headers"] if k.lower() != b"cookie"]
            scope["headers"].append((_HEADER, identity.hash_of(token).encode()))
        await self._app(scope, receive, send)


def who(connection: HTTPConnection) -> Actor | None:
    """Return the person the gate let in, or nobody."""
    actor: Actor | None = connection.scope[_ACTOR]
    return actor


async def _who(token: str | None) -> Actor | None:
    """Ask the database beside the loop: one slow answer must not hold everybody else's page."""
    return await asyncio.to_thread(identity.signed_in, identity.hash_of(token)) if token else None

"""Only for who asked for this server by its name: a page on another site cannot talk to it through the browser."""

import re
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from bti.language import N_, _
from bti.settings import Settings

LOOPBACK: Final = ("localhost", "127.0.0.1", "[::1]")
WRONG_HOST: Final = N_("Denne serveren har et annet navn.")


class OwnNameOnly:
    """Refuse a request under a foreign name, and a websocket that a foreign page opens.

    A foreign name that leads here is how a page elsewhere gets around the browser's own wall (DNS rebinding).
    """

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        names = [*LOOPBACK, settings.host_name] if settings.host_name else LOOPBACK
        self._ours = re.compile(rf"({'|'.join(map(re.escape, names))})(:\d{{1,5}})?", re.ASCII | re.IGNORECASE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let what is ours pass."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._ours.fullmatch(hosts[0]):
            await PlainTextResponse(_(WRONG_HOST), 400)(scope, receive, send)
        elif scope["type"] == "websocket" and not from_own_page(headers, self._settings):
            # A browser always says which page opens a websocket, and nobody else has business here.
            await PlainTextResponse("", 403)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def from_own_page(headers: Headers, settings: Settings) -> bool:
    """Say whether the request was made by a page of this very server. One that does not say, was not."""
    try:
        origin = urlsplit(headers.get("origin", ""))
    except ValueError:
        return False
    host = headers.get("host", "").lower()
    name = host.rpartition(":")[0] or host if not host.endswith("]") else host
    schemes = {"https"} if settings.behind_tls and name == settings.host_name else {"http", "https"}
    return bool(host) and origin.netloc.lower() == host and origin.scheme in schemes

"""The outermost layer: every answer carries the same protection, also those that tell that something went wrong."""

import base64
import hashlib
import re
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bti.language import _
from web.trouble import note

# «same-origin» and not «no-referrer»: with the latter a browser sends «Origin: null» with our own forms, and the
# check that a form came from us would have nothing to look at. Other sites are told nothing either way.
_ALWAYS: Final = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
OWN_PAGES_POLICY: Final = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
_INLINE: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def policy(shell: str) -> str:
    """Return the content security policy for Streamlit's ``shell``: its own inline script, and nothing else inline."""
    hashes = " ".join(f"'sha256-{_sha256(script)}'" for script in _INLINE.findall(shell))
    return (
        f"default-src 'none'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; frame-src 'none'; "
        "worker-src 'self' blob:; manifest-src 'self'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'; "
        "object-src 'none'"
    )


class SafeHeaders:
    """Put the headers on every answer, and answer calmly when what lies within fails."""

    def __init__(self, app: ASGIApp, *, policy: str) -> None:
        self._app = app
        self._policy = policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; what comes back gets its headers."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        begun = False

        async def send_safely(message: Message) -> None:
            nonlocal begun
            begun = True
            if message["type"] in {"http.response.start", "websocket.http.response.start"}:
                self._protect(MutableHeaders(scope=message), kept=_may_be_kept(scope["path"], message["status"]))
            await send(message)

        try:
            await self._app(scope, receive, send_safely)
        except Exception as trouble:  # noqa: BLE001 - the last stop: what is said must not hold anybody's data
            number = note(trouble)
            if not begun:
                sentence = _("Noe gikk galt hos oss. Prøv igjen om litt. Feilnummer {nummer}.", nummer=number)
                await PlainTextResponse(sentence, 500)(scope, receive, send_safely)
            elif scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1011})

    def _protect(self, headers: MutableHeaders, *, kept: bool) -> None:
        for name, value in _ALWAYS.items():
            headers[name] = value
        headers.setdefault("content-security-policy", self._policy)
        if not kept:
            headers["cache-control"] = "no-store"


def _may_be_kept(path: str, status: int) -> bool:
    """Streamlit's own files have their content in their name; nothing else may stay in a browser or on the way."""
    return path.startswith("/static/") and status < 400  # noqa: PLR2004


def _sha256(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()

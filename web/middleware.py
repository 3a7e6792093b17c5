"""The layers round everything, outermost first: safe headers, our own name, the gate."""

from starlette.middleware import Middleware

from bti.settings import Settings
from web.gate import Gate
from web.headers import SafeHeaders
from web.hosts import OwnNameOnly


def layers(settings: Settings, *, policy: str) -> list[Middleware]:
    """Return the layers. All are plain ASGI, because a websocket must pass each of them too."""
    return [
        Middleware(SafeHeaders, policy=policy),
        Middleware(OwnNameOnly, settings=settings),
        Middleware(Gate, settings=settings),
    ]

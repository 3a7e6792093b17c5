"""When an invented person may be signed in with one press: on a demo, on one's own machine, and nowhere else."""

import re
from typing import Final

from starlette.datastructures import Headers

FORWARDING: Final = frozenset({"forwarded", "x-real-ip", "via"})
_HERE: Final = re.compile(r"(localhost|127\.0\.0\.1)(:\d{1,5})?", re.ASCII | re.IGNORECASE)
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})


def may_be_pressed(headers: Headers, *, is_demo: bool, bound_to: str | None) -> bool:
    """Say whether the invented people may be offered: all four, and no proxy that could carry it out into the world."""
    return (
        is_demo
        and is_loopback(bound_to)
        and _HERE.fullmatch(headers.get("host", "")) is not None
        and not any(name in FORWARDING or name.startswith("x-forwarded") for name in headers)
    )


def is_loopback(address: str | None) -> bool:
    """Say whether only this machine can reach a server on ``address``."""
    return address in _LOOPBACK

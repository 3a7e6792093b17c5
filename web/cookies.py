"""The cookies: which there are, how they are read, and how they are given and taken back."""

import re
from dataclasses import dataclass
from typing import Final

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import Response

from bti.settings import Settings

LANGUAGE: Final = "bti-sprak"
_A_YEAR: Final = 365 * 24 * 3600
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


@dataclass(frozen=True)
class Cookies:
    """The names the cookies have here, and whether they travel over https only.

    ``__Host-`` makes the browser refuse a cookie of that name from any other host or without https. On plain loopback
    browsers differ in what they do with it, so a demo on one's own machine has a plain name.
    """

    session: str
    form: str
    secure: bool

    @classmethod
    def of(cls, settings: Settings) -> "Cookies":
        """Return the cookies of this server."""
        prefix = "__Host-" if settings.behind_tls else ""
        return cls(session=f"{prefix}bti", form=f"{prefix}bti-skjema", secure=settings.behind_tls)

    def token(self, headers: Headers) -> str | None:
        """Return the token of the sign-in that came along, if it looks like one of ours."""
        return _one(headers, self.session)

    def form_token(self, headers: Headers) -> str | None:
        """Return the token that proves that a form came from our own page."""
        return _one(headers, self.form)

    def give(self, response: Response, name: str, value: str) -> None:
        """Let the browser keep ``value`` until it is closed, out of reach of scripts and of other sites."""
        response.set_cookie(name, value, httponly=True, secure=self.secure, samesite="strict", path="/")

    def remember_language(self, response: Response, language: str) -> None:
        """Remember how this browser wants the sign-in page."""
        response.set_cookie(
            LANGUAGE, language, max_age=_A_YEAR, httponly=True, secure=self.secure, samesite="lax", path="/"
        )

    def take_back(self, response: Response) -> None:
        """Let the browser forget its sign-in."""
        response.delete_cookie(self.session, path="/", httponly=True, secure=self.secure, samesite="strict")


def all_of(headers: Headers) -> dict[str, str]:
    """Return every cookie that came along."""
    return cookie_parser(headers.get("cookie", ""))


def _one(headers: Headers, name: str) -> str | None:
    value = all_of(headers).get(name, "")
    return value if _TOKEN.fullmatch(value) else None

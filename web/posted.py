"""What a form of ours sent: small, plainly encoded, and from our own page."""

import secrets
from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

LONGEST: Final = 8192
_MOST_FIELDS: Final = 10
FORM_TOKEN: Final = "skjema"  # noqa: S105 - the name of a field


async def fields(request: Request) -> Mapping[str, str]:
    """Return the fields of the form. More than our own forms can hold is refused before it is read."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST:
            raise HTTPException(413)
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/x-www-form-urlencoded":
        raise HTTPException(415)
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict"))
    except ValueError:
        raise HTTPException(400) from None


def new_form_token() -> str:
    """Return a token that our own page carries both in its form and in a cookie."""
    return secrets.token_urlsafe(32)


def belongs(form: Mapping[str, str], cookie: str | None) -> bool:
    """Say whether the form is one we gave this browser."""
    return cookie is not None and secrets.compare_digest(form.get(FORM_TOKEN, "").encode(), cookie.encode())

"""Everything st.App is given: routes, layers, a life, and what to do when a page fails."""

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bti.language import _
from bti.settings import Settings
from web import documents, files, health, pulse, shell
from web.addresses import OWN
from web.headers import policy
from web.life import life
from web.middleware import layers
from web.sign_in import SignIn
from web.trouble import script_failed


def surroundings(settings: Settings) -> dict[str, Any]:
    """Return what stands round the script, as the keywords of st.App."""
    streamlits = shell.read()
    sign_in = SignIn(settings)
    pages = shell.Pages(streamlits, sign_in)
    return {
        "routes": [
            *health.routes(),
            *files.routes(streamlits),
            *pulse.routes(),
            *documents.routes(),
            *sign_in.routes(),
            *pages.routes(),
            # What is none of ours must not fall through to Streamlit, which answers everything with its own page.
            Route(f"{OWN}{{anything:path}}", _nothing),
        ],
        "middleware": layers(settings, policy=policy(streamlits)),
        "lifespan": life(settings),
        "on_script_error": script_failed,
        "exception_handlers": {HTTPException: _said},
    }


async def _nothing(_request: Request) -> Response:
    raise HTTPException(404)


async def _said(_request: Request, no: HTTPException) -> Response:
    """Say no in words of our own."""
    sentence = _("Siden finnes ikke.") if no.status_code == 404 else _("Det gikk ikke. Last siden på nytt.")  # noqa: PLR2004
    return PlainTextResponse(sentence, no.status_code)

"""The few small files of our own: scripts, styles and the mark of the app, read once at start."""

import re
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from web.addresses import ICON, SCRIPT, SIGN_IN_STYLE, STYLE

UI: Final = Path(__file__).parent / "ui"
_BUNDLED_FONT: Final = re.compile(r'href="\.(/static/media/SourceSansVF-Upright[^"]+\.woff2)"')


def routes(shell: str) -> list[BaseRoute]:
    """Return the addresses of the files. The sign-in page borrows the font that Streamlit's ``shell`` brings."""
    font = _BUNDLED_FONT.search(shell)
    return [
        _file(SCRIPT, scripts(), "text/javascript"),
        _file(STYLE, _read("ui.css"), "text/css"),
        _file(SIGN_IN_STYLE, _read("sign_in.css").replace("SOURCE_SANS", font[1] if font else ""), "text/css"),
        _file(ICON, _read("icon.svg"), "image/svg+xml"),
    ]


def scripts() -> str:
    """Return the scripts as one, each in a scope of its own."""
    return "".join(f"(() => {{\n{path.read_text(encoding='utf-8')}}})();\n" for path in sorted(UI.glob("*.js")))


def _read(name: str) -> str:
    return (UI / name).read_text(encoding="utf-8")


def _file(address: str, content: str, media_type: str) -> Route:
    async def answer(_request: Request) -> Response:
        return Response(content, media_type=media_type)

    return Route(address, answer, methods=["GET"])

"""The frame round the pages we draw ourselves: signing in, signing out, and what is said when neither fits."""

from typing import Final

from markupsafe import Markup
from starlette.responses import HTMLResponse

from bti.language import _, spoken
from web.addresses import ICON, SIGN_IN_STYLE
from web.headers import OWN_PAGES_POLICY

_PAGE: Final = Markup("""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title} – BTI</title>
<link rel="icon" type="image/svg+xml" href="{icon}">
<link rel="stylesheet" href="{style}">
{head}</head>
<body>
{banner}<header>
<p class="mark"><span>BTI</span> {name}</p>
{aside}</header>
<main>
{main}</main>
</body>
</html>
""")
_BANNER: Final = Markup('<p class="demo" role="note">{sentence}</p>\n')


def own_page(
    title: str,
    main: Markup,
    *,
    status: int = 200,
    demo: bool = False,
    aside: Markup = Markup(),  # noqa: B008 - an empty text does not change
    head: Markup = Markup(),  # noqa: B008
) -> HTMLResponse:
    """Return a whole page round ``main``, in the reader's language. No script runs on it."""
    page = _PAGE.format(
        language=spoken(),
        title=title,
        icon=ICON,
        style=SIGN_IN_STYLE,
        head=head,
        banner=_banner() if demo else Markup(),
        name=_("Bedre tverrfaglig innsats"),
        aside=aside,
        main=main,
    )
    return HTMLResponse(page, status, {"content-security-policy": OWN_PAGES_POLICY})


def _banner() -> Markup:
    return _BANNER.format(sentence=_("Dette er en demo med oppdiktede personer. Skriv aldri om et virkelig barn her."))

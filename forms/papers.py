"""The links to the papers: for whom, in which language. Each is made anew through the gate when it is fetched."""

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from bti.language import LANGUAGES, _
from forms import shown

STAFETTLOGG: Final = "/bti/dokument/stafettlogg"
MESSAGE: Final = "/bti/dokument/melding"
EXTRACT: Final = "/bti/dokument/innsyn"


def links(recipients: Sequence[tuple[str, str]], address: str, number: str, caption: str) -> None:
    """Show a line for each recipient, given by code and name, with a link in each language."""
    rows = [
        (name, shown.joined(_link(address, number, code, language) for language in LANGUAGES))
        for code, name in recipients
    ]
    shown.show(shown.table([_("Utskrift til"), _("Målform")], rows, caption=caption))


def _link(address: str, number: str, recipient: str, language: str) -> Markup:
    return shown.filled(
        '<a class="bti-paper" target="_blank" href="{address}?sak={number}&amp;til={recipient}&amp;sprak={language}">{name}</a> ',
        address=address,
        number=number,
        recipient=recipient,
        language=language,
        name=LANGUAGES[language],
    )

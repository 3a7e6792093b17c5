"""The links to the papers: for whom, in which language. Each is made anew through the gate when it is fetched."""

from collections.abc import Collection, Sequence
from typing import Final

import streamlit as st
from markupsafe import Markup

from bti.casework.door import OpenCase
from bti.casework.paper import exporting
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


def again(case: OpenCase, made_for: Collection[str]) -> None:
    """List, behind one press, the papers that are older than what was put right, those that may still be made (R-67)."""
    if not made_for or not st.toggle(_("Skriv ut på nytt"), key=f"{case.number}.again"):
        return
    older = [(r.code, r.name) for r in exporting.recipients(case) if r.code in made_for]
    if older:
        links(older, STAFETTLOGG, case.number, _("Skriv ut på nytt"))


def _link(address: str, number: str, recipient: str, language: str) -> Markup:
    return shown.filled(
        '<a class="bti-paper" target="_blank" href="{address}?sak={number}&amp;til={recipient}&amp;sprak={language}">{name}</a> ',
        address=address,
        number=number,
        recipient=recipient,
        language=language,
        name=LANGUAGES[language],
    )

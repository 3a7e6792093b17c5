"""A paper is read through for names and places before it goes to a guardian the child is hidden from (R-60)."""

from collections.abc import Iterator, Sequence
from functools import partial

import streamlit as st
from markupsafe import Markup

from bti.casework import reading_through as through
from bti.casework.door import OpenCase
from bti.casework.exporting import Recipient
from bti.casework.reading_through import ToRead
from bti.language import _
from bti.rules.privacy import with_names_marked
from forms import shown
from forms.press import press


def ask(case: OpenCase, waiting: Sequence[Recipient]) -> None:
    """Offer the reading for each guardian whose paper waits for it; nothing goes out before the press."""
    for one in waiting:
        shown.show(
            shown.note(
                _("Utskrift til {navn}: les gjennom først, så ingen navn eller steder følger med.", navn=one.name)
            )
        )
        if not st.toggle(_("Les gjennom for navn og sted"), key=f"{case.number}.{one.code}.names"):
            continue
        found = through.to_read(case, one.code)
        shown.show(_told(found))
        press(
            _("Lest gjennom for navn og sted"),
            f"{case.number}.{one.code}.names_read",
            partial(through.read_through, case, recipient=one.code, mark=found.mark),
        )


def _told(found: ToRead) -> Markup:
    """Show the texts, with what the app knows marked: people, services, places and phones."""
    hint = _("Det appen kjenner igjen, er merket. Den kjenner ikke alt: les selv, og rett teksten der den står.")
    return shown.filled(
        '<section class="bti-part"><p>{hint}</p>{texts}</section>', hint=hint, texts=shown.bullets(_marked(found))
    )


def _marked(found: ToRead) -> Iterator[Markup]:
    return (shown.marked(with_names_marked(text, found.names)) for text in found.texts)

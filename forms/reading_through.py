"""A paper is read through for names and places before it goes to a guardian the child is hidden from (R-60)."""

from collections.abc import Iterator, Sequence
from functools import partial

import streamlit as st
from markupsafe import Markup

from bti.casework.consent.windows import Kept
from bti.casework.door import OpenCase
from bti.casework.paper import reading_through as through
from bti.casework.paper.exporting import Recipient
from bti.casework.paper.reading_through import ToRead
from bti.language import _
from bti.rules.privacy import with_names_marked
from forms import shown
from forms.press import press


def opened(case: OpenCase, waiting: Sequence[Recipient]) -> Recipient | None:
    """Return whose paper is being read through, if one is: then nothing else stands on the page."""
    return next((one for one in waiting if st.session_state.get(_key(case, one))), None)


def ask(case: OpenCase, waiting: Sequence[Recipient], kept: Sequence[Kept]) -> None:
    """Offer the reading for each guardian whose paper waits for it, one at a time; nothing goes out before the press."""
    reading = opened(case, waiting)
    for one in [reading] if reading else waiting:
        shown.show(
            shown.note(
                _("Utskrift til {navn}: les gjennom først, så ingen navn eller steder følger med.", navn=one.name)
            )
        )
        if not st.toggle(_("Les gjennom for navn og sted"), key=_key(case, one)):
            continue
        found = through.to_read(case, one.code, kept)
        shown.show(_told(found))
        press(
            _("Lest gjennom for navn og sted"),
            f"{case.number}.{one.code}.names_read",
            partial(through.read_through, case, recipient=one.code, mark=found.mark),
        )


def _key(case: OpenCase, one: Recipient) -> str:
    return f"{case.number}.{one.code}.names"


def _told(found: ToRead) -> Markup:
    """Show the texts, with what the app knows marked: people, services, places and phones."""
    hint = _("Det appen kjenner igjen, er merket. Den kjenner ikke alt: les selv, og rett teksten der den står.")
    return shown.filled(
        '<section class="bti-part"><p>{hint}</p>{texts}</section>', hint=hint, texts=shown.bullets(_marked(found))
    )


def _marked(found: ToRead) -> Iterator[Markup]:
    return (shown.marked(with_names_marked(text, found.names)) for text in found.texts)

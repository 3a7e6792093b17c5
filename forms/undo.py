"""What was set aside by one press can be put back for ten seconds: the same thing again, as an act of its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import streamlit as st

from bti import clock
from bti.casework.door import OpenCase
from bti.casework.people import handing_over, people
from bti.errors import Refused
from bti.language import _
from forms import shown

LASTS: Final = timedelta(seconds=10)
KEY: Final = "undo"
PUTS_BACK: Final[Mapping[str, Callable[..., object]]] = {
    "colleague": people.let_back,
    "handover": handing_over.ask_again,
    "deputy": handing_over.name_deputy,
}
"""Nothing is held back meanwhile: what was done is done, and this is done after it. No row is deleted in the app."""


@dataclass(frozen=True)
class SetAside:
    """What was set aside, in which case, and until when it is offered back. Ids and days only, no one's words."""

    number: str
    what: str
    given: Mapping[str, Any]
    until: datetime


def offer(case: OpenCase, what: str, **given: Any) -> None:
    """Offer it back on this person's next pages of this case, for as long as it lasts."""
    st.session_state[KEY] = SetAside(case.number, what, given, clock.now() + LASTS)


def show(case: OpenCase) -> None:
    """Draw the quiet button while there is something to put back. The page's own style hides it when the time is over."""
    aside: SetAside | None = st.session_state.get(KEY)
    if aside is None:
        return
    if aside.number != case.number or clock.now() >= aside.until:
        del st.session_state[KEY]
        return
    if not st.button(_("Angre"), key=KEY + "_press", type="tertiary"):
        return
    del st.session_state[KEY]
    try:
        PUTS_BACK[aside.what](case, **aside.given)
    except Refused as no:
        shown.show(shown.refusal(no))
        return
    st.session_state["flash"] = _("Det er satt tilbake.")
    st.rerun()

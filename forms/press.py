"""One press that does one thing: a refusal is said where it was pressed."""

from collections.abc import Callable

import streamlit as st

from bti import clock
from bti.errors import Refused
from bti.language import _, clock_time
from forms import shown


def press(
    words: str, key: str, act: Callable[[], object], then: Callable[[], None] = lambda: None, *, done: str = ""
) -> None:
    """Draw the press; when it is pressed, do it, say so, and draw the page anew."""
    if not st.button(words, key=key, type="tertiary"):
        return
    try:
        act()
    except Refused as no:
        shown.show(shown.refusal(no))
        return
    st.session_state["flash"] = done or _("Lagret kl. {tid}.", tid=clock_time(clock.now(), seconds=True))
    then()
    st.rerun()

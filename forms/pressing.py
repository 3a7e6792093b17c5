"""A press that does one thing and asks nothing."""

from collections.abc import Callable

import streamlit as st

from bti.errors import Refused
from forms import shown


def press(label: str, *, key: str, do: Callable[[], object], done: str, then: Callable[[], None] | None = None) -> None:
    """Draw the button; pressed, it does the thing and says so, or says why not."""
    if not st.button(label, key=key.replace("-", "_")):
        return
    try:
        do()
    except Refused as no:
        shown.show(shown.note(no.sentence(), kind="stop"))
        return
    st.session_state["flash"] = done
    if then:
        then()
    st.rerun()

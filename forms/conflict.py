"""Two people in the same place: both texts side by side, and the field begins with both."""

from collections.abc import Mapping

import streamlit as st

from bti.language import _
from forms import shown


def meet(key: str, texts: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """Lay theirs and mine together in each field where they differ. Return what the fields begin with."""
    differing = {field: pair for field, pair in texts.items() if pair[0] != pair[1]}
    both = {field: "\n\n".join(t for t in pair if t) for field, pair in differing.items()}
    st.session_state[f"{key}~"] = (differing, both)
    return both


def show(key: str) -> None:
    """Show both texts once, and put them in the fields before these are drawn."""
    differing, both = st.session_state.get(f"{key}~", ({}, {}))
    for field, text in both.items():
        st.session_state[f"{key}.{field}"] = text
    if both:
        st.session_state[f"{key}~"] = (differing, {})
    for theirs, mine in differing.values():
        shown.show(
            shown.filled(
                '<div class="bti-both"><div><h3>{a}</h3>{theirs}</div><div><h3>{b}</h3>{mine}</div></div>',
                a=_("Lagret av den andre"),
                theirs=shown.paragraphs(theirs),
                b=_("Det du skrev"),
                mine=shown.paragraphs(mine),
            )
        )

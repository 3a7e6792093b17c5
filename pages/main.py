"""What Streamlit runs each time: who is signed in, the language, the navigation, the frame round every page."""

from collections.abc import Collection
from typing import Literal

import streamlit as st

from bti.casework.operating import identity
from bti.language import _
from bti.rules.people import AccessRole, Actor
from forms import administrasjon, frame, here, oversikt


def _for(actor: Actor | None, roles: Collection[AccessRole]) -> Literal["visible", "hidden"]:
    """Show a page in the navigation only to the roles that have something on it."""
    return "visible" if actor and actor.access_role in roles else "hidden"


with here.run() as actor:
    pages = [
        st.Page("mine_saker.py", title=_("Mine saker"), default=True),
        st.Page("oppstart.py", title=_("1 Oppstart")),
        st.Page("planlegg_tiltak.py", title=_("2 Planlegg tiltak")),
        st.Page("iverksett.py", title=_("3 Sett i verk")),
        st.Page("evaluering.py", title=_("4 Evaluering")),
        st.Page("veien_videre.py", title=_("5 Veien videre")),
        st.Page("samtykke.py", title=_("Samtykke")),
        st.Page("deltakere.py", title=_("Hvem er med")),
        st.Page("stafettlogg.py", title=_("Stafettloggen")),
        st.Page("innsyn.py", title=_("Innsyn")),
        st.Page("oversikt.py", title=_("Oversikt"), visibility=_for(actor, oversikt.ROLES)),
        st.Page("administrasjon.py", title=_("Administrasjon"), visibility=_for(actor, administrasjon.ROLES)),
        st.Page("hjelp.py", title=_("Hjelp")),
    ]
    page = st.navigation(pages, position="sidebar" if actor else "hidden", expanded=True)
    st.set_page_config(page_title=f"{page.title} – BTI", layout="centered")
    if actor:
        frame.beside(actor, demo=identity.is_demo())
    page.run()

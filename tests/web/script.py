"""A page that says who is signed in, and remembers in the session who was the first."""

import gc

import streamlit as st

from bti.casework.operating import identity
from bti.language import speak

actor = identity.signed_in(st.user.get("login") or "")
if actor is None:
    st.text("INGEN")
    st.stop()
speak(actor.language)
first = st.session_state.setdefault("first", actor.username)
st.html(
    f'<p data-bti-case="{st.query_params.get("sak", "")}" data-bti-version="" data-bti-lang="{actor.language}" '
    f'data-bti-lock="{st.query_params.get("minutter", "10")}"></p>'
)
st.text(f"HER {actor.username}")
st.text(f"FØRST {first}")
st.text(f"KAKER {sorted(st.context.cookies)} FROSSET {gc.get_freeze_count() > 0}")
if st.query_params.get("feil"):
    raise ValueError("Kanari Kanarisen 01019912345")
runs = st.session_state["runs"] = st.session_state.get("runs", 0) + 1
st.text(f"KJØRT {runs}")
words = st.text_area("Barnets opplevelse", key="words")
line = st.text_input("Hvor", key="line")
st.text(f"SETT {words} / {line}")
st.text(f"DAG {st.date_input('Dag', value=None, key='day', format='DD.MM.YYYY')}")
st.selectbox("Tjeneste", ["Open", "Stop"], index=None, key="service")
with st.form("kort"):
    st.text_input("Kort svar", key="short")
    st.form_submit_button("Lagre")
st.text("Stop")
with st.container(key="pulse"):
    st.button("puls")
st.html('<p><a class="bti-lock" href="/logg-ut">Lås skjermen</a> <a href="/logg-ut">Logg ut</a></p>')

"""Who is here, and which case is on the table: asked of the server's own sign-in and of the door, once per run."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

import streamlit as st

from bti import language
from bti.casework.desk import drafting
from bti.casework.desk.drafting import DraftView
from bti.casework.door import At, OpenCase, looking
from bti.casework.operating import identity
from bti.errors import Reason, Refused
from bti.language import _
from bti.rules.people import Actor
from forms import shown

CASE = "sak"


@dataclass
class Run:
    """What is known in one run of the script, and let go of when it ends."""

    actor: Actor | None = None
    open: ExitStack = field(default_factory=ExitStack)
    drafts: dict[str, dict[str, DraftView]] = field(default_factory=dict)


_run: ContextVar[Run | None] = ContextVar("run", default=None)


@contextmanager
def run() -> Iterator[Actor | None]:
    """Begin a run of the script: who is here, in which language. All that was opened is closed when it ends."""
    known = Run(actor=_who())
    _run.set(known)
    if known.actor:
        language.speak(known.actor.language)
    try:
        with known.open:
            yield known.actor
    finally:
        _run.set(None)


def _who() -> Actor | None:
    token_hash = st.user.get("login")
    actor = identity.signed_in(str(token_hash)) if token_hash else None
    if actor:
        identity.was_active(actor)
    return actor


def me() -> Actor:
    """Return the person who is signed in. A page stops here when there is none."""
    known = _run.get()
    actor = known.actor if known else _who()
    if actor is None:
        shown.show(shown.note(_(Reason.SIGN_IN_FIRST)))
        st.stop()
    return actor


def case_number() -> str:
    """Return the number of the case on the table, from the address or from where the person was last."""
    number = str(st.query_params.get(CASE) or st.session_state.get(CASE) or "")
    if number:
        st.session_state[CASE] = number
        if st.query_params.get(CASE) != number:
            st.query_params[CASE] = number
    return number


def on_the_table(part: str) -> OpenCase:
    """Open the case for this page, and write the look down. A case that is not hers does not exist, and the page stops."""
    actor, known = me(), _run.get()
    number = case_number()
    if known is None or not number:
        shown.show(shown.note(_("Velg en stafettlogg under «Mine saker» først.")))
        st.stop()
    try:
        return known.open.enter_context(looking(At(actor, number), part))
    except Refused as no:
        shown.show(shown.refusal(no))
        st.stop()


def drafts(place: str) -> Mapping[str, DraftView]:
    """Return the person's drafts in this place, read once per run."""
    known = _run.get()
    if known is None:
        return {}
    if place not in known.drafts:
        known.drafts[place] = drafting.mine(me(), place)
    return known.drafts[place]


def remember_draft(place: str, form: str, draft: DraftView | None) -> None:
    """Let the rest of this run know what became of a draft."""
    known = _run.get()
    if known is None or place not in known.drafts:
        return
    if draft is None:
        known.drafts[place].pop(form, None)
    else:
        known.drafts[place][form] = draft

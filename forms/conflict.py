"""Two people in the same place, or one person in two tabs: both answers side by side, and the field begins with both (R-49)."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup

from bti.language import _
from forms import shown


@dataclass(frozen=True)
class Both:
    """One question that was answered in two ways, each as it is read."""

    question: str
    theirs: str
    mine: str


def meet(key: str, who: str, answers: Sequence[Both]) -> None:
    """Remember what stands against what, until the form is saved. ``who`` says whose the other answer is, and when."""
    st.session_state[f"{key}~"] = (who, tuple(answers))


def show(key: str) -> None:
    """Show the two answers beside each other, above the question that now holds both."""
    who, answers = st.session_state.get(f"{key}~", ("", ()))
    if not answers:
        return
    pairs = shown.joined(
        shown.filled(
            '<h3>{question}</h3><div class="bti-both"><div><h4>{who}</h4>{theirs}</div><div><h4>{me}</h4>{mine}</div></div>',
            question=one.question,
            who=who,
            theirs=_said(one.theirs),
            me=_("Det du skrev"),
            mine=_said(one.mine),
        )
        for one in answers
    )
    words = _("Ingenting er borte. Tekstfeltene under begynner med begge deler. Rett dem, og lagre.")
    shown.show(shown.filled('<section class="bti-conflict"><p>{words}</p>{pairs}</section>', words=words, pairs=pairs))


def _said(text: str) -> Markup:
    return shown.paragraphs(text) if text else shown.filled("<p>{nothing}</p>", nothing=_("Ikke besvart"))


def joined(theirs: str, mine: str, between: str) -> str:
    """Return what a text field begins with: both, theirs first; what one of them holds already is not said twice."""
    if mine in theirs:
        return theirs
    return mine if theirs in mine else f"{theirs}{between}{mine}"

"""Consent: the family is asked, each answers, and may take it back."""

import streamlit as st

from bti.casework.consent import consenting, family_eyes
from bti.casework.people import people
from bti.language import _
from bti.rules.access import Action, may
from bti.rules.workflow import SHARES, CaseStatus, Step
from forms import (
    about_me,
    childs_choice,
    consent_withdrawal,
    frame,
    here,
    keep_out,
    modes,
    samtykke,
    shown,
    who_answers,
)

case = here.on_the_table("samtykke")
view = consenting.view(case)
top = frame.head(case, _("Samtykke"), standings=view.standings)
if may(case.sight, Action.RECORD_CONSENT):
    taking_part = people.people(case)
    if case.mode in SHARES:
        if case.status is CaseStatus.ESCALATING:
            outside = _("Nå spør dere om hjelp utenfra. Et ja til å samarbeide i kommunen er ikke et ja til dette.")
            shown.show(shown.note(outside))
        guardians = family_eyes.guardians(case)
        samtykke.ask_the_family(case, view, top, taking_part, guardians)
        if case.step is Step.OPPSTART and case.status is CaseStatus.OPEN and samtykke.has_answered(case, view):
            st.page_link("oppstart.py", label=_("Gå til steg 1: Oppstart"), query_params={here.CASE: case.number})
        if view.said_under:
            about_me.ask_about_me(case, taking_part)
        if case.step is not Step.OPPSTART:  # before that there is nothing to keep anybody out of, and nothing said
            keep_out.ask(case, taking_part, top.standings)
            childs_choice.ask(case, top.child, top.standings)
        who_answers.ask_who_answers(case, taking_part)
        samtykke.show_as_seen(case, view, top, guardians)
    else:  # what was said before stands, and may be taken back all the same
        consent_withdrawal.take_back(case, view, taking_part)
    modes.ask(case, top)
else:
    shown.show(shown.note(_("Stafettholderen spør familien og skriver ned svarene her.")))

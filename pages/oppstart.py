"""Step 1. Who is here, what is it about, and how is the child heard?"""

import streamlit as st

from bti.casework.steps import starting
from bti.language import _
from bti.rules.access import Action, may
from bti.rules.guards import Missing
from bti.rules.workflow import CaseStatus, Step
from forms import childs_voice, frame, here, people, shown, situation, situation_more

case = here.on_the_table("oppstart")
view = starting.view(case)
top = frame.head(case, _("Oppstart"), view.missing if case.step is Step.OPPSTART else ())
frame.not_this_step(case, Step.OPPSTART)
parts = frame.parts(case, top, Step.OPPSTART)

if case.status is CaseStatus.DRAFT and may(case.sight, Action.RECORD_CONSENT):
    shown.show(shown.note(_("Først spør dere familien hvem dere kan samarbeide med.")))
    st.page_link("samtykke.py", label=_("Gå til samtykke"), query_params={here.CASE: case.number})

here_now = people.who_is_here(view.people)
complete = people.everyone_is_here(view.people, top.standings) or case.status is CaseStatus.DRAFT
if parts.part("deltakere", _("Hvem er med"), here_now if complete else None, shows=here_now):
    shown.show(here_now)
    people.ask_colleagues(case, view.may_join, parts, at=str(len(view.people)))
    people.way_to_ask_for_more(case)

planned = childs_voice.told_plan(view.child_plan, view.people, top.child, is_heard=view.child_view is not None)
if parts.part("barnet", _("Barnets stemme"), planned):
    childs_voice.ask_plan(childs_voice.PlanForm, case, view.child_plan, view.people, parts)

if parts.part("situasjon", _("Situasjonen"), situation.told([*view.situation.values(), *view.about_guardians])):
    shown.show(shown.quiet(_("Ta utgangspunkt i behovene til dem det gjelder. Målet er å finne ut av det sammen.")))
    shown.show(shown.quiet(_("Ikke skriv fødselsnummer eller adresse.")))
    last = frame.onwards(
        case,
        view.missing,
        {Missing.CORE, Missing.RESOURCE},
        Step.PLANLEGG_TILTAK,
        _("Lagre og gå videre til steg 2: Planlegg tiltak"),
    )
    button, then = last or (_("Lagre situasjonen"), parts.saved)
    situation.SituationForm.ask(
        case,
        button=button,
        stored=situation.stored(view.situation),
        options={"about": people.guardians(view.people)},
        version=view.situation_version,
        then=then,
    )

if parts.part("mer", _("Mer om situasjonen"), situation_more.told(view), optional=True):
    situation_more.ask(case, view, parts)

if case.step is Step.OPPSTART:
    frame.move_on(case, view.missing, Step.PLANLEGG_TILTAK, _("Gå videre til steg 2: Planlegg tiltak"))

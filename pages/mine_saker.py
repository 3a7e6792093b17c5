"""The cases I take part in: the landing page."""

import streamlit as st

from bti import clock
from bti.casework.desk import due, reopening
from bti.casework.door import At
from bti.casework.intake import creating, expecting, registering
from bti.casework.people import answering
from bti.language import _
from bti.rules.people import may_make_logs
from forms import avslutte, handing_over, here, registrer, shown
from forms.expecting import PregnancyForm
from forms.frame import go_to
from forms.mine_saker import NewCaseForm, RequestForm, show_list
from forms.who_answers import ask_to_approve

me = here.me()

ONGOING = "ongoing_case"

shown.show(shown.filled("<h1>{title}</h1>", title=_("Mine saker")))
for asked in answering.waiting(me) if me.is_asked else ():
    handing_over.ask_me(At(me, ""), asked)
cases = due.my_list(me)
may_start, makes_logs = creating.may_start(me), may_make_logs(me)
registers = may_start and bool(st.session_state.get(ONGOING))
if cases and not registers:
    show_list(cases, clock.today())
elif not cases:
    shown.show(
        shown.note(
            _(
                "Du har ingen stafettlogger ennå. Her kommer de du er med i. Spør BTI-koordinatoren hvis du venter på en."
            )
        )
    )

ask_to_approve(me)
if (
    makes_logs
    and not registers
    and st.toggle(_("Opprett en ny stafettlogg"), value=may_start and not cases, key="new_case")
):
    unborn = expecting.may_start(me) and st.toggle(_("Barnet er ikke født ennå"), key="new_pregnancy")
    (PregnancyForm if unborn else NewCaseForm).ask(
        At(me, ""),
        button=_("Opprett stafettlogg"),
        done=_("Stafettloggen er opprettet. Nå spør dere familien om samtykke."),
        then=lambda number: go_to("samtykke", number),
    )

if not may_start and st.toggle(_("Be om en stafettlogg for et barn"), key="ask_for_case"):
    RequestForm.ask(At(me, ""), button=_("Spør BTI-koordinatoren"))

if may_start and st.toggle(_("Registrer en sak som alt går på papir"), key=ONGOING):
    registrer.OngoingForm.ask(
        At(me, ""),
        button=_("Registrer saken"),
        options=registrer.options(registering.choices(me)),
        done=_("Saken er registrert. Den står i steg 3, og datoene fra papiret er merket."),
        then=lambda number: go_to("iverksett", number),
    )

if reopening.may_reopen_logs(me) and st.toggle(_("Åpne en avsluttet stafettlogg igjen"), key="reopen"):
    avslutte.ReopenForm.ask(
        At(me, ""), button=_("Åpne den igjen"), done=_("Stafettloggen er åpnet igjen. Familien spørres på nytt.")
    )

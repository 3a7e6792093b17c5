"""The cases I take part in: the landing page."""

import streamlit as st

from bti.casework import creating, reopening, seeing
from bti.casework.door import At
from bti.language import _
from forms import avslutte, here, shown
from forms.frame import go_to
from forms.mine_saker import NewCaseForm, card

me = here.me()

shown.show(shown.filled("<h1>{title}</h1>", title=_("Mine saker")))
cases = seeing.my_cases(me)
for line in cases:
    card(line)
if not cases:
    shown.show(
        shown.note(
            _(
                "Du har ingen stafettlogger ennå. Her kommer de du er med i. Spør BTI-koordinatoren hvis du venter på en."
            )
        )
    )

if creating.may_start(me) and st.toggle(_("Opprett en ny stafettlogg"), value=not cases, key="new_case"):
    NewCaseForm.ask(
        At(me, ""),
        button=_("Opprett stafettlogg"),
        done=_("Stafettloggen er opprettet. Nå spør dere familien om samtykke."),
        then=lambda number: go_to("samtykke", number),
    )

if reopening.may_reopen_logs(me) and st.toggle(_("Åpne en avsluttet stafettlogg igjen"), key="reopen"):
    avslutte.ReopenForm.ask(
        At(me, ""), button=_("Åpne den igjen"), done=_("Stafettloggen er åpnet igjen. Familien spørres på nytt.")
    )

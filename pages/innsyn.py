"""Who has seen and changed what."""

from bti.casework.paper import tracing
from bti.language import _
from bti.rules.access import Action, may
from forms import frame, here, innsyn, shown

case = here.on_the_table("innsyn")
frame.head(case, _("Innsyn"))
if may(case.sight, Action.SEE_TRACES):
    shown.show(
        shown.note(_("Her ser dere hvem som har lest og skrevet i stafettloggen. Familien kan be om å få se det."))
    )
    innsyn.papers(case)
    shown.show(innsyn.told(tracing.traces(case)))
else:
    said = (_("Stafettholderen kan vise deg hvem som har lest og skrevet."), _("Innsynet ditt blir logget."))
    shown.show(shown.note(" ".join(said)))

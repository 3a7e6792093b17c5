"""The whole log, to read and to print."""

from bti.casework import closing, people, tasks
from bti.language import _
from forms import avslutte, frame, here, shown, stafettlogg

case = here.on_the_table("stafettlogg")
top = frame.head(case, _("Stafettloggen"))
taking_part = people.people(case)
avslutte.ask_what_is_left(case, top, taking_part)
if earlier := closing.previous(case):
    shown.show(shown.note(_("Barnet har hatt en stafettlogg før: {nummer}.", nummer=earlier)))
if ending := avslutte.told(closing.closings(case), tasks.receipts(case)):
    shown.show(ending)
stafettlogg.papers(case)
shown.show(stafettlogg.told(case, top, taking_part))

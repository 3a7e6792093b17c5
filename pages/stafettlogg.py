"""The whole log, to read and to print."""

from bti.casework import people
from bti.language import _
from forms import frame, here, shown, stafettlogg

case = here.on_the_table("stafettlogg")
top = frame.head(case, _("Stafettloggen"))
taking_part = people.people(case)
stafettlogg.papers(case)
shown.show(stafettlogg.told(case, top, taking_part))

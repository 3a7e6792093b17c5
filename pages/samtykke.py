"""Consent: the family is asked, each answers, and may take it back."""

from bti.casework import consenting, people
from bti.language import _
from bti.rules.access import Action, may
from forms import frame, here, samtykke, shown, who_answers

case = here.on_the_table("samtykke")
view = consenting.view(case)
top = frame.head(case, _("Samtykke"))
if may(case.sight, Action.RECORD_CONSENT):
    taking_part = people.people(case)
    samtykke.ask_the_family(case, view, top, taking_part)
    who_answers.ask_who_answers(case, taking_part)
    samtykke.show_as_seen(case, view, top)
else:
    shown.show(shown.note(_("Stafettholderen spør familien og skriver ned svarene her.")))

"""Who takes part, and who carries the log. Open in every step."""

from bti.casework import handing_over as duty
from bti.casework import people as taking_part
from bti.language import _
from bti.rules.access import Action, may
from bti.rules.workflow import CaseStatus
from forms import frame, handing_over, here, people
from forms.parts import Parts

case = here.on_the_table("deltakere")
top = frame.head(case, _("Hvem er med"))
leads = case.status is not CaseStatus.CLOSED and may(case.sight, Action.LEAD)
parts = Parts(f"{case.number}.deltakere", may_write=leads)
parts.read_only("alle", _("Hvem er med"), people.who_is_here(taking_part.people(case)))

if leads:
    view = duty.view(case)
    if parts.part("stafettholder", _("Stafettholder"), handing_over.told(view, top.stafettholder)):
        handing_over.ask(case, view, parts)
    if parts.part("stedfortreder", _("Stedfortreder"), handing_over.told_deputy(view)):
        handing_over.ask_deputy(case, view, parts)

"""Step 5. What is best for the child, and what do we do now?"""

from bti.casework.steps import deciding
from bti.language import _
from bti.rules.access import Action
from bti.rules.workflow import CaseStatus, Step
from forms import avslutte, avtaler, eskalering, frame, here, veien_videre

case = here.on_the_table("veien_videre")
goes_out = case.status is CaseStatus.ESCALATING
view = None if goes_out else deciding.view(case)
top = frame.head(case, _("Veien videre"), view.missing if view and case.step is Step.VEIEN_VIDERE else ())
frame.not_this_step(case, Step.VEIEN_VIDERE)
parts = frame.parts(case, top, Step.VEIEN_VIDERE, Action.LEAD)

if view is None:
    eskalering.page(case, parts)
else:
    veien_videre.page(case, view, top, parts)
    avtaler.part(case, view.people, parts)
avslutte.otherwise(case, top, view)

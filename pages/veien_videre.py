"""Step 5. What is best for the child, and what do we do now?"""

from bti.casework import deciding
from bti.language import _
from bti.rules.access import Action
from bti.rules.workflow import Step
from forms import avslutte, childs_voice, frame, here, shown, veien_videre
from forms.parts import Parts

case = here.on_the_table("veien_videre")
view = deciding.view(case)
top = frame.head(case, _("Veien videre"), view.missing if case.step is Step.VEIEN_VIDERE else ())
frame.not_this_step(case, Step.VEIEN_VIDERE)
parts = Parts(f"{case.number}.veien_videre", may_write=frame.may_write(case, Step.VEIEN_VIDERE, Action.LEAD))

if case.step is Step.VEIEN_VIDERE:
    shown.show(veien_videre.told_evaluation(view))

best = view.best_interests
if parts.part("veien-videre", _("Barnets beste og veien videre"), veien_videre.told(view.decision, best)):
    if words := childs_voice.told_words(view.child_view, top.child):
        shown.show(words)
    veien_videre.DecisionForm.ask(
        case,
        button=_("Lagre beslutningen"),
        stored=veien_videre.stored(view.decision, best),
        version=view.decision.version if view.decision else 0,
        then=parts.saved,
    )

if parts.part("fortelle", _("Barnet får vite det"), veien_videre.told_telling(view.informing, view.people, top.child)):
    veien_videre.ask_who_tells(case, view, top.child, parts)

if case.step is Step.VEIEN_VIDERE:
    veien_videre.carry_out(case, view)
avslutte.otherwise(case, top, view)

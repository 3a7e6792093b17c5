"""Step 4. Around the table: what has each tiltak done for the child? The family first."""

from bti.casework.steps import evaluating
from bti.language import _
from bti.rules.access import Action
from bti.rules.guards import Missing
from bti.rules.workflow import Step
from forms import childs_voice, evaluering, frame, here, shown

case = here.on_the_table("evaluering")
view = evaluating.view(case)
top = frame.head(case, _("Evaluering"), view.missing if case.step is Step.EVALUERING else ())
frame.not_this_step(case, Step.EVALUERING)
parts = frame.parts(case, top, Step.EVALUERING, Action.LEAD)

said = childs_voice.told_voice(view.child_view, view.child_plan, top.child)
if parts.part("barnet", _("Slik opplever barnet det"), said):
    childs_voice.ask_words(childs_voice.ExperienceForm, case, view.child_view, top.standings, parts.saved)
    childs_voice.ask_why_not(childs_voice.EvaluationPlanForm, case, view.child_plan, view.people, parts)

waiting = [t for t in view.due if t.id not in {e.tiltak for e in view.evaluations if e.is_final}]
told = evaluering.told_all(view.due, view.evaluations, view.people)
if parts.part("evalueringer", _("Tiltakene"), told if told and not waiting else None, shows=told):
    evaluering.ask(case, view, waiting, parts)
    evaluering.ask_voices(case, view, parts)
evaluering.ask_own(case, view, parts)

if parts.part("endring", _("Barnets situasjon"), evaluering.told_round(view.round, view.child_view)):
    shown.show(shown.quiet(_("Drøft og still hverandre spørsmål for å klargjøre nåsituasjonen.")))
    last = frame.onwards(
        case,
        view.missing,
        {Missing.DEGREE, Missing.WEIGHT},
        Step.VEIEN_VIDERE,
        _("Lagre og gå videre til steg 5: Veien videre"),
    )
    button, then = last or (_("Lagre vurderingen"), parts.saved)
    shown.show(shown.quiet(_(shown.READ_BY_ALL)))
    evaluering.RoundForm.ask(
        case,
        button=button,
        stored=evaluering.stored_round(view.round, view.child_view),
        version=view.round.version if view.round else 0,
        then=then,
    )

if case.step is Step.EVALUERING:
    frame.move_on(case, view.missing, Step.VEIEN_VIDERE, _("Gå videre til steg 5: Veien videre"))

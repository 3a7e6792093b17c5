"""Step 3. The tiltak are carried out, and the evaluation meeting is prepared."""

from collections.abc import Sequence

from markupsafe import Markup

from bti.casework.steps import carrying_out
from bti.casework.story import TiltakView
from bti.language import _
from bti.rules.access import Action
from bti.rules.workflow import Step
from forms import avtaler, board, childs_voice, frame, here, meeting, shown, tiltak
from forms.parts import Parts

case = here.on_the_table("iverksett")
view = carrying_out.view(case)
top = frame.head(case, _("Sett i verk"), view.missing if case.step is Step.IVERKSETT else ())
frame.not_this_step(case, Step.IVERKSETT)
parts = frame.parts(case, top, Step.IVERKSETT)


def tell(some: Sequence[TiltakView]) -> Markup | None:
    """Tell some of the tiltak."""
    return tiltak.told_tiltak(some, view.people, view.meeting, top.owner_kind, case.today)


if gone := board.told_gone(case, view.tiltak):
    shown.show(gone)
if late := board.told_late(case, view):
    shown.show(late)
standing = board.told(case, view, tell)
if parts.part("tiltak", _("Tiltakene"), standing, optional=True):
    board.ask_about_one(case, view, standing, parts)

notes = board.told_notes(view.notes, (*view.tiltak, *view.over), view.people)
writes_notes = frame.may_write(case, Step.IVERKSETT, Action.NOTE) and bool(board.may_be_noted(case, view.tiltak))
writing = parts if case.sight.everything else Parts(f"{case.number}.notater", may_write=writes_notes)
if writing.part("notater", _("Notater og lysglimt"), notes, optional=True):
    board.ask_note(case, view, notes, writing)

avtaler.part(case, view.people, parts)

if parts.part("mote", _("Evalueringsmøte"), meeting.told(case, view.meeting, view.people)):
    if case.carried_on and view.meeting is None:
        shown.show(shown.quiet(_("Når skal tiltaket evalueres neste gang?")))
    meeting.ask(case, view.meeting, view.tiltak, view.people, parts)

planned = childs_voice.told_plan(view.child_plan, view.people, top.child, is_heard=view.child_view is not None)
if parts.part("barnet", _("Barnets stemme"), planned):
    childs_voice.ask_plan(childs_voice.EvaluationPlanForm, case, view.child_plan, view.people, parts)

if parts.part("opplever", _("Slik opplever barnet det nå"), childs_voice.told_words(view.child_view, top.child)):
    childs_voice.ask_words(childs_voice.ExperienceForm, case, view.child_view, top.standings, parts.saved)

if case.step is Step.IVERKSETT:
    frame.move_on(case, view.missing, Step.EVALUERING, _("Start evalueringsmøtet"))

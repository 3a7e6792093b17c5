"""Step 2. What do we want to reach, what do we do, and who does it?"""

from bti.casework.steps import planning
from bti.language import _, weekday
from bti.rules.guards import Missing
from bti.rules.workflow import Step
from forms import childs_voice, concern, family, frame, here, meeting, shown, situation, tiltak

case = here.on_the_table("planlegg_tiltak")
view = planning.view(case)
top = frame.head(case, _("Planlegg tiltak"), view.missing if case.step is Step.PLANLEGG_TILTAK else ())
frame.not_this_step(case, Step.PLANLEGG_TILTAK)
parts = frame.parts(case, top, Step.PLANLEGG_TILTAK)

said = childs_voice.told_voice(view.child_view, view.child_plan, top.child)
if parts.part("barnet", _("Det barnet har sagt"), said):
    childs_voice.ask_words(childs_voice.WordsForm, case, view.child_view, top.standings, parts.saved)
    childs_voice.ask_why_not(childs_voice.PlanForm, case, view.child_plan, view.people, parts)

told = concern.told(view.oppmerksomheter, in_the_plan=True)
writes_concern = parts.part("oppmerksomheter", _("Oppmerksomhet og mål"), told)
if writes_concern:
    tiltak.ask_concern(case, view, parts, top.standings)

planned = tiltak.told_tiltak(view.tiltak, view.people, view.meeting, top.owner_kind, case.today)
writes_tiltak = parts.part("tiltak", _("Tiltak"), planned)
if writes_tiltak:
    if resources := situation.told(planning.resources(case)):
        shown.show(resources)
    tiltak.ask_tiltak(case, view, parts, top.owner_kind)

offered = () if writes_concern or writes_tiltak else planning.proposals(case)
if parts.part("forslag", _("Forslag til tiltak"), family.told_proposals(offered, view.people), optional=True):
    family.ask_proposals(case, view, offered, parts)

if parts.part("mote", _("Evalueringsmøte"), meeting.told(case, view.meeting, view.people)):
    if view.meeting is None:
        shown.show(shown.paragraphs(_("Forslag: {dag}", dag=weekday(view.suggested_day))))
    meeting.ask(case, view.meeting, view.tiltak, view.people, parts)

best = view.best_interests
if parts.part("barnets-beste", _("Barnets beste"), tiltak.told_best(best)):
    last = frame.onwards(
        case,
        view.missing,
        {Missing.BEST_INTERESTS_PLAN},
        Step.IVERKSETT,
        _("Lagre og gå videre til steg 3: Sett i verk"),
    )
    button, then = last or (_("Lagre barnets beste"), parts.saved)
    shown.show(shown.quiet(_(shown.READ_BY_ALL)))
    tiltak.BestInterestsForm.ask(
        case,
        button=button,
        stored={"text": best.text, "factors": sorted(best.factors)} if best else {},
        version=best.version if best else 0,
        then=then,
    )

if case.step is Step.PLANLEGG_TILTAK:
    frame.move_on(case, view.missing, Step.IVERKSETT, _("Gå videre til steg 3: Sett i verk"))

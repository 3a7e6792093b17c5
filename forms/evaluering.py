"""What the tiltak have done, the family first."""

from collections.abc import Sequence
from typing import Annotated, Any

import streamlit as st
from markupsafe import Markup

from bti.casework.door import OpenCase
from bti.casework.people.people import Person, PersonKind
from bti.casework.steps import evaluating
from bti.casework.steps.evaluating import EvaluateView
from bti.casework.story import ChildViewView, EvaluationView, RoundView, TiltakView, VoiceView
from bti.content.labels import label
from bti.language import N_, _
from bti.rules.access import Action, may
from bti.rules.evaluation import OFFERED, WITHOUT_EFFECT, Degree, Effect, FamilyFirst, TiltakOutcome
from bti.rules.workflow import CaseStatus, Step
from forms import shown
from forms.allowed import SentenceOrNothing, StoryOrNothing
from forms.fields import Paragraph, Pick
from forms.form import Answers, Form
from forms.parts import Parts, choose_one

EFFECT_CHIP = {
    Effect.DESIRED: ("good", "▲"),
    Effect.SOME: ("some", "●"),
    Effect.NONE: ("bad", "▼"),
    Effect.NEGATIVE: ("bad", "▼"),
    Effect.TOO_EARLY: ("none", "○"),
}


def _asked_of_the_outcome(form: type[Form], raw: Answers) -> Sequence[str]:
    goes_on = raw["outcome"] is TiltakOutcome.CONTINUE and raw["effect"] in WITHOUT_EFFECT
    wanted = {
        "changed_text": raw["outcome"] is TiltakOutcome.CHANGE,
        "reason": goes_on,
        "best_interests": goes_on and raw["effect"] is Effect.NEGATIVE,
    }
    return [name for name in form.model_fields if wanted.get(name, True)]


class EvaluationForm(Form, saves_with=evaluating.record_evaluation, given=("tiltak", "version")):
    """One tiltak: the family first, then the effect, then what becomes of it."""

    family_first: Annotated[FamilyFirst, Pick(N_("Har familien fått snakke først?"), words=FamilyFirst)]
    why_not_answered: Annotated[SentenceOrNothing, Paragraph(N_("Hvorfor har familien ikke svart?"), lines=2)] = ""
    effect: Annotated[Effect, Pick(N_("Hvilken effekt har tiltaket hatt?"), words=Effect)]
    outcome: Annotated[TiltakOutcome, Pick(N_("Hva gjør vi med tiltaket?"), words=TiltakOutcome, among=OFFERED)]
    changed_text: Annotated[SentenceOrNothing, Paragraph(N_("Hva endres tiltaket til?"), lines=2)] = ""
    reason: Annotated[
        SentenceOrNothing, Paragraph(N_("Hvorfor fortsetter tiltaket når effekten uteblir?"), lines=2)
    ] = ""
    best_interests: Annotated[SentenceOrNothing, Paragraph(N_("Hvorfor er det likevel best for barnet?"), lines=2)] = ""

    @classmethod
    def asked_now(cls, raw: Answers) -> Sequence[str]:
        """Ask why only where the rules ask why (R-28, R-29, R-31)."""
        hidden = set() if raw["family_first"] is FamilyFirst.NOT_ANSWERED else {"why_not_answered"}
        return [name for name in _asked_of_the_outcome(cls, raw) if name not in hidden]


class SubmitForm(Form, saves_with=evaluating.submit_evaluation, given=("tiltak", "version")):
    """What the tiltaksansvarlig says her own tiltak has done. The family is asked in the meeting."""

    effect: Annotated[Effect, Pick(N_("Hvilken effekt har tiltaket hatt?"), words=Effect)]
    outcome: Annotated[
        TiltakOutcome, Pick(N_("Hva foreslår du at vi gjør med tiltaket?"), words=TiltakOutcome, among=OFFERED)
    ]
    changed_text: Annotated[SentenceOrNothing, Paragraph(N_("Hva endres tiltaket til?"), lines=2)] = ""
    reason: Annotated[
        SentenceOrNothing, Paragraph(N_("Hvorfor fortsetter tiltaket når effekten uteblir?"), lines=2)
    ] = ""
    best_interests: Annotated[SentenceOrNothing, Paragraph(N_("Hvorfor er det likevel best for barnet?"), lines=2)] = ""

    @classmethod
    def asked_now(cls, raw: Answers) -> Sequence[str]:
        """Ask why only where the rules ask why (R-29, R-31)."""
        return _asked_of_the_outcome(cls, raw)


class VoiceForm(Form, saves_with=evaluating.add_voice, given=("tiltak", "said_by", "version")):
    """What one person says about one tiltak, when somebody wants it written down."""

    text: Annotated[SentenceOrNothing, Paragraph(N_("Hva sier hun eller han? (kan stå tomt)"), lines=2)] = ""
    effect: Annotated[Effect | None, Pick(N_("Hvilken effekt ser hun eller han? (kan stå tomt)"), words=Effect)] = None


class RoundForm(Form, saves_with=evaluating.judge_round, given=("version",)):
    """One judgement of the child's situation, and the weight the child's own view was given."""

    degree: Annotated[Degree, Pick(N_("Hvor mye har barnets situasjon endret seg?"), words=Degree)]
    how_weighted: Annotated[SentenceOrNothing, Paragraph(N_("Hvilken vekt har barnets mening fått?"), lines=2)] = ""
    text: Annotated[StoryOrNothing, Paragraph(N_("Hva ser dere? (kan stå tomt)"), lines=2)] = ""


def stored(evaluation: EvaluationView | None) -> dict[str, Any]:
    """Return an evaluation as the form has it."""
    if evaluation is None:
        return {}
    return {
        "family_first": evaluation.family_first,
        "why_not_answered": evaluation.why_not_answered,
        "effect": evaluation.effect,
        "outcome": evaluation.outcome,
        "changed_text": evaluation.changed_text,
        "reason": evaluation.reason,
        "best_interests": evaluation.best_interests,
    }


def told(evaluation: EvaluationView, taking_part: Sequence[Person]) -> Markup:
    """Say what one tiltak has done, and what each has said about it; what is only sent in says that it waits."""
    kind, symbol = EFFECT_CHIP[evaluation.effect]
    waits = "" if evaluation.is_final else _("Venter på at stafettholderen fullfører evalueringen.")
    return shown.filled(
        "<p>{chip} {outcome}</p>{reason}{voices}{waits}",
        voices=shown.bullets(_voice(voice, taking_part) for voice in evaluation.voices) if evaluation.voices else "",
        waits=shown.filled('<p class="bti-quiet">{text}</p>', text=waits) if waits else "",
        chip=shown.chip(label(evaluation.effect), kind, symbol),
        outcome=label(evaluation.outcome),
        reason=shown.paragraphs(evaluation.reason),
    )


def _voice(voice: VoiceView, taking_part: Sequence[Person]) -> str:
    said = [label(voice.effect)] if voice.effect else []
    name = next((p.first_name for p in taking_part if p.id == voice.said_by), _("En som er med"))
    return f"{name}: {'. '.join([*said, *([voice.text] if voice.text else [])])}"


def told_all(
    due: Sequence[TiltakView], evaluations: Sequence[EvaluationView], taking_part: Sequence[Person]
) -> Markup | None:
    """Show the tiltak that are evaluated, each with what it has done."""
    done = {e.tiltak: e for e in evaluations}
    lines = [
        shown.filled(
            '<div class="bti-tiltak"><strong>{text}</strong>{told}</div>',
            text=t.text,
            told=told(done[t.id], taking_part),
        )
        for t in due
        if t.id in done
    ]
    return shown.joined(lines) if lines else None


def told_round(judged: RoundView | None, said: ChildViewView | None) -> Markup | None:
    """Say how much the situation has changed, and what weight the child's view was given."""
    if judged is None:
        return None
    weight = said.how_weighted if said else ""
    return shown.facts(
        [
            (_("Endring"), label(judged.degree)),
            (_("Vekten av barnets mening"), weight),
            (_("Det vi ser"), judged.text),
        ]
    )


def stored_round(judged: RoundView | None, said: ChildViewView | None) -> dict[str, Any]:
    """Return the judgement as the form has it."""
    weight = {"how_weighted": said.how_weighted} if said else {}
    return {"degree": judged.degree, "text": judged.text, **weight} if judged else weight


def ask(case: OpenCase, view: EvaluateView, waiting: Sequence[TiltakView], parts: Parts) -> None:
    """Ask about the next tiltak that waits, or one that is evaluated, to be changed."""
    if told_so_far := told_all(view.due, view.evaluations, view.people):
        shown.show(told_so_far)
    if not view.due:
        shown.show(shown.paragraphs(_("Ingen tiltak er i gang.")))
        return
    chosen = None if waiting else choose_one(parts, [(t.id, t.text) for t in view.due], _("Endre evalueringen av"))
    one = waiting[0] if waiting else next((t for t in view.due if t.id == chosen), None)
    if one is None:
        return
    evaluation = next((e for e in view.evaluations if e.tiltak == one.id), None)
    asked = _("Hvordan har det gått med tiltakene som er satt i gang? Hva har fungert?")
    shown.show(shown.quiet(asked) + shown.filled('<h3 class="bti-now">{text}</h3>', text=one.text))
    EvaluationForm.ask(
        case,
        at=str(one.id),
        button=_("Lagre evalueringen"),
        stored=stored(evaluation),
        version=evaluation.version if evaluation else 0,
        tiltak=one.id,
        then=parts.saved,
    )


def ask_own(case: OpenCase, view: EvaluateView, parts: Parts) -> None:
    """Let who is responsible for a tiltak send in what it has done, before the stafettholder completes it (R-30)."""
    if may(case.sight, Action.LEAD) or not may(case.sight, Action.SUBMIT):
        return
    if case.status is not CaseStatus.OPEN or case.step not in {Step.IVERKSETT, Step.EVALUERING}:
        return
    sent = {e.tiltak: e for e in view.evaluations}
    mine = [t for t in view.due if t.responsible == case.participant_id]
    mine = [t for t in mine if t.id not in sent or not sent[t.id].is_final]
    waiting = [t for t in mine if t.id not in sent]
    chosen = None if waiting else choose_one(parts, [(t.id, t.text) for t in mine], _("Endre evalueringen av"))
    one = waiting[0] if waiting else next((t for t in mine if t.id == chosen), None)
    if one is None:
        return
    shown.show(shown.filled('<h3 class="bti-now">{text}</h3>', text=one.text))
    SubmitForm.ask(
        case,
        at=str(one.id),
        button=_("Send evalueringen til stafettholderen"),
        stored=submitted(sent.get(one.id)),
        version=sent[one.id].version if one.id in sent else 0,
        tiltak=one.id,
        done=_("Venter på at stafettholderen fullfører evalueringen."),
    )


def submitted(evaluation: EvaluationView | None) -> dict[str, Any]:
    """Return an evaluation as the form of the tiltaksansvarlig has it."""
    return {name: value for name, value in stored(evaluation).items() if name in SubmitForm.model_fields}


def ask_voices(case: OpenCase, view: EvaluateView, parts: Parts) -> None:
    """Behind one press: write down what each grown-up says about a tiltak, the family first. Nobody has to.

    What the child says is asked for in the child's own part, with whom the child will share it with (R-34).
    """
    evaluated = {e.tiltak: e for e in view.evaluations}
    options = [(t.id, t.text) for t in view.due if t.id in evaluated]
    if not options or not st.toggle(_("Skriv hva hver enkelt sier"), key=f"{parts.key}.voices"):
        return
    grown_ups = [p for p in view.people if p.kind is not PersonKind.CHILD]
    family_first = sorted(grown_ups, key=lambda p: p.kind is PersonKind.STAFF)
    tiltak = choose_one(parts, options, _("Hvilket tiltak?"), key="voiced", nothing=_("Velg"))
    who = choose_one(parts, [(p.id, p.name) for p in family_first], _("Hvem sier det?"), key="says", nothing=_("Velg"))
    if tiltak is None or who is None:
        return
    said = next((v for v in evaluated[tiltak].voices if v.said_by == who), None)
    VoiceForm.ask(
        case,
        at=f"{tiltak}.{who}",
        button=_("Lagre det som ble sagt"),
        stored={"text": said.text, "effect": said.effect} if said else {},
        version=said.version if said else 0,
        tiltak=tiltak,
        said_by=who,
    )

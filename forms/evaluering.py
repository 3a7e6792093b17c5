"""What the tiltak have done, the family first."""

from collections.abc import Sequence
from typing import Annotated, Any

from markupsafe import Markup

from bti.casework import evaluating
from bti.casework.door import OpenCase
from bti.casework.evaluating import EvaluateView
from bti.casework.story import ChildViewView, EvaluationView, RoundView, TiltakView
from bti.content.words import label
from bti.language import N_, _
from bti.rules.evaluation import WITHOUT_EFFECT, Degree, Effect, FamilyFirst, TiltakOutcome
from forms import shown
from forms.fields import Paragraph, Pick, SentenceOrNothing, StoryOrNothing
from forms.form import Answers, Form
from forms.parts import Parts, choose_one

EFFECT_CHIP = {
    Effect.DESIRED: ("good", "▲"),
    Effect.SOME: ("some", "●"),
    Effect.NONE: ("bad", "▼"),
    Effect.NEGATIVE: ("bad", "▼"),
    Effect.TOO_EARLY: ("none", "○"),
}


class EvaluationForm(Form, saves_with=evaluating.record_evaluation, given=("tiltak", "version")):
    """One tiltak: the family first, then the effect, then what becomes of it."""

    family_first: Annotated[FamilyFirst, Pick(N_("Har familien fått snakke først?"), words=FamilyFirst)]
    why_not_answered: Annotated[SentenceOrNothing, Paragraph(N_("Hvorfor har familien ikke svart?"), lines=2)] = ""
    effect: Annotated[Effect, Pick(N_("Hvilken effekt har tiltaket hatt?"), words=Effect)]
    outcome: Annotated[TiltakOutcome, Pick(N_("Hva gjør vi med tiltaket?"), words=TiltakOutcome)]
    changed_text: Annotated[SentenceOrNothing, Paragraph(N_("Hva endres tiltaket til?"), lines=2)] = ""
    reason: Annotated[
        SentenceOrNothing, Paragraph(N_("Hvorfor fortsetter tiltaket når effekten uteblir?"), lines=2)
    ] = ""
    best_interests: Annotated[SentenceOrNothing, Paragraph(N_("Hvorfor er det likevel best for barnet?"), lines=2)] = ""

    @classmethod
    def asked_now(cls, raw: Answers) -> Sequence[str]:
        """Ask why only where the rules ask why (R-28, R-29, R-31)."""
        goes_on = raw["outcome"] is TiltakOutcome.CONTINUE and raw["effect"] in WITHOUT_EFFECT
        wanted = {
            "why_not_answered": raw["family_first"] is FamilyFirst.NOT_ANSWERED,
            "changed_text": raw["outcome"] is TiltakOutcome.CHANGE,
            "reason": goes_on,
            "best_interests": goes_on and raw["effect"] is Effect.NEGATIVE,
        }
        return [name for name in cls.model_fields if wanted.get(name, True)]


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
        "reason": evaluation.reason,
        "best_interests": evaluation.best_interests,
    }


def told(evaluation: EvaluationView) -> Markup:
    """Say what one tiltak has done."""
    kind, symbol = EFFECT_CHIP[evaluation.effect]
    return shown.filled(
        "<p>{chip} {outcome}</p>{reason}",
        chip=shown.chip(label(evaluation.effect), kind, symbol),
        outcome=label(evaluation.outcome),
        reason=shown.paragraphs(evaluation.reason),
    )


def told_all(due: Sequence[TiltakView], evaluations: Sequence[EvaluationView]) -> Markup | None:
    """Show the tiltak that are evaluated, each with what it has done."""
    done = {e.tiltak: e for e in evaluations}
    lines = [
        shown.filled('<div class="bti-tiltak"><strong>{text}</strong>{told}</div>', text=t.text, told=told(done[t.id]))
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
    if told_so_far := told_all(view.due, view.evaluations):
        shown.show(told_so_far)
    if not view.due:
        shown.show(shown.paragraphs(_("Ingen tiltak er i gang.")))
        return
    chosen = None if waiting else choose_one(parts, [(t.id, t.text) for t in view.due], _("Endre evalueringen av"))
    one = waiting[0] if waiting else next((t for t in view.due if t.id == chosen), None)
    if one is None:
        return
    evaluation = next((e for e in view.evaluations if e.tiltak == one.id), None)
    shown.show(shown.filled('<h3 class="bti-now">{text}</h3>', text=one.text))
    EvaluationForm.ask(
        case,
        at=str(one.id),
        button=_("Lagre evalueringen"),
        stored=stored(evaluation),
        version=evaluation.version if evaluation else 0,
        tiltak=one.id,
        then=parts.saved,
    )

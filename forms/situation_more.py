"""More about the situation, for who wants to: behind one press, one thing at a time."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from markupsafe import Markup

from bti.casework.door import Asking, OpenCase
from bti.casework.people.people import PersonKind
from bti.casework.said import situating
from bti.casework.steps.starting import StartView
from bti.casework.story import TextView
from bti.content.labels import label
from bti.errors import Reason, Refused
from bti.language import N_, _
from bti.rules.consent import Category
from bti.rules.evaluation import Effect
from bti.rules.situation import EFFECTS, FURTHER, SituationKind, Tried, TriedBy
from forms import people, shown, situation
from forms.allowed import LineOrNothing, Story, StoryOrNothing
from forms.concern import CATEGORIES
from forms.fields import Choose, Line, Paragraph, Pick, Tick
from forms.form import Answers, Form
from forms.parts import Parts, choose_one

IF = "is_about_guardian"
WITH = {
    SituationKind.TOLD: ("told_by", IF, "text"),
    SituationKind.OBSERVATION: ("seen_by", IF, "seen"),
    SituationKind.TRIED: (IF, "text", "period", "effect", "tried_by"),
    SituationKind.CHALLENGE: (IF, "text"),
    SituationKind.WORKS_FAMILY: (IF, "text"),
    SituationKind.RESOURCE_SURROUNDINGS: (IF, "text"),
}
"""What is asked with some kinds of text, also whether it is about one of the parents where it can be (R-59); the others are a text."""
KEPT_BY_ITSELF = frozenset({"kind", "told_by", "seen_by", IF, "text", "seen"})
"""What is asked of a text about one of the parents: it has its place and its readers already."""

Period = Annotated[LineOrNothing, Line(N_("Når var det? (kan stå tomt)"))]
Did = Annotated[Effect | None, Pick(N_("Hva gjorde det? (kan stå tomt)"), words=Effect, among=EFFECTS)]
By = Annotated[TriedBy | None, Pick(N_("Hvem prøvde det? (kan stå tomt)"), words=TriedBy)]


def save(
    asked: Asking,
    *,
    kind: SituationKind,
    told_by: UUID | None,
    is_about_guardian: bool,
    about: UUID | None,
    seen_by: UUID | None,
    text: str,
    seen: str,
    period: str,
    effect: Effect | None,
    tried_by: TriedBy | None,
    category: Category | None,
) -> UUID:
    """Save one thing more, with who has seen or tells it, or with what is known of what was tried."""
    if is_about_guardian and about is None:
        raise Refused(Reason.ABOUT_WHOM, field="about")
    return situating.add_text(
        asked,
        kind=kind,
        text=text or seen,
        category=category,
        by=told_by or seen_by,
        about=about,
        tried=Tried(period, effect, tried_by),
    )


class MoreForm(Form, saves_with=save):
    """One thing more. Where it belongs follows from what it is, until somebody says otherwise.

    «Beskriv det dere har sett eller hørt.» stands beside what the grown-ups describe, never beside what the family says (R-55).
    """

    kind: Annotated[SituationKind, Pick(N_("Hva vil du skrive om?"), words=SituationKind, among=FURTHER, across=False)]
    told_by: Annotated[UUID | None, Choose(N_("Hvem forteller?"))] = None
    is_about_guardian: Annotated[bool, Tick(N_("Handler dette om en av foreldrene selv?"))] = False
    about: Annotated[UUID | None, Choose(N_("Hvem handler det om?"))] = None
    seen_by: Annotated[UUID | None, Choose(N_("Hvem har sett eller hørt det?"), nobody=N_("Felles"))] = None
    text: Annotated[Story, Paragraph(N_("Skriv det her"), lines=2)] = ""
    seen: Annotated[Story, Paragraph(N_("Beskriv det dere har sett eller hørt."), lines=2)] = ""
    period: Period = ""
    effect: Did = None
    tried_by: By = None
    category: Annotated[
        Category | None, Pick(N_("Hva handler teksten om? (kan stå tomt)"), words=Category, among=CATEGORIES)
    ] = None

    @classmethod
    def asked_now(cls, raw: Answers) -> Sequence[str]:
        """Ask what goes with what it is."""
        if raw["kind"] is None:
            return ["kind"]
        asked = ["kind", *WITH.get(raw["kind"], ("text",)), "category"]
        if IF not in asked or not raw[IF]:
            return asked
        kept = [name for name in asked if name in KEPT_BY_ITSELF]
        return [*kept[: kept.index(IF) + 1], "about", *kept[kept.index(IF) + 1 :]]


def change(
    asked: Asking,
    *,
    text: str,
    period: str,
    effect: Effect | None,
    tried_by: TriedBy | None,
    category: Category,
    changed: UUID,
    version: int,
) -> UUID:
    """Save other words of what was tried, with what is known of it."""
    tried = Tried(period, effect, tried_by)
    return situating.change_text(asked, changed=changed, text=text, category=category, tried=tried, version=version)


class ChangeForm(Form, saves_with=change, given=("changed", "version")):
    """Other words, or other readers."""

    text: Annotated[StoryOrNothing, Paragraph(N_("Skriv det her"), lines=2)]
    period: Period = ""
    effect: Did = None
    tried_by: By = None
    category: Annotated[Category, Pick(N_("Hva handler teksten om?"), words=Category, among=CATEGORIES)]

    @classmethod
    def asked_now(cls, raw: Answers) -> Sequence[str]:
        """Ask the words and what they are about."""
        del raw
        return ("text", "category")


class ChangeTriedForm(ChangeForm, saves_with=change, given=("changed", "version")):
    """The same of what was tried, with when it was, what it did and who tried it."""

    @classmethod
    def asked_now(cls, raw: Answers) -> Sequence[str]:
        """Ask all of it."""
        del raw
        return list(cls.model_fields)


def ask(case: OpenCase, view: StartView, parts: Parts) -> None:
    """Ask for one thing more, or let one of all that is written be changed."""
    texts = [t for t in (*view.situation.values(), *view.further) if t.text]
    if so_far := told(view):
        shown.show(so_far)
    chosen = choose_one(parts, [(t.id, _named(t)) for t in texts], _("Endre, eller skriv en til"))
    one = next((t for t in texts if t.id == chosen), None)
    if one is None:
        MoreForm.ask(
            case,
            at=str(len(texts)),
            button=_("Lagre"),
            options={
                "told_by": people.choices([p for p in view.people if p.kind is PersonKind.GUARDIAN]),
                "about": people.guardians(view.people),
                "seen_by": people.choices([p for p in view.people if p.kind is PersonKind.STAFF]),
            },
            then=parts.keep_open,
        )
        return
    form = ChangeTriedForm if one.kind is SituationKind.TRIED else ChangeForm
    form.ask(
        case,
        at=str(one.id),
        button=_("Lagre"),
        stored={
            "text": one.text,
            "period": one.period,
            "effect": one.effect,
            "tried_by": one.tried_by,
            "category": one.category,
        },
        version=one.version,
        changed=one.id,
        then=parts.saved,
    )


def told(view: StartView) -> Markup | None:
    """Show what stands beside the three questions."""
    return situation.told(view.further, view.people)


def _named(text: TextView) -> str:
    return f"{label(text.kind)}: {text.text[:60]}"

"""More about the situation, for who wants to: behind one press, one thing at a time."""

from typing import Annotated

from markupsafe import Markup

from bti.casework import situating
from bti.casework.door import OpenCase
from bti.casework.starting import StartView
from bti.casework.story import TextView
from bti.content.labels import label
from bti.language import N_, _
from bti.rules.consent import Category
from bti.rules.situation import FURTHER, SituationKind
from forms import shown, situation
from forms.concern import CATEGORIES
from forms.fields import Paragraph, Pick, Story, StoryOrNothing
from forms.form import Form
from forms.parts import Parts, choose_one

About = Annotated[Category | None, Pick(N_("Hva handler teksten om? (kan stå tomt)"), words=Category, among=CATEGORIES)]


class MoreForm(Form, saves_with=situating.add_text):
    """One thing more. Where it belongs follows from what it is, until somebody says otherwise."""

    kind: Annotated[SituationKind, Pick(N_("Hva vil du skrive om?"), words=SituationKind, among=FURTHER, across=False)]
    text: Annotated[Story, Paragraph(N_("Skriv det her"), lines=2)]
    category: About = None


class ChangeForm(Form, saves_with=situating.change_text, given=("changed", "version")):
    """Other words, or other readers."""

    text: Annotated[StoryOrNothing, Paragraph(N_("Skriv det her"), lines=2)]
    category: Annotated[Category, Pick(N_("Hva handler teksten om?"), words=Category, among=CATEGORIES)]


def ask(case: OpenCase, view: StartView, parts: Parts) -> None:
    """Ask for one thing more, or let one of all that is written be changed."""
    texts = [t for t in (*view.situation.values(), *view.further) if t.text]
    if told := situation.told(view.further):
        shown.show(told)
    chosen = choose_one(parts, [(t.id, _named(t)) for t in texts], _("Endre, eller skriv en til"))
    one = next((t for t in texts if t.id == chosen), None)
    if one is None:
        MoreForm.ask(case, at=str(len(texts)), button=_("Lagre"), then=parts.keep_open)
        return
    ChangeForm.ask(
        case,
        at=str(one.id),
        button=_("Lagre"),
        stored={"text": one.text, "category": one.category},
        version=one.version,
        changed=one.id,
        then=parts.saved,
    )


def told(view: StartView) -> Markup | None:
    """Show what stands beside the three questions."""
    return situation.told(view.further)


def _named(text: TextView) -> str:
    return f"{label(text.kind)}: {text.text[:60]}"

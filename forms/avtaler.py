"""What is agreed besides the tiltak, and what is left open for next time."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

from markupsafe import Markup

from bti.casework.door import Asking, OpenCase
from bti.casework.people.people import Person
from bti.casework.said import arranging
from bti.casework.story import AgreementView
from bti.content.labels import label
from bti.content.words import agreement_sentence
from bti.errors import Reason, Refused
from bti.language import N_, _
from bti.rules.agreement import AgreementKind
from bti.rules.consent import Category
from forms import people, shown
from forms.allowed import Sentence
from forms.concern import CATEGORIES
from forms.fields import Choose, Day, Paragraph, Pick, Tick
from forms.form import Answers, Form
from forms.parts import Parts, choose_one
from forms.press import press

OF_ONE_AGREED = frozenset({"by", "due"})


def save(
    asked: Asking,
    *,
    kind: AgreementKind,
    text: str,
    by: UUID | None,
    due: date | None,
    is_about_guardian: bool,
    about: UUID | None,
    category: Category,
) -> UUID:
    """Save what is agreed; whether it is about one of the parents is said by the one who writes."""
    if is_about_guardian and about is None:
        raise Refused(Reason.ABOUT_WHOM, field="about")
    return arranging.agree(asked, kind=kind, text=text, by=by, due=due, category=category, about=about)


class AgreementForm(Form, saves_with=save):
    """One thing more that is agreed, or left for next time."""

    kind: Annotated[AgreementKind, Pick(N_("Er det avtalt nå?"), words=AgreementKind)]
    text: Annotated[Sentence, Paragraph(N_("Hva gjelder det?"), lines=2)]
    by: Annotated[UUID | None, Choose(N_("Hvem tar seg av det? (kan stå tomt)"))] = None
    due: Annotated[date | None, Day(N_("Innen (kan stå tomt)"))] = None
    is_about_guardian: Annotated[bool, Tick(N_("Handler dette om en av foreldrene selv?"))] = False
    about: Annotated[UUID | None, Choose(N_("Hvem handler det om?"))] = None
    category: Annotated[Category, Pick(N_("Hva handler teksten om?"), words=Category, among=CATEGORIES)] = (
        Category.TILTAK_AND_EVALUATION
    )

    @classmethod
    def asked_now(cls, raw: Answers) -> Sequence[str]:
        """Ask who and when of what is agreed, and of whom it is when it is about one of the parents (R-59)."""
        hidden = set() if raw["kind"] is AgreementKind.AGREED else set(OF_ONE_AGREED)
        hidden.add("category" if raw["is_about_guardian"] else "about")
        return [name for name in cls.model_fields if name not in hidden]


def told(agreements: Sequence[AgreementView], taking_part: Sequence[Person]) -> Markup | None:
    """Show what is agreed, and what is left for next time; what is done says when."""
    names = {p.id: p.first_name for p in taking_part}
    pairs = [(label(kind), _listed([a for a in agreements if a.kind is kind], names)) for kind in AgreementKind]
    return shown.facts(pairs) if agreements else None


def _listed(some: Sequence[AgreementView], names: dict[UUID, str]) -> Markup | None:
    lines = (agreement_sentence(a.text, names.get(a.by, "") if a.by else "", a.due, a.settled_on) for a in some)
    return shown.bullets(shown.paragraphs(line) for line in lines) if some else None


def part(case: OpenCase, taking_part: Sequence[Person], parts: Parts) -> None:
    """Draw what is agreed as a part of the page, and ask for one more when it is open."""
    known = arranging.current(case)
    so_far = told(known, taking_part)
    if not parts.part("avtaler", _("Avtaler og åpne punkter"), so_far, optional=True):
        return
    if so_far:
        shown.show(so_far)
    waiting = [(a.id, a.text) for a in known if a.settled_on is None]
    chosen = choose_one(parts, waiting, _("Er noe av dette gjort?"), nothing=_("Velg"))
    if chosen:
        press(
            _("Det er gjort"),
            f"{parts.key}.settled",
            lambda: arranging.settle(case, agreement=chosen),
            parts.keep_open,
        )
        return
    AgreementForm.ask(
        case,
        at=str(len(known)),
        button=_("Lagre avtalen"),
        stored={"category": Category.TILTAK_AND_EVALUATION},
        options={"by": people.choices(taking_part), "about": people.guardians(taking_part)},
        then=parts.keep_open,
    )

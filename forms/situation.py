"""What the case is about."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any
from uuid import UUID

from markupsafe import Markup

from bti.casework.door import Asking
from bti.casework.people.people import Person
from bti.casework.steps import starting
from bti.casework.story import TextView
from bti.content.labels import label
from bti.content.words import situation_text
from bti.errors import Reason, Refused
from bti.language import N_, _
from bti.rules.situation import RESOURCES_FIRST, SituationKind
from forms import shown
from forms.allowed import Story, StoryOrNothing
from forms.fields import Choose, Paragraph, Tick
from forms.form import Answers, Form

FIELDS = {
    "core": SituationKind.CORE,
    "resource": SituationKind.RESOURCE,
    "challenge": SituationKind.CHALLENGE,
}


def save(
    asked: Asking,
    *,
    core: str,
    resource: str,
    challenge: str,
    is_about_guardian: bool,
    about: UUID | None,
    personal: str,
    version: int,
) -> UUID:
    """Save the situation, and by itself what is about one of the parents."""
    if is_about_guardian and not (about and personal):
        raise Refused(Reason.ABOUT_WHOM, field="personal" if about else "about")
    return starting.save_situation(
        asked, core=core, resource=resource, challenge=challenge, personal=personal, about=about, version=version
    )


class SituationForm(Form, saves_with=save, given=("version",)):
    """What we know, before what we think; what can be built on, before what is hard."""

    core: Annotated[
        Story, Paragraph(N_("Hva gjelder det? Hva har dere sett eller hørt?"), help=N_("Beskriv, ikke tolk"))
    ]
    resource: Annotated[
        Story,
        Paragraph(
            N_("Hva kan dere bygge på hos barnet og rundt barnet?"),
            help=N_("Det barnet liker og får til, og hvem som støtter"),
        ),
    ]
    challenge: Annotated[
        StoryOrNothing, Paragraph(N_("Hva er vanskelig? (kan stå tomt)"), help=N_("Kort og konkret"), lines=2)
    ] = ""
    is_about_guardian: Annotated[bool, Tick(N_("Handler dette om en av foreldrene selv?"))] = False
    about: Annotated[UUID | None, Choose(N_("Hvem handler det om?"))] = None
    personal: Annotated[
        StoryOrNothing,
        Paragraph(
            N_("Skriv det for seg selv her"), help=N_("Bare den det handler om, kan si ja til at det deles"), lines=2
        ),
    ] = ""

    @classmethod
    def asked_now(cls, raw: Answers) -> Sequence[str]:
        """Ask for what is about one of the parents when there is something."""
        hidden = set() if raw["is_about_guardian"] else {"about", "personal"}
        return [name for name in cls.model_fields if name not in hidden]


def stored(texts: Mapping[SituationKind, TextView]) -> dict[str, Any]:
    """Return the situation as the form has it."""
    return {field: texts[kind].text for field, kind in FIELDS.items() if kind in texts}


def told(texts: Iterable[TextView], taking_part: Sequence[Person] = ()) -> Markup | None:
    """Show the situation, what can be built on first, and last what is about one of the parents."""
    known = sorted((t for t in texts if t.text), key=lambda t: RESOURCES_FIRST.index(t.kind))
    names = {p.id: p.first_name for p in taking_part}
    return shown.facts([(_called(text), _said(text, names)) for text in known]) if known else None


def _said(text: TextView, names: Mapping[UUID, str]) -> str:
    return situation_text(text.text, names.get(text.by, "") if text.by else "", text.tried)


def _called(text: TextView) -> str:
    return _("Om {navn} selv", navn=text.about_name) if text.about else label(text.kind)

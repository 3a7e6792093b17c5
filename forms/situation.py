"""What the case is about."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from markupsafe import Markup

from bti.casework import starting
from bti.casework.story import TextView
from bti.content.words import label
from bti.language import N_
from bti.rules.situation import SituationKind
from forms import shown
from forms.fields import Paragraph, Story, StoryOrNothing
from forms.form import Form

FIELDS = {
    "core": SituationKind.CORE,
    "resource": SituationKind.RESOURCE,
    "challenge": SituationKind.CHALLENGE,
}


class SituationForm(Form, saves_with=starting.save_situation, given=("version",)):
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


def stored(texts: Mapping[SituationKind, TextView]) -> dict[str, Any]:
    """Return the situation as the form has it."""
    return {field: texts[kind].text for field, kind in FIELDS.items() if kind in texts}


def told(texts: Mapping[SituationKind, TextView]) -> Markup | None:
    """Show the situation, what can be built on first."""
    if not texts:
        return None
    order = (SituationKind.RESOURCE, SituationKind.CORE, SituationKind.CHALLENGE)
    return shown.facts([(label(kind), texts[kind].text) for kind in order if kind in texts])


def told_resources(texts: Sequence[TextView]) -> Markup:
    """Show what can be built on, where the tiltak are chosen (S0-29)."""
    return shown.facts([(label(SituationKind.RESOURCE), text.text) for text in texts])

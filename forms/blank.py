"""The way to the empty forms: one for each step, and the family's slips (R-69)."""

from markupsafe import Markup

from bti.content.labels import label
from bti.language import LANGUAGES
from bti.rules.workflow import Blank
from forms import shown


def links() -> Markup:
    """Return a link to each form in each language."""
    return shown.bullets(
        shown.filled("{name}: {each}", name=label(kind), each=shown.joined(_link(kind, code) for code in LANGUAGES))
        for kind in Blank
    )


def _link(kind: Blank, language: str) -> Markup:
    return shown.filled(
        '<a class="bti-paper" target="_blank" href="/bti/dokument/skjema?skjema={kind}&amp;sprak={code}">{name}</a> ',
        kind=kind.value,
        code=language,
        name=LANGUAGES[language],
    )

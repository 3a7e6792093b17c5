"""A child below the age is told who is told what, and asked what it thinks. Never a consent, and never required (R-03)."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from markupsafe import Markup

from bti.casework.consent import consenting
from bti.casework.consent.consenting import ConsentView
from bti.casework.desk.seeing import HeadView
from bti.casework.door import OpenCase
from bti.casework.people.people import Person
from bti.language import N_, _
from forms import people, shown
from forms.allowed import MustChoose
from forms.fields import Choose
from forms.form import Form
from forms.parts import Parts


class ChildToldForm(Form, saves_with=consenting.note_child_told, given=("consent",)):
    """Who did it."""

    told_by: Annotated[UUID, MustChoose, Choose(N_("Hvem har fortalt det til barnet, og spurt?"))]


def ask(case: OpenCase, view: ConsentView, top: HeadView, taking_part: Sequence[Person], parts: Parts) -> None:
    """Show that the child has been told and asked, or note it behind one press; one who answers is asked, not told."""
    latest = view.latest
    if latest is None or view.child in latest.answering:
        return
    told = _told(top, next((p for p in taking_part if p.id == latest.child_told_by), None))
    if parts.part("fortalt", _("Hva {barn} vet, og synes", barn=top.child), told, optional=True):
        ChildToldForm.ask(
            case,
            at=str(latest.consent),
            button=_("Lagre"),
            stored={"told_by": latest.child_told_by},
            options={"told_by": people.adults(taking_part)},
            consent=latest.consent,
            then=parts.saved,
        )


def _told(top: HeadView, who: Person | None) -> Markup | None:
    if who is None:
        return None
    text = _("Vi har fortalt {barn} hvem som får vite hva, og spurt hva {barn} synes.", barn=top.child)
    return shown.paragraphs(f"{text} ({who.first_name})")

"""What is about a guardian personally: she alone says who in the family may see it (R-59)."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

import streamlit as st

from bti.casework.consent import consenting
from bti.casework.door import OpenCase
from bti.casework.people.people import Person, PersonKind
from bti.language import N_, _
from bti.rules.consent import ConsentForm
from forms import people, shown
from forms.allowed import LineOrNothing, MustChoose
from forms.fields import Choose, ChooseSome, Line, Pick
from forms.form import Answers, Form


class AboutMeForm(Form, saves_with=consenting.answer_about_me):
    """A guardian's own word. Nobody is an answer too, and nothing is chosen beforehand."""

    guardian: Annotated[UUID, MustChoose, Choose(N_("Hvem svarer for seg selv?"))]
    shown_to: Annotated[list[UUID], ChooseSome(N_("Hvem i familien får se det? Står det tomt, får ingen se det."))] = []  # noqa: RUF012
    form: Annotated[ConsentForm, Pick(N_("Svaret er gitt"), words=ConsentForm)]
    reference: Annotated[LineOrNothing, Line(N_("Hvor er det journalført, eller hvor ligger papiret?"))] = ""

    @classmethod
    def asked_now(cls, raw: Answers) -> Sequence[str]:
        """Ask where it lies only when it is not given here."""
        here = raw["form"] in {None, ConsentForm.ELECTRONIC}
        return [name for name in cls.model_fields if name != "reference" or not here]


def ask_about_me(case: OpenCase, taking_part: Sequence[Person]) -> None:
    """Take a guardian's own word behind one press. What another has said is told to nobody here."""
    key = f"{case.number}.about".replace("-", "_")
    family = [p for p in taking_part if p.kind is not PersonKind.STAFF]
    guardians = people.guardians(family)
    if not guardians or not st.toggle(_("Noe handler om en av de foresatte selv"), key=key):
        return

    def answered(_declaration: object) -> None:
        del st.session_state[key]

    own = _("Bare den det handler om, kan si ja til at det deles: med en tjeneste, og med resten av familien.")
    shown.show(shown.note(own))
    AboutMeForm.ask(
        case,
        button=_("Lagre svaret"),
        options={"guardian": guardians, "shown_to": [(p.key, people.named(p)) for p in family]},
        then=answered,
    )

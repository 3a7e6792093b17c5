"""Brothers and sisters: noted, given a log of their own, and kept apart while one writes (R-68)."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

import streamlit as st
from markupsafe import Markup

from bti.casework.door import OpenCase
from bti.casework.intake import siblings
from bti.casework.people.family_facts import FamilyView
from bti.content.labels import label
from bti.language import N_, _
from bti.rules.workflow import WRITES_HERE
from forms import shown
from forms.allowed import MustChoose, Name
from forms.fields import ChooseSome, Day, Line, Tick
from forms.form import Form
from forms.frame import go_to
from forms.parts import Parts
from forms.press import press


class SiblingForm(Form, saves_with=siblings.note_sibling):
    """The first name, and nothing else."""

    first_name: Annotated[Name, Line(N_("Fornavnet til en bror eller søster"), is_name=True)]


class SiblingCaseForm(Form, saves_with=siblings.create_for_sibling):
    """The sibling, and who of the guardians are the sibling's too."""

    first_name: Annotated[Name, Line(N_("Fornavn"), is_name=True)]
    birth_date: Annotated[date, MustChoose, Day(N_("Fødselsdato"))]
    guardians: Annotated[list[UUID], MustChoose, ChooseSome(N_("Hvem er foresatt også her?"))]
    other_class: Annotated[bool, Tick(N_("Barnet går i en annen klasse eller avdeling enn min"))] = False


def told(names: Sequence[str]) -> Markup | None:
    """Say the first names. Nobody is told whether one of them has a log."""
    return shown.bullets(names) if names else None


def show(case: OpenCase, family: FamilyView, parts: Parts) -> None:
    """Show who they are, and ask; on paper nobody is noted, and there is nothing to ask (R-69)."""
    known = told(siblings.names(case))
    if case.mode not in WRITES_HERE:
        parts.read_only("sosken", _("Søsken"), known)
    elif parts.part("sosken", _("Søsken"), known, optional=True):
        ask(case, family, parts)


def ask(case: OpenCase, family: FamilyView, parts: Parts) -> None:
    """Offer to note a sibling, to take one away, and to make a log for one."""
    noted = siblings.names(case)
    if st.toggle(_("Opprett for søsken"), key=f"{parts.key}.log"):
        _ask_for_log(case, family, parts)
        return
    SiblingForm.ask(case, button=_("Lagre"), at=str(len(noted)), then=parts.saved)
    if not noted:
        return
    away = st.selectbox(_("Ta bort et søsken"), noted, index=None, key=f"{parts.key}.away", placeholder=_("Velg"))
    if away:
        press(_("Ta bort"), f"{parts.key}.take", lambda: siblings.forget_sibling(case, first_name=away), parts.saved)


def _ask_for_log(case: OpenCase, family: FamilyView, parts: Parts) -> None:
    def then(number: str) -> None:
        parts.saved()
        go_to("samtykke", number)

    known = siblings.may_come_along(family.guardians, case.today)
    shown.show(shown.note(_("De foresatte følger med. Samtykket gjør ikke det: familien spørres om hvert barn.")))
    SiblingCaseForm.ask(
        case,
        button=_("Opprett stafettlogg"),
        stored={"guardians": [g.id for g in known]},
        options={"guardians": [(g.id, f"{g.name} ({label(g.relation)})") for g in known]},
        done=_("Stafettloggen er opprettet. Nå spør dere familien om samtykke."),
        then=then,
    )

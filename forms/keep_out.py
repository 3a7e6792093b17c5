"""Who sees an oppmerksomhet and all that lies under it, and the family's word that a service shall not (model.md 5.1)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

import streamlit as st

from bti.casework import story
from bti.casework.consent import consenting
from bti.casework.consent.consenting import Standing
from bti.casework.door import Asking, OpenCase
from bti.casework.people.people import Person, PersonKind
from bti.casework.story import OppmerksomhetView
from bti.language import N_, _, listed
from bti.rules.consent import ConsentState
from forms import people, shown
from forms.allowed import MustChoose
from forms.fields import Choose, apart
from forms.form import Form


def narrow(
    asked: Asking, *, service: UUID, said_by: UUID, oppmerksomhet: UUID, kept_out: bool, names: Mapping[UUID, str]
) -> UUID:
    """Save the family's word about one service and one oppmerksomhet, with who said it."""
    return consenting.narrow(
        asked, oppmerksomhet=oppmerksomhet, service=service, kept_out=kept_out, said_by=names[said_by]
    )


class KeepOutForm(Form, saves_with=narrow, given=("oppmerksomhet", "kept_out", "names")):
    """A service the family does not want to see this one, and all that lies under it."""

    service: Annotated[UUID, MustChoose, Choose(N_("Hvem skal ikke se dette?"))]
    said_by: Annotated[UUID, MustChoose, Choose(N_("Hvem i familien sa det?"))]


class LetInForm(Form, saves_with=narrow, given=("oppmerksomhet", "kept_out", "names")):
    """A service the family wants to see it again after all."""

    service: Annotated[UUID, MustChoose, Choose(N_("Hvem skal få se det igjen?"))]
    said_by: Annotated[UUID, MustChoose, Choose(N_("Hvem i familien sa det?"))]


@dataclass(frozen=True)
class Readers:
    """Which services see an oppmerksomhet, and which consent would let see it if the family did not keep them out."""

    see: Mapping[UUID, str]
    shut: Mapping[UUID, str]


def told(readers: Readers) -> str:
    """Say which services see it."""
    names = list(readers.see.values())
    return _("Dette ser: {hvem}", hvem=listed(names)) if names else _("Dette ser ingen andre tjenester.")


def who_reads(
    case: OpenCase, concerns: Sequence[OppmerksomhetView], standings: Sequence[Standing]
) -> dict[UUID, Readers] | None:
    """Return which services see each concern. It is told to the owner service alone."""
    if not case.sight.everything:
        return None
    kept = consenting.narrowed(case)
    covered = [s for s in standings if s.state is ConsentState.ACTIVE]
    return {c.id: _readers(c, covered, kept.get(c.id, frozenset())) for c in concerns}


def _readers(concern: OppmerksomhetView, covered: Sequence[Standing], kept: frozenset[UUID]) -> Readers:
    may_see = {s.service: s.name for s in covered if _is_open(concern, s)}
    return Readers(
        {service: name for service, name in may_see.items() if service not in kept},
        {service: name for service, name in may_see.items() if service in kept},
    )


def _is_open(concern: OppmerksomhetView, service: Standing) -> bool:
    """Say whether the service may see it; what is about a guardian is open on that one's own word (R-59)."""
    return concern.category in service.scope if concern.about is None else concern.about in service.about


def ask_about_one(
    case: OpenCase,
    taking_part: Sequence[Person],
    concern: OppmerksomhetView,
    readers: Readers,
    then: Callable[[object], None],
) -> None:
    """Let the family keep a service out of one oppmerksomhet, or let it in again."""
    family = [p for p in taking_part if p.kind is not PersonKind.STAFF]
    names = {p.id: p.name for p in family}
    forms = (
        (KeepOutForm, _("Hold utenfor"), list(readers.see.items()), True),
        (LetInForm, _("Slipp inn igjen"), list(readers.shut.items()), False),
    )
    for form, button, services, kept_out in forms:
        if services:
            form.ask(
                case,
                at=str(concern.id),
                button=button,
                options={"service": services, "said_by": people.choices(family)},
                oppmerksomhet=concern.id,
                kept_out=kept_out,
                names=names,
                then=then,
            )


def ask(case: OpenCase, taking_part: Sequence[Person], standings: Sequence[Standing]) -> None:
    """Offer the same for all that is looked at, behind one press, whichever step the log stands in, while a service sees it."""
    key = f"{case.number}.keep_out".replace("-", "_")
    is_seen = any(s.state is ConsentState.ACTIVE for s in standings)
    if not is_seen or not st.toggle(_("En tjeneste skal ikke se alt"), key=key):
        return
    concerns = story.concerns_in(story.oppmerksomheter(case), case.round)
    readers = who_reads(case, concerns, standings)
    if not readers:
        shown.show(shown.note(_("Det er ikke skrevet noe dere kan holde noen utenfor ennå.")))
        return

    def done(_narrowing: object) -> None:
        del st.session_state[key]

    titles = apart((c.id, c.title) for c in concerns)
    shown.show(shown.facts([(titles[c.id], told(readers[c.id])) for c in concerns]))
    chosen = st.selectbox(
        _("Hva gjelder det?"),
        list(titles),
        index=None,
        key=f"{key}.which",
        format_func=lambda one: titles.get(one, ""),
        placeholder=_("Velg"),
    )
    for concern in concerns:
        if concern.id == chosen:
            ask_about_one(case, taking_part, concern, readers[concern.id], done)

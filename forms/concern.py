"""An oppmerksomhet: what it is and what we want to reach, more about it behind one press, and who sees it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

import streamlit as st
from markupsafe import Markup

from bti.casework import consenting, describing
from bti.casework.consenting import Standing
from bti.casework.door import Asking, OpenCase
from bti.casework.people import Person, PersonKind
from bti.casework.planning import PlanView
from bti.casework.story import OppmerksomhetView
from bti.content.labels import label
from bti.content.words import goal_sentence
from bti.language import N_, _, listed
from bti.rules.access import Action, may
from bti.rules.consent import Category, ConsentState
from bti.rules.goal import Area, GoalStatus
from forms import people, shown
from forms.allowed import MustChoose, SentenceOrNothing, StoryOrNothing
from forms.fields import Choose, ChooseSome, Paragraph, Pick
from forms.form import Form
from forms.parts import Parts

CATEGORIES = tuple(c for c in Category if c is not Category.CHILD_STATEMENTS)


class DescribeForm(Form, saves_with=describing.describe, given=("oppmerksomhet", "version")):
    """More about it. Nothing of it has to be answered; what it is about says who may read it."""

    description: Annotated[StoryOrNothing, Paragraph(N_("Mer om det (kan stå tomt)"), lines=2)] = ""
    area: Annotated[Area | None, Pick(N_("Hvilket område gjelder det?"), words=Area)] = None
    category: Annotated[Category, Pick(N_("Hva handler teksten om?"), words=Category, among=CATEGORIES)]
    owners: Annotated[tuple[UUID, ...], ChooseSome(N_("Hvem sitt mål er det?"), help=N_("Felles"))] = ()
    success_sign: Annotated[
        SentenceOrNothing, Paragraph(N_("Hvordan merker vi at det går bedre? (kan stå tomt)"), lines=2)
    ] = ""
    goal_status: Annotated[GoalStatus | None, Pick(N_("Hvor langt har vi kommet?"), words=GoalStatus)] = None


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


def told(
    concerns: Sequence[OppmerksomhetView], readers: Mapping[UUID, Readers] | None = None, *, in_the_plan: bool = False
) -> Markup | None:
    """Show what we look at together, each with its goal; in the plan it is said when none is written (R-27)."""
    if not concerns:
        return None
    return shown.joined(
        shown.filled(
            '<div class="bti-concern"><strong>{title}</strong>{lines}</div>',
            title=c.title,
            lines=shown.joined(
                shown.filled("<p>{text}</p>", text=text)
                for text in (c.description, *_goal(c, in_the_plan=in_the_plan), _seen(readers[c.id]) if readers else "")
                if text
            ),
        )
        for c in concerns
    )


def _goal(concern: OppmerksomhetView, *, in_the_plan: bool) -> tuple[str, ...]:
    goal, follows = concern.goal, goal_sentence(concern.goal.text, concern.title)
    unwritten = in_the_plan and not goal.text
    said = (
        _("Det er ikke skrevet noe mål. Målet blir «{maal}».", maal=follows)
        if unwritten
        else _("Mål: {maal}", maal=follows)
    )
    sign = _("Slik merker vi det: {tegn}", tegn=goal.success_sign) if goal.success_sign else ""
    return said, sign, label(goal.status) if goal.status else ""


def _seen(readers: Readers) -> str:
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


def ask_more(case: OpenCase, view: PlanView, concern: OppmerksomhetView, readers: Readers | None, parts: Parts) -> bool:
    """Offer to write more about one, and ask when that is chosen. Return whether it is asked now."""
    opened = f"{parts.key}.more"
    if st.session_state.get(opened) != concern.id:
        if st.button(_("Mer om denne, og hvem som ser den"), key=f"{opened}.open", type="tertiary"):
            st.session_state[opened] = concern.id
            st.rerun()
        return False

    def then(_saved: object) -> None:
        st.session_state.pop(opened, None)
        parts.keep_open()

    DescribeForm.ask(
        case,
        at=str(concern.id),
        button=_("Lagre mer om det"),
        stored=_stored(concern),
        version=concern.version,
        options={"owners": people.choices(view.people)},
        oppmerksomhet=concern.id,
        then=then,
    )
    if readers and may(case.sight, Action.RECORD_CONSENT):
        _ask_who_sees(case, view.people, concern, readers, parts)
    return True


def _stored(concern: OppmerksomhetView) -> dict[str, Any]:
    return {
        "description": concern.description,
        "area": concern.area,
        "category": concern.category,
        "owners": sorted(concern.goal.owners, key=str),
        "success_sign": concern.goal.success_sign,
        "goal_status": concern.goal.status,
    }


def _ask_who_sees(
    case: OpenCase,
    taking_part: Sequence[Person],
    concern: OppmerksomhetView,
    readers: Readers,
    parts: Parts,
) -> None:
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
                then=parts.keep_open,
            )

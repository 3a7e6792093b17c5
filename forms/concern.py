"""An oppmerksomhet: what it is and what we want to reach, more about it behind one press, and who sees it."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from uuid import UUID

import streamlit as st
from markupsafe import Markup

from bti.casework.door import OpenCase
from bti.casework.said import describing
from bti.casework.steps.planning import PlanView
from bti.casework.story import OppmerksomhetView
from bti.content.labels import label
from bti.content.words import goal_sentence
from bti.language import N_, _
from bti.rules.access import Action, may
from bti.rules.consent import Category
from bti.rules.goal import Area, GoalStatus
from forms import keep_out, people, shown
from forms.allowed import SentenceOrNothing, StoryOrNothing
from forms.fields import ChooseSome, Paragraph, Pick
from forms.form import Form
from forms.keep_out import Readers
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
                for text in (
                    c.description,
                    *_goal(c, in_the_plan=in_the_plan),
                    keep_out.told(readers[c.id]) if readers else "",
                )
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
        keep_out.ask_about_one(case, view.people, concern, readers, parts.keep_open)
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

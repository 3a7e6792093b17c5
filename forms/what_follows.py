"""What follows from what and who, behind one press on a tiltak: shown as it stands now, and changed where it is not so."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

import streamlit as st

from bti.casework.door import OpenCase
from bti.casework.said import what_follows
from bti.casework.steps import planning
from bti.casework.steps.planning import PlanView
from bti.casework.story import TiltakView
from bti.language import N_, _
from bti.rules.consent import YesNo
from bti.rules.people import ServiceKind
from bti.rules.tiltak import Arena, EvaluationMode
from forms import people
from forms.allowed import SentenceOrNothing
from forms.fields import Choose, ChooseSome, Day, Paragraph, Pick
from forms.form import Form
from forms.parts import Parts


class WhatFollowsForm(Form, saves_with=what_follows.change_what_follows, given=("tiltak", "version")):
    """All that follows, to be changed by hand. What is left as it is goes on following."""

    arena: Annotated[Arena | None, Pick(N_("Hvor skjer det?"), words=Arena)] = None
    contributors: Annotated[tuple[UUID, ...], ChooseSome(N_("Hvem hjelper til?"))] = ()
    start: Annotated[date | None, Day(N_("Fra hvilken dag?"))] = None
    deadline: Annotated[date | None, Day(N_("Frist"))] = None
    evaluation_due: Annotated[date | None, Day(N_("Når evaluerer vi tiltaket?"))] = None
    evaluation_mode: Annotated[EvaluationMode | None, Pick(N_("Hvordan evaluerer vi det?"), words=EvaluationMode)] = (
        None
    )
    follow_up_by: Annotated[UUID | None, Choose(N_("Hvem følger det opp?"))] = None
    follow_up_how: Annotated[
        SentenceOrNothing,
        Paragraph(
            N_("Hvordan følger vi det opp? (kan stå tomt)"),
            help=N_("Vi tar det opp på evalueringsmøtet"),
            lines=2,
        ),
    ] = ""
    formal_decision: Annotated[YesNo | None, Pick(N_("Kan tiltaket kreve enkeltvedtak?"), words=YesNo)] = None


def stored(tiltak: TiltakView, view: PlanView, owner: ServiceKind) -> dict[str, Any]:
    """Return what follows, as it stands now."""
    days = planning.dates_of(tiltak, view.meeting)
    return {
        "arena": planning.arena_of(tiltak, owner) if tiltak.who else tiltak.arena,
        "contributors": sorted(tiltak.contributors, key=str),
        "start": days.start,
        "deadline": days.deadline,
        "evaluation_due": days.evaluation,
        "evaluation_mode": tiltak.evaluation_mode or EvaluationMode.JOINT_MEETING,
        "follow_up_by": what_follows.follows_up(tiltak, view.people),
        "follow_up_how": tiltak.follow_up_how,
        "formal_decision": YesNo.YES if tiltak.requires_formal_decision else YesNo.NO,
    }


def ask(case: OpenCase, view: PlanView, tiltak: TiltakView, owner: ServiceKind, parts: Parts) -> bool:
    """Offer to change what follows of one tiltak, and ask when that is chosen. Return whether it is asked now."""
    opened = f"{parts.key}.follows"
    if st.session_state.get(opened) != tiltak.id:
        if st.button(_("Endre det som følger"), key=f"{opened}.open", type="tertiary"):
            st.session_state[opened] = tiltak.id
            st.rerun()
        return False

    def then(_saved: object) -> None:
        st.session_state.pop(opened, None)
        parts.saved()

    WhatFollowsForm.ask(
        case,
        at=str(tiltak.id),
        button=_("Lagre det som følger"),
        stored=stored(tiltak, view, owner),
        version=tiltak.version,
        options={"contributors": people.choices(view.people), "follow_up_by": people.adults(view.people)},
        tiltak=tiltak.id,
        then=then,
    )
    return True

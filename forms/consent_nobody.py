"""The family lets nobody else in: who says so is written down, and the work goes on in the own service (R-10)."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

import streamlit as st
from markupsafe import Markup

from bti.casework.consent import consenting
from bti.casework.consent.consenting import ConsentView
from bti.casework.desk.seeing import HeadView
from bti.casework.door import OpenCase
from bti.casework.people.people import Person
from bti.content.words import read_back
from bti.language import N_, _
from bti.rules.consent import ConsentForm, ConsentLevel
from forms import consent_asking, modes, shown
from forms.allowed import LineOrNothing, MustChoose
from forms.fields import ChooseSome, Line, Pick
from forms.form import Answers, Form
from forms.parts import Parts


class NobodyForm(Form, saves_with=consenting.let_nobody_in, given=("services", "meeting")):
    """Who says no, each for herself, and how it was said. Nobody is chosen beforehand."""

    said_by: Annotated[list[UUID], MustChoose, ChooseSome(N_("Hvem sier nei?"))]
    form: Annotated[ConsentForm, Pick(N_("Svaret er gitt"), words=ConsentForm)]
    reference: Annotated[LineOrNothing, Line(N_("Hvor er det journalført, eller hvor ligger papiret?"))] = ""

    @classmethod
    def asked_now(cls, raw: Answers) -> Sequence[str]:
        """Ask where it lies only when it is not given here."""
        hidden = {"reference"} if raw["form"] in {None, ConsentForm.ELECTRONIC} else set()
        return [name for name in cls.model_fields if name not in hidden]


def choose(case: OpenCase, *, chosen: bool) -> None:
    """Remember whether the family has said that nobody else is let in, until it is written down."""
    st.session_state[_key(case)] = chosen


def is_chosen(case: OpenCase) -> bool:
    """Say whether the family has just said that nobody else is let in."""
    return bool(st.session_state.get(_key(case)))


def told(case: OpenCase, view: ConsentView) -> Markup | None:
    """Say that nobody else is let in, when the family has been asked about no service and has a log in the own one."""
    return shown.paragraphs(_(consent_asking.NOBODY)) if case.row.own_log_yes_at and not view.standings else None


def ask(case: OpenCase, view: ConsentView, top: HeadView, taking_part: Sequence[Person], parts: Parts) -> None:
    """Read back that nobody is told anything, and ask who says so; where there is nobody to refuse, ask about the log here."""
    services = _services(view, taking_part)
    if not services:
        modes.ask_own_log(case, top)
        return
    names = [name for key, name in consent_asking.names(view).items() if key in services]
    shown.show(consent_asking.aloud([read_back(names, ConsentLevel.NO, frozenset(), case.today)]))

    def saved(_consent: object) -> None:
        choose(case, chosen=False)
        parts.saved()

    NobodyForm.ask(
        case,
        button=_("Lagre svaret"),
        options={"said_by": [(p.key, p.name) for p in taking_part if p.key in view.must_answer]},
        services=services,
        meeting=consenting.meeting_now(case),
        then=saved,
    )


def _services(view: ConsentView, taking_part: Sequence[Person]) -> frozenset[UUID]:
    """Return whom the no is to: the services of those who take part, and all the family has been asked about."""
    here = {p.service for p in taking_part}
    return frozenset(c.service for c in view.choices if c.service in here) | {s.service for s in view.standings}


def _key(case: OpenCase) -> str:
    return f"{case.number}.nobody".replace("-", "_")

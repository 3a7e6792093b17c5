"""When the family wants no digital log: what it wants instead, and the way back (K4, R-10, R-69)."""

from datetime import date
from typing import Annotated

import streamlit as st

from bti.casework.consent import consenting, modes
from bti.casework.desk.seeing import HeadView
from bti.casework.door import OpenCase
from bti.language import N_, _, weekday
from bti.rules.consent import ConsentState
from bti.rules.workflow import CaseStatus, StafettloggMode
from forms import shown
from forms.allowed import MustChoose
from forms.fields import Day, Pick, Tick
from forms.form import Form


class WithoutLogForm(Form, saves_with=modes.do_without_log):
    """What the family wants instead. Nothing is chosen beforehand."""

    mode: Annotated[
        StafettloggMode,
        Pick(
            N_("Hva vil familien?"),
            words=StafettloggMode,
            among=(StafettloggMode.NONE, StafettloggMode.PAPER),
            across=False,
        ),
    ]


class PaperMeetingForm(Form, saves_with=modes.note_paper_meeting):
    """The day of a meeting on paper."""

    day: Annotated[date, MustChoose, Day(N_("Dato for møtet"))]
    held: Annotated[bool, Tick(N_("Møtet er holdt"))] = False


def ask(case: OpenCase, top: HeadView) -> None:
    """Ask what the family wants: a log in the own service, none, paper; or a digital one after all."""
    if case.status is CaseStatus.CLOSED:
        return
    if case.mode is StafettloggMode.DIGITAL:
        _ask_without(case, top)
        return
    if case.mode is StafettloggMode.PAPER:
        _ask_meetings(case)
    if st.button(_("Familien vil ha en digital stafettlogg likevel"), key="create_log", type="tertiary"):
        modes.create_log(case)
        st.rerun()


def _ask_without(case: OpenCase, top: HeadView) -> None:
    nobody = bool(top.standings) and all(s.state is ConsentState.REFUSED for s in top.standings)
    if nobody and not case.row.own_log_yes_at:
        ask_own_log(case, top)
    if st.toggle(_("Familien vil ikke ha en digital logg"), key="without_log"):
        WithoutLogForm.ask(case, button=_("Lagre valget"))


def ask_own_log(case: OpenCase, top: HeadView) -> None:
    """Ask for the family's yes to a log in the own service, when nobody else is let in (R-10)."""
    words = _(
        "Det er ikke gitt samtykke til å dele. Arbeidet kan fortsette i egen tjeneste. Kan {eier} likevel skrive her?",
        eier=top.owner_service,
    )
    shown.show(shown.note(words))
    if st.button(_("Ja, familien vil ha loggen her"), key="own_log_yes"):
        consenting.own_log_yes(case)
        st.rerun()


def _ask_meetings(case: OpenCase) -> None:
    """Show the meetings on paper and ask for one more; and end the case here."""
    held = modes.paper_meetings(case)
    if held:
        words = {True: _("holdt"), False: _("avtalt")}
        shown.show(shown.bullets(f"{weekday(m.day)}: {words[m.held]}" for m in held))
    PaperMeetingForm.ask(case, at=str(len(held)), button=_("Noter møtet"))
    if st.toggle(_("Arbeidet er ferdig"), key="end_on_paper") and st.button(_("Avslutt saken"), key="end"):
        modes.end_on_paper(case)
        st.rerun()

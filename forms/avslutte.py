"""The end of a case: another reason than the goal, what is left to do afterwards, and opening it again."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

import streamlit as st
from markupsafe import Markup

from bti import clock
from bti.casework.desk import reopening, tasks
from bti.casework.desk.seeing import HeadView
from bti.casework.desk.tasks import ReceiptView, Task
from bti.casework.door import Asking, OpenCase
from bti.casework.people.people import Person
from bti.casework.said import telling
from bti.casework.steps import closing, deciding
from bti.casework.steps.closing import ClosingView
from bti.casework.steps.deciding import DecideView
from bti.casework.story import InformView
from bti.content.labels import label
from bti.language import N_, _, figures, long_date
from bti.rules.access import Action, may
from bti.rules.closing import ASKS_ALL, BY_HAND, THE_FAMILY_SAYS_SO, TaskKind
from bti.rules.workflow import CaseStatus, ClosingReason
from forms import frame, shown, veien_videre
from forms import people as named
from forms.allowed import LineOrNothing, MustChoose, Name, Sentence, SentenceOrNothing
from forms.fields import Choose, Day, Line, Paragraph, Pick
from forms.form import Answers, Form


class CloseForm(Form, saves_with=closing.close):
    """Why the log ends. The family's own wish asks who said it, and nothing more."""

    reason: Annotated[
        ClosingReason, Pick(N_("Hvorfor avslutter vi?"), words=ClosingReason, among=BY_HAND, across=False)
    ]
    said_by: Annotated[LineOrNothing, Line(N_("Hvem sa det?"))] = ""
    best_interests: Annotated[SentenceOrNothing, Paragraph(N_("Hva er best for barnet nå, og hvorfor?"), lines=3)] = ""
    who: Annotated[UUID | None, Choose(N_("Hvem forteller barnet det?"))] = None
    note: Annotated[SentenceOrNothing, Paragraph(N_("Vil dere legge til noe? (kan stå tomt)"), lines=2)] = ""

    @classmethod
    def asked_now(cls, raw: Answers) -> Sequence[str]:
        """Ask what the reason asks for, and nothing before there is one."""
        reason = raw["reason"]
        wanted = {
            "said_by": reason in THE_FAMILY_SAYS_SO,
            "best_interests": reason in ASKS_ALL,
            "who": reason in ASKS_ALL,
            "note": reason is not None,
        }
        return [name for name in cls.model_fields if wanted.get(name, True)]


class LaterForm(Form, saves_with=telling.agree_afterwards, given=("version",)):
    """Who tells the child, when the family has closed the log and nobody has been asked yet."""

    who: Annotated[UUID, MustChoose, Choose(N_("Hvem forteller barnet det?"))]
    by: Annotated[date, MustChoose, Day(N_("Innen"))]
    how: Annotated[LineOrNothing, Line(N_("Hvordan, hvis det ikke er i en samtale?"))] = ""


class ReceiptForm(Form, saves_with=tasks.record_archived):
    """Where the log was archived, and when."""

    reference: Annotated[Name, Line(N_("Referanse i arkivet"))]
    archived_on: Annotated[date, MustChoose, Day(N_("Arkivert den"))]


def again(asked: Asking, *, number: str, reason: str) -> None:
    """Open a closed log again."""
    reopening.reopen(asked.actor, number=number, reason=reason)


class ReopenForm(Form, saves_with=again):
    """Which log, and why. It is opened without being read."""

    number: Annotated[Name, Line(N_("Nummeret på stafettloggen"))]
    reason: Annotated[Sentence, Paragraph(N_("Hvorfor skal den åpnes igjen?"), lines=2)]


def otherwise(case: OpenCase, top: HeadView, view: DecideView | None) -> None:
    """Behind one press, in whatever step the log stands: close it for another reason than the goal (R-19, R-20)."""
    if not may(case.sight, Action.LEAD) or case.status is CaseStatus.CLOSED:
        return
    if not st.toggle(_("Avslutte av en annen grunn"), key=f"{case.number}.close".replace("-", "_")):
        return
    if veien_videre.is_plan_near(case, top):
        shown.show(
            shown.note(
                _("Barnet kan ha rett til barnekoordinator eller individuell plan.")
                + " "
                + _("Velger familien det, avsluttes loggen her og arbeidet går videre i planen.")
            )
        )
    view = view or deciding.view(case)
    best, informing = view.best_interests, view.informing
    CloseForm.ask(
        case,
        button=_("Avslutt stafettloggen"),
        stored={"best_interests": best.text if best else "", "who": informing.who if informing else None},
        options={"who": named.adults(view.people)},
        done=_("Stafettloggen er avsluttet."),
        then=lambda _nothing: frame.go_to("stafettlogg", case.number),
    )


def told(closings: Sequence[ClosingView], receipts: Sequence[ReceiptView]) -> Markup:
    """Say how the log was closed, and where it was archived."""
    sections = [
        shown.facts(
            [
                (_("Avsluttet"), long_date(clock.day(one.at))),
                (_("Grunn"), label(one.reason)),
                (_("Sagt av"), one.said_by),
                (_("Merknad"), one.note),
                (_("Åpnet igjen"), long_date(clock.day(one.reopened_at)) if one.reopened_at else ""),
                (_("Hvorfor den ble åpnet igjen"), one.reopened_because or ""),
            ]
        )
        for one in closings
    ]
    sections += [shown.paragraphs(told_receipt(one)) for one in receipts]
    if not sections:
        return Markup("")
    return shown.filled(
        '<section class="bti-part"><h2>{title}</h2>{body}</section>', title=_("Avslutning"), body=shown.joined(sections)
    )


def told_receipt(receipt: ReceiptView) -> str:
    """Say where something was archived."""
    return _(
        "Arkivert {dato} ved {sted}, {referanse}.",
        dato=figures(receipt.archived_on),
        sted=receipt.unit,
        referanse=receipt.reference,
    )


def ask_what_is_left(case: OpenCase, top: HeadView, taking_part: Sequence[Person], left: Sequence[Task]) -> None:
    """Ask for what is left to do when the meeting is over: tell the child, archive the log. One press or one small form each.

    The one who leads is asked for all of it, and the one who has agreed to tell the child for that.
    """
    leads = may(case.sight, Action.LEAD)
    for task in left:
        if task.telling and telling.may_say(case, task.telling):
            _ask_to_tell(case, top, taking_part, task.telling)
        elif leads and task.kind is TaskKind.INFORM_CHILD:
            LaterForm.ask(case, button=_("Lagre"), options={"who": named.adults(taking_part)})
        elif leads:
            shown.show(shown.note(_("Referatet er ikke arkivert i barnets mappe.")))
            ReceiptForm.ask(case, button=_("Loggen er arkivert"))


def _ask_to_tell(case: OpenCase, top: HeadView, taking_part: Sequence[Person], task: InformView) -> None:
    shown.show(veien_videre.told_telling(task, taking_part, top.child) or Markup(""))
    if st.button(_("{barn} har fått vite det", barn=top.child), key=f"told.{task.id}"):
        telling.child_was_told(case, task=task.id, version=task.version)
        st.rerun()

"""Who must answer for this child when it is decided beside the kommune's rule; and the two approvals of a strict address."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Annotated
from uuid import UUID

import streamlit as st
from markupsafe import Markup

from bti.casework.consent import case_decisions, notice
from bti.casework.consent.case_decisions import Decided
from bti.casework.consent.notice import NoticeView
from bti.casework.door import Asking, At, OpenCase
from bti.casework.intake import protecting
from bti.casework.people.people import Person, PersonKind
from bti.content.labels import label
from bti.language import N_, _, long_date
from bti.rules.consent import NAMES_WHO_ANSWERS, DecisionValue, Notice
from bti.rules.people import Actor
from forms import shown
from forms.allowed import MustChoose, Name, Sentence
from forms.fields import ChooseSome, Day, Line, Paragraph, Pick
from forms.form import Answers, Form
from forms.press import press

ENTERED_HERE = tuple(value for value in DecisionValue if value is not DecisionValue.APPROVED)


class WhoAnswersForm(Form, saves_with=case_decisions.decide_who_answers):
    """A decision for one child: what, who decided it, when and why."""

    value: Annotated[DecisionValue, Pick(N_("Hva er bestemt?"), words=DecisionValue, among=ENTERED_HERE, across=False)]
    consenters: Annotated[list[UUID], ChooseSome(N_("Hvem skal svare?"))] = []  # noqa: RUF012
    decided_by: Annotated[Name, Line(N_("Hvem har bestemt det?"))]
    decided_on: Annotated[date, MustChoose, Day(N_("Når ble det bestemt?"))]
    reason: Annotated[Sentence, Paragraph(N_("Hvorfor?"), lines=2)]

    @classmethod
    def asked_now(cls, raw: Answers) -> Sequence[str]:
        """Ask who answers only when the decision names somebody."""
        hidden = set() if raw["value"] in NAMES_WHO_ANSWERS else {"consenters"}
        return [name for name in cls.model_fields if name not in hidden]


def approve(asked: Asking, *, child_name: str, birth_date: date, reason: str) -> None:
    """Approve, as the one who is signed in."""
    protecting.approve(asked.actor, child_name=child_name, birth_date=birth_date, reason=reason)


class ApproveForm(Form, saves_with=approve):
    """One of the two approvals. It says nothing of whether there is a log."""

    child_name: Annotated[Name, Line(N_("Barnets navn"))]
    birth_date: Annotated[date, MustChoose, Day(N_("Fødselsdato"))]
    reason: Annotated[Sentence, Paragraph(N_("Hvorfor?"), lines=2)]


def told(decisions: Sequence[Decided]) -> Markup:
    """Say what is decided for this child, by whom and why."""
    lines = [
        _(
            "{hva}. Bestemt {dato} av {navn}: {hvorfor}",
            hva=label(d.value),
            dato=long_date(d.decided_on),
            navn=d.decided_by,
            hvorfor=d.reason,
        )
        for d in decisions
    ]
    lines += [_told_notice(one, one.on) for d in decisions for one in d.notices if one.on]
    return shown.bullets(lines)


def _told_notice(one: NoticeView, on: date) -> str:
    """Say that a guardian was told, or that it could not be done: by whom and when."""
    said = {"foresatt": one.name, "dato": long_date(on), "navn": one.by}
    if one.what is Notice.GIVEN:
        return _("{foresatt} har fått vite det. Skrevet {dato} av {navn}.", **said)
    return _("{foresatt} kan ikke få vite det. Skrevet {dato} av {navn}.", **said)


def ask_who_answers(case: OpenCase, taking_part: Sequence[Person]) -> None:
    """Show what is decided for this child about who answers, and take a new decision behind one press."""
    decisions = case_decisions.decided(case)
    if decisions:
        shown.show(told(decisions))
        _ask_notice(case, decisions)
    if st.toggle(_("Det er bestemt noe annet om hvem som skal svare"), key=f"{case.number}.who".replace("-", "_")):
        guardians = [(p.key, p.name) for p in taking_part if p.kind is PersonKind.GUARDIAN]
        WhoAnswersForm.ask(case, button=_("Lagre hvem som skal svare"), options={"consenters": guardians})


def _ask_notice(case: OpenCase, decisions: Sequence[Decided]) -> None:
    """Ask of each guardian who does not answer whether she has been told, for as long as nobody has said so (R-03)."""
    for decision, one in ((d.id, one) for d in decisions for one in d.notices if one.waits):
        shown.show(shown.note(_("{foresatt} skal få vite hvem som svarer på samtykket.", foresatt=one.name)))
        for words, what in ((_("Har fått vite det"), Notice.GIVEN), (_("Det lar seg ikke gjøre"), Notice.NOT_POSSIBLE)):
            note = partial(notice.note_notice, case, decision=decision, guardian=one.guardian, notice=what)
            press(words, key=f"{case.number}.notice.{one.guardian}.{what}", act=note)


def ask_to_approve(me: Actor) -> None:
    """Let the koordinator and the personvernombud approve a log for a child with strengt fortrolig address (R-60)."""
    if protecting.may_approve(me) and st.toggle(_("Godkjenn stafettlogg for barn med strengt fortrolig adresse")):
        ApproveForm.ask(At(me, ""), button=_("Godkjenn"), done=_("Godkjenningen er skrevet ned."))

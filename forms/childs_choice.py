"""The child shares what it has said with others than before: one press, and the same question once more (R-34)."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

import streamlit as st

from bti.casework.consent.consenting import Standing
from bti.casework.door import OpenCase
from bti.casework.said import childs_choice
from bti.language import N_, _
from bti.rules.childs_voice import ShareWith
from forms import childs_voice, shown
from forms.fields import ChooseSome, Pick
from forms.form import Answers, Form

AGAIN = (ShareWith.ALL, ShareWith.NAMED, ShareWith.NONE)


class ReadersForm(Form, saves_with=childs_choice.choose_readers, given=("view", "version")):
    """Whom the child shares it with now. Nothing is chosen beforehand."""

    share_with: Annotated[
        ShareWith, Pick(N_("Hvem vil barnet dele det med?"), words=ShareWith, among=AGAIN, across=False)
    ]
    named: Annotated[list[UUID], ChooseSome(N_("Hvilke tjenester?"))] = []  # noqa: RUF012 - Pydantic copies it

    @classmethod
    def asked_now(cls, raw: Answers) -> Sequence[str]:
        """Ask which when it is only some."""
        return [name for name in cls.model_fields if name != "named" or raw["share_with"] is ShareWith.NAMED]


def ask(case: OpenCase, child: str, standings: Sequence[Standing]) -> None:
    """Ask again of each thing the child has said in this round, behind one press. Of nothing said there is nothing to ask."""
    said = childs_choice.may_be_chosen(case)
    key = f"{case.number}.childs_choice".replace("-", "_")
    if not said or not st.toggle(_("{barn} vil dele det som er sagt, med andre enn før", barn=child), key=key):
        return

    def chosen(_view: object) -> None:
        del st.session_state[key]

    shown.show(shown.quiet(_("Velger barnet ingen, blir ordene tatt bort fra loggen.")))
    for one in said:
        if told := childs_voice.told_words(one, child):
            shown.show(told)
        ReadersForm.ask(
            case,
            at=str(one.id),
            button=_("Lagre hvem barnet deler med"),
            options={"named": childs_voice.services(standings)},
            view=one.id,
            version=one.version,
            then=chosen,
        )

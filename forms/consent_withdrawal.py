"""A yes is taken back: from all, from some services, or only an addition. No reason is asked, ever (R-07)."""

from collections.abc import Collection, Sequence
from typing import Annotated
from uuid import UUID

import streamlit as st

from bti import clock
from bti.casework import consenting
from bti.casework.consenting import ConsentView
from bti.casework.door import Asking, OpenCase
from bti.casework.people import Person
from bti.content.labels import label
from bti.errors import Reason, Refused
from bti.language import N_, _, clock_time, listed
from bti.rules.consent import ConsentAddition
from forms import consent_asking
from forms.fields import Chips, ChooseSome, Tick
from forms.form import Answers, Form


def stop(
    asked: Asking,
    *,
    services: Sequence[UUID],
    everybody: bool,
    additions: Collection[ConsentAddition],
    standing: Collection[UUID],
    consenter: UUID,
) -> str:
    """Stop the sharing now, with all or with those named; and say what was stopped, and when."""
    named = list(standing) if everybody else list(services)
    if not named:
        raise Refused(Reason.MISSING, field="services")
    consenting.withdraw(asked, consenter=consenter, services=named, additions=frozenset(additions))
    at = clock_time(clock.now())
    if additions:
        what = listed([label(a) for a in ConsentAddition if a in additions])
        return _("Trukket tilbake. Ingenting om {hva} deles fra kl. {tid}.", hva=what, tid=at)
    return _("Samtykket er trukket tilbake. Ingenting deles fra kl. {tid}.", tid=at)


class WithdrawForm(Form, saves_with=stop, given=("standing", "consenter")):
    """Take a yes back. No reason is asked."""

    everybody: Annotated[bool, Tick(N_("Jeg vil at dere slutter å dele med alle"))] = False
    services: Annotated[list[UUID], ChooseSome(N_("Jeg vil at dere slutter å dele med"))] = []  # noqa: RUF012
    additions: Annotated[
        list[ConsentAddition], Chips(N_("Bare dette, ikke resten? (kan stå tomt)"), words=ConsentAddition)
    ] = []  # noqa: RUF012

    @classmethod
    def asked_now(cls, raw: Answers) -> Sequence[str]:
        """Ask with whom, unless it is all; here there is no addition to take back alone."""
        return ["everybody"] if raw["everybody"] else ["everybody", "services"]


class WithdrawPartForm(WithdrawForm, saves_with=stop, given=("standing", "consenter")):
    """Take a yes back, or only an addition to it."""

    @classmethod
    def asked_now(cls, raw: Answers) -> Sequence[str]:
        """Ask about the additions too."""
        return [*super().asked_now(raw), "additions"]


def take_back(case: OpenCase, view: ConsentView, taking_part: Sequence[Person]) -> None:
    """Let each one who has said yes to something take it back, at any time, behind one press."""
    for person in taking_part:
        standing = view.has_answered.get(person.key, frozenset())
        if standing and st.toggle(_("{navn} vil trekke samtykke", navn=person.first_name), key=f"stop.{person.key}"):
            form = WithdrawPartForm if person.key in view.with_additions else WithdrawForm
            form.ask(
                case,
                at=str(person.key),
                button=_("Slutt å dele nå"),
                options={"services": [(s, n) for s, n in consent_asking.names(view).items() if s in standing]},
                standing=standing,
                consenter=person.key,
                then=_say,
            )


def _say(what: str) -> None:
    st.session_state["flash"] = what

"""A yes is taken back: from all, from some services, or only an addition. No reason is asked, ever (R-07)."""

from collections.abc import Collection, Sequence
from functools import partial
from typing import Annotated
from uuid import UUID

import streamlit as st

from bti import clock
from bti.casework.consent import consenting
from bti.casework.consent.consenting import ConsentView
from bti.casework.door import Asking, OpenCase
from bti.casework.people.people import Person
from bti.content.labels import label
from bti.errors import Reason, Refused
from bti.language import N_, _, clock_time, listed
from bti.rules.consent import ConsentAddition
from forms import consent_asking, shown
from forms.fields import Chips, ChooseSome, Tick
from forms.form import Answers, Form


def stop(
    asked: Asking,
    *,
    services: Sequence[UUID],
    everybody: bool,
    additions: Collection[ConsentAddition],
    asked_about: Collection[UUID],
    consenter: UUID,
) -> str:
    """Stop the sharing now, with all or with those named; and say what was stopped, and when."""
    named = list(asked_about) if everybody else list(services)
    if not named:
        raise Refused(Reason.MISSING, field="services")
    is_asked_anew = consenting.withdraw(asked, consenter=consenter, services=named, additions=frozenset(additions))
    at = clock_time(clock.now())
    if additions:
        what = listed([label(a) for a in ConsentAddition if a in additions])
        return _("Trukket tilbake. Ingenting om {hva} deles fra kl. {tid}.", hva=what, tid=at)
    said = [_("Samtykket er trukket tilbake. Ingenting deles fra kl. {tid}.", tid=at)]
    if is_asked_anew:
        said.append(_("Byttet av skole eller barnehage er ikke avtalt lenger. Familien spørres på nytt."))
    return " ".join(said)


class WithdrawForm(Form, saves_with=stop, given=("asked_about", "consenter")):
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


class WithdrawPartForm(WithdrawForm, saves_with=stop, given=("asked_about", "consenter")):
    """Take a yes back, or only an addition to it."""

    @classmethod
    def asked_now(cls, raw: Answers) -> Sequence[str]:
        """Ask about the additions too."""
        return [*super().asked_now(raw), "additions"]


def take_back(case: OpenCase, view: ConsentView, taking_part: Sequence[Person]) -> None:
    """Let each one who has answered take it back, at any time and whatever is being asked, behind one press.

    It is the same to see for a yes and a no, before the press and after it: the other one at the table is told nothing (R-10).
    """
    if any(view.has_answered.values()):
        shown.show(shown.quiet(_("Hvis noen vil noe annet, eller noe har endret seg:")))
    for person in taking_part:
        asked_about, key = view.has_answered.get(person.key, frozenset()), f"stop.{person.key}"
        if asked_about and st.toggle(_("{navn} vil trekke samtykke", navn=person.first_name), key=key):
            form = WithdrawPartForm if view.with_additions else WithdrawForm
            form.ask(
                case,
                at=str(person.key),
                button=_("Slutt å dele nå"),
                options={"services": [(s, n) for s, n in consent_asking.names(view).items() if s in asked_about]},
                asked_about=asked_about,
                consenter=person.key,
                then=partial(_say, key),
            )


def _say(key: str, what: str) -> None:
    st.session_state["flash"] = what
    del st.session_state[key]

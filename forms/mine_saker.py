"""The cases one takes part in, and a new one."""

from datetime import date
from typing import Annotated

import streamlit as st

from bti import clock
from bti.casework import creating
from bti.casework.creating import NewGuardian
from bti.casework.door import Asking
from bti.casework.seeing import CaseLine
from bti.content.words import label
from bti.errors import Reason, Refused
from bti.language import N_, _, clock_time, weekday
from bti.rules.people import GuardianRelation, ProtectedAddress
from bti.rules.workflow import CaseStatus
from forms import here, shown
from forms.fields import Day, Line, LineOrNothing, MustChoose, Name, Pick, Tick
from forms.form import Form


def make(
    asked: Asking,
    *,
    child_name: str,
    birth_date: date,
    protected_address: ProtectedAddress,
    first_name: str,
    first_relation: GuardianRelation,
    first_responsibility: bool,
    second_name: str,
    second_relation: GuardianRelation | None,
    second_responsibility: bool,
    other_class: bool,
) -> str:
    """Make a stafettlogg from what was typed, and return its number."""
    if second_name and second_relation is None:
        raise Refused(Reason.MISSING, field="second_relation")
    guardians = [NewGuardian(first_name, first_relation, first_responsibility)]
    if second_name and second_relation:
        guardians.append(NewGuardian(second_name, second_relation, second_responsibility))
    return creating.create_case(
        asked.actor,
        child_name=child_name,
        birth_date=birth_date,
        protected_address=protected_address,
        guardians=guardians,
        own_class=not other_class,
    )


class NewCaseForm(Form, saves_with=make):
    """The child and the guardians: what must be known before the family can be asked."""

    child_name: Annotated[Name, Line(N_("Barnets navn"))]
    birth_date: Annotated[date, MustChoose, Day(N_("Fødselsdato"))]
    protected_address: Annotated[ProtectedAddress, Pick(N_("Har barnet sperret adresse?"), words=ProtectedAddress)]
    first_name: Annotated[Name, Line(N_("Foresatt"))]
    first_relation: Annotated[GuardianRelation, Pick(N_("Hvem er det?"), words=GuardianRelation)]
    first_responsibility: Annotated[bool, Tick(N_("Har foreldreansvar"))] = False
    second_name: Annotated[LineOrNothing, Line(N_("En foresatt til, hvis det er noen"))] = ""
    second_relation: Annotated[GuardianRelation | None, Pick(N_("Hvem er den andre?"), words=GuardianRelation)] = None
    second_responsibility: Annotated[bool, Tick(N_("Den andre har foreldreansvar"))] = False
    other_class: Annotated[bool, Tick(N_("Barnet går i en annen klasse eller avdeling enn min"))] = False


def ask_for(asked: Asking, *, child_name: str, birth_date: date) -> None:
    """Ask the koordinator for a log. The answer is the same whether there is one or not (R-12)."""
    creating.request(asked.actor, child_name=child_name, birth_date=birth_date)


class RequestForm(Form, saves_with=ask_for):
    """The child somebody other than its own teacher is concerned for."""

    child_name: Annotated[Name, Line(N_("Barnets navn"))]
    birth_date: Annotated[date, MustChoose, Day(N_("Fødselsdato"))]


def card(line: CaseLine) -> None:
    """Draw one case in the list, and the way to where it stands."""
    facts = [_("steg {n}: {navn}", n=line.step.number, navn=label(line.step).lower())]
    if line.status is not CaseStatus.OPEN:
        facts = [label(line.status)]
    if line.meeting:
        facts.append(
            _("neste møte {dag} kl. {tid}", dag=weekday(clock.day(line.meeting)), tid=clock_time(line.meeting))
        )
    holder = _("Du er stafettholder") if line.is_mine else _("Stafettholder: {navn}", navn=line.stafettholder)
    shown.show(
        shown.filled(
            '<article class="bti-card"><h2>{child}</h2><p>{facts}</p><p class="bti-quiet">{holder}</p></article>',
            child=line.child,
            facts=" · ".join(facts),
            holder=holder,
        )
    )
    st.page_link(
        f"{line.step}.py",
        label=_("Åpne stafettlogg {nummer}", nummer=line.number),
        query_params={here.CASE: line.number},
    )

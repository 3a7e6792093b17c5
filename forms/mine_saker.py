"""The cases one takes part in, and a new one."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Annotated, Final, NamedTuple

import streamlit as st

from bti import clock
from bti.casework.desk import due
from bti.casework.desk.due import ListedCase
from bti.casework.door import Asking
from bti.casework.intake import creating
from bti.casework.intake.creating import NewGuardian
from bti.content.labels import label
from bti.errors import Reason, Refused
from bti.language import N_, _, clock_time, long_date, weekday
from bti.rules import privacy, subject
from bti.rules.due import Due, Section, Task
from bti.rules.people import GuardianRelation, ProtectedAddress
from bti.rules.workflow import CaseStatus
from forms import here, shown
from forms.allowed import LineOrNothing, MustChoose, Name
from forms.fields import Day, Line, Pick, Tick
from forms.form import Answers, Form


def make(
    asked: Asking,
    *,
    child_name: str,
    birth_date: date,
    protected_address: ProtectedAddress,
    first_name: str,
    first_relation: GuardianRelation | None,
    first_responsibility: bool,
    second_name: str,
    second_relation: GuardianRelation | None,
    second_responsibility: bool,
    other_class: bool,
) -> str:
    """Make a stafettlogg from what was typed, and return its number."""
    return creating.create_case(
        asked.actor,
        child_name=child_name,
        birth_date=birth_date,
        protected_address=protected_address,
        guardians=guardians(
            first_name, first_relation, first_responsibility, second_name, second_relation, second_responsibility
        ),
        own_class=not other_class,
    )


def guardians(
    first_name: str,
    first_relation: GuardianRelation | None,
    first_responsibility: bool,
    second_name: str,
    second_relation: GuardianRelation | None,
    second_responsibility: bool,
) -> list[NewGuardian]:
    """Return the guardians as typed: one, or two, of each it is known who it is; none of a young adult."""
    if not first_name or first_relation is None:
        return []
    first = NewGuardian(first_name, first_relation, first_responsibility)
    if not second_name:
        return [first]
    if second_relation is None:
        raise Refused(Reason.MISSING, field="second_relation")
    return [first, NewGuardian(second_name, second_relation, second_responsibility)]


class NewCaseForm(Form, saves_with=make):
    """The child and the guardians: what must be known before the family can be asked."""

    child_name: Annotated[Name, Line(N_("Barnets navn"))]
    birth_date: Annotated[date, MustChoose, Day(N_("Fødselsdato"))]
    protected_address: Annotated[ProtectedAddress, Pick(N_("Har barnet sperret adresse?"), words=ProtectedAddress)]
    first_name: Annotated[Name, Line(N_("Foresatt"))] = ""
    first_relation: Annotated[GuardianRelation | None, MustChoose, Pick(N_("Hvem er det?"), words=GuardianRelation)] = (
        None
    )
    first_responsibility: Annotated[bool, Tick(N_("Har foreldreansvar"))] = False
    second_name: Annotated[LineOrNothing, Line(N_("En foresatt til, hvis det er noen"))] = ""
    second_relation: Annotated[GuardianRelation | None, Pick(N_("Hvem er den andre?"), words=GuardianRelation)] = None
    second_responsibility: Annotated[bool, Tick(N_("Den andre har foreldreansvar"))] = False
    other_class: Annotated[bool, Tick(N_("Barnet går i en annen klasse eller avdeling enn min"))] = False

    @classmethod
    def asked_now(cls, raw: Answers) -> Sequence[str]:
        """Ask for no guardian of a young adult, who answers alone."""
        return [name for name in cls.model_fields if name not in OF_GUARDIANS or not is_of_age(raw["birth_date"])]


OF_GUARDIANS: Final = frozenset(name for name in NewCaseForm.model_fields if name.startswith(("first_", "second_")))


def is_of_age(born: date | None) -> bool:
    """Say whether somebody of this birth date is a young adult, once a date is chosen."""
    return subject.is_of_age(born, clock.today())


def ask_for(asked: Asking, *, child_name: str, birth_date: date) -> None:
    """Ask the koordinator for a log. The answer is the same whether there is one or not (R-12)."""
    creating.request(asked.actor, child_name=child_name, birth_date=birth_date)


class RequestForm(Form, saves_with=ask_for):
    """The child somebody other than its own teacher is concerned for."""

    child_name: Annotated[Name, Line(N_("Barnets navn"))]
    birth_date: Annotated[date, MustChoose, Day(N_("Fødselsdato"))]


class Next(NamedTuple):
    """What is said of one kind of thing a case waits for, and the page where it is done: none is the step's own."""

    words: str
    page: str = ""
    overdue: str = ""


NEXT: Final[Mapping[Due, Next]] = {
    Due.ANSWER_IN_ERROR: Next(N_("BTI-koordinatoren spør om stafettloggen er opprettet ved en feil."), "deltakere"),
    Due.ASK_FAMILY: Next(N_("Spør familien hvem dere kan samarbeide med."), "samtykke"),
    Due.FAMILY_ANSWERS: Next(N_("Venter på familien. Skriv ned svarene når de kommer."), "samtykke"),
    Due.GIVE_NOTICE: Next(N_("En med foreldreansvar skal få vite hvem som svarer på samtykket."), "samtykke"),
    Due.TALK_WITH_CHILD: Next(
        N_("Snakk med barnet før møtet, innen {dato}."), "", N_("Over fristen: samtalen med barnet, {dato}.")
    ),
    Due.TELL_CHILD: Next(
        N_("Fortell barnet hva som er bestemt, innen {dato}."),
        "stafettlogg",
        N_("Over fristen: å fortelle barnet hva som er bestemt, {dato}."),
    ),
    Due.AGREE_WHO_TELLS: Next(N_("Avtal hvem som forteller barnet at loggen er avsluttet."), "stafettlogg"),
    Due.EVALUATE_TILTAK: Next(
        N_("Evaluer tiltaket innen {dato}."), "", N_("Over fristen: evalueringen av et tiltak, {dato}.")
    ),
    Due.NEW_RESPONSIBLE: Next(N_("Tiltaket trenger ny ansvarlig."), "iverksett"),
    Due.NOTE_PROGRESS: Next(
        N_("Skriv hvordan det går med tiltaket."),
        "iverksett",
        N_("Over fristen: notat om hvordan tiltaket går, {dato}."),
    ),
    Due.ANSWER_HANDOVER: Next(
        N_("Spør en ny stafettholder igjen."),
        "deltakere",
        N_("Over fristen: svar fra den som er spurt om å ta over, {dato}."),
    ),
    Due.ARCHIVE: Next(N_("Skriv ut stafettloggen og arkiver den."), "stafettlogg"),
    Due.ARCHIVE_TRANSFER: Next(
        N_("Barnet har byttet skole eller barnehage. Skriv ut stafettloggen og arkiver den."), "stafettlogg"
    ),
    Due.TRANSFER_NEEDS_YES: Next(
        N_("Familien må si ja til byttet av skole eller barnehage før {dato}."),
        "deltakere",
        N_("Over fristen: familiens ja til byttet av skole eller barnehage, {dato}."),
    ),
    Due.EVALUATION_MEETING: Next(
        N_("Forbered evalueringsmøtet {dato}."), "", N_("Over fristen: evalueringsmøtet, {dato}.")
    ),
    Due.YOUTH_ANSWERS: Next(
        N_("Barnet svarer selv på samtykket fra {dato}. Spør barnet før det."),
        "samtykke",
        N_("Barnet svarer selv på samtykket fra {dato}. Andre tjenester ser ingenting før barnet har svart."),
    ),
    Due.CONSENT_ENDS: Next(N_("Samtykket gjelder til {dato}. Spør familien om det skal fornyes."), "samtykke"),
}
"""The words of each kind (R-54), one row for each."""

HEADINGS: Final[Mapping[Section, str]] = {
    Section.WAITING: N_("Venter på meg"),
    Section.OVERDUE: N_("Over fristen"),
    Section.SOON: N_("Snart"),
    Section.MINE: N_("Mine"),
    Section.CLOSED: N_("Avsluttet"),
}
AT_FIRST: Final = 14
"""How many cases the page shows before one asks for the rest: the most urgent, so that a long list is a short page too."""
SAID_AT_ONCE: Final = 3


def show_list(listed: Sequence[ListedCase], today: date) -> None:
    """Draw the list in its sections, what is most urgent first, and what is closed when it is asked for."""
    words = st.text_input(
        _("Søk"), key="search", max_chars=privacy.SHORT, placeholder=_("Nummer, barnets navn eller stafettholder")
    )
    found = due.found(listed, words or "")
    if not found:
        shown.show(shown.note(_(Reason.NOT_YOURS)))
    closed = sum(one.section is Section.CLOSED for one in found)
    folded = closed and not words
    if folded and not st.toggle(_("Vis avsluttede ({n})", n=closed), value=closed == len(found), key="closed_cases"):
        found = tuple(one for one in found if one.section is not Section.CLOSED)
    if len(found) > AT_FIRST and not st.toggle(_("Vis alle {n}", n=len(found)), key="all_cases"):
        found = found[:AT_FIRST]
    for section, cases in groupby(found, key=lambda one: one.section):
        shown.show(
            shown.filled('<h2 id="{id}" class="bti-section">{title}</h2>', id=section, title=_(HEADINGS[section]))
        )
        for one in cases:
            _card(one, today)


def _card(one: ListedCase, today: date) -> None:
    """Draw one case in the list, what it waits for, and the way to where that is done."""
    line = one.line
    facts = [_("steg {n}: {navn}", n=line.step.number, navn=label(line.step).lower())]
    if line.status is not CaseStatus.OPEN:
        facts = [label(line.status)]
    if line.meeting:
        facts.append(
            _("neste møte {dag} kl. {tid}", dag=weekday(clock.day(line.meeting)), tid=clock_time(line.meeting))
        )
    waits_for = list(dict.fromkeys(said(task, today) for task in one.tasks))[:SAID_AT_ONCE]
    holder = _("Du er stafettholder") if line.is_mine else _("Stafettholder: {navn}", navn=line.stafettholder)
    shown.show(
        shown.filled(
            '<article class="bti-card"><h3>{child}</h3><p>{facts}</p>{next}<p class="bti-quiet">{holder}</p></article>',
            child=line.child,
            facts=" · ".join(facts),
            next=shown.joined(shown.filled('<p class="bti-next">{text}</p>', text=text) for text in waits_for),
            holder=holder,
        )
    )
    page = NEXT[one.tasks[0].kind].page if one.tasks else ""
    st.page_link(
        f"{page or line.step}.py",
        label=_("Åpne stafettlogg {nummer}", nummer=line.number),
        query_params={here.CASE: line.number},
    )


def said(task: Task, today: date) -> str:
    """Say what is to be done, or that its day has passed."""
    kind = NEXT[task.kind]
    if task.day is None:
        return _(kind.words)
    words = kind.overdue if kind.overdue and task.section(today) is Section.OVERDUE else kind.words
    if task.paused and words == kind.words and task.kind is not Due.NEW_RESPONSIBLE:
        moved = _("Fristen løper ikke i ferien. Ny frist er {dato}.", dato=long_date(task.day))
        return f"{_(words, dato=long_date(task.day))} {moved}"
    return _(words, dato=long_date(task.day))

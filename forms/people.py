"""Who takes part, as lists and as choices."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

import streamlit as st
from markupsafe import Markup

from bti.casework import story
from bti.casework.consent.consenting import Standing
from bti.casework.desk.seeing import HeadView
from bti.casework.door import Asking, OpenCase
from bti.casework.ground.naming import role
from bti.casework.people import people
from bti.casework.people.people import Colleague, Person, PersonKind
from bti.content.labels import label
from bti.errors import Reason, Refused
from bti.language import N_, _, first_up, long_date
from bti.rules.access import Action, may
from bti.rules.consent import ConsentState
from bti.rules.tiltak import TiltakStatus
from bti.rules.workflow import SHARES, WRITES_HERE, CaseStatus, Step
from forms import here, shown, undo
from forms.allowed import MustChoose
from forms.fields import ChooseSome, Day, Option, Tick, apart
from forms.form import Answers, Form
from forms.parts import Parts
from forms.press import press


def take_in(asked: Asking, *, users: list[UUID], for_a_while: bool, until: date | None) -> None:
    """Let colleagues take part, until further notice or to a last day."""
    if for_a_while and until is None:
        raise Refused(Reason.MISSING, field="until")
    people.add_colleagues(asked, users=users, until=until)


class ColleaguesForm(Form, saves_with=take_in):
    """Those who take part from here: role and why follow from the account and the service."""

    users: Annotated[list[UUID], MustChoose, ChooseSome(N_("Hvem skal være med?"))]
    for_a_while: Annotated[bool, Tick(N_("Bare til en dato, for en vikar"))] = False
    until: Annotated[date | None, Day(N_("Til og med"))] = None

    @classmethod
    def asked_now(cls, raw: Answers) -> Sequence[str]:
        """Ask for a last day when there is one."""
        return [name for name in cls.model_fields if name != "until" or raw["for_a_while"]]


def way_to_ask_for_more(case: OpenCase) -> None:
    """Show where the family is asked when somebody from a service consent does not cover is wanted (R-06)."""
    if case.mode in SHARES and may(case.sight, Action.RECORD_CONSENT) and case.status is not CaseStatus.DRAFT:
        words = _("Spør familien om en tjeneste til")
        st.page_link("samtykke.py", label=words, query_params={here.CASE: case.number})


def ask_who_comes(case: OpenCase, parts: Parts) -> None:
    """Ask, behind one press, who is to take part from now on; in step 1 it is asked there."""
    if case.stands_in(Step.OPPSTART) and case.mode in WRITES_HERE:
        return
    if not st.toggle(_("Noen flere skal være med"), key=f"{case.number}.comes"):
        return
    ask_colleagues(case, people.may_join(case), parts)


def ask_colleagues(case: OpenCase, may_join: Sequence[Colleague], parts: Parts, at: str = "") -> None:
    """Ask who is to take part, and to which day if there is a last one."""
    ColleaguesForm.ask(case, at=at, button=_("Legg til"), options={"users": colleagues(may_join)}, then=parts.saved)


def who_is_here(taking_part: Sequence[Person], top: HeadView | None = None) -> Markup:
    """Return the people of the case, family first; with the head, also whom to ask when the stafettholder is away (K11)."""
    return shown.bullets(_said(person) + _when_away(person, top) for person in taking_part)


def ask_who_leaves(case: OpenCase, taking_part: Sequence[Person]) -> None:
    """Ask, behind one press, whose part ends now; she sees nothing of the case at her next read."""
    colleagues = [p for p in taking_part if p.kind is PersonKind.STAFF and not p.is_stafettholder]
    if not colleagues or not st.toggle(_("Noen skal ikke være med lenger"), key=f"{case.number}.leaves"):
        return
    names = apart(choices(colleagues))
    who = st.selectbox(
        _("Hvem skal ikke være med lenger?"),
        list(names),
        index=None,
        key=f"{case.number}.leaves.who",
        format_func=lambda one: names.get(one, ""),
        placeholder=_("Velg"),
    )
    if who is not None:
        shown.show(_what_follows(case, who))
        press(
            _("Avslutt deltakelsen nå"),
            f"{case.number}.leaves.now",
            lambda: people.remove_colleague(case, participant=who),
            lambda: undo.offer(case, "colleague", participant=who),
            done=_("Kollegaen er ikke med lenger."),
        )


def _what_follows(case: OpenCase, who: UUID) -> Markup:
    """Say what it leads to that she leaves: she sees nothing, and what she does needs somebody new (R-26)."""
    hers = [t.text for t in story.tiltak(case) if t.responsible == who and t.status is TiltakStatus.PLANNED]
    said = shown.paragraphs(_("Den som slutter, ser ingenting her fra nå. Det som er skrevet, står."))
    if hers:
        said += shown.paragraphs(_("Tiltaket trenger ny ansvarlig.")) + shown.bullets(hers)
    return shown.note(said)


def everyone_is_here(taking_part: Sequence[Person], standings: Sequence[Standing]) -> bool:
    """Say whether each service the family has said yes to has somebody in the case."""
    here = {p.service for p in taking_part}
    return all(s.service in here for s in standings if s.state is ConsentState.ACTIVE)


def _said(person: Person) -> Markup:
    if person.kind is PersonKind.CHILD:
        about = ""
    elif person.kind is PersonKind.GUARDIAN:
        about = label(person.relation) if person.relation else ""
        if person.has_parental_responsibility:
            about = _("{hvem}, foreldreansvar", hvem=about)
        if person.by_agreement:
            about = _("{hvem}, leser som familien etter avtale", hvem=about)
    else:
        about = role(person.title, person.service_name)
        if person.is_stafettholder:
            about = _("{hvem} – stafettholder", hvem=about)
        if person.until:
            about = _("{hvem}, til og med {dato}", hvem=about, dato=long_date(person.until))
    why = shown.filled('<br><span class="bti-quiet">{why}</span>', why=first_up(person.why)) if person.why else ""
    return shown.filled("<strong>{name}</strong> {about}{why}", name=person.name, about=about, why=why)


def _when_away(person: Person, top: HeadView | None) -> Markup:
    if top is None or not top.when_away or not person.is_stafettholder:
        return Markup("")
    where = f"{top.owner_service}, {top.when_away}"
    said = _("Når {navn} er borte: {hvor}", navn=person.first_name, hvor=where)
    return shown.filled('<br><span class="bti-quiet">{said}</span>', said=said)


def named(person: Person) -> str:
    """Return a person as a choice: name and what she is here."""
    if person.kind is PersonKind.STAFF:
        return f"{person.name} ({person.service_name})"
    return f"{person.name} ({label(person.relation)})" if person.relation else person.name


def choices(taking_part: Sequence[Person]) -> list[Option]:
    """Return the people as choices."""
    return [(person.id, named(person)) for person in taking_part]


def adults(taking_part: Sequence[Person]) -> list[Option]:
    """Return those who can talk with the child."""
    return choices([p for p in taking_part if p.kind is not PersonKind.CHILD])


def guardians(taking_part: Sequence[Person]) -> list[Option]:
    """Return the guardians by their own keys: one of them may be whom something is about (R-59)."""
    return [(p.key, named(p)) for p in taking_part if p.kind is PersonKind.GUARDIAN]


def colleagues(may_join: Sequence[Colleague]) -> list[Option]:
    """Return those who can be asked to take part."""
    return [(c.user, f"{c.name}, {role(c.title, c.service_name)}") for c in may_join]


def name_of(taking_part: Sequence[Person], participant: UUID | None) -> str:
    """Return the first name of a participant, or a word for nobody."""
    return next((p.first_name for p in taking_part if p.id == participant), _("ingen ennå"))

"""The family's own facts: put right, with what follows shown first, and the phone to those who have agreed to use it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated, Final
from uuid import UUID

import streamlit as st
from markupsafe import Markup

from bti import clock
from bti.casework.door import OpenCase
from bti.casework.intake import protecting
from bti.casework.people import correcting, everyday
from bti.casework.people.family_facts import CorrectionView, FamilyView, GuardianView
from bti.casework.people.people import Person, PersonKind
from bti.content.corrections import corrected
from bti.content.labels import label
from bti.language import N_, _, clock_time, figures, long_date, weekday
from bti.rules.family import Corrected, ReceivesInformation, may_read_by_agreement
from bti.rules.people import GuardianRelation, SubjectType, WrittenNorm
from bti.rules.workflow import WRITES_HERE
from forms import people, shown
from forms.allowed import LineOrNothing, Name, PhoneOrNothing
from forms.fields import Choose, ChooseSome, Day, Line, Pick, Tick, apart
from forms.form import Answers, Form
from forms.parts import Parts
from forms.press import press

_SMS: Final = N_("Hei! Møtet er {dag} kl. {tid}. Hilsen {stafettholder}")
_SMS_UNSIGNED: Final = N_("Hei! Møtet er {dag} kl. {tid}.")
SAID: Final = frozenset({SubjectType.YOUNG_ADULT, SubjectType.PREGNANCY})
"""What is worth saying of whom the log is about: a child or a youth is what one expects."""


class ChildForm(Form, saves_with=correcting.correct_child, given=("version",)):
    """What is known of the child. What follows is said before anything is saved."""

    name: Annotated[Name, Line(N_("Barnets navn"))]
    birth_date: Annotated[date | None, Day(N_("Fødselsdato"))] = None
    due_date: Annotated[date | None, Day(N_("Termin"))] = None
    group: Annotated[LineOrNothing, Line(N_("Klasse eller avdeling (kan stå tomt)"))] = ""
    understood: Annotated[bool, Tick(N_("Vi har lest hva endringen fører til"))] = False

    @classmethod
    def asked_now(cls, raw: Answers) -> Sequence[str]:
        """Ask for the due date until there is a birth date."""
        born = raw["due_date"] is None
        return [name for name in cls.model_fields if name != "due_date" or not born]


class EverydayForm(Form, saves_with=everyday.save_everyday, given=("version",)):
    """Where the child goes, and how it is understood. All of it may stand empty."""

    home_service: Annotated[UUID | None, Choose(N_("Skole eller barnehage (kan stå tomt)"), nobody=N_("Ingen"))] = None
    language: Annotated[LineOrNothing, Line(N_("Språk (kan stå tomt)"))] = ""
    interpreter_language: Annotated[LineOrNothing, Line(N_("Tolk, på hvilket språk? (kan stå tomt)"))] = ""
    communication_needs: Annotated[
        LineOrNothing, Line(N_("Hva hjelper barnet å bli forstått? (kan stå tomt)"), help=N_("bilder, tegn, god tid"))
    ] = ""
    written_norm: Annotated[WrittenNorm | None, Pick(N_("Målform (kan stå tom)"), words=WrittenNorm)] = None


class GuardianForm(Form, saves_with=correcting.correct_guardian, given=("guardian", "version")):
    """Who the guardian is. What follows is said before anything is saved."""

    name: Annotated[Name, Line(N_("Foresatt"))]
    relation: Annotated[GuardianRelation, Pick(N_("Hvem er det?"), words=GuardianRelation)]
    has_parental_responsibility: Annotated[bool, Tick(N_("Har foreldreansvar"))] = False
    valid_from: Annotated[date | None, Day(N_("Gjelder fra (kan stå tomt)"))] = None
    valid_to: Annotated[date | None, Day(N_("Gjelder til og med (kan stå tomt)"))] = None
    by_mistake: Annotated[bool, Tick(N_("Ble skrevet inn ved en feil"))] = False
    understood: Annotated[bool, Tick(N_("Vi har lest hva endringen fører til"))] = False


class ContactForm(Form, saves_with=correcting.save_contact, given=("guardian", "version")):
    """How the guardian is reached and informed. All of it may stand empty."""

    phone: Annotated[PhoneOrNothing, Line(N_("Telefon (kan stå tom)"))] = ""
    phoned_by: Annotated[list[UUID], ChooseSome(N_("Hvem har avtalt å ringe? (kan stå tomt)"))]
    lives_with_child: Annotated[bool, Tick(N_("Bor sammen med barnet"))] = False
    receives_information: Annotated[
        ReceivesInformation | None, Pick(N_("Får informasjon (kan stå tomt)"), words=ReceivesInformation)
    ] = None
    language: Annotated[LineOrNothing, Line(N_("Språk (kan stå tomt)"))] = ""
    interpreter_language: Annotated[LineOrNothing, Line(N_("Tolk, på hvilket språk? (kan stå tomt)"))] = ""
    why_not: Annotated[LineOrNothing, Line(N_("Er den foresatte ikke med? Skriv hvorfor (kan stå tomt)"))] = ""


class ContactOnPaperForm(ContactForm, saves_with=correcting.save_contact, given=("guardian", "version")):
    """The same but for the sentence: why somebody is not with us is not kept on paper (R-69)."""

    @classmethod
    def asked_now(cls, raw: Answers) -> Sequence[str]:
        """Ask for everything but why."""
        del raw
        return [name for name in cls.model_fields if name != "why_not"]


def told_child(family: FamilyView) -> Markup:
    """Say what is known of the child."""
    return shown.facts(
        [
            (_("Barnets navn"), family.name),
            (_("Fødselsdato"), figures(family.birth_date) if family.birth_date else ""),
            (_("Termin"), figures(family.due_date) if family.due_date else ""),
            (_("Alder"), label(family.subject) if family.subject in SAID else ""),
            (_("Skole eller barnehage"), family.home_service_name),
            (_("Klasse eller avdeling"), family.group),
            (_("Språk"), family.language),
            (_("Tolk"), family.interpreter_language),
            (_("Hjelper barnet å bli forstått"), family.communication_needs),
            (_("Målform"), label(family.written_norm) if family.written_norm else ""),
        ]
    )


def told_guardians(family: FamilyView) -> Markup:
    """Say who the guardians are and how each is reached."""
    return shown.facts([(one.name, ". ".join(_said(one))) for one in family.guardians])


def told_corrections(family: FamilyView) -> Markup | None:
    """Say what was put right, and which papers are older than that."""
    if not family.corrections:
        return None
    lines = [
        _("{dato} kl. {tid}", dato=figures(clock.day(one.at)), tid=clock_time(one.at)) + f": {_change(one)} ({one.by})"
        for one in family.corrections
    ]
    told = shown.bullets(lines)
    if family.print_again:
        told += shown.note(_("Utskriftene som er laget før rettelsen, er ikke lenger riktige: skriv ut på nytt."))
    return told


def told_phones(case: OpenCase, numbers: Mapping[str, str]) -> Markup | None:
    """Show the numbers to those who have agreed to phone (R-71)."""
    del case
    if not numbers:
        return None
    hint = shown.paragraphs(_("Telefonnummeret vises bare for dem som har avtalt å ringe."))
    return shown.facts(list(numbers.items())) + hint


def sms(case: OpenCase) -> None:
    """Offer the neutral text about the next meeting: no child's name, no word of BTI (R-71).

    It is unsigned where the child is hidden from one of the family: the same to all, and the screen says nothing of why (R-60).
    """
    if not case.row.next_meeting or not st.toggle(_("Kopier SMS-tekst"), key=f"{case.number}.sms".replace("-", "_")):
        return
    is_unsigned = protecting.hides_names(case)
    text = _(
        _SMS_UNSIGNED if is_unsigned else _SMS,
        dag=weekday(clock.day(case.row.next_meeting)),
        tid=clock_time(case.row.next_meeting),
        stafettholder="" if is_unsigned else case.row.holder_name,
    )
    st.code(text, language=None, wrap_lines=True)


def ask_child(case: OpenCase, family: FamilyView, parts: Parts) -> None:
    """Ask what is to be put right about the child, or where it goes and how it is understood."""
    if case.mode in WRITES_HERE and st.toggle(_("Skole, språk og målform"), key=f"{parts.key}.everyday"):
        EverydayForm.ask(
            case,
            button=_("Lagre"),
            stored={name: getattr(family, name) for name in EverydayForm.model_fields},
            version=family.version,
            options={"home_service": everyday.places(case)},
            then=parts.saved,
        )
        return
    ChildForm.ask(
        case,
        button=_("Lagre rettelsen"),
        stored={name: getattr(family, name) for name in ("name", "birth_date", "due_date", "group")},
        version=family.version,
        then=parts.saved,
    )


def ask_guardian(case: OpenCase, family: FamilyView, taking_part: Sequence[Person], parts: Parts) -> None:
    """Ask which guardian, and then either who it is or how it is reached."""
    names = apart((one.id, one.name) for one in family.guardians)
    chosen = st.selectbox(
        _("Hvilken foresatt?"),
        list(names),
        index=None,
        key=f"{parts.key}.guardian",
        format_func=lambda one: names.get(one, ""),
        placeholder=_("Skriv en ny"),
    )
    one = next((g for g in family.guardians if g.id == chosen), None)
    if one and st.toggle(_("Telefon, språk og informasjon"), key=f"{parts.key}.contact"):
        _ask_contact(case, one, taking_part, parts)
        return
    if one and case.mode in WRITES_HERE:
        _ask_reading(case, one, taking_part)
    GuardianForm.ask(
        case,
        at=str(one.id) if one else "",
        button=_("Lagre den foresatte"),
        stored={name: getattr(one, name) for name in correcting.PUT_RIGHT} if one else None,
        version=one.version if one else 0,
        then=parts.saved,
        guardian=one.id if one else None,
    )


def _ask_reading(case: OpenCase, one: GuardianView, taking_part: Sequence[Person]) -> None:
    """Let the family agree, by one press, that a foster parent reads as one of it; and take it back by another (R-64)."""
    part = next((p for p in taking_part if p.key == one.id), None)
    if part and may_read_by_agreement(one.relation, has_parental_responsibility=one.has_parental_responsibility):
        agrees = _("Familien er enig i at fosterforelderen leser stafettloggen og får egne utskrifter")
        press(
            _("Avtalen om å lese gjelder ikke lenger") if part.by_agreement else agrees,
            f"{case.number}.reads",
            lambda: correcting.agree_on_reading(case, guardian=one.id, agreed=not part.by_agreement),
        )


def _ask_contact(case: OpenCase, one: GuardianView, taking_part: Sequence[Person], parts: Parts) -> None:
    stored = {name: getattr(one, name) for name in ContactForm.model_fields}
    form = ContactForm if case.mode in WRITES_HERE else ContactOnPaperForm
    form.ask(
        case,
        at=str(one.id),
        button=_("Lagre"),
        stored=stored | {"phoned_by": sorted(one.phoned_by)},
        version=one.version,
        options={"phoned_by": people.choices([p for p in taking_part if p.kind is PersonKind.STAFF])},
        then=parts.saved,
        guardian=one.id,
    )


def _said(one: GuardianView) -> Iterator[str]:
    about = label(one.relation)
    yield _("{hvem}, foreldreansvar", hvem=about) if one.has_parental_responsibility else about
    if not one.lives_with_child:
        yield _("bor ikke sammen med barnet")
    if one.receives_information:
        yield _("får informasjon {hvordan}", hvordan=label(one.receives_information))
    if one.interpreter_language:
        yield _("tolk: {spraak}", spraak=one.interpreter_language)
    if not one.participates:
        yield _("er ikke med: {hvorfor}", hvorfor=one.why_not) if one.why_not else _("er ikke med")
    if one.valid_to:
        yield _("gjelder til {dato}", dato=long_date(one.valid_to))
    if one.phone:
        yield _("tlf. {nummer}", nummer=one.phone)


def _change(one: CorrectionView) -> str:
    whose = _("barnet") if one.object is Corrected.CHILD else _("foresatt")
    return f"{whose}, {corrected(one.field, one.old, one.new)}"

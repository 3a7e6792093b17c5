"""The meeting that comes: when it is, and behind one press where, what for, who comes and who does what. All of it follows."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, time
from enum import StrEnum
from typing import Annotated, Any, Final
from uuid import UUID

import streamlit as st
from markupsafe import Markup

from bti import clock
from bti.casework.door import Asking, OpenCase
from bti.casework.people.people import Person
from bti.casework.steps import planning, preparing
from bti.casework.story import MeetingView, TiltakView
from bti.content.meeting_words import agreed_sentence, comes_too, duties_sentence, meeting_time, purpose_of
from bti.language import N_, _, clock_time, listed, weekday
from bti.rules.meeting import COMES_BESIDES, FamilyAgreed, MeetingDuty
from bti.rules.people import ParticipantKind
from forms import people, shown
from forms.allowed import ClockTime, LineOrNothing, MustChoose, Name, SentenceOrNothing
from forms.fields import Choose, ChooseSome, Day, Line, Paragraph, Pick, Tick
from forms.form import Answers, Form
from forms.parts import Parts


class About(StrEnum):
    """What of the meeting is asked about now."""

    WHEN = N_("Når")
    WHAT = N_("Sted og tema")
    WHO = N_("Hvem kommer")
    DUTIES = N_("Hvem gjør hva")


def agree(
    asked: Asking, *, day: date, at: time, planned: Sequence[TiltakView], before: date | None, version: int
) -> str:
    """Agree when we evaluate, and say which tiltak move along (R-22)."""
    planning.agree_evaluation(asked, day=day, at=at, version=version)
    moved = planning.moved(planned, before, day) if before else ()
    names = listed([f"«{t.text}»" for t in moved])
    return _("Møtet er {dag}. Dagene følger med for {tiltak}.", dag=weekday(day), tiltak=names) if moved else ""


def describe(
    asked: Asking,
    *,
    meeting: MeetingView,
    place: str,
    until: time,
    purpose: str,
    agreed_how: FamilyAgreed | None,
    version: int,
) -> UUID:
    """Save where and what for. A purpose that is left as it follows goes on following."""
    said = "" if purpose == purpose_of(meeting.type, "") else purpose
    return preparing.describe_meeting(
        asked, meeting=meeting.id, place=place, until=until, purpose=said, agreed_how=agreed_how, version=version
    )


class WhenForm(Form, saves_with=agree, given=("planned", "before", "version")):
    """When we evaluate. The day is suggested beside the field, and still chosen."""

    day: Annotated[date, MustChoose, Day(N_("Dato for evalueringsmøtet"))]
    at: Annotated[ClockTime, Line(N_("Klokka"), help=N_("14.30"))]


class WhatForm(Form, saves_with=describe, given=("meeting", "version")):
    """Where, until when, what for, and how that was agreed with the family."""

    place: Annotated[LineOrNothing, Line(N_("Hvor er møtet? (kan stå tomt)"))] = ""
    until: Annotated[ClockTime, Line(N_("Til klokka"))]
    purpose: Annotated[SentenceOrNothing, Paragraph(N_("Hva skal møtet handle om?"), lines=2)] = ""
    agreed_how: Annotated[
        FamilyAgreed | None, Pick(N_("Hvordan er møtet avtalt med familien? (kan stå tomt)"), words=FamilyAgreed)
    ] = None


class DutiesForm(Form, saves_with=preparing.divide_duties, given=("meeting", "version")):
    """Who does what. The stafettholder does it until another is chosen."""

    send_invitation: Annotated[UUID | None, Choose(N_("Hvem kaller inn?"))] = None
    chair: Annotated[UUID | None, Choose(N_("Hvem leder møtet?"))] = None
    take_minutes: Annotated[UUID | None, Choose(N_("Hvem skriver referatet?"))] = None
    update_log: Annotated[UUID | None, Choose(N_("Hvem oppdaterer loggen?"))] = None
    minutes_accountable: Annotated[
        UUID | None, Choose(N_("Hvem svarer for at referatet blir skrevet?"), nobody=N_("Den som skriver det"))
    ] = None
    viddevakt: Annotated[UUID | None, Choose(N_("Hvem er viddevakt?"), nobody=N_("Ingen"))] = None


class BesidesForm(Form, saves_with=preparing.bring_to_meeting, given=("meeting",)):
    """Somebody who comes and takes no part in the log."""

    name: Annotated[Name, Line(N_("Navn på en til som kommer"), is_name=True)]
    kind: Annotated[ParticipantKind | None, Pick(N_("Hvem er det?"), words=ParticipantKind, among=COMES_BESIDES)] = None
    why: Annotated[LineOrNothing, Line(N_("Hvorfor? (kan stå tomt)"))] = ""
    wished_by_family: Annotated[bool, Tick(N_("Familien ønsker det"))] = False
    secrecy_explained: Annotated[bool, Tick(N_("Taushetsplikten er forklart"))] = False

    @classmethod
    def asked_now(cls, raw: Answers) -> Sequence[str]:
        """Ask of an interpreter only whether the taushetsplikt is explained, of an observer only what the family says (R-64)."""
        hidden = {ParticipantKind.INTERPRETER: "wished_by_family", ParticipantKind.OBSERVER: "secrecy_explained"}
        return [name for name in cls.model_fields if name != hidden.get(raw["kind"])]


class AwayForm(Form, saves_with=preparing.choose_who_comes, given=("meeting",)):
    """Who does not come this time."""

    away: Annotated[tuple[UUID, ...], ChooseSome(N_("Hvem kommer ikke denne gangen?"))] = ()


def ask(
    case: OpenCase,
    meeting: MeetingView | None,
    planned: Sequence[TiltakView],
    taking_part: Sequence[Person],
    parts: Parts,
) -> None:
    """Ask when we evaluate; and when that is agreed, all the rest for who wants it otherwise."""
    if about_the_rest(case, meeting, taking_part, parts):
        return

    def then(moved: str) -> None:
        if moved:
            st.session_state["flash"] = moved
        parts.saved()

    WhenForm.ask(
        case,
        button=_("Avtal møtet"),
        stored={"day": meeting.day, "at": clock_time(meeting.start)} if meeting else {},
        version=meeting.version if meeting else 0,
        planned=planned,
        before=meeting.day if meeting else None,
        then=then,
    )


def about_the_rest(case: OpenCase, meeting: MeetingView | None, taking_part: Sequence[Person], parts: Parts) -> bool:
    """Ask for all but the day, one thing at a time, when somebody wants to. Return whether it is asked now."""
    if meeting is None:
        return False
    about = st.pills(
        _("Om møtet"),
        list(About),
        default=About.WHEN,
        required=True,
        key=f"{parts.key}.mote.about",
        format_func=_,
        label_visibility="collapsed",
    )
    if about in ASKS:
        ASKS[about](case, meeting, taking_part, parts)
    return about in ASKS


def told(case: OpenCase, meeting: MeetingView | None, taking_part: Sequence[Person]) -> Markup | None:
    """Tell when and where we meet and what for; and of one that is to come, who comes besides and who does what."""
    if meeting is None:
        return None
    when = meeting_time(meeting.day, meeting.start, meeting.planned_end)
    where = f"{when}, {meeting.place}" if meeting.place else when
    purpose = purpose_of(meeting.type, meeting.purpose)
    agreed_on = clock.day(meeting.agreed_at) if meeting.agreed_at else None
    lines = [
        *(_to_come(case, meeting, taking_part) if meeting.day >= case.today else ()),
        agreed_sentence(meeting.agreed_how, agreed_on),
    ]
    first = shown.paragraphs("\n".join(filter(None, [where, purpose])))
    return shown.joined([first, *(shown.quiet(line) for line in lines if line)])


def _to_come(case: OpenCase, meeting: MeetingView, taking_part: Sequence[Person]) -> Iterator[str]:
    """Tell what is expected: who was there, and who did what, is for the minutes to say."""
    if come := "; ".join(comes_too(one.name or "", one.kind, one.why) for one in meeting.besides):
        yield _("På møtet kommer også {hvem}", hvem=come)
    if away := [p.first_name for p in taking_part if p.id in meeting.away]:
        yield _("Kommer ikke denne gangen: {navn}.", navn=listed(away))
    does = preparing.who_does_what(case, meeting, taking_part)
    yield duties_sentence((one.person.first_name, one.duties) for one in does)


def _ask_what(case: OpenCase, meeting: MeetingView, _taking_part: Sequence[Person], parts: Parts) -> None:
    shown.show(shown.quiet(_(shown.READ_BY_ALL)))
    stored: dict[str, Any] = {
        "place": meeting.place,
        "until": clock_time(meeting.planned_end),
        "purpose": purpose_of(meeting.type, meeting.purpose),
        "agreed_how": meeting.agreed_how,
    }
    WhatForm.ask(case, button=_("Lagre"), stored=stored, version=meeting.version, meeting=meeting, then=parts.saved)


def _ask_duties(case: OpenCase, meeting: MeetingView, taking_part: Sequence[Person], parts: Parts) -> None:
    holders = {duty: preparing.held_by(case, meeting, duty, taking_part) for duty in MeetingDuty}
    DutiesForm.ask(
        case,
        button=_("Lagre hvem som gjør hva"),
        stored={duty.value: one.id for duty, one in holders.items() if one},
        version=meeting.version,
        options={d.value: people.choices(preparing.may_do(case, d, taking_part)) for d in MeetingDuty},
        meeting=meeting.id,
        then=parts.saved,
    )


def _ask_who(case: OpenCase, meeting: MeetingView, taking_part: Sequence[Person], parts: Parts) -> None:
    shown.show(shown.quiet(_("De som er med i loggen, er innkalt. Andre som kommer på møtet, får ikke se loggen.")))
    colleagues = people.choices(preparing.may_stay_away(taking_part))
    besides = [(one.id, one.name or "") for one in meeting.said_of if one.participant is None]
    BesidesForm.ask(case, at=str(len(besides)), button=_("Legg til på møtet"), meeting=meeting.id, then=parts.keep_open)
    if colleagues or besides:
        AwayForm.ask(
            case,
            button=_("Lagre hvem som ikke kommer"),
            stored={"away": sorted(meeting.away, key=str)},
            options={"away": [*colleagues, *besides]},
            meeting=meeting.id,
            then=parts.keep_open,
        )


ASKS: Final[dict[About, Callable[[OpenCase, MeetingView, Sequence[Person], Parts], None]]] = {
    About.WHAT: _ask_what,
    About.WHO: _ask_who,
    About.DUTIES: _ask_duties,
}

"""The sentences about a meeting, on screen and on paper: what it is for, who comes, who does what, how it was agreed."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Final

from bti.content.labels import label
from bti.language import N_, _, clock_time, first_up, listed, long_date, weekday
from bti.rules.meeting import FamilyAgreed, MeetingDuty, MeetingType
from bti.rules.people import ParticipantKind

PURPOSE: Final[Mapping[MeetingType, str]] = {
    MeetingType.STARTUP: N_("Vi deler det vi vet, og blir enige om hva vi skal se på."),
    MeetingType.PLANNING: N_("Vi blir enige om mål og tiltak, og hvem som gjør hva."),
    MeetingType.EVALUATION: N_("Vi ser på hva tiltakene har ført til, og bestemmer veien videre."),
    MeetingType.LEVEL_C: N_("Vi møter tjenestene vi ber om hjelp, og planlegger sammen."),
}


def purpose_of(kind: MeetingType, said: str) -> str:
    """Say what the meeting is for: what somebody has written, else what follows from the kind (S0-15)."""
    return said or (_(PURPOSE[kind]) if kind in PURPOSE else "")


def meeting_time(day: date, start: datetime, until: datetime) -> str:
    """Say when we meet: «Torsdag 5. juni kl. 14.30–15.30»."""
    hours = f"{clock_time(start)}–{clock_time(until)}"
    return _("{dag} kl. {tid}", dag=first_up(weekday(day)), tid=hours)


def duties_sentence(does: Iterable[tuple[str, Iterable[MeetingDuty]]]) -> str:
    """Say who does what: «Eirik kaller inn, leder møtet og skriver referatet.» (R-39)."""
    return " ".join(
        _("{navn} {oppgaver}.", navn=name, oppgaver=listed([label(duty) for duty in duties])) for name, duties in does
    )


def comes_too(name: str, kind: ParticipantKind, why: str) -> str:
    """Say who comes besides those in the log, as what, and why."""
    who = _("{navn}, {hvem}", navn=name, hvem=label(kind))
    return f"{who}: {why}" if why else who


def agreed_sentence(how: FamilyAgreed | None, on: date | None) -> str:
    """Say how and when the meeting was agreed with the family (S0-10)."""
    if how is None or on is None:
        return ""
    if how is FamilyAgreed.ALREADY:
        return _("Møtet er avtalt med familien.")
    return _("Avtalt med familien {dato}: {maate}.", dato=long_date(on), maate=label(how))

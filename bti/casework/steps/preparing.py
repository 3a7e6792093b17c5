"""Preparing a meeting: when and where, what for, agreed how with the family, who comes, and who does what (S0-09 to S0-16).

All of it follows until somebody says otherwise, and the stafettholder says it (R-37, R-39).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from bti import clock
from bti.casework import story
from bti.casework.door import OpenCase, use_case
from bti.casework.people.people import Person, PersonKind, people
from bti.casework.story import MeetingView
from bti.errors import Reason, Refused
from bti.rules import meeting as rule
from bti.rules.access import Action
from bti.rules.meeting import FOLLOWS, LASTS, FamilyAgreed, MeetingDuty, MeetingState, MeetingType
from bti.rules.people import ParticipantKind
from bti.rules.workflow import SHARES
from bti.store.tables import Meeting, MeetingParticipant


@dataclass(frozen=True)
class Does:
    """One person, and what she does for the meeting."""

    person: Person
    duties: tuple[MeetingDuty, ...]


def set_day(case: OpenCase, kind: MeetingType, day: date, at: time, version: int | None = None) -> UUID:
    """Agree on the meeting of this kind in this round, or move it. It is held where the last one was.

    What was agreed with the family was about another day when the meeting is moved, and is asked anew (S0-10).
    """
    if day < case.today:
        raise Refused(Reason.IN_THE_PAST, field="day")
    start = datetime.combine(day, at, clock.OSLO)
    held = story.every_meeting(case)
    before = story.meeting_of(held, kind, case.round)
    if before is None:
        place = held[-1].place if held else ""
        return case.new(Meeting(round=case.round, type=kind, place=place, start=start, planned_end=start + LASTS)).id
    row = case.get(Meeting, before.id, version)
    if start != before.start:
        row.agreed_how = row.agreed_at = row.agreed_by = None
    row.start, row.planned_end = start, start + (before.planned_end - before.start)
    return row.id


def call_off(case: OpenCase, kind: MeetingType) -> None:
    """Cancel the meeting of this kind in this round, if it is still to come: one that was held, was held."""
    before = story.meeting_of(story.meetings(case), kind, case.round)
    if before and before.state is MeetingState.PLANNED and before.start > case.at:
        case.get(Meeting, before.id).state = MeetingState.CANCELLED


@use_case(Action.LEAD)
def describe_meeting(
    case: OpenCase,
    *,
    meeting: UUID,
    place: str,
    until: time,
    purpose: str,
    agreed_how: FamilyAgreed | None,
    version: int,
) -> UUID:
    """Write where the meeting is held and until when, what it is for, and how that was agreed with the family (R-37)."""
    before = _prepared(case, meeting)
    row = case.get(Meeting, before.id, version)
    ends = datetime.combine(before.day, until, clock.OSLO)
    rule.check_lasts(before.start, ends)
    row.place, row.planned_end, row.purpose = place, ends, purpose
    if agreed_how is not before.agreed_how:
        row.agreed_how = agreed_how
        row.agreed_at, row.agreed_by = (case.at, case.actor.id) if agreed_how else (None, None)
    return row.id


@use_case(Action.LEAD)
def divide_duties(
    case: OpenCase,
    *,
    meeting: UUID,
    send_invitation: UUID | None,
    chair: UUID | None,
    take_minutes: UUID | None,
    update_log: UUID | None,
    minutes_accountable: UUID | None,
    viddevakt: UUID | None,
    version: int,
) -> UUID:
    """Say who does what in the meeting. What is left to the stafettholder follows the stafettholder (S0-16, R-39)."""
    before = _prepared(case, meeting)
    row = case.get(Meeting, before.id, version)
    given = {
        MeetingDuty.SEND_INVITATION: send_invitation,
        MeetingDuty.CHAIR: chair,
        MeetingDuty.TAKE_MINUTES: take_minutes,
        MeetingDuty.UPDATE_LOG: update_log,
        MeetingDuty.MINUTES_ACCOUNTABLE: minutes_accountable,
        MeetingDuty.VIDDEVAKT: viddevakt,
    }
    taking_part = people(case)
    holder = _stafettholder(taking_part)
    for duty, who in given.items():
        if who is not None and who not in {p.id for p in may_do(case, duty, taking_part)}:
            raise Refused(Reason.NOT_A_CHOICE, field=duty)
        is_given = who is not None and (duty not in FOLLOWS or holder is None or who != holder.id)
        setattr(row, f"{duty}_id", who if is_given else None)
    return row.id


@use_case(Action.LEAD)
def bring_to_meeting(
    case: OpenCase,
    *,
    meeting: UUID,
    name: str,
    kind: ParticipantKind | None,
    why: str,
    wished_by_family: bool,
    secrecy_explained: bool,
) -> UUID:
    """Write down who comes besides those in the log: a guest of the family, an interpreter, an observer. No log is opened (R-64)."""
    before = _prepared(case, meeting)
    rule.check_comes(kind, name, wished_by_family=wished_by_family)
    return case.new(
        MeetingParticipant(
            meeting_id=before.id,
            name=name,
            kind=kind,
            why=why,
            wished_by_family=wished_by_family,
            secrecy_explained=secrecy_explained,
        )
    ).id


@use_case(Action.LEAD)
def choose_who_comes(case: OpenCase, *, meeting: UUID, away: Collection[UUID]) -> UUID:
    """Say who does not come this time, of the colleagues in the log and of those who come besides. All others do."""
    before = _prepared(case, meeting)
    colleagues = {p.id for p in may_stay_away(people(case))}
    besides = {one.id for one in before.said_of if one.participant is None}
    if not set(away) <= colleagues | besides:
        raise Refused(Reason.NOT_A_CHOICE, field="away")
    said = {one.participant or one.id: one.id for one in before.said_of}
    for who, key in said.items():
        case.get(MeetingParticipant, key).invited = who not in away
    for who in set(away) - set(said):
        case.new(
            MeetingParticipant(meeting_id=before.id, participant_id=who, kind=ParticipantKind.STAFF, invited=False)
        )
    return before.id


def may_stay_away(taking_part: Sequence[Person]) -> tuple[Person, ...]:
    """Return the colleagues one meeting may do without. The family is always asked, and the stafettholder carries it."""
    return tuple(p for p in _colleagues(taking_part) if not p.is_stafettholder)


def may_do(case: OpenCase, duty: MeetingDuty, taking_part: Sequence[Person]) -> tuple[Person, ...]:
    """Return who can be given a duty: colleagues in the log; for what is written, those who may write in it."""
    colleagues = _colleagues(taking_part)
    if duty not in rule.WRITES:
        return colleagues
    return tuple(p for p in colleagues if p.is_stafettholder or p.service == case.owner_service_id)


def _colleagues(taking_part: Sequence[Person]) -> tuple[Person, ...]:
    return tuple(p for p in taking_part if p.kind is PersonKind.STAFF and p.is_covered)


def held_by(case: OpenCase, meeting: MeetingView, duty: MeetingDuty, taking_part: Sequence[Person]) -> Person | None:
    """Return who has the duty: whom it was given to while the gate is open to her, else the stafettholder.

    Of one the reader is not told of, nobody.
    """
    given = meeting.duties.get(duty)
    found = next((p for p in _colleagues(taking_part) if p.id == given), None)
    if found or duty not in FOLLOWS or (given and not case.sight.everything):
        return found
    return _stafettholder(taking_part)


def who_does_what(case: OpenCase, meeting: MeetingView, taking_part: Sequence[Person]) -> tuple[Does, ...]:
    """Return who does what in the meeting, each person once. The log is only kept where there is one."""
    duties = [duty for duty in MeetingDuty if duty is not MeetingDuty.UPDATE_LOG or case.mode in SHARES]
    found = [(held_by(case, meeting, duty, taking_part), duty) for duty in duties]
    persons = dict.fromkeys(person for person, _duty in found if person)
    return tuple(Does(one, tuple(duty for person, duty in found if person == one)) for one in persons)


def _stafettholder(taking_part: Sequence[Person]) -> Person | None:
    return next((p for p in taking_part if p.is_stafettholder), None)


def _prepared(case: OpenCase, meeting: UUID) -> MeetingView:
    """Return a meeting that is still to be prepared, or refuse."""
    one = next((m for m in story.meetings(case) if m.id == meeting), None)
    rule.check_prepares(one.type if one else MeetingType.EVALUATION, case.step, case.status)
    if one is None or one.round != case.round or one.state is not MeetingState.PLANNED:
        raise Refused(Reason.NOT_A_CHOICE, field="meeting")
    return one

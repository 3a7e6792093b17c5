"""The meetings: when and where, what for, who comes besides those in the log, and who does what in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Row, and_, select

from bti import clock
from bti.casework.door import OpenCase
from bti.casework.ground.reading import criteria, reading
from bti.rules.meeting import FamilyAgreed, MeetingDuty, MeetingState, MeetingType
from bti.rules.people import ParticipantKind
from bti.rules.workflow import CaseStatus
from bti.store.tables import Meeting, MeetingParticipant


@dataclass(frozen=True)
class AtMeetingView:
    """Somebody who comes besides those in the log; or one of these who does not come this time."""

    id: UUID
    participant: UUID | None
    name: str | None
    kind: ParticipantKind
    why: str
    wished_by_family: bool
    secrecy_explained: bool
    invited: bool


@dataclass(frozen=True)
class MeetingView:
    """A meeting of the case. A duty that is not among ``duties`` is the stafettholder's (R-39)."""

    id: UUID
    round: int
    type: MeetingType
    purpose: str
    start: datetime
    planned_end: datetime
    place: str
    agreed_how: FamilyAgreed | None
    agreed_at: datetime | None
    state: MeetingState
    version: int
    duties: Mapping[MeetingDuty, UUID]
    said_of: tuple[AtMeetingView, ...]

    @property
    def day(self) -> date:
        """The day it is held, in Oslo."""
        return clock.day(self.start)

    @property
    def besides(self) -> tuple[AtMeetingView, ...]:
        """Who comes without taking part in the case."""
        return tuple(one for one in self.said_of if one.participant is None and one.invited)

    @property
    def away(self) -> frozenset[UUID]:
        """Who does not come this time: of the participants of the case, and of those who were to come besides."""
        return frozenset(one.participant or one.id for one in self.said_of if not one.invited)


_GIVEN_TO: Final = {duty: getattr(Meeting, f"{duty}_id") for duty in MeetingDuty}
_OF_THE_MEETING: Final = (
    Meeting.id,
    Meeting.round,
    Meeting.type,
    Meeting.purpose,
    Meeting.start,
    Meeting.planned_end,
    Meeting.place,
    Meeting.agreed_how,
    Meeting.agreed_at,
    Meeting.state,
    Meeting.version,
)
_OF_ONE: Final = (
    MeetingParticipant.participant_id.label("participant"),
    MeetingParticipant.name,
    MeetingParticipant.kind,
    MeetingParticipant.why,
    MeetingParticipant.wished_by_family,
    MeetingParticipant.secrecy_explained,
    MeetingParticipant.invited,
)
_MEETINGS = reading(
    select(*_OF_THE_MEETING, *_GIVEN_TO.values(), MeetingParticipant.id.label("one"), *_OF_ONE)
    .outerjoin(MeetingParticipant, and_(MeetingParticipant.meeting_id == Meeting.id, *criteria(MeetingParticipant)))
    .where(Meeting.state != MeetingState.CANCELLED)
    .order_by(Meeting.start, Meeting.id, MeetingParticipant.id),
    Meeting,
)
"""Who comes is joined where it is allowed to be read, so that a meeting nobody has said more of stays."""


def meetings(case: OpenCase) -> tuple[MeetingView, ...]:
    """Return the meetings that were held or are to come, in order; one that was to come at the closing is neither."""
    closed = case.row.closed_at if case.status is CaseStatus.CLOSED else None
    return tuple(meeting for meeting in every_meeting(case) if not closed or meeting.start <= closed)


def every_meeting(case: OpenCase) -> tuple[MeetingView, ...]:
    """Return all that were agreed, also those that came to nothing."""
    found: dict[UUID, list[Row[Any]]] = {}
    for row in case.read(_MEETINGS):
        found.setdefault(row.id, []).append(row)
    return tuple(_meeting(rows) for rows in found.values())


def evaluation_meeting(held: Sequence[MeetingView], number: int) -> MeetingView | None:
    """Return the evaluation meeting of the round, when it is agreed."""
    return meeting_of(held, MeetingType.EVALUATION, number)


def meeting_of(held: Sequence[MeetingView], kind: MeetingType, number: int) -> MeetingView | None:
    """Return the meeting of this kind in the round, when it is agreed."""
    return next((m for m in held if m.type is kind and m.round == number), None)


def _meeting(rows: Sequence[Row[Any]]) -> MeetingView:
    one = rows[0]._mapping
    return MeetingView(
        **{column.key: one[column] for column in _OF_THE_MEETING},
        duties={duty: one[column] for duty, column in _GIVEN_TO.items() if one[column]},
        said_of=tuple(_at_meeting(row) for row in rows if row.one),
    )


def _at_meeting(row: Row[Any]) -> AtMeetingView:
    return AtMeetingView(row.one, *(row._mapping[column] for column in _OF_ONE))

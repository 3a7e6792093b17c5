"""The next meeting as it stands on paper: when and where, what it is for, who comes besides those in the log, who does what."""

from collections.abc import Sequence

from bti.casework.door import OpenCase
from bti.casework.people.people import Person
from bti.casework.steps import preparing
from bti.casework.story import MeetingView
from bti.content.meeting_words import comes_too, duties_sentence
from bti.documents import stafettlogg_content as paper
from bti.rules.meeting import MeetingState
from bti.rules.workflow import CaseStatus


def next_meeting(
    case: OpenCase, meetings: Sequence[MeetingView], taking_part: Sequence[Person], *, is_protected: bool
) -> paper.NextMeeting | None:
    """Return when we meet next: never after the log is closed.

    Of a child with a protected address it is not told where, nor who comes from outside the log (R-60).
    """
    if case.status is CaseStatus.CLOSED:
        return None
    coming = next((m for m in meetings if m.state is MeetingState.PLANNED and m.start > case.at), None)
    if coming is None:
        return None
    return paper.NextMeeting(
        start=coming.start,
        until=coming.planned_end,
        place="" if is_protected else coming.place,
        type=coming.type,
        purpose=coming.purpose,
        besides=() if is_protected else tuple(comes_too(b.name or "", b.kind, b.why) for b in coming.besides),
        duties=_duties(case, coming, taking_part),
    )


def _duties(case: OpenCase, meeting: MeetingView, taking_part: Sequence[Person]) -> str:
    """Say who does what when it is shared; that the stafettholder does all of it goes without saying."""
    if not meeting.duties:
        return ""
    does = preparing.who_does_what(case, meeting, taking_part)
    return duties_sentence((one.person.name, one.duties) for one in does)

"""Step 3: carrying it out, and preparing the evaluation meeting."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from bti.casework import story
from bti.casework.door import OpenCase, use_case
from bti.casework.people import people
from bti.casework.people.people import Person
from bti.casework.said import childs_voice
from bti.casework.said.childs_voice import NOTHING_MORE, More
from bti.casework.steps.planning import dates_of
from bti.casework.story import ChildPlanView, ChildViewView, MeetingView, NoteView, TiltakView
from bti.rules.access import Action
from bti.rules.childs_voice import ChildTakesPart, HeardFor, ShareWith
from bti.rules.due import late_with
from bti.rules.guards import Missing, Standing, before_leaving
from bti.rules.progress import ActiveTiltak, Late
from bti.rules.tiltak import TiltakStatus, is_active
from bti.rules.workflow import Step, check_here


@dataclass(frozen=True)
class CarryOutView:
    """What step 3 shows."""

    people: tuple[Person, ...]
    tiltak: tuple[TiltakView, ...]
    over: tuple[TiltakView, ...]
    late: Mapping[UUID, tuple[Late, ...]]
    """What is over its deadline, for each tiltak that is carried out (R-54)."""
    notes: tuple[NoteView, ...]
    meeting: MeetingView | None
    child_plan: ChildPlanView | None
    child_view: ChildViewView | None
    missing: tuple[Missing, ...]


def view(case: OpenCase) -> CarryOutView:
    """Return what step 3 shows this person."""
    meeting = story.evaluation_meeting(story.meetings(case), case.round)
    plan, said, heard = story.heard_now(case, story.child_plans(case), story.child_views(case), HeardFor.EVALUATION)
    everything, notes = story.tiltak(case), story.notes(case)
    now = Standing(
        case.level,
        case.mode,
        evaluation_meeting=meeting is not None,
        child_for_evaluation=heard,
    )
    return CarryOutView(
        people=people.people(case),
        tiltak=tuple(t for t in everything if t.status is TiltakStatus.PLANNED),
        over=tuple(t for t in everything if t.status is not TiltakStatus.PLANNED),
        late=_late(case, everything, notes, meeting) if case.stands_in(Step.IVERKSETT) else {},
        notes=tuple(n for n in notes if n.round == case.round),
        meeting=meeting,
        child_plan=plan,
        child_view=said,
        missing=before_leaving(Step.IVERKSETT, now),
    )


def _late(
    case: OpenCase, planned: Sequence[TiltakView], notes: Sequence[NoteView], meeting: MeetingView | None
) -> Mapping[UUID, tuple[Late, ...]]:
    """Return what is late with each tiltak that is carried out now; the days stand still in the holidays (R-54, R-66)."""
    evaluated = {e.tiltak for e in story.evaluations(case) if e.round == case.round}
    last_note = {n.tiltak: n.on for n in reversed(notes)}  # the newest comes first
    late = {
        t.id: late_with(
            ActiveTiltak(t.start, dates_of(t, meeting).evaluation, t.id in evaluated, last_note.get(t.id)),
            case.today,
            childs_voice.holidays(),
        )
        for t in planned
        if is_active(t.status, t.start, case.today, t.family_says, complete=t.is_complete)
    }
    return {tiltak: found for tiltak, found in late.items() if found}


@use_case(Action.WRITE)
def plan_child(
    case: OpenCase, *, takes_part: ChildTakesPart, interviewer: UUID | None, not_heard_reason: str, version: int
) -> UUID:
    """Agree how the child is heard before the evaluation meeting (R-32)."""
    check_here(case.step, case.status, Step.IVERKSETT, Step.EVALUERING)
    meeting = story.evaluation_meeting(story.meetings(case), case.round)
    due = childs_voice.due_before(case, meeting.day) if meeting else case.today
    return childs_voice.plan(
        case,
        HeardFor.EVALUATION,
        takes_part=takes_part,
        interviewer=interviewer,
        not_heard_reason=not_heard_reason,
        due=due,
        version=version,
    )


@use_case(Action.WRITE)
def save_child_view(
    case: OpenCase,
    *,
    words: str,
    experienced_change: str,
    share_with: ShareWith,
    named: frozenset[UUID],
    more: More = NOTHING_MORE,
    version: int,
) -> UUID:
    """Keep what the child says about the time since the plan, as far as it may be shared (R-34, S4-18, S4-20)."""
    check_here(case.step, case.status, Step.IVERKSETT, Step.EVALUERING)
    return childs_voice.save(
        case,
        HeardFor.EVALUATION,
        words=words,
        experienced_change=experienced_change,
        share_with=share_with,
        named=named,
        more=more,
        version=version,
    )

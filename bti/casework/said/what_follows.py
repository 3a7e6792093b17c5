"""What follows from what and who, set otherwise by hand: where, when, with whom, how it is followed up (R-21, R-22)."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import bindparam, select

from bti.casework import story
from bti.casework.door import OpenCase, use_case
from bti.casework.ground.policy import kommune
from bti.casework.ground.reading import reading
from bti.casework.people import people
from bti.casework.people.people import Person
from bti.casework.story import TiltakView
from bti.rules import tiltak as rule
from bti.rules.access import Action
from bti.rules.consent import YesNo
from bti.rules.people import ServiceKind
from bti.rules.registering import check_start
from bti.rules.tiltak import Arena, EvaluationMode
from bti.rules.workflow import Step, check_here
from bti.store.tables import Tiltak, TiltakContributor

_CONTRIBUTORS = reading(
    select(TiltakContributor.id, TiltakContributor.participant_id).where(
        TiltakContributor.tiltak_id == bindparam("tiltak")
    ),
    TiltakContributor,
)


@use_case(Action.WRITE)
def change_what_follows(
    case: OpenCase,
    *,
    tiltak: UUID,
    arena: Arena | None,
    contributors: Collection[UUID],
    start: date | None,
    deadline: date | None,
    evaluation_due: date | None,
    evaluation_mode: EvaluationMode | None,
    follow_up_by: UUID | None,
    follow_up_how: str,
    formal_decision: YesNo | None,
    version: int,
) -> UUID:
    """Set by hand what else follows. What is as it would be anyway goes on following, so that a moved meeting moves it."""
    check_here(case.step, case.status, Step.PLANLEGG_TILTAK)
    row = case.get(Tiltak, tiltak, version)
    one = next(t for t in story.tiltak(case) if t.id == tiltak)
    rule.check_family(one.family_says)
    meeting = story.evaluation_meeting(story.meetings(case), case.round)
    day = meeting.day if meeting else None
    mode, begins = evaluation_mode or EvaluationMode.JOINT_MEETING, start or one.start
    ends, evaluated = rule.by_hand(deadline, day), rule.by_hand(evaluation_due, day)
    check_start(begins, case.today, before=one.start)
    rule.check_dates(begins, ends, evaluated, day, mode)
    for participant in contributors:
        people.check_responsible(case, participant, "contributors")
    if follow_up_by:
        people.check_responsible(case, follow_up_by, "follow_up_by")
    row.start, row.deadline, row.evaluation_due = begins, ends, evaluated
    row.arena = rule.by_hand(arena, where_by_itself(one, case.row.kind))
    row.evaluation_mode = rule.by_hand(mode, EvaluationMode.JOINT_MEETING)
    row.follow_up_by_id = rule.by_hand(follow_up_by, _holder(people.people(case)))
    row.follow_up_how = follow_up_how or None
    row.requires_formal_decision = _marked(one, formal_decision)
    row.updated_at = case.at
    _help(case, tiltak, frozenset(contributors) - {one.responsible})
    return row.id


def where_by_itself(tiltak: TiltakView, owner: ServiceKind) -> Arena | None:
    """Return where it is done when nobody says otherwise."""
    return rule.arena(tiltak.who.service_kind, owner) if tiltak.who else None


def follows_up(tiltak: TiltakView, taking_part: Collection[Person]) -> UUID | None:
    """Return who follows it up: as said by hand, else the stafettholder."""
    return tiltak.follow_up_by or _holder(taking_part)


def _holder(taking_part: Collection[Person]) -> UUID | None:
    return next((p.id for p in taking_part if p.is_stafettholder), None)


def _marked(tiltak: TiltakView, said: YesNo | None) -> bool | None:
    by_itself = rule.may_need_formal_decision(tiltak.text, kommune().tiltak.formal_decision)
    return None if said is None else rule.by_hand(said is YesNo.YES, by_itself)


def _help(case: OpenCase, tiltak: UUID, wanted: frozenset[UUID | None]) -> None:
    """Let those who were chosen help, and nobody else."""
    before = {row.participant_id: row.id for row in case.read(_CONTRIBUTORS, tiltak=tiltak)}
    for participant, key in before.items():
        if participant not in wanted:
            case.session.delete(case.get(TiltakContributor, key))
    for participant in wanted - before.keys():
        case.new(TiltakContributor(tiltak_id=tiltak, participant_id=participant))

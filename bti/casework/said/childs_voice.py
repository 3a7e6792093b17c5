"""How the child is heard, and what the child has said that may be shared. Used by the steps that ask for it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import delete

from bti.casework import story
from bti.casework.door import OpenCase
from bti.casework.ground.policy import kommune, policy
from bti.casework.people import people
from bti.errors import Reason, Refused
from bti.rules import childs_voice as rule
from bti.rules.childs_voice import ChildTakesPart, HeardBy, HeardFor, ShareWith
from bti.rules.consent import Category
from bti.rules.school_calendar import Holiday, day_before, next_school_day
from bti.store.facts import consent_facts
from bti.store.tables import ChildView, ChildViewPlan, ChildViewReader


@dataclass(frozen=True)
class More:
    """What else the child may want to say, and how it was heard. All of it may be left empty."""

    own_situation: str = ""
    wants: str = ""
    method: HeardBy | None = None
    assessed_by_role: str = ""


NOTHING_MORE: Final = More()


def holidays() -> tuple[Holiday, ...]:
    """Return the days without school in this kommune: holidays and planning days."""
    return tuple(Holiday(first, last) for first, last in kommune().school_calendar.without_school())


def plan(
    case: OpenCase,
    heard_for: HeardFor,
    *,
    takes_part: ChildTakesPart,
    interviewer: UUID | None,
    not_heard_reason: str,
    due: date,
    version: int,
) -> UUID:
    """Write the plan down, anew or over the one that was read."""
    rule.check_plan(takes_part, has_interviewer=interviewer is not None, why_not=not_heard_reason)
    if interviewer is not None and interviewer not in {p.id for p in people.people(case)}:
        raise Refused(Reason.NOT_A_CHOICE, field="interviewer")
    before = next((p for p in story.child_plans(case) if p.heard_for is heard_for and p.round == case.round), None)
    row = (
        case.get(ChildViewPlan, before.id, version) if before else ChildViewPlan(round=case.round, heard_for=heard_for)
    )
    before_meeting = takes_part is ChildTakesPart.HEARD_BEFORE
    row.attends, row.interviewer_id = takes_part is ChildTakesPart.ATTENDS, interviewer if before_meeting else None
    row.due = due if before_meeting else None
    row.not_heard_reason = not_heard_reason if takes_part is ChildTakesPart.NOT_HEARD else ""
    return row.id if before else case.new(row).id


def due_before(case: OpenCase, meeting: date) -> date:
    """Return the day the child is talked with: the last school day before the meeting."""
    return day_before(meeting, holidays(), today=case.today)


def told_by(case: OpenCase) -> date:
    """Return the day the child is told what was decided, at the latest: the next school day (R-33)."""
    return next_school_day(case.today, holidays())


def save(
    case: OpenCase,
    heard_for: HeardFor,
    *,
    words: str,
    experienced_change: str,
    share_with: ShareWith,
    named: Collection[UUID],
    more: More,
    version: int,
) -> UUID:
    """Keep what the child wants shared, and for whom; what it does not want shared is not kept (R-34)."""
    rule.check_words(share_with, words, experienced_change, more.own_situation, more.wants)
    if share_with is ShareWith.NAMED and not named:
        raise Refused(Reason.CHILD_NAMES_WHOM, field="named")
    before = next((v for v in story.child_views(case) if v.heard_for is heard_for and v.round == case.round), None)
    planned = next((p for p in story.child_plans(case) if p.heard_for is heard_for and p.round == case.round), None)
    if before is None and story.is_heard_by_others(case, heard_for):
        raise Refused(Reason.CHILD_SAID_TO_OTHERS, field="share_with")
    row = (
        case.get(ChildView, before.id, version)
        if before
        else ChildView(
            round=case.round,
            heard_for=heard_for,
            heard_on=case.today,
            heard_by_id=planned.interviewer if planned else None,
            category=Category.CHILD_STATEMENTS,
        )
    )
    in_meeting = planned is not None and planned.attends
    derived = HeardBy.IN_MEETING if in_meeting else HeardBy.CONVERSATION
    row.method = more.method or row.method or derived
    row.own_situation, row.wants = more.own_situation, more.wants
    too_small = share_with is ShareWith.TOO_SMALL
    row.assessed_by_role = (more.assessed_by_role or case.actor.title or case.actor.service_name) if too_small else ""
    row.words, row.experienced_change, row.share_with = words, experienced_change, share_with
    key = row.id if before else case.new(row).id
    name_readers(case, key, share_with, named)
    return key


def name_readers(case: OpenCase, view: UUID, share_with: ShareWith, named: Collection[UUID]) -> None:
    """Write out whom the child has named. «Alle» is those the family has been asked about by now."""
    asked = {r.service for r in consent_facts(case.session, case.id, policy()).requests}
    readers = {ShareWith.ALL: asked, ShareWith.NAMED: asked & set(named)}.get(share_with, set())
    case.session.execute(
        delete(ChildViewReader).where(ChildViewReader.case_id == case.id, ChildViewReader.child_view_id == view)
    )
    for service in readers:
        case.new(ChildViewReader(child_view_id=view, service_id=service))

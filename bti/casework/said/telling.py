"""The child is told what was decided: who does it, by when and how, and that it is done (R-33)."""

from datetime import date
from uuid import UUID

from bti.casework import story
from bti.casework.door import OpenCase, use_case
from bti.casework.people import people
from bti.casework.story import InformView
from bti.errors import Reason, Refused
from bti.rules import childs_voice as rule
from bti.rules.access import Action, may
from bti.rules.workflow import CaseStatus
from bti.store.tables import InformChildTask


def agree(case: OpenCase, *, who: UUID, by: date, how: str, version: int | None) -> UUID:
    """Write down who tells the child, anew or over what was read."""
    if who not in {p.id for p in people.people(case)}:
        raise Refused(Reason.INFORM_CHILD, field="who")
    before = story.of_round(story.informing(case), case.round)
    row = case.get(InformChildTask, before.id, version) if before else InformChildTask(round=case.round)
    row.who_id, row.by, row.how = who, by, how
    return row.id if before else case.new(row).id


@use_case(Action.LEAD)
def agree_afterwards(case: OpenCase, *, who: UUID, by: date, how: str, version: int) -> UUID:
    """Agree who tells the child after the family has closed the log: what could not wait for it then (R-20)."""
    if case.status is not CaseStatus.CLOSED:
        raise Refused(Reason.OTHER_STEP)
    return agree(case, who=who, by=by, how=how, version=version)


def may_say(case: OpenCase, task: InformView) -> bool:
    """Say yes or no, for the button."""
    return may(case.sight, Action.TELL) and rule.may_say_told(task.who, case.participant_id, leads=_leads(case))


@use_case(Action.TELL)
def child_was_told(case: OpenCase, *, task: UUID, version: int) -> UUID:
    """Write down that the child has been told, by the one who did it or the one who leads (R-33).

    Also when the log is closed, since that is when it is done.
    """
    row = case.get(InformChildTask, task, version)
    rule.check_says_told(row.who_id, case.participant_id, leads=_leads(case))
    row.done_at = row.done_at or case.at
    return row.id


def _leads(case: OpenCase) -> bool:
    return may(case.sight, Action.LEAD)

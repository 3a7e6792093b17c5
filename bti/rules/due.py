"""What a case waits for, and where in a person's list it then stands (R-09, R-32, R-33, R-46, R-54)."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from bti.rules.progress import ActiveTiltak, Late, Overdue, of_handover, of_tiltak
from bti.rules.school_calendar import Holiday, deadline, is_paused

SOON: Final = timedelta(days=14)
"""How long before a consent ends the stafettholder is told for the first time (R-09)."""


class Due(StrEnum):
    """What a case may wait for. A new kind needs its statement in casework/desk/due.py and its words in forms/mine_saker.py."""

    ANSWER_IN_ERROR = "answer_in_error"
    ASK_FAMILY = "ask_family"
    TALK_WITH_CHILD = "talk_with_child"
    TELL_CHILD = "tell_child"
    AGREE_WHO_TELLS = "agree_who_tells"
    EVALUATE_TILTAK = "evaluate_tiltak"
    NEW_RESPONSIBLE = "new_responsible"
    NOTE_PROGRESS = "note_progress"
    ANSWER_HANDOVER = "answer_handover"
    ARCHIVE = "archive"
    ARCHIVE_TRANSFER = "archive_transfer"
    TRANSFER_NEEDS_YES = "transfer_needs_yes"
    EVALUATION_MEETING = "evaluation_meeting"
    CONSENT_ENDS = "consent_ends"
    YOUTH_ANSWERS = "youth_answers"
    FAMILY_ANSWERS = "family_answers"
    GIVE_NOTICE = "give_notice"


class Section(StrEnum):
    """The parts of the list, in the order they are read."""

    WAITING = "waiting"
    OVERDUE = "overdue"
    SOON = "soon"
    MINE = "mine"
    CLOSED = "closed"


A_PERSON_DOES: Final = frozenset(
    {
        Due.ANSWER_IN_ERROR,
        Due.ASK_FAMILY,
        Due.TALK_WITH_CHILD,
        Due.TELL_CHILD,
        Due.AGREE_WHO_TELLS,
        Due.EVALUATE_TILTAK,
        Due.NEW_RESPONSIBLE,
        Due.NOTE_PROGRESS,
        Due.ARCHIVE,
        Due.ARCHIVE_TRANSFER,
        Due.TRANSFER_NEEDS_YES,
        Due.GIVE_NOTICE,
    }
)
"""What one named person does. The rest comes by itself: a day, or an answer."""
PAUSES: Final[Mapping[Due, int]] = {
    Due.TALK_WITH_CHILD: 0,
    Due.TELL_CHILD: 0,
    Due.EVALUATE_TILTAK: 0,
    Due.NEW_RESPONSIBLE: 14,
}
"""Deadlines that stand still in the skolerute's holidays, and how many days after the day it is counted from (R-26, R-66)."""
WHEN_LATE: Final[Mapping[Due, Callable[[date, date, Collection[Holiday]], tuple[Overdue, ...]]]] = {
    Due.NOTE_PROGRESS: lambda since, today, holidays: of_tiltak(ActiveTiltak(since, None), today, holidays),
    Due.ANSWER_HANDOVER: of_handover,
}
"""What nobody is told of before it is late (R-54)."""
A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Task:
    """One thing a case waits for: by which day, if there is one, and whether it is for the reader to do."""

    kind: Due
    day: date | None = None
    mine: bool = False
    paused: bool = False
    """Whether the day is another because of a holiday (R-66)."""

    def section(self, today: date) -> Section:
        """Return where it puts the case. The last day counts to its end."""
        if self.kind is Due.NEW_RESPONSIBLE:  # first in the list when nobody has taken it for a fortnight
            return Section.WAITING if self.day and self.day < today else Section.MINE
        if self.day and self.day < today:
            return Section.OVERDUE
        near = self.day is None or self.day - today <= SOON
        if self.kind in A_PERSON_DOES:
            return Section.WAITING if self.mine and near else Section.MINE
        return Section.SOON if self.day and near else Section.MINE


def counted(task: Task, today: date, holidays: Collection[Holiday]) -> Task | None:
    """Return the task with the day it is due, holidays left out; nothing while it is not late, for what is said only then.

    Nothing turns red in a holiday: what was to be done in it, or by its last day before, is due on the first day after.
    """
    if task.day is None or task.kind not in {*PAUSES, *WHEN_LATE}:
        return task
    if task.kind in WHEN_LATE:
        late = () if is_paused(today, holidays) else WHEN_LATE[task.kind](task.day, today, holidays)
        return replace(task, day=late[0].due) if late else None
    on_paper = task.day + timedelta(days=PAUSES[task.kind])
    due = deadline(task.day, PAUSES[task.kind], holidays)
    if due < today and is_paused(due + A_DAY, holidays):
        due = deadline(due + A_DAY, 0, holidays)
    if due < today and is_paused(today, holidays):
        due = deadline(today, 0, holidays)
    return replace(task, day=due, paused=due != on_paper)


def late_with(tiltak: ActiveTiltak, today: date, holidays: Collection[Holiday]) -> tuple[Late, ...]:
    """Return what is late with one active tiltak, counted as the list counts it (R-54, R-66)."""
    found = {
        Late.EVALUATION: Task(Due.EVALUATE_TILTAK, None if tiltak.is_evaluated else tiltak.evaluation_due),
        Late.PROGRESS_NOTE: Task(Due.NOTE_PROGRESS, tiltak.last_note or tiltak.start),
    }
    as_listed = {late: counted(task, today, holidays) for late, task in found.items()}
    return tuple(late for late, task in as_listed.items() if task and task.section(today) is Section.OVERDUE)


def in_order(tasks: Iterable[Task], today: date) -> tuple[Task, ...]:
    """Return what is to be done in the order it should be: the first of them decides where the case stands."""
    sections, kinds = list(Section), list(Due)
    return tuple(
        sorted(
            tasks,
            key=lambda t: (sections.index(t.section(today)), t.day is None, t.day or today, kinds.index(t.kind)),
        )
    )

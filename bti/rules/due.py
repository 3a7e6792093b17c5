"""What a case waits for, and where in a person's list it then stands (R-09, R-32, R-33, R-46, R-54)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

SOON: Final = timedelta(days=14)
REMIND_FROM: Final = timedelta(days=60)
"""How long before a consent ends the stafettholder is told for the first time (R-09)."""


class Due(StrEnum):
    """What a case may wait for. A new kind needs its statement in casework/due.py and its words in forms/mine_saker.py."""

    ASK_FAMILY = "ask_family"
    TALK_WITH_CHILD = "talk_with_child"
    TELL_CHILD = "tell_child"
    AGREE_WHO_TELLS = "agree_who_tells"
    EVALUATE_TILTAK = "evaluate_tiltak"
    ARCHIVE = "archive"
    ARCHIVE_TRANSFER = "archive_transfer"
    EVALUATION_MEETING = "evaluation_meeting"
    CONSENT_ENDS = "consent_ends"
    FAMILY_ANSWERS = "family_answers"


class Section(StrEnum):
    """The parts of the list, in the order they are read."""

    WAITING = "waiting"
    OVERDUE = "overdue"
    SOON = "soon"
    MINE = "mine"
    CLOSED = "closed"


A_PERSON_DOES: Final = frozenset(
    {
        Due.ASK_FAMILY,
        Due.TALK_WITH_CHILD,
        Due.TELL_CHILD,
        Due.AGREE_WHO_TELLS,
        Due.EVALUATE_TILTAK,
        Due.ARCHIVE,
        Due.ARCHIVE_TRANSFER,
    }
)
"""What one named person does. The rest comes by itself: a day, or an answer."""


@dataclass(frozen=True)
class Task:
    """One thing a case waits for: by which day, if there is one, and whether it is for the reader to do."""

    kind: Due
    day: date | None = None
    mine: bool = False

    def section(self, today: date) -> Section:
        """Return where it puts the case. The last day counts to its end."""
        if self.day and self.day < today:
            return Section.OVERDUE
        near = self.day is None or self.day - today <= SOON
        if self.kind in A_PERSON_DOES:
            return Section.WAITING if self.mine and near else Section.MINE
        return Section.SOON if self.day and near else Section.MINE


def in_order(tasks: Iterable[Task], today: date) -> tuple[Task, ...]:
    """Return what is to be done in the order it should be: the first of them decides where the case stands."""
    sections, kinds = list(Section), list(Due)
    return tuple(
        sorted(
            tasks,
            key=lambda t: (sections.index(t.section(today)), t.day is None, t.day or today, kinds.index(t.kind)),
        )
    )

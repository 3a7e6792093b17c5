"""Who may do what in a case. The table is the rule; docs/access.md is made from it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from bti.errors import Reason, Refused
from bti.rules.consent import Category
from bti.rules.people import Actor


class Relation(StrEnum):
    """What a person is to a case. Nobody else has a relation, and for them the case does not exist."""

    STAFETTHOLDER = "stafettholder"
    COLLEAGUE = "colleague"
    FORMER = "former"
    """Of the school or barnehage the child went to before: reads what it had until it has archived (R-62)."""
    COVERED = "covered"


class Action(StrEnum):
    """What the door may be asked for."""

    LOOK = "look"
    WRITE = "write"
    NOTE = "note"
    SUBMIT = "submit"
    """Send in an evaluation of one's own tiltak, to be completed by the stafettholder (R-30)."""
    TELL = "tell"
    """Write down that one has told the child what was decided, as one has agreed to (R-33)."""
    LEAD = "lead"
    RECORD_CONSENT = "record_consent"
    PRINT = "print"
    ARCHIVE = "archive"
    """Write down that the own archive has what the child left with it, or came with (R-62)."""
    SEE_TRACES = "see_traces"


MAY: Final[Mapping[Relation, frozenset[Action]]] = {
    Relation.STAFETTHOLDER: frozenset(Action),
    Relation.COLLEAGUE: frozenset({Action.LOOK, Action.WRITE, Action.NOTE, Action.SUBMIT, Action.TELL, Action.ARCHIVE}),
    Relation.FORMER: frozenset({Action.LOOK, Action.PRINT, Action.ARCHIVE}),
    Relation.COVERED: frozenset({Action.LOOK, Action.NOTE, Action.SUBMIT, Action.TELL}),
}


@dataclass(frozen=True)
class Stretch:
    """What is open besides of what was written while the service owned the log: all of it, to its own eyes (R-62)."""

    since: datetime
    until: datetime
    categories: frozenset[Category] = frozenset(Category)
    everything: bool = True
    about: frozenset[UUID] | None = None

    def mark(self) -> str:
        """Return its part of the mark: which stretch it is."""
        return f"{self.since:%y%m%d}-{self.until:%y%m%d}"


@dataclass(frozen=True)
class Sight:
    """What one reader may see of one case at one moment: whose eyes, and which categories are open to them.

    ``everything`` is the owner service's and the family's own relation: no narrowing and no child's choice is asked.
    """

    actor: Actor
    relation: Relation
    service: UUID
    categories: frozenset[Category]
    everything: bool
    about: frozenset[UUID] | None = frozenset()
    """The guardians whose own affairs are open to the reader; all of them when there is no set (R-59)."""
    own: UUID | None = None
    """A service with another owner reads what it has written itself as owner service; empty for everybody else (R-65)."""
    stretch: Stretch | None = None
    """Set when the log has had more than one owner: then everything is everything of that stretch (R-62)."""

    left: datetime | None = None
    """When the log went to another owner: nothing that came after is for the one it left (R-62)."""

    @property
    def sees_all(self) -> bool:
        """Whether all of the log is open by relation, whenever it was written."""
        return self.everything and self.stretch is None

    @property
    def writes_in(self) -> frozenset[Category]:
        """The categories the reader may read what she writes in."""
        return self.categories | (self.stretch.categories if self.stretch else frozenset())

    def narrowed_to(self, other: "Sight") -> "Sight":
        """Return what both may see, through the other's eyes: a paper shows no more than its recipient or its printer may see."""
        return replace(
            other,
            actor=self.actor,
            categories=self.categories & other.categories,
            everything=self.everything and other.everything,
            about=_both(self.about, other.about),
            own=self._own_for(other),
            stretch=self._stretch_for(other),
            left=self.left,
        )

    def _own_for(self, other: "Sight") -> UUID | None:
        """Return whose own rows both may read: who sees all of everything reads what the other has written itself (R-65)."""
        if self.everything:
            return other.own
        sees_it = other.everything and other.categories == frozenset(Category)
        return self.own if sees_it or self.own == other.own else None

    def _stretch_for(self, other: "Sight") -> Stretch | None:
        """Return what of the printer's own stretch the recipient may see too; a recipient has none of her own."""
        if self.stretch is None:
            return None
        return replace(
            self.stretch,
            categories=self.stretch.categories & other.categories,
            everything=self.stretch.everything and other.everything,
            about=_both(self.stretch.about, other.about),
        )

    def may_name(self, service: UUID, *, is_sensitive: bool) -> bool:
        """Say whether the reader may be told that the service is part of the case; a sensitive one is named to few (R-56)."""
        return not is_sensitive or self.everything or service == self.service

    def mark(self) -> str:
        """Return a short text that changes when the gate's answer does."""
        without = sorted(f"-{c.value[:4]}" for c in Category if c not in self.categories)
        open_now = ["all", *without] if self.sees_all else sorted(c.value[:4] for c in self.categories)
        persons = "" if self.about is None else "".join(sorted(one.hex for one in self.about))
        of_whom = hashlib.sha256(persons.encode()).hexdigest()[:8] if persons else ""
        stretch = self.stretch.mark() if self.stretch else ""
        return ",".join([*open_now, *filter(None, [stretch, of_whom])])


def _both(one: frozenset[UUID] | None, other: frozenset[UUID] | None) -> frozenset[UUID] | None:
    """Return whose own affairs two readers both may see; no set means everybody's."""
    if one is None or other is None:
        return other if one is None else one
    return one & other


def may(sight: Sight, action: Action) -> bool:
    """Say yes or no, for the button."""
    return action in MAY[sight.relation]


def decide(sight: Sight, action: Action) -> None:
    """Refuse unless the relation allows the action, for the deed."""
    if not may(sight, action):
        raise Refused(Reason.NOT_ALLOWED)

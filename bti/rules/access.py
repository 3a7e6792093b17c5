"""Who may do what in a case. The table is the rule; docs/access.md is made from it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
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
    COVERED = "covered"


class Action(StrEnum):
    """What the door may be asked for."""

    LOOK = "look"
    WRITE = "write"
    NOTE = "note"
    SUBMIT = "submit"
    """Send in an evaluation of one's own tiltak, to be completed by the stafettholder (R-30)."""
    LEAD = "lead"
    RECORD_CONSENT = "record_consent"
    PRINT = "print"
    SEE_TRACES = "see_traces"


MAY: Final[Mapping[Relation, frozenset[Action]]] = {
    Relation.STAFETTHOLDER: frozenset(Action),
    Relation.COLLEAGUE: frozenset({Action.LOOK, Action.WRITE, Action.NOTE, Action.SUBMIT}),
    Relation.COVERED: frozenset({Action.LOOK, Action.NOTE, Action.SUBMIT}),
}


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

    def narrowed_to(self, other: "Sight") -> "Sight":
        """Return what both may see, through the other's eyes: a paper shows no more than its recipient or its printer may see."""
        return replace(
            other,
            actor=self.actor,
            categories=self.categories & other.categories,
            everything=self.everything and other.everything,
            about=_both(self.about, other.about),
            own=other.own if self.everything or self.own == other.own else None,
        )

    def may_name(self, service: UUID, *, is_sensitive: bool) -> bool:
        """Say whether the reader may be told that the service is part of the case; a sensitive one is named to few (R-56)."""
        return not is_sensitive or self.everything or service == self.service

    def mark(self) -> str:
        """Return a short text that changes when the gate's answer does."""
        open_now = ["all"] if self.everything else sorted(c.value[:4] for c in self.categories)
        persons = "" if self.about is None else "".join(sorted(one.hex for one in self.about))
        of_whom = hashlib.sha256(persons.encode()).hexdigest()[:8] if persons else ""
        return ",".join([*open_now, *filter(None, [of_whom])])


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

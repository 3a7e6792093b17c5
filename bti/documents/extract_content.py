"""What stands on a family member's own extract: all that is kept, as that one person may read it (R-50, GDPR article 15)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from bti.documents.stafettlogg_content import Content
    from bti.rules.consent import ConsentAddition, ConsentForm, ConsentLevel
    from bti.rules.tiltak import NoteKind, ProposalStatus


@dataclass(frozen=True)
class AskedAbout:
    """A service the family was asked about: how much it was to see, and from when to when."""

    on: date
    service: str
    level: ConsentLevel
    additions: frozenset[ConsentAddition]
    first: date
    last: date


@dataclass(frozen=True)
class OwnAnswer:
    """What the person has answered for a service, how, where that is written down, and in what language it was explained."""

    on: date
    service: str
    level: ConsentLevel
    additions: frozenset[ConsentAddition]
    form: ConsentForm
    reference: str
    explained_in: str


@dataclass(frozen=True)
class TakenBack:
    """What the person has taken back at once: what some services saw, or the additions alone; and whether it was all."""

    on: date
    services: tuple[str, ...]
    additions: frozenset[ConsentAddition]
    is_all: bool


@dataclass(frozen=True)
class Noted:
    """A note on the way."""

    on: date
    kind: NoteKind
    by: str
    text: str


@dataclass(frozen=True)
class Offered:
    """A proposal, and what the family said to it."""

    text: str
    by: str
    status: ProposalStatus


@dataclass(frozen=True)
class Sent:
    """A message to external services."""

    to: tuple[str, ...]
    situation: str
    family: str
    question: str
    sent_on: date | None


@dataclass(frozen=True)
class PutRight:
    """Something that was put right: what stood there, and what stands there now."""

    on: date
    field: str
    old: str
    new: str


@dataclass(frozen=True)
class Seen:
    """One line of who has read, written or been refused."""

    at: datetime
    who: str
    service: str
    action: str
    thing: str
    outcome: str


@dataclass(frozen=True)
class Extract:
    """All of it, for one person at one moment."""

    log: Content
    child: str
    born: date | None
    of_child: tuple[str, ...]
    """What else is kept of the child: class, where she goes, languages, what helps her to be understood."""
    siblings: tuple[str, ...]
    own: tuple[str, ...]
    """What is kept of the person herself: name, phone, languages."""
    asked: tuple[AskedAbout, ...]
    answered: tuple[OwnAnswer, ...]
    withdrawn: tuple[TakenBack, ...]
    kept_out: tuple[tuple[str, str], ...]
    """A service, and what we look at that the family keeps it out of."""
    keeps_back: bool
    """Whether the family has said in words that something is not to be shared; the words may be one parent's own (R-59)."""
    notes: tuple[Noted, ...]
    offered: tuple[Offered, ...]
    messages: tuple[Sent, ...]
    corrected: tuple[PutRight, ...]
    seen: tuple[Seen, ...]

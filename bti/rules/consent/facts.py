"""What the gate may know of a case: facts with their moments, added and never changed (model.md 5.2)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from bti import clock
from bti.rules.consent.decisions import CaseDecision
from bti.rules.consent.ownership import Transfer
from bti.rules.consent.words import INSIDE, Category, ConsentAddition, ConsentForm, ConsentLevel, Purpose, YouthRule

Consenter = UUID


Service = UUID


Group = frozenset[Consenter]


@dataclass(frozen=True)
class Answer:
    """One consenter's answer for one service."""

    level: ConsentLevel
    additions: frozenset[ConsentAddition] = frozenset()
    exclusions: frozenset[Category] = frozenset()

    def categories(self) -> frozenset[Category]:
        """Return what the answer opens, before anybody's exclusions: a no opens nothing at all."""
        if self.level is ConsentLevel.NO:
            return frozenset()
        return INSIDE[self.level] | {Category(addition.value) for addition in self.additions}


@dataclass(frozen=True)
class Declaration:
    """What one consenter said, under one consent, and what makes it count."""

    consent: UUID
    consenter: Consenter
    purpose: Purpose
    answers: Mapping[Service, Answer]
    information_given_at: datetime
    given_at: datetime
    counts_from: datetime
    recorded_at: datetime
    valid_from: date
    valid_to: date
    form: ConsentForm = ConsentForm.ELECTRONIC
    evidence_at: datetime | None = None
    in_meeting: bool = False
    meeting_closed_at: datetime | None = None
    about_me: frozenset[Consenter] | None = None
    """Who in the family may see what is about the consenter personally; nothing when it was not asked (R-59)."""

    def has_begun(self, at: datetime) -> bool:
        """Say whether the answer has been recorded and has come into its time."""
        begun = self.recorded_at <= at and self.counts_from <= at and self.valid_from <= clock.day(at)
        return begun and self.information_given_at <= self.given_at

    def is_over(self, at: datetime) -> bool:
        """Say whether the period has run out; the last day counts to its end."""
        return clock.day(at) > self.valid_to

    def is_evidenced(self, at: datetime) -> bool:
        """Say whether it can be found again: a reference, or the meeting it was given in still goes on (R-05)."""
        if self.form is ConsentForm.ELECTRONIC or (self.evidence_at is not None and self.evidence_at <= at):
            return True
        return self.in_meeting and (self.meeting_closed_at is None or at < self.meeting_closed_at)


@dataclass(frozen=True)
class Withdrawal:
    """A consenter has taken back the yes to a service, or only some additions. There is no field for a reason."""

    consenter: Consenter
    service: Service
    at: datetime
    additions: frozenset[ConsentAddition] = frozenset()


@dataclass(frozen=True)
class Guardian:
    """A guardian, as the gate knows one."""

    id: Consenter
    has_parental_responsibility: bool
    valid_from: date | None = None
    valid_to: date | None = None

    def is_valid(self, on: date) -> bool:
        """Say whether the guardian is one on the day."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)

    def must_answer(self, on: date) -> bool:
        """Say whether this guardian is asked on the day, unless something else is decided for the child (R-03)."""
        return self.has_parental_responsibility and self.is_valid(on)


@dataclass(frozen=True)
class Request:
    """A service the family has been asked about."""

    service: Service
    purpose: Purpose
    asked_at: datetime


@dataclass(frozen=True)
class Policy:
    """What the kommune has decided (kommune.toml)."""

    youth_age: int = 15
    youth_rule: YouthRule = YouthRule.AND
    health_age: int = 16
    ahead_days: int = 60
    """How long before it counts an answer can be given (R-03, R-09)."""
    guardians_read_health: bool = True
    """Whether the guardians still read what is about health by being guardians, from the health age on (model.md 14)."""


@dataclass(frozen=True)
class Facts:
    """All that the gate may know of a case. Append-only in the store; each fact has its moment."""

    child: Consenter
    birth_date: date
    guardians: tuple[Guardian, ...]
    requests: tuple[Request, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()
    closed_at: tuple[datetime, ...] = ()
    reopened_at: tuple[datetime, ...] = ()
    digital_since: datetime | None = None
    """When the family wanted a digital log after all: what it said before was not said of that one (R-69)."""
    strict_address_unapproved: bool = False
    decisions: tuple[CaseDecision, ...] = ()
    other_owner: Mapping[Service, date | None] = field(default_factory=dict)
    """Services with another owner than the kommune, and from which day each has an agreement (R-65)."""
    expecting: Consenter | None = None
    """The pregnant woman, while the subject is a pregnancy; ``birth_date`` is then the day the child is due."""
    policy: Policy = field(default_factory=Policy)
    owner: Service | None = None
    """The service that made the log: outside the gate, until the child changes school or barnehage (R-62)."""
    transfers: tuple[Transfer, ...] = ()

    def made_digital(self, at: datetime) -> list[datetime]:
        """Return when the family wanted a digital log after all, if it did by then."""
        return [self.digital_since] if self.digital_since and self.digital_since <= at else []


def birthday(born: date, age: int) -> date:
    """Return the day the child turns ``age``; one born on 29 February turns it on the 28th, the stricter side."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 2, 28)

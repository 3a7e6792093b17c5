"""What stands on a printed stafettlogg: values that one recipient may read, and nothing else.

Whoever fills this in has been through the gate as the recipient. The paper draws all it is given and asks nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date, datetime

    from bti.content.kommune import Kommune
    from bti.documents.timeline import Timeline
    from bti.rules.agreement import AgreementKind
    from bti.rules.best_interests import AssessedFor, Factor
    from bti.rules.childs_voice import HeardBy, HeardFor, ShareWith
    from bti.rules.consent import ConsentAddition, ConsentLevel
    from bti.rules.decision import FamilyAgrees
    from bti.rules.evaluation import Degree, Effect, FamilyFirst, OppmerksomhetStatus, TiltakOutcome
    from bti.rules.meeting import MeetingType
    from bti.rules.situation import SituationKind
    from bti.rules.tiltak import Arena, Dates, TiltakStatus
    from bti.rules.workflow import CaseStatus, ClosingReason, DecisionOutcome, Step

Language = Literal["nb", "nn"]


class Audience(StrEnum):
    """For whom a paper is made."""

    FAMILY = "family"
    CHILD = "child"
    ARCHIVE = "archive"
    SERVICE = "service"


@dataclass(frozen=True)
class Who:
    """A person, and what she is at the table."""

    name: str
    role: str = ""

    @property
    def first_name(self) -> str:
        """What the person is called at the table."""
        return self.name.partition(" ")[0]


@dataclass(frozen=True)
class Covered:
    """A service an active consent covers: how much it sees, and until when. An addition may end before the rest."""

    service: str
    level: ConsentLevel
    until: date
    additions: tuple[tuple[ConsentAddition, date], ...] = ()


@dataclass(frozen=True)
class Heard:
    """What the child has said before a meeting, as far as the recipient may read it."""

    round: int
    heard_for: HeardFor
    heard_on: date
    method: HeardBy
    heard_by: str
    share_with: ShareWith
    words: str
    change: str
    weight: str
    own_situation: str = ""
    wants: str = ""
    assessed_by: str = ""
    only_with: tuple[str, ...] = ()
    """The services the child has named, when it said «bare …» and the recipient may be told."""


@dataclass(frozen=True)
class HearingPlan:
    """How the child is heard before the next meeting, or why it is not."""

    attends: bool
    interviewer: str
    due: date | None
    why_not: str


@dataclass(frozen=True)
class SituationPart:
    """One answer about the child's situation."""

    round: int
    kind: SituationKind
    text: str


@dataclass(frozen=True)
class Result:
    """What a tiltak did in one round, the family first."""

    round: int
    family_first: FamilyFirst
    why_not_answered: str
    effect: Effect
    outcome: TiltakOutcome
    reason: str
    best_interests: str
    voices: tuple[tuple[str, Effect | None, str], ...] = ()
    """What each said about it: name, effect and words, either of which may be empty."""


@dataclass(frozen=True)
class Tiltak:
    """What is done, by whom, where and when. Without a who it is a proposal; one that is refused is not begun."""

    text: str
    who: Who | None
    arena: Arena
    dates: Dates
    status: TiltakStatus
    ended_on: date | None
    refused: bool
    results: tuple[Result, ...]
    by_hand: str = ""
    may_need_formal_decision: bool = False


@dataclass(frozen=True)
class Concern:
    """What we look at together, what we want to reach, and what is done."""

    title: str
    goal: str | None
    status: OppmerksomhetStatus
    is_open: bool
    tiltak: tuple[Tiltak, ...]
    description: str = ""
    success_sign: str = ""


@dataclass(frozen=True)
class Judgement:
    """How much the child's situation has changed in a round."""

    round: int
    degree: Degree
    text: str


@dataclass(frozen=True)
class Decided:
    """The way forward that was chosen in a round."""

    round: int
    outcome: DecisionOutcome
    on: date
    family_agrees: FamilyAgrees
    family_wants: str
    why_so: str


@dataclass(frozen=True)
class Best:
    """What is best for the child, and why."""

    round: int
    assessed_for: AssessedFor
    text: str
    factors: frozenset[Factor] = frozenset()


@dataclass(frozen=True)
class NextMeeting:
    """When we meet next, and where if that is known and may be told. An empty purpose follows from the type of meeting."""

    start: datetime
    until: datetime
    place: str
    type: MeetingType
    purpose: str = ""
    besides: tuple[str, ...] = ()
    duties: str = ""


@dataclass(frozen=True)
class Telling:
    """Who tells the child what was decided, and by when."""

    round: int
    who: str
    by: date
    done_on: date | None


@dataclass(frozen=True)
class Agreed:
    """What is agreed besides the tiltak, or left open for next time."""

    round: int
    kind: AgreementKind
    text: str


@dataclass(frozen=True)
class Ending:
    """How the log was closed, for the family and the archive."""

    on: date
    reason: ClosingReason
    said_by: str
    note: str
    reopened_on: date | None = None
    reopened_because: str = ""


@dataclass(frozen=True)
class Content:
    """One stafettlogg for one recipient, at one moment."""

    kommune: Kommune
    language: Language
    audience: Audience
    recipient: str
    made_at: datetime
    number: str
    version: int
    child: str
    birth_year: int | None
    status: CaseStatus
    step: Step
    round: int
    level: str
    opened_on: date
    closed_on: date | None
    registered_afterwards: bool
    stafettholder: Who
    archive_unit: str
    covered: tuple[Covered, ...]
    family: tuple[Who, ...]
    staff: tuple[Who, ...]
    hearing: HearingPlan | None
    heard: tuple[Heard, ...]
    situation: tuple[SituationPart, ...]
    concerns: tuple[Concern, ...]
    judgements: tuple[Judgement, ...]
    decisions: tuple[Decided, ...]
    best: tuple[Best, ...]
    next_meeting: NextMeeting | None
    telling: tuple[Telling, ...]
    endings: tuple[Ending, ...] = ()
    agreements: tuple[Agreed, ...] = ()
    timeline: Timeline | None = None
    seen_by: str = ""
    """The service the paper was made at, when that service does not see all of the log (R-65)."""
    of_age: bool = False
    """Whether the child is 18: the log is its own, and it signs for itself."""

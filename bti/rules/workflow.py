"""The five steps of level B, and which may follow which. The table is the rule; the functions only read it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from bti.errors import Reason, Refused


class Step(StrEnum):
    """The five steps, in the order the meeting takes them."""

    OPPSTART = "oppstart"
    PLANLEGG_TILTAK = "planlegg_tiltak"
    IVERKSETT = "iverksett"
    EVALUERING = "evaluering"
    VEIEN_VIDERE = "veien_videre"

    @property
    def number(self) -> int:
        """The step's number, 1 to 5."""
        return list(Step).index(self) + 1


class CaseStatus(StrEnum):
    """Where the case is, beside its step. Draft stands in oppstart, escalating in veien_videre."""

    DRAFT = "draft"
    OPEN = "open"
    ESCALATING = "escalating"
    CLOSED = "closed"


class Level(StrEnum):
    """How far help has come. The kommune names the levels itself (K1)."""

    CLARIFY = "clarify"
    OWN_SERVICE = "own_service"
    MUNICIPAL = "municipal"
    EXTERNAL = "external"


class StafettloggMode(StrEnum):
    """Whether the case has a digital stafettlogg (K4)."""

    DIGITAL = "digital"
    NONE = "none"
    PAPER = "paper"


class Blank(StrEnum):
    """The forms that can be filled in by hand: one for each step, and the family's two slips (R-69)."""

    OPPSTART = "oppstart"
    PLANLEGG_TILTAK = "planlegg_tiltak"
    IVERKSETT = "iverksett"
    EVALUERING = "evaluering"
    VEIEN_VIDERE = "veien_videre"
    CONSENT = "samtykke"
    WITHDRAWAL = "trekke"


class DecisionOutcome(StrEnum):
    """The three ways out of step 5; the second has two variants (S4-22)."""

    CLOSE = "close"
    CONTINUE = "continue"
    OTHER_MEASURES_OWN_SERVICE = "other_measures_own_service"
    ESCALATE_EXTERNAL = "escalate_external"


class ClosingReason(StrEnum):
    """Why a case was closed."""

    GOAL_REACHED = "goal_reached"
    FAMILY_WISH = "family_wish"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    MOVED = "moved"
    INDIVIDUAL_PLAN = "individual_plan"
    AGED_OUT = "aged_out"
    OPENED_IN_ERROR = "opened_in_error"


AFTER: Final[Mapping[Step, frozenset[Step]]] = {
    Step.OPPSTART: frozenset({Step.PLANLEGG_TILTAK}),
    Step.PLANLEGG_TILTAK: frozenset({Step.IVERKSETT}),
    Step.IVERKSETT: frozenset({Step.EVALUERING}),
    Step.EVALUERING: frozenset({Step.VEIEN_VIDERE}),
    Step.VEIEN_VIDERE: frozenset({Step.PLANLEGG_TILTAK}),
}

LEADS_TO: Final[Mapping[DecisionOutcome, tuple[CaseStatus, Step]]] = {
    DecisionOutcome.CLOSE: (CaseStatus.CLOSED, Step.VEIEN_VIDERE),
    DecisionOutcome.CONTINUE: (CaseStatus.OPEN, Step.PLANLEGG_TILTAK),
    DecisionOutcome.OTHER_MEASURES_OWN_SERVICE: (CaseStatus.OPEN, Step.PLANLEGG_TILTAK),
    DecisionOutcome.ESCALATE_EXTERNAL: (CaseStatus.ESCALATING, Step.VEIEN_VIDERE),
}


WRITES_HERE: Final = frozenset({StafettloggMode.DIGITAL, StafettloggMode.NONE})
"""Where what is said is written down here. On paper it is not."""

SHARES: Final = frozenset({StafettloggMode.DIGITAL})
"""Where other services can be let in."""

ANY_MODE: Final = frozenset(StafettloggMode)
"""For what keeps no word of the content."""


def check_mode(now: StafettloggMode, wanted: frozenset[StafettloggMode]) -> None:
    """Refuse what the family's choice of log leaves no room for (K4, R-69)."""
    if now in wanted:
        return
    raise Refused(Reason.ON_PAPER if now is StafettloggMode.PAPER else Reason.NOTHING_TO_SHARE)


def check_choice(wanted: StafettloggMode, *, is_shared: bool, is_written: bool) -> None:
    """Refuse to leave the digital log while others see it, and to go over to paper when something is kept here already."""
    if is_shared:
        raise Refused(Reason.SHARED_NOW, field="mode")
    if wanted is StafettloggMode.PAPER and is_written:
        raise Refused(Reason.WRITTEN_HERE, field="mode")


def check_step(now: Step, wanted: Step) -> None:
    """Refuse a step that does not follow from where the case stands."""
    if wanted not in AFTER[now]:
        raise Refused(Reason.STEP_NOT_NEXT, field="step")


def check_here(now: Step, status: CaseStatus, *needed: Step) -> None:
    """Refuse to write in another step than the one the case stands in; a closed case is read only (R-18)."""
    if status is CaseStatus.CLOSED:
        raise Refused(Reason.CASE_CLOSED)
    if now not in needed:
        raise Refused(Reason.OTHER_STEP)


def check_round(of: int, now: int, field: str) -> None:
    """Refuse to write anew what an earlier round was about: its history is told in the words of that time (R-18)."""
    if of < now:
        raise Refused(Reason.ROUND_LOCKED, field=field, n=str(of))

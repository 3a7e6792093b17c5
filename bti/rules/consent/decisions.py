"""What is decided for one child beside the kommune's own rule: each decision has names and a reason (R-03, R-60)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from bti.rules.consent.words import YouthRule
from bti.rules.people import AccessRole


class DecisionKind(StrEnum):
    """What is decided about."""

    GUARDIAN_RULE = "guardian_rule"
    YOUTH_RULE = "youth_rule"
    CARE_ORDER = "care_order"
    STRICT_ADDRESS = "strict_address"


class DecisionValue(StrEnum):
    """What was decided. Each value belongs to one kind."""

    ALL = "all"
    ONE_PLUS_NOTICE = "one_plus_notice"
    AND = "and"
    OR = "or"
    ALONE = "alone"
    CWS_ONLY = "cws_only"
    CWS_AND_PARENTS = "cws_and_parents"
    NO_CARE_ORDER = "no_care_order"
    APPROVED = "approved"


class Notice(StrEnum):
    """What became of telling the other guardian that one answers for both (R-03)."""

    GIVEN = "given"
    NOT_POSSIBLE = "not_possible"
    """The decision says why: she cannot be reached, or it is not safe."""


KIND_OF: Final[Mapping[DecisionValue, DecisionKind]] = {
    DecisionValue.ALL: DecisionKind.GUARDIAN_RULE,
    DecisionValue.ONE_PLUS_NOTICE: DecisionKind.GUARDIAN_RULE,
    DecisionValue.AND: DecisionKind.YOUTH_RULE,
    DecisionValue.OR: DecisionKind.YOUTH_RULE,
    DecisionValue.ALONE: DecisionKind.YOUTH_RULE,
    DecisionValue.CWS_ONLY: DecisionKind.CARE_ORDER,
    DecisionValue.CWS_AND_PARENTS: DecisionKind.CARE_ORDER,
    DecisionValue.NO_CARE_ORDER: DecisionKind.CARE_ORDER,
    DecisionValue.APPROVED: DecisionKind.STRICT_ADDRESS,
}
NAMES_WHO_ANSWERS: Final = frozenset(
    {DecisionValue.ONE_PLUS_NOTICE, DecisionValue.CWS_ONLY, DecisionValue.CWS_AND_PARENTS}
)
"""Decisions that say which guardians must answer; the others leave it to the rule."""
APPROVERS: Final = frozenset({AccessRole.COORDINATOR, AccessRole.DATA_PROTECTION_OFFICER})
"""Who must both approve a log for a child with strengt fortrolig address (R-60)."""


@dataclass(frozen=True)
class CaseDecision:
    """One decision for this child, and the moment it was written down: from then it counts."""

    value: DecisionValue
    at: datetime
    consenters: frozenset[UUID] = frozenset()
    approver: AccessRole | None = None

    @property
    def kind(self) -> DecisionKind:
        """What it is about."""
        return KIND_OF[self.value]


def newest(decisions: Iterable[CaseDecision], kind: DecisionKind, at: datetime) -> CaseDecision | None:
    """Return the decision of a kind that counts at the moment: the newest that was written down by then."""
    return max((d for d in decisions if d.kind is kind and d.at <= at), key=lambda d: d.at, default=None)


def who_answers(decisions: Iterable[CaseDecision], at: datetime) -> frozenset[UUID] | None:
    """Return the guardians a decision says must answer; nothing when the kommune's rule says it. A care order goes first."""
    made = tuple(decisions)
    for kind in (DecisionKind.CARE_ORDER, DecisionKind.GUARDIAN_RULE):
        decided = newest(made, kind, at)
        if decided is not None and decided.value in NAMES_WHO_ANSWERS:
            return decided.consenters
    return None


def youth_rule(decisions: Iterable[CaseDecision], otherwise: YouthRule, at: datetime) -> YouthRule:
    """Return how the youth and the guardians answer together for this child."""
    decided = newest(decisions, DecisionKind.YOUTH_RULE, at)
    return YouthRule(decided.value.value) if decided else otherwise


def both_have_approved(approvers: Iterable[AccessRole | None]) -> bool:
    """Say whether the koordinator and the personvernombud have both approved; one of them alone opens nothing (R-60)."""
    return set(approvers) >= APPROVERS

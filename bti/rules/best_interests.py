"""Barnets beste is written at the plan and at the decision, and is never suggested (R-36)."""

from enum import StrEnum


class AssessedFor(StrEnum):
    """What the assessment is made for."""

    PLAN = "plan"
    DECISION = "decision"

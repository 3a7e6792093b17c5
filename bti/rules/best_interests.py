"""Barnets beste is written at the plan and at the decision, and is never suggested (R-36)."""

from enum import StrEnum


class AssessedFor(StrEnum):
    """What the assessment is made for."""

    PLAN = "plan"
    DECISION = "decision"


class Factor(StrEnum):
    """What may weigh in the assessment. Chips to press for who wants them; never asked, never suggested."""

    CHILDS_VIEW = "childs_view"
    IDENTITY_FAMILY = "identity_family"
    CARE_PROTECTION = "care_protection"
    VULNERABILITY = "vulnerability"
    HEALTH = "health"
    EDUCATION = "education"
    STABILITY = "stability"

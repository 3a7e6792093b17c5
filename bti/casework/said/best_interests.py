"""Barnets beste: one text for the plan and one for the decision."""

from collections.abc import Collection, Sequence
from uuid import UUID

from bti.casework import story
from bti.casework.door import OpenCase
from bti.casework.story import AssessmentView
from bti.errors import Reason, Refused
from bti.rules.best_interests import AssessedFor, Factor
from bti.rules.consent import Category
from bti.store.tables import BestInterestsAssessment


def of(texts: Sequence[AssessmentView], assessed_for: AssessedFor, number: int) -> AssessmentView | None:
    """Return the text of the round, if it is written."""
    return next((t for t in texts if t.assessed_for is assessed_for and t.round == number), None)


def save(
    case: OpenCase,
    assessed_for: AssessedFor,
    text: str,
    factors: Collection[Factor] = (),
    version: int | None = None,
) -> UUID:
    """Write the text, anew or over the one that was read (R-36)."""
    if not text.strip():
        raise Refused(Reason.BEST_INTERESTS, field="best_interests" if assessed_for is AssessedFor.DECISION else "text")
    before = of(story.assessments(case), assessed_for, case.round)
    row = (
        case.get(BestInterestsAssessment, before.id, version)
        if before
        else BestInterestsAssessment(round=case.round, assessed_for=assessed_for, category=Category.SCHOOL_KINDERGARTEN)
    )
    row.text, row.factors = text, frozenset(factors)
    return row.id if before else case.new(row).id

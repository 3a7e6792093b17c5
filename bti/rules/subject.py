"""Whom the log is about: a child, a youth, a young adult, or one who is not born yet (R-12)."""

from datetime import date, timedelta
from typing import Final

from bti.errors import Reason, Refused
from bti.rules.consent import ADULT, birthday
from bti.rules.people import SubjectType

SAME_PREGNANCY: Final = timedelta(days=180)
"""Two due dates of one woman nearer than this are one pregnancy, whose due date was moved."""
_BORN_LATE, _FAR_OFF = timedelta(days=60), timedelta(days=300)


def subject_of(born: date | None, today: date, youth_age: int) -> SubjectType:
    """Return what the child is today: it follows from the birth date, and is never asked."""
    if born is None:
        return SubjectType.PREGNANCY
    if is_of_age(born, today):
        return SubjectType.YOUNG_ADULT
    return SubjectType.YOUTH if today >= birthday(born, youth_age) else SubjectType.CHILD


def is_of_age(born: date | None, today: date) -> bool:
    """Say whether somebody of this birth date, once there is one, is 18: from then on only the young person answers (R-03)."""
    return born is not None and today >= birthday(born, ADULT)


def check_due(due: date, today: date) -> None:
    """Refuse a due date no pregnancy of today can have."""
    if not today - _BORN_LATE <= due <= today + _FAR_OFF:
        raise Refused(Reason.DUE_DATE, field="due_date")

"""A log for a child that is not born: the pregnant woman is asked, and she alone (R-03, R-12)."""

from datetime import date

from bti import clock
from bti.casework.intake import creating
from bti.casework.intake.creating import NewGuardian
from bti.rules.people import Actor, GuardianRelation, ProtectedAddress, SubjectType, may_create_at_once
from bti.rules.subject import check_due


def may_start(actor: Actor) -> bool:
    """Say whether the person can make a log for a pregnancy, for the button: the health services (R-12)."""
    return may_create_at_once(actor, own_class=True, subject=SubjectType.PREGNANCY)


def create_for_pregnancy(
    actor: Actor,
    *,
    pregnant: str,
    due_date: date,
    protected_address: ProtectedAddress,
    other: NewGuardian | None = None,
) -> str:
    """Make a stafettlogg for a pregnancy, and return its number. There is one open log for each (R-12)."""
    check_due(due_date, clock.today())
    mother = NewGuardian(pregnant, GuardianRelation.MOTHER, has_parental_responsibility=True)
    return creating.create_case(
        actor,
        child_name=pregnant,
        birth_date=due_date,
        protected_address=protected_address,
        guardians=[mother, *filter(None, [other])],
        subject=SubjectType.PREGNANCY,
    )

"""What is said once, in plain words, and never stops anybody: the family's own tiltak, and the youth's (R-23, R-24)."""

from collections.abc import Collection
from uuid import UUID

from bti.casework.door import OpenCase
from bti.casework.ground.policy import kommune
from bti.casework.people.people import PersonKind
from bti.casework.steps.planning import PlanView
from bti.casework.story import OppmerksomhetView
from bti.rules.consent import birthday


def without_family(view: PlanView) -> tuple[OppmerksomhetView, ...]:
    """Return the open concerns the family has no tiltak under yet (R-23)."""
    return _without(view, {p.id for p in view.people if p.kind is not PersonKind.STAFF})


def youth_may_have_own(case: OpenCase, view: PlanView) -> bool:
    """Say whether the child is old enough for a tiltak of her own, and has none under some concern (R-24)."""
    born = case.row.birth_date
    old_enough = born is not None and birthday(born, kommune().tiltak.youth_measure_age) <= case.today
    return old_enough and bool(_without(view, {p.id for p in view.people if p.kind is PersonKind.CHILD}))


def _without(view: PlanView, theirs: Collection[UUID]) -> tuple[OppmerksomhetView, ...]:
    done = {t.oppmerksomhet for t in view.tiltak if t.responsible in theirs}
    return tuple(c for c in view.oppmerksomheter if c.id not in done)

"""What is agreed besides the tiltak, and what is left open for next time: small records, ticked when they are done."""

from datetime import date
from uuid import UUID

from bti.casework import story
from bti.casework.door import OpenCase, use_case
from bti.casework.people import people
from bti.casework.said import about_guardian
from bti.casework.story import AgreementView
from bti.errors import Reason, Refused
from bti.rules.access import Action
from bti.rules.agreement import AgreementKind, check_agreed, check_not_settled
from bti.rules.consent import Category
from bti.rules.situation import check_category
from bti.rules.workflow import Step, check_here
from bti.store.tables import Agreement


def current(case: OpenCase) -> tuple[AgreementView, ...]:
    """Return what is agreed in this round, and what an earlier one left to be done."""
    return tuple(a for a in story.agreements(case) if a.round == case.round or a.settled_on is None)


@use_case(Action.WRITE)
def agree(
    case: OpenCase,
    *,
    kind: AgreementKind,
    text: str,
    by: UUID | None = None,
    due: date | None = None,
    category: Category = Category.TILTAK_AND_EVALUATION,
    about: UUID | None = None,
) -> UUID:
    """Write down what is agreed, by whom and by when; or what is left open (S0-38, S0-39). A tiltak it is not.

    ``about`` a guardian personally, it is that guardian's to share (R-59).
    """
    check_here(case.step, case.status, *Step)
    check_agreed(kind, by, due, case.today)
    check_category(category, case.sight.categories)
    if about is not None:
        about_guardian.check(case, about)
        category = Category.FAMILY_HOME
    if by is not None:
        people.check_responsible(case, by, "by")
    said = Agreement(round=case.round, kind=kind, text=text, by_id=by, due=due, category=category, about_guardian=about)
    return case.new(said).id


@use_case(Action.WRITE)
def settle(case: OpenCase, *, agreement: UUID) -> UUID:
    """Tick it as done, or as taken up."""
    check_here(case.step, case.status, *Step)
    if agreement not in {a.id for a in story.agreements(case)}:
        raise Refused(Reason.NOT_A_CHOICE, field="agreement")
    row = case.get(Agreement, agreement)
    check_not_settled(row.settled_on)
    row.settled_on = case.today
    return row.id

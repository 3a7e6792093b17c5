"""More about an oppmerksomhet and its goal than anybody has to write, and what its words are about."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from bti.casework import story
from bti.casework.door import OpenCase, use_case
from bti.casework.ground.reading import reading
from bti.casework.people import people
from bti.casework.story import OppmerksomhetView
from bti.errors import Reason, Refused
from bti.rules.access import Action
from bti.rules.consent import Category
from bti.rules.goal import Area, GoalStatus
from bti.rules.situation import check_category
from bti.rules.workflow import Step, check_here
from bti.store.tables import Evaluation, Goal, GoalOwner, Oppmerksomhet, ProgressNote, Tiltak, TiltakProposal

_OWNERS = reading(
    select(GoalOwner.id, GoalOwner.participant_id).where(GoalOwner.goal_id == bindparam("goal")), GoalOwner
)
UNDER = tuple(
    (
        table,
        reading(
            select(table.id, table.category, table.about_guardian).where(table.oppmerksomhet_id == bindparam("under")),
            table,
        ),
    )
    for table in (Goal, Tiltak, TiltakProposal, ProgressNote, Evaluation)
)
"""What lies under an oppmerksomhet and is about the same as it, until somebody says otherwise."""


@use_case(Action.WRITE)
def describe(
    case: OpenCase,
    *,
    oppmerksomhet: UUID,
    description: str,
    area: Area | None,
    category: Category,
    owners: Collection[UUID],
    success_sign: str,
    goal_status: GoalStatus | None,
    version: int,
) -> UUID:
    """Write down more about it. Other words about something else are read by others: all that followed it follows on."""
    check_here(case.step, case.status, Step.PLANLEGG_TILTAK)
    check_category(category, case.sight.writes_in)
    concern = next((c for c in story.oppmerksomheter(case) if c.id == oppmerksomhet), None)
    if concern is None:
        raise Refused(Reason.NOT_YOURS)
    if concern.about is not None and category is not Category.FAMILY_HOME:
        raise Refused(Reason.NOT_A_CHOICE, field="category")
    if not set(owners) <= {p.id for p in people.people(case)}:
        raise Refused(Reason.NOT_A_CHOICE, field="owners")
    row = case.get(Oppmerksomhet, oppmerksomhet, version)
    row.description, row.area, row.updated_at = description or None, area, case.at
    goal = case.get(Goal, concern.goal.id)
    goal.success_sign, goal.status = success_sign or None, goal_status
    _owned_by(case, concern, frozenset(owners))
    _follow(case, concern, category)
    row.category = category
    return row.id


def _owned_by(case: OpenCase, concern: OppmerksomhetView, wanted: frozenset[UUID]) -> None:
    before = {row.participant_id: row.id for row in case.read(_OWNERS, goal=concern.goal.id)}
    for participant in before.keys() - wanted:
        case.session.delete(case.get(GoalOwner, before[participant]))
    for participant in wanted - before.keys():
        case.new(GoalOwner(goal_id=concern.goal.id, participant_id=participant))


def _follow(case: OpenCase, concern: OppmerksomhetView, category: Category) -> None:
    """Let what lies under it and was about the same be about the same still."""
    if category is concern.category:
        return
    for table, found in UNDER:
        for row in case.read(found, under=concern.id):
            if row.category is concern.category and row.about_guardian is None:
                under: Any = case.get(table, row.id)
                under.category = category

"""The child's voice and barnets beste."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import and_, bindparam, select

from bti.casework.door import OpenCase
from bti.casework.ground.naming import in_order, service_name
from bti.casework.ground.reading import reading
from bti.rules.access import Action, may
from bti.rules.best_interests import AssessedFor, Factor
from bti.rules.childs_voice import Heard, HeardBy, HeardFor, ShareWith, tells_change
from bti.store.tables import (
    BestInterestsAssessment,
    ChildView,
    ChildViewPlan,
    ChildViewReader,
    Service,
)


@dataclass(frozen=True)
class ChildPlanView:
    """How the child is heard before a meeting."""

    id: UUID
    round: int
    heard_for: HeardFor
    attends: bool
    interviewer: UUID | None
    due: date | None
    not_heard_reason: str
    version: int


@dataclass(frozen=True)
class ChildViewView:
    """What the child has said that this reader may read."""

    id: UUID
    round: int
    heard_for: HeardFor
    heard_on: date
    heard_by: UUID | None
    method: HeardBy
    words: str
    own_situation: str
    experienced_change: str
    wants: str
    assessed_by_role: str
    share_with: ShareWith
    named: frozenset[UUID]
    only_with: tuple[str, ...]
    """What they are called, when the child said «bare …»: told to those who see all of the log (R-34, R-56)."""
    how_weighted: str
    version: int
    updated_at: datetime


@dataclass(frozen=True)
class AssessmentView:
    """What is best for the child, and why."""

    id: UUID
    round: int
    assessed_for: AssessedFor
    text: str
    factors: frozenset[Factor]
    version: int
    updated_at: datetime


_PLANS = reading(
    select(
        ChildViewPlan.id,
        ChildViewPlan.round,
        ChildViewPlan.heard_for,
        ChildViewPlan.attends,
        ChildViewPlan.interviewer_id.label("interviewer"),
        ChildViewPlan.due,
        ChildViewPlan.not_heard_reason,
        ChildViewPlan.version,
    ).order_by(ChildViewPlan.round, ChildViewPlan.id),
    ChildViewPlan,
)


_VIEWS = reading(
    select(
        ChildView.id,
        ChildView.round,
        ChildView.heard_for,
        ChildView.heard_on,
        ChildView.heard_by_id.label("heard_by"),
        ChildView.method,
        ChildView.words,
        ChildView.own_situation,
        ChildView.experienced_change,
        ChildView.wants,
        ChildView.assessed_by_role,
        ChildView.share_with,
        ChildView.how_weighted,
        ChildView.version,
        ChildView.updated_at,
        ChildViewReader.service_id,
        Service.name_nb,
        Service.name_nn,
        Service.sensitive_membership,
    )
    .outerjoin(
        ChildViewReader,
        and_(ChildViewReader.case_id == ChildView.case_id, ChildViewReader.child_view_id == ChildView.id),
    )
    .outerjoin(Service, Service.id == ChildViewReader.service_id)
    .order_by(ChildView.round, ChildView.id),
    ChildView,
)
_OF_A_READER: Final = ("service_id", "name_nb", "name_nn", "sensitive_membership")


_HEARD: Final = select(ChildView.id).where(
    ChildView.case_id == bindparam("case"),
    ChildView.heard_for == bindparam("heard_for"),
    ChildView.round == bindparam("round"),
)
"""That the child was heard, and not a word of what it said."""

_ASSESSMENTS = reading(
    select(
        BestInterestsAssessment.id,
        BestInterestsAssessment.round,
        BestInterestsAssessment.assessed_for,
        BestInterestsAssessment.text,
        BestInterestsAssessment.factors,
        BestInterestsAssessment.version,
        BestInterestsAssessment.updated_at,
    ).order_by(BestInterestsAssessment.round, BestInterestsAssessment.id),
    BestInterestsAssessment,
)


def child_plans(case: OpenCase) -> tuple[ChildPlanView, ...]:
    """Return how the child is heard before each meeting."""
    rows = (dict(row._mapping) for row in case.read(_PLANS))
    return tuple(ChildPlanView(**(row | {"not_heard_reason": row["not_heard_reason"] or ""})) for row in rows)


def child_views(case: OpenCase) -> tuple[ChildViewView, ...]:
    """Return what the child has said, as far as the child lets this reader read it (R-34)."""
    said: dict[UUID, dict[str, Any]] = {}
    named: dict[UUID, dict[UUID, str]] = {}
    for row in case.read(_VIEWS):
        words = {name: value for name, value in row._mapping.items() if name not in _OF_A_READER}
        said[row.id] = words | {"how_weighted": row.how_weighted or ""}
        named.setdefault(row.id, {}).update({row.service_id: _called(case, row)} if row.service_id else {})
    return tuple(
        ChildViewView(**words, named=frozenset(named[key]), only_with=in_order(filter(None, named[key].values()), str))
        for key, words in said.items()
    )


def _called(case: OpenCase, row: Any) -> str:
    """Return what a service the child has named is called. To one who may be told of some of them only, «bare» would be untrue."""
    is_told = case.sight.everything and case.sight.may_name(row.service_id, is_sensitive=row.sensitive_membership)
    return service_name(row) if is_told and row.share_with is ShareWith.NAMED else ""


def assessments(case: OpenCase) -> tuple[AssessmentView, ...]:
    """Return the barnets-beste texts."""
    return tuple(AssessmentView(**row._mapping) for row in case.read(_ASSESSMENTS))


def heard(
    plans: Sequence[ChildPlanView], views: Sequence[ChildViewView], heard_for: HeardFor, number: int
) -> tuple[ChildPlanView | None, ChildViewView | None, Heard]:
    """Return the plan and the view for one meeting of a round, and what the rule asks about them (R-32)."""
    plan = next((p for p in plans if p.heard_for is heard_for and p.round == number), None)
    view = next((v for v in views if v.heard_for is heard_for and v.round == number), None)
    told = view is not None and tells_change(view.share_with, is_told=bool(view.experienced_change.strip()))
    known = Heard(has_view=view is not None, tells_change=told)
    if plan:
        known = replace(
            known,
            attends=plan.attends,
            has_interviewer=plan.interviewer is not None,
            due=plan.due,
            not_heard_reason=plan.not_heard_reason,
        )
    return plan, view, known


def heard_now(
    case: OpenCase, plans: Sequence[ChildPlanView], views: Sequence[ChildViewView], heard_for: HeardFor
) -> tuple[ChildPlanView | None, ChildViewView | None, Heard]:
    """Return the same for this round. A child who keeps what it said from the one who leads is heard, and owes her no more."""
    plan, view, known = heard(plans, views, heard_for, case.round)
    if view is None and is_heard_by_others(case, heard_for):
        known = replace(known, has_view=True, tells_change=True)
    return plan, view, known


def is_heard_by_others(case: OpenCase, heard_for: HeardFor) -> bool:
    """Say whether the child is heard for one meeting of this round, to one who leads and may not read what it said (R-34)."""
    if case.sight.everything or not may(case.sight, Action.LEAD):
        return False
    asked = {"case": case.id, "heard_for": heard_for, "round": case.round}
    return case.session.execute(_HEARD, asked).first() is not None

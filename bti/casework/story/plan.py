"""What is looked at together, the goals and the tiltak."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, select

from bti import clock
from bti.casework.door import OpenCase
from bti.casework.ground.naming import title
from bti.casework.ground.policy import kommune
from bti.casework.ground.reading import reading
from bti.casework.people.gone import gone_at
from bti.casework.people.holding import now_open
from bti.language import spoken
from bti.rules.consent import Category
from bti.rules.evaluation import OppmerksomhetStatus
from bti.rules.goal import Area, GoalStatus
from bti.rules.people import GuardianRelation, ServiceKind
from bti.rules.tiltak import (
    Arena,
    EvaluationMode,
    FamilySays,
    TiltakStatus,
    is_complete,
    may_need_formal_decision,
)
from bti.store.tables import (
    Child,
    Goal,
    GoalOwner,
    Guardian,
    Oppmerksomhet,
    Participant,
    Service,
    StaffUser,
    Tiltak,
    TiltakContributor,
)


@dataclass(frozen=True)
class GoalView:
    """A goal; without words of its own it is the concern itself."""

    id: UUID
    text: str | None
    success_sign: str
    status: GoalStatus | None
    owners: frozenset[UUID]
    version: int


@dataclass(frozen=True)
class Doer:
    """Who does a tiltak: named to everybody who may see that tiltak, also when she has left the case (model.md 14)."""

    name: str
    title: str
    relation: GuardianRelation | None
    service_kind: ServiceKind | None
    service_name: str
    gone_since: datetime | None
    """When she left the case, her time in it or her service's was over, or her account ended: it needs somebody new (R-26)."""

    @property
    def first_name(self) -> str:
        """What the person is called at the table."""
        return self.name.partition(" ")[0]


@dataclass(frozen=True)
class TiltakView:
    """A tiltak as the reader may see it. What follows from who does it and from the evaluation meeting is empty here."""

    id: UUID
    oppmerksomhet: UUID
    text: str
    responsible: UUID | None
    who: Doer | None
    contributors: frozenset[UUID]
    arena: Arena | None
    start: date
    deadline: date | None
    evaluation_due: date | None
    evaluation_mode: EvaluationMode | None
    follow_up_how: str
    follow_up_by: UUID | None
    requires_formal_decision: bool
    status: TiltakStatus
    ended_on: date | None
    family_says: FamilySays | None
    read_aloud_at: datetime | None
    round: int
    order_no: int
    category: Category
    version: int
    updated_at: datetime
    registered_afterwards: bool = False
    """Whether it had begun on paper before the log was made here (R-61)."""
    changed_from: str = ""
    """What it was before an evaluation changed it, where the reader may see that one too (R-31)."""

    @property
    def is_complete(self) -> bool:
        """Whether it has what and who; until then it is a proposal."""
        return is_complete(what=self.text, has_responsible=self.responsible is not None)


@dataclass(frozen=True)
class Successor:
    """A tiltak another one was changed into."""

    id: UUID
    predecessor: UUID


@dataclass(frozen=True)
class OppmerksomhetView:
    """What we look at together, with its goal."""

    id: UUID
    title: str
    description: str
    area: Area | None
    goal: GoalView
    status_by_hand: OppmerksomhetStatus | None
    opened_round: int
    closed_round: int | None
    category: Category
    about: UUID | None
    version: int
    updated_at: datetime


_CONCERNS = reading(
    select(
        Oppmerksomhet.id,
        Oppmerksomhet.title,
        Oppmerksomhet.description,
        Oppmerksomhet.area,
        Oppmerksomhet.status.label("status_by_hand"),
        Oppmerksomhet.opened_round,
        Oppmerksomhet.closed_round,
        Oppmerksomhet.category,
        Oppmerksomhet.about_guardian.label("about"),
        Oppmerksomhet.version,
        Oppmerksomhet.updated_at,
        Goal.id.label("goal_id"),
        Goal.text.label("goal_text"),
        Goal.success_sign.label("goal_success_sign"),
        Goal.status.label("goal_status"),
        Goal.version.label("goal_version"),
        GoalOwner.participant_id.label("owner"),
    )
    .join(Goal, Goal.oppmerksomhet_id == Oppmerksomhet.id)
    .outerjoin(GoalOwner, GoalOwner.goal_id == Goal.id)
    .order_by(Oppmerksomhet.order_no, Oppmerksomhet.id),
    Oppmerksomhet,
    Goal,
)


_TILTAK = reading(
    select(
        Tiltak.id,
        Tiltak.oppmerksomhet_id.label("oppmerksomhet"),
        Tiltak.text,
        Tiltak.responsible_id.label("responsible"),
        Tiltak.arena,
        Tiltak.start,
        Tiltak.deadline,
        Tiltak.evaluation_due,
        Tiltak.evaluation_mode,
        Tiltak.follow_up_how,
        Tiltak.follow_up_by_id.label("follow_up_by"),
        Tiltak.requires_formal_decision,
        Tiltak.status,
        Tiltak.ended_on,
        Tiltak.family_says,
        Tiltak.read_aloud_at,
        Tiltak.round,
        Tiltak.predecessor_id,
        Tiltak.order_no,
        Tiltak.category,
        Tiltak.version,
        Tiltak.updated_at,
        TiltakContributor.participant_id.label("contributor"),
        StaffUser.display_name,
        StaffUser.title,
        Service.kind,
        Service.name_nb,
        Service.name_nn,
        Guardian.name.label("guardian"),
        Guardian.relation,
        gone_at(Tiltak.case_id).label("gone_at"),
        Participant.access_until,
        Guardian.valid_to,
        Child.given_names,
    )
    .outerjoin(TiltakContributor, TiltakContributor.tiltak_id == Tiltak.id)
    .outerjoin(Participant, and_(Participant.case_id == Tiltak.case_id, Participant.id == Tiltak.responsible_id))
    .outerjoin(StaffUser, StaffUser.id == Participant.user_id)
    .outerjoin(Service, Service.id == StaffUser.service_id)
    .outerjoin(Guardian, Guardian.id == Participant.guardian_id)
    .outerjoin(Child, Child.id == Participant.child_id)
    .order_by(Tiltak.order_no, Tiltak.id),
    Tiltak,
)


_SUCCESSORS = reading(select(Tiltak.id, Tiltak.predecessor_id).where(Tiltak.predecessor_id.is_not(None)), Tiltak)


def oppmerksomheter(case: OpenCase) -> tuple[OppmerksomhetView, ...]:
    """Return what we look at together, each with its goal."""
    told, owners = dict[UUID, Any](), dict[UUID, set[UUID]]()
    for row in case.read(_CONCERNS):
        told[row.id] = row
        owners.setdefault(row.id, set()).update({row.owner} if row.owner else ())
    return tuple(_concern(row, frozenset(owners[key])) for key, row in told.items())


def concerns_in(concerns: Sequence[OppmerksomhetView], number: int) -> list[OppmerksomhetView]:
    """Return what was looked at in a round."""
    return [c for c in concerns if c.opened_round <= number <= (c.closed_round or number)]


def _concern(row: Any, owners: frozenset[UUID]) -> OppmerksomhetView:
    return OppmerksomhetView(
        id=row.id,
        title=row.title,
        description=row.description or "",
        area=row.area,
        goal=GoalView(
            row.goal_id, row.goal_text, row.goal_success_sign or "", row.goal_status, owners, row.goal_version
        ),
        about=row.about,
        status_by_hand=row.status_by_hand,
        opened_round=row.opened_round,
        closed_round=row.closed_round,
        category=row.category,
        version=row.version,
        updated_at=row.updated_at,
    )


def tiltak(case: OpenCase) -> tuple[TiltakView, ...]:
    """Return the tiltak, proposals among them."""
    words, found = kommune().tiltak.formal_decision, dict[UUID, dict[str, Any]]()
    for row in case.read(_TILTAK, **now_open(case.at)):
        told = dict(row._mapping)
        helps, who = told.pop("contributor"), _doer({name: told.pop(name) for name in _WHO}, case.today)
        if row.requires_formal_decision is None:
            told["requires_formal_decision"] = may_need_formal_decision(row.text, words)
        one = found.setdefault(row.id, {**told, "who": who, "contributors": set()})
        one["registered_afterwards"] = _is_from_paper(case, row.start)
        one["follow_up_how"] = row.follow_up_how or ""
        one["contributors"].update({helps} if helps else ())
    for one in found.values():
        one["changed_from"] = found.get(one.pop("predecessor_id"), {}).get("text", "")
    return tuple(TiltakView(**(one | {"contributors": frozenset(one["contributors"])})) for one in found.values())


_WHO = (
    "display_name",
    "title",
    "kind",
    "name_nb",
    "name_nn",
    "guardian",
    "relation",
    "given_names",
    "gone_at",
    "access_until",
    "valid_to",
)


def _doer(row: dict[str, Any], today: date) -> Doer | None:
    name = row["display_name"] or row["guardian"] or row["given_names"]
    service = row["name_nn"] if spoken() == "nn" else row["name_nb"]
    last_days = [day for day in (row["access_until"], row["valid_to"]) if day and day < today]
    left = [row["gone_at"]] if row["gone_at"] else []
    gone = min([*left, *(clock.midnight(day + timedelta(days=1)) for day in last_days)], default=None)
    what = title(row["title"], row["name_nb"], row["name_nn"])
    return Doer(name, what, row["relation"], row["kind"], service or "", gone) if name else None


def _is_from_paper(case: OpenCase, start: date) -> bool:
    return case.row.registered_afterwards and start < clock.day(case.row.opened_at)


def successors(case: OpenCase) -> tuple[Successor, ...]:
    """Return which tiltak were changed into which."""
    return tuple(Successor(row.id, row.predecessor_id) for row in case.read(_SUCCESSORS))

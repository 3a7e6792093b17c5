"""What the case is about and what is done: the situation, what we look at together, the goals and the tiltak."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, select

from bti.casework.door import OpenCase
from bti.casework.policy import kommune
from bti.casework.reading import reading
from bti.language import spoken
from bti.rules.consent import Category
from bti.rules.evaluation import OppmerksomhetStatus
from bti.rules.people import GuardianRelation, ServiceKind
from bti.rules.situation import SituationKind
from bti.rules.tiltak import (
    Arena,
    EvaluationMode,
    FamilySays,
    ProposalStatus,
    TiltakStatus,
    is_complete,
    may_need_formal_decision,
)
from bti.store.tables import (
    Child,
    Goal,
    Guardian,
    Oppmerksomhet,
    Participant,
    Service,
    SituationText,
    StaffUser,
    Tiltak,
    TiltakContributor,
    TiltakProposal,
)


@dataclass(frozen=True)
class TextView:
    """An answer about the situation."""

    id: UUID
    round: int
    kind: SituationKind
    text: str
    category: Category
    about: UUID | None
    about_name: str | None
    version: int
    updated_at: datetime


@dataclass(frozen=True)
class GoalView:
    """A goal; without words of its own it is the concern itself."""

    id: UUID
    text: str | None
    version: int


@dataclass(frozen=True)
class Doer:
    """Who does a tiltak: named to everybody who may see that tiltak, also when she has left the case (model.md 14)."""

    name: str
    title: str
    relation: GuardianRelation | None
    service_kind: ServiceKind | None
    service_name: str

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

    @property
    def is_complete(self) -> bool:
        """Whether it has what and who; until then it is a proposal."""
        return is_complete(what=self.text, has_responsible=self.responsible is not None)


@dataclass(frozen=True)
class ProposalView:
    """Help that is offered, and what the family has said to it."""

    id: UUID
    text: str
    offered_by: UUID
    oppmerksomhet: UUID | None
    status: ProposalStatus
    decided_by: UUID | None
    round: int
    version: int


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
    goal: GoalView
    status_by_hand: OppmerksomhetStatus | None
    opened_round: int
    closed_round: int | None
    category: Category
    about: UUID | None
    version: int
    updated_at: datetime


_SITUATION = reading(
    select(
        SituationText.id,
        SituationText.round,
        SituationText.kind,
        SituationText.text,
        SituationText.category,
        SituationText.about_guardian.label("about"),
        Guardian.name.label("about_name"),
        SituationText.version,
        SituationText.updated_at,
    )
    .outerjoin(Guardian, Guardian.id == SituationText.about_guardian)
    .order_by(SituationText.round, SituationText.id),
    SituationText,
)


_CONCERNS = reading(
    select(
        Oppmerksomhet.id,
        Oppmerksomhet.title,
        Oppmerksomhet.status.label("status_by_hand"),
        Oppmerksomhet.opened_round,
        Oppmerksomhet.closed_round,
        Oppmerksomhet.category,
        Oppmerksomhet.about_guardian.label("about"),
        Oppmerksomhet.version,
        Oppmerksomhet.updated_at,
        Goal.id.label("goal_id"),
        Goal.text.label("goal_text"),
        Goal.version.label("goal_version"),
    )
    .join(Goal, Goal.oppmerksomhet_id == Oppmerksomhet.id)
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


_PROPOSALS = reading(
    select(
        TiltakProposal.id,
        TiltakProposal.text,
        TiltakProposal.offered_by_id.label("offered_by"),
        TiltakProposal.oppmerksomhet_id.label("oppmerksomhet"),
        TiltakProposal.status,
        TiltakProposal.decided_by_id.label("decided_by"),
        TiltakProposal.round,
        TiltakProposal.version,
    ).order_by(TiltakProposal.id),
    TiltakProposal,
)


_SUCCESSORS = reading(select(Tiltak.id, Tiltak.predecessor_id).where(Tiltak.predecessor_id.is_not(None)), Tiltak)


def situation(case: OpenCase) -> tuple[TextView, ...]:
    """Return what is known of the situation, all rounds."""
    return tuple(TextView(**row._mapping) for row in case.read(_SITUATION))


def oppmerksomheter(case: OpenCase) -> tuple[OppmerksomhetView, ...]:
    """Return what we look at together, each with its goal."""
    rows = (dict(row._mapping) for row in case.read(_CONCERNS))
    return tuple(
        OppmerksomhetView(goal=GoalView(row.pop("goal_id"), row.pop("goal_text"), row.pop("goal_version")), **row)
        for row in rows
    )


def tiltak(case: OpenCase) -> tuple[TiltakView, ...]:
    """Return the tiltak, proposals among them."""
    words, found = kommune().tiltak.formal_decision, dict[UUID, dict[str, Any]]()
    for row in case.read(_TILTAK):
        told = dict(row._mapping)
        helps, who = told.pop("contributor"), _doer({name: told.pop(name) for name in _WHO})
        if row.requires_formal_decision is None:
            told["requires_formal_decision"] = may_need_formal_decision(row.text, words)
        one = found.setdefault(row.id, {**told, "who": who, "contributors": set()})
        one["follow_up_how"] = row.follow_up_how or ""
        one["contributors"].update({helps} if helps else ())
    return tuple(TiltakView(**(one | {"contributors": frozenset(one["contributors"])})) for one in found.values())


_WHO = ("display_name", "title", "kind", "name_nb", "name_nn", "guardian", "relation", "given_names")


def _doer(row: dict[str, Any]) -> Doer | None:
    name = row["display_name"] or row["guardian"] or row["given_names"]
    service = row["name_nn"] if spoken() == "nn" else row["name_nb"]
    return Doer(name, row["title"] or "", row["relation"], row["kind"], service or "") if name else None


def proposals(case: OpenCase) -> tuple[ProposalView, ...]:
    """Return the help that is offered, all rounds."""
    return tuple(ProposalView(**row._mapping) for row in case.read(_PROPOSALS))


def successors(case: OpenCase) -> tuple[Successor, ...]:
    """Return which tiltak were changed into which."""
    return tuple(Successor(row.id, row.predecessor_id) for row in case.read(_SUCCESSORS))

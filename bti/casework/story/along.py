"""What is offered and noted along the way."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from bti.casework.door import OpenCase
from bti.casework.ground.reading import reading
from bti.rules.agreement import AgreementKind
from bti.rules.tiltak import (
    NoteKind,
    ProposalStatus,
)
from bti.store.tables import (
    Agreement,
    ProgressNote,
    TiltakProposal,
)


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
class NoteView:
    """A note on the way."""

    id: UUID
    tiltak: UUID
    round: int
    on: date
    by: UUID
    kind: NoteKind
    text: str


@dataclass(frozen=True)
class AgreementView:
    """Something agreed besides the tiltak, or left open for next time."""

    id: UUID
    kind: AgreementKind
    text: str
    by: UUID | None
    due: date | None
    round: int
    settled_on: date | None


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


_NOTES = reading(
    select(
        ProgressNote.id,
        ProgressNote.tiltak_id.label("tiltak"),
        ProgressNote.round,
        ProgressNote.on,
        ProgressNote.by_id.label("by"),
        ProgressNote.kind,
        ProgressNote.text,
    ).order_by(ProgressNote.on.desc(), ProgressNote.id.desc()),
    ProgressNote,
)


_AGREEMENTS = reading(
    select(
        Agreement.id,
        Agreement.kind,
        Agreement.text,
        Agreement.by_id.label("by"),
        Agreement.due,
        Agreement.round,
        Agreement.settled_on,
    ).order_by(Agreement.id),
    Agreement,
)


def proposals(case: OpenCase) -> tuple[ProposalView, ...]:
    """Return the help that is offered, all rounds."""
    return tuple(ProposalView(**row._mapping) for row in case.read(_PROPOSALS))


def notes(case: OpenCase) -> tuple[NoteView, ...]:
    """Return the notes on the way, the newest first."""
    return tuple(NoteView(**row._mapping) for row in case.read(_NOTES))


def agreements(case: OpenCase) -> tuple[AgreementView, ...]:
    """Return what is agreed and what is left open, all rounds, in the order it was written."""
    return tuple(AgreementView(**row._mapping) for row in case.read(_AGREEMENTS))

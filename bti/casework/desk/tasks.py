"""What is left to do in a case when the meeting is over: the child is told, and the log is archived (R-33, R-46).

Nothing is stored of a task: it stands in the list while something is missing, and goes when it is there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from bti.casework import story
from bti.casework.door import OpenCase, use_case
from bti.casework.ground.reading import reading
from bti.casework.story import InformView
from bti.errors import Reason, Refused
from bti.rules.access import Action
from bti.rules.closing import ArchivedWhat, TaskKind, left_to_do
from bti.rules.workflow import CaseStatus
from bti.store.tables import ArchiveReceipt


@dataclass(frozen=True)
class ReceiptView:
    """That something was archived."""

    of: ArchivedWhat
    unit: str
    reference: str
    archived_on: date


@dataclass(frozen=True)
class Task:
    """One thing that is left to do. ``telling`` is empty while nobody has been asked to tell the child."""

    kind: TaskKind
    by: date | None = None
    telling: InformView | None = None


_RECEIPTS = reading(
    select(ArchiveReceipt.of, ArchiveReceipt.unit, ArchiveReceipt.reference, ArchiveReceipt.archived_on).order_by(
        ArchiveReceipt.at
    ),
    ArchiveReceipt,
)


def receipts(case: OpenCase) -> tuple[ReceiptView, ...]:
    """Return what has been archived."""
    return tuple(ReceiptView(**row._mapping) for row in case.read(_RECEIPTS))


def tasks_of(case: OpenCase) -> tuple[Task, ...]:
    """Return what is left to do in this case."""
    return left(case, story.informing(case), receipts(case))


def left(case: OpenCase, informing: Sequence[InformView], archived: Sequence[ReceiptView]) -> tuple[Task, ...]:
    """Return what is left to do, when it is read already who tells the child and what is archived.

    What the reader has agreed to tell herself comes before what another has.
    """
    waiting = [t for t in informing if t.done_at is None]
    waits = next((t for t in waiting if t.who == case.participant_id), next(iter(waiting), None))
    kinds = left_to_do(
        case.row.closing_reason,
        waits_to_be_told=waits is not None,
        telling_is_agreed=story.of_round(informing, case.round) is not None,
        is_archived=_is_archived(archived),
    )
    return tuple(Task(k, waits.by, waits) if k is TaskKind.INFORM_CHILD and waits else Task(k) for k in kinds)


@use_case(Action.LEAD)
def record_archived(case: OpenCase, *, reference: str, archived_on: date) -> UUID:
    """Write down that the closed log lies in the archive of the owner service: where, and since when (R-46)."""
    if case.status is not CaseStatus.CLOSED:
        raise Refused(Reason.OTHER_STEP)
    if _is_archived(receipts(case)):
        raise Refused(Reason.SAVED_ALREADY)
    if archived_on > case.today:
        raise Refused(Reason.IN_THE_FUTURE, field="archived_on")
    return case.new(
        ArchiveReceipt(
            of=ArchivedWhat.LOG_AT_CLOSING,
            unit=case.row.archive_unit or case.row.name_nb,
            reference=reference,
            archived_on=archived_on,
            at=case.at,
            recorded_by=case.actor.id,
        )
    ).id


def _is_archived(archived: Sequence[ReceiptView]) -> bool:
    return any(r.of is ArchivedWhat.LOG_AT_CLOSING for r in archived)

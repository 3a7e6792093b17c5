"""A tiltak that is changed: the old words stay with the round they were agreed in, and another tiltak follows (R-18, R-31)."""

from uuid import UUID

from bti.casework.ground.open_case import OpenCase
from bti.rules.tiltak import TiltakStatus
from bti.store.tables import Tiltak


def succeed(
    case: OpenCase, what: Tiltak, *, text: str, responsible: UUID | None, oppmerksomhet: UUID, goal: UUID, number: int
) -> UUID:
    """End a tiltak as changed, and write what it is changed into, for the round with this number."""
    what.status, what.ended_on = TiltakStatus.CHANGED, case.today
    return case.new(
        Tiltak(
            oppmerksomhet_id=oppmerksomhet,
            goal_id=goal,
            text=text,
            responsible_id=responsible,
            arena=what.arena,
            start=case.today,
            status=TiltakStatus.PLANNED,
            predecessor_id=what.id,
            round=number,
            order_no=what.order_no,
            category=what.category,
        )
    ).id

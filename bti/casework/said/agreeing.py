"""What the family says to the tiltak: a no stops one, and what was read aloud and approved is agreed to (R-58)."""

from uuid import UUID

from bti.casework import story
from bti.casework.door import OpenCase, use_case
from bti.rules.access import Action
from bti.rules.tiltak import FamilySays, TiltakStatus
from bti.rules.workflow import Step, check_here
from bti.store.tables import Tiltak


@use_case(Action.WRITE)
def family_says(case: OpenCase, *, tiltak: UUID, says: FamilySays, version: int) -> UUID:
    """Write down what the family says to one tiltak. With a no it is never carried out; the family may say otherwise later."""
    check_here(case.step, case.status, Step.PLANLEGG_TILTAK, Step.IVERKSETT)
    row = case.get(Tiltak, tiltak, version)
    row.family_says = says
    return row.id


@use_case(Action.LEAD)
def approve_read_aloud(case: OpenCase) -> None:
    """Write down that all that is planned was read aloud and approved. What the family said no to stays a no (S2-08)."""
    check_here(case.step, case.status, Step.PLANLEGG_TILTAK)
    for one in story.tiltak(case):
        if one.status is TiltakStatus.PLANNED and one.is_complete and one.family_says is not FamilySays.NO:
            row = case.get(Tiltak, one.id)
            row.family_says, row.read_aloud_at = FamilySays.AGREES, case.at

"""What the case is about."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from bti.casework.door import OpenCase
from bti.casework.ground.reading import reading
from bti.rules.consent import Category
from bti.rules.evaluation import Effect
from bti.rules.situation import SituationKind, Tried, TriedBy
from bti.store.tables import (
    Guardian,
    SituationText,
)


@dataclass(frozen=True)
class TextView:
    """A text about the situation; ``further`` when it stands beside the three questions of step 1."""

    id: UUID
    round: int
    kind: SituationKind
    text: str
    category: Category
    further: bool
    by: UUID | None
    period: str | None
    effect: Effect | None
    tried_by: TriedBy | None
    about: UUID | None
    about_name: str | None
    version: int
    updated_at: datetime

    @property
    def tried(self) -> Tried:
        """What is known of what was tried."""
        return Tried(self.period or "", self.effect, self.tried_by)


_SITUATION = reading(
    select(
        SituationText.id,
        SituationText.round,
        SituationText.kind,
        SituationText.text,
        SituationText.category,
        SituationText.further,
        SituationText.by_id.label("by"),
        SituationText.period,
        SituationText.effect,
        SituationText.tried_by,
        SituationText.about_guardian.label("about"),
        Guardian.name.label("about_name"),
        SituationText.version,
        SituationText.updated_at,
    )
    .outerjoin(Guardian, Guardian.id == SituationText.about_guardian)
    .order_by(SituationText.round, SituationText.id),
    SituationText,
)


def situation(case: OpenCase) -> tuple[TextView, ...]:
    """Return what is known of the situation, all rounds."""
    return tuple(TextView(**row._mapping) for row in case.read(_SITUATION))

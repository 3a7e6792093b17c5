"""How an act is written down: who did what, for which service, in which sign-in and in which case (R-50)."""

from datetime import datetime
from uuid import UUID

from bti import clock
from bti.rules.people import Actor
from bti.store import audit


def entry(
    actor: Actor, action: str, thing: str, outcome: str, case: UUID | None = None, *, at: datetime | None = None
) -> audit.Entry:
    """Return the entry of what a person did, now unless ``at`` says when."""
    return audit.Entry(
        at or clock.now(),
        action,
        thing,
        outcome,
        actor_id=actor.id,
        service_id=actor.service,
        login_id=actor.login,
        case_id=case,
    )

"""Acts outside the door: by somebody who does not see the case, over columns without people's words.

There is no Sight and no OpenCase. Each act checks for itself who may, and writes an entry for every case it touches, so
that the family's extract shows it (R-50). A refusal is written down in a transaction of its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bti import clock
from bti.casework.ground.entries import entry
from bti.errors import Reason, Refused
from bti.rules.people import Actor
from bti.store import audit, constraints
from bti.store.current import database


@dataclass(frozen=True)
class Act:
    """One act by one person, while it is being done."""

    session: Session = field(repr=False)
    actor: Actor
    name: str
    at: datetime

    @property
    def today(self) -> date:
        """The day it is in Oslo."""
        return clock.day(self.at)

    def note(self, case: UUID | None, thing: str = "", outcome: str = "done") -> None:
        """Write down what was done, in the act's own transaction."""
        audit.append(self.session, entry(self.actor, self.name, thing, outcome, case))


@contextmanager
def acting(actor: Actor, name: str) -> Iterator[Act]:
    """Let a person do something outside the door; whole or not at all."""
    try:
        with database().writing(actor.id) as session:
            yield Act(session, actor, name, clock.now())
            session.flush()
    except IntegrityError as broken:
        raise constraints.explained(broken) from broken
    except Refused as refusal:
        if refusal.reason in {Reason.NOT_YOURS, Reason.NOT_ALLOWED, Reason.NOT_COVERED}:
            with database().writing(actor.id) as session:
                audit.append(session, entry(actor, "refused", name, refusal.reason.name.lower()))
        raise

"""A case a person may act on, as it stands at one moment. Holding one is the proof of the check."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from bti import clock
from bti.casework.ground.reading import Reading, criteria
from bti.errors import Reason, Refused
from bti.rules.access import Sight, Stretch
from bti.rules.consent import FOR_EVER, Category
from bti.rules.people import Actor, ServiceOwner
from bti.rules.subject import is_of_age
from bti.rules.workflow import CaseStatus, Level, StafettloggMode, Step
from bti.store.tables import (
    Case,
    OfCase,
    Oppmerksomhet,
    StaffUser,
)

T = TypeVar("T", bound=OfCase)


class Asking(Protocol):
    """Somebody who asks for a case by its number."""

    @property
    def actor(self) -> Actor:
        """Who asks."""

    @property
    def number(self) -> str:
        """For which case."""


@dataclass(frozen=True)
class At:
    """This person, at this case: what a command or a test holds out at the door."""

    actor: Actor
    number: str


@dataclass(frozen=True)
class OpenCase:
    """A case this person may act on, as it stands at one moment. Holding one is the proof of the check."""

    session: Session = field(repr=False)
    sight: Sight
    at: datetime
    id: UUID
    number: str
    status: CaseStatus
    step: Step
    round: int
    level: Level
    mode: StafettloggMode
    child_id: UUID
    owner_service_id: UUID
    stafettholder_id: UUID
    participant_id: UUID
    last_write: int
    carried_on: bool
    """Whether this round goes on with the tiltak of the last one, so that step 2 is met already (R-18)."""
    is_strict: bool
    """Whether the child's address is strengt fortrolig and one of the two approvals is missing: nothing is written (R-60)."""
    row: Any = field(repr=False)
    """What the head of a case page says; ``seeing.head`` tells it."""

    @property
    def actor(self) -> Actor:
        """Who is at the case."""
        return self.sight.actor

    @property
    def today(self) -> date:
        """The day it is in Oslo, taken once for all that is done with this case now."""
        return clock.day(self.at)

    @property
    def of_age(self) -> bool:
        """Whether the child has turned 18: then it is in the case for itself, and nobody by relation (R-03)."""
        return is_of_age(self.row.birth_date, self.today)

    @property
    def mark(self) -> str:
        """A text that changes when something was written, or when the gate's answer did."""
        return f"{self.last_write}-{self.sight.mark()}"

    def reads_by_owning(self, service: UUID) -> bool:
        """Say whether a service reads because it owns the log, so that the family is not asked; not one of another owner (R-65)."""
        return service == self.owner_service_id and self.row.owned_by is ServiceOwner.KOMMUNE

    def may_ask_about(self, service: UUID, *, is_sensitive: bool) -> bool:
        """Say whether she asks the family about the service, and writes down the answer: the owner service about each (R-56).

        One of another service, who carries the log, does not where she may not be told that it is part of the case.
        """
        return self.sight.service == self.owner_service_id or self.sight.may_name(service, is_sensitive=is_sensitive)

    def stands_in(self, step: Step) -> bool:
        """Say whether the log stands in this step now; a closed one stands in none."""
        return self.step is step and self.status is not CaseStatus.CLOSED

    def read(self, wanted: Reading, **more: object) -> Sequence[Any]:
        """Run a prepared statement over what is open in this case to this person, and nothing else."""
        return self.session.execute(wanted.statement, self._gate() | more).all()

    def get(self, table: type[T], key: UUID, version: int | None = None) -> T:
        """Return one row of this case to change, or refuse: not here, or changed since ``version`` was read (R-49)."""
        found = self.session.execute(
            select(table).where(table.id == key, *criteria(table)), self._gate()
        ).scalar_one_or_none()
        if found is None:
            raise Refused(Reason.NOT_YOURS)
        self.check_version(found, version)
        if hasattr(found, "updated_by"):
            found.updated_by = self.actor.id
        return found

    def check_version(self, row: Any, version: int | None) -> None:
        """Refuse to write over what was changed since ``version`` was read, and say by whom and when (R-49)."""
        if version is not None and getattr(row, "version", None) != version:
            by, at = getattr(row, "updated_by", None), getattr(row, "updated_at", None)
            raise Refused(Reason.CHANGED_BY_OTHER, navn=self._name(by), at=at)

    def new(self, row: T) -> T:
        """Add a row to this case, marked with who wrote it, for which service and when."""
        row.case_id = self.id
        marks = {"updated_by": self.actor.id, "written_for": self.actor.service, "written_at": self.at}
        for name, value in marks.items():
            if hasattr(type(row), name):
                setattr(row, name, value)
        self.settle(row)
        self.session.add(row)
        self.session.flush()
        return row

    def settle(self, row: Any) -> None:
        """Let a row under an oppmerksomhet about a guardian be about that guardian too (R-59)."""
        if not (
            hasattr(type(row), "oppmerksomhet_id") and hasattr(type(row), "about_guardian") and row.oppmerksomhet_id
        ):
            return
        over = select(Oppmerksomhet.about_guardian).where(
            Oppmerksomhet.case_id == self.id, Oppmerksomhet.id == row.oppmerksomhet_id
        )
        about = self.session.execute(over).scalar_one_or_none()
        if about is not None:
            row.about_guardian, row.category = about, Category.FAMILY_HOME

    def own_row(self) -> Case:
        """Return the row of the case itself, to move it on."""
        row = self.session.get_one(Case, self.id)
        row.updated_by = self.actor.id
        return row

    def _gate(self) -> dict[str, object]:
        return {
            "case": self.id,
            "open": list(self.sight.categories),
            "service": self.sight.service,
            "everything": self.sight.sees_all,
            "about": list(self.sight.about or ()),
            "about_all": self.sight.about is None,
            "own": self.sight.own,
            "left": self.sight.left or FOR_EVER,
            **_then(self.sight.stretch),
        }

    def _name(self, user: UUID | None) -> str:
        named = self.session.execute(select(StaffUser.display_name).where(StaffUser.id == user))
        return named.scalar_one_or_none() or ""


def _then(stretch: Stretch | None) -> dict[str, object]:
    """Return what is open besides of the reader's own stretch: nothing, in a log that has had one owner."""
    about = frozenset[UUID]() if stretch is None else stretch.about
    return {
        "since": stretch.since if stretch else FOR_EVER,
        "until": stretch.until if stretch else FOR_EVER,
        "open_then": list(stretch.categories) if stretch else [],
        "everything_then": stretch is not None and stretch.everything,
        "about_then": list(about or ()),
        "about_all_then": about is None,
    }

"""Whose log a paper is of, who carries it, and what its reader is called."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bti import clock
from bti.casework.door import OpenCase
from bti.casework.ground.naming import service_name
from bti.casework.ground.policy import kommune
from bti.casework.people.people import Person
from bti.documents.stafettlogg_content import Audience, Who
from bti.language import _
from bti.rules.people import ProtectedAddress, ServiceKind


@dataclass(frozen=True)
class Head:
    """Whose log it is and who carries it, as far as a paper says so."""

    child: str
    birth_year: int | None
    opened_on: date
    closed_on: date | None
    registered_afterwards: bool
    stafettholder: Who
    owner_kind: ServiceKind
    archive_unit: str
    is_protected: bool


def head_of(case: OpenCase, everyone: Sequence[Person] = ()) -> Head:
    """Return the head of the paper, with the child's first name: all of the name that stands there.

    With those who take part, who carries it is called by her service where that is her title, in the paper's own language.
    """
    row = case.row
    holder = next((p.title or p.service_name for p in everyone if p.is_stafettholder), row.holder_title)
    return Head(
        child=str(row.given_names).partition(" ")[0],
        birth_year=row.birth_date.year if row.birth_date else None,
        opened_on=clock.day(row.opened_at),
        closed_on=clock.day(row.closed_at) if row.closed_at else None,
        registered_afterwards=row.registered_afterwards,
        stafettholder=Who(row.holder_name, holder),
        owner_kind=row.kind,
        archive_unit=row.archive_unit or kommune().archive.unit or service_name(row),
        is_protected=row.protected_address is not ProtectedAddress.NONE,
    )


def called(audience: Audience, head: Head) -> str:
    """Return what the family, the child or the archive is called on its paper."""
    if audience is Audience.CHILD:
        return head.child
    return _("familien") if audience is Audience.FAMILY else _("arkivet ved {sted}", sted=head.archive_unit)

"""Where the child goes every day, and how the child is understood: for the stafettholder, who plans the meeting by it (R-12).

The registered school or kindergarten gets nothing by being written here: it is a service like any other, and needs a yes
(R-62). Its leader and the child's own teachers are told that there is a log when they ask to make one.
"""

from uuid import UUID

from sqlalchemy import select

from bti.casework.door import OpenCase, use_case
from bti.casework.ground.naming import in_order, service_name
from bti.casework.people.correcting import check_open
from bti.errors import Reason, Refused
from bti.rules.access import Action
from bti.rules.people import PLACES, WrittenNorm
from bti.store.tables import Child, Service

_PLACES = select(Service.id, Service.name_nb, Service.name_nn).where(Service.kind.in_(PLACES))


def places(case: OpenCase) -> tuple[tuple[UUID, str], ...]:
    """Return the schools and kindergartens, to choose between."""
    found = ((row.id, service_name(row)) for row in case.session.execute(_PLACES))
    return in_order(found, lambda place: place[1])


@use_case(Action.LEAD)
def save_everyday(
    case: OpenCase,
    *,
    home_service: UUID | None,
    language: str,
    interpreter_language: str,
    communication_needs: str,
    written_norm: WrittenNorm | None,
    version: int,
) -> UUID:
    """Write where the child goes, and in which language and how it is understood. It changes no consent."""
    check_open(case)
    row = case.session.get_one(Child, case.child_id)
    case.check_version(row, version)
    if home_service is not None and home_service not in dict(places(case)):
        raise Refused(Reason.NOT_A_CHOICE, field="home_service")
    row.home_service_id, row.written_norm, row.updated_by = home_service, written_norm, case.actor.id
    row.language, row.interpreter_language = language or None, interpreter_language or None
    row.communication_needs = communication_needs or None
    return row.id

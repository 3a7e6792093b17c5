"""Who has seen and changed what: the audit of one case, for those it concerns (R-50)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, select

from bti.casework.door import OpenCase
from bti.casework.ground.naming import service_name
from bti.content.deeds import REFUSED
from bti.errors import Reason, Refused
from bti.language import _
from bti.rules.access import Action, may
from bti.store.tables import LogEvent, Service, Sharing, StaffUser

SHOWN = 200

_TRACES = (
    select(
        LogEvent.at,
        LogEvent.action,
        LogEvent.object,
        LogEvent.outcome,
        StaffUser.display_name,
        Service.name_nb,
        Service.name_nn,
        Service.id.label("service"),
        Service.sensitive_membership,
        select(Sharing.id)
        .where(
            Sharing.case_id == LogEvent.case_id,
            Sharing.service_id == LogEvent.service_id,
            Sharing.opens <= LogEvent.at,
        )
        .correlate(LogEvent)
        .exists()
        .label("was_let_in"),
    )
    .outerjoin(StaffUser, StaffUser.id == LogEvent.actor_id)
    .outerjoin(Service, Service.id == LogEvent.service_id)
    .where(LogEvent.case_id == bindparam("case"))
    .order_by(LogEvent.seq.desc())
)


@dataclass(frozen=True)
class Trace:
    """One line of what was seen, done or refused."""

    at: datetime
    who: str
    service: str
    action: str
    thing: str
    outcome: str


def traces(case: OpenCase) -> tuple[Trace, ...]:
    """Return the newest lines first. For the stafettholder, who can show the family."""
    if not may(case.sight, Action.SEE_TRACES):
        raise Refused(Reason.NOT_ALLOWED)
    return _read(case, _TRACES.limit(SHOWN))


def all_traces(case: OpenCase) -> tuple[Trace, ...]:
    """Return every line there is of the case, for the family's own extract."""
    return _read(case, _TRACES)


def _read(case: OpenCase, wanted: Select[*tuple[Any, ...]]) -> tuple[Trace, ...]:
    return tuple(
        Trace(
            row.at,
            *_who(case, row),
            row.action,
            row.object,
            row.outcome,
        )
        for row in case.session.execute(wanted, {"case": case.id})
    )


def _who(case: OpenCase, row: Any) -> tuple[str, str]:
    """Return the name and the service; of a sensitive service to few, and to others that it was somebody at work (R-56).

    To nobody where the family had never let it in and it was refused: that barnevernet looked for the child would hint at a
    report, and is not for this place to tell (R-47). The personvernombud reads who it was.
    """
    is_sensitive = bool(row.sensitive_membership)
    came_uncalled = is_sensitive and REFUSED in {row.action, row.outcome} and not row.was_let_in
    if came_uncalled or not case.sight.may_name(row.service, is_sensitive=is_sensitive):
        return _("En ansatt"), ""
    return row.display_name or "", service_name(row)

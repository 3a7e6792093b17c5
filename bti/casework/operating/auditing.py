"""The audit as the personvernombud reads it: every entry, and no content, since there is none in it (R-50)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select

from bti.casework.ground.naming import service_name
from bti.casework.ground.opening import A_LOOK_LASTS
from bti.casework.outside import acting
from bti.rules.people import Actor, check_data_protection_officer
from bti.store.tables import Case, LogEvent, Service, StaffUser

SHOWN: Final = 100
_READ = (
    select(LogEvent.seq)
    .where(
        LogEvent.login_id == bindparam("login"),
        LogEvent.action == "read_audit",
        LogEvent.at > bindparam("since"),
    )
    .limit(1)
)
_ENTRIES = (
    select(
        LogEvent.seq,
        LogEvent.at,
        LogEvent.action,
        LogEvent.object,
        LogEvent.outcome,
        StaffUser.display_name,
        Service.name_nb,
        Service.name_nn,
        Case.number,
    )
    .outerjoin(StaffUser, StaffUser.id == LogEvent.actor_id)
    .outerjoin(Service, Service.id == LogEvent.service_id)
    .outerjoin(Case, Case.id == LogEvent.case_id)
    .where(LogEvent.seq < bindparam("before"))
    .order_by(LogEvent.seq.desc())
    .limit(SHOWN)
)
_NEWEST: Final = 2**31 - 1


@dataclass(frozen=True)
class AuditLine:
    """One entry: who, for which service, when, did what, in which case, with which outcome."""

    seq: int
    at: datetime
    who: str
    service: str
    action: str
    thing: str
    outcome: str
    number: str


def entries(actor: Actor, *, before: int | None = None) -> tuple[AuditLine, ...]:
    """Return the newest entries first, older ones ``before`` a number. That the audit was read is written down too."""
    with acting(actor, "read_audit") as act:
        check_data_protection_officer(actor.access_role)
        rows = act.session.execute(_ENTRIES, {"before": before or _NEWEST}).all()
        asked = {"login": actor.login, "since": act.at - A_LOOK_LASTS}
        if actor.login is None or act.session.execute(_READ, asked).first() is None:
            act.note(None, outcome="seen")
    return tuple(
        AuditLine(
            r.seq,
            r.at,
            r.display_name or "",
            service_name(r),
            r.action,
            r.object,
            r.outcome,
            r.number or "",
        )
        for r in rows
    )

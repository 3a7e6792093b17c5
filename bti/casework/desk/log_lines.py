"""One line for each log: in which step it stands, who carries it, and why nobody does. No content, for those who read none (R-63)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import and_, bindparam, exists, func, select
from sqlalchemy.orm import aliased

from bti import clock
from bti.casework.ground.naming import service_name
from bti.casework.ground.opening import OWNER, takes_part
from bti.casework.people import holding
from bti.rules.closing import AnswersInError, who_answers_in_error
from bti.rules.handover import HandoverDeclined, HolderGone, HolderStands, has_leave, why_gone
from bti.rules.people import AccessRole
from bti.rules.workflow import CaseStatus, Step
from bti.store.tables import Case, Child, LogEvent, Participant, Service, StafettholderHandover, StaffUser

_OWNER: Final = aliased(Service)
_ASKED: Final = aliased(StaffUser)
_DEPUTY: Final = aliased(StaffUser)
_DEPUTYS: Final = aliased(Service)
_ONE_ASKED: Final = aliased(StafettholderHandover)
_TAKEN_OVER: Final = aliased(StafettholderHandover)
_HOLDS_UNTIL: Final = (
    select(_TAKEN_OVER.access_until)
    .where(
        _TAKEN_OVER.case_id == Case.id,
        _TAKEN_OVER.to_id == Case.stafettholder_id,
        _TAKEN_OVER.accepted_at.is_not(None),
    )
    .order_by(_TAKEN_OVER.accepted_at.desc(), _TAKEN_OVER.id.desc())
    .limit(1)
    .correlate(Case)
    .scalar_subquery()
)
"""The last day of a vikar as stafettholder; she may take part for longer than that."""
_IS_DEPUTY: Final = and_(
    _DEPUTY.id == Case.deputy_id,
    Case.deputy_until >= bindparam("today"),
    _DEPUTY.active,
    select(Participant.id).where(takes_part(_DEPUTY.id)).correlate(Case, _DEPUTY).exists(),
    select(_DEPUTYS.id)
    .where(_DEPUTYS.id == _DEPUTY.service_id, holding.is_inside(_DEPUTYS))
    .correlate(Case, _DEPUTY)
    .exists(),
)
"""One who is let in at the door: who cannot do the work, is no deputy (R-63)."""
_SAID_NO: Final = (
    select(_ONE_ASKED.declined_because)
    .where(_ONE_ASKED.case_id == Case.id)
    .order_by(_ONE_ASKED.proposed_at.desc(), _ONE_ASKED.id.desc())
    .limit(1)
    .correlate(Case)
    .scalar_subquery()
)

_LEADER: Final = aliased(StaffUser)
_HAS_LEADER: Final = (
    exists()
    .where(_LEADER.service_id == _OWNER.id, _LEADER.active, _LEADER.access_role == AccessRole.LEADER)
    .correlate(_OWNER)
)


@dataclass(frozen=True)
class LogLine:
    """One log, as one who does not see it may know of it: open, or closed and not archived."""

    id: UUID
    number: str
    child: str
    group: str
    owner_service: str
    owner_id: UUID
    stafettholder: str
    holder_id: UUID
    step: Step
    status: CaseStatus
    opened_on: date
    days_since_written: int
    gone: HolderGone | None
    asked: str
    deputy: str
    deputy_until: date | None
    has_leave: bool
    """Whether the stafettholder is on leave, or is going to be."""
    in_error_on: date | None
    """Since when the koordinator asks whether it was opened in error (R-70)."""
    answers_in_error: tuple[AnswersInError, ...]
    """Who may answer that: nobody, while nobody carries it and the unit has no leader (R-70)."""
    said_no: HandoverDeclined | None = None
    """Why the newest who was asked said no, until another is asked (R-63)."""
    needs_new: bool = False
    """Whether a tiltak has needed a new tiltaksansvarlig for a fortnight (R-26): not which, and not whose it was."""

    @property
    def is_open(self) -> bool:
        """Whether the log is still in use; if not, it waits for the archive."""
        return self.status is not CaseStatus.CLOSED


LINES: Final = (
    select(
        Case.id,
        Case.number,
        Case.step,
        Case.status,
        Case.opened_at,
        Case.stafettholder_id,
        Case.deputy_until,
        Case.in_error_asked_at,
        Child.given_names,
        Child.family_name,
        Child.birth_date,
        Child.group,
        _OWNER.id.label("owner"),
        _OWNER.name_nb,
        _OWNER.name_nn,
        _OWNER.owner.label("owner_kind"),
        StaffUser.display_name,
        StaffUser.active,
        StaffUser.away_from,
        StaffUser.away_to,
        Participant.access_until,
        _HOLDS_UNTIL.label("holds_until"),
        and_(Participant.id.is_not(None), Participant.left_at.is_(None)).label("takes_part"),
        holding.IS_INSIDE.label("reaches"),
        _ASKED.display_name.label("asked"),
        _DEPUTY.display_name.label("deputy"),
        _SAID_NO.label("said_no"),
        _HAS_LEADER.label("has_leader"),
        select(func.max(LogEvent.at))
        .where(LogEvent.case_id == Case.id, LogEvent.outcome == "done")
        .scalar_subquery()
        .label("last_written"),
    )
    .join(Child, Child.id == Case.child_id)
    .join(_OWNER, _OWNER.id == OWNER)
    .join(StaffUser, StaffUser.id == Case.stafettholder_id)
    .join(Service, Service.id == StaffUser.service_id)
    .outerjoin(Participant, and_(Participant.case_id == Case.id, Participant.user_id == Case.stafettholder_id))
    .outerjoin(
        StafettholderHandover,
        and_(
            StafettholderHandover.case_id == Case.id,
            StafettholderHandover.accepted_at.is_(None),
            StafettholderHandover.declined_at.is_(None),
        ),
    )
    .outerjoin(_ASKED, _ASKED.id == StafettholderHandover.to_id)
    .outerjoin(_DEPUTY, _IS_DEPUTY)
    .order_by(Case.number)
)
"""Every log; a statement read as the rule, narrowed by the one who asks."""


def lines(rows: Sequence[Any], at: datetime, *, named: bool = True) -> tuple[LogLine, ...]:
    """Return the lines of what was read. Not ``named``, no child is named (R-70)."""
    return tuple(_line(row, clock.day(at), named=named) for row in rows)


def _line(row: Any, today: date, *, named: bool) -> LogLine:
    gone = why_gone(_stands(row), today)
    return LogLine(
        id=row.id,
        number=row.number,
        child=f"{row.given_names} {row.family_name}".strip() if named else "",
        group=row.group,
        owner_service=service_name(row),
        owner_id=row.owner,
        stafettholder=row.display_name,
        holder_id=row.stafettholder_id,
        step=row.step,
        status=row.status,
        opened_on=clock.day(row.opened_at),
        days_since_written=(today - clock.day(row.last_written or row.opened_at)).days,
        gone=gone,
        asked=row.asked or "",
        deputy=row.deputy or "",
        deputy_until=row.deputy_until if row.deputy else None,
        in_error_on=_asked_on(row),
        answers_in_error=who_answers_in_error(
            nobody_carries=gone is not None, has_deputy=bool(row.deputy), has_leader=bool(row.has_leader)
        ),
        has_leave=has_leave(row.away_from, row.away_to, today),
        said_no=row.said_no if row.said_no is not HandoverDeclined.TAKEN_BACK else None,
    )


def _asked_on(row: Any) -> date | None:
    """Return since when it is asked whether the log was opened in error; of a closed one that is asked no more."""
    asked = row.in_error_asked_at if row.status is not CaseStatus.CLOSED else None
    return clock.day(asked) if asked else None


def _stands(row: Any) -> HolderStands:
    return HolderStands(
        active=row.active,
        takes_part=bool(row.takes_part),
        reaches=bool(row.reaches),
        access_until=min(filter(None, (row.access_until, row.holds_until)), default=None),
        away_from=row.away_from,
        away_to=row.away_to,
        deputy_until=row.deputy_until if row.deputy else None,
    )

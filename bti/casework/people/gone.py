"""Since when somebody is gone who is to do a tiltak: she left, her time was over, her account ended, or her service was shut out."""

from typing import Any, Final

from sqlalchemy import ColumnElement, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from bti.casework.people.holding import is_inside
from bti.store.tables import Case, Participant, Service, Sharing, StaffUser

_HERS: Final = aliased(Service)
_WAS_OPEN: Final = aliased(Sharing)


def _shut_at(case_id: Any) -> Any:
    """Return when the last window of her service closed; nothing while one is open, or it never had any (R-25)."""
    inside = (
        select(_HERS.id)
        .join(Case, Case.id == case_id)
        .where(_HERS.id == StaffUser.service_id, is_inside(_HERS))
        .correlate_except(_HERS, Case)
    )
    return (
        select(func.max(_WAS_OPEN.closes))
        .where(
            _WAS_OPEN.case_id == case_id,
            _WAS_OPEN.service_id == StaffUser.service_id,
            _WAS_OPEN.about.is_(None),
            _WAS_OPEN.closes <= bindparam("now"),
            _WAS_OPEN.policy == bindparam("policy"),
            ~inside.exists(),
        )
        .correlate_except(_WAS_OPEN)
        .scalar_subquery()
    )


def gone_at(case_id: Any) -> ColumnElement[Any]:
    """Return, over participant and account, since which moment she is gone (R-26); a last day of hers is asked beside."""
    return func.coalesce(Participant.left_at, StaffUser.ended_at, _shut_at(case_id))


def is_gone(case_id: Any) -> ColumnElement[bool]:
    """Say, over participant and account, that one who is to do a tiltak can not do it any more (R-26)."""
    return or_(gone_at(case_id).is_not(None), Participant.access_until < bindparam("today"))

"""A log that was opened in error: the koordinator starts it, and the one who carries the log ends it or says that it stands.

Where nobody carries it, it comes to the leader of the owner service, and where there is none, to the one the koordinator
appoints (R-63). Neither the leader nor the koordinator reads a word (R-19, R-70).
"""

from uuid import UUID

from bti.casework.desk import overview
from bti.casework.desk.log_lines import LogLine
from bti.casework.door import Asking, OpenCase, use_case
from bti.casework.ground.policy import policy, policy_mark
from bti.casework.outside import Act, acting
from bti.casework.people import transferring
from bti.casework.steps import closing
from bti.errors import Reason, Refused
from bti.rules import closing as rule
from bti.rules.access import Action
from bti.rules.people import check_coordinator
from bti.rules.workflow import ANY_MODE, CaseStatus, ClosingReason
from bti.store import sharing
from bti.store.current import database
from bti.store.tables import Case


def start_in_error(asked: Asking, *, log: UUID) -> None:
    """Ask whether the log was opened in error: for another child, or for one who was to have none. It ends nothing."""
    with acting(asked.actor, "start_in_error") as act:
        check_coordinator(act.actor.access_role)
        line = _line(act, log)
        if line is None:
            raise Refused(Reason.NOT_YOURS)
        rule.check_asked(is_asked=line.in_error_on is None)
        row = act.session.get_one(Case, log)
        row.in_error_asked_at, row.updated_by = act.at, act.actor.id
        act.note(log)


@use_case(Action.LEAD, modes=ANY_MODE)
def end_in_error(case: OpenCase) -> None:
    """Close the log the koordinator has asked about: it was opened in error. The reason is all it needs (R-19)."""
    _check_waits(case)
    closing.shut(case, ClosingReason.OPENED_IN_ERROR)


@use_case(Action.LEAD, modes=ANY_MODE)
def not_in_error(case: OpenCase) -> None:
    """Say that the log was not opened in error: it goes on, and nobody is asked any more."""
    _check_waits(case)
    case.own_row().in_error_asked_at = None


def close_in_error(asked: Asking, *, log: UUID) -> None:
    """Close the log the koordinator has asked about, as the leader of the unit, when nobody carries it."""
    with acting(asked.actor, "close_in_error") as act:
        line = _line(act, log)
        own_unit = line is not None and line.owner_id == act.actor.service
        rule.check_may_end_in_error(
            act.actor.access_role,
            own_unit=own_unit,
            is_asked=line is not None and line.in_error_on is not None,
            nobody_carries=line is not None and line.gone is not None,
        )
        with database().as_the_rule(act.session, act.actor.id):
            shut(act, log)
        act.note(log)


def shut(act: Act, log: UUID) -> None:
    """Close a log as opened in error, by one who does not see it, in a session that acts as the rule: every window of it too."""
    row = act.session.get_one(Case, log)
    row.status, row.closed_at, row.closing_reason = CaseStatus.CLOSED, act.at, ClosingReason.OPENED_IN_ERROR
    row.updated_by = act.actor.id
    transferring.call_off(act.session, log, act.at, act.actor.id)
    sharing.rebuild(act.session, log, policy(), policy_mark())


def _line(act: Act, log: UUID) -> LogLine | None:
    with database().as_the_rule(act.session, act.actor.id):
        return overview.one(act.session, log, act.at)


def _check_waits(case: OpenCase) -> None:
    if case.status is CaseStatus.CLOSED:
        raise Refused(Reason.CASE_CLOSED)
    rule.check_asked(is_asked=case.row.in_error_asked_at is not None)

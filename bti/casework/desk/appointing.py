"""A new stafettholder when the old one is gone, or for a whole class, and a deputy meanwhile: by the leader or the koordinator (R-63).

Outside the door: nobody who appoints reads a word of the log, and nobody appoints herself. The one who is asked answers
as in any handover.
"""

from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import bindparam, select, update

from bti.casework.desk import overview
from bti.casework.desk.log_lines import LogLine
from bti.casework.door import Asking
from bti.casework.outside import Act, acting
from bti.casework.people import holding
from bti.errors import Reason, Refused
from bti.rules import handover as rule
from bti.rules.handover import HandoverReason
from bti.store.current import database
from bti.store.tables import Case, Child, StafettholderHandover, StaffUser

_RENAMED: Final = (
    update(Child)
    .where(Child.id.in_(select(Case.child_id).where(Case.id.in_(bindparam("logs", expanding=True)))))
    .values(group=bindparam("name"), version=Child.version + 1, updated_by=bindparam("by"))
)
"""The one thing the rule writes of a child: its class, for one who sees no case."""


def appoint(asked: Asking, *, log: UUID, to: UUID, until: date | None) -> None:
    """Ask somebody to carry a log whose stafettholder is gone: also a closed one, until it is archived (R-46, R-63)."""
    with acting(asked.actor, "appoint") as act:
        line = _line(act, log)
        rule.check_gone(line.gone)
        rule.check_until(until, act.today)
        _propose(act, line, to, HandoverReason.HOLDER_GONE, until)


def appoint_deputy(asked: Asking, *, log: UUID, to: UUID, until: date) -> None:
    """Let a colleague do the work of a stafettholder who is on leave, or gone, until a day. The duty stays where it is."""
    with acting(asked.actor, "appoint_deputy") as act:
        line = _line(act, log)
        rule.check_may_be_deputized(line.gone, has_leave=line.has_leave)
        rule.check_until(until, act.today)
        _check_new(act, line, to)
        holding.deputizes(act.session, line.id, to, act.at, until=until, by=act.actor.id)
        act.note(line.id, str(to))


def change_holder_of_class(asked: Asking, *, unit: UUID, group: str, to: UUID) -> int:
    """Ask one new stafettholder for every log of a class, the leader's own or any for the koordinator, each by itself.

    Return how many were asked about. Those who are there already keep the duty until each is answered.
    """
    with acting(asked.actor, "change_holder_of_class") as act:
        rule.check_may_appoint(act.actor.access_role, own_unit=unit == act.actor.service)
        with database().as_the_rule(act.session, act.actor.id):
            lines = overview.in_group(act.session, unit, group, act.at)
        theirs = [line for line in lines if line.holder_id != to]
        if not group or not theirs:
            raise Refused(Reason.NO_CASES_TO_GIVE, field="to")
        for line in theirs:
            _propose(act, line, to, HandoverReason.NEW_TEACHER, None)
        return len(theirs)


def rename_class(asked: Asking, *, unit: UUID, group: str, name: str) -> int:
    """Write what a class is called from this school year on, in every open log of it; return how many children it is about.

    Who is told that a child has a log follows the class (R-12). A name another class has is refused: the two would be one.
    """
    name = name.strip().upper()
    if not name:
        raise Refused(Reason.MISSING, field="name")
    with acting(asked.actor, "rename_class") as act:
        rule.check_may_appoint(act.actor.access_role, own_unit=unit == act.actor.service)
        with database().as_the_rule(act.session, act.actor.id):
            theirs = [line.id for line in overview.in_group(act.session, unit, group, act.at)]
            if not group or not theirs:
                raise Refused(Reason.NO_CASES_TO_GIVE, field="name")
            if overview.in_group(act.session, unit, name, act.at):
                raise Refused(Reason.CLASS_HAS_LOGS, field="name", klasse=name)
            act.session.execute(_RENAMED, {"logs": theirs, "name": name, "by": act.actor.id})
        for log in theirs:
            act.note(log)
        return len(theirs)


def _line(act: Act, log: UUID) -> LogLine:
    """Return the log as one who appoints may know of it, or refuse: unknown and another unit's alike (R-56)."""
    with database().as_the_rule(act.session, act.actor.id):
        line = overview.one_to_carry(act.session, log, act.at)
    own_unit = line is not None and line.owner_id == act.actor.service
    rule.check_may_appoint(act.actor.access_role, own_unit=own_unit)
    if line is None:
        raise Refused(Reason.NOT_YOURS)
    return line


def _check_new(act: Act, line: LogLine, to: UUID) -> None:
    """Refuse oneself, and one who is not of the owner service or cannot carry a log."""
    rule.check_another(to, act.actor.id)
    new = act.session.get(StaffUser, to)
    if new is None or new.service_id != line.owner_id:
        raise Refused(Reason.NOT_A_CHOICE, field="to")
    holding.check_candidate(act.session, line.id, to, act.at)


def _propose(act: Act, line: LogLine, to: UUID, reason: HandoverReason, until: date | None) -> None:
    _check_new(act, line, to)
    handover = StafettholderHandover(
        case_id=line.id,
        from_id=line.holder_id,
        to_id=to,
        proposed_by=act.actor.id,
        reason=reason,
        access_until=until,
    )
    holding.ask(act.session, handover, act.at)
    act.note(line.id, str(handover.id))

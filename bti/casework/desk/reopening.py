"""A log that was closed too early is opened again, by an administrator who does not read it (model.md 4).

It stands outside the door as making a log does: the administrator takes part in no case. What is asked for by number gets
one and the same refusal whether it is too late, archived, open, or not there at all (R-56).
"""

from typing import Any

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.orm import Session

from bti import clock, ids
from bti.casework.ground.policy import policy, policy_mark
from bti.casework.intake.creating import open_log_of
from bti.casework.intake.finding import known_as
from bti.casework.outside import acting
from bti.errors import Reason, Refused
from bti.rules import privacy
from bti.rules.closing import ArchivedWhat, may_reopen
from bti.rules.people import AccessRole, Actor, GuardianRelation
from bti.rules.workflow import SHARES, CaseStatus, Step
from bti.store import sharing
from bti.store.current import database
from bti.store.tables import ArchiveReceipt, Case, CaseReopened, Child, Guardian

_CLOSED = (
    select(
        Case,
        func.coalesce(Child.birth_date, Child.due_date).label("day"),
        select(Guardian.name)
        .where(Guardian.child_id == Child.id, Guardian.relation == GuardianRelation.MOTHER, Child.birth_date.is_(None))
        .limit(1)
        .scalar_subquery()
        .label("expecting"),
        Child.given_names,
        Child.family_name,
        exists()
        .where(ArchiveReceipt.case_id == Case.id, ArchiveReceipt.of == ArchivedWhat.LOG_AT_CLOSING)
        .label("is_archived"),
    )
    .join(Child, Child.id == Case.child_id)
    .where(Case.number == bindparam("number"), Case.status == CaseStatus.CLOSED)
)


def may_reopen_logs(actor: Actor) -> bool:
    """Say whether the person may ask for it, for the form."""
    return actor.access_role is AccessRole.ADMINISTRATOR


def reopen(actor: Actor, *, number: str, reason: str) -> None:
    """Open a closed log again, within fourteen days and while it is not archived. The family is asked anew: nothing is shared."""
    if not may_reopen_logs(actor):
        raise Refused(Reason.NOT_ALLOWED)
    if not reason.strip():
        raise Refused(Reason.MISSING, field="reason")
    why = privacy.words(reason, privacy.MEDIUM)
    with acting(actor, "reopen_case") as act:
        with database().as_the_rule(act.session, actor.id):
            found = act.session.execute(_CLOSED, {"number": number.strip()}).one_or_none()
            case = found.Case if found and _may(act.session, found) else None
        if case is not None:
            _open(act.session, actor, case, why)
        act.note(case.id if case else None, outcome="done" if case else "refused")
    if case is None:
        raise Refused(Reason.CANNOT_REOPEN, field="number")


def _may(session: Session, found: Any) -> bool:
    in_time = may_reopen(clock.day(found.Case.closed_at), clock.today(), is_archived=found.is_archived)
    return in_time and open_log_of(session, known_as(found), found.day) is None


def _open(session: Session, actor: Actor, case: Case, why: str) -> None:
    now = clock.now()
    session.add(
        CaseReopened(
            id=ids.new(),
            case_id=case.id,
            closed_at=case.closed_at,
            reopened_at=now,
            reason=why,
            recorded_by=actor.id,
        )
    )
    waits_for_nobody = case.own_log_yes_at is not None or case.stafettlogg_mode not in SHARES
    had_begun = case.step is not Step.OPPSTART or waits_for_nobody
    case.status = CaseStatus.OPEN if had_begun else CaseStatus.DRAFT
    case.closed_at, case.closing_reason, case.updated_by = None, None, actor.id
    case.in_error_asked_at = None
    session.flush()
    with database().as_the_rule(session, actor.id):
        sharing.rebuild(session, case.id, policy(), policy_mark())

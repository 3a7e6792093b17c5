"""The end of a case: for every reason but the reached goal, which is the decision's own (R-19, R-20)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Uuid, and_, bindparam, select

from bti.casework import story
from bti.casework.door import OpenCase, use_case
from bti.casework.ground.opening import OWNER
from bti.casework.ground.policy import policy, policy_mark
from bti.casework.ground.reading import reading
from bti.casework.people import transferring
from bti.casework.said import best_interests as assessment
from bti.casework.said import childs_voice, telling
from bti.errors import Reason, Refused
from bti.rules import closing as rule
from bti.rules.access import Action
from bti.rules.best_interests import AssessedFor
from bti.rules.workflow import CaseStatus, ClosingReason
from bti.store import sharing
from bti.store.tables import Case, CaseReopened, Closing, Participant


@dataclass(frozen=True)
class ClosingView:
    """How the log was closed, for the owner service and the family."""

    at: datetime
    reason: ClosingReason
    said_by: str
    note: str
    reopened_at: datetime | None = None
    reopened_because: str | None = None
    """Why it was opened again, where it was: the systemansvarlig's own words, who has not read it."""


_PREVIOUS = (
    select(Case.number)
    .join(Participant, Participant.case_id == Case.id)
    .where(
        Case.id == bindparam("previous"),
        bindparam("service", type_=Uuid()) == OWNER,
        Participant.user_id == bindparam("user"),
        Participant.left_at.is_(None),
    )
)
_CLOSINGS = reading(
    select(
        Closing.at,
        Closing.reason,
        Closing.said_by,
        Closing.note,
        CaseReopened.reopened_at,
        CaseReopened.reason.label("reopened_because"),
    )
    .outerjoin(CaseReopened, and_(CaseReopened.case_id == Closing.case_id, CaseReopened.closed_at == Closing.at))
    .order_by(Closing.at),
    Closing,
)


def closings(case: OpenCase) -> tuple[ClosingView, ...]:
    """Return each time the log was closed, the newest last. Nothing for a service that reads by consent."""
    return tuple(ClosingView(**row._mapping) for row in case.read(_CLOSINGS))


def previous(case: OpenCase) -> str:
    """Return the number of the log the child had before, to one who took part in it and may still read it (R-56)."""
    if case.row.previous_case_id is None:
        return ""
    asked = {
        "previous": case.row.previous_case_id,
        "service": case.actor.service,
        "now": case.at,
        "user": case.actor.id,
    }
    return case.session.execute(_PREVIOUS, asked).scalar_one_or_none() or ""


@use_case(Action.LEAD, though_strict=True)
def close(
    case: OpenCase, *, reason: ClosingReason, said_by: str, note: str, best_interests: str, who: UUID | None
) -> None:
    """Close the log in whatever step it stands. The family's own wish is never refused for what is not evaluated (R-20).

    While a strengt fortrolig address lacks an approval, that wish alone closes the log, and no word is added (R-60).
    """
    if case.status is CaseStatus.CLOSED:
        raise Refused(Reason.CASE_CLOSED)
    if case.is_strict and (reason not in rule.THE_FAMILY_SAYS_SO or note.strip()):
        raise Refused(Reason.STRICT_ADDRESS, field="note")
    has_text = assessment.of(story.assessments(case), AssessedFor.DECISION, case.round) is not None
    is_agreed = story.of_round(story.informing(case), case.round) is not None
    rule.check_closing(
        reason,
        said_by=said_by,
        has_best_interests=bool(best_interests.strip()) or has_text,
        child_is_informed=who is not None or is_agreed,
    )
    if reason in rule.ASKS_ALL and best_interests.strip():
        assessment.save(case, AssessedFor.DECISION, best_interests)
    if reason in rule.ASKS_ALL and who is not None:
        telling.agree(case, who=who, by=childs_voice.told_by(case), how="", version=None)
    shut(case, reason, said_by=said_by, note=note)


def shut(case: OpenCase, reason: ClosingReason, *, said_by: str = "", note: str = "") -> None:
    """Close the log and every window of it, in one act. How it ended is written before nobody else may write.

    A change of school that was agreed, and has not happened, happens no more: the log ends where it is (R-62).
    """
    case.new(Closing(at=case.at, reason=reason, said_by=said_by, note=note, recorded_by=case.actor.id))
    row = case.own_row()
    row.status, row.closed_at, row.closing_reason = CaseStatus.CLOSED, case.at, reason
    transferring.call_off(case.session, case.id, case.at, case.actor.id)
    sharing.rebuild(case.session, case.id, policy(), policy_mark())

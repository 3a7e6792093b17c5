"""Without a digital log: in the own service alone, or on paper. And back, when the family wants one after all (K4, R-69)."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import bindparam, delete, exists, or_, select, update

from bti.casework.door import OpenCase, use_case
from bti.casework.ground.policy import policy, policy_mark
from bti.casework.ground.reading import reading
from bti.casework.people import transferring
from bti.errors import Reason, Refused
from bti.rules.access import Action
from bti.rules.workflow import (
    ANY_MODE,
    SHARES,
    CaseStatus,
    ClosingReason,
    Level,
    StafettloggMode,
    check_choice,
)
from bti.store import sharing
from bti.store.tables import (
    Base,
    Child,
    ChildViewPlan,
    Consent,
    Draft,
    Guardian,
    InformChildTask,
    Meeting,
    OfCase,
    PaperMeeting,
    Sharing,
)

ON_PAPER: Final = frozenset({StafettloggMode.PAPER})
_WITH_WORDS: Final[list[Any]] = sorted(
    {
        mapper.class_
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, OfCase) and "category" in mapper.columns and mapper.class_ is not Sharing
    }
    | {ChildViewPlan, InformChildTask, Meeting},
    key=lambda table: str(table.__name__),
)
"""Every table that holds a part of the content: all with people's words, the plans and the meetings."""
_WRITTEN: Final = select(or_(*(exists().where(table.case_id == bindparam("case")) for table in _WITH_WORDS)))
_SHARED: Final = select(Sharing.id).where(Sharing.case_id == bindparam("case"), bindparam("now") < Sharing.closes)
_MEETINGS = reading(
    select(PaperMeeting.id, PaperMeeting.day, PaperMeeting.held).order_by(PaperMeeting.day), PaperMeeting
)


@dataclass(frozen=True)
class PaperMeetingView:
    """A meeting on paper: its day, and whether it was held."""

    id: UUID
    day: date
    held: bool


def paper_meetings(case: OpenCase) -> tuple[PaperMeetingView, ...]:
    """Return the meetings the family has had on paper."""
    return tuple(PaperMeetingView(**row._mapping) for row in case.read(_MEETINGS))


@use_case(Action.RECORD_CONSENT, modes=SHARES)
def do_without_log(case: OpenCase, *, mode: StafettloggMode) -> None:
    """Write down that the family wants no digital log: the own service alone, or paper, of which nothing is kept (R-10, R-69).

    Refused while another service sees the log, and for paper when something of the content is kept here already. What the
    family would not have shared, and what it has said of itself in sentences, goes with the drafts.
    """
    if mode is StafettloggMode.DIGITAL:
        raise Refused(Reason.NOT_A_CHOICE, field="mode")
    asked = {"case": case.id, "now": case.at}
    check_choice(
        mode,
        is_shared=case.session.execute(_SHARED, asked).first() is not None,
        is_written=bool(case.session.execute(_WRITTEN, asked).scalar_one()),
    )
    row = case.own_row()
    row.stafettlogg_mode, row.level, row.status = mode, Level.OWN_SERVICE, CaseStatus.OPEN
    if mode is StafettloggMode.PAPER:
        case.session.flush()
        _forget_words(case)


def _forget_words(case: OpenCase) -> None:
    """Take away the words that stand outside the content: what nobody was to be told, and why somebody is not with us (R-69).

    What the family was asked about, and what it answered, stands as it was: it is facts, and no word is in it.
    """
    for statement in (
        delete(Draft).where(Draft.place == case.number),
        update(Consent).where(Consent.case_id == case.id).values(not_to_share=""),
        update(Guardian).where(Guardian.child_id == case.child_id).values(why_not=None),
        update(Child).where(Child.id == case.child_id).values(communication_needs=None),
    ):
        case.session.execute(statement)


@use_case(Action.RECORD_CONSENT, modes=ANY_MODE)
def create_log(case: OpenCase) -> None:
    """Make a digital log after all. Nothing is guessed from before; what opens it is the family's answers, asked now."""
    if case.mode is StafettloggMode.DIGITAL:
        raise Refused(Reason.SAVED_ALREADY)
    row = case.own_row()
    if case.mode is StafettloggMode.PAPER:
        row.status = CaseStatus.DRAFT
    row.stafettlogg_mode, row.level, row.digital_since = StafettloggMode.DIGITAL, Level.MUNICIPAL, case.at
    case.session.flush()
    sharing.rebuild(case.session, case.id, policy(), policy_mark())


@use_case(Action.LEAD, modes=ON_PAPER)
def note_paper_meeting(case: OpenCase, *, day: date, held: bool) -> UUID:
    """Write down the day of a meeting on paper, and whether it was held. All that is kept of it (R-69)."""
    if held and day > case.today:
        raise Refused(Reason.IN_THE_FUTURE, field="day")
    before = next((m for m in paper_meetings(case) if m.day == day), None)
    if before is None:
        return case.new(PaperMeeting(day=day, held=held, recorded_by=case.actor.id)).id
    case.get(PaperMeeting, before.id).held = held
    return before.id


@use_case(Action.LEAD, though_strict=True, modes=ON_PAPER)
def end_on_paper(case: OpenCase) -> None:
    """Close a case on paper, because the family wishes it or the work is done there. It writes no word (R-20, R-60)."""
    row = case.own_row()
    row.status, row.closed_at, row.closing_reason = CaseStatus.CLOSED, case.at, ClosingReason.FAMILY_WISH
    transferring.call_off(case.session, case.id, case.at, case.actor.id)
    sharing.rebuild(case.session, case.id, policy(), policy_mark())

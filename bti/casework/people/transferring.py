"""The child changes school or barnehage: agreed with the family, done by itself on the day, archived by both (R-62).

Nothing runs on the day. Who owns the log when is worked out by the rule in the same transaction as what is agreed, as the
windows of consent are, and the clock does the rest.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from bti import clock
from bti.casework.door import OpenCase, use_case
from bti.casework.ground.naming import in_order, service_name
from bti.casework.ground.policy import policy, policy_mark
from bti.casework.ground.reading import reading
from bti.casework.people import people
from bti.errors import Reason, Refused
from bti.rules import consent as gate
from bti.rules import transfer as rule
from bti.rules.access import Action
from bti.rules.closing import ArchivedWhat
from bti.rules.consent import Category, TakesAlong
from bti.rules.transfer import TransferState
from bti.rules.workflow import ANY_MODE, CaseStatus
from bti.store import sharing
from bti.store.facts import consent_facts
from bti.store.tables import ArchiveReceipt, Case, Participant, Service, StaffUser, Transfer


@dataclass(frozen=True)
class TransferView:
    """A change of school or barnehage, as it stands now."""

    id: UUID
    to: UUID
    to_name: str
    from_service: UUID
    day: date
    takes_along: TakesAlong
    chosen: frozenset[Category]
    state: TransferState
    archived_from: bool
    archived_to: bool


_TRANSFERS = reading(
    select(Transfer, Service.name_nb, Service.name_nn)
    .join(Service, Service.id == Transfer.to_service_id)
    .where(Transfer.cancelled_at.is_(None))
    .order_by(Transfer.day, Transfer.id),
    Transfer,
)
_STANDING = select(Transfer).where(Transfer.case_id == bindparam("case"), Transfer.cancelled_at.is_(None))
_SCHOOLS = select(Service.id, Service.name_nb, Service.name_nn).where(
    Service.may_create, Service.id != bindparam("owner")
)
_OURS = (
    select(Participant)
    .join(StaffUser, StaffUser.id == Participant.user_id)
    .where(
        Participant.case_id == bindparam("case"),
        StaffUser.service_id == bindparam("service"),
        Participant.left_at.is_(None),
    )
)
_HOLDER_IS_OF = (
    select(StaffUser.service_id).join(Case, Case.stafettholder_id == StaffUser.id).where(Case.id == bindparam("case"))
)


def transfers(case: OpenCase) -> tuple[TransferView, ...]:
    """Return the changes of owner that are agreed or done, in order."""
    return tuple(_view(row, case) for row in case.read(_TRANSFERS))


def waiting(seen: Sequence[TransferView]) -> TransferView | None:
    """Return the one that has not happened yet."""
    return next((one for one in seen if one.state in {TransferState.PREPARED, TransferState.AGREED}), None)


def to_archive(case: OpenCase, seen: Sequence[TransferView]) -> TransferView | None:
    """Return the change the reader's own service has not archived yet: as the one that was left, or the one that was come to."""
    mine = case.actor.service
    done = [one for one in seen if one.state is TransferState.DONE]
    left = (one for one in done if one.from_service == mine and not one.archived_from)
    come = (one for one in done if one.to == mine and not one.archived_to)
    return next(left, None) or next(come, None)


def schools(case: OpenCase) -> tuple[tuple[UUID, str], ...]:
    """Return where the child can go: the services that may have a log of their own."""
    rows = case.session.execute(_SCHOOLS, {"owner": case.owner_service_id}).all()
    return in_order(((row.id, service_name(row)) for row in rows), lambda school: school[1])


@use_case(Action.LEAD, modes=ANY_MODE)
def prepare_transfer(
    case: OpenCase,
    *,
    to: UUID,
    day: date,
    takes_along: TakesAlong,
    chosen: Collection[Category],
    said_yes: Collection[UUID],
) -> UUID:
    """Write down what is agreed with the family. Without anybody's yes it waits, and the new one is told nothing (R-62)."""
    if case.status is CaseStatus.CLOSED:
        raise Refused(Reason.CASE_CLOSED)
    if waiting(transfers(case)):
        raise Refused(Reason.SAVED_ALREADY)
    rule.check_day(day, case.today)
    goes = gate.takes(takes_along, chosen)
    name = dict(schools(case)).get(to)
    if name is None:
        raise Refused(Reason.NOT_A_CHOICE, field="to")
    if said_yes:
        rule.check_yes(said_yes, _who_answers(case, day, goes), name)
    row = case.new(
        Transfer(
            from_service_id=case.owner_service_id,
            to_service_id=to,
            day=day,
            takes_along=takes_along,
            chosen=goes if takes_along is TakesAlong.CHOSEN else frozenset(),
            family_yes=frozenset(said_yes),
            agreed_at=case.at if said_yes else None,
        )
    )
    _let_the_owner_follow(case)
    return row.id


@use_case(Action.LEAD, modes=ANY_MODE)
def family_says_yes(case: OpenCase, *, transfer: UUID, said_yes: Collection[UUID]) -> None:
    """Write down that the family has said yes: all who answer for what goes along (R-03, R-62)."""
    row = case.get(Transfer, transfer)
    if row.agreed_at is not None or row.cancelled_at is not None:
        raise Refused(Reason.SAVED_ALREADY)
    goes = gate.takes(row.takes_along, row.chosen)
    service = case.session.get_one(Service, row.to_service_id)
    rule.check_yes(said_yes, _who_answers(case, row.day, goes), service_name(service))
    row.family_yes, row.agreed_at = frozenset(said_yes), case.at
    _let_the_owner_follow(case)


@use_case(Action.LEAD, modes=ANY_MODE)
def cancel_transfer(case: OpenCase, *, transfer: UUID) -> None:
    """Take it back before the day; the new one has been told nothing."""
    row = case.get(Transfer, transfer)
    rule.check_not_done(rule.state(_fact(row), case.at))
    row.cancelled_at = case.at
    _let_the_owner_follow(case)


@use_case(Action.ARCHIVE, modes=ANY_MODE)
def record_transfer_archived(case: OpenCase, *, reference: str, archived_on: date) -> None:
    """Write down that one's own archive has it. The one the child left reads nothing from then on (R-62)."""
    mine = to_archive(case, transfers(case))
    if mine is None:
        raise Refused(Reason.SAVED_ALREADY)
    if archived_on > case.today:
        raise Refused(Reason.IN_THE_FUTURE, field="archived_on")
    left = mine.from_service == case.actor.service and not mine.archived_from
    if left:
        holder_is_of = case.session.execute(_HOLDER_IS_OF, {"case": case.id}).scalar_one()
        rule.check_may_let_go(holder_is_here=holder_is_of == case.actor.service)
    case.new(
        ArchiveReceipt(
            of=ArchivedWhat.LOG_AT_TRANSFER,
            unit=case.actor.service_name,
            reference=reference,
            archived_on=archived_on,
            at=case.at,
            recorded_by=case.actor.id,
        )
    )
    row = case.get(Transfer, mine.id)
    if left:
        row.archived_from_at = case.at
    else:
        row.archived_to_at = case.at
    _let_the_owner_follow(case)
    if left:
        _leave(case)


def takes_back(case: OpenCase, who: UUID) -> bool:
    """Let one who said yes, and now takes everything back, be asked anew before the day. Return whether it was so (R-07)."""
    row = _agreed(case)
    if row is None or who not in row.family_yes:
        return False
    _ask_anew(row)
    return True


def while_all_agree(case: OpenCase) -> None:
    """Ask the family anew when somebody has come to answer who has not said yes to what is going to happen (R-03, R-62)."""
    row = _agreed(case)
    if row is None:
        return
    goes = gate.takes(row.takes_along, row.chosen)
    if not rule.is_agreed(row.family_yes, _who_answers(case, row.day, goes)):
        _ask_anew(row)


def call_off(session: Session, case: UUID, at: datetime, by: UUID) -> None:
    """Take back what has not happened when the log is closed: a closed log goes nowhere (R-20, R-62)."""
    for row in session.execute(_STANDING, {"case": case}).scalars():
        if rule.state(_fact(row), at) is not TransferState.DONE:
            row.cancelled_at, row.updated_by = at, by


def who_may_say_yes(case: OpenCase) -> frozenset[UUID]:
    """Return those who answer for the child, for the question who has said yes."""
    facts = consent_facts(case.session, case.id, policy())
    groups = (group for category in gate.SHARED_BY_LEVEL for group in gate.required(facts, category, case.at))
    return frozenset[UUID]().union(*groups)


def _agreed(case: OpenCase) -> Transfer | None:
    """Return what the family has said yes to, and has not happened yet."""
    rows = case.session.execute(_STANDING, {"case": case.id}).scalars()
    return next((row for row in rows if rule.state(_fact(row), case.at) is TransferState.AGREED), None)


def _ask_anew(row: Transfer) -> None:
    row.family_yes, row.agreed_at = frozenset(), None


def _who_answers(case: OpenCase, day: date, goes: Collection[Category]) -> list[tuple[gate.Group, ...]]:
    """Return for each category that goes along who must have said yes, as it is on the day: a birthday may come first."""
    facts = consent_facts(case.session, case.id, policy())
    on_the_day = max(clock.midnight(day), case.at)
    asked = {Category.TILTAK_AND_EVALUATION, *goes}
    return [gate.required(facts, category, on_the_day) for category in sorted(asked)]


def _leave(case: OpenCase) -> None:
    """End the part of everybody here, unless the family's yes lets the service go on: their tiltak need others (R-26)."""
    if case.actor.service in people.covered_services(case):
        return
    for part in case.session.execute(_OURS, {"case": case.id, "service": case.actor.service}).scalars():
        part.left_at, part.updated_by = case.at, case.actor.id


def _let_the_owner_follow(case: OpenCase) -> None:
    sharing.rebuild(case.session, case.id, policy(), policy_mark())


def _fact(row: Any) -> gate.Transfer:
    return gate.Transfer(row.to_service_id, row.day, agreed_at=row.agreed_at, cancelled_at=row.cancelled_at)


def _view(row: Any, case: OpenCase) -> TransferView:
    one: Transfer = row.Transfer
    return TransferView(
        id=one.id,
        to=one.to_service_id,
        to_name=service_name(row),
        from_service=one.from_service_id,
        day=one.day,
        takes_along=one.takes_along,
        chosen=one.chosen,
        state=rule.state(_fact(one), case.at),
        archived_from=one.archived_from_at is not None,
        archived_to=one.archived_to_at is not None,
    )

"""How a case ends, what is still to be done then, and when it may be opened again (R-19, R-20, R-46)."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from bti.errors import Reason, Refused
from bti.language import N_, _, listed
from bti.rules.people import AccessRole
from bti.rules.workflow import ClosingReason


class ArchivedWhat(StrEnum):
    """What an archive receipt is for."""

    MINUTES = "minutes"
    LOG_AT_CLOSING = "log_at_closing"
    LOG_AT_TRANSFER = "log_at_transfer"


class TaskKind(StrEnum):
    """What is left to do in a case. It stands in the list while something is missing, and goes when it is there."""

    INFORM_CHILD = "inform_child"
    ARCHIVE = "archive"


class AnswersInError(StrEnum):
    """Who may say whether a log was opened in error."""

    STAFETTHOLDER = "stafettholder"
    DEPUTY = "deputy"
    LEADER = "leader"


THE_FAMILY_SAYS_SO: Final = frozenset({ClosingReason.FAMILY_WISH, ClosingReason.CONSENT_WITHDRAWN})
ASKS_ALL: Final = frozenset({ClosingReason.MOVED, ClosingReason.INDIVIDUAL_PLAN, ClosingReason.AGED_OUT})
BY_HAND: Final = tuple(reason for reason in ClosingReason if reason is not ClosingReason.GOAL_REACHED)
"""The reasons a person may give. That the goal is reached follows from the decision, and from nothing else."""

REOPENED_WITHIN: Final = timedelta(days=14)
BARNETS_BESTE: Final = N_("skriv hva som er best for barnet, og hvorfor")
INFORM_THE_CHILD: Final = N_("avtal hvem som informerer barnet")


def check_closing(reason: ClosingReason, *, said_by: str, has_best_interests: bool, child_is_informed: bool) -> None:
    """Refuse a closing that lacks what its reason asks for; the family's own wish asks only who said it (R-19, R-20)."""
    if reason not in BY_HAND:
        raise Refused(Reason.NOT_A_CHOICE, field="reason")
    if reason in THE_FAMILY_SAYS_SO and not said_by.strip():
        raise Refused(Reason.WHO_SAID_IT, field="said_by")
    if reason not in ASKS_ALL:
        return
    things = {BARNETS_BESTE: has_best_interests, INFORM_THE_CHILD: child_is_informed}
    missing = [_(thing) for thing, is_there in things.items() if not is_there]
    if missing:
        field = "who" if has_best_interests else "best_interests"
        raise Refused(Reason.BEFORE_CLOSING, field=field, mangler=listed(missing))


def check_asked(*, is_asked: bool) -> None:
    """Refuse an answer where the koordinator has not asked, and a question that waits for its answer already (R-70)."""
    if not is_asked:
        raise Refused(Reason.SAVED_ALREADY)


def check_may_end_in_error(role: AccessRole, *, own_unit: bool, is_asked: bool, nobody_carries: bool) -> None:
    """Refuse all but the leader of the unit, and her too while a stafettholder is there to answer (R-56, R-70)."""
    if role is not AccessRole.LEADER or not own_unit:
        raise Refused(Reason.NOT_YOURS)
    if not nobody_carries:
        raise Refused(Reason.NOT_ALLOWED)
    check_asked(is_asked=is_asked)


def who_answers_in_error(*, nobody_carries: bool, has_deputy: bool, has_leader: bool) -> tuple[AnswersInError, ...]:
    """Return who may answer the koordinator: those who carry the log, or the leader of the unit when the stafettholder is gone.

    Nobody, where the unit has no leader either: then the one the koordinator appoints or names as deputy, and never she
    herself. It takes two to close a log nobody carries (R-19, R-63, R-70).
    """
    may = {
        AnswersInError.STAFETTHOLDER: not nobody_carries,
        AnswersInError.DEPUTY: has_deputy,
        AnswersInError.LEADER: nobody_carries and has_leader,
    }
    return tuple(who for who, is_so in may.items() if is_so)


def may_reopen(closed_on: date, today: date, *, is_archived: bool) -> bool:
    """Say whether a closed log may be opened again: within fourteen days, and never after it is archived (model.md 4)."""
    return not is_archived and today <= closed_on + REOPENED_WITHIN


def left_to_do(
    reason: ClosingReason | None, *, waits_to_be_told: bool, telling_is_agreed: bool, is_archived: bool
) -> tuple[TaskKind, ...]:
    """Return what is left to do. ``reason`` is empty while the case is open; what was opened in error leaves nothing behind."""
    if reason is ClosingReason.OPENED_IN_ERROR:
        return ()
    nobody_yet = reason is not None and reason is not ClosingReason.GOAL_REACHED and not telling_is_agreed
    things = {
        TaskKind.INFORM_CHILD: waits_to_be_told or nobody_yet,
        TaskKind.ARCHIVE: reason is not None and not is_archived,
    }
    return tuple(kind for kind, is_left in things.items() if is_left)

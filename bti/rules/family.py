"""What is put right about a family, what follows from it, and who is shown a phone number (R-67, R-71)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from bti import clock
from bti.rules.consent import Category, Facts, Purpose, birthday, required, scope
from bti.rules.people import GuardianRelation


class Corrected(StrEnum):
    """What was put right."""

    CHILD = "child"
    GUARDIAN = "guardian"


class ReceivesInformation(StrEnum):
    """How the school informs a guardian: by itself, or when asked."""

    OWN_INITIATIVE = "own_initiative"
    ON_REQUEST = "on_request"
    NONE = "none"


@dataclass(frozen=True)
class Consequence:
    """What a correction changes of who answers and who sees; shown before it is saved."""

    now_answer: frozenset[UUID]
    no_longer_answer: frozenset[UUID]
    child_answers_from: date | None
    see_less: frozenset[UUID]

    def __bool__(self) -> bool:
        return bool(self.now_answer or self.no_longer_answer or self.child_answers_from or self.see_less)


def consequence(before: Facts, after: Facts, at: datetime) -> Consequence:
    """Say what changes now and at the child's next age of answering when the facts become ``after``."""
    old, new = _must_answer(before, at), _must_answer(after, at)
    turns = birthday(after.birth_date, after.policy.youth_age)
    is_moved = turns != birthday(before.birth_date, before.policy.youth_age)
    is_born = before.expecting is None and after.expecting is None
    services = {request.service for request in before.requests}
    return Consequence(
        now_answer=new - old,
        no_longer_answer=old - new,
        child_answers_from=turns if is_born and is_moved and turns > clock.day(at) else None,
        see_less=frozenset(s for s in services if _seen(before, s, at) - _seen(after, s, at)),
    )


def may_see_phone(*, is_holder: bool, is_deputy: bool, has_agreed: bool, is_protected: bool) -> bool:
    """Say whether a guardian's number is shown: with a protected address to the stafettholder alone (R-71)."""
    return is_holder or (not is_protected and (is_deputy or has_agreed))


def may_read_by_agreement(relation: GuardianRelation | None, *, has_parental_responsibility: bool) -> bool:
    """Say whether the family may agree that somebody reads as one of it: a foster parent without foreldreansvar (R-64)."""
    return relation is GuardianRelation.FOSTER_PARENT and not has_parental_responsibility


def _must_answer(facts: Facts, at: datetime) -> frozenset[UUID]:
    return frozenset().union(*required(facts, Category.TILTAK_AND_EVALUATION, at))


def _seen(facts: Facts, service: UUID, at: datetime) -> frozenset[Category]:
    return scope(facts, service, Purpose.COOPERATE, at)

"""A family and its answers as plain values: the sentences of the consent tests, without a database."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from bti.errors import Refused
from bti.rules.consent import (
    Answer,
    Category,
    ConsentAddition,
    ConsentForm,
    ConsentLevel,
    Declaration,
    Facts,
    Guardian,
    Policy,
    Purpose,
    Request,
    Withdrawal,
    scope,
    state,
)
from tests.cast import NOON, SOLVEIG_BORN

CHILD, MARTE, JONAS, GRANDMOTHER = (UUID(int=n) for n in range(1, 5))
PPT, NURSE = UUID(int=11), UUID(int=12)
A_SECOND = timedelta(seconds=1)
SUMMER = date(2026, 7, 31)

NO = Answer(ConsentLevel.NO)
AGREEMENTS = Answer(ConsentLevel.AGREEMENTS)
EVERYDAY = Answer(ConsentLevel.EVERYDAY)

AGREED = frozenset({Category.TILTAK_AND_EVALUATION})
DAILY = AGREED | {Category.SCHOOL_KINDERGARTEN, Category.WELLBEING_SOCIAL}

BOTH = (Guardian(MARTE, has_parental_responsibility=True), Guardian(JONAS, has_parental_responsibility=True))


def refusal_of(rule, *asked, **more):
    """Return why the rule says no; nothing when it does not."""
    try:
        rule(*asked, **more)
    except Refused as refusal:
        return refusal.reason
    return None


def with_(answer, *additions, but=()):
    """Return the answer with additions, and less what is taken out of it."""
    return Answer(answer.level, frozenset(additions), frozenset(but))


def everyday_with(*additions, but=()):
    return with_(EVERYDAY, *additions, but=but)


def says(who, answer=EVERYDAY, service=PPT, *, at=NOON, **more):
    """Return that ``who`` gave ``answer`` for ``service`` at ``at``, written down at once, until the summer."""
    said = {
        "consent": UUID(int=100),
        "consenter": who,
        "purpose": Purpose.COOPERATE,
        "answers": {service: answer},
        "information_given_at": at,
        "given_at": at,
        "counts_from": at,
        "recorded_at": at,
        "valid_from": date(2026, 1, 1),
        "valid_to": SUMMER,
    }
    return Declaration(**(said | more))


def on_paper(who, answer=EVERYDAY, service=PPT, **more):
    """Return an answer on paper that nobody has said yet where to find."""
    return says(who, answer, service, **({"form": ConsentForm.WRITTEN} | more))


def takes_back(who, service=PPT, *, at, additions=()):
    return Withdrawal(who, service, at, frozenset(additions))


def the_family(*said, asked=(PPT, NURSE), taken_back=(), guardians=BOTH, born=SOLVEIG_BORN, **more):
    """Return all the gate knows of a family that was asked about PPT and the nurse long ago."""
    long_ago = datetime(2025, 12, 1, 9, 0, tzinfo=UTC)
    requests = tuple(Request(service, purpose, long_ago) for service in asked for purpose in Purpose)
    return Facts(CHILD, born, guardians, requests, tuple(said), tuple(taken_back), **({"policy": Policy()} | more))


def sees(facts, service=PPT, *, at=NOON, purpose=Purpose.COOPERATE):
    return scope(facts, service, purpose, at)


def stands(facts, service=PPT, *, at=NOON, purpose=Purpose.COOPERATE):
    return state(facts, service, purpose, at)


def oslo(year, month, day, hour=0, minute=0):
    """Return a moment by the clock on the wall in Oslo."""
    from bti.clock import OSLO

    return datetime(year, month, day, hour, minute, tzinfo=OSLO).astimezone(UTC)


ADDED = {
    ConsentAddition.HEALTH: Category.HEALTH,
    ConsentAddition.FAMILY_HOME: Category.FAMILY_HOME,
    ConsentAddition.ASSESSMENT: Category.ASSESSMENT,
}

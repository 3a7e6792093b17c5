"""The child is heard, or it is planned, or it is said why not (R-32 to R-35)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from bti.errors import Reason, Refused


class HeardFor(StrEnum):
    """Which meeting the child's view was asked for."""

    PLAN = "plan"
    EVALUATION = "evaluation"


class ChildTakesPart(StrEnum):
    """How the child's own view comes to the meeting."""

    ATTENDS = "attends"
    HEARD_BEFORE = "heard_before"
    NOT_HEARD = "not_heard"


class HeardBy(StrEnum):
    """How the child was heard."""

    CONVERSATION = "conversation"
    DRAWING = "drawing"
    FORM = "form"
    OBSERVATION = "observation"
    AAC = "aac"
    IN_MEETING = "in_meeting"


class ShareWith(StrEnum):
    """What the child answers to: what may be shared, with whom?"""

    ALL = "all"
    NAMED = "named"
    NONE = "none"
    TOO_SMALL = "too_small"


@dataclass(frozen=True)
class Heard:
    """What is known of how the child is heard for one meeting."""

    attends: bool = False
    has_interviewer: bool = False
    due: date | None = None
    not_heard_reason: str = ""
    has_view: bool = False
    tells_change: bool = False
    """Whether it is known how the child finds that things have changed, or that the child keeps it or is too small to say."""


def is_clear(heard: Heard) -> bool:
    """Say whether R-32 is met: attends, has been heard, a dated plan, or the reason why not."""
    planned = heard.has_interviewer and heard.due is not None
    return heard.attends or heard.has_view or planned or bool(heard.not_heard_reason.strip())


def tells_change(share_with: ShareWith, *, is_told: bool) -> bool:
    """Say whether the child's experience of change is told, or the child's own answer is that it is not (R-16)."""
    return share_with in {ShareWith.NONE, ShareWith.TOO_SMALL} or is_told


def check_plan(takes_part: ChildTakesPart, *, has_interviewer: bool, why_not: str) -> None:
    """Refuse a plan without somebody who talks with the child, or without the reason why nobody does (R-32)."""
    if takes_part is ChildTakesPart.HEARD_BEFORE and not has_interviewer:
        raise Refused(Reason.CHILD_PLAN, field="interviewer")
    if takes_part is ChildTakesPart.NOT_HEARD and not why_not.strip():
        raise Refused(Reason.MISSING, field="not_heard_reason")


def check_words(share_with: ShareWith, words: str, *more: str) -> None:
    """Refuse to store words the child does not want shared, and words without an answer to who may read them (R-34)."""
    if share_with is ShareWith.NONE and any(text.strip() for text in (words, *more)):
        raise Refused(Reason.CHILD_KEEPS_IT, field="words")
    if share_with in {ShareWith.ALL, ShareWith.NAMED} and not words.strip():
        raise Refused(Reason.CHILD_WORDS_MISSING, field="words")


def check_weight(how_weighted: str, *, has_words: bool) -> None:
    """Refuse to judge the round without saying what weight the child's words were given (R-35). Asked once per meeting."""
    if has_words and not how_weighted.strip():
        raise Refused(Reason.CHILD_WEIGHT, field="how_weighted")


def may_say_told(teller: UUID, writer: UUID, *, leads: bool) -> bool:
    """Say whether this person may write that the child has been told: the one who agreed to tell, and who leads (R-33)."""
    return leads or teller == writer


def check_says_told(teller: UUID, writer: UUID, *, leads: bool) -> None:
    """Refuse it to everybody else: whether the child knows is for the one who was there to say."""
    if not may_say_told(teller, writer, leads=leads):
        raise Refused(Reason.NOT_ALLOWED, field="task")

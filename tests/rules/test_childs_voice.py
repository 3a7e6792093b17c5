"""The child is heard, or it is planned, or it is said why not; and what the child keeps is not kept here (R-32, R-34)."""

from datetime import date
from itertools import product
from uuid import UUID

import pytest

from bti.errors import Reason, Refused
from bti.rules.childs_voice import (
    ChildTakesPart,
    Heard,
    ShareWith,
    check_plan,
    check_says_told,
    check_weight,
    check_words,
    is_clear,
    may_say_told,
    tells_change,
)
from tests.rules.asking import refusal_of

SOON = date(2026, 3, 12)


@pytest.mark.meets("R-32")
@pytest.mark.parametrize(
    ("heard", "clear"),
    [
        (Heard(), False),
        (Heard(attends=True), True),
        (Heard(has_view=True), True),
        (Heard(has_interviewer=True, due=SOON), True),
        (Heard(has_interviewer=True), False),
        (Heard(due=SOON), False),
        (Heard(not_heard_reason="For lite."), True),
        (Heard(not_heard_reason=" \n"), False),
    ],
)
def test_it_is_clear_how_the_child_is_heard(heard, clear):
    assert is_clear(heard) is clear


@pytest.mark.meets("R-32", "S0-11")
@pytest.mark.parametrize(
    ("takes_part", "has_interviewer", "why_not", "refused"),
    [
        (ChildTakesPart.ATTENDS, False, "", None),
        (ChildTakesPart.ATTENDS, True, "", None),
        (ChildTakesPart.HEARD_BEFORE, True, "", None),
        (ChildTakesPart.HEARD_BEFORE, False, "", (Reason.CHILD_PLAN, "interviewer")),
        (ChildTakesPart.HEARD_BEFORE, False, "For lite.", (Reason.CHILD_PLAN, "interviewer")),
        (ChildTakesPart.NOT_HEARD, False, "For lite.", None),
        (ChildTakesPart.NOT_HEARD, True, "For lite.", None),
        (ChildTakesPart.NOT_HEARD, False, "", (Reason.MISSING, "not_heard_reason")),
        (ChildTakesPart.NOT_HEARD, True, "  ", (Reason.MISSING, "not_heard_reason")),
    ],
)
def test_a_plan_says_who_talks_with_the_child_or_why_nobody_does(takes_part, has_interviewer, why_not, refused):
    if refused is None:
        check_plan(takes_part, has_interviewer=has_interviewer, why_not=why_not)
        return

    with pytest.raises(Refused) as refusal:
        check_plan(takes_part, has_interviewer=has_interviewer, why_not=why_not)
    assert (refusal.value.reason, refusal.value.field) == refused


REFUSED = {
    (ShareWith.ALL, ""): Reason.CHILD_WORDS_MISSING,
    (ShareWith.ALL, " \n "): Reason.CHILD_WORDS_MISSING,
    (ShareWith.NAMED, ""): Reason.CHILD_WORDS_MISSING,
    (ShareWith.NAMED, " \n "): Reason.CHILD_WORDS_MISSING,
    (ShareWith.NONE, "Jeg vil ikke si det."): Reason.CHILD_KEEPS_IT,
}


@pytest.mark.meets("R-34")
@pytest.mark.parametrize(("share_with", "words"), list(product(ShareWith, ["", " \n ", "Jeg vil ikke si det."])))
def test_words_are_kept_only_when_the_child_lets_them_be(share_with, words):
    reason = REFUSED.get((share_with, words))
    if reason is None:
        check_words(share_with, words)
        return

    with pytest.raises(Refused) as refusal:
        check_words(share_with, words)
    assert (refusal.value.reason, refusal.value.field) == (reason, "words")


@pytest.mark.meets("R-35")
@pytest.mark.parametrize(("words", "said"), list(product([True, False], ["", " ", "Hun får velge dag."])))
def test_the_weight_of_what_the_child_said_is_written_when_the_child_said_something(words, said):
    assert refusal_of(check_weight, said, has_words=words) is (
        Reason.CHILD_WEIGHT if words and not said.strip() else None
    )


@pytest.mark.meets("R-16", "S4-20")
@pytest.mark.parametrize(
    ("share_with", "is_told", "enough"),
    [
        (ShareWith.ALL, True, True),
        (ShareWith.NAMED, True, True),
        (ShareWith.ALL, False, False),
        (ShareWith.NAMED, False, False),
        (ShareWith.NONE, False, True),
        (ShareWith.TOO_SMALL, False, True),
    ],
)
def test_what_is_important_now_is_not_how_the_child_finds_the_change(share_with, is_told, enough):
    assert tells_change(share_with, is_told=is_told) is enough


TELLER, ANOTHER = UUID(int=1), UUID(int=2)


@pytest.mark.meets("R-33")
@pytest.mark.parametrize(
    ("writer", "leads", "may"),
    [(TELLER, False, True), (TELLER, True, True), (ANOTHER, True, True), (ANOTHER, False, False)],
)
def test_that_the_child_knows_is_said_by_the_one_who_told_it_or_the_one_who_leads(writer, leads, may):
    assert may_say_told(TELLER, writer, leads=leads) is may
    refusal = refusal_of(check_says_told, TELLER, writer, leads=leads)
    assert refusal is (None if may else Reason.NOT_ALLOWED)

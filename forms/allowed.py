"""What is allowed in an answer, and what is said when it is not: every wrong answer is found at once."""

from collections.abc import Callable
from datetime import time
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

from bti.errors import Reason, Refused
from bti.rules import privacy


def refused(reason: Reason, **values: object) -> PydanticCustomError:
    """Return a reason as Pydantic's own kind of error, so that all that is wrong is found at once."""
    return PydanticCustomError("refused", "{reason}", {"reason": reason.name, "values": values})


def _words(limit: int, *, must: bool) -> Callable[[str], str]:
    def check(text: str) -> str:
        try:
            clean = privacy.words(text, limit)
        except Refused as no:
            raise refused(no.reason, **no.values) from no
        if must and not clean:
            raise refused(Reason.MISSING)
        return clean

    return check


def _nothing_as_empty(value: object) -> object:
    return "" if value is None else value


def _must(value: object) -> object:
    if value is None or value in ("", [], ()):
        raise refused(Reason.MISSING)
    return value


def _time_of_day(value: object) -> object:
    if isinstance(value, time):
        return value
    digits = "".join(c if c.isdigit() else " " for c in str(value or "")).split()
    if len(digits) == 1 and len(digits[0]) in {3, 4}:
        digits = [digits[0][:-2], digits[0][-2:]]
    try:
        hour, minute = (int(d) for d in [*digits, "0"][:2])
        return time(hour, minute)
    except ValueError:
        raise refused(Reason.NOT_A_TIME) from None


def _text(limit: int, *, must: bool) -> Any:
    return Annotated[str, BeforeValidator(_nothing_as_empty), AfterValidator(_words(limit, must=must))]


Name = _text(privacy.SHORT, must=True)
Title = _text(privacy.SHORT, must=True)
Sentence = _text(privacy.MEDIUM, must=True)
SentenceOrNothing = _text(privacy.MEDIUM, must=False)
LineOrNothing = _text(privacy.SHORT, must=False)
Story = _text(privacy.LONG, must=True)
PhoneOrNothing = _text(privacy.PHONE, must=False)
StoryOrNothing = _text(privacy.LONG, must=False)
MustChoose = BeforeValidator(_must)
ClockTime = Annotated[time, BeforeValidator(_must), BeforeValidator(_time_of_day)]

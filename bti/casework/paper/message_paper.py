"""The message to services outside the kommune leaves on paper: the family reads it, each who is asked gets her own (R-08)."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from bti import clock
from bti.casework.consent import family_eyes, windows
from bti.casework.consent.windows import Kept
from bti.casework.door import Asking, OpenCase, use_case
from bti.casework.ground.entries import entry
from bti.casework.ground.naming import service_name
from bti.casework.ground.policy import kommune
from bti.casework.paper import exporting, paper_head
from bti.casework.paper.exporting import Recipient
from bti.casework.people import people
from bti.casework.steps import escalating
from bti.casework.steps.escalating import MessageView
from bti.documents.message_content import Message
from bti.documents.stafettlogg_content import Audience, Language
from bti.errors import Reason, Refused
from bti.language import LANGUAGES, speaking
from bti.rules.access import Action
from bti.rules.consent import Category, Purpose
from bti.rules.escalating import MessageStatus
from bti.store import audit

MAY_GO: Final = frozenset({MessageStatus.READY, MessageStatus.SENT_OUTSIDE_APP})
AS_WRITTEN: Final = Category.SCHOOL_KINDERGARTEN
"""What a service must be let see to read the message; the agreements alone do not open it (model.md 5.1)."""


def recipients(case: OpenCase, message: MessageView) -> tuple[Recipient, ...]:
    """Return for whom the message can be printed now: the family to read it, and those asked when it is ready."""
    kept = _for_help(case)
    asked = {service for service, _name in message.recipients} if message.status in MAY_GO else set()
    codes = {w.code for w in kept if w.service in asked and w.category is AS_WRITTEN and windows.is_open(case, w)}
    # It names whom we ask and who asks: there is none for a guardian the child is hidden from.
    family = {Audience.FAMILY.value, *(one.code for one in family_eyes.guardians(case) if not one.blocked)}
    if case.of_age:
        family = {Audience.CHILD.value}
    return tuple(one for one in exporting.recipients(case, kept) if one.code in codes | family)


def message(asked: Asking, /, *, recipient: str, language: Language) -> bytes:
    """Return the message as PDF for one recipient, and write down that it was made. It is drawn when the case is let go of."""
    content = print_message(asked, recipient=recipient, language=language)
    from bti.documents import message as paper  # noqa: PLC0415 - what draws is heavy

    return paper.message(content)


@use_case(Action.PRINT)
def print_message(case: OpenCase, *, recipient: str, language: Language) -> Message:
    """Return what the recipient's paper holds. A service reads it by the yes to just this, when the family has read it."""
    if language not in LANGUAGES:
        raise Refused(Reason.NOT_A_CHOICE, field="language")
    written = escalating.of_round(case)
    if written is None:
        raise Refused(Reason.STEP_NOT_DONE)
    if recipient not in {one.code for one in recipients(case, written)}:
        raise Refused(_why_not(written, recipient), field="recipient")
    with speaking(language):
        content = _content(case, recipient, language)
    audit.append(case.session, entry(case.actor, "message", recipient, "printed", case.id, at=case.at))
    return content


def _content(case: OpenCase, recipient: str, language: Language) -> Message:
    kept = _for_help(case)
    seen = exporting.through(case, recipient, kept)
    view = escalating.view(seen)
    if view.message is None:
        raise Refused(Reason.NEW_CONSENT, field="recipient")
    head = paper_head.head_of(case, people.people(seen))
    return Message(
        kommune=kommune(),
        language=language,
        recipient=next(one.name for one in exporting.recipients(case, kept) if one.code == recipient),
        made_at=case.at,
        number=case.number,
        version=case.last_write,
        child=head.child,
        birth_year=head.birth_year,
        stafettholder=head.stafettholder,
        sender=service_name(case.row),
        asked=tuple(name for _key, name in view.message.recipients),
        question=view.message.question_to_service,
        situation=view.message.situation_text,
        tried=view.tried,
        family_says=view.message.family_view,
        child_says=view.child_said,
        until=_last_day(kept, recipient),
    )


def _for_help(case: OpenCase) -> tuple[Kept, ...]:
    """Return the windows that are opened for this: a yes to working together is another yes."""
    return tuple(w for w in windows.kept(case) if w.purpose is Purpose.EXTERNAL_HELP)


def _last_day(kept: Sequence[Kept], recipient: str) -> date | None:
    closes = [w.closes for w in kept if w.code == recipient and w.category is AS_WRITTEN]
    return clock.day(max(closes) - clock.A_MOMENT) if closes else None


def _why_not(written: MessageView, recipient: str) -> Reason:
    if recipient in exporting.OF_EVERYTHING or recipient.startswith(family_eyes.OF_ONE):
        return Reason.NOT_A_CHOICE
    return Reason.NEW_CONSENT if written.status in MAY_GO else Reason.MESSAGE_NOT_READ

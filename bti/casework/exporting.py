"""What leaves on paper: for whom it may be made, and each paper read anew through its recipient's eyes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import bindparam, select

from bti import clock
from bti.casework import family_eyes, printed, windows
from bti.casework.door import Asking, OpenCase, use_case
from bti.casework.entries import entry
from bti.casework.naming import service_name
from bti.casework.policy import kommune
from bti.casework.windows import Kept
from bti.documents.stafettlogg_content import Audience, Content, Language
from bti.errors import Reason, Refused
from bti.language import LANGUAGES, speaking
from bti.rules.access import Action, Relation, Sight
from bti.rules.consent import Category
from bti.rules.workflow import Blank
from bti.store import audit
from bti.store.tables import Service

OF_EVERYTHING: Final = (Audience.FAMILY.value, Audience.CHILD.value, Audience.ARCHIVE.value)
"""Recipients by relation: all is read for their paper, so nobody who sees less may make it."""
OF_ONE_GUARDIAN: Final = "guardian:"

_SERVICE_NAME = select(Service.name_nb, Service.name_nn).where(Service.code == bindparam("code"))


@dataclass(frozen=True)
class Recipient:
    """Somebody a paper can be made for: a code to choose by, and what the recipient is called."""

    code: str
    name: str


@dataclass(frozen=True)
class Opened:
    """A service an active consent covers now: what it may see, and when each of it ends."""

    id: UUID
    code: str
    name: str
    is_sensitive: bool
    closes: dict[Category, datetime]
    about: set[UUID]
    """The guardians who have let it see what is about themselves."""


def recipients(case: OpenCase, kept: Sequence[Kept] | None = None) -> tuple[Recipient, ...]:
    """Return for whom a paper can be made now. Who does not see everything may make one for the own service only.

    ``kept`` are the windows, where they have been read already.
    """
    opened = _opened(case, kept)
    if not case.sight.everything:
        return tuple(Recipient(one.code, one.name) for one in opened if one.id == case.sight.service)
    head = printed.head_of(case)
    each = family_eyes.guardians(case)
    made_for = [code for code in OF_EVERYTHING if code != Audience.FAMILY or not any(one.blocked for one in each)]
    by_relation = (
        *(Recipient(code, printed.called(Audience(code), head)) for code in made_for),
        *(Recipient(one.code, one.name) for one in each if not one.blocked),
    )
    if not case.sight.sees_all:  # after a change of school: not with eyes that see a part only
        return by_relation
    by_consent = (Recipient(one.code, one.name) for one in opened if one.code not in OF_EVERYTHING)
    return (*by_relation, *by_consent)


def as_seen_by(case: OpenCase, recipient: str) -> OpenCase:
    """Return the case as a recipient would see it now, for the family to look at: the same views, other eyes."""
    return replace(case, sight=case.sight.narrowed_to(_sight_of(case, recipient, _opened(case))))


def stafettlogg(asked: Asking, /, *, recipient: str, language: Language) -> bytes:
    """Return the stafettlogg as PDF for one recipient, in the recipient's language, and write down that it was made.

    It is drawn when the case has been let go of: a paper takes as long as a hundred saves, and nobody waits for it.
    """
    content = print_stafettlogg(asked, recipient=recipient, language=language)
    from bti.documents import stafettlogg as paper  # noqa: PLC0415 - what draws is heavy, and few who print are first

    return paper.stafettlogg(content)


def blank_form(kind: str, language: Language) -> bytes:
    """Return an empty form as PDF. It knows no case and no person, so anybody signed in may have it (R-69)."""
    if kind not in set(Blank):
        raise Refused(Reason.NOT_A_CHOICE, field="kind")
    from bti.documents import blank  # noqa: PLC0415 - what draws is heavy

    return blank.blank(Blank(kind), kommune(), language, made_at=clock.now())


@use_case(Action.PRINT)
def print_stafettlogg(case: OpenCase, *, recipient: str, language: Language) -> Content:
    """Return what the recipient's paper holds: the case read anew with what recipient and printer both may see."""
    if language not in LANGUAGES:
        raise Refused(Reason.NOT_A_CHOICE, field="language")
    with speaking(language):
        kept = windows.kept(case)
        opened = _opened(case, kept)
        through = replace(case, sight=case.sight.narrowed_to(_sight_of(case, recipient, opened)))
        named = _to_be_named(through, opened)
        content = printed.content(
            through,
            audience=_audience(recipient),
            name=_name_of(case, recipient, opened),
            language=language,
            covered=[(one.name, one.closes) for one in named],
            taking_part=frozenset({case.owner_service_id, *(one.id for one in named)}),
            shared=kept,
        )
    _note(case, recipient)
    return content


def _sight_of(case: OpenCase, recipient: str, opened: Sequence[Opened]) -> Sight:
    """Return the recipient's eyes, or refuse: not covered, or the printer sees less than the recipient would."""
    if _audience(recipient) is not Audience.SERVICE:
        if not case.sight.everything:
            raise Refused(Reason.NOT_COVERED, field="recipient", tjeneste=case.actor.service_name)
        about = _about_whom(case, recipient)
        return Sight(
            case.actor, Relation.COLLEAGUE, case.sight.service, frozenset(Category), everything=True, about=about
        )
    service = next((one for one in opened if one.code == recipient), None)
    # What the family keeps the printer's service out of, another service may see: only eyes that see all see for others.
    if service is None or not (case.sight.sees_all or service.id == case.sight.service):
        raise Refused(Reason.NOT_COVERED, field="recipient", tjeneste=_service_name(case, recipient))
    return Sight(
        case.actor,
        Relation.COVERED,
        service.id,
        frozenset(service.closes),
        everything=False,
        about=frozenset(service.about),
        own=case.sight.own if service.id == case.sight.service else None,
    )


def _audience(recipient: str) -> Audience:
    """Return for what kind of reader the paper is; one guardian's own is drawn as the family's."""
    if recipient.startswith(OF_ONE_GUARDIAN):
        return Audience.FAMILY
    return Audience(recipient) if recipient in OF_EVERYTHING else Audience.SERVICE


def _about_whom(case: OpenCase, recipient: str) -> frozenset[UUID] | None:
    """Return the guardians whose own affairs are on the paper (R-59). Nothing goes to a guardian who is blocked (R-60).

    The family's paper holds what every one of them may see, so there is none while one of them is blocked.
    """
    if recipient == Audience.ARCHIVE:
        return None
    if recipient == Audience.CHILD:
        return family_eyes.open_to(case, [case.child_id])
    each = family_eyes.guardians(case)
    readers = [one for one in each if recipient in {one.code, Audience.FAMILY.value}]
    if not readers or any(one.blocked for one in readers):
        raise Refused(Reason.NOT_A_CHOICE, field="recipient")
    children = [case.child_id] if recipient == Audience.FAMILY else []
    return family_eyes.open_to(case, [*(one.id for one in readers), *children])


def _name_of(case: OpenCase, recipient: str, opened: Sequence[Opened]) -> str:
    """Return what a service or a single guardian is called on the paper; the others are called by what they are."""
    if recipient.startswith(OF_ONE_GUARDIAN):
        return next((one.name for one in family_eyes.guardians(case) if one.code == recipient), "")
    return next((one.name for one in opened if one.code == recipient), "")


def _opened(case: OpenCase, kept: Sequence[Kept] | None = None) -> tuple[Opened, ...]:
    """Return the services the gate is open to now, by the kept windows and the clock, as the door asks them."""
    found: dict[UUID, Opened] = {}
    for window in windows.kept(case) if kept is None else kept:
        if not windows.is_open(case, window):
            continue
        new = Opened(window.service, window.code, window.name, window.is_sensitive, {}, set())
        one = found.setdefault(window.service, new)
        if window.about is not None:
            one.about.add(window.about)
            continue
        one.closes[window.category] = max(window.closes, one.closes.get(window.category, window.closes))
    return tuple(found.values())


def _to_be_named(case: OpenCase, opened: Sequence[Opened]) -> list[Opened]:
    """Return the services this reader may be told of; a sensitive one is named to few (R-56)."""
    return [one for one in opened if case.sight.may_name(one.id, is_sensitive=one.is_sensitive)]


def _service_name(case: OpenCase, code: str) -> str:
    row = case.session.execute(_SERVICE_NAME, {"code": code}).one_or_none()
    if row is None:
        raise Refused(Reason.NOT_A_CHOICE, field="recipient")
    return service_name(row)


def _note(case: OpenCase, recipient: str) -> None:
    """Write down for whom the paper was made. It changes nothing in the case, so it is not a «done»."""
    audit.append(case.session, entry(case.actor, "document", recipient, "printed", case.id, at=case.at))

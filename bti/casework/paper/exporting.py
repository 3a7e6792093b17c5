"""What leaves on paper: for whom it may be made, and each paper read anew through its recipient's eyes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import bindparam, select

from bti import clock
from bti.casework.consent import family_eyes, windows
from bti.casework.consent.family_eyes import OneGuardian
from bti.casework.consent.windows import Kept
from bti.casework.door import Asking, OpenCase, use_case
from bti.casework.ground.entries import entry
from bti.casework.ground.naming import service_name
from bti.casework.ground.policy import kommune
from bti.casework.paper import paper_head, printed, withheld
from bti.documents.stafettlogg_content import Audience, Content, Language
from bti.errors import Reason, Refused
from bti.language import LANGUAGES, speaking
from bti.rules.access import Action, Relation, Sight
from bti.rules.consent import Category
from bti.rules.workflow import WRITES_HERE, Blank
from bti.store import audit
from bti.store.tables import Service

OF_EVERYTHING: Final = (Audience.FAMILY.value, Audience.CHILD.value, Audience.ARCHIVE.value)
"""Recipients by relation: their paper is the stafettholder's to make, and of the owner's own that are."""

_SERVICE_NAME = select(Service.name_nb, Service.name_nn).where(Service.code == bindparam("code"))


@dataclass(frozen=True)
class Recipient:
    """Somebody a paper can be made for: a code to choose by, and what the recipient is called."""

    code: str
    name: str
    waits: bool = False
    """Whether the paper waits to be read through: the child is hidden from this guardian (R-60)."""


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
    """Return for whom a paper can be made now."""
    return tuple(one for one in addressed(case, kept) if not one.waits)


def addressed(case: OpenCase, kept: Sequence[Kept] | None = None) -> tuple[Recipient, ...]:
    """Return for whom there is a paper, also one that waits to be read through first.

    A stafettholder who does not see everything makes the family's all the same, and it says so; others make one for their own
    service only, and of a case on paper there is none (R-69). ``kept`` are the windows, where they have been read already.
    """
    if case.mode not in WRITES_HERE:
        return ()
    opened = _opened(case, kept)
    for_us = tuple(Recipient(one.code, one.name) for one in opened if one.id == case.sight.service)
    if not _makes_the_familys(case.sight):
        return for_us
    head = paper_head.head_of(case)
    each = family_eyes.guardians(case)
    is_shared = bool(each) and not any(one.blocked for one in each)
    made_for = [code for code in OF_EVERYTHING if code != Audience.FAMILY or is_shared]
    by_relation = (
        *(Recipient(code, paper_head.called(Audience(code), head)) for code in made_for),
        *(Recipient(one.code, one.name, one.blocked and not _is_read(case, one)) for one in each),
    )
    if not case.sight.sees_all:  # after a change of school: not with eyes that see a part only
        return by_relation if case.sight.everything else (*by_relation, *for_us)
    by_consent = (Recipient(one.code, one.name) for one in opened if one.code not in OF_EVERYTHING)
    return (*by_relation, *by_consent)


def as_seen_by(case: OpenCase, recipient: str) -> OpenCase:
    """Return the case as a recipient would see it now, for the family to look at: the same views, other eyes.

    A screen names who takes part, so there is none for a guardian the child is hidden from (R-60).
    """
    if hidden_from(case, recipient):
        raise Refused(Reason.NOT_A_CHOICE, field="recipient")
    return through(case, recipient, windows.kept(case))


def through(case: OpenCase, recipient: str, kept: Sequence[Kept]) -> OpenCase:
    """Return the case with what recipient and printer both may see, by these windows; or refuse."""
    return _seen_by(case, recipient, _opened(case, kept), _guardians(case, recipient))


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
    each = _guardians(case, recipient)
    hidden = _hidden(recipient, each)
    if hidden and not _is_read(case, hidden):
        raise Refused(Reason.READ_THROUGH_FIRST, field="recipient")
    with speaking(language):
        content = content_for(case, recipient, language, each=each)
    _note(case, recipient)
    return content


def content_for(
    case: OpenCase,
    recipient: str,
    language: Language,
    shared: Sequence[Kept] | None = None,
    each: Sequence[OneGuardian] | None = None,
) -> Content:
    """Return what the recipient's paper would hold now. Nothing is written down: it has not left.

    ``shared`` are the windows and ``each`` the guardians it is for, where they have been read already.
    """
    kept = windows.kept(case) if shared is None else shared
    opened, each = _opened(case, kept), _guardians(case, recipient) if each is None else each
    withholds = _hidden(recipient, each) is not None
    seen = _seen_by(case, recipient, opened, each)
    named = _to_be_named(seen, opened)
    return printed.content(
        seen,
        audience=_drawn_for(case, recipient),
        name=_name_of(case, recipient, opened, each),
        language=language,
        covered=[(withheld.some_service() if withholds else one.name, one.closes) for one in named],
        taking_part=frozenset() if withholds else frozenset({case.owner_service_id, *(one.id for one in named)}),
        shared=kept,
        withholds=withholds,
        seen_by="" if case.sight.sees_all else _service_name(case, case.actor.service_code),
    )


def hidden_from(case: OpenCase, recipient: str) -> OneGuardian | None:
    """Return the guardian, when the child is hidden from the one the paper is for (R-60)."""
    return _hidden(recipient, _guardians(case, recipient))


def mark_for(case: OpenCase, guardian: OneGuardian) -> str:
    """Return the mark of what would stand on a guardian's paper now: it is another when something was written."""
    sight = case.sight.narrowed_to(family_eyes.by_relation(case, guardian.sees, of_guardians=True))
    return replace(case, sight=sight).mark


def _guardians(case: OpenCase, recipient: str) -> Sequence[OneGuardian]:
    """Return the guardians, where the paper is for them or one of them."""
    theirs = recipient == Audience.FAMILY or recipient.startswith(family_eyes.OF_ONE)
    return family_eyes.guardians(case) if theirs and _makes_the_familys(case.sight) else ()


def _makes_the_familys(sight: Sight) -> bool:
    """Say whether the reader makes the papers of those who read by relation: one who carries a log is never without them."""
    return sight.everything or sight.relation is Relation.STAFETTHOLDER


def _hidden(recipient: str, each: Sequence[OneGuardian]) -> OneGuardian | None:
    return next((one for one in each if one.code == recipient and one.blocked), None)


def _seen_by(case: OpenCase, recipient: str, opened: Sequence[Opened], each: Sequence[OneGuardian]) -> OpenCase:
    return replace(case, sight=case.sight.narrowed_to(_sight_of(case, recipient, opened, each)))


def _is_read(case: OpenCase, guardian: OneGuardian) -> bool:
    return guardian.read == mark_for(case, guardian)


def _sight_of(case: OpenCase, recipient: str, opened: Sequence[Opened], each: Sequence[OneGuardian]) -> Sight:
    """Return the recipient's eyes, or refuse: not covered, or the printer sees less than the recipient would."""
    if _audience(recipient) is not Audience.SERVICE:
        if not _makes_the_familys(case.sight):
            raise Refused(Reason.NOT_COVERED, field="recipient", tjeneste=case.actor.service_name)
        of_guardians = recipient not in {Audience.CHILD, Audience.ARCHIVE}
        return family_eyes.by_relation(case, _about_whom(case, recipient, each), of_guardians=of_guardians)
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
    if recipient.startswith(family_eyes.OF_ONE):
        return Audience.FAMILY
    return Audience(recipient) if recipient in OF_EVERYTHING else Audience.SERVICE


def _drawn_for(case: OpenCase, recipient: str) -> Audience:
    """Return whose edition the paper is: of age, the child is given all of it as the family was, and no letter (R-03)."""
    return Audience.FAMILY if recipient == Audience.CHILD and case.of_age else _audience(recipient)


def _about_whom(case: OpenCase, recipient: str, each: Sequence[OneGuardian]) -> frozenset[UUID] | None:
    """Return the guardians whose own affairs are on the paper (R-59).

    The family's paper holds what every one of them may see, so there is none while one of them is blocked (R-60).
    """
    if recipient == Audience.ARCHIVE:
        return None
    if recipient == Audience.CHILD:
        return family_eyes.open_to(case, [case.child_id])
    readers = [one for one in each if recipient in {one.code, Audience.FAMILY.value}]
    if not readers or (recipient == Audience.FAMILY and any(one.blocked for one in readers)):
        raise Refused(Reason.NOT_A_CHOICE, field="recipient")
    if recipient != Audience.FAMILY:
        return readers[0].sees
    return family_eyes.open_to(case, [*(one.id for one in readers), case.child_id])


def _name_of(case: OpenCase, recipient: str, opened: Sequence[Opened], each: Sequence[OneGuardian]) -> str:
    """Return what a service, a guardian or the child is called on the paper; the others are called by what they are."""
    if recipient == Audience.CHILD:
        return paper_head.head_of(case).child
    if recipient.startswith(family_eyes.OF_ONE):
        return next((one.name for one in each if one.code == recipient), "")
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

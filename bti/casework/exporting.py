"""What leaves on paper: for whom it may be made, and each paper read anew through its recipient's eyes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import bindparam, or_, select

from bti.casework import printed
from bti.casework.door import Asking, OpenCase, use_case
from bti.casework.policy import policy_mark
from bti.documents.stafettlogg_content import Audience, Content, Language
from bti.errors import Reason, Refused
from bti.language import LANGUAGES, speaking, spoken
from bti.rules.access import Action, Relation, Sight
from bti.rules.consent import Category, Purpose
from bti.rules.workflow import CaseStatus, Level
from bti.store import audit
from bti.store.tables import Service, Sharing

OF_EVERYTHING: Final = (Audience.FAMILY.value, Audience.CHILD.value, Audience.ARCHIVE.value)
"""Recipients by relation: all is read for their paper, so nobody who sees less may make it."""

_WINDOWS = (
    select(
        Service.id,
        Service.code,
        Service.name_nb,
        Service.name_nn,
        Service.sensitive_membership,
        Sharing.category,
        Sharing.about,
        Sharing.closes,
    )
    .join(Sharing, Sharing.service_id == Service.id)
    .where(
        Sharing.case_id == bindparam("case"),
        Sharing.opens <= bindparam("now"),
        bindparam("now") < Sharing.closes,
        Sharing.policy == bindparam("policy"),
        or_(Sharing.purpose == Purpose.COOPERATE, bindparam("external")),
    )
    .order_by(Service.name_nb, Service.code)
)
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


def recipients(case: OpenCase) -> tuple[Recipient, ...]:
    """Return for whom a paper can be made now. Who does not see everything may make one for the own service only."""
    opened = _opened(case)
    if not case.sight.everything:
        return tuple(Recipient(one.code, one.name) for one in opened if one.id == case.sight.service)
    head = printed.head_of(case)
    by_relation = (Recipient(code, printed.called(Audience(code), head)) for code in OF_EVERYTHING)
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


@use_case(Action.PRINT)
def print_stafettlogg(case: OpenCase, *, recipient: str, language: Language) -> Content:
    """Return what the recipient's paper holds: the case read anew with what recipient and printer both may see."""
    if language not in LANGUAGES:
        raise Refused(Reason.NOT_A_CHOICE, field="language")
    with speaking(language):
        opened = _opened(case)
        through = replace(case, sight=case.sight.narrowed_to(_sight_of(case, recipient, opened)))
        named = _to_be_named(through, opened)
        content = printed.content(
            through,
            audience=Audience(recipient) if recipient in OF_EVERYTHING else Audience.SERVICE,
            service=next((one.name for one in opened if one.code == recipient), ""),
            language=language,
            covered=[(one.name, one.closes) for one in named],
            taking_part=frozenset({case.owner_service_id, *(one.id for one in named)}),
        )
    _note(case, recipient)
    return content


def _sight_of(case: OpenCase, recipient: str, opened: Sequence[Opened]) -> Sight:
    """Return the recipient's eyes, or refuse: not covered, or the printer sees less than the recipient would."""
    if recipient in OF_EVERYTHING:
        if not case.sight.everything:
            raise Refused(Reason.NOT_COVERED, field="recipient", tjeneste=case.actor.service_name)
        return Sight(case.actor, Relation.COLLEAGUE, case.owner_service_id, frozenset(Category), everything=True)
    service = next((one for one in opened if one.code == recipient), None)
    # What the family keeps the printer's service out of, another service may see: only eyes that see all see for others.
    if service is None or not (case.sight.everything or service.id == case.sight.service):
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


def _opened(case: OpenCase) -> tuple[Opened, ...]:
    """Return the services the gate is open to now, by the kept windows and the clock, as the door asks them."""
    rows = case.session.execute(
        _WINDOWS,
        {
            "case": case.id,
            "now": case.at,
            "policy": policy_mark(),
            "external": case.status is CaseStatus.ESCALATING or case.level is Level.EXTERNAL,
        },
    ).all()
    found: dict[UUID, Opened] = {}
    for row in rows:
        one = found.setdefault(row.id, Opened(row.id, row.code, _name(row), row.sensitive_membership, {}, set()))
        if row.about is not None:
            one.about.add(row.about)
            continue
        one.closes[row.category] = max(row.closes, one.closes.get(row.category, row.closes))
    return tuple(found.values())


def _to_be_named(case: OpenCase, opened: Sequence[Opened]) -> list[Opened]:
    """Return the services this reader may be told of; a sensitive one is named to few (R-56)."""
    return [one for one in opened if not one.is_sensitive or case.sight.everything or one.id == case.sight.service]


def _service_name(case: OpenCase, code: str) -> str:
    row = case.session.execute(_SERVICE_NAME, {"code": code}).one_or_none()
    if row is None:
        raise Refused(Reason.NOT_A_CHOICE, field="recipient")
    return _name(row)


def _name(row: Any) -> str:
    return str(row.name_nn if spoken() == "nn" else row.name_nb)


def _note(case: OpenCase, recipient: str) -> None:
    """Write down for whom the paper was made. It changes nothing in the case, so it is not a «done»."""
    audit.append(
        case.session,
        audit.Entry(
            case.at,
            "document",
            recipient,
            "printed",
            actor_id=case.actor.id,
            service_id=case.actor.service,
            login_id=case.actor.login,
            case_id=case.id,
        ),
    )

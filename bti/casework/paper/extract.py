"""Somebody in the family asks what is kept: all of it as that one person may read it, and who has read it (R-50)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, select

from bti import clock
from bti.casework import story
from bti.casework.consent import family_eyes, kept_out
from bti.casework.desk import seeing
from bti.casework.door import Asking, OpenCase, use_case
from bti.casework.ground.entries import entry
from bti.casework.ground.naming import service_name
from bti.casework.ground.reading import reading
from bti.casework.paper import exporting, tracing
from bti.casework.paper.exporting import Recipient
from bti.casework.people import people
from bti.casework.steps import escalating
from bti.content.deeds import OF_THE_ADDRESS, SAID_OTHERWISE
from bti.documents import extract_content as paper
from bti.documents.extract_content import Extract
from bti.documents.stafettlogg_content import Audience, Language
from bti.errors import Reason, Refused
from bti.language import LANGUAGES, speaking
from bti.rules.access import Action
from bti.rules.consent import ConsentLevel
from bti.rules.people import ProtectedAddress
from bti.store import audit
from bti.store.tables import (
    Child,
    Consent,
    ConsentAnswer,
    ConsentDeclaration,
    ConsentEvidence,
    ConsentRequest,
    ConsentWithdrawal,
    Correction,
    Guardian,
    Service,
    SiblingLink,
)

WHO_ANSWERS = "decide_who_answers"
"""It can tell that somebody need not answer, and so that the child is hidden: not told while an address is protected."""

_ASKED = reading(
    select(
        Consent.recorded_at,
        Consent.valid_from,
        Consent.valid_to,
        ConsentRequest.level,
        ConsentRequest.additions,
        Service.name_nb,
        Service.name_nn,
    )
    .join(ConsentRequest, ConsentRequest.consent_id == Consent.id)
    .join(Service, Service.id == ConsentRequest.service_id)
    .where(ConsentRequest.level != ConsentLevel.NO)
    .order_by(Consent.recorded_at, Service.name_nb),
    Consent,
    ConsentRequest,
)
_ANSWERED = reading(
    select(
        ConsentDeclaration.given_at,
        ConsentDeclaration.form,
        ConsentDeclaration.explained_in,
        ConsentAnswer.level,
        ConsentAnswer.additions,
        ConsentEvidence.reference,
        Service.id.label("service"),
        Service.name_nb,
        Service.name_nn,
    )
    .join(ConsentAnswer, ConsentAnswer.declaration_id == ConsentDeclaration.id)
    .join(Service, Service.id == ConsentAnswer.service_id)
    .outerjoin(
        ConsentEvidence,
        and_(
            ConsentEvidence.case_id == ConsentDeclaration.case_id,
            ConsentEvidence.declaration_id == ConsentDeclaration.id,
        ),
    )
    .where(ConsentDeclaration.guardian_id.is_not_distinct_from(bindparam("person")))
    .order_by(ConsentDeclaration.given_at, Service.name_nb),
    ConsentDeclaration,
    ConsentAnswer,
)
_WITHDRAWN = reading(
    select(
        ConsentWithdrawal.at,
        ConsentWithdrawal.additions,
        Service.id.label("service"),
        Service.name_nb,
        Service.name_nn,
    )
    .join(Service, Service.id == ConsentWithdrawal.service_id)
    .where(ConsentWithdrawal.guardian_id.is_not_distinct_from(bindparam("person")))
    .order_by(ConsentWithdrawal.at, Service.name_nb),
    ConsentWithdrawal,
)
_CORRECTED = reading(
    select(Correction.at, Correction.field, Correction.old, Correction.new)
    .where(Correction.object_id.in_(bindparam("ours", expanding=True)))
    .order_by(Correction.at, Correction.id),
    Correction,
)
_SERVICES = select(Service.id, Service.name_nb, Service.name_nn)
_SIBLINGS = (
    select(SiblingLink.first_name).where(SiblingLink.child_id == bindparam("child")).order_by(SiblingLink.first_name)
)
_CHILD = (
    select(
        Child.given_names,
        Child.family_name,
        Child.birth_date,
        Child.group,
        Child.language,
        Child.interpreter_language,
        Child.communication_needs,
        Child.protected_address,
        Service.name_nb,
        Service.name_nn,
    )
    .outerjoin(Service, Service.id == Child.home_service_id)
    .where(Child.id == bindparam("child"))
)
_OWN = select(Guardian.name, Guardian.phone, Guardian.language, Guardian.interpreter_language).where(
    Guardian.id == bindparam("person")
)


def recipients(case: OpenCase) -> tuple[Recipient, ...]:
    """Return who can be given an extract: each guardian and the child, one by one.

    None for a guardian the child is hidden from: every line of it names people and places (R-60).
    """
    if not case.sight.everything:
        return ()
    guardians = (Recipient(one.code, one.name) for one in family_eyes.guardians(case) if not one.blocked)
    return (*guardians, Recipient(Audience.CHILD, case.row.given_names))


def extract(asked: Asking, /, *, recipient: str, language: Language) -> bytes:
    """Return the extract as PDF, and write down that it was made. It is drawn when the case has been let go of."""
    content = print_extract(asked, recipient=recipient, language=language)
    from bti.documents import extract as drawn  # noqa: PLC0415 - what draws is heavy

    return drawn.extract(content)


@use_case(Action.PRINT)
def print_extract(case: OpenCase, *, recipient: str, language: Language) -> Extract:
    """Return all that is kept, through this one person's eyes: never what is about the other guardian (R-59)."""
    if language not in LANGUAGES or recipient not in {one.code for one in recipients(case)}:
        raise Refused(Reason.NOT_A_CHOICE, field="recipient")
    guardian = next((one.id for one in family_eyes.guardians(case) if one.code == recipient), None)
    with speaking(language):
        content = _content(case, recipient, guardian, language)
    audit.append(case.session, entry(case.actor, "extract", recipient, "printed", case.id, at=case.at))
    return content


def _content(case: OpenCase, recipient: str, guardian: UUID | None, language: Language) -> Extract:
    seen = exporting.through(case, recipient, ())
    child = case.session.execute(_CHILD, {"child": case.child_id}).one()
    own = case.session.execute(_OWN, {"person": guardian}).one_or_none()
    names = {p.id: p.name for p in people.people(seen)}
    answered = seen.read(_ANSWERED, person=guardian)
    return Extract(
        log=replace(exporting.content_for(case, recipient, language), audience=Audience.FAMILY),
        child=f"{child.given_names} {child.family_name}".strip(),
        born=child.birth_date,
        of_child=tuple(filter(None, (child.group, service_name(child), *_understood(child)))),
        siblings=tuple(case.session.execute(_SIBLINGS, {"child": case.child_id}).scalars()),
        own=tuple(filter(None, own)) if own else (),
        asked=tuple(
            paper.AskedAbout(clock.day(r.recorded_at), service_name(r), r.level, r.additions, r.valid_from, r.valid_to)
            for r in seen.read(_ASKED)
        ),
        answered=tuple(_own_answer(r) for r in answered),
        withdrawn=tuple(_taken_back(seen.read(_WITHDRAWN, person=guardian), answered)),
        kept_out=tuple(_kept_out(seen)),
        keeps_back=bool(seeing.head(case).not_to_share),
        notes=tuple(paper.Noted(n.on, n.kind, names.get(n.by, ""), n.text) for n in story.notes(seen)),
        offered=tuple(_offered(seen, names)),
        messages=tuple(_messages(seen)),
        corrected=tuple(
            paper.PutRight(clock.day(r.at), r.field, r.old, r.new)
            for r in seen.read(_CORRECTED, ours=[one for one in (case.child_id, guardian) if one])
        ),
        seen=tuple(_traces(case, is_protected=child.protected_address is not ProtectedAddress.NONE)),
    )


def _own_answer(row: Any) -> paper.OwnAnswer:
    on, where, language = clock.day(row.given_at), row.reference or "", row.explained_in or ""
    return paper.OwnAnswer(on, service_name(row), row.level, row.additions, row.form, where, language)


def _taken_back(rows: Sequence[Any], answered: Sequence[Any]) -> Iterator[paper.TakenBack]:
    """Give what the person has taken back, each time by itself: all she had answered about, some services, or an addition (R-07)."""
    for at, additions in dict.fromkeys((r.at, r.additions) for r in rows):
        then = {r.service: service_name(r) for r in rows if (r.at, r.additions) == (at, additions)}
        is_all = len(then) > 1 and not additions and {r.service for r in answered if r.given_at <= at} <= set(then)
        yield paper.TakenBack(clock.day(at), tuple(then.values()), additions, is_all)


def _offered(seen: OpenCase, names: Mapping[UUID, str]) -> Iterator[paper.Offered]:
    return (paper.Offered(p.text, names.get(p.offered_by, ""), p.status) for p in story.proposals(seen))


def _kept_out(seen: OpenCase) -> Iterator[tuple[str, str]]:
    """Give what the family keeps a service out of, as far as this person reads it."""
    names = {row.id: service_name(row) for row in seen.session.execute(_SERVICES)}
    kept = kept_out.narrowed(seen)
    for concern in story.oppmerksomheter(seen):
        yield from ((name, concern.title) for name in sorted(names[one] for one in kept.get(concern.id, ())))


def _understood(child: Any) -> tuple[str | None, ...]:
    return child.language, child.interpreter_language, child.communication_needs


def _messages(seen: OpenCase) -> Iterator[paper.Sent]:
    for one in escalating.messages(seen):
        to = tuple(name for _key, name in one.recipients)
        yield paper.Sent(to, one.situation_text, one.family_view, one.question_to_service, one.sent_on)


def _traces(case: OpenCase, *, is_protected: bool) -> Iterator[paper.Seen]:
    """Give every look, act and refusal; not what would tell that the child is hidden, or from whom (R-60)."""
    hidden: set[Any] = {*SAID_OTHERWISE, *OF_THE_ADDRESS, *({WHO_ANSWERS} if is_protected else ())}
    lines = (line for line in tracing.all_traces(case) if line.action not in hidden and line.thing not in hidden)
    return (paper.Seen(line.at, line.who, line.service, line.action, line.thing, line.outcome) for line in lines)

"""What a consenter has said is added as a fact, with where it can be found again: at once, or when the meeting is over (R-05)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select

from bti import clock
from bti.casework.consent.gate_follows import let_the_gate_follow
from bti.casework.door import OpenCase, use_case
from bti.casework.ground.reading import reading
from bti.errors import Reason, Refused
from bti.rules.access import Action
from bti.rules.consent import Answer, ConsentForm
from bti.rules.meeting import MeetingState, goes_on
from bti.rules.workflow import SHARES
from bti.store.tables import Consent, ConsentAnswer, ConsentDeclaration, ConsentEvidence, Meeting


@dataclass(frozen=True)
class How:
    """How an answer was given, where it can be found, in which meeting, from when it counts, and explained in what language."""

    form: ConsentForm
    reference: str = ""
    meeting: UUID | None = None
    counts_from: datetime | None = None
    explained_in: str = ""


@dataclass(frozen=True)
class Given:
    """Somebody's newest word under a consent: whose (nobody's id is the child's), given when, explained in what language."""

    declaration: UUID
    consent: UUID
    guardian: UUID | None
    given_at: datetime
    explained_in: str
    about_services: bool
    lacks_reference: bool
    """Whether it still counts, and nobody has said yet where to find it."""


_FOUND = (
    exists()
    .where(
        ConsentEvidence.case_id == ConsentDeclaration.case_id, ConsentEvidence.declaration_id == ConsentDeclaration.id
    )
    .correlate(ConsentDeclaration)
)
_DECLARATIONS = reading(
    select(
        ConsentDeclaration.id,
        ConsentDeclaration.guardian_id,
        ConsentDeclaration.consent_id,
        ConsentDeclaration.given_at,
        ConsentDeclaration.form,
        ConsentDeclaration.explained_in,
        ConsentDeclaration.about_me.is_(None).label("about_services"),
        Consent.valid_to,
        _FOUND.label("found"),
    )
    .join(Consent, Consent.id == ConsentDeclaration.consent_id)
    .order_by(ConsentDeclaration.given_at, ConsentDeclaration.id),
    ConsentDeclaration,
    Consent,
)
_MEETINGS = reading(select(Meeting.id, Meeting.state, Meeting.start).order_by(Meeting.start), Meeting)


def declared(
    case: OpenCase,
    consent: UUID,
    guardian: UUID | None,
    answers: Mapping[UUID, Answer],
    how: How,
    *,
    about_me: frozenset[UUID] | None = None,
) -> UUID:
    """Add one consenter's words, and let the gate follow them at once."""
    must_be_found = how.form is not ConsentForm.ELECTRONIC and not how.reference.strip()
    meeting = _held_now(case, how.meeting) if must_be_found else None
    declaration = case.new(
        ConsentDeclaration(
            consent_id=consent,
            guardian_id=guardian,
            about_me=about_me,
            given_at=case.at,
            counts_from=how.counts_from or case.at,
            recorded_at=case.at,
            recorded_by=case.actor.id,
            form=how.form,
            explained_in=how.explained_in.strip() or None,
            meeting_id=meeting,
            meeting_ends=clock.end_of(case.today) if meeting else None,
        )
    )
    for service, answer in answers.items():
        case.new(ConsentAnswer(declaration_id=declaration.id, service_id=service, **vars(answer)))
    if how.reference.strip():
        _found(case, declaration.id, how.reference)
    let_the_gate_follow(case)
    return declaration.id


@use_case(Action.RECORD_CONSENT, modes=SHARES)
def add_evidence(case: OpenCase, *, declaration: UUID, reference: str) -> UUID:
    """Say where an answer is written down, or where the paper lies; from now it counts outside its meeting too (R-05)."""
    case.get(ConsentDeclaration, declaration)
    if not reference.strip():
        raise Refused(Reason.WHERE_IS_IT, field="reference")
    key = _found(case, declaration, reference)
    let_the_gate_follow(case)
    return key


def given(case: OpenCase) -> tuple[Given, ...]:
    """Return each one's newest words under each consent. Never what was answered."""
    newest = {(r.guardian_id, r.consent_id, r.about_services): r for r in case.read(_DECLARATIONS)}
    return tuple(
        Given(
            declaration=r.id,
            consent=r.consent_id,
            guardian=r.guardian_id,
            given_at=r.given_at,
            explained_in=r.explained_in or "",
            about_services=r.about_services,
            lacks_reference=r.form is not ConsentForm.ELECTRONIC and not r.found and r.valid_to >= case.today,
        )
        for r in newest.values()
    )


def meeting_now(case: OpenCase) -> UUID | None:
    """Return the meeting that is held now, or is agreed for today."""
    return next((m.id for m in case.read(_MEETINGS) if goes_on(m.state, m.start, case.at)), None)


def meeting_is_over(case: OpenCase, meeting: UUID) -> None:
    """Let what was said in the meeting, and can not be found again, count no longer. For the one who closes it (R-05)."""
    said = select(ConsentDeclaration).where(
        ConsentDeclaration.case_id == case.id,
        ConsentDeclaration.meeting_id == meeting,
        ConsentDeclaration.meeting_ends > case.at,
    )
    for row in case.session.execute(said).scalars():
        row.meeting_ends = case.at
    let_the_gate_follow(case)


def _held_now(case: OpenCase, meeting: UUID | None) -> UUID:
    """Return the meeting that lets an answer wait for its reference, or refuse: without one the reference is given now."""
    row = case.get(Meeting, meeting) if meeting else None
    if row is None or not goes_on(MeetingState(row.state), row.start, case.at):
        raise Refused(Reason.WHERE_IS_IT, field="reference")
    return row.id


def _found(case: OpenCase, declaration: UUID, reference: str) -> UUID:
    return case.new(
        ConsentEvidence(declaration_id=declaration, reference=reference, at=case.at, recorded_by=case.actor.id)
    ).id

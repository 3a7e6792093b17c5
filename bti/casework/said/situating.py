"""More about the situation than the three questions of step 1 ask, and what each text is about."""

from uuid import UUID

from bti.casework import story
from bti.casework.door import OpenCase, use_case
from bti.casework.people import people
from bti.casework.people.people import PersonKind
from bti.casework.said import about_guardian
from bti.casework.story import TextView
from bti.errors import Reason, Refused
from bti.rules.access import Action
from bti.rules.consent import Category
from bti.rules.situation import (
    CATEGORY_OF,
    NOT_TRIED,
    ONE_OF_EACH,
    SituationKind,
    Tried,
    check_category,
    check_further,
    check_tried,
)
from bti.rules.workflow import Step, check_here
from bti.store.tables import SituationText

TELLS = {SituationKind.TOLD: PersonKind.GUARDIAN, SituationKind.OBSERVATION: PersonKind.STAFF}
"""Whose words may stand here. The child's own lie where the child says (R-34)."""


@use_case(Action.WRITE)
def add_text(
    case: OpenCase,
    *,
    kind: SituationKind,
    text: str,
    category: Category | None = None,
    by: UUID | None = None,
    about: UUID | None = None,
    tried: Tried = NOT_TRIED,
) -> UUID:
    """Write down one thing more, which goes where such words go until somebody says otherwise (S3-22, S0-29).

    What is one text has more of it put after what was written before. ``about`` a guardian, it is that guardian's to share.
    """
    check_here(case.step, case.status, Step.OPPSTART)
    check_further(kind)
    check_tried(kind, tried)
    _check_teller(case, kind, by)
    if about is not None:
        return write_about(case, about, text)
    category = category or CATEGORY_OF[kind]
    check_category(category, case.sight.categories)
    before = next((t for t in _of_round(case) if t.kind is kind), None) if kind in ONE_OF_EACH else None
    if before is not None:
        row = case.get(SituationText, before.id)
        row.text, row.category = "\n\n".join(part for part in (row.text, text) if part), category
        return row.id
    row = SituationText(round=case.round, kind=kind, text=text, category=category, further=True, by_id=by)
    _say_tried(row, tried)
    return case.new(row).id


@use_case(Action.WRITE)
def change_text(
    case: OpenCase, *, changed: UUID, text: str, category: Category, tried: Tried = NOT_TRIED, version: int
) -> UUID:
    """Change the words, or say what they are about. Other words about something else are read by others."""
    check_here(case.step, case.status, Step.OPPSTART)
    check_category(category, case.sight.categories)
    if changed not in {t.id for t in _of_round(case)}:
        raise Refused(Reason.NOT_YOURS)
    row = case.get(SituationText, changed, version)
    check_tried(row.kind, tried)
    row.text, row.category = text, category
    _say_tried(row, tried)
    return row.id


def write_about(case: OpenCase, guardian: UUID, text: str) -> UUID:
    """Let what is about a guardian stand by itself, more of it after what was written before (R-59)."""
    about_guardian.check(case, guardian)
    before = next((t for t in story.situation(case) if t.round == case.round and t.about == guardian), None)
    if before is not None:
        row = case.get(SituationText, before.id)
        row.text = f"{row.text}\n\n{text}"
        return row.id
    kind = SituationKind.ABOUT_GUARDIAN
    row = SituationText(round=case.round, kind=kind, text=text, category=CATEGORY_OF[kind], about_guardian=guardian)
    return case.new(row).id


def _check_teller(case: OpenCase, kind: SituationKind, by: UUID | None) -> None:
    """Refuse words of nobody in the case; a description may be everybody's, what is told is somebody's (S0-23)."""
    if by is None and kind is SituationKind.TOLD:
        raise Refused(Reason.MISSING, field="told_by")
    if by is not None and by not in {p.id for p in people.people(case) if p.kind is TELLS.get(kind)}:
        raise Refused(Reason.NOT_A_CHOICE, field="told_by" if kind is SituationKind.TOLD else "seen_by")


def _say_tried(row: SituationText, tried: Tried) -> None:
    row.period, row.effect, row.tried_by = tried.period or None, tried.effect, tried.by


def _of_round(case: OpenCase) -> list[TextView]:
    """Return the texts of this round that may be changed here; what is about a guardian has no other category (R-59)."""
    return [t for t in story.situation(case) if t.round == case.round and t.about is None]

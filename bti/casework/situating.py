"""More about the situation than the three questions of step 1 ask, and what each text is about."""

from uuid import UUID

from bti.casework import story
from bti.casework.door import OpenCase, use_case
from bti.casework.story import TextView
from bti.errors import Reason, Refused
from bti.rules.access import Action
from bti.rules.consent import Category
from bti.rules.situation import CATEGORY_OF, ONE_OF_EACH, SituationKind, check_category, check_further
from bti.rules.workflow import Step, check_here
from bti.store.tables import SituationText


@use_case(Action.WRITE)
def add_text(case: OpenCase, *, kind: SituationKind, text: str, category: Category | None = None) -> UUID:
    """Write down one thing more, which goes where such words go until somebody says otherwise (S3-22, S0-29).

    What is one text has more of it put after what was written before.
    """
    check_here(case.step, case.status, Step.OPPSTART)
    check_further(kind)
    category = category or CATEGORY_OF[kind]
    check_category(category, case.sight.categories)
    before = next((t for t in _of_round(case) if t.kind is kind), None) if kind in ONE_OF_EACH else None
    if before is not None:
        row = case.get(SituationText, before.id)
        row.text, row.category = "\n\n".join(part for part in (row.text, text) if part), category
        return row.id
    return case.new(SituationText(round=case.round, kind=kind, text=text, category=category, further=True)).id


@use_case(Action.WRITE)
def change_text(case: OpenCase, *, changed: UUID, text: str, category: Category, version: int) -> UUID:
    """Change the words, or say what they are about. Other words about something else are read by others."""
    check_here(case.step, case.status, Step.OPPSTART)
    check_category(category, case.sight.categories)
    if changed not in {t.id for t in _of_round(case)}:
        raise Refused(Reason.NOT_YOURS)
    row = case.get(SituationText, changed, version)
    row.text, row.category = text, category
    return row.id


def _of_round(case: OpenCase) -> list[TextView]:
    """Return the texts of this round that may be changed here; what is about a guardian has no other category (R-59)."""
    return [t for t in story.situation(case) if t.round == case.round and t.about is None]

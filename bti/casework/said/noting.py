"""Notes while the tiltak are carried out, and who carries one on when the one who did it is gone (R-26)."""

from uuid import UUID

from bti.casework import story
from bti.casework.door import OpenCase, use_case
from bti.casework.people import people
from bti.casework.story import TiltakView
from bti.errors import Reason, Refused
from bti.rules.access import Action
from bti.rules.tiltak import NoteKind, check_family, check_may_note
from bti.rules.workflow import Step, check_here
from bti.store.tables import ProgressNote, Tiltak


@use_case(Action.NOTE)
def add_note(case: OpenCase, *, tiltak: UUID, kind: NoteKind, text: str) -> UUID:
    """Write down what was seen today. A covered service writes on what it does itself or helps with."""
    check_here(case.step, case.status, Step.IVERKSETT)
    about = next((t for t in story.tiltak(case) if t.id == tiltak), None)
    if about is None:
        raise Refused(Reason.NOT_A_CHOICE, field="tiltak")
    check_may_note(everything=case.sight.everything, is_own=is_mine(case, about))
    return case.new(
        ProgressNote(
            tiltak_id=about.id,
            oppmerksomhet_id=about.oppmerksomhet,
            category=about.category,
            round=case.round,
            on=case.today,
            by_id=case.participant_id,
            kind=kind,
            text=text,
        )
    ).id


def is_mine(case: OpenCase, tiltak: TiltakView) -> bool:
    """Say whether the reader does this tiltak, or helps with it."""
    return case.participant_id in {tiltak.responsible, *tiltak.contributors}


@use_case(Action.LEAD)
def carry_on(case: OpenCase, *, tiltak: UUID, responsible: UUID, version: int) -> UUID:
    """Let another do the tiltak from now on (R-25, R-26)."""
    check_here(case.step, case.status, Step.PLANLEGG_TILTAK, Step.IVERKSETT)
    people.check_responsible(case, responsible)
    row = case.get(Tiltak, tiltak, version)
    check_family(row.family_says)
    row.responsible_id = responsible
    return row.id

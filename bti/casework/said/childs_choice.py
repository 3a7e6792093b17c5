"""The child chooses anew who may read what it has said, whichever step the log stands in (R-34)."""

from collections.abc import Collection
from uuid import UUID

from bti.casework import story
from bti.casework.door import OpenCase, use_case
from bti.casework.said import childs_voice
from bti.casework.story import ChildViewView
from bti.errors import Reason, Refused
from bti.rules.access import Action
from bti.rules.childs_voice import ShareWith, check_words
from bti.rules.workflow import Step, check_here
from bti.store.tables import ChildView


def may_be_chosen(case: OpenCase) -> tuple[ChildViewView, ...]:
    """Return what the child has said in this round, as far as this person reads it."""
    return tuple(said for said in story.child_views(case) if said.round == case.round)


@use_case(Action.WRITE)
def choose_readers(case: OpenCase, *, view: UUID, share_with: ShareWith, named: Collection[UUID], version: int) -> UUID:
    """Write down whom the child shares it with from now on. «Ingen» takes the words away: they are not kept (R-34)."""
    check_here(case.step, case.status, *Step)
    if view not in {said.id for said in may_be_chosen(case)} or share_with is ShareWith.TOO_SMALL:
        raise Refused(Reason.NOT_A_CHOICE, field="share_with")
    if share_with is ShareWith.NAMED and not named:
        raise Refused(Reason.CHILD_NAMES_WHOM, field="named")
    row = case.get(ChildView, view, version)
    if share_with is ShareWith.NONE:
        row.words = row.own_situation = row.experienced_change = row.wants = ""
    check_words(share_with, row.words)
    row.share_with = share_with
    childs_voice.name_readers(case, row.id, share_with, named)
    return row.id

"""What a person is typing, kept from pause to pause, so that nothing typed is lost. Nobody else reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select

from bti import clock, ids
from bti.rules.people import Actor
from bti.rules.workflow import StafettloggMode
from bti.store.current import database
from bti.store.tables import Case, Draft


@dataclass(frozen=True)
class DraftView:
    """What stood in a form when the person last paused, and which version of the answer it began from."""

    answers: Mapping[str, Any]
    based_on: int
    updated_at: datetime


_MINE = select(Draft.form, Draft.answers, Draft.based_on, Draft.updated_at).where(
    Draft.user_id == bindparam("user"), Draft.place == bindparam("place")
)
_ONE = select(Draft).where(
    Draft.user_id == bindparam("user"), Draft.place == bindparam("place"), Draft.form == bindparam("form")
)

_ON_PAPER = select(Case.id).where(Case.number == bindparam("place"), Case.stafettlogg_mode == StafettloggMode.PAPER)


def mine(actor: Actor, place: str) -> dict[str, DraftView]:
    """Return the person's drafts in one case, or outside all cases when ``place`` is empty."""
    with database().reading(actor.id) as session:
        rows = session.execute(_MINE, {"user": actor.id, "place": place}).all()
    return {row.form: DraftView(row.answers, row.based_on, row.updated_at) for row in rows}


def keep(actor: Actor, place: str, form: str, answers: Mapping[str, Any], based_on: int) -> DraftView | None:
    """Keep what stands in the form now. Return it with the moment the database took it; nothing of a case on paper (R-69)."""
    now = clock.now()
    with database().writing(actor.id) as session:
        if session.execute(_ON_PAPER, {"place": place}).first():
            return None
        row = session.execute(_ONE, {"user": actor.id, "place": place, "form": form}).scalar_one_or_none()
        if row is None:
            row = Draft(id=ids.new(), user_id=actor.id, place=place, form=form, based_on=based_on)
            session.add(row)
        row.answers, row.based_on, row.updated_at = dict(answers), based_on, now
    return DraftView(answers, based_on, now)


def drop(actor: Actor, place: str, form: str) -> None:
    """Let go of the draft: it is saved, or it says what was saved already."""
    with database().writing(actor.id) as session:
        session.execute(delete(Draft).where(Draft.user_id == actor.id, Draft.place == place, Draft.form == form))

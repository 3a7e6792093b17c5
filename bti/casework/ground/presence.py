"""Who has the case open just now: known from the pulse of open pages, while the app runs. Never stored, never on paper."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bti.casework.ground.open_case import OpenCase
from bti.rules.people import Actor
from bti.store.current import database

LASTS: Final = timedelta(minutes=1)


@dataclass(frozen=True)
class Present:
    """Somebody whose page has asked the server about the case, and when."""

    actor: Actor
    at: datetime


def is_here(case: OpenCase) -> None:
    """Remember that the person has the case open: the door has just let her in."""
    database().present.setdefault(case.id, {})[case.actor.id] = Present(case.actor, case.at)


def others(case: OpenCase) -> tuple[str, ...]:
    """Return who else has it open, of those the reader may be told of (R-56). It takes no statement.

    One whom the log has left is told of her own colleagues only: who has it now came after (R-62).
    """
    here = tuple(database().present.get(case.id, {}).values())
    names = (
        one.actor.name
        for one in here
        if one.actor.id != case.actor.id
        and case.at - one.at < LASTS
        and (case.sight.left is None or one.actor.service == case.sight.service)
        and case.sight.may_name(one.actor.service, is_sensitive=one.actor.is_of_sensitive)
    )
    return tuple(sorted(names))

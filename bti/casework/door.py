"""The only door to a case: who, may they, do it, write down that it was done.

A use case is a function whose first parameter is an ``OpenCase``, and only the door makes one: holding it is the proof of
the check. A case you may not see does not exist; unknown and forbidden are one answer.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Concatenate, Final, ParamSpec, TypeVar
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.exc import IntegrityError

from bti.casework.ground import presence
from bti.casework.ground.entries import entry
from bti.casework.ground.open_case import Asking, At, OpenCase
from bti.casework.ground.opening import open_case
from bti.errors import Reason, Refused
from bti.rules import access
from bti.rules.access import Action
from bti.rules.people import Actor
from bti.rules.workflow import WRITES_HERE, StafettloggMode, check_mode
from bti.store import audit, constraints
from bti.store.current import database
from bti.store.tables import Case

__all__ = ["Asking", "At", "OpenCase", "looking", "mark_of", "use_case"]

P = ParamSpec("P")
R = TypeVar("R")

USE_CASES: Final[dict[str, Action]] = {}
MODES: Final[dict[str, frozenset[StafettloggMode]]] = {}
_OUTCOME: Final = {Action.PRINT: "printed"}
"""A paper changes nothing in the case, so it is not «done»: what is on the screen is as new as before."""
_CASE_ID: Final = select(Case.id).where(Case.number == bindparam("number"))


@contextmanager
def looking(asked: Asking, part: str) -> Iterator[OpenCase]:
    """Open the case to read ``part`` of it. The look is written down before anything is shown (R-50)."""
    with _refusals_noted(asked, part), database().reading(asked.actor.id) as session:
        case = open_case(session, asked, part)
        access.decide(case.sight, Action.LOOK)
        _note_look(case, part)
        yield case


def use_case(
    needs: Action,
    *,
    though_strict: bool = False,
    modes: frozenset[StafettloggMode] = WRITES_HERE,
) -> Callable[[Callable[Concatenate[OpenCase, P], R]], Callable[Concatenate[Asking, P], R]]:
    """Turn a change to an open case into something a person may ask for.

    The function is called only with a case the person may do ``needs`` in. What it did is written down in the same
    transaction, or nothing is saved. While a strengt fortrolig address lacks an approval, only what is ``though_strict``
    may be done (R-60). In another mode than ``modes`` it is refused: nothing is kept of a case on paper, unless the use
    case says that it keeps none of the content (R-69).
    """

    def build(change: Callable[Concatenate[OpenCase, P], R]) -> Callable[Concatenate[Asking, P], R]:
        name = change.__name__
        USE_CASES[f"{change.__module__}.{name}"] = needs
        MODES[f"{change.__module__}.{name}"] = modes

        @wraps(change)
        def walk_through(asked: Asking, /, *args: P.args, **kwargs: P.kwargs) -> R:
            with _refusals_noted(asked, name), database().writing(asked.actor.id) as session:
                case = open_case(session, asked)
                access.decide(case.sight, needs)
                if case.is_strict and not though_strict:
                    raise Refused(Reason.STRICT_ADDRESS)
                check_mode(case.mode, modes)
                try:
                    done = change(case, *args, **kwargs)
                    session.flush()
                except IntegrityError as broken:
                    raise constraints.explained(broken) from broken
                audit.append(
                    session,
                    _entry(case, name, str(done) if isinstance(done, UUID) else "", _OUTCOME.get(needs, "done")),
                )
                return done

        return walk_through

    return build


def mark_of(actor: Actor, number: str) -> str | None:
    """Return the mark of what the person may see of the case now; nothing when it is not, or no longer, for her."""
    with database().reading(actor.id) as session:
        try:
            case = open_case(session, At(actor, number))
        except Refused:
            return None
        presence.is_here(case)
        return case.mark


def _note_look(case: OpenCase, part: str) -> None:
    """Write the look down, once for as long as it is the same look: the gate's answer and a quarter of an hour."""
    if case.actor.login and case.row.looked == case.sight.mark():
        return
    with database().writing(case.actor.id) as session:
        audit.append(session, _entry(case, "look", part, case.sight.mark()))


@contextmanager
def _refusals_noted(asked: Asking, what: str) -> Iterator[None]:
    """Write down every refusal of the gate, in a transaction of its own."""
    try:
        yield
    except Refused as refusal:
        if refusal.reason in {Reason.NOT_YOURS, Reason.NOT_ALLOWED, Reason.NOT_COVERED}:
            _note_refusal(asked, what, refusal.reason)
        raise


def _note_refusal(asked: Asking, what: str, reason: Reason) -> None:
    with database().writing(asked.actor.id) as session:
        case = session.execute(_CASE_ID, {"number": asked.number}).scalar_one_or_none()
        audit.append(
            session,
            entry(asked.actor, "refused", what, reason.name.lower(), case),
        )


def _entry(case: OpenCase, action: str, thing: str, outcome: str) -> audit.Entry:
    return entry(case.actor, action, thing, outcome, case.id, at=case.at)

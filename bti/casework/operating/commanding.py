"""Somebody at a command line: who it is, and that it was there the thing was done."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from bti import clock
from bti.casework.operating import identity
from bti.errors import Reason, Refused
from bti.rules.people import Actor
from bti.store import audit
from bti.store.current import database

HERE = "kommandolinje"
"""The address a sign-in from here is throttled by."""


@contextmanager
def at_the_command_line(username: str, ask_password: Callable[[], str], doing: str) -> Iterator[Actor]:
    """Let a person act from a command line, and write down that it was there. The sign-in ends with the block.

    In a demo the people are invented and are asked for no password.
    """
    name = username.strip().casefold()
    token = identity.demo_sign_in(name) if identity.is_demo() else identity.sign_in(name, ask_password(), HERE)
    try:
        actor = identity.signed_in(identity.hash_of(token))
        if actor is None:
            raise Refused(Reason.SIGN_IN_FAILED)
        _note(actor, doing)
        yield replace(actor, login=None)
    finally:
        identity.sign_out(identity.hash_of(token))


def _note(actor: Actor, doing: str) -> None:
    with database().writing(actor.id) as session:
        audit.append(
            session,
            audit.Entry(
                clock.now(),
                "command_line",
                doing,
                "done",
                actor_id=actor.id,
                service_id=actor.service,
                login_id=actor.login,
            ),
        )

"""The invented kommune in a database: made once, copied for each test, on an encrypted file or in PostgreSQL."""

import pytest

from bti import clock
from bti.casework import creating, demo, identity
from bti.content.kommune import kommune
from bti.rules.people import ProtectedAddress
from bti.store import current
from bti.store.engine import open_database
from tests.cast import JONAS, MARTE, NOON, SOLVEIG_BORN

ENGINES = ["sqlcipher", pytest.param("postgres", marks=pytest.mark.postgres)]
CLOCK = clock.now
"""The app's own clock, also while a test has hung another on the wall."""


def opened(chosen):
    """Serve a database to one test."""
    kommune.cache_clear()
    database = open_database(chosen)
    current.use(database)
    yield database
    current.let_go()


def seed(chosen):
    """Make the invented cases, as at noon on the day of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", CLOCK)
        patch.setattr(clock, "wall", lambda: NOON)
        for _ in opened(chosen):
            demo.seed()


def set_table(chosen):
    """Make Solveig's log, as her family and Eirik sit down."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: NOON)
        for _ in opened(chosen):
            eirik = identity.signed_in(identity.hash_of(identity.demo_sign_in("eirik")))
            creating.create_case(
                eirik,
                child_name="Solveig Testdal",
                birth_date=SOLVEIG_BORN,
                protected_address=ProtectedAddress.NONE,
                guardians=[MARTE, JONAS],
            )

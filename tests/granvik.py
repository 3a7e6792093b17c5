"""The invented kommune in a database: made once, copied for each test, on an encrypted file or in PostgreSQL."""

import pytest

from bti import clock
from bti.casework import demo
from bti.casework.demo.making import sign_in
from bti.casework.intake import creating
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


def seed(chosen, at=NOON):
    """Make the invented cases, as at noon on the day of the tests, or at another moment."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", CLOCK)
        patch.setattr(clock, "wall", lambda: at)
        for _ in opened(chosen):
            demo.seed()


def set_table(chosen):
    """Make Solveig's log, as her family and Eirik sit down."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: NOON)
        for _ in opened(chosen):
            new_log(sign_in("eirik"))


def new_log(holder, child="Solveig Testdal", born=SOLVEIG_BORN):
    """Make a log for a child of Marte and Jonas, and return its number."""
    return creating.create_case(
        holder,
        child_name=child,
        birth_date=born,
        protected_address=ProtectedAddress.NONE,
        guardians=[MARTE, JONAS],
    )

"""One running demo server for all of tests/web, with a small page that says who is signed in."""

import io
import logging
from pathlib import Path

import pytest

from tests.live import Live
from tests.web.chromium import chromium, page, window  # noqa: F401 - fixtures

SCRIPT = Path(__file__).with_name("script.py")
PASSWORD = "et langt og godt passord"


@pytest.fixture(scope="session")
def live(template):
    with Live(script=SCRIPT, template=template, passwords_of={"kaja": PASSWORD, "torleiv": PASSWORD}) as server:
        yield server


@pytest.fixture
def written_log():
    """Return what any logger writes while the test runs, as it would stand in the log."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    logging.getLogger().addHandler(handler)
    yield written.getvalue
    logging.getLogger().removeHandler(handler)


@pytest.fixture(scope="session")
def anybodys(live):
    """The cookie of somebody signed in, for tests that leave it as it is."""
    return live.sign_in("pernille")


@pytest.fixture
def eiriks(live):
    """Eirik's cookie, from a sign-in of this test alone."""
    return live.sign_in("eirik")


@pytest.fixture
def livs(live):
    return live.sign_in("liv")

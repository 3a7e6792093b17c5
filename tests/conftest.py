"""A kommune for each test: the invented Granvik, on an encrypted file or in PostgreSQL, at noon on 10 March 2026."""

import os
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import hypothesis
import pytest

from bti import clock, language, settings
from bti.casework import identity, installing
from bti.store.engine import open_database
from tests.cast import NOON
from tests.granvik import ENGINES, opened, seed

os.environ.setdefault("TZ", "Pacific/Auckland")
os.environ["BTI_PASSWORD_MEMORY_KIB"] = "1024"
os.environ["BTI_PASSWORD_PASSES"] = "1"


IN_MEMORY = Path("/dev/shm")  # noqa: S108 - only its free room is asked for; each run makes folders of its own
ENOUGH = 10 * 2**30
"""A thousand small databases of PostgreSQL."""

if IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > ENOUGH:
    # Nothing a test writes outlives it: where there is memory to spare, no disk is waited for.
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(IN_MEMORY))
    tempfile.tempdir = str(IN_MEMORY)

hypothesis.settings.register_profile("whole", max_examples=60)
hypothesis.settings.register_profile("fast", max_examples=10)


COVER = (
    "tests/rules/",
    *(f"tests/casework/test_{name}.py" for name in ("door", "gate", "about_guardian", "case_decisions")),
)
"""The tests that are to reach every branch of the rules and the door by themselves; the others run quicker without being followed."""


def pytest_collection_modifyitems(items):
    """Mark what talks with a server of its own, so that ``make test-fast`` can leave it out; and what is not followed."""
    for item in items:
        if "live" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.process)
        if not item.nodeid.startswith(COVER):
            item.add_marker(pytest.mark.no_cover)


class Clock:
    """The clock on the wall; a test sets it."""

    def __init__(self):
        self.now = NOON

    def set(self, moment):
        self.now = moment


@pytest.fixture
def wall_clock(monkeypatch):
    wall = Clock()
    monkeypatch.setattr(clock, "now", lambda: wall.now)
    return wall


@pytest.fixture(autouse=True)
def bokmal():
    with language.speaking("nb"):
        yield


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    """A made installation, to be copied: making the tables takes longer than most tests."""
    folder = tmp_path_factory.mktemp("template")
    chosen = settings.read({"BTI_DATA": str(folder)})
    database = open_database(chosen, make=True)
    installing.install(database, chosen, demo=True)
    database.close()
    return folder


@pytest.fixture(scope="session")
def with_cases(template, tmp_path_factory):
    """Granvik with its invented cases, to be copied."""
    data = tmp_path_factory.mktemp("cases") / "data"
    shutil.copytree(template, data)
    seed(settings.read({"BTI_DATA": str(data)}))
    return data


@pytest.fixture(scope="session")
def postgres():
    from tests.postgres import Server

    # In a folder of its own: a server whose folder another run tidies away shuts down in the middle of a test.
    with tempfile.TemporaryDirectory(prefix="bti-postgres-") as folder, Server(Path(folder)) as server:
        yield server


@pytest.fixture(params=ENGINES)
def granvik(request, tmp_path, wall_clock):
    """The open database of Granvik, on each engine in turn."""
    data = tmp_path / "data"
    if request.param == "sqlcipher":
        shutil.copytree(request.getfixturevalue("template"), data)
        yield from opened(settings.read({"BTI_DATA": str(data)}))
    else:
        yield from opened(request.getfixturevalue("postgres").fresh(data))


@pytest.fixture
def person(granvik):
    """Sign an invented person in, and return who she is."""

    def sign_in(username):
        actor = identity.signed_in(identity.hash_of(identity.demo_sign_in(username)))
        return replace(actor)

    return sign_in


@pytest.fixture
def eirik(person):
    return person("eirik")


@pytest.fixture
def liv(person):
    return person("liv")


@pytest.fixture
def pernille(person):
    return person("pernille")

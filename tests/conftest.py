"""A kommune for each test: the invented Granvik, on an encrypted file or in PostgreSQL, at noon on 10 March 2026."""

import os
import shutil
import tempfile
from pathlib import Path

import hypothesis
import pytest

from bti import clock, language, settings
from bti.casework.demo.making import sign_in
from bti.casework.operating import installing
from bti.store.engine import open_database
from tests.cast import NOON
from tests.granvik import ENGINES, opened, seed, set_table
from tests.made_once import make_once

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

STEADY = hypothesis.settings(
    # The same draws every time, and as long as they take: speed lives in bench/, and a busy machine is not a fault.
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.register_profile("whole", STEADY, max_examples=30)
hypothesis.settings.register_profile("fast", STEADY, max_examples=10)


COVER = (
    "tests/rules/",
    *(f"tests/casework/test_{name}.py" for name in ("door", "gate", "about_guardian", "case_decisions")),
)
"""The tests that are to reach every branch of the rules and the door by themselves; the others run quicker without being followed."""
DRAWN = "tests/rules/test_consent_properties.py"
"""Reaches no branch the others do not, and goes through the same ones hundreds of times."""
LONG = (
    "tests/casework/test_consent_windows.py",
    "tests/casework/test_demo.py",
    "tests/casework/test_every_rule_stops.py",
    "tests/casework/test_exporting.py",
    "tests/casework/test_extract.py",
    "tests/casework/test_message_paper.py",
    "tests/casework/test_nynorsk_case.py",
    "tests/casework/test_row_by_row.py",
    "tests/casework/test_scenarios",
    "tests/casework/test_withheld.py",
    "tests/cli/test_installation.py",
    "tests/cli/test_verify.py",
    "tests/documents/",
    "tests/pages/test_budgets.py",
    "tests/pages/test_long_case.py",
    "tests/pages/test_nynorsk.py",
    "tests/pages/test_pages.py",
    "tests/pages/test_roles.py",
    "tests/pages/test_scenarios.py",
    DRAWN,
)
"""What goes through every page, paper, rule or role in turn, plays a whole story, or holds a paper against its standard."""


def pytest_collection_modifyitems(items):
    """Mark what ``make test-fast`` leaves out."""
    for item in items:
        if "live" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.process)
        if item.nodeid.startswith(LONG):
            item.add_marker(pytest.mark.long)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    """Count branches in the tests that are to reach them, on one engine; the rest need not wait for it, nor to be set up."""
    counting = item.config.pluginmanager.getplugin("_cov")
    on_postgres = item.get_closest_marker("postgres") is not None
    followed = item.nodeid.startswith(COVER) and not item.nodeid.startswith(DRAWN) and not on_postgres
    if counting is None or counting.cov_controller is None or followed:
        return (yield)
    counting.cov_controller.pause()
    try:
        return (yield)
    finally:
        counting.cov_controller.resume()


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


@pytest.fixture(scope="session", autouse=True)
def made_once():
    with pytest.MonkeyPatch.context() as patch:
        make_once(patch)
        yield


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


def built_on(template, data, make):
    """Copy a made installation to ``data``, let ``make`` go on with it there, and return where it is."""
    shutil.copytree(template, data)
    make(settings.read({"BTI_DATA": str(data)}))
    return data


@pytest.fixture(scope="session")
def with_cases(template, tmp_path_factory):
    """Granvik with its invented cases, to be copied."""
    return built_on(template, tmp_path_factory.mktemp("cases") / "data", seed)


@pytest.fixture(scope="session")
def with_table(template, tmp_path_factory):
    """Granvik with Solveig's log, as her family and Eirik sit down; to be copied."""
    return built_on(template, tmp_path_factory.mktemp("table") / "data", set_table)


@pytest.fixture(scope="session")
def postgres():
    from tests.postgres import Server

    # In a folder of its own: a server whose folder another run tidies away shuts down in the middle of a test.
    with tempfile.TemporaryDirectory(prefix="bti-postgres-") as folder, Server(Path(folder)) as server:
        yield server


@pytest.fixture(params=ENGINES)
def granvik(request, tmp_path, wall_clock):
    """The open database of Granvik, on each engine in turn; with Solveig's log where the test has her table."""
    data, has_table = tmp_path / "data", "table" in request.fixturenames
    if request.param == "sqlcipher":
        shutil.copytree(request.getfixturevalue("with_table" if has_table else "template"), data)
        yield from opened(settings.read({"BTI_DATA": str(data)}))
    else:
        server = request.getfixturevalue("postgres")
        yield from opened(server.like("table", data, set_table) if has_table else server.fresh(data))


@pytest.fixture
def person(granvik):
    """Sign an invented person in, and return who she is."""
    return sign_in


def _signed_in(username):
    @pytest.fixture(name=username)
    def one(person):
        return person(username)

    return one


eirik, liv, pernille, torleiv, randi, sander, kaja = map(
    _signed_in, ("eirik", "liv", "pernille", "torleiv", "randi", "sander", "kaja")
)

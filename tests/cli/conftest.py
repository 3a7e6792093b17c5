"""An installation in a folder of its own, and a command line that stands in it."""

import shutil

import pytest

from bti import settings
from bti.__main__ import main
from bti.content.kommune import kommune
from bti.store import current
from bti.store.engine import open_database


class Place:
    """A folder with an installation, as the one who runs the server meets it."""

    def __init__(self, data, capsys):
        self.data, self._capsys = data, capsys
        self.said = self.complained = ""

    def runs(self, *argv):
        """Run a command and return its exit code; what it said is kept."""
        code = main(list(argv))
        self.said, self.complained = self._capsys.readouterr()
        return code

    def inside(self, act):
        """Do something in the open database, and close it again."""
        database = open_database(settings.read())
        current.use(database)
        try:
            return act(database)
        finally:
            current.let_go()


@pytest.fixture
def nowhere(tmp_path, monkeypatch, capsys):
    """Stand in a folder with nothing in it."""
    data = tmp_path / "data"
    for name in ("BTI_KEY_FILE", "BTI_DATABASE_URL", "BTI_DATABASE_OWNER_URL", "BTI_ORIGIN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("BTI_DATA", str(data))
    kommune.cache_clear()
    return Place(data, capsys)


@pytest.fixture
def here(nowhere, template):
    """Stand in a demo of invented people."""
    shutil.copytree(template, nowhere.data)
    return nowhere


@pytest.fixture
def real(nowhere):
    """Stand in an installation that is no demo."""
    assert nowhere.runs("migrate") == 0
    return nowhere

"""The pages of Granvik, as a signed-in person meets them."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import event
from streamlit.testing.v1 import AppTest

from bti import settings
from bti.casework.operating import identity
from bti.content.kommune import kommune
from bti.store import current
from bti.store.engine import open_database

MAIN = Path(__file__).parents[2] / "pages" / "main.py"
SOLVEIG, OLA, BO, INGRID, NILS = (f"2026-00{n}" for n in range(1, 6))


@pytest.fixture
def granvik(with_cases, tmp_path, wall_clock):
    """The open database of Granvik with its cases."""
    data = tmp_path / "data"
    shutil.copytree(with_cases, data)
    kommune.cache_clear()
    database = open_database(settings.read({"BTI_DATA": str(data)}))
    current.use(database)
    yield database
    current.let_go()


class Browser:
    """One person's browser: opens pages, and fails when a page does."""

    def __init__(self, database, username):
        self.database = database
        self.login = identity.hash_of(identity.demo_sign_in(username)) if username else None
        self.at = AppTest.from_file(str(MAIN), default_timeout=30)
        if self.login:
            self.at.user = {"login": self.login}
        self.statements = []
        event.listen(database.engine, "before_cursor_execute", self._count)

    def _count(self, _connection, _cursor, statement, *_):
        if not statement.startswith(("BEGIN", "PRAGMA")):
            self.statements.append(statement)

    def open(self, page, number=None):
        """Open a page, of a case or of none."""
        if number:
            self.at.query_params["sak"] = number
        self.at.switch_page(f"{page}.py")
        return self.run()

    def run(self):
        """Run the script once more."""
        self.statements.clear()
        self.at.run()
        assert not self.at.exception, [e.message for e in self.at.exception]
        return self

    def press(self, label):
        """Press a button."""
        next(b for b in self.at.button if b.label == label).click()
        return self.run()

    @property
    def text(self):
        """All that can be read on the page."""
        return " ".join(str(getattr(e, "value", "") or e.proto) for e in self.at.get("html"))

    @property
    def messages(self):
        """How many elements and blocks the page is sent as."""
        return _nodes(self.at.main) + _nodes(self.at.sidebar)


def _nodes(block):
    children = list(getattr(block, "children", {}).values())
    return len(children) + sum(_nodes(child) for child in children)


@pytest.fixture
def browser(granvik):
    """Open a browser for an invented person, or for nobody."""
    opened = []

    def sign_in(username):
        opened.append(Browser(granvik, username))
        return opened[-1]

    yield sign_in
    for one in opened:
        event.remove(granvik.engine, "before_cursor_execute", one._count)

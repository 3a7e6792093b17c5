"""What Streamlit, uvicorn and Chromium do that we lean on. When an upgrade changes it, a test here says what and where."""

from pathlib import Path

import pytest

from tests.live import Live
from tests.web.chromium import chromium, page, window  # noqa: F401 - fixtures

SCRIPT = Path(__file__).parents[1] / "web" / "script.py"


@pytest.fixture(scope="package")
def live(template):
    with Live(script=SCRIPT, template=template) as server:
        yield server

"""The server answers under its own names only."""

import pytest
from starlette.datastructures import Headers

from bti import settings
from web.hosts import from_own_page

HOME = settings.read({})
GRANVIK = settings.read({"BTI_ORIGIN": "https://bti.granvik.example"})


@pytest.mark.parametrize("host", ["localhost", "localhost:1", "127.0.0.1:65535", "[::1]:8501", "LocalHost"])
def test_its_own_names_are_answered(live, host):
    assert live.ask("/health", host=host).status == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8501",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "localhost.",
        "127.0.0.2",
        "0.0.0.0",  # noqa: S104
        "user@localhost",
        "localhost:8501@evil.example",
        "localhost:",
        "localhost:port",
        "",
    ],
)
@pytest.mark.parametrize("path", ["/", "/health", "/static/x", "/media/x"])
def test_a_foreign_name_that_leads_here_is_refused(live, anybodys, host, path):
    answer = live.ask(path, host=host, headers={"Cookie": anybodys})

    assert answer.status == 400
    assert answer.headers["x-frame-options"] == "DENY"


def own(chosen, host, origin):
    return from_own_page(Headers({"host": host, "origin": origin}), chosen)


def test_a_page_of_this_server_is_its_own():
    assert own(HOME, "localhost:8501", "http://localhost:8501")
    assert own(HOME, "[::1]:8501", "http://[::1]:8501")
    assert own(GRANVIK, "bti.granvik.example", "https://bti.granvik.example")
    assert own(GRANVIK, "localhost:8501", "http://localhost:8501")


@pytest.mark.parametrize(
    "origin",
    ["", "null", "http://localhost", "http://localhost:8502", "ftp://localhost:8501", "localhost:8501", "http://["],
)
def test_every_other_page_is_foreign(origin):
    assert not own(HOME, "localhost:8501", origin)


def test_the_same_name_without_https_is_foreign_where_there_is_https():
    assert not own(GRANVIK, "bti.granvik.example", "http://bti.granvik.example")
    assert not own(GRANVIK, "bti.granvik.example:80", "http://bti.granvik.example:80")

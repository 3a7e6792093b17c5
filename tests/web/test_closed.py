"""What Streamlit would serve to anybody is closed, signed in or not."""

import pytest

CLOSED = [
    ("GET", "/media/0123456789abcdef.pdf"),
    ("GET", "/_stcore/metrics"),
    ("GET", "/_stcore/script-health-check"),
    ("PUT", "/_stcore/upload_file/session/file"),
    ("DELETE", "/_stcore/upload_file/session/file"),
    ("POST", "/_stcore/agent/interact"),
    ("POST", "/_stcore/agent/mcp"),
    ("GET", "/_stcore/agent/openapi.json"),
    ("GET", "/component/x/index.html"),
    ("GET", "/_stcore/bidi-components/x/y.js"),
    ("GET", "/oauth2callback"),
    ("GET", "/auth/login"),
    ("GET", "/index.html"),
    ("GET", "/favicon.png"),
    ("GET", "/manifest.json"),
    ("GET", "/app/static/x"),
    ("GET", "//evil.example/oppstart"),
]


@pytest.mark.parametrize(("method", "path"), CLOSED)
@pytest.mark.parametrize("signed_in", [False, True])
def test_it_is_closed(live, anybodys, method, path, signed_in):
    answer = live.ask(path, method=method, headers={"Cookie": anybodys} if signed_in else None)

    assert (answer.status, answer.text) == (404, "Siden finnes ikke.")

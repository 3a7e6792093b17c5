"""Every answer carries the same protection, whatever was asked and however it went."""

import asyncio

import pytest

from web import addresses
from web.headers import SafeHeaders, policy

ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
STATIC = min(address for address in addresses._STREAMLITS_FILES if address.endswith(".css"))
ROUTES = [
    ("GET", "/", 200),
    ("GET", "/oppstart?sak=1", 200),
    ("GET", "/logg-inn", 200),
    ("GET", "/logg-ut", 303),
    ("POST", "/logg-inn", 403),
    ("POST", "/logg-ut", 403),
    ("PUT", "/logg-inn", 405),
    ("POST", "/oppstart", 405),
    ("GET", "/health", 200),
    ("GET", "/bti/puls", 401),
    ("GET", "/bti/ui.js", 200),
    ("GET", "/bti/ui.css", 200),
    ("GET", "/bti/logg-inn.css", 200),
    ("GET", "/bti/ikon.svg", 200),
    ("GET", "/bti/finnes-ikke", 404),
    ("GET", "/_stcore/health", 200),
    ("GET", "/_stcore/host-config", 403),
    ("GET", "/_stcore/metrics", 404),
    ("GET", "/media/x", 404),
    ("GET", STATIC, 200),
    ("GET", "/static/finnes-ikke.js", 404),
    ("GET", "/%00", 404),
]
SIGNED_IN = {
    ("GET", "/logg-inn"): 303,
    ("GET", "/logg-ut"): 200,
    ("GET", "/bti/puls"): 200,
    ("GET", "/_stcore/host-config"): 200,
}


@pytest.mark.parametrize(("method", "path", "status"), ROUTES)
@pytest.mark.parametrize("signed_in", [False, True])
def test_every_answer_is_protected(live, anybodys, method, path, status, signed_in):
    if signed_in:
        status = SIGNED_IN.get((method, path), status)
    answer = live.ask(path, method=method, headers={"Cookie": anybodys} if signed_in else None)

    assert answer.status == status
    assert ALWAYS.items() <= {name.lower(): value for name, value in answer.headers.items()}.items()
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; ")
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["server"] is None
    if path == STATIC:
        assert answer.headers["cache-control"] == "public, immutable, max-age=31536000"
    else:
        assert answer.headers.get_all("cache-control") == ["no-store"]


def test_the_sign_in_page_runs_no_script_at_all(live):
    wanted = live.ask("/").headers["content-security-policy"]

    assert "script-src" not in wanted
    assert "unsafe" not in wanted


def test_the_policy_lets_only_the_shells_own_inline_script_run():
    wanted = policy("<script>\n  a = 1\n</script><script src='x'></script>")

    assert "script-src 'self' 'sha256-nHiJsB1GRX6Ku2XBkWKVt2F3CJiowPuMwhcJv+CWmC0='; " in wanted
    assert "unsafe-eval" not in wanted
    assert "connect-src 'self'" in wanted


def asked(app, path="/"):
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    asyncio.run(SafeHeaders(app, policy="default-src 'none'")({"type": "http", "path": path}, receive, send))
    return sent


def test_an_answer_to_a_failure_is_protected_and_tells_only_a_number(written_log):
    async def fails(_scope, _receive, _send):
        raise ValueError("Kanari Kanarisen 01019912345")

    start, body = asked(fails)

    assert start["status"] == 500
    assert (b"x-frame-options", b"DENY") in start["headers"]
    assert (b"cache-control", b"no-store") in start["headers"]
    number = body["body"].decode().split()[-1].strip(".")
    assert number.isdecimal()
    assert f"feil {number}: ValueError (" in written_log()
    assert "Kanari" not in written_log() + body["body"].decode()

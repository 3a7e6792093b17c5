"""Every address has one kind, and what nobody has named does not exist."""

import pytest

from web.addresses import HOME, Kind, kind, own_page

KINDS = {
    Kind.FOR_ALL: ["/health", "/_stcore/health", "/bti/ui.js", "/bti/ui.css", "/bti/logg-inn.css", "/bti/ikon.svg"],
    Kind.OWN: ["/logg-inn", "/logg-inn/demo", "/logg-ut", "/bti/puls", "/bti/dokument/1"],
    Kind.SIGNED_IN: ["/_stcore/stream", "/_stcore/host-config"],
    Kind.PAGE: ["/", "/oppstart", "/veien-videre", "/mine_saker"],
    Kind.CLOSED: [
        "/media/abc.pdf",
        "/media",
        "/_stcore/metrics",
        "/_stcore/script-health-check",
        "/_stcore/upload_file/session/file",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/mcp",
        "/_stcore/allowed-message-origins",
        "/_stcore/bidi-components/x",
        "/_stcore",
        "/component/x/index.html",
        "/app/static/x",
        "/oauth2callback",
        "/auth/login",
        "/auth/logout",
        "/index.html",
        "/favicon.png",
        "/manifest.json",
        "/static",
        "/static/finnes-ikke.js",
        "/static/../index.html",
        "/bti",
        "//oppstart",
        "/oppstart/",
        "/oppstart/_stcore/stream",
        "/Oppstart",
        "/oppstart\n",
        "/../etc/passwd",
        "",
    ],
}


@pytest.mark.parametrize(("lies_here", "path"), [(k, path) for k, paths in KINDS.items() for path in paths])
def test_each_address_has_its_kind(lies_here, path):
    assert kind(path) is lies_here


@pytest.mark.parametrize("page", ["/", "/oppstart", "/oppstart?sak=17", "/evaluering?sak=17&runde=2", "/mote?q=a%20b"])
def test_a_page_of_ours_is_where_the_person_was_going(page):
    assert own_page(page) == page


@pytest.mark.parametrize(
    "elsewhere",
    [
        "",
        "https://evil.example",
        "https://evil.example/oppstart",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/%5cevil.example",
        "/%2f/evil.example",
        "%2f%2fevil.example",
        "/%2fevil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "http:evil.example",
        " //evil.example",
        "/ /evil.example",
        "/\t/evil.example",
        "/oppstart\r\nSet-Cookie: bti=x",
        "/oppstart?sak=1\r\nSet-Cookie: bti=x",
        "/oppstart?sak=1\x00",
        "/oppstart%0d%0aSet-Cookie:x",
        "/oppstart#//evil.example",
        "oppstart",
        "@evil.example",
        "//[evil",
        "/logg-ut",
        "/logg-inn",
        "/bti/puls",
        "/health",
        "/media/x",
        "/static/x",
        "/oppstart/../media",
    ],
)
def test_nothing_leads_out_of_the_app_after_signing_in(elsewhere):
    assert own_page(elsewhere) == HOME

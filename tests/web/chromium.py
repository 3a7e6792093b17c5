"""A real browser, and the few things a person does in it."""

import pytest
from playwright.sync_api import expect, sync_playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 30_000


@pytest.fixture(scope="module")
def chromium():
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def window(chromium):
    """One window for all: the files of the app are fetched once, the cookies are thrown away after each test."""
    context = chromium.new_context(locale="nb-NO")
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def page(window):
    opened = window.new_page()
    yield opened
    opened.close()
    window.clear_cookies()


def signed_in(page, live, username="eirik", path="/"):
    """Open a page as somebody who has signed in, and wait until it is drawn."""
    name, _is, token = live.sign_in(username).partition("=")
    page.context.add_cookies([{"name": name, "value": token, "url": live.url, "httpOnly": True, "sameSite": "Strict"}])
    page.goto(live.url + path, wait_until="commit")
    return page


def asked_now(page):
    """Let the page ask its pulse at once, as it does when a person comes back to the tab."""
    with page.expect_response("**/bti/puls?*"):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

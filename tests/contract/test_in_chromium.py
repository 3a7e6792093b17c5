"""What Streamlit's page does in a browser, as our small scripts lean on it. Here they are left out."""

import pytest
from playwright.sync_api import expect

from tests.web.chromium import signed_in

pytestmark = pytest.mark.browser
KEY = """(field, ctrlKey) => field.dispatchEvent(new KeyboardEvent("keydown",
    { key: "Enter", code: "Enter", keyCode: 13, which: 13, bubbles: true, cancelable: true, ctrlKey }))"""


@pytest.fixture(scope="module")
def bare(window, live):
    page = window.new_page()
    page.route("**/bti/ui.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    signed_in(page, live)
    expect(page.get_by_text("KJØRT 1")).to_be_visible()
    yield page
    page.close()


def test_a_made_up_ctrl_enter_commits_a_text_area_and_leaves_the_focus(bare):
    field = bare.get_by_label("Barnets opplevelse")
    field.press_sequentially("Roligere")
    field.evaluate(KEY, True)

    expect(bare.get_by_text("SETT Roligere /")).to_be_visible()
    expect(field).to_be_focused()


def test_a_made_up_enter_commits_a_text_input_and_leaves_the_focus(bare):
    field = bare.get_by_label("Hvor")
    field.press_sequentially("Hjemme")
    field.evaluate(KEY, False)

    expect(bare.get_by_text("/ Hjemme")).to_be_visible()
    expect(field).to_be_focused()


def test_without_our_filter_the_letter_r_reruns_the_page(bare):
    bare.evaluate("document.activeElement.blur()")
    runs = int(bare.get_by_text("KJØRT ").inner_text().split()[1])
    bare.locator("body").press("r")

    expect(bare.get_by_text(f"KJØRT {runs + 1}")).to_be_visible()


def test_the_page_says_on_its_own_element_whether_it_has_contact(bare):
    expect(bare.get_by_test_id("stApp")).to_have_attribute("data-test-connection-state", "CONNECTED")


def test_html_keeps_the_data_we_give_it_and_a_keyed_container_its_class(bare):
    expect(bare.locator("[data-bti-case][data-bti-version][data-bti-lang=nb]")).to_be_attached()
    expect(bare.locator(".st-key-pulse button")).to_be_attached()


def test_streamlit_speaks_english_where_we_translate(bare):
    expect(bare.get_by_text("Skip to main content")).to_be_attached()

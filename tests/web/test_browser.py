"""The small scripts and the sign-in page, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.live import Live
from tests.web.chromium import asked_now, signed_in
from tests.web.conftest import PASSWORD, SCRIPT

pytestmark = pytest.mark.browser
ENGLISH = ["Press ", "Choose an option", "Skip to main content", "Selectbox options"]


def test_signing_in_leads_to_the_page_one_asked_for_and_every_script_runs_under_the_policy(page, live):
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))

    page.goto(live.url + "/?sak=")
    page.get_by_role("button", name="Eirik Prøve").click()

    expect(page.get_by_text("HER eirik")).to_be_visible()
    expect(page).to_have_url(f"{live.url}/?sak=")
    assert not [text for text in said if "Content Security Policy" in text or "Error:" in text]
    assert page.evaluate("document.documentElement.lang") == "nb"


def test_a_password_is_asked_without_a_script_and_a_wrong_one_is_said_at_its_field(chromium, live):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live.url + "/oppstart?sak=1")
    page.get_by_label("Brukernavn").fill("kaja")
    page.get_by_label("Passord").fill("gjettet")
    page.get_by_role("button", name="Logg inn").click()

    field = page.get_by_label("Passord")
    expect(field).to_have_accessible_description(re.compile("^Feil: Brukernavnet eller passordet stemmer ikke"))
    expect(field).to_be_focused()
    expect(page.get_by_label("Brukernavn")).to_have_value("kaja")

    field.fill(PASSWORD)
    page.get_by_role("button", name="Logg inn").click()
    expect(page).to_have_url(f"{live.url}/oppstart?sak=1")
    expect(page).to_have_title("BTI")
    context.close()


def test_the_sign_in_page_fits_a_small_screen_and_shows_where_the_focus_is(chromium, live):
    context = chromium.new_context(viewport={"width": 320, "height": 640}, color_scheme="dark")
    page = context.new_page()
    page.goto(live.url)
    page.get_by_label("Brukernavn").focus()

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert page.evaluate("document.fonts.check('18px \"Source Sans\"')")
    context.close()


@pytest.mark.parametrize(
    ("username", "said"), [("eirik", "Hopp til hovedinnholdet"), ("torleiv", "Hopp til hovudinnhaldet")]
)
def test_streamlits_own_words_are_in_the_readers_language(page, live, username, said):
    signed_in(page, live, username)

    expect(page.get_by_text(said)).to_be_attached()
    page.get_by_label("Hvor").fill("H")
    expect(page.get_by_text("Trykk Enter for å lagre").first).to_be_attached()
    expect(page.locator(f"[placeholder={'Vel' if 'hovud' in said else 'Velg'}]")).to_be_visible()
    shown = page.locator("body").inner_html()
    assert not [word for word in ENGLISH if word in shown]


def test_a_word_that_comes_later_and_a_change_of_language_are_followed(page, live):
    signed_in(page, live)
    field = page.get_by_label("Barnets opplevelse")
    field.evaluate("field => field.title = 'Clear value'")
    expect(field).to_have_attribute("title", "Tøm feltet")

    field.evaluate("field => field.title = 'Choose options'")
    expect(field).to_have_attribute("title", "Velg en eller flere")
    page.evaluate("document.querySelector('[data-bti-lang]').dataset.btiLang = 'nn'")

    expect(field).to_have_attribute("title", "Vel ein eller fleire")
    expect(page.locator("html")).to_have_attribute("lang", "nn")


def test_what_people_have_written_is_never_translated(page, live):
    signed_in(page, live)
    expect(page.get_by_text("Hopp til hovedinnholdet")).to_be_attached()

    expect(page.get_by_text("Stop", exact=True)).to_be_visible()
    page.get_by_role("combobox").click()
    expect(page.get_by_role("option", name="Open", exact=True)).to_be_visible()


def test_what_is_typed_is_saved_after_a_pause_without_leaving_the_field(page, live):
    signed_in(page, live)
    field = page.get_by_label("Barnets opplevelse")
    field.press_sequentially("Det er roligere")

    expect(page.get_by_text("SETT Det er roligere /")).to_be_visible()
    expect(field).to_be_focused()
    field.press_sequentially(" nå")
    expect(page.get_by_text("SETT Det er roligere nå /")).to_be_visible()
    expect(field).to_have_value("Det er roligere nå")

    page.get_by_label("Hvor").press_sequentially("Hjemme")
    expect(page.get_by_text("SETT Det er roligere nå / Hjemme")).to_be_visible()
    expect(page.get_by_label("Hvor")).to_be_focused()


def test_a_date_is_saved_when_it_is_whole_and_before_it_is_left(page, live):
    signed_in(page, live)
    day = page.get_by_test_id("stDateInput")
    day.get_by_role("spinbutton").first.click()
    page.keyboard.type("140420", delay=30)
    page.wait_for_timeout(1500)
    expect(page.get_by_text("DAG None")).to_be_visible()
    page.keyboard.type("26", delay=30)

    expect(page.get_by_text("DAG 2026-04-14")).to_be_visible()
    expect(day.get_by_role("spinbutton").last).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_text("DAG 2027-04-14")).to_be_visible()
    assert day.get_by_role("spinbutton").all_inner_texts() == ["14", "04", "2027"]


def test_the_browser_asks_before_one_leaves_what_is_not_yet_saved(page, live):
    asked = []

    def stay(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    signed_in(page, live)
    expect(page.get_by_text("KJØRT 1")).to_be_visible()
    field = page.get_by_label("Barnets opplevelse")
    page.on("dialog", stay)
    field.press_sequentially("Det er")
    page.evaluate("location.reload()")
    expect(page.get_by_text("SETT Det er /")).to_be_visible()
    assert asked == ["beforeunload"]

    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    page.evaluate("location.reload()")
    expect(page.get_by_text("KJØRT 1")).to_be_visible()
    assert asked == ["beforeunload"]


def test_typing_in_a_form_does_not_send_it(page, live):
    signed_in(page, live)
    page.get_by_label("Kort svar").press_sequentially("ja")
    page.get_by_label("Hvor").press_sequentially("Hjemme")

    expect(page.get_by_text("SETT / Hjemme")).to_be_visible()
    expect(page.get_by_text("KJØRT 2")).to_be_visible()


def test_a_single_letter_beside_a_field_does_nothing(page, live):
    signed_in(page, live)
    expect(page.get_by_text("KJØRT 1")).to_be_visible()
    page.locator("body").press("r")
    page.locator("body").press("c")
    page.get_by_label("Hvor").press_sequentially("r")

    expect(page.get_by_text("SETT / r")).to_be_visible()
    expect(page.get_by_text("KJØRT 2")).to_be_visible()


def test_a_page_that_stands_open_is_cleared_when_the_sign_in_ends(page, live):
    signed_in(page, live)
    expect(page.get_by_label("Barnets opplevelse")).to_be_visible()
    cookie = next(c["value"] for c in page.context.cookies() if c["name"] == "bti")
    live.ask("/logg-ut", form={}, headers={"Cookie": f"bti={cookie}"})

    expect(page.get_by_text("Du er logget ut. Logg inn for å fortsette der du var.")).to_be_visible()
    assert "Barnets opplevelse" not in page.content()
    page.get_by_role("link", name="Logg inn").click()
    expect(page.get_by_role("heading", name="Logg inn")).to_be_visible()


def test_a_page_about_a_case_one_may_not_see_is_cleared(page, live):
    signed_in(page, live, "torleiv", "/?sak=17")
    expect(page.get_by_label("Barnets opplevelse")).to_be_visible()
    asked_now(page)

    expect(page.get_by_text("Denne stafettloggen er ikkje open for deg lenger.")).to_be_visible()
    assert "Barnets opplevelse" not in page.content()
    expect(page).to_have_title("BTI")


def test_something_new_reruns_the_page_once_and_leaves_what_is_being_typed(page, live):
    asked = []

    def answer(route):
        asked.append(route.request.url)
        route.fulfill(json={"v": "2"})

    page.route("**/bti/puls?*", answer)
    signed_in(page, live)
    expect(page.get_by_role("button", name="puls")).to_be_visible()
    asked_now(page)

    expect(page.get_by_text("KJØRT 2")).to_be_visible()
    page.get_by_label("Barnets opplevelse").fill("Jeg")
    asked_now(page)
    asked_now(page)
    expect(page.get_by_text("SETT Jeg /")).to_be_visible()
    expect(page.get_by_text("KJØRT 3")).to_be_visible()
    assert len(asked) >= 3


def test_while_the_server_is_away_the_page_says_that_nothing_is_saved(page, template):
    with Live(script=SCRIPT, template=template) as live:
        signed_in(page, live)
        expect(page.get_by_text("HER eirik")).to_be_visible()
        expect(page.get_by_text("Ikke lagret")).to_have_count(0)
        live.halt()
        expect(page.get_by_role("status").get_by_text("Ikke lagret – prøver igjen")).to_be_visible()

        live.start_again()

        expect(page.get_by_text("Ikke lagret – prøver igjen")).to_have_count(0)


def test_one_press_signs_out(page, live):
    signed_in(page, live)
    page.get_by_role("link", name="Logg ut").click()

    expect(page.get_by_role("heading", name="Logg inn")).to_be_visible()
    assert not [c for c in page.context.cookies() if c["name"] == "bti"]


def test_a_link_from_another_site_finds_the_person_signed_in(page, live):
    signed_in(page, live)
    expect(page.get_by_text("HER eirik")).to_be_visible()
    page.goto(live.url.replace("127.0.0.1", "localhost"))
    page.evaluate(
        "address => { const a = document.createElement('a'); a.href = address; a.textContent = 'utenfra';"
        "document.body.prepend(a); }",
        live.url + "/?sak=",
    )
    page.get_by_role("link", name="utenfra").click()

    expect(page.get_by_text("HER eirik")).to_be_visible()

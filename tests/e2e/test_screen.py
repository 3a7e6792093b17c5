"""What must hold on the screen itself, whatever the page: nothing for strangers, nothing lost, nothing in the way."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from bti import settings
from bti.casework.demo.making import sign_in
from bti.casework.door import At
from bti.casework.steps import planning
from bti.content.kommune import kommune
from bti.store import current
from bti.store.engine import open_database
from tests.cast import NOON
from tests.e2e.table import Table
from tests.live import Live
from tests.web.chromium import asked_now, signed_in

pytestmark = pytest.mark.browser
PAGES = sorted(p.stem for p in (Path(__file__).parents[2] / "pages").glob("*.py") if p.stem not in {"main", "__init__"})
SOLVEIG, OLA, INGRID = "2026-001", "2026-002", "2026-004"
GROUND = {"light": "rgb(255, 255, 255)", "dark": "rgb(15, 23, 25)"}
STANDARD = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}


@pytest.fixture(scope="module")
def live(with_cases):
    with Live(template=with_cases, at=NOON) as server:
        yield server


def address(page, number):
    return "/" if page == "mine_saker" else f"/{page}?sak={number}"


@pytest.mark.parametrize("name", PAGES)
def test_the_first_thing_a_fresh_server_is_asked_shows_a_stranger_nothing(with_cases, name):
    with Live(template=with_cases, at=NOON) as fresh:
        answer = fresh.ask(address(name, SOLVEIG))

    assert answer.status == 200
    assert "Logg inn" in answer.text
    assert "Solveig" not in answer.text


def test_a_stranger_with_a_browser_meets_the_sign_in_whatever_the_address(with_cases, page):
    with Live(template=with_cases, at=NOON) as fresh:
        page.goto(fresh.url + address("oppstart", SOLVEIG))

        expect(page.get_by_role("heading", name="Logg inn")).to_be_visible()
        assert "Solveig" not in page.content()


def opened(page, live, name, number=OLA, who="eirik"):
    table = Table(page, live, spoken="nn" if who == "torleiv" else "nb")
    signed_in(page, live, who, address(name, number))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    table.settles()
    return table


def test_what_is_typed_is_saved_in_the_pause_and_there_after_a_reload(page, live):
    table = opened(page, live, "planlegg_tiltak")
    table.opens_part("Barnets beste", "Endre")
    field = page.get_by_label("Hva er best for barnet, og hvorfor?")
    field.press("End")
    field.press_sequentially(" Og litt til.")

    expect(page.get_by_text("Lagret som utkast kl.")).to_be_visible()
    expect(field).to_be_focused()
    with page.expect_websocket():
        page.reload()
    table.is_on("Planlegg tiltak")
    table.opens_part("Barnets beste", "Endre")
    expect(page.get_by_label("Hva er best for barnet, og hvorfor?")).to_have_value(re.compile(r" Og litt til\.$"))


def test_the_pulse_does_not_disturb_who_is_typing(page, live):
    table = opened(page, live, "planlegg_tiltak")
    table.opens_part("Evalueringsmøte", "Endre")
    field = page.get_by_label("Klokka")
    field.fill("")
    field.press_sequentially("1")
    asked_now(page)
    field.press_sequentially("5.00", delay=30)

    expect(field).to_be_focused()
    expect(field).to_have_value("15.00")


def test_what_another_writes_comes_by_itself_and_leaves_the_typing_alone(page, live):
    table = opened(page, live, "planlegg_tiltak")
    table.opens_part("Evalueringsmøte", "Endre")
    field = page.get_by_label("Klokka")
    field.fill("")
    field.press_sequentially("1")
    with table.answered():
        somebody_writes(live, "Skrevet av en annen")
        asked_now(page)
        field.press_sequentially("5.00")

    expect(page.get_by_text("Skrevet av en annen", exact=True)).to_be_visible()
    expect(field).to_be_focused()
    expect(field).to_have_value("15.00")


AT_WORK = "(state) => { document.querySelector('[data-testid=stApp]').dataset.testScriptState = state }"
COUNTS_PRESSES = """() => {
    window.presses = 0;
    document.addEventListener("click", ({ target }) => { window.presses += Boolean(target.closest(".st-key-pulse")) }, true);
}"""


def test_news_that_comes_while_the_server_is_at_work_calls_nobody_back_to_the_page_she_is_leaving(page, live):
    opened(page, live, "planlegg_tiltak")
    page.evaluate(COUNTS_PRESSES)

    page.evaluate(AT_WORK, "running")
    told_now(page, "written by her own press")
    page.evaluate(AT_WORK, "notRunning")
    told_now(page, "written by another")

    page.wait_for_function("() => window.presses")
    page.unroute("**/bti/puls?*")
    asked_now(page)
    assert page.evaluate("() => window.presses") == 1


def told_now(page, version):
    """Let the pulse say at once that the case has another version."""
    page.unroute("**/bti/puls?*")
    page.route("**/bti/puls?*", lambda route: route.fulfill(json={"v": version}))
    asked_now(page)


def somebody_writes(live, title):
    """Let Eirik write a concern from somewhere else, straight into the server's own database."""
    kommune.cache_clear()
    current.use(open_database(settings.read({"BTI_DATA": str(live.data)})))
    try:
        eirik = sign_in("eirik")
        planning.save_oppmerksomhet(At(eirik, OLA), title=title, goal="", version=0)
    finally:
        current.let_go()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("who", "number"), [("eirik", SOLVEIG), ("torleiv", INGRID)])
def test_a_page_breaks_no_rule_of_accessibility_light_or_dark_and_fits_a_narrow_screen(page, live, name, who, number):
    opened(page, live, name, number, who)

    for scheme, ground in GROUND.items():
        page.emulate_media(color_scheme=scheme)
        expect(page.get_by_test_id("stApp")).to_have_css("background-color", ground)
        found = Axe().run(page, options=STANDARD)
        assert found.violations_count == 0, f"{scheme}: {found.generate_report()}"
    assert page.evaluate("document.documentElement.lang") == ("nn" if who == "torleiv" else "nb")
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320

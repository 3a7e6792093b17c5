"""Pictures of every page and every paper, to be looked at: ``make pictures`` writes them to pictures/."""

import os
import tempfile
from itertools import product
from pathlib import Path

os.environ.update(BTI_PASSWORD_MEMORY_KIB="1024", BTI_PASSWORD_PASSES="1")

import pypdfium2
from playwright.sync_api import expect, sync_playwright

from bti import settings
from bti.casework import demo
from bti.casework.demo.making import sign_in
from bti.casework.door import At, looking
from bti.casework.operating import beginning, installing
from bti.casework.paper import exporting, extract, message_paper
from bti.casework.steps import escalating
from bti.rules.workflow import Blank
from bti.store import current
from bti.store.engine import open_database
from tests.live import Live
from tests.web.chromium import ARGUMENTS, PATIENCE, signed_in

ROOT = Path(__file__).parents[1]
TO = ROOT / "pictures"
PAGES = sorted(p.stem for p in (ROOT / "pages").glob("*.py") if p.stem not in {"main", "__init__"})
SOLVEIG, OLA, BO, INGRID, NILS = (f"2026-00{n}" for n in range(1, 6))
WHO = {
    "eirik": (SOLVEIG, OLA, BO, NILS),
    "torleiv": (INGRID,),
    "pernille": (SOLVEIG, OLA),
    "liv": (SOLVEIG,),
    "randi": (SOLVEIG,),
    "kaja": (SOLVEIG,),
    "sander": (SOLVEIG,),
    "vigdis": (SOLVEIG,),
}
ESCALATING = "2026-014"
LATER = {"torleiv": tuple(f"2026-0{n:02d}" for n in range(6, 15))}
"""One for each thing consent can be, and those that have gone on for a while."""
WIDTHS = {"": 1100, "-smal": 320}
PAINTED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""A tall page is painted in pieces; a picture taken at once may lack some of them."""
# Page, case, the part to open and the button to press with nothing in the fields: each field then says what is wrong.
WRONG = (
    ("mine_saker", SOLVEIG, None, "Opprett stafettlogg"),
    ("samtykke", BO, None, "Lagre"),
    ("oppstart", BO, None, "Lagre"),
    ("planlegg_tiltak", OLA, "Tiltak", "Lagre tiltaket"),
    ("evaluering", SOLVEIG, None, "Lagre evalueringen"),
)


def made(folder):
    """Make the demo in the folder."""
    chosen = settings.read({"BTI_DATA": str(folder)})
    database = open_database(chosen, make=True)
    current.use(database)
    installing.install(database, chosen, demo=True)
    demo.seed()
    current.let_go()


def papers(data):
    """Give every paper that can be printed, and a name for it."""
    chosen = settings.read({"BTI_DATA": str(data)})
    beginning.begin(chosen)
    try:
        yield from _papers()
    finally:
        current.let_go()


def _papers():
    for username, number in (
        ("eirik", SOLVEIG),
        ("eirik", OLA),
        ("torleiv", INGRID),
        ("eirik", NILS),
        ("torleiv", ESCALATING),
    ):
        actor = sign_in(username)
        with looking(At(actor, number), "pictures") as case:
            kinds = {"papir": (exporting.stafettlogg, exporting.recipients(case))}
            kinds["innsyn"] = extract.extract, extract.recipients(case)
            if number == ESCALATING:
                kinds["melding"] = message_paper.message, message_paper.recipients(case, escalating.of_round(case))
        for kind, (draws, recipients) in kinds.items():
            for recipient, language in product(recipients, ("nb", "nn")):
                paper = draws(At(actor, number), recipient=recipient.code, language=language)
                yield f"{kind}-{number}-{recipient.code}-{language}", paper
    for form, language in product(Blank, ("nb", "nn")):
        yield f"skjema-{form}-{language}", exporting.blank_form(form, language)


def draw(name, paper):
    """Write each page of a paper as a picture."""
    for n, page in enumerate(pypdfium2.PdfDocument(paper), 1):
        page.render(scale=1.3).to_pil().save(TO / f"{name}-{n}.png")


def photograph(browser, live):
    """Write each page as each person who may open it sees it, wide and narrow."""
    for who, cases in (*WHO.items(), *LATER.items()):
        for suffix, width in WIDTHS.items():
            context = browser.new_context(locale="nb-NO", viewport={"width": width, "height": 900})
            page = context.new_page()
            for name in PAGES:
                for number in cases if name not in {"mine_saker", "hjelp"} else cases[:1]:
                    signed_in(page, live, who, "/" if name == "mine_saker" else f"/{name}?sak={number}")
                    _take(page, f"{name}-{who}-{number}{suffix}", width)
            context.close()
    page = browser.new_page()
    for language in ("nb", "nn"):
        page.goto(f"{live.url}/logg-inn?lang={language}")
        page.screenshot(path=TO / f"logg-inn-{language}.png", full_page=True)


def photograph_nynorsk(browser, live):
    """Write each page of two cases as Eirik reads it in nynorsk."""
    page = browser.new_page(viewport={"width": 1100, "height": 900})
    _speaks(page, live, "nynorsk")
    for name in PAGES:
        for number in (SOLVEIG, OLA) if name not in {"mine_saker", "hjelp"} else (SOLVEIG,):
            signed_in(page, live, "eirik", "/" if name == "mine_saker" else f"/{name}?sak={number}")
            _take(page, f"{name}-eirik-{number}-nn", 1100)
    _speaks(page, live, "bokmål")
    page.close()


def photograph_dark(browser, live):
    """Write each page of a case of Eirik's, and of one of Torleiv's in nynorsk, as it is read in the dark."""
    page = browser.new_page(viewport={"width": 1100, "height": 900}, color_scheme="dark")
    page.goto(f"{live.url}/logg-inn")
    page.screenshot(path=TO / "logg-inn-morkt.png", full_page=True)
    for (who, number), name in product((("eirik", SOLVEIG), ("torleiv", ESCALATING)), PAGES):
        signed_in(page, live, who, "/" if name == "mine_saker" else f"/{name}?sak={number}")
        _take(page, f"{name}-{who}-{number}-morkt", 1100)
    page.close()


def _speaks(page, live, language):
    signed_in(page, live, "eirik")
    page.get_by_role("radiogroup").get_by_text(language).first.click()
    expect(page.locator("html")).to_have_attribute("lang", {"bokmål": "nb", "nynorsk": "nn"}[language])
    _is_drawn(page)


def photograph_errors(browser, live):
    """Write each page as it stands when a form was sent with nothing in it."""
    for suffix, width in WIDTHS.items():
        page = browser.new_page(viewport={"width": width, "height": 900})
        for name, number, part, button in WRONG:
            signed_in(page, live, "eirik", "/" if name == "mine_saker" else f"/{name}?sak={number}")
            _is_drawn(page)
            if part:
                title = page.get_by_role("heading", level=2, name=part, exact=True)
                title.locator("xpath=following::button[1]").click()
            if name == "mine_saker":
                page.get_by_text("Opprett en ny stafettlogg").click()
            page.get_by_role("button", name=button).first.click()
            expect(page.get_by_role("alert").first).to_be_visible()
            _take(page, f"feil-{name}-{number}{suffix}", width)
        page.context.clear_cookies()
        page.goto(f"{live.url}/logg-inn")
        page.get_by_label("Brukernavn").fill("eirik")
        page.get_by_label("Passord").fill("feil")
        page.get_by_role("button", name="Logg inn", exact=True).click()
        page.screenshot(path=TO / f"feil-logg-inn{suffix}.png", full_page=True)
        page.close()


def _is_drawn(page):
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.get_by_test_id("stHtml").first).to_be_visible()
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)


def _take(page, name, width):
    _is_drawn(page)
    page.set_viewport_size({"width": width, "height": 600})
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": width, "height": max(600, int(height) + 20)})
    page.evaluate(PAINTED)
    page.screenshot(path=TO / f"{name}.png")


def main():
    """Write all pictures."""
    TO.mkdir(exist_ok=True)
    expect.set_options(timeout=PATIENCE)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        made(data)
        for name, paper in papers(data):
            draw(name, paper)
        with Live(template=data) as live, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
            photograph(browser, live)
            photograph_nynorsk(browser, live)
            photograph_dark(browser, live)
            photograph_errors(browser, live)
            browser.close()


if __name__ == "__main__":
    main()

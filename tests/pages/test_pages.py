"""What each page shows to whom, and what it does with what is typed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bti.casework.consent import consenting
from bti.casework.desk import seeing
from bti.casework.door import At, looking
from bti.casework.operating import identity
from bti.rules import privacy
from bti.rules.consent import ConsentState
from bti.rules.evaluation import Effect
from bti.store.tables import Draft, LogEvent
from tests.pages.conftest import BO, INGRID, NILS, OLA, SOLVEIG, Browser

PAGES = sorted(p.stem for p in (Path(__file__).parents[2] / "pages").glob("*.py") if p.stem not in {"main", "__init__"})
OF_A_CASE = [p for p in PAGES if p not in {"mine_saker", "hjelp", "oversikt", "administrasjon"}]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_nothing_to_nobody(granvik, page):
    at = Browser(granvik, None).open(page, SOLVEIG)

    assert at.text == '<div class="bti-note bti-calm" role="status">Logg inn for å fortsette.</div>'
    assert not at.at.button
    assert not at.at.text_area


SAYS_WHO = ("login", "bruker", "user", "username", "actor", "token", "bti_login", "x-bti-login")


@pytest.mark.parametrize("username", ["pernille", None])
def test_who_is_here_is_never_taken_from_the_address(browser, granvik, username):
    eirik = browser("eirik")
    somebody = browser(username) if username else Browser(granvik, None)
    for name in SAYS_WHO:
        somebody.at.query_params[name] = [eirik.login, "eirik"][name != "login"]

    assert BO in eirik.open("oppstart", BO).text
    assert "Bo Eksempelsen" not in somebody.open("oppstart", BO).text


@pytest.mark.meets("R-56")
@pytest.mark.parametrize("page", OF_A_CASE)
@pytest.mark.parametrize("username", ["randi", "kaja", "sander", "vigdis"])
def test_no_role_opens_a_case(browser, page, username):
    there, nowhere = browser(username).open(page, SOLVEIG), browser(username).open(page, "2026-999")

    assert "Solveig" not in there.text
    assert "Du har ikke en stafettlogg her." in there.text
    assert there.text.replace(SOLVEIG, "") == nowhere.text.replace("2026-999", "")


@pytest.mark.parametrize("page", OF_A_CASE)
@pytest.mark.parametrize(("username", "number"), [("eirik", SOLVEIG), ("torleiv", INGRID), ("eirik", NILS)])
def test_a_page_opens_for_who_takes_part(browser, page, username, number):
    assert number in browser(username).open(page, number).text


def test_ppt_reads_and_does_not_write(browser):
    at = browser("pernille").open("planlegg_tiltak", OLA)

    assert "Lange dager" in at.text
    assert "blid om morgenen" not in at.text.split("Lange dager")[0].split("bti-head")[0]
    assert not [b for b in at.at.button if ".part." in (b.key or "")]


def test_ppt_with_the_agreements_only_is_not_shown_the_situation(browser):
    assert "Ola er blid om morgenen" not in browser("pernille").open("oppstart", OLA).text
    assert "Ola er blid om morgenen" in browser("eirik").open("oppstart", OLA).text


def test_the_list_holds_the_cases_one_takes_part_in_and_no_other(browser):
    listed = browser("pernille").open("mine_saker").text

    for child in ("Solveig", "Ola", "Ingrid", "Mina", "Sol", "Aron"):
        assert f">{child}</h3>" in listed
    for child in ("Bo", "Jon", "Tor"):  # not yet a yes, one that has run out, one that was taken back
        assert f">{child}</h3>" not in listed
    assert "bti-card" not in browser("randi").open("mine_saker").text


def test_a_page_speaks_the_readers_language(browser):
    assert "Vegen vidare" in browser("torleiv").open("oppstart", INGRID).text
    assert "Veien videre" in browser("eirik").open("oppstart", SOLVEIG).text


def test_what_is_typed_stands_there_in_another_browser(browser):
    at = browser("eirik").open("evaluering", SOLVEIG)
    effect = next(r for r in at.at.radio if r.label.startswith("Hvilken effekt"))
    effect.set_value(Effect.SOME)
    at.run()
    assert "Lagret som utkast kl. 12.00.00" in at.text

    again = browser("eirik").open("evaluering", SOLVEIG)
    assert next(r for r in again.at.radio if r.label.startswith("Hvilken effekt")).value is Effect.SOME


SYNTHETIC = next(n for n in (f"024615{k:05d}" for k in range(10**5)) if privacy.has_national_id(n))
"""A number with both check digits right and a month that does not exist: nobody's."""


def test_an_answer_that_is_missing_is_said_beside_its_question_and_the_rest_is_kept(browser):
    at = browser("eirik").open("evaluering", SOLVEIG)
    effect = next(r for r in at.at.radio if r.label.startswith("Hvilken effekt"))
    effect.set_value(Effect.DESIRED)
    at.run()
    at.press("Lagre evalueringen")

    wrong = [r.label for r in at.at.radio if "–" in r.label]
    assert wrong == ["Har familien fått snakke først? :red[– Svar her.]", "Hva gjør vi med tiltaket? :red[– Svar her.]"]
    assert next(r for r in at.at.radio if r.label.startswith("Hvilken effekt")).value is Effect.DESIRED


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("x" * 501, "Teksten er for lang: 501 tegn. Det er plass til 500."),
        (f"Født {SYNTHETIC}", "Teksten ser ut til å inneholde et fødselsnummer."),
        ("bell \x07", "Teksten inneholder tegn som ikke kan lagres."),
        ("", "Svar her."),
    ],
)
def test_a_text_that_cannot_be_kept_is_said_beside_its_field(browser, typed, said):
    at = browser("eirik").open("planlegg_tiltak", OLA)
    at.at.button(key=f"{OLA.replace('-', '_')}.planlegg_tiltak.part.barnets-beste").click()
    at.run()
    area = next(a for a in at.at.text_area if a.label.startswith("Hva er best"))
    area.set_value(typed)
    at.run()
    at.press("Lagre barnets beste")

    assert said in next(a for a in at.at.text_area if a.label.startswith("Hva er best")).label


@pytest.mark.meets("R-49")
def test_two_people_in_the_same_place_get_both_texts(browser, granvik):
    first, second = browser("eirik").open("planlegg_tiltak", OLA), browser("eirik").open("planlegg_tiltak", OLA)
    for at in (first, second):
        at.at.button(key=f"{OLA.replace('-', '_')}.planlegg_tiltak.part.barnets-beste").click()
        at.run()
    _write(first, "Det ene.")
    first.press("Lagre barnets beste")
    _write(second, "Det andre.")
    second.press("Lagre barnets beste")

    area = next(a for a in second.at.text_area if a.label.startswith("Hva er best"))
    assert "har endret dette etter at du åpnet det" in second.text
    assert area.value == "Det ene.\n\nDet andre."


def _write(at, text):
    next(a for a in at.at.text_area if a.label.startswith("Hva er best")).set_value(text)
    at.run()


def test_markup_people_write_is_shown_as_text(browser):
    at = browser("eirik").open("planlegg_tiltak", OLA)
    at.at.button(key=f"{OLA.replace('-', '_')}.planlegg_tiltak.part.barnets-beste").click()
    at.run()
    _write(at, "<img src=x onerror=alert(1)> **fet** [lenke](http://eksempel.invalid)")
    at.press("Lagre barnets beste")

    assert "&lt;img src=x onerror=alert(1)&gt; **fet** [lenke]" in at.text


@pytest.mark.meets("R-07")
def test_a_withdrawal_takes_the_case_off_ppts_list_at_the_next_read(browser, granvik, wall_clock):
    eirik, pernille = browser("eirik"), browser("pernille")
    assert "Solveig" in pernille.open("mine_saker").text
    actor = _actor(eirik)
    with looking(At(actor, SOLVEIG), "test") as case:
        view = consenting.view(case)
    wall_clock.set(datetime(2026, 3, 10, 13, 22, tzinfo=UTC))
    who = next(iter(view.must_answer))
    ppt = next(s.service for s in view.standings if s.code == "ppt")
    consenting.withdraw(At(actor, SOLVEIG), consenter=who, services=[ppt])

    assert "Solveig" not in pernille.run().text
    assert "Du har ikke en stafettlogg her." in browser("pernille").open("oppstart", SOLVEIG).text
    with looking(At(actor, SOLVEIG), "test") as case:
        assert {s.code: s.state for s in seeing.head(case).standings}["ppt"] is ConsentState.WITHDRAWN


def _actor(opened):
    return identity.signed_in(opened.login)


@pytest.mark.meets("R-02")
def test_the_draft_of_a_consent_says_who_is_asked_to_the_stafettholder_alone(browser):
    assert "Geir Eksempelsen svarer" in browser("eirik").open("samtykke", BO).text


@pytest.mark.meets("scenario-22", "R-47", "S4-30")
def test_the_way_to_barnevernet_leaves_no_trace(browser, granvik):
    at = browser("eirik").open("oppstart", SOLVEIG)
    before = _what_is_kept(granvik)

    shown = at.open("hjelp", SOLVEIG).text

    assert "Melding til barnevernet sendes i egen kanal. Ingenting lagres her." in shown
    assert "Solveig" not in shown
    assert _what_is_kept(granvik) == before


def _what_is_kept(database):
    with database.reading() as session:
        return [session.execute(select(func.count()).select_from(table)).scalar_one() for table in (LogEvent, Draft)]

"""A page's address shows the shell to who is signed in, and the sign-in page to everybody else."""

import pytest

from bti.errors import CannotStart
from web import shell

PAGES = ["/", "/oppstart", "/oppstart?sak=17", "/finnes-ikke"]


@pytest.mark.parametrize("path", PAGES)
def test_signed_out_a_page_is_the_sign_in_page_that_leads_there(live, path):
    answer = live.ask(path)

    assert answer.status == 200
    assert "<h1>Logg inn</h1>" in answer.text
    assert f'name="next" value="{path}"' in answer.text
    assert "/static/js" not in answer.text


@pytest.mark.parametrize("path", PAGES)
def test_signed_in_a_page_is_streamlits_shell(live, anybodys, path):
    answer = live.ask(path, headers={"Cookie": anybodys, "Accept-Encoding": "gzip"})

    assert answer.status == 200
    assert answer.headers["etag"] is None


@pytest.mark.parametrize(("username", "language"), [("eirik", "nb"), ("torleiv", "nn")])
def test_the_page_is_in_the_readers_own_language_whatever_the_browser_remembers(live, username, language):
    cookie = live.sign_in(username)
    other = {"nb": "nn", "nn": "nb"}[language]
    page = live.ask("/", headers={"Cookie": f"{cookie}; bti-sprak={other}"}).text

    assert f'<html lang="{language}">' in page


def test_the_shell_is_ours_in_every_place_a_person_or_a_machine_meets():
    page = shell.spoken_shell(shell.read(), "nb")

    assert '<html lang="nb">' in page
    assert "<title>BTI</title>" in page
    assert "<noscript><p>Slå på JavaScript i nettleseren for å bruke stafettloggen.</p></noscript>" in page
    assert page.index('<script defer src="/bti/ui.js"></script>') < page.index('<script type="module"')
    assert page.count('<link rel="stylesheet" href="/bti/ui.css">') == 1
    assert "agent" not in page
    assert "favicon.png" not in page


@pytest.mark.parametrize("missing", ['<html lang="en">', "<title>Streamlit</title>", "<noscript>"])
def test_another_shell_than_expected_is_noticed_at_start(missing):
    with pytest.raises(CannotStart, match="Streamlits side ser annerledes ut"):
        shell.spoken_shell(shell.read().replace(missing, ""), "nb")


def test_the_landing_page_answers_to_one_name(live, anybodys):
    answer = live.ask("/mine_saker?x=1", headers={"Cookie": anybodys})

    assert (answer.status, answer.headers["location"]) == (307, "/?x=1")


def test_who_follows_a_link_from_elsewhere_is_led_on_by_our_own_page(live):
    page = live.ask("/oppstart?sak=17&x=%22", headers={"Sec-Fetch-Site": "cross-site"}).text

    assert '<meta http-equiv="refresh" content="0; url=/oppstart?sak=17&amp;x=%22">' in page
    assert "Logg inn" not in page

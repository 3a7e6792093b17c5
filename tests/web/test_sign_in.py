"""Signing in with name and password, and out again."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from tests.live import Live
from tests.web.conftest import PASSWORD, SCRIPT

WRONG = "Brukernavnet eller passordet stemmer ikke."


ADDRESSES = count(1)


def sign_in(live, username, password, **more):
    """Sign in from an address of its own, so that one test's guesses do not keep the next one waiting."""
    elsewhere = {"X-Forwarded-For": f"10.0.0.{next(ADDRESSES)}"}
    return live.post("/logg-inn", {"username": username, "password": password, **more}, headers=elsewhere)


def is_signed_in(live, cookie):
    return live.ask("/bti/puls", headers={"Cookie": cookie}).status == 200


def test_the_right_password_lets_in_to_the_page_one_was_going_to(live):
    answer = sign_in(live, "kaja", PASSWORD, next="/oppstart?sak=17")

    assert (answer.status, answer.headers["location"]) == (303, "/oppstart?sak=17")
    assert is_signed_in(live, f"bti={answer.cookie('bti')}")


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(live):
    given = next(c for c in sign_in(live, "kaja", PASSWORD).headers.get_all("set-cookie") if c.startswith("bti="))

    assert {part.strip().casefold() for part in given.split(";")[1:]} == {"httponly", "samesite=strict", "path=/"}


def test_after_signing_in_nobody_is_led_to_another_host(live):
    assert sign_in(live, "kaja", PASSWORD, next="//evil.example/oppstart").headers["location"] == "/"


def test_wrong_password_and_unknown_name_get_the_same_answer(live):
    token = "a" * 43
    sent = {"Cookie": f"bti-skjema={token}", "X-Forwarded-For": "10.1.0.1"}
    answers = [
        live.ask("/logg-inn", headers=sent, form={"skjema": token, "username": name, "password": "gjettet"})
        for name in ("kaja", "hvem", "eirik")
    ]

    assert {a.status for a in answers} == {422}
    assert WRONG in answers[0].text
    assert answers[0].cookie("bti") is None
    unnamed = {
        a.body.replace(f'type="text" value="{name}"'.encode(), b"")
        for a, name in zip(answers, ("kaja", "hvem", "eirik"), strict=True)
    }
    assert len(unnamed) == 1
    assert (
        len({str(sorted(h for h in a.headers.items() if h[0] not in {"date", "content-length"})) for a in answers}) == 1
    )


def test_what_was_wrong_stands_beside_the_field_and_is_read_with_it(live):
    page = sign_in(live, "kaja", "gjettet").text

    assert 'aria-invalid="true" aria-describedby="password-feil" autofocus' in page
    assert '<p class="error" id="password-feil"><span class="hidden">Feil:</span> Brukernavnet' in page
    assert "<title>Feil: Logg inn – BTI</title>" in page
    assert "gjettet" not in page


def test_each_empty_field_says_what_it_wants(live):
    answer = sign_in(live, " ", "")

    assert answer.status == 422
    assert 'id="username-feil"><span class="hidden">Feil:</span> Skriv brukernavnet.' in answer.text
    assert 'id="password-feil"><span class="hidden">Feil:</span> Skriv passordet.' in answer.text
    assert answer.text.count("autofocus") == 1


@pytest.mark.parametrize(("username", "password"), [("kaja", PASSWORD + "x" * 200), ("kaja" + " " * 200, PASSWORD)])
def test_what_is_too_long_to_be_anybodys_is_simply_wrong(live, username, password):
    answer = sign_in(live, username, password)

    assert answer.status == 422
    assert WRONG in answer.text


def test_what_was_typed_is_shown_as_text_and_never_as_markup(live):
    page = sign_in(live, '"><script>alert(1)</script>', "x").text

    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_every_sign_in_has_a_new_token_and_ends_the_one_before_it(live):
    first = live.sign_in("kaja", PASSWORD)
    answer = live.post("/logg-inn", {"username": "kaja", "password": PASSWORD}, headers={"Cookie": first})
    second = f"bti={answer.cookie('bti')}"

    assert first != second
    assert is_signed_in(live, second)
    assert not is_signed_in(live, first)


def test_a_form_that_is_not_ours_is_asked_again_and_lets_nobody_in(live):
    form = {"username": "kaja", "password": PASSWORD}
    for token, cookie in [
        ("", ""),
        ("a" * 43, ""),
        ("", "bti-skjema=" + "a" * 43),
        ("a" * 43, "bti-skjema=" + "b" * 43),
    ]:
        answer = live.ask("/logg-inn", headers={"Cookie": cookie}, form={**form, "skjema": token})

        assert answer.status == 403
        assert answer.cookie("bti") is None
        assert "Prøv en gang til." in answer.text


@pytest.mark.parametrize("path", ["/logg-inn", "/logg-inn/demo", "/logg-ut"])
@pytest.mark.parametrize("origin", ["http://evil.example", "null", "", "http://127.0.0.1"])
def test_a_form_sent_by_a_foreign_page_does_nothing(live, eiriks, path, origin):
    token = "a" * 43
    form = {"username": "kaja", "password": PASSWORD, "person": "liv", "skjema": token}
    answer = live.ask(path, headers={"Origin": origin, "Cookie": f"{eiriks}; bti-skjema={token}"}, form=form)

    assert answer.status == 403
    assert answer.cookie("bti") is None
    assert is_signed_in(live, eiriks)


def test_a_form_larger_than_ours_is_not_read(live):
    assert sign_in(live, "kaja", "x" * 10_000).status == 413


def test_only_a_form_is_taken(live):
    answer = live.ask("/logg-inn", headers={"Content-Type": "application/json"}, form={"username": "kaja"})

    assert answer.status == 415


def test_after_five_wrong_tries_even_the_right_password_waits_a_minute(template):
    noon = datetime(2026, 3, 10, 11, 0, tzinfo=UTC)
    with Live(script=SCRIPT, template=template, passwords_of={"kaja": PASSWORD}, at=noon) as live:
        for _try in range(5):
            assert sign_in(live, "kaja", "gjettet").status == 422

        waiting = sign_in(live, "kaja", PASSWORD)
        assert waiting.status == 429
        assert "Det er prøvd for mange ganger. Prøv igjen etter kl. 12.02." in waiting.text

        live.set_clock(noon + timedelta(minutes=2))
        cookie = live.sign_in("kaja", PASSWORD)

        live.set_clock(noon + timedelta(minutes=33))
        assert not is_signed_in(live, cookie)


def test_signed_in_already_goes_straight_on(live, eiriks):
    answer = live.ask("/logg-inn?next=/oppstart", headers={"Cookie": eiriks})

    assert (answer.status, answer.headers["location"]) == (303, "/oppstart")


def test_signing_out_ends_it_on_the_server_and_in_the_browser(live, eiriks):
    answer = live.ask("/logg-ut", form={}, headers={"Cookie": eiriks})

    assert (answer.status, answer.headers["location"]) == (303, "/")
    assert answer.cookie("bti") == ""
    assert not is_signed_in(live, eiriks)


def test_following_a_link_does_not_sign_out(live, eiriks):
    answer = live.ask("/logg-ut", headers={"Cookie": eiriks})

    assert "Logg ut</button>" in answer.text
    assert is_signed_in(live, eiriks)


def test_the_language_is_chosen_on_the_page_and_remembered(live):
    chosen = live.ask("/logg-inn?lang=nn&next=/oppstart")

    assert '<html lang="nn">' in chosen.text
    assert 'name="next" value="/oppstart"' in chosen.text
    again = live.ask("/", headers={"Cookie": f"bti-sprak={chosen.cookie('bti-sprak')}"})
    assert '<html lang="nn">' in again.text
    assert '<html lang="nb">' in live.ask("/logg-inn?lang=../../nn").text


def test_behind_https_the_cookies_are_bound_to_this_host_and_to_https(template):
    strong = {"BTI_PASSWORD_MEMORY_KIB": "65536", "BTI_PASSWORD_PASSES": "3"}
    environment = {"BTI_ORIGIN": "https://bti.granvik.example", **strong}
    host = "bti.granvik.example"
    with Live(script=SCRIPT, template=template, passwords_of={"kaja": PASSWORD}, environment=environment) as live:
        token = live.ask("/logg-inn", host=host).cookie("__Host-bti-skjema")
        form = {"username": "kaja", "password": PASSWORD, "skjema": token}
        headers = {"Cookie": f"__Host-bti-skjema={token}", "Origin": f"https://{host}"}
        plain = live.ask("/logg-inn", host=host, headers=headers | {"Origin": f"http://{host}"}, form=form)
        answer = live.ask("/logg-inn", host=host, headers=headers, form=form)

        assert plain.status == 403
        given = next(c for c in answer.headers.get_all("set-cookie") if c.startswith("__Host-bti="))
        parts = {part.strip().casefold() for part in given.split(";")[1:]}
        assert parts == {"httponly", "samesite=strict", "path=/", "secure"}

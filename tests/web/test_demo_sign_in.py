"""Invented people are signed in with one press on one's own machine, and nowhere else."""

import pytest
from starlette.datastructures import Headers

from tests.live import Live
from tests.web.conftest import SCRIPT
from web.demo import may_be_pressed

BANNER = "Dette er en demo med oppdiktede personer. Skriv aldri om et virkelig barn her."


def pressed(*, host="localhost:8501", is_demo=True, bound_to="127.0.0.1", **headers):
    return may_be_pressed(Headers({"host": host, **headers}), is_demo=is_demo, bound_to=bound_to)


@pytest.mark.parametrize("host", ["localhost", "localhost:8501", "127.0.0.1:9000", "LOCALHOST:1"])
def test_on_a_demo_on_ones_own_machine_it_may_be_pressed(host):
    assert pressed(host=host)


def test_not_when_it_is_no_demo():
    assert not pressed(is_demo=False)


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "192.168.1.4", "", None])  # noqa: S104
def test_not_when_others_can_reach_the_server(address):
    assert not pressed(bound_to=address)


@pytest.mark.parametrize(
    "host", ["bti.granvik.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "[::1]"]
)
def test_not_under_another_name(host):
    assert not pressed(host=host)


@pytest.mark.parametrize(
    "header", ["Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Real-IP", "Via"]
)
def test_not_through_a_proxy(header):
    assert not pressed(**{header: "anything"})


@pytest.mark.parametrize("header", ["Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"])
def test_through_a_proxy_the_people_are_not_shown_and_cannot_be_pressed(live, header):
    page = live.ask("/", headers={header: "127.0.0.1"})
    answer = live.post("/logg-inn/demo", {"person": "eirik"}, headers={header: "127.0.0.1"})

    assert "Eirik Prøve" not in page.text
    assert BANNER in page.text
    assert answer.status == 404
    assert answer.cookie("bti") is None


def test_the_people_are_buttons_that_sign_in(live):
    page = live.ask("/oppstart?sak=1")

    assert 'name="person" value="eirik"' in page.text
    assert BANNER in page.text
    answer = live.post("/logg-inn/demo", {"person": "eirik", "next": "/oppstart?sak=1"})
    assert (answer.status, answer.headers["location"]) == (303, "/oppstart?sak=1")


def test_somebody_nobody_invented_is_not_signed_in(live):
    answer = live.post("/logg-inn/demo", {"person": "hvem"})

    assert answer.status == 422
    assert answer.cookie("bti") is None


def test_the_form_must_be_ours(live):
    answer = live.ask("/logg-inn/demo", form={"person": "eirik"})

    assert answer.status == 403
    assert answer.cookie("bti") is None


def test_a_real_installation_has_neither_people_nor_banner():
    with Live(script=SCRIPT, demo=False) as live:
        page = live.ask("/")
        answer = live.post("/logg-inn/demo", {"person": "eirik"})

    assert "person" not in page.text
    assert "demo" not in page.text
    assert answer.status == 404

"""What Streamlit does with the header it is told to trust, and with sessions, as the gate leans on it."""

import hashlib

import pytest

from tests.web.wire import Refused, Wire


@pytest.fixture
def cookie(live):
    return live.sign_in("eirik")


def test_the_trusted_header_is_what_the_script_finds_in_st_user(live, cookie):
    with Wire(live, cookie=cookie) as wire:
        assert "HER eirik" in wire.run()


def test_what_st_user_holds_stays_on_the_server(live, cookie):
    with Wire(live, cookie=cookie) as wire:
        wire.run()

        assert hashlib.sha256(cookie.partition("=")[2].encode()).hexdigest().encode() not in wire.raw


def test_streamlit_itself_keeps_a_session_for_the_one_whose_header_began_it(live, cookie):
    """The gate gives each sign-in its own header; a second sign-in of the same person is another one too."""
    with Wire(live, cookie=cookie) as wire:
        wire.run()
        first = wire.session
    with Wire(live, cookie=live.sign_in("eirik"), session=first) as wire:
        wire.run()

        assert wire.session != first


def test_a_text_frame_is_no_way_in(live, cookie):
    with Wire(live, cookie=cookie) as wire:
        wire._socket.send("tekst")
        with pytest.raises(Exception, match=r"close|1000|1011|1006"):
            wire._socket.recv(30)
    assert "Traceback" not in live.log()


def test_uvicorn_lets_a_refused_handshake_carry_an_answer(live):
    with pytest.raises(Refused) as refused:
        Wire(live)

    assert refused.value.headers["content-type"] == "text/plain; charset=utf-8"

"""Nobody gets into another person's session, whatever she sends."""

import pytest

from tests.web.wire import Refused, Wire, shown_to

SOMEBODYS_HASH = "0" * 64


@pytest.fixture
def eiriks_session(live, eiriks):
    """The id of a session Eirik has just left, as it stands in logs and addresses."""
    with Wire(live, cookie=eiriks) as wire:
        assert "HER eirik" in wire.run()
        return wire.session


def test_anothers_session_id_gives_a_fresh_session_of_ones_own(live, livs, eiriks_session):
    with Wire(live, cookie=livs, session=eiriks_session) as wire:
        shown = wire.run()

        assert shown[:2] == ["HER liv", "FØRST liv"]
        assert wire.session != eiriks_session


def test_a_session_that_is_open_just_now_is_not_handed_over_either(live, eiriks, livs):
    with Wire(live, cookie=eiriks) as his:
        his.run()

        with Wire(live, cookie=livs, session=his.session) as hers:
            assert hers.run()[:2] == ["HER liv", "FØRST liv"]
        assert his.run()[:2] == ["HER eirik", "FØRST eirik"]


def test_a_session_id_alone_opens_nothing(live, eiriks_session):
    with pytest.raises(Refused) as refused:
        Wire(live, session=eiriks_session)

    assert refused.value.status == 403


def test_a_forged_header_alone_opens_nothing(live):
    with pytest.raises(Refused) as refused:
        Wire(live, headers={"x-bti-login": SOMEBODYS_HASH})

    assert refused.value.status == 403


@pytest.mark.parametrize("name", ["x-bti-login", "X-BTI-Login"])
def test_a_forged_header_beside_ones_own_cookie_is_not_believed(live, eiriks, livs, name):
    import hashlib

    his_hash = hashlib.sha256(eiriks.partition("=")[2].encode()).hexdigest()

    assert "HER liv" in shown_to(live, livs, headers={name: his_hash})


def test_ones_own_session_is_kept_across_a_broken_line(live, eiriks, eiriks_session):
    with Wire(live, cookie=eiriks, session=eiriks_session) as wire:
        assert "KJØRT 2" in wire.run()
        assert wire.session == eiriks_session


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1", None])
def test_a_foreign_page_or_none_opens_no_websocket(live, eiriks, origin):
    with pytest.raises(Refused) as refused:
        Wire(live, cookie=eiriks, origin=origin)

    assert refused.value.status == 403


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.", "[::2]"])
def test_a_foreign_name_that_leads_here_opens_no_websocket(live, eiriks, host):
    with pytest.raises(Refused) as refused:
        Wire(live, cookie=eiriks, host=host)

    assert refused.value.status == 400


def test_a_made_up_token_opens_nothing(live):
    with pytest.raises(Refused) as refused:
        Wire(live, cookie="bti=" + "A" * 43)

    assert refused.value.status == 403


def test_streamlit_learns_the_hash_but_neither_token_nor_hash_goes_to_the_browser(live, eiriks):
    import hashlib

    token = eiriks.partition("=")[2]
    with Wire(live, cookie=eiriks) as wire:
        wire.run()

        assert token.encode() not in wire.raw
        assert hashlib.sha256(token.encode()).hexdigest().encode() not in wire.raw


def test_no_cookie_goes_further_than_the_gate(live, eiriks):
    assert any(text.startswith("KAKER [] ") for text in shown_to(live, f"{eiriks}; bti-sprak=nn"))


def test_signing_out_ends_the_next_run_of_every_open_page(live, eiriks):
    with Wire(live, cookie=eiriks) as wire:
        assert "HER eirik" in wire.run()
        live.ask("/logg-ut", form={}, headers={"Cookie": eiriks})

        assert wire.run() == ["INGEN"]
    with pytest.raises(Refused):
        Wire(live, cookie=eiriks)


def test_a_refused_handshake_carries_the_headers_too(live):
    with pytest.raises(Refused) as refused:
        Wire(live)

    assert refused.value.headers["x-frame-options"] == "DENY"
    assert "server" not in refused.value.headers

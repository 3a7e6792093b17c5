"""When a page fails, the person gets a number, and neither screen nor log quotes what somebody wrote."""

import logging

from tests.web.wire import Wire
from web.trouble import keep_logs_discreet, where

CANARY = "Kanari Kanarisen 01019912345"


def fail():
    try:
        int(CANARY)
    except ValueError as first:
        raise ValueError(CANARY) from first


def test_a_page_that_fails_shows_a_number_in_the_readers_language_and_nothing_else(live):
    with Wire(live, cookie=live.sign_in("eirik")) as wire:
        shown = wire.run("feil=1")

        assert shown[:2] == ["HER eirik", "FØRST eirik"]
        said, number = shown[3].rstrip(".").rsplit(" ", 1)
        assert said.startswith("Noe gikk galt på denne siden.")
        assert number.isdecimal()
        assert CANARY.encode() not in wire.raw
        assert b"ValueError" not in wire.raw
    assert f"feil {number}: ValueError (" in live.log()
    assert "script.py:" in live.log()
    assert CANARY not in live.log()


def test_the_log_knows_what_led_to_it():
    try:
        fail()
    except ValueError as trouble:
        said = where(trouble)

    assert said.startswith("ValueError (test_trouble.py:")
    assert " <- ValueError (test_trouble.py:" in said
    assert CANARY not in said


def test_no_logger_of_any_library_quotes_an_exception(written_log):
    factory = logging.getLogRecordFactory()
    try:
        keep_logs_discreet()
        try:
            fail()
        except ValueError:
            logging.getLogger("somebody.elses").exception("Noe hendte med %s", "noe")
    finally:
        logging.setLogRecordFactory(factory)
        logging.getLogger("uvicorn.error").setLevel(logging.NOTSET)

    assert "Noe hendte med noe: ValueError (test_trouble.py:" in written_log()
    assert CANARY not in written_log()


def test_the_log_says_nothing_about_who_asked_for_what(live):
    live.ask("/oppstart?sak=hemmelig-nummer")

    assert "hemmelig-nummer" not in live.log()
    assert "127.0.0.1:" not in live.log().replace(live.url, "")

"""The two small questions: am I still allowed to see this, and is the server well?"""

import asyncio
import json

from starlette.requests import Request

from bti.store import current
from web import health, pulse


def asked(path, actor=None):
    scope = {
        "type": "http",
        "path": path,
        "query_string": path.partition("?")[2].encode(),
        "headers": [],
        "bti.actor": actor,
    }
    return asyncio.run(pulse.pulse(Request(scope)))


def test_signed_out_the_pulse_says_so_and_nothing_else(live):
    answer = live.ask("/bti/puls?sak=17")

    assert (answer.status, answer.text) == (401, "{}")


def test_signed_in_without_a_case_there_is_nothing_new(live, eiriks):
    answer = live.ask("/bti/puls", headers={"Cookie": eiriks})

    assert (answer.status, json.loads(answer.text)) == (200, {"v": ""})


def test_a_case_one_may_not_see_does_not_exist(live, eiriks):
    answer = live.ask("/bti/puls?sak=17&v=1", headers={"Cookie": eiriks})

    assert (answer.status, answer.text) == (404, "{}")


def test_a_case_one_may_see_has_the_version_casework_says(monkeypatch):
    monkeypatch.setattr(pulse, "VERSION_OF", lambda actor, case: {("liv", "17"): "a1"}.get((actor, case)))

    assert json.loads(asked("/bti/puls?sak=17", "liv").body) == {"v": "a1"}
    assert asked("/bti/puls?sak=18", "liv").status_code == 404


def test_well_is_well(live):
    answer = live.ask("/health")

    assert (answer.status, json.loads(answer.text)) == (200, {"ok": True})


def test_without_its_database_the_server_is_not_well():
    current.let_go()

    answer = asyncio.run(health.health(Request({"type": "http"})))

    assert (answer.status_code, json.loads(answer.body)) == (503, {"ok": False, "hvorfor": "Databasen svarer ikke."})

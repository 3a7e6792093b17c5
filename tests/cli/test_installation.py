"""Making an installation and a demo from the command line."""

import json
import re
import subprocess
import sys

import pytest

from bti.casework import demo
from bti.store import making


def test_an_installation_is_made_where_there_is_none_and_says_how_the_first_one_signs_in(nowhere):
    assert nowhere.runs("migrate") == 0

    (command,) = re.findall(r"\.venv/bin/python -m bti (user add .*)", nowhere.said)
    words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', command)]
    assert nowhere.runs(*words) == 0
    assert "Passord, vises bare denne ene gangen: " in nowhere.said


def test_an_installation_that_is_up_to_date_is_left_alone(real):
    assert real.runs("migrate") == 0

    assert real.said == f"Installasjonen i {real.data} er oppdatert.\n"


def test_a_lost_key_is_never_replaced_in_silence(real):
    (real.data / "audit.key").unlink()

    assert real.runs("migrate") == 1
    assert "mangler" in real.complained
    assert not (real.data / "audit.key").exists()


def test_a_lost_database_is_never_replaced_in_silence(real):
    for file in real.data.glob("bti.db*"):
        file.unlink()

    assert real.runs("migrate") == 1
    assert real.runs("demo") == 1
    assert not (real.data / "bti.db").exists()


@pytest.mark.parametrize("command", ["migrate", "demo"])
def test_older_tables_are_brought_up_to_date(here, monkeypatch, command):
    brought = []
    monkeypatch.setattr(making, "is_up_to_date", lambda _database: False)
    monkeypatch.setattr(making, "migrate", lambda *of: brought.append(of))
    monkeypatch.setattr(demo, "seed", lambda: None)

    assert here.runs(command) == 0
    assert len(brought) == 1


def test_a_demo_is_made_in_an_empty_folder_and_again_is_the_same(nowhere):
    assert nowhere.runs("demo") == 0
    assert re.search(r"9 oppdiktede personer og \d+ stafettlogger", nowhere.said)
    assert nowhere.runs("demo", "--json") == 0
    first = json.loads(nowhere.said)
    assert nowhere.runs("demo", "--json") == 0

    assert json.loads(nowhere.said) == first
    assert {"username": "eirik", "role": "stafettholder_capable"} in first["users"]
    assert all(re.fullmatch(r"\d{4}-\d{3}", case["number"]) for case in first["cases"])
    assert nowhere.runs("verify") == 0


def test_no_demo_is_made_in_a_real_installation(real, monkeypatch):
    monkeypatch.setattr(demo, "seed", lambda: pytest.fail("a demo was made"))

    assert real.runs("demo") == 1
    assert "er ikke en demo" in real.complained


@pytest.mark.parametrize("command", [["verify"], ["user", "list"], ["user", "disable", "eirik"]])
def test_nothing_is_done_where_there_is_no_installation(nowhere, command):
    assert nowhere.runs(*command) == 1

    assert "Det er ingen database" in nowhere.complained
    assert not nowhere.data.exists()


def test_an_unexpected_fault_is_a_sentence_and_no_traceback(here, monkeypatch):
    def breaks():
        raise RuntimeError("Solveig Testdal")

    monkeypatch.setattr("bti.casework.operating.inventory.accounts", breaks)

    assert here.runs("user", "list") == 1
    assert here.complained == "Noe gikk galt (RuntimeError). Kommandoen er stanset.\n"


@pytest.mark.process
@pytest.mark.parametrize(
    ("argv", "code", "said"),
    [
        (["verify"], 0, "Alt er i orden."),
        (["document", "--list"], 0, "stafettlogg"),
        (["user", "disable", "nobody"], 1, "Det er ingen bruker «nobody»."),
        (["tull"], 2, "Kommandoen ble ikke forstått"),
        ([], 2, "Kommandoen ble ikke forstått"),
    ],
)
def test_the_shell_gets_an_exit_code_and_a_sentence(here, argv, code, said):
    ended = subprocess.run([sys.executable, "-m", "bti", *argv], capture_output=True, text=True, check=False)

    assert ended.returncode == code
    assert said in ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr

"""The app starts from anywhere, and when it cannot, it says why in one sentence and ends with 1."""

import os
import shutil
import socket
import subprocess
import sys

import pytest

from bti import settings
from bti.errors import CannotStart
from bti.store.engine import open_database
from tests.live import ROOT, Live, free_port
from tests.web.conftest import SCRIPT
from tests.web.wire import shown_to
from web import streamlit_settings

WITHIN = 60

pytestmark = pytest.mark.process


@pytest.fixture
def data(template, tmp_path):
    return shutil.copytree(template, tmp_path / "data")


def started(command, data, folder, **environment):
    """Run a start that must fail, and return how it ended and what it said."""
    process = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env={**os.environ, "BTI_DATA": str(data), "BTI_PORT": str(free_port()), **environment},
        capture_output=True,
        text=True,
        timeout=WITHIN,
        check=False,
    )
    return process.returncode, process.stderr


def says(sentence, ended):
    code, said = ended
    assert code == 1, said
    assert said.strip() == sentence


def test_without_a_database_it_says_how_to_make_one(tmp_path):
    ended = started([ROOT / "app.py"], tmp_path / "nothing", tmp_path)

    says(f"Det er ingen database i {tmp_path / 'nothing'}. Skriv: make run", ended)


def test_with_an_empty_database_too(tmp_path):
    empty = tmp_path / "empty"
    open_database(settings.read({"BTI_DATA": str(empty)}), make=True).close()

    says(f"Databasen i {empty} er tom. Skriv: make run", started([ROOT / "app.py"], empty, tmp_path))


def test_with_a_setting_that_is_wrong(data, tmp_path):
    ended = started([ROOT / "app.py"], data, tmp_path, BTI_PORT="åtte")

    says("BTI_PORT må være et tall, men er «åtte».", ended)


def test_on_a_port_that_is_taken(data, tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        ended = started([ROOT / "app.py"], data, tmp_path, BTI_PORT=str(port))

    says(f"Port {port} er opptatt. Velg en annen: make run PORT={port + 99}, eller BTI_PORT.", ended)


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("STREAMLIT_SERVER_ADDRESS", "0.0.0.0", "server.address er '0.0.0.0', men skal være '127.0.0.1'."),  # noqa: S104
        ("STREAMLIT_SERVER_TRUSTED_USER_HEADERS", "{}", "server.trustedUserHeaders er {}, men skal være"),
    ],
)
def test_streamlit_run_with_another_setting_is_refused_by_name(data, tmp_path, variable, value, sentence):
    command = ["-m", "streamlit", "run", ROOT / "app.py", "--server.port", str(free_port())]
    code, said = started(command, data, tmp_path, **{variable: value})

    assert code == 1, said
    assert said.strip().splitlines()[-1].startswith(f"Streamlit-innstillingen {sentence}")
    assert "Traceback" not in said


@pytest.mark.parametrize("name", streamlit_settings.DEMANDED)
def test_each_setting_we_lean_on_is_read_back(monkeypatch, name):
    found = {**streamlit_settings.DEMANDED, "server.address": "127.0.0.1"}
    monkeypatch.setattr(streamlit_settings.config, "get_option", found.get)
    streamlit_settings.check()

    found[name] = "noe annet"
    with pytest.raises(CannotStart, match=f"Streamlit-innstillingen {name} er 'noe annet'"):
        streamlit_settings.check()


def test_streamlit_run_serves_the_same_app_from_any_folder(data, tmp_path):
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", ROOT / "app.py", "--server.port", str(port)]
    environment = {**os.environ, "BTI_DATA": str(data)}
    process = subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        answer = _first_answer(process, port)
    finally:
        process.terminate()
        process.wait(30)

    assert b"200 OK" in answer
    assert b"x-frame-options: DENY" in answer
    assert b"\r\nserver:" not in answer.lower()


def _first_answer(process, port):
    question = f"GET /health HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n".encode()
    for _try in range(WITHIN * 10):
        try:
            process.wait(0.1)
        except subprocess.TimeoutExpired:
            with socket.socket() as line:
                if line.connect_ex(("127.0.0.1", port)) == 0:
                    line.sendall(question)
                    return b"".join(iter(lambda: line.recv(4096), b""))
        else:
            break
    raise AssertionError("Serveren kom ikke opp.")


def test_drawing_documents_is_learnt_after_the_start_and_before_it_is_asked_for(data, tmp_path):
    learnt = "import app, sys; from web import life; assert 'fpdf' not in sys.modules; life._warm(); import_fpdf = sys.modules['fpdf']"

    code, said = started(["-c", learnt], data, tmp_path, PYTHONPATH=str(ROOT))

    assert code == 0, said


def test_what_the_imports_left_is_not_walked_again_by_every_collection(live):
    assert any(text.endswith("FROSSET True") for text in shown_to(live, live.sign_in("eirik")))


def test_a_stopped_server_has_let_go_of_its_database(template):
    with Live(script=SCRIPT, template=template) as live:
        live.sign_in("eirik")
        live.halt()

        assert not (live.data / "bti.db-wal").exists()
        assert "Traceback" not in live.log()

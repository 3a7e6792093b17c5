"""The real server as a process of its own, on a free port and with a kommune of its own."""

import http.client
import os
import re
import socket
import subprocess
import sys
import tempfile
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree, rmtree
from urllib.parse import urlencode

from sqlalchemy import update

from bti import settings
from bti.casework.operating import installing, passwords
from bti.content.kommune import kommune
from bti.store.engine import open_database
from bti.store.tables import StaffUser

ROOT = Path(__file__).resolve().parents[1]
MAIN = ROOT / "pages" / "main.py"
LAUNCHER = ROOT / "tests" / "live_app.py"
UP_WITHIN = 60
TRIES_A_SECOND = 20


@dataclass(frozen=True)
class Answer:
    """What the server answered, read to its end."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self):
        return self.body.decode()

    def cookie(self, name):
        """Return the value of a cookie the answer gives, or nothing."""
        given = [c for c in self.headers.get_all("set-cookie", []) if c.startswith(f"{name}=")]
        return given[0].split(";")[0].partition("=")[2].strip('"') if given else None


class Live(AbstractContextManager):
    """A running server. ``url`` is its address, ``data`` its folder; ``stop`` ends it and removes what it wrote.

    ``demo`` is the invented Granvik, otherwise an empty installation. ``template`` is a made installation to copy,
    which is quicker than making one. ``at`` fixes the clock; ``set_clock`` moves it.
    """

    def __init__(self, *, demo=True, script=MAIN, template=None, at=None, passwords_of=None, environment=None):
        self._folder = Path(tempfile.mkdtemp(prefix="bti-live-"))
        self.data = self._folder / "data"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._clock = self._folder / "clock" if at else None
        if at:
            self.set_clock(at)
        self._make(demo=demo, template=template, passwords_of=passwords_of or {})
        self._log = (self._folder / "log").open("wb")
        self._script = script
        self._environment = environment or {}
        self._start()

    def ask(self, path, *, method="GET", headers=None, form=None, host=None):
        """Ask the server one thing, as ``host`` if the test wants to seem to have come under another name."""
        body = urlencode(form).encode() if form is not None else None
        sent = {"Host": f"127.0.0.1:{self.port}" if host is None else host, **(headers or {})}
        if form is not None:
            sent = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://{sent['Host']}"} | sent
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method if form is None else "POST", path, body, sent)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def post(self, path, form, *, headers=None, host=None):
        """Send a form as a browser does that has opened the sign-in page before."""
        token = self.ask("/logg-inn", host=host).cookie("bti-skjema")
        sent = dict(headers or {})
        sent["Cookie"] = "; ".join(c for c in (f"bti-skjema={token}", sent.get("Cookie")) if c)
        return self.ask(path, headers=sent, form={"skjema": token, **form}, host=host)

    def sign_in(self, username, password=None):
        """Sign a person in and return her cookie, as it stands in a header."""
        if password is None:
            answer = self.post("/logg-inn/demo", {"person": username})
        else:
            answer = self.post("/logg-inn", {"username": username, "password": password})
        token = answer.cookie("bti")
        assert token, f"{username} kom ikke inn: {answer.status} {re.sub('<[^>]*>', ' ', answer.text)[-500:]}"
        return f"bti={token}"

    def set_clock(self, moment):
        """Move the fixed clock. Whole or not at all, because the server may be reading it."""
        written = self._folder / "clock.new"
        written.write_text(moment.isoformat(), encoding="utf-8")
        written.replace(self._folder / "clock")

    def log(self):
        """Return everything the server has written so far."""
        return (self._folder / "log").read_text(encoding="utf-8", errors="replace")

    def halt(self):
        """Stop the server as an operator does, and keep what it has stored."""
        self._process.terminate()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            raise

    def start_again(self):
        """Start a halted server again, at the same address and with what it had stored."""
        self._start()

    def stop(self):
        """Stop the server and remove everything."""
        self.halt()
        self._log.close()
        rmtree(self._folder)

    def __exit__(self, *_trouble):
        self.stop()

    def _make(self, *, demo, template, passwords_of):
        if template:
            copytree(template, self.data)
        chosen = settings.read({"BTI_DATA": str(self.data)})
        kommune.cache_clear()
        database = open_database(chosen, make=True)
        try:
            installing.install(database, chosen, demo=demo)
            for username, password in passwords_of.items():
                change = update(StaffUser).where(StaffUser.username == username)
                with database.writing() as session:
                    session.execute(change.values(password_hash=passwords.hashed(password)))
        finally:
            database.close()
            kommune.cache_clear()

    def _start(self):
        environment = {
            **os.environ,
            "BTI_DATA": str(self.data),
            "BTI_PORT": str(self.port),
            "BTI_PASSWORD_MEMORY_KIB": "1024",
            "BTI_PASSWORD_PASSES": "1",
            **self._environment,
        }
        command = [sys.executable, LAUNCHER, self._script, self._clock or ""]
        self._process = subprocess.Popen(
            command, cwd=self._folder, env=environment, stdout=self._log, stderr=subprocess.STDOUT
        )
        try:
            self._until_well()
        except BaseException:
            self._process.kill()
            self._process.wait()
            raise

    def _until_well(self):
        for _try in range(UP_WITHIN * TRIES_A_SECOND):
            try:
                self._process.wait(1 / TRIES_A_SECOND)
            except subprocess.TimeoutExpired:
                if self._is_well():
                    return
            else:
                break
        raise AssertionError(f"Serveren kom ikke opp:\n{self.log()}")

    def _is_well(self):
        try:
            return self.ask("/health").status == 200
        except OSError:
            return False


def free_port():
    """Return a port nobody listens on now."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]

"""The launcher: builds the app round ``pages/main.py`` and runs it, with ``python app.py`` or ``streamlit run app.py``."""

import socket
from pathlib import Path
from typing import Final

import streamlit as st

from bti import settings
from bti.errors import CannotStart
from web.building import surroundings
from web.life import leave

MAIN: Final = Path(__file__).resolve().parent / "pages" / "main.py"
ADDRESS: Final = "127.0.0.1"


def build(script: Path, chosen: settings.Settings) -> st.App:
    """Build the app round ``script``, with everything the browser meets outside it."""
    return st.App(script, **surroundings(chosen))


def serve(built: st.App, chosen: settings.Settings) -> None:
    """Serve on this machine until stopped."""
    try:
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((ADDRESS, chosen.port))
    except OSError:
        leave(
            CannotStart(
                f"Port {chosen.port} er opptatt. Velg en annen: make run PORT={chosen.port + 99}, eller BTI_PORT."
            )
        )
    if chosen.key_file.parent == chosen.data:
        print(f"Nøkkelen til databasen ligger i {chosen.data}. Det er bare for å prøve; i drift: BTI_KEY_FILE.")  # noqa: T201
    print(f"BTI er på vei opp på {chosen.origin or f'http://localhost:{chosen.port}'}", flush=True)  # noqa: T201
    built.run(config={"server.address": ADDRESS, "server.port": chosen.port})


def chosen() -> settings.Settings:
    """Read the settings, or say which is wrong and end."""
    try:
        return settings.read()
    except CannotStart as why:
        leave(why)


# «streamlit run» looks for a call of st.App in this very file, so it is not hidden in build.
app = st.App(MAIN, **surroundings(chosen()))

if __name__ == "__main__":
    serve(app, chosen())

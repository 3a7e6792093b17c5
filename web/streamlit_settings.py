"""What we demand of Streamlit's settings, read back as they are in effect: a family's privacy leans on them."""

from collections.abc import Mapping
from typing import Final

from streamlit import config

from bti.errors import CannotStart
from web.demo import is_loopback
from web.gate import HEADER, USER_KEY

DEMANDED: Final[Mapping[str, object]] = {
    "server.trustedUserHeaders": {HEADER: USER_KEY},
    "server.enableXsrfProtection": True,
    "server.enableCORS": True,
    "server.corsAllowedOrigins": [],
    "server.enableStaticServing": False,
    "server.enableAgentApi": False,
    "server.scriptHealthCheckEnabled": False,
    "server.unsafeMetricsUserAttributes": [],
    "server.fileWatcherType": "none",
    "server.runOnSave": False,
    "server.maxUploadSize": 1,
    "server.disconnectedSessionTTL": 120,
    "server.baseUrlPath": "",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "client.toolbarMode": "minimal",
    "client.disableDataExport": True,
    "browser.gatherUsageStats": False,
    "runner.postScriptGC": False,
    "runner.magicEnabled": False,
    "logger.enableRich": False,
    "global.developmentMode": False,
}


def check() -> None:
    """Refuse to start when a setting differs from what is demanded, with a sentence that names it."""
    for name, wanted in DEMANDED.items():
        found = config.get_option(name)
        if found != wanted:
            raise CannotStart(f"Streamlit-innstillingen {name} er {found!r}, men skal være {wanted!r}.")
    address = config.get_option("server.address")
    if not is_loopback(address):
        raise CannotStart(
            f"Streamlit-innstillingen server.address er {address!r}, men skal være '127.0.0.1'. "
            "Andre maskiner når serveren gjennom en proxy med https."
        )

"""How Streamlit finds and starts an app, as the launcher leans on it."""

from pathlib import Path

import pytest
import uvicorn
from streamlit import config
from streamlit.web.server.app_discovery import discover_asgi_app

from tests.live import MAIN, ROOT
from web.streamlit_settings import DEMANDED


def test_streamlit_run_finds_the_app_in_the_launcher():
    assert discover_asgi_app(ROOT / "app.py").import_string == "app:app"


def test_the_folder_of_the_main_script_has_no_pages_inside():
    """With one, Streamlit shows a page to whoever follows a deep link first, without the main script and its sign-in."""
    assert MAIN.parent == ROOT / "pages"
    assert not (MAIN.parent / "pages").exists()


@pytest.mark.parametrize("name", DEMANDED)
def test_each_setting_we_demand_exists(name):
    assert name in config._config_options_template


def test_the_shipped_settings_are_what_we_demand():
    import tomllib

    shipped = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    for name, wanted in DEMANDED.items():
        section, _dot, option = name.partition(".")
        default = config._config_options_template[name].default_val
        assert shipped.get(section, {}).get(option, default) == wanted, name


def test_uvicorn_keeps_the_header_that_names_it_where_we_take_it_away():
    made = uvicorn.Config("nobody:app")
    made.load_app = lambda: lambda scope: None
    made.load()

    assert (b"server", b"uvicorn") in made.encoded_headers


def test_a_new_streamlit_or_uvicorn_is_noticed():
    """Everything in this folder was seen with these. Read the release notes, run the folder, then change the line."""
    locked = Path(ROOT / "requirements.txt").read_text(encoding="utf-8")

    assert "\nstreamlit==1.67.0" in f"\n{locked}"

"""What stands on the screen can be read, in light and in dark, and light has the colours of the paper."""

import re
import tomllib

import pytest

from bti.content.colours import ENOUGH, colours, contrast
from tests.live import ROOT
from web.files import UI

STYLE = (UI / "ui.css").read_text(encoding="utf-8")
THEME = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
NAMED = {
    name: {"light": light.upper(), "dark": dark.upper()}
    for name, light, dark in re.findall(r"--bti-([a-z-]+): light-dark\((#\w{6}), (#\w{6})\);", STYLE)
}
READ_ON = [
    *[("ink", on) for on in ("ground", "tint", "child-fill", "good-fill", "some-fill", "bad-fill", "none-fill")],
    *[("muted", on) for on in ("ground", "tint", "child-fill", "some-fill")],
    ("primary", "ground"),
    ("primary", "tint"),
    ("on-primary", "primary"),
    ("on-notice", "notice"),
    ("on-notice", "child-fill"),
    ("child-ink", "child-fill"),
    *[(kind, f"{kind}-fill") for kind in ("good", "some", "bad", "none")],
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), READ_ON)
def test_a_text_can_be_read_on_what_it_stands_on(scheme, text, ground):
    assert contrast(NAMED[text][scheme], NAMED[ground][scheme]) >= ENOUGH


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_streamlits_own_parts_can_be_read_too(scheme):
    theme = THEME[scheme]
    for ground in (theme["backgroundColor"], theme["secondaryBackgroundColor"]):
        for text in ("textColor", "linkColor", "redTextColor", "primaryColor"):
            assert contrast(theme[text], ground) >= ENOUGH, (text, ground)
        assert contrast(theme["borderColor"], ground) >= 3
    assert theme["backgroundColor"] == NAMED["ground"][scheme]
    assert theme["textColor"] == NAMED["ink"][scheme]
    assert theme["primaryColor"] == NAMED["primary"][scheme]


def test_light_has_the_colours_of_the_paper():
    paper = colours()
    assert {name: NAMED[name]["light"] for name in ("ink", "muted", "primary", "tint", "rule")} == {
        name: getattr(paper, name) for name in ("ink", "muted", "primary", "tint", "rule")
    }
    assert NAMED["child-fill"]["light"] == paper.child.fill
    for kind in ("good", "some", "bad", "none"):
        assert (NAMED[kind]["light"], NAMED[f"{kind}-fill"]["light"]) == (
            getattr(paper, kind).text,
            getattr(paper, kind).fill,
        )


def test_no_colour_is_written_where_dark_cannot_follow():
    rules = STYLE.split("}", 1)[1]
    assert re.findall(r"#[0-9a-fA-F]{3,6}\b", rules) == []

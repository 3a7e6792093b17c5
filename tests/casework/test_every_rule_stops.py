"""Each rule that stops, stops; and when it is switched off, its own example goes through."""

import importlib
from pathlib import Path

import pytest

from bti.errors import Refused
from tests.casework.refusing import EXAMPLES
from tests.casework.test_five_steps import ON_ONE_ENGINE

for module in sorted(Path(__file__).parent.glob("refusals_*.py")):
    importlib.import_module(f"tests.casework.{module.stem}")

pytestmark = ON_ONE_ENGINE
EACH = pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e.rule}-{e.act.__name__}")


@EACH
def test_the_rule_stops_what_it_should(table, example):
    with pytest.raises(Refused) as refusal:
        example.act(table)

    assert refusal.value.reason is example.reason


@EACH
def test_without_the_rule_nothing_else_stops_it_for_the_same_reason(table, example, monkeypatch):
    monkeypatch.setattr(example.by, lambda *_args, **_kwargs: example.says_yes)
    try:
        example.act(table)
    except Refused as refusal:
        assert refusal.reason is not example.reason  # noqa: PT017 - it may stop later, for something else

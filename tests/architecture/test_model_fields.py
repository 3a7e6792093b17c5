"""No field of the model is lost on its way: each has a column, a question and a place where it is read, or a reason."""

import dataclasses
import importlib
import tomllib
from pathlib import Path

import pytest

from bti.documents import stafettlogg_content
from bti.store.tables import Base, Sharing

ROOT = Path(__file__).parents[2]
FIELDS = tomllib.loads((ROOT / "tests" / "model_fields.toml").read_text(encoding="utf-8"))
EACH = [(entity, field) for entity, fields in FIELDS.items() for field in fields]
ASKED = {"column", "form", "place"}
DRAWN = "".join(
    file.read_text(encoding="utf-8") for folder in ("forms", "pages") for file in (ROOT / folder).glob("*.py")
)
KEPT_BY_ALL = {
    *("id", "case_id", "version", "updated_at", "updated_by"),
    *("written_for", "written_at", "category", "about_guardian"),
}
TIED_TO = {"oppmerksomhet_id", "goal_id", "tiltak_id", "evaluation_id", "order_no"}
"""What every row with people's words has, and what only says where it belongs."""


@pytest.mark.parametrize(("entity", "field"), EACH)
def test_a_field_has_a_column_a_question_and_a_place_or_says_why_not(entity, field):
    found = FIELDS[entity][field]
    if isinstance(found, str):
        assert found
        return
    assert set(found) <= {*ASKED, "why"}
    assert set(found) >= ASKED or found.get("why")
    for name, exists in (("column", _is_a_column), ("form", _is_a_question), ("place", _is_a_place)):
        assert name not in found or exists(found[name]), found[name]


def test_every_column_with_peoples_words_is_on_the_list():
    listed = {found["column"] for fields in FIELDS.values() for found in fields.values() if "column" in found}
    kept = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        if "category" in table.c and table is not Sharing.__table__
        for column in table.c
        if column.name not in KEPT_BY_ALL | TIED_TO
    }

    assert kept - listed == set()


def test_what_stands_on_paper_is_drawn_there():
    drawn = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "bti" / "documents").glob("stafettlogg_*.py"))
    places = {found["place"] for fields in FIELDS.values() for found in fields.values() if "place" in found}
    on_paper = {place.split(".")[1] for place in places if place[0].isupper()}

    assert {name for name in on_paper if f".{name}" not in drawn} == set()


def _is_a_column(name):
    table, column = name.split(".")
    return column in Base.metadata.tables[table].c


def _is_a_question(name):
    module, form, field = name.split(".")
    return field in getattr(importlib.import_module(f"forms.{module}"), form).model_fields


def _is_a_place(name):
    """Say whether it is a field of the paper, or a function of forms/ that a page, or another form, asks."""
    where, what = name.split(".")
    if where[0].isupper():
        return what in {field.name for field in dataclasses.fields(getattr(stafettlogg_content, where))}
    return callable(getattr(importlib.import_module(f"forms.{where}"), what)) and f"{name}(" in DRAWN

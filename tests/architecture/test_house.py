"""The house rules, checked by the machine."""

import ast
import re
from pathlib import Path

import pytest

from bti import settings
from tests import translations

ROOT = Path(__file__).parents[2]
PAGES = sorted(p for p in (ROOT / "pages").glob("*.py") if p.name not in {"main.py", "__init__.py"})


def test_the_folder_of_the_main_script_holds_no_pages_of_the_old_kind():
    assert not (ROOT / "pages" / "pages").exists()


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_a_page_first_asks_who_is_here(page):
    first = next(
        statement
        for statement in ast.parse(page.read_text()).body
        if not isinstance(statement, ast.Import | ast.ImportFrom | ast.Expr)
    )
    assert re.match(r"(me|case) = here\.(me|on_the_table)\(", ast.unparse(first)), f"{page.name}: {ast.unparse(first)}"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_every_page_is_in_the_navigation(page):
    assert f'st.Page("{page.name}"' in (ROOT / "pages" / "main.py").read_text()


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_no_page_bears_the_name_of_a_module(page):
    assert page.stem not in {"bti", "forms", "web", "app", "tests"} | set(__import__("sys").stdlib_module_names)


WRITES_MARKDOWN = {
    "markdown",
    "write",
    "caption",
    "title",
    "header",
    "subheader",
    "info",
    "error",
    "warning",
    "success",
}


@pytest.mark.parametrize(
    "file", sorted([*(ROOT / "pages").glob("*.py"), *(ROOT / "forms").glob("*.py")]), ids=lambda p: p.stem
)
def test_peoples_words_reach_the_screen_in_one_way_only(file):
    calls = [
        node.func.attr
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "st"
    ]
    assert not WRITES_MARKDOWN & set(calls)
    assert "html" not in calls or file.name == "shown.py"


def test_a_page_takes_the_number_of_a_case_from_the_address_and_nothing_else():
    reading = [
        (file.name, function.name)
        for file in sorted([*(ROOT / "pages").glob("*.py"), *(ROOT / "forms").glob("*.py")])
        for function in ast.walk(ast.parse(file.read_text()))
        if isinstance(function, ast.FunctionDef | ast.Module)
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "st.query_params"
        if isinstance(function, ast.FunctionDef) or not _is_in_a_function(function, node)
    ]
    assert set(reading) == {("here.py", "case_number")}


def _is_in_a_function(module, wanted):
    functions = (f for f in ast.walk(module) if isinstance(f, ast.FunctionDef))
    return any(node is wanted for function in functions for node in ast.walk(function))


def test_nothing_is_cached_across_people():
    for folder in ("bti", "forms", "pages", "web"):
        for file in (ROOT / folder).rglob("*.py"):
            assert "st.cache_" not in file.read_text(), file


def test_every_text_has_its_nynorsk_and_every_nynorsk_its_text():
    said = set(translations.in_the_source())
    known = translations.in_the_catalogue()
    assert said == set(known)
    assert [text for text, nynorsk in known.items() if not nynorsk] == []


def test_a_translation_carries_the_same_braces_as_its_text():
    braces = re.compile(r"\{\w+\}")
    for text, nynorsk in translations.in_the_catalogue().items():
        assert sorted(braces.findall(text)) == sorted(braces.findall(nynorsk)), text


def test_every_setting_and_every_make_target_is_described():
    operating = (ROOT / "docs" / "operating.md").read_text()
    asked = set(re.findall(r'"(BTI_[A-Z_]+)"', Path(settings.__file__).read_text()))
    assert {name for name in asked if f"`{name}`" not in operating} == set()
    described = (ROOT / "README.md").read_text() + (ROOT / "CONTRIBUTING.md").read_text()
    named = set(re.findall(r"`make ([a-z-]+)", described))
    targets = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert named <= targets


def test_every_kept_norwegian_word_is_explained():
    words = (ROOT / "docs" / "words.md").read_text()
    for word in ("stafettlogg", "stafettholder", "tiltak", "oppmerksomhet", "viddevakt", "kommune", "oppstart"):
        assert f"**{word}**" in words


LONGEST_FILE, LONGEST_FUNCTION = 300, 40
CODE = [file for folder in ("bti", "forms", "pages", "web") for file in sorted((ROOT / folder).rglob("*.py"))]
OURS = [file for file in [*CODE, ROOT / "app.py"] if "migrations" not in file.parts]


def test_what_is_long_is_split_or_has_its_reason():
    """A file or a function that reads better whole stands in docs/decisions with its reason."""
    excused = (ROOT / "docs" / "decisions" / "7-some-files-are-longer.md").read_text(encoding="utf-8")
    long = [
        name
        for file in OURS
        for name in _too_long(file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8"))
        if f"`{name}`" not in excused
    ]
    assert long == []


def _too_long(name, text):
    if len(text.splitlines()) > LONGEST_FILE:
        yield name
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= LONGEST_FUNCTION:
            yield f"{name}:{node.name}"

"""A text that is the same in both languages is looked at by somebody, and stands on the list."""

import ast
from pathlib import Path

from tests import translations

REVIEWED = Path(__file__).with_name("the_same_in_both.txt")


def test_a_text_that_is_the_same_in_nynorsk_has_been_looked_at():
    same = {text for text, nynorsk in translations.in_the_catalogue().items() if text == nynorsk}
    assert same == set(REVIEWED.read_text(encoding="utf-8").splitlines())


def test_no_text_is_said_inside_a_text_where_the_catalogue_does_not_see_it():
    """What gathers the texts does not look into an f-string: such a text would have no nynorsk, and nobody would be told."""
    known = set(translations.in_the_source())
    unseen = [
        (file.name, said.args[0].value)
        for folder in translations.FOLDERS
        for file in (translations.ROOT / folder).rglob("*.py")
        for text in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for said in ast.walk(text)
        if isinstance(said, ast.Call) and isinstance(said.func, ast.Name) and said.func.id == "_"
        if isinstance(said.args[0], ast.Constant) and said.args[0].value not in known
    ]
    assert unseen == []

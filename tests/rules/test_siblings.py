"""When a text may be about a sibling (R-68)."""

import pytest

from bti.rules.siblings import named_in


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ola kom for sent.", "Ola"),
        ("Det er Olas sekk.", "Ola"),
        ("OLA ROPTE.", "Ola"),
        ("Hun savner Per-Arne når Per er borte.", "Per"),
        ("Hun går en tur per uke.", None),
        ("Olav og Viola.", None),
        ("Solveig er glad.", None),
        ("", None),
    ],
)
def test_a_sibling_is_named_as_a_name_is_written(text, name):
    assert named_in(text, ("Ola", "Per"), "Solveig") == name


def test_a_sibling_of_the_same_name_cannot_be_told_apart():
    assert named_in("Solveig er glad.", ("Solveig", ""), "Solveig") is None


def test_a_name_that_was_noted_with_a_small_letter_is_a_name():
    assert named_in("Ola kom.", ("ola",), "Solveig") == "ola"

"""A text that is the same in both languages is looked at by somebody, and stands on the list."""

from pathlib import Path

from tests import translations

REVIEWED = Path(__file__).with_name("the_same_in_both.txt")


def test_a_text_that_is_the_same_in_nynorsk_has_been_looked_at():
    same = {text for text, nynorsk in translations.in_the_catalogue().items() if text == nynorsk}
    assert same == set(REVIEWED.read_text(encoding="utf-8").splitlines())

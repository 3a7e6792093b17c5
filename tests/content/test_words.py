"""Sentences made of what people have written."""

from bti.content.words import said_of


def test_what_is_said_of_a_tiltak_follows_its_words_and_not_its_full_stop():
    assert said_of("Leser høyt sammen.", "ingen effekt") == "Leser høyt sammen: ingen effekt"
    assert said_of("Leser høyt", "ingen effekt") == "Leser høyt: ingen effekt"

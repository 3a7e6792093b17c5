"""Streamlit's HTML page, as the shell and the policy lean on it."""

import re

from web import shell
from web.headers import policy


def test_it_has_one_inline_script_and_this_is_its_hash():
    page = shell.read()

    assert len(re.findall(r"<script(?![^>]*src)", page)) == 1
    assert "'sha256-THxz9J9+wf7rhwR2YkXJoSZ13UCmYyC+3lNDv2+8ugA='" in policy(page)


def test_it_is_english_by_hard_coding():
    assert shell.read().count('<html lang="en">') == 1


def test_it_brings_source_sans_for_the_sign_in_page():
    assert re.search(r'href="\./static/media/SourceSansVF-Upright[^"]+\.woff2"', shell.read())


def test_each_of_its_own_words_that_we_translate_is_still_one_of_its_words():
    from web.addresses import STREAMLITS_FOLDER
    from web.files import UI

    table = (UI / "norwegian.js").read_text(encoding="utf-8").partition("const WORDS = [")[2].partition("\n];")[0]
    words = re.findall(r'\[\s*"([^"]+)",', table)
    theirs = "".join(path.read_text(encoding="utf-8") for path in (STREAMLITS_FOLDER / "static" / "js").glob("*.js"))

    assert len(words) > 50
    assert [word for word in words if not _is_said(word, theirs)] == []


def _is_said(word, theirs):
    """Some sentences are put together from pieces with a variable between them."""
    pieces = re.split(r"⌘|Ctrl|(?<=to )(?:apply|submit form)$|(?<=exist)\. ", word)
    return all(piece in theirs for piece in pieces if piece)

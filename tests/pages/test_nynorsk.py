"""The pages of one case in nynorsk, in the word for stafettholder that the kommune has chosen."""

import pytest

from bti import language
from bti.casework.operating import identity
from tests.pages.conftest import NILS, OLA, SOLVEIG
from tests.pages.test_budgets import STATEMENTS


@pytest.fixture
def their_word():
    language.choose_words({"stafetthaldar": "stafettholdar"})
    yield
    language.choose_words({})


@pytest.mark.meets("scenario-24")
@pytest.mark.usefixtures("their_word")
def test_where_the_kommune_says_stafettholdar_no_page_says_stafetthaldar(browser):
    at = browser("eirik")
    identity.choose_language(identity.signed_in(at.login), "nn")
    for number in (SOLVEIG, OLA, NILS):
        for page in STATEMENTS:
            at.open(page, number)
            said = " ".join([at.text, *(b.label for b in at.at.button), *(t.label for t in at.at.toggle)])
            assert "stafetthald" not in said.casefold(), page
            assert "Stafettholder" not in said, page
    assert "Stafettholdar" in at.open("deltakere", SOLVEIG).text

"""The pages of docs/ that are made say what the code and the tests say today."""

import pytest

from tests import docs

MOST = 5


@pytest.mark.parametrize("name", docs.MADE)
def test_what_is_made_is_as_it_would_be_made_today(name):
    assert (docs.DOCS / name).read_text(encoding="utf-8") == docs.MADE[name](), "write: make docs"


def test_a_test_claims_what_exists_and_no_more_than_it_can_hold():
    ids, _later = docs.known()
    for test, claimed in docs.claims().items():
        assert set(claimed) <= set(ids), test
        assert len(claimed) <= MOST, test


def test_each_requirement_and_rule_has_its_test_or_waits_for_the_led_meeting():
    ids, later = docs.known()
    claimed = {key for keys in docs.claims().values() for key in keys}
    assert set(ids) == claimed | set(later)
    assert not claimed & set(later)

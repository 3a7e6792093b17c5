"""Barnets beste is written twice in a round (R-36)."""

import pytest

from bti.rules.best_interests import AssessedFor


@pytest.mark.meets("R-36", "S0-43")
def test_it_is_written_for_the_plan_and_for_the_decision():
    assert [a.value for a in AssessedFor] == ["plan", "decision"]

"""The table most of what is done is tried at."""

import pytest

from tests.casework.test_five_steps import Table
from tests.cast import SOLVEIGS


@pytest.fixture
def table(granvik, eirik, wall_clock):
    """Solveig's family and Eirik, who sit down; ``granvik`` has her log already."""
    return Table(eirik, wall_clock, number=SOLVEIGS)

"""Facts before interpretation, resources before challenges; each text lies where those may read it who should."""

import pytest

from bti.rules.consent import Answer, Category, ConsentLevel
from bti.rules.situation import CATEGORY_OF, OF_THE_FAMILY, SituationKind

AGREEMENTS, EVERYDAY = (Answer(level).categories() for level in (ConsentLevel.AGREEMENTS, ConsentLevel.EVERYDAY))


@pytest.mark.parametrize("kind", SituationKind)
def test_what_works_at_home_is_about_the_home_and_all_else_about_the_everyday(kind):
    home = kind in OF_THE_FAMILY

    assert CATEGORY_OF[kind] is (Category.FAMILY_HOME if home else Category.SCHOOL_KINDERGARTEN)


@pytest.mark.parametrize("kind", SituationKind)
def test_a_service_with_the_agreements_alone_reads_nothing_of_the_situation(kind):
    assert CATEGORY_OF[kind] not in AGREEMENTS
    assert (CATEGORY_OF[kind] in EVERYDAY) is (kind not in OF_THE_FAMILY)

"""Facts before interpretation, resources before challenges; each text lies where those may read it who should."""

import pytest

from bti.errors import Reason, Refused
from bti.rules.consent import Answer, Category, ConsentLevel
from bti.rules.evaluation import Effect
from bti.rules.situation import (
    BUILT_ON,
    CATEGORY_OF,
    EFFECTS,
    FURTHER,
    NOT_TRIED,
    OF_THE_FAMILY,
    RESOURCES_FIRST,
    SituationKind,
    Tried,
    check_category,
    check_further,
    check_tried,
)

AGREEMENTS, EVERYDAY = (Answer(level).categories() for level in (ConsentLevel.AGREEMENTS, ConsentLevel.EVERYDAY))


@pytest.mark.parametrize("kind", SituationKind)
def test_what_works_at_home_is_about_the_home_and_all_else_about_the_everyday(kind):
    home = kind in OF_THE_FAMILY

    assert CATEGORY_OF[kind] is (Category.FAMILY_HOME if home else Category.SCHOOL_KINDERGARTEN)


@pytest.mark.parametrize("kind", SituationKind)
def test_a_service_with_the_agreements_alone_reads_nothing_of_the_situation(kind):
    assert CATEGORY_OF[kind] not in AGREEMENTS
    assert (CATEGORY_OF[kind] in EVERYDAY) is (kind not in OF_THE_FAMILY)


@pytest.mark.parametrize("chosen", Category)
@pytest.mark.parametrize("open_to_writer", [frozenset(Category), AGREEMENTS])
def test_a_writer_chooses_among_what_she_sees_and_never_the_childs_own_words(chosen, open_to_writer):
    if chosen in open_to_writer and chosen is not Category.CHILD_STATEMENTS:
        check_category(chosen, open_to_writer)
        return

    with pytest.raises(Refused) as refusal:
        check_category(chosen, open_to_writer)
    assert (refusal.value.reason, refusal.value.field) == (Reason.NOT_A_CHOICE, "category")


def test_what_can_be_built_on_is_read_first_and_everything_has_its_place():
    assert set(RESOURCES_FIRST) == set(SituationKind)
    assert set(RESOURCES_FIRST[: len(BUILT_ON)]) == BUILT_ON


@pytest.mark.meets("S3-18")
def test_what_the_family_tells_is_read_before_what_the_others_have_seen():
    assert RESOURCES_FIRST.index(SituationKind.TOLD) < RESOURCES_FIRST.index(SituationKind.OBSERVATION)


@pytest.mark.parametrize("kind", SituationKind)
def test_what_has_a_place_of_its_own_is_written_there(kind):
    if kind in FURTHER:
        check_further(kind)
        return

    with pytest.raises(Refused) as refusal:
        check_further(kind)
    assert (refusal.value.reason, refusal.value.field) == (Reason.NOT_A_CHOICE, "kind")


@pytest.mark.parametrize("kind", FURTHER)
@pytest.mark.parametrize("effect", [None, *Effect])
def test_only_what_was_tried_had_an_effect_and_it_is_over(kind, effect):
    tried = Tried(period="i fjor", effect=effect)
    check_tried(kind, NOT_TRIED)
    if kind is SituationKind.TRIED and effect in {None, *EFFECTS}:
        check_tried(kind, tried)
        return

    with pytest.raises(Refused) as refusal:
        check_tried(kind, tried)
    assert (refusal.value.reason, refusal.value.field) == (Reason.NOT_A_CHOICE, "effect")

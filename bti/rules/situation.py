"""What is known about the child's situation: facts before interpretation, resources before challenges."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Final

from bti.errors import Reason, Refused
from bti.rules.consent import Category


class SituationKind(StrEnum):
    """Which question a text about the situation answers."""

    CORE = "core"
    RESOURCE = "resource"
    RESOURCE_CHILD = "resource_child"
    RESOURCE_SURROUNDINGS = "resource_surroundings"
    CHALLENGE = "challenge"
    MASTERS = "masters"
    WORKS_FAMILY = "works_family"
    WORKS_SCHOOL = "works_school"
    ABOUT_GUARDIAN = "about_guardian"


FURTHER: Final = (
    SituationKind.MASTERS,
    SituationKind.WORKS_FAMILY,
    SituationKind.WORKS_SCHOOL,
    SituationKind.RESOURCE_CHILD,
    SituationKind.RESOURCE_SURROUNDINGS,
    SituationKind.CHALLENGE,
)
"""What may be written beside the three questions of step 1, for who wants to. None of it is asked for."""
ONE_OF_EACH: Final = frozenset({SituationKind.MASTERS, SituationKind.WORKS_FAMILY, SituationKind.WORKS_SCHOOL})
"""What is one text: more of it comes after what was written before."""
BUILT_ON: Final = frozenset(
    {SituationKind.RESOURCE, SituationKind.RESOURCE_CHILD, SituationKind.RESOURCE_SURROUNDINGS} | ONE_OF_EACH
)
"""What can be built on, for where the tiltak are chosen (S0-29)."""
RESOURCES_FIRST: Final = (
    SituationKind.RESOURCE,
    SituationKind.RESOURCE_CHILD,
    SituationKind.RESOURCE_SURROUNDINGS,
    SituationKind.MASTERS,
    SituationKind.WORKS_FAMILY,
    SituationKind.WORKS_SCHOOL,
    SituationKind.CORE,
    SituationKind.CHALLENGE,
    SituationKind.ABOUT_GUARDIAN,
)
"""The order it is read in, on the screen and on paper."""
OF_THE_FAMILY: Final = frozenset({SituationKind.WORKS_FAMILY, SituationKind.ABOUT_GUARDIAN})
CATEGORY_OF: Final[Mapping[SituationKind, Category]] = {
    kind: Category.FAMILY_HOME if kind in OF_THE_FAMILY else Category.SCHOOL_KINDERGARTEN for kind in SituationKind
}


def check_further(kind: SituationKind) -> None:
    """Refuse what has a place of its own: the three questions, and what is about a guardian (R-59)."""
    if kind not in FURTHER:
        raise Refused(Reason.NOT_A_CHOICE, field="kind")


def check_category(chosen: Category, open_to_writer: Collection[Category]) -> None:
    """Refuse what the writer cannot see herself, and the child's own words, which lie where the child says (R-34)."""
    if chosen is Category.CHILD_STATEMENTS or chosen not in open_to_writer:
        raise Refused(Reason.NOT_A_CHOICE, field="category")

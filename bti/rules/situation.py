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
    CHALLENGE = "challenge"
    MASTERS = "masters"
    WORKS_FAMILY = "works_family"
    WORKS_SCHOOL = "works_school"
    ABOUT_GUARDIAN = "about_guardian"


OF_THE_FAMILY: Final = frozenset({SituationKind.WORKS_FAMILY, SituationKind.ABOUT_GUARDIAN})
CATEGORY_OF: Final[Mapping[SituationKind, Category]] = {
    kind: Category.FAMILY_HOME if kind in OF_THE_FAMILY else Category.SCHOOL_KINDERGARTEN for kind in SituationKind
}


def check_category(chosen: Category, open_to_writer: Collection[Category]) -> None:
    """Refuse what the writer cannot see herself, and the child's own words, which lie where the child says (R-34)."""
    if chosen is Category.CHILD_STATEMENTS or chosen not in open_to_writer:
        raise Refused(Reason.NOT_A_CHOICE, field="category")

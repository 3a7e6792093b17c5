"""What is known about the child's situation: facts before interpretation, resources before challenges."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

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

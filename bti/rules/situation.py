"""What is known about the child's situation: facts before interpretation, resources before challenges."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bti.errors import Reason, Refused
from bti.rules.consent import Category
from bti.rules.evaluation import Effect


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
    TOLD = "told"
    OBSERVATION = "observation"
    TRIED = "tried"
    ABOUT_GUARDIAN = "about_guardian"


class TriedBy(StrEnum):
    """Who tried something before there was a case."""

    SCHOOL = "school"
    FAMILY = "family"
    OTHER_SERVICE = "other_service"


@dataclass(frozen=True)
class Tried:
    """When something was tried, what it did and who did it; none of it has to be known (S2-12)."""

    period: str = ""
    effect: Effect | None = None
    by: TriedBy | None = None


NOT_TRIED: Final = Tried()
EFFECTS: Final = (Effect.DESIRED, Effect.SOME, Effect.NONE, Effect.NEGATIVE)
"""What something that was tried may have done: it is over, so it is never too early to say."""


FURTHER: Final = (
    SituationKind.MASTERS,
    SituationKind.WORKS_FAMILY,
    SituationKind.WORKS_SCHOOL,
    SituationKind.RESOURCE_CHILD,
    SituationKind.RESOURCE_SURROUNDINGS,
    SituationKind.CHALLENGE,
    SituationKind.TOLD,
    SituationKind.OBSERVATION,
    SituationKind.TRIED,
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
    SituationKind.TOLD,
    SituationKind.OBSERVATION,
    SituationKind.CHALLENGE,
    SituationKind.TRIED,
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


def check_tried(kind: SituationKind, tried: Tried) -> None:
    """Refuse an effect of what has not been tried, and one that is not known yet."""
    if tried != NOT_TRIED and (kind is not SituationKind.TRIED or tried.effect not in {None, *EFFECTS}):
        raise Refused(Reason.NOT_A_CHOICE, field="effect")


def check_category(chosen: Category, open_to_writer: Collection[Category]) -> None:
    """Refuse what the writer cannot see herself, and the child's own words, which lie where the child says (R-34)."""
    if chosen is Category.CHILD_STATEMENTS or chosen not in open_to_writer:
        raise Refused(Reason.NOT_A_CHOICE, field="category")

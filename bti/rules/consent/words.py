"""What can be asked and answered about consent, in words."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Category(StrEnum):
    """What a row with people's words is about. The family chooses levels, never categories."""

    SCHOOL_KINDERGARTEN = "school_kindergarten"
    WELLBEING_SOCIAL = "wellbeing_social"
    HEALTH = "health"
    FAMILY_HOME = "family_home"
    ASSESSMENT = "assessment"
    TILTAK_AND_EVALUATION = "tiltak_and_evaluation"
    CHILD_STATEMENTS = "child_statements"


class ConsentLevel(StrEnum):
    """How much a service may see."""

    NO = "no"
    AGREEMENTS = "agreements"
    EVERYDAY = "everyday"


class ConsentAddition(StrEnum):
    """What may come on top of a level, when the family wants it."""

    HEALTH = "health"
    FAMILY_HOME = "family_home"
    ASSESSMENT = "assessment"


class Purpose(StrEnum):
    """What the answer is for. A yes to the first is not a yes to the second (R-08)."""

    COOPERATE = "cooperate"
    EXTERNAL_HELP = "external_help"


class ConsentForm(StrEnum):
    """How an answer was given."""

    ELECTRONIC = "electronic"
    WRITTEN = "written"
    ORAL = "oral"


class Period(StrEnum):
    """How long the family lets an answer count."""

    SUMMER = "summer"
    YEAR = "year"


class YesNo(StrEnum):
    """A question with two answers, none of them chosen beforehand."""

    NO = "no"
    YES = "yes"


class Said(StrEnum):
    """What a consenter says to what was read back: yes or no to all of it, or not the same for each service."""

    YES = "yes"
    NO = "no"
    DIFFERS = "differs"


class YouthRule(StrEnum):
    """Who answers from the policy age on: guardians and youth, either of them, or the youth alone."""

    AND = "and"
    OR = "or"
    ALONE = "alone"


class ConsentState(StrEnum):
    """Where one service stands. Derived, never stored."""

    NOT_ASKED = "not_asked"
    AWAITING = "awaiting"
    ACTIVE = "active"
    REFUSED = "refused"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    NEEDS_YOUTH = "needs_youth"


INSIDE: Final[Mapping[ConsentLevel, frozenset[Category]]] = {
    ConsentLevel.NO: frozenset(),
    ConsentLevel.AGREEMENTS: frozenset({Category.TILTAK_AND_EVALUATION}),
    ConsentLevel.EVERYDAY: frozenset(
        {Category.TILTAK_AND_EVALUATION, Category.SCHOOL_KINDERGARTEN, Category.WELLBEING_SOCIAL}
    ),
}


SHARED_BY_LEVEL: Final = tuple(c for c in Category if c is not Category.CHILD_STATEMENTS)


ADULT: Final = 18

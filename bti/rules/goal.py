"""What we look at together and want to reach: in which area, and how far we have come."""

from enum import StrEnum


class Area(StrEnum):
    """What part of the child's life an oppmerksomhet is about."""

    LEARNING = "learning"
    LANGUAGE = "language"
    SOCIAL_INTERACTION = "social_interaction"
    EMOTIONS = "emotions"
    BEHAVIOUR = "behaviour"
    HEALTH = "health"
    FAMILY_HOME = "family_home"
    ABSENCE = "absence"
    LEISURE = "leisure"
    OTHER = "other"


class GoalStatus(StrEnum):
    """How far we have come with a goal."""

    OPEN = "open"
    REACHED = "reached"
    PARTLY = "partly"
    DROPPED = "dropped"

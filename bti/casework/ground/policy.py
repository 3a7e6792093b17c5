"""What the kommune has decided, as the rules ask for it."""

from bti import language
from bti.content.kommune import Kommune
from bti.content.kommune import kommune as read_kommune
from bti.rules.consent import Policy, YouthRule
from bti.store.current import database


def kommune() -> Kommune:
    """Return the kommune's decisions."""
    return read_kommune(database().data)


def take_up_words() -> None:
    """Say from now on what the kommune calls things in nynorsk, on screen, at sign-in and on paper."""
    language.choose_words(kommune().words.model_dump())


def policy() -> Policy:
    """Return the kommune's rules of consent."""
    decided = kommune().consent
    rule = YouthRule(decided.youth_rule)
    return Policy(decided.youth_age, rule, decided.health_age, decided.answer_ahead_days, decided.guardians_read_health)


def policy_mark() -> str:
    """Return the mark of those rules; windows made under another mark count as shut."""
    return kommune().policy_mark()

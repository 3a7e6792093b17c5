"""What the family reads by relation: each is a reader of her or his own (R-59, model.md 5.3 and 14)."""

from datetime import date, datetime

from bti import clock
from bti.rules.consent.facts import Consenter, Facts, Policy, birthday
from bti.rules.consent.gate import Item, shown_to
from bti.rules.consent.words import Category


def can_read(facts: Facts, item: Item, *, person: Consenter, at: datetime) -> bool:
    """Say whether one of the family may see the item: all but what is about a guardian who has not let her (R-59)."""
    is_own = person == facts.child and item.category is Category.CHILD_STATEMENTS
    is_let = item.about in {None, person} or is_own or person in shown_to(facts, item.about, at)
    read = guardians_read(facts.birth_date, clock.day(at), facts.policy)
    return is_let and (person == facts.child or item.category in read)


def guardians_read(born: date | None, on: date, policy: Policy) -> frozenset[Category]:
    """Return what a guardian reads by being one: all, unless the kommune leaves health to the youth from the health age."""
    if policy.guardians_read_health or born is None or on < birthday(born, policy.health_age):
        return frozenset(Category)
    return frozenset(Category) - {Category.HEALTH}

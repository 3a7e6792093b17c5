"""A supplement: the family is asked about more, and what it has said before stands (R-06)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from bti import clock
from bti.rules.consent.facts import Answer, Consenter, Facts, Service
from bti.rules.consent.gate import opened_by, standing_words
from bti.rules.consent.words import INSIDE, Category, ConsentAddition, ConsentLevel, Purpose

_MORE_THAN_AGREEMENTS = INSIDE[ConsentLevel.EVERYDAY] - INSIDE[ConsentLevel.AGREEMENTS]


def before(facts: Facts, consent: object) -> Facts:
    """Return the facts without what was said under one consent: what stood when it was asked."""
    return replace(facts, declarations=tuple(d for d in facts.declarations if d.consent != consent))


def with_what_stands(
    facts: Facts, person: Consenter, service: Service, purpose: Purpose, said: Answer, at: datetime
) -> Answer:
    """Return what an answer about more comes to: a yes adds to what stands, a no leaves it as it is.

    Where nothing stands, the answer is the answer. What was taken out of a level stays out, unless just that is added.
    """
    stands = opened_by(facts, person, service, purpose, at)
    if not stands:
        return said
    words = standing_words(facts, person, service, purpose, at)
    out = frozenset().union(*(d.answers[service].exclusions for d in words))
    level = ConsentLevel.EVERYDAY if stands & _MORE_THAN_AGREEMENTS else ConsentLevel.AGREEMENTS
    additions = frozenset(a for a in ConsentAddition if Category(a.value) in stands)
    if said.level is ConsentLevel.NO:
        return Answer(level, additions, out)
    added = {Category(a.value) for a in said.additions}
    higher = max(level, said.level, key=list(ConsentLevel).index)
    return Answer(higher, additions | said.additions, (out - added) | said.exclusions)


def ends_with(facts: Facts, services: Iterable[Service], purpose: Purpose, until: date, at: datetime) -> date:
    """Return the last day of a supplement: never later than ``until``, nor than anything that stands for the services.

    So an answer about more prolongs nothing that was said before.
    """
    people = {d.consenter for d in facts.declarations}
    said = (d for s in services for p in people for d in standing_words(facts, p, s, purpose, at))
    return min([until, *(d.valid_to for d in said if d.valid_to >= clock.day(at))])

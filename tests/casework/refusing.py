"""One refused example for each rule that stops (BLOCK in the list of rules).

A module ``refusals_*.py`` holds the examples of one group. ``test_every_rule_stops.py`` runs each twice: as it stands it is
refused for the reason the rule gives; with the rule replaced by one that always says yes it goes through, or stops later
for something else. An example that is refused both times tests another rule than it says.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bti.errors import Reason


@dataclass(frozen=True)
class Example:
    """An act that ``rule`` refuses: ``act`` gets the table of Solveig's family and must end in ``reason``."""

    rule: str
    by: str
    says_yes: Any
    reason: Reason
    act: Callable[[Any], object]


EXAMPLES: list[Example] = []


def refuses(
    rule: str, *, by: str, reason: Reason, says_yes: Any = None
) -> Callable[[Callable[[Any], object]], Callable[[Any], object]]:
    """Note an example. ``by`` is the dotted name the rule is asked by; ``says_yes`` is what it answers when it is switched off."""

    def note(act: Callable[[Any], object]) -> Callable[[Any], object]:
        EXAMPLES.append(Example(rule, by, says_yes, reason, act))
        return act

    return note

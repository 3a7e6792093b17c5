"""Small words the parts of the stafettlogg share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bti.language import _

if TYPE_CHECKING:
    from collections.abc import Iterable


def newest_first(rounds: Iterable[int]) -> list[int]:
    """Return each round once, the newest first."""
    return sorted(set(rounds), reverse=True)


def of_the_round(heading: str, number: int, rounds: int) -> str:
    """Return the heading, with its round when there has been more than one."""
    return heading if rounds == 1 else _("{overskrift}, runde {nr}", overskrift=heading, nr=number)

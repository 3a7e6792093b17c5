"""How long a sign-in lasts, and how long somebody who guesses must wait."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

IDLE: Final = timedelta(minutes=30)
ABSOLUTE: Final = timedelta(hours=9)
SEEN_EVERY: Final = timedelta(minutes=1)
REMEMBERED: Final = timedelta(hours=1)
FREE_TRIES: Final = 5
LONGEST_WAIT: Final = timedelta(minutes=15)


def is_alive(created: datetime, last_seen: datetime, ended: datetime | None, now: datetime) -> bool:
    """Say whether a sign-in still counts: not ended, not idle too long, not older than a day's work."""
    return ended is None and now - last_seen < IDLE and now - created < ABSOLUTE


def free_again(failures: Sequence[datetime]) -> datetime | None:
    """Return when the next try is free after these failures: 1, 2, 4 … 15 minutes from the fifth on; nothing before."""
    over = len(failures) - FREE_TRIES
    if over < 0:
        return None
    return max(failures) + min(timedelta(minutes=2 ** min(over, 4)), LONGEST_WAIT)

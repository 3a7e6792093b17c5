"""Keys of rows: UUIDv7, so that rows written together lie together, in order, and no key tells a count."""

import secrets
import threading
from typing import Final
from uuid import UUID

from bti import clock

CHANCE: Final = 74
"""Bits of a key that are chance; before them stand 48 bits of milliseconds."""
A_STEP: Final = 16

_one_at_a_time = threading.Lock()
_last = 0


def new() -> UUID:
    """Return a fresh key. A key made later in this process sorts after the earlier ones, also within a millisecond."""
    global _last  # noqa: PLW0603 - the order of keys is the process's own
    drawn = (int(clock.now().timestamp() * 1000) << CHANCE) | secrets.randbits(CHANCE)
    with _one_at_a_time:
        _last = drawn = max(drawn, _last + 1 + secrets.randbits(A_STEP))
    before, after = drawn >> 62, drawn & ((1 << 62) - 1)
    time, middle = before >> 12, before & 0xFFF
    return UUID(int=(time << 80) | (0x7 << 76) | (middle << 64) | (0x2 << 62) | after)

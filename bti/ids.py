"""Keys of rows: UUIDv7, so that rows written together lie together and no key tells a count."""

import secrets
from uuid import UUID

from bti import clock


def new() -> UUID:
    """Return a fresh key: 48 bits of milliseconds, then chance."""
    milliseconds = int(clock.now().timestamp() * 1000)
    bits = (milliseconds << 80) | secrets.randbits(80)
    bits = bits & ~(0xF << 76) | (0x7 << 76)
    bits = bits & ~(0x3 << 62) | (0x2 << 62)
    return UUID(int=bits)

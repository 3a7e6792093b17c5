"""Passwords: argon2id, at most two at a time, and the same work for somebody who does not exist."""

from functools import cache
from threading import BoundedSemaphore
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bti import settings

LANES: Final = 4
_AT_ONCE: Final = BoundedSemaphore(2)


@cache
def _hasher() -> PasswordHasher:
    chosen = settings.read()
    return PasswordHasher(time_cost=chosen.password_passes, memory_cost=chosen.password_memory_kib, parallelism=LANES)


@cache
def _nobodys() -> str:
    return _hasher().hash("nobody's password")


def hashed(password: str) -> str:
    """Return what is stored of a password."""
    with _AT_ONCE:
        return _hasher().hash(password)


def fits(password: str, stored: str | None) -> bool:
    """Say whether the password is the one that was stored. Without a stored one it takes as long, and is no."""
    with _AT_ONCE:
        try:
            return _hasher().verify(stored or _nobodys(), password) and stored is not None
        except (VerificationError, InvalidHashError):
            return False

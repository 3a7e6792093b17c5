"""What the one who runs the server may set, read from the environment once.

Every name is described in docs/operating.md; a test holds the two together.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bti.errors import CannotStart

SHIPPED_MEMORY_KIB = 65536
SHIPPED_PASSES = 3


@dataclass(frozen=True)
class Settings:
    """The settings of this server."""

    data: Path
    key_file: Path
    database_url: str
    owner_url: str
    origin: str
    port: int
    password_memory_kib: int
    password_passes: int

    @property
    def host_name(self) -> str:
        """The name people type for this server, or nothing when it serves its own machine only."""
        return urlsplit(self.origin).hostname or ""

    @property
    def behind_tls(self) -> bool:
        """Whether people reach this server over https, through a proxy."""
        return self.origin.startswith("https://")


def read(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings, or refuse with a sentence that names the one that is wrong."""
    data = Path(environment.get("BTI_DATA") or "var").resolve()
    origin = (environment.get("BTI_ORIGIN") or "").rstrip("/")
    if origin and not (origin.startswith("https://") and urlsplit(origin).hostname):
        raise CannotStart("BTI_ORIGIN må være adressen folk skriver, for eksempel https://bti.granvik.kommune.no")
    settings = Settings(
        data=data,
        key_file=Path(environment.get("BTI_KEY_FILE") or data / "bti.key").resolve(),
        database_url=environment.get("BTI_DATABASE_URL") or "",
        owner_url=environment.get("BTI_DATABASE_OWNER_URL") or "",
        origin=origin,
        port=_number(environment, "BTI_PORT", 8501),
        password_memory_kib=_number(environment, "BTI_PASSWORD_MEMORY_KIB", SHIPPED_MEMORY_KIB),
        password_passes=_number(environment, "BTI_PASSWORD_PASSES", SHIPPED_PASSES),
    )
    if origin and (settings.password_memory_kib, settings.password_passes) < (SHIPPED_MEMORY_KIB, SHIPPED_PASSES):
        raise CannotStart("BTI_PASSWORD_MEMORY_KIB og BTI_PASSWORD_PASSES kan bare settes ned i tester.")
    return settings


def _number(environment: Mapping[str, str], name: str, otherwise: int) -> int:
    given = environment.get(name)
    if not given:
        return otherwise
    if not given.isdecimal():
        raise CannotStart(f"{name} må være et tall, men er «{given}».")
    return int(given)

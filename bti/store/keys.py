"""The two keys of an installation: one encrypts the database, one seals the audit. A lost key is lost data."""

import os
import secrets
from pathlib import Path

from bti.errors import CannotStart
from bti.settings import Settings

BYTES = 32


def database_key(settings: Settings, *, make: bool) -> str:
    """Return the database's key as 64 hexadecimal digits; make one when ``make`` and there is none."""
    return _key(settings.key_file, make=make)


def audit_key(settings: Settings, *, make: bool) -> bytes:
    """Return the key that seals the audit."""
    return bytes.fromhex(_key(settings.data / "audit.key", make=make))


def _key(path: Path, *, make: bool) -> str:
    if not path.exists():
        if not make:
            raise CannotStart(
                f"Nøkkelfila {path} mangler. Uten den kan ikke databasen leses. Legg den tilbake fra sikkerhetskopien."
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(BYTES) + "\n")
    if path.stat().st_mode & 0o077:
        raise CannotStart(f"Nøkkelfila {path} kan leses av andre. Skriv: chmod 600 {path}")
    key = path.read_text(encoding="ascii", errors="replace").strip()
    if len(key) != 2 * BYTES or not all(c in "0123456789abcdef" for c in key):
        raise CannotStart(f"Nøkkelfila {path} er ødelagt: den skal inneholde {2 * BYTES} sifre (0–9, a–f).")
    return key

"""How long the audit was when it was last written to, kept beside the database: a tail that is lost is seen."""

import hmac
import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Head:
    """The file ``audit.head``: the number of the newest entry, its seal, and a seal over both."""

    path: Path
    key: bytes

    def write(self, count: int, mac: str) -> None:
        """Replace the file as a whole; a reader never meets half of it."""
        beside = self.path.with_suffix(".new")
        beside.write_text(json.dumps({"count": count, "mac": mac, "seal": self._seal(count, mac)}), encoding="ascii")
        beside.replace(self.path)

    def read(self) -> tuple[int, str] | None:
        """Return the number and the seal, or nothing when the file is missing or not ours."""
        try:
            kept = json.loads(self.path.read_text(encoding="ascii"))
            count, mac, seal = int(kept["count"]), str(kept["mac"]), str(kept["seal"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return (count, mac) if hmac.compare_digest(seal, self._seal(count, mac)) else None

    def _seal(self, count: int, mac: str) -> str:
        return hmac.new(self.key, f"{count}:{mac}".encode(), "sha256").hexdigest()

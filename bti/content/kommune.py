"""What a kommune decides for itself. The defaults lie here; the kommune's own file in BTI_DATA holds only what differs."""

import hashlib
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bti.errors import CannotStart

DEFAULTS: Final = Path(__file__).with_name("kommune.toml")
OWN: Final = "kommune.toml"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ConsentPolicy(_Part):
    """Who answers, and for how long (R-03)."""

    youth_age: int = Field(ge=12, le=18)
    youth_rule: Literal["and", "or", "alone"]
    health_age: int = Field(ge=12, le=18)
    school_year_ends: tuple[int, int]
    answer_ahead_days: int = Field(ge=0, le=180)


class Levels(_Part):
    """What the kommune calls its levels, and how many services take part from the third on (K1, R-14)."""

    clarify: str
    own_service: str
    municipal: str
    external: str
    least_services: int = Field(ge=1, le=6)


class Holiday(_Part):
    """Days without school, both included (R-66)."""

    first: date
    last: date


class SchoolCalendar(_Part):
    """When there is no school."""

    holidays: tuple[Holiday, ...]


class TiltakPolicy(_Part):
    """Which words make a tiltak one that may need an enkeltvedtak (R-57)."""

    formal_decision: tuple[str, ...]


class Stamp(_Part):
    """What the paper says about who may read it. The reference is law, so it says when somebody last checked it."""

    title_nb: str
    title_nn: str
    reference: str
    checked_on: date


class Contact(_Part):
    """Whom to turn to."""

    coordinator: str
    barnevern_phone: str
    police_phone: str


class SeedService(_Part):
    """A service of a new installation; after that, services are rows."""

    code: str = Field(pattern=r"^[a-z0-9_-]{2,40}$")
    name_nb: str
    name_nn: str
    kind: str
    may_create: bool = False
    sensitive_membership: bool = False
    why_nb: str
    why_nn: str
    archive_unit: str = ""


class Kommune(_Part):
    """The kommune's own decisions."""

    name: str
    unit_nb: str
    unit_nn: str
    consent: ConsentPolicy
    levels: Levels
    school_calendar: SchoolCalendar
    tiltak: TiltakPolicy
    stamp: Stamp
    contact: Contact
    services: tuple[SeedService, ...] = Field(alias="service")

    def policy_mark(self) -> str:
        """Return a short mark of the rules of consent; windows made under another mark count as shut."""
        return hashlib.sha256(self.consent.model_dump_json().encode()).hexdigest()[:16]


@cache
def kommune(data: Path) -> Kommune:
    """Read the kommune's decisions, or refuse to start with the file and the line that is wrong."""
    decided = _read(DEFAULTS)
    own = data / OWN
    if own.exists():
        decided = _laid_over(decided, _read(own))
    try:
        return Kommune.model_validate(decided)
    except ValidationError as wrong:
        raise CannotStart(_where(own if own.exists() else DEFAULTS, wrong)) from wrong


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise CannotStart(f"{path}: {wrong}") from wrong


def _laid_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    both = {**below, **above}
    for name in below.keys() & above.keys():
        if isinstance(below[name], dict) and isinstance(above[name], dict):
            both[name] = _laid_over(below[name], above[name])
    return both


def _where(path: Path, wrong: ValidationError) -> str:
    """Say file, line and what is wrong, so that somebody with an editor can mend it."""
    problem = wrong.errors()[0]
    names = [str(part) for part in problem["loc"]]
    word = next((name for name in reversed(names) if not name.isdigit()), "")
    lines = path.read_text(encoding="utf-8").splitlines()
    line = next((n for n, text in enumerate(lines, 1) if text.split("=")[0].strip(" []\"'") == word), 1)
    return f"{path}, linje {line}: «{'.'.join(names)}» {problem['msg'].lower()}"

"""What a kommune decides for itself. The defaults lie here; the kommune's own file in BTI_DATA holds only what differs."""

import hashlib
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)

from bti.content import misprint
from bti.errors import CannotStart
from bti.rules.people import ServiceKind, ServiceOwner
from bti.rules.privacy import PHONE, SHORT
from bti.rules.workflow import Level

DEFAULTS: Final = Path(__file__).with_name("kommune.toml")
OWN: Final = "kommune.toml"
LONGEST_HOLIDAY: Final = timedelta(days=100)


def _can_be_shown(text: str) -> str:
    """Refuse what no page and no paper can draw, and PostgreSQL cannot keep."""
    if any(unicodedata.category(letter) == "Cc" for letter in text):
        raise ValueError("har tegn som ikke kan vises")
    return text


_SHOWN: Final = AfterValidator(_can_be_shown)
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=SHORT), _SHOWN]
"""A text on one line, with room for it in a row. It may stand empty."""
Phone = Annotated[str, StringConstraints(strip_whitespace=True, max_length=PHONE), _SHOWN]
Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=SHORT), _SHOWN]
"""A name that is said somewhere: a level without one, or a service, would leave a hole in the sentence."""
Told = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), _SHOWN]
"""The same for what is told in a few words more."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ConsentPolicy(_Part):
    """Who answers, and for how long (R-03)."""

    youth_age: int = Field(ge=12, le=18)
    youth_rule: Literal["and", "or", "alone"]
    health_age: int = Field(ge=12, le=18)
    guardians_read_health: bool
    guardian_rule: Literal["all"]
    """Everyone with foreldreansvar. Another rule for one child is a decision in that case, with a name and a reason."""
    school_year_ends: tuple[Annotated[int, Field(ge=1, le=12)], Annotated[int, Field(ge=1, le=31)]]
    answer_ahead_days: int = Field(ge=0, le=180)
    remind_days: tuple[Annotated[int, Field(ge=1, le=180)], ...]

    @field_validator("school_year_ends")
    @classmethod
    def _is_a_day(cls, month_and_day: tuple[int, int]) -> tuple[int, int]:
        date(2023, *month_and_day)  # a year without 29 February, so that the day is there each year
        return month_and_day


class LeastServices(_Part):
    """How many services take part at a level, the owner service counted."""

    municipal: int = Field(ge=1, le=6)
    external: int = Field(ge=1, le=6)


class Levels(_Part):
    """What the kommune calls its levels, and how many services take part from the third on (K1, R-14)."""

    clarify: Said
    own_service: Said
    municipal: Said
    external: Said
    least_services: LeastServices

    def least(self, level: Level) -> int:
        """Return how many services must take part; below the third level the owner service is enough."""
        return int(getattr(self.least_services, level.value, 1))


class Kinds(_Part):
    """What holds for a kind of service until its own row says otherwise (R-12, R-56)."""

    may_create: tuple[ServiceKind, ...] = Field(min_length=1)
    sensitive_membership: tuple[ServiceKind, ...]


class Holiday(_Part):
    """Days without school, both included (R-66). One that goes on for years is a misprint: every deadline would wait for it."""

    first: date
    last: date

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.last < self.first:
            raise ValueError("ferien slutter før den begynner")
        if self.last - self.first > LONGEST_HOLIDAY:
            raise ValueError(f"ferien varer i mer enn {LONGEST_HOLIDAY.days} dager; se over årstallet")
        return self


class SchoolCalendar(_Part):
    """When there is no school: the skolerute (R-66)."""

    holidays: tuple[Holiday, ...]
    planning_days: tuple[date, ...]

    def without_school(self) -> Iterator[tuple[date, date]]:
        """Give every stretch without school as its first and last day."""
        yield from ((h.first, h.last) for h in self.holidays)
        yield from ((day, day) for day in self.planning_days)


class TiltakPolicy(_Part):
    """Which words make a tiltak one that may need an enkeltvedtak (R-57), and from what age the youth has an own tiltak."""

    youth_measure_age: int = Field(ge=7, le=18)
    formal_decision: tuple[Annotated[str, StringConstraints(strip_whitespace=True, min_length=3)], ...]


class Screen(_Part):
    """How long a screen stands open with nobody at it."""

    lock_after_minutes: int = Field(ge=1, le=30)


class Stamp(_Part):
    """What the paper says about who may read it. The reference is law, so it says when somebody last checked it."""

    title_nb: Told
    title_nn: Told
    reference: Told
    checked_on: date


class LegalReference(_Part):
    """A law the kommune leans on, and when somebody there last looked it up."""

    about_nb: Told
    about_nn: Told
    reference: Told
    checked_on: date


class Contact(_Part):
    """A person to turn to."""

    name: str
    phone: str


class People(_Part):
    """Whom everybody may turn to."""

    koordinator: Contact
    personvernombud: Contact


class Numbers(_Part):
    """The kommune's own numbers for a child in danger (R-47). None is shipped."""

    barnevern: str
    police: str
    alarm: str


class Archive(_Part):
    """Where the paper goes when a service has no archive of its own, and how long it is kept."""

    unit: str
    kept_for_nb: str
    kept_for_nn: str


class Words(_Part):
    """What the kommune calls things in nynorsk."""

    stafetthaldar: Literal["stafetthaldar", "stafettholdar"]


class SeedService(_Part):
    """A service of a new installation; after that, services are rows."""

    code: str = Field(pattern=r"^[a-z0-9_-]{2,40}$")
    name_nb: Said
    name_nn: Said
    kind: ServiceKind
    owner: ServiceOwner = ServiceOwner.KOMMUNE
    agreement_date: date | None = None
    may_create: bool | None = None
    sensitive_membership: bool | None = None
    why_nb: Told
    why_nn: Told
    archive_unit: Line = ""
    phone: Phone = ""
    contact: Line = ""


class Kommune(_Part):
    """The kommune's own decisions."""

    name: Said
    unit_nb: Said
    unit_nn: Said
    consent: ConsentPolicy
    levels: Levels
    kinds: Kinds
    school_calendar: SchoolCalendar
    tiltak: TiltakPolicy
    screen: Screen
    stamp: Stamp
    legal: tuple[LegalReference, ...]
    people: People
    numbers: Numbers
    archive: Archive
    words: Words
    services: tuple[SeedService, ...] = Field(alias="service")

    @field_validator("services")
    @classmethod
    def _each_has_a_code_of_its_own(cls, services: tuple[SeedService, ...]) -> tuple[SeedService, ...]:
        codes = [service.code for service in services]
        if twice := {code for code in codes if codes.count(code) > 1}:
            raise ValueError(f"koden {min(twice)} er brukt to ganger")
        return services

    def policy_mark(self) -> str:
        """Return a short mark of the rules of consent; windows made under another mark count as shut."""
        return hashlib.sha256(self.consent.model_dump_json().encode()).hexdigest()[:16]

    def seeded(self) -> Iterator[SeedService]:
        """Give the services of a new installation, with what holds for their kind filled in."""
        for one in self.services:
            may, sensitive = one.may_create, one.sensitive_membership
            yield one.model_copy(
                update={
                    "may_create": one.kind in self.kinds.may_create if may is None else may,
                    "sensitive_membership": one.kind in self.kinds.sensitive_membership
                    if sensitive is None
                    else sensitive,
                }
            )


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
        raise CannotStart(misprint.said(own if own.exists() else DEFAULTS, wrong)) from wrong


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

"""Staff and services from a list: first what would happen, then, when asked, all of it. Nothing that is there is touched."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final, TypeVar

from bti.casework.ground.policy import kommune
from bti.casework.operating import accounts, administering, inventory, sheet
from bti.casework.operating.sheet import Row
from bti.errors import Refused
from bti.language import LANGUAGES
from bti.rules.people import (
    AccessRole,
    ServiceKind,
    ServiceOwner,
    ServiceScope,
    StaffRole,
)
from bti.rules.privacy import PHONE, SHORT, words

USER_NEEDS: Final = ("username", "name", "service", "role")
USER_MAY: Final = ("title", "staff_role", "groups", "work_phone", "language")
SERVICE_NEEDS: Final = ("code", "name_nb", "kind")
SERVICE_MAY: Final = (
    "name_nn",
    "scope",
    "owner",
    "agreement_date",
    "may_create",
    "sensitive_membership",
    "why_nb",
    "why_nn",
    "archive_unit",
    "phone",
    "contact",
)
YES: Final = frozenset({"ja", "j", "1", "true", "yes", "x"})
NO: Final = frozenset({"nei", "n", "0", "false", "no"})

W = TypeVar("W", bound=StrEnum)
Made = Callable[[], str]


@dataclass(frozen=True)
class Plan:
    """What a file amounts to: what would be made, what is said of it, and what is wrong."""

    new: tuple[Made, ...]
    says: tuple[str, ...]
    notes: tuple[str, ...]
    faults: tuple[str, ...]


class _Wrong(Exception):
    """A cell that cannot be understood. The message is the end of a sentence that begins with the line."""


def users(content: bytes) -> Plan:
    """Read a list of staff."""
    codes, known = inventory.service_codes(), {one.username for one in inventory.accounts()}
    return _plan(
        sheet.read(content, USER_NEEDS, USER_MAY),
        key=lambda row: row.values["username"].casefold(),
        known=known,
        made=lambda row: _user(row.values, codes),
        said=lambda row: f"{row.values['username'].casefold()}: {row.values['name']}, {row.values['service']}",
    )


def services(content: bytes) -> Plan:
    """Read a list of services."""
    return _plan(
        sheet.read(content, SERVICE_NEEDS, SERVICE_MAY),
        key=lambda row: row.values["code"],
        known=set(inventory.service_codes()),
        made=lambda row: _service(row.values),
        said=lambda row: f"{row.values['code']}: {row.values['name_nb']}",
    )


def carry_out(plan: Plan) -> Iterator[str]:
    """Make what the plan says, one after another, and say what must be passed on."""
    for make in plan.new:
        yield make()


def _plan(
    found: sheet.Sheet,
    *,
    key: Callable[[Row], str],
    known: set[str],
    made: Callable[[Row], Made],
    said: Callable[[Row], str],
) -> Plan:
    first: dict[str, int] = {}
    new, says, faults = [], [], list(found.faults)
    for row in found.rows:
        name = key(row)
        if name in first:
            faults.append(f"Linje {row.line}: «{name}» står også på linje {first[name]}.")
            continue
        first[name] = row.line
        try:
            make = made(row)
        except (_Wrong, Refused) as wrong:
            faults.append(f"Linje {row.line}: {wrong.sentence() if isinstance(wrong, Refused) else wrong}")
            continue
        if name in known:
            says.append(f"Linje {row.line}: «{name}» finnes fra før og blir ikke rørt.")
        else:
            new.append(make)
            says.append(f"Linje {row.line}: lager {said(row)}.")
    return Plan(tuple(new), tuple(says), tuple(found.notes), tuple(faults))


def _user(values: Mapping[str, str], codes: Sequence[str]) -> Made:
    given: dict[str, Any] = {
        "username": values["username"],
        "name": words(values["name"], SHORT),
        "title": words(values.get("title", ""), SHORT),
        "service": _one_of(values["service"], codes, "service"),
        "role": _word(AccessRole, values["role"], "role"),
        "staff_role": _word(StaffRole, values.get("staff_role") or StaffRole.OTHER, "staff_role"),
        "groups": words(values.get("groups", ""), accounts.GROUPS),
        "work_phone": words(values.get("work_phone", ""), PHONE),
        "language": _one_of(values.get("language") or "nb", tuple(LANGUAGES), "language"),
    }
    accounts.check_username(given["username"])

    def make() -> str:
        password = accounts.made_password()
        accounts.add_user(password=password, **given)
        return f"{given['username'].casefold()}  {password}"

    return make


def _service(values: Mapping[str, str]) -> Made:
    kind, usual = _word(ServiceKind, values["kind"], "kind"), kommune().kinds
    given: dict[str, Any] = {
        name: words(values.get(name, ""), SHORT)
        for name in ("name_nb", "name_nn", "why_nb", "why_nn", "archive_unit", "contact")
    }
    given |= {
        "code": values["code"],
        "phone": words(values.get("phone", ""), PHONE),
        "kind": kind,
        "scope": _word(ServiceScope, values.get("scope") or ServiceScope.MUNICIPAL, "scope"),
        "owner": _word(ServiceOwner, values.get("owner") or ServiceOwner.KOMMUNE, "owner"),
        "agreement_date": _day(values.get("agreement_date", "")),
        "may_create": _yes(values.get("may_create", ""), kind in usual.may_create, "may_create"),
        "sensitive_membership": _yes(
            values.get("sensitive_membership", ""), kind in usual.sensitive_membership, "sensitive_membership"
        ),
    }
    administering.check_code(given["code"])

    def make() -> str:
        administering.make_service(**given)
        return str(given["code"])

    return make


def _one_of(given: str, among: Sequence[str], column: str) -> str:
    if given not in among:
        raise _Wrong(f"«{given}» i {column}. Velg en av: {', '.join(among)}.")
    return given


def _word(kind: type[W], given: str, column: str) -> W:
    return kind(_one_of(given, [word.value for word in kind], column))


def _yes(given: str, usual: bool, column: str) -> bool:
    said = given.casefold()
    if said and said not in YES | NO:
        raise _Wrong(f"«{given}» i {column}. Skriv ja eller nei.")
    return said in YES if said else usual


def _day(given: str) -> date | None:
    if not given:
        return None
    try:
        day, month, year = (int(part) for part in given.split("."))
        return date(year, month, day)
    except ValueError:
        raise _Wrong(f"«{given}» i agreement_date. Skriv en dato, for eksempel 14.04.2026.") from None

"""Statements that cannot be run without a case and what is open in it.

A statement is registered with the tables it reads. For each of them the criteria are added that the table has columns
for, and ``OpenCase.read`` fills them in from the Sight: the case, the open categories, what a guardian has said of what is
about herself, what the family has kept a service out of, and whom the child has named. Closed rows are never loaded. (architecture.md 4, model.md 5.3)
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    Boolean,
    ColumnElement,
    Select,
    String,
    and_,
    bindparam,
    exists,
    literal,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.orm import aliased

from bti.rules.consent import Purpose
from bti.rules.people import ServiceOwner
from bti.store.tables import (
    ArchiveReceipt,
    Case,
    ChildView,
    ChildViewReader,
    Narrowing,
    OfCase,
    Oppmerksomhet,
    Ownership,
    Service,
    Sharing,
    StafettholderHandover,
    Transfer,
)
from bti.store.tables.base import Moment

REGISTER: Final[list["Reading"]] = []

CASE: Final[BindParameter[Any]] = bindparam("case")
OPEN: Final[BindParameter[Any]] = bindparam("open", expanding=True)
SERVICE: Final[BindParameter[Any]] = bindparam("service")
EVERYTHING: Final[BindParameter[Any]] = bindparam("everything")
CASES: Final[BindParameter[Any]] = bindparam("cases", expanding=True)
OWNED: Final[BindParameter[Any]] = bindparam("owned", expanding=True)
ABOUT: Final[BindParameter[Any]] = bindparam("about", expanding=True)
ABOUT_ALL: Final[BindParameter[Any]] = bindparam("about_all", type_=Boolean())
OWN: Final[BindParameter[Any]] = bindparam("own")
SINCE: Final[BindParameter[Any]] = bindparam("since", type_=Moment())
UNTIL: Final[BindParameter[Any]] = bindparam("until", type_=Moment())
OPEN_THEN: Final[BindParameter[Any]] = bindparam("open_then", expanding=True)
EVERYTHING_THEN: Final[BindParameter[Any]] = bindparam("everything_then", type_=Boolean())
ABOUT_THEN: Final[BindParameter[Any]] = bindparam("about_then", expanding=True)
ABOUT_ALL_THEN: Final[BindParameter[Any]] = bindparam("about_all_then", type_=Boolean())
"""Then: what is open besides of what was written in the reader's own stretch, in a log that has changed owner (R-62)."""
LEFT: Final[BindParameter[Any]] = bindparam("left", type_=Moment())
"""When the log went from the reader to another owner: nothing of what came after is hers (R-62)."""
MOMENTS: Final = ("joined_at", "recorded_at", "updated_at", "at")
"""Where a row without people's words says when it came: the first that it has."""
OF_THE_CHANGE: Final = (ArchiveReceipt, StafettholderHandover, Transfer)
"""What the one who is left takes part in herself after the day."""


@dataclass(frozen=True)
class Reading:
    """A prepared statement and the tables with rows of a case it reads."""

    statement: Select[*tuple[Any, ...]]
    tables: tuple[type[OfCase], ...]


def reading(statement: Select[*tuple[Any, ...]], *tables: type[OfCase]) -> Reading:
    """Prepare a statement over ``tables``, and put it in the register."""
    for table in tables:
        statement = statement.where(*criteria(table))
    prepared = Reading(statement, tables)
    REGISTER.append(prepared)
    return prepared


def criteria(table: type[OfCase]) -> Iterator[ColumnElement[bool]]:
    """Give every criterion the gate has for a row of this table."""
    columns = table.__table__.c  # type: ignore[attr-defined]  # every OfCase is mapped
    yield columns.case_id == CASE
    if moment := getattr(table, "for_the_owner_only", ""):
        yield or_(EVERYTHING, _then(columns[moment], EVERYTHING_THEN))
    if table is ChildView:
        yield _the_child_has_named_the_reader(columns)
        yield or_(columns.about_guardian.is_(None), _about_is_open(columns))
    elif "category" in columns:
        yield _open_to_the_reader(columns)
    elif table not in OF_THE_CHANGE and (came := next((name for name in MOMENTS if name in columns), "")):
        yield columns[came] < LEFT
    if table is Oppmerksomhet:
        yield columns.id.not_in(_kept_out())
    elif "oppmerksomhet_id" in columns:
        under = columns.oppmerksomhet_id
        inside = under.not_in(_kept_out())
        yield or_(under.is_(None), inside) if under.nullable else inside


def in_several_cases(table: type[OfCase]) -> Iterator[ColumnElement[bool]]:
    """Give the same criteria for a row of any of the reader's cases: what is open to her service is asked per case.

    ``CASES`` are cases she takes part in and may see, ``OWNED`` those of them her own service owns.
    """
    return open_in_several(table.__table__.c)  # type: ignore[attr-defined]  # every OfCase is mapped


def open_in_several(columns: Any) -> Iterator[ColumnElement[bool]]:
    """Give the same criteria for what has the columns of such a row."""
    yield columns.case_id.in_(CASES)
    if "category" in columns:
        window = aliased(Sharing)
        yield or_(
            and_(columns.case_id.in_(OWNED), ~exists().where(Ownership.case_id == columns.case_id)),
            _as_owner_of_several(columns),
            _as_the_own_of_several(columns),
            exists().where(
                window.case_id == columns.case_id,
                window.service_id == SERVICE,
                window.category == columns.category,
                window.about.is_not_distinct_from(columns.about_guardian),
                window.purpose == Purpose.COOPERATE,
                window.opens <= bindparam("now"),
                bindparam("now") < window.closes,
                window.policy == bindparam("policy"),
            ),
        )
    if "oppmerksomhet_id" in columns:
        yield columns.oppmerksomhet_id.not_in(_kept_out(CASES))


def _as_owner_of_several(columns: Any) -> ColumnElement[bool]:
    """Give what the reader's service reads in a log that has changed owner, as ``OpenCase.read`` does for one case (R-62)."""
    went_along = literal(",").concat(type_coerce(Ownership.before, String)).concat(",")
    category = literal(",").concat(type_coerce(columns.category, String)).concat(",")
    in_its_time = and_(
        Service.owner == ServiceOwner.KOMMUNE,
        columns.written_at >= Ownership.since,
        columns.written_at < Ownership.until,
    )
    chosen = and_(columns.about_guardian.is_(None), went_along.contains(category))
    joined = Service.id == Ownership.service_id
    return exists().where(*_has_owned(columns), joined, or_(in_its_time, chosen))


def _as_the_own_of_several(columns: Any) -> ColumnElement[bool]:
    """Give what the reader's service has written itself as owner service, when it has another owner (R-65)."""
    has_agreement = exists().where(
        Service.id == SERVICE, Service.owner == ServiceOwner.OTHER, Service.agreement_date <= bindparam("today")
    )
    log = aliased(Case)
    is_only_owner = exists().where(
        log.id == columns.case_id, log.owner_service_id == SERVICE, ~exists().where(Ownership.case_id == log.id)
    )
    return and_(
        columns.written_for == SERVICE,
        columns.about_guardian.is_(None),
        has_agreement,
        or_(exists().where(*_has_owned(columns)), is_only_owner),
    )


def _has_owned(columns: Any) -> Iterator[ColumnElement[bool]]:
    yield Ownership.case_id == columns.case_id
    yield Ownership.service_id == SERVICE
    yield Ownership.opens <= bindparam("now")
    yield bindparam("now") < Ownership.closes


def _open_to_the_reader(columns: Any) -> ColumnElement[bool]:
    """Open a row by its category; by the guardian's own yes when it is about a guardian (R-59); or as the own (R-65)."""
    in_category = and_(columns.about_guardian.is_(None), columns.category.in_(OPEN))
    as_the_own = and_(columns.about_guardian.is_(None), columns.written_for == OWN)
    of_its_time = and_(columns.about_guardian.is_(None), _then(columns.written_at, columns.category.in_(OPEN_THEN)))
    return or_(in_category, _about_is_open(columns), of_its_time, as_the_own)


def _about_is_open(columns: Any) -> ColumnElement[bool]:
    now = or_(ABOUT_ALL, columns.about_guardian.in_(ABOUT))
    of_its_time = _then(columns.written_at, or_(ABOUT_ALL_THEN, columns.about_guardian.in_(ABOUT_THEN)))
    return and_(columns.about_guardian.is_not(None), or_(now, of_its_time))


def _then(moment: Any, is_open: ColumnElement[bool]) -> ColumnElement[bool]:
    """Open what was written while the log was the reader's own, and only that (R-62)."""
    return and_(moment >= SINCE, moment < UNTIL, is_open)


def _the_child_has_named_the_reader(columns: Any) -> ColumnElement[bool]:
    """Give the child's words no window: the reader is one the child has named, or reads by relation (R-34)."""
    reader = aliased(ChildViewReader)
    named = exists().where(reader.case_id == CASE, reader.child_view_id == ChildView.id, reader.service_id == SERVICE)
    return or_(EVERYTHING, named, _then(columns.written_at, EVERYTHING_THEN))


def _kept_out(cases: BindParameter[Any] = CASE) -> Select[Any]:
    """Select what the family keeps the reader's service out of; the newest word counts, and of two at once the stricter."""
    newer = aliased(Narrowing)
    lifted = exists().where(
        newer.case_id == Narrowing.case_id,
        newer.oppmerksomhet_id == Narrowing.oppmerksomhet_id,
        newer.service_id == SERVICE,
        newer.at > Narrowing.at,
    )
    here = Narrowing.case_id.in_(cases) if cases.expanding else Narrowing.case_id == cases
    return select(Narrowing.oppmerksomhet_id).where(here, Narrowing.service_id == SERVICE, Narrowing.kept_out, ~lifted)

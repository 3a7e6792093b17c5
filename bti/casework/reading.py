"""Statements that cannot be run without a case and what is open in it.

A statement is registered with the tables it reads. For each of them the criteria are added that the table has columns
for, and ``OpenCase.read`` fills them in from the Sight: the case, the open categories, what a guardian has said of what is
about herself, what the family has kept a service out of, and whom the child has named. Closed rows are never loaded. (architecture.md 4, model.md 5.3)
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import BindParameter, Boolean, ColumnElement, Select, and_, bindparam, exists, false, or_, select
from sqlalchemy.orm import aliased

from bti.rules.consent import Purpose
from bti.store.tables import ChildView, ChildViewReader, Narrowing, OfCase, Oppmerksomhet, Sharing

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
    if getattr(table, "for_the_owner_only", False):
        yield or_(EVERYTHING, false())
    if table is ChildView:
        yield _the_child_has_named_the_reader()
        yield or_(columns.about_guardian.is_(None), _about_is_open(columns))
    elif "category" in columns:
        yield _open_to_the_reader(columns)
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
    columns = table.__table__.c  # type: ignore[attr-defined]  # every OfCase is mapped
    yield columns.case_id.in_(CASES)
    if "category" in columns:
        window = aliased(Sharing)
        yield or_(
            columns.case_id.in_(OWNED),
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


def _open_to_the_reader(columns: Any) -> ColumnElement[bool]:
    """Open a row by its category; by the guardian's own yes when it is about a guardian (R-59); or as the own (R-65)."""
    in_category = and_(columns.about_guardian.is_(None), columns.category.in_(OPEN))
    as_the_own = and_(columns.about_guardian.is_(None), columns.written_for == OWN)
    return or_(in_category, _about_is_open(columns), as_the_own)


def _about_is_open(columns: Any) -> ColumnElement[bool]:
    return and_(columns.about_guardian.is_not(None), or_(ABOUT_ALL, columns.about_guardian.in_(ABOUT)))


def _the_child_has_named_the_reader() -> ColumnElement[bool]:
    """Give the child's words no window: the reader is one the child has named, or reads by relation (R-34)."""
    reader = aliased(ChildViewReader)
    named = exists().where(reader.case_id == CASE, reader.child_view_id == ChildView.id, reader.service_id == SERVICE)
    return or_(EVERYTHING, named)


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

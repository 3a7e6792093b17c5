"""Statements that cannot be run without a case and what is open in it.

A statement is registered with the tables it reads. For each of them the criteria are added that the table has columns
for, and ``OpenCase.read`` fills them in from the Sight: the case, the open categories, what the family has kept a service
out of, and whom the child has named. Closed rows are never loaded. (architecture.md 4, model.md 5.3)
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, exists, false, or_, select
from sqlalchemy.orm import aliased

from bti.store.tables import ChildView, ChildViewReader, Narrowing, OfCase, Oppmerksomhet

REGISTER: Final[list["Reading"]] = []

CASE: Final[BindParameter[Any]] = bindparam("case")
OPEN: Final[BindParameter[Any]] = bindparam("open", expanding=True)
SERVICE: Final[BindParameter[Any]] = bindparam("service")
EVERYTHING: Final[BindParameter[Any]] = bindparam("everything")


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
    elif "category" in columns:
        yield columns.category.in_(OPEN)
    if table is Oppmerksomhet:
        yield columns.id.not_in(_kept_out())
    elif "oppmerksomhet_id" in columns:
        yield columns.oppmerksomhet_id.not_in(_kept_out())


def _the_child_has_named_the_reader() -> ColumnElement[bool]:
    """Give the child's words no window: the reader is one the child has named, or reads by relation (R-34)."""
    reader = aliased(ChildViewReader)
    named = exists().where(reader.case_id == CASE, reader.child_view_id == ChildView.id, reader.service_id == SERVICE)
    return or_(EVERYTHING, named)


def _kept_out() -> Select[Any]:
    """Select what the family keeps the reader's service out of; the newest word counts, and of two at once the stricter."""
    newer = aliased(Narrowing)
    lifted = exists().where(
        newer.case_id == CASE,
        newer.oppmerksomhet_id == Narrowing.oppmerksomhet_id,
        newer.service_id == SERVICE,
        newer.at > Narrowing.at,
    )
    return select(Narrowing.oppmerksomhet_id).where(
        Narrowing.case_id == CASE, Narrowing.service_id == SERVICE, Narrowing.kept_out, ~lifted
    )

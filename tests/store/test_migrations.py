"""A database that was migrated is the database the code was written for, to the last check and index."""

import re

import pytest
from sqlalchemy import create_engine, inspect, text

from bti.store import making
from bti.store.tables import Base


def as_sqlite_keeps_it(connection):
    rows = connection.execute(
        text("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'alembic%' AND sql IS NOT NULL")
    )
    return {(r.type, r.name): what_it_says(r.type, re.sub(r"\s+", " ", r.sql)) for r in rows}


def what_it_says(kind, sql):
    """The lines of a table in no order; an index as it stands."""
    if kind != "table":
        return sql
    body = sql[sql.index("(") + 1 : sql.rindex(")")]
    return sorted(line.strip() for line in body.split(", "))


def test_the_migrations_make_the_tables_the_code_knows():
    one, other = create_engine("sqlite://"), create_engine("sqlite://")
    with one.connect() as wanted, other.connect() as migrated:
        Base.metadata.create_all(wanted)
        making.upgrade(migrated)

        assert as_sqlite_keeps_it(migrated) == as_sqlite_keeps_it(wanted)
    one.dispose()
    other.dispose()


@pytest.mark.postgres
def test_postgres_keeps_the_same_columns_checks_and_indexes(postgres):
    engine = postgres.engine("template_bti")
    with engine.connect() as connection:
        seen = inspect(connection)
        for table in Base.metadata.sorted_tables:
            assert {c["name"]: c["nullable"] for c in seen.get_columns(table.name)} == {
                c.name: c.nullable for c in table.columns
            }
            assert {c["name"] for c in seen.get_check_constraints(table.name)} == {
                str(c.name) for c in table.constraints if type(c).__name__ == "CheckConstraint"
            }
            assert {i["name"] for i in seen.get_indexes(table.name)} >= {i.name for i in table.indexes}
    engine.dispose()

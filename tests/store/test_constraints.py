"""What the database itself refuses is said as a reason, whichever engine says it."""

import pytest
from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    PrimaryKeyConstraint,
    UniqueConstraint,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import IntegrityError

from bti import ids
from bti.casework.intake import creating
from bti.errors import Reason
from bti.rules.people import ProtectedAddress
from bti.store.constraints import BY_KIND, NAMED, explained
from bti.store.tables import Base, Case, Service, StaffUser
from tests.casework.test_gate import Family
from tests.cast import MARTE, OLA_BORN


def refusal(message):
    """Return what a broken constraint is explained as, from what the driver said."""
    return explained(IntegrityError("INSERT …", {}, Exception(message)))


def names():
    """Return every named constraint and unique index, with its table, its columns and the name PostgreSQL knows."""
    cut = postgresql.dialect().identifier_preparer
    for table in Base.metadata.sorted_tables:
        for one in [*table.constraints, *(i for i in table.indexes if i.unique)]:
            formatted = cut.format_constraint(one) if one not in table.indexes else cut.format_index(one)
            yield formatted.strip('"'), one, table.name, [c.name for c in one.columns]


ALL = {name: (one, table, columns) for name, one, table, columns in sorted(names(), key=lambda found: found[0])}


def on_postgres(name, one, table):
    if isinstance(one, ForeignKeyConstraint):
        return f'insert or update on table "{table}" violates foreign key constraint "{name}"\nDETAIL:  Key is not present.'
    if isinstance(one, CheckConstraint):
        return f'new row for relation "{table}" violates check constraint "{name}"\nDETAIL:  Failing row contains (…).'
    return f'duplicate key value violates unique constraint "{name}"\nDETAIL:  Key (id)=(1) already exists.'


def on_sqlite(name, one, table, columns):
    if isinstance(one, ForeignKeyConstraint):
        return "FOREIGN KEY constraint failed"
    if isinstance(one, CheckConstraint):
        return f"CHECK constraint failed: {name}"
    return f"UNIQUE constraint failed: {', '.join(f'{table}.{column}' for column in columns)}"


def expected(name, one):
    if name in NAMED:
        return NAMED[name]
    kinds = {
        ForeignKeyConstraint: Reason.NOT_YOURS,
        CheckConstraint: Reason.NOT_A_CHOICE,
        PrimaryKeyConstraint: Reason.SAVED_ALREADY,
        UniqueConstraint: Reason.SAVED_ALREADY,
    }
    return next((reason for kind, reason in kinds.items() if isinstance(one, kind)), Reason.SAVED_ALREADY), None


@pytest.mark.parametrize("name", ALL)
def test_every_constraint_has_a_reason_on_postgres(name):
    one, table, _ = ALL[name]
    reason, field = expected(name, one)

    said = refusal(on_postgres(name, one, table))

    assert (said.reason, said.field) == (reason, field or None)


@pytest.mark.parametrize("name", ALL)
def test_every_constraint_has_the_same_reason_on_sqlite(name):
    one, table, columns = ALL[name]
    reason, field = expected(name, one)

    said = refusal(on_sqlite(name, one, table, columns))

    assert said.reason is reason
    if name in NAMED:
        assert said.field == (field or None)


@pytest.mark.parametrize("name", NAMED)
def test_every_name_that_is_known_is_a_constraint_of_a_table(name):
    assert name in ALL


def test_every_constraint_has_a_name_with_its_kind():
    assert all(name[:2] in BY_KIND for name in ALL)
    assert len(ALL) > 100


def test_a_value_that_is_missing_is_asked_for():
    said = refusal("NOT NULL constraint failed: tiltak.text")

    assert (said.reason, said.field) == (Reason.MISSING, "text")


def test_what_nobody_can_name_is_not_yours():
    assert refusal("something else").reason is Reason.NOT_YOURS


# What the engines really say


def broken(database, statement):
    with pytest.raises(IntegrityError) as trouble, database.writing() as session:
        session.execute(statement)
    said = explained(trouble.value)
    return said.reason, said.field


def test_a_second_account_of_the_same_name(granvik):
    both = update(StaffUser).where(StaffUser.username.in_(["eirik", "liv"])).values(username="ola")

    assert broken(granvik, both) == (Reason.USERNAME_TAKEN, "username")


def test_a_service_that_does_not_exist(granvik):
    nowhere = update(StaffUser).where(StaffUser.username == "eirik").values(service_id=ids.new())

    assert broken(granvik, nowhere) == (Reason.NOT_YOURS, None)


def test_a_word_that_is_no_answer(granvik):
    odd = text("UPDATE staff_user SET access_role = 'queen' WHERE username = 'eirik'")

    assert broken(granvik, odd)[0] is Reason.NOT_A_CHOICE


@pytest.mark.meets("R-12", "S0-51")
def test_a_second_open_log_for_a_child(granvik, eirik):
    Family(eirik)
    with granvik.reading(eirik.id) as session:
        case = session.execute(select(Case.__table__)).one()._asdict()

    again = insert(Case).values(**(case | {"id": ids.new(), "number": "2026-900"}))

    assert broken(granvik, again) == (Reason.CASE_EXISTS, "child_name")


def test_a_number_that_is_in_use(granvik, eirik):
    Family(eirik)
    creating.create_case(
        eirik,
        child_name="Ola Prøvesen",
        birth_date=OLA_BORN,
        protected_address=ProtectedAddress.NONE,
        guardians=[MARTE],
    )

    assert broken(granvik, update(Case).values(number="2026-900")) == (Reason.SAVED_ALREADY, None)


def test_a_service_with_the_code_of_another(granvik):
    same = update(Service).values(code="ppt")

    assert broken(granvik, same) == (Reason.CODE_TAKEN, "code")

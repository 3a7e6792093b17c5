"""Whose log it is, by name and day: a child by the birth date, a pregnancy by the pregnant woman's name and the due date (R-12)."""

from datetime import date
from typing import Any

from sqlalchemy import Select, and_, bindparam, or_
from sqlalchemy.orm import Session, aliased

from bti import clock
from bti.rules.people import GuardianRelation, SubjectType
from bti.rules.subject import SAME_PREGNANCY
from bti.store.tables import Case, Child, Guardian

_EXPECTING = aliased(Guardian)


def named(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Let a statement over cases give the names they are known by."""
    mother = and_(
        _EXPECTING.child_id == Child.id,
        _EXPECTING.relation == GuardianRelation.MOTHER,
        Child.subject_type == SubjectType.PREGNANCY,
    )
    return (
        statement.join(Child, Child.id == Case.child_id)
        .outerjoin(_EXPECTING, mother)
        .add_columns(Child.given_names, Child.family_name, _EXPECTING.name.label("expecting"))
    )


def by_day(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Let a statement over cases find those of a day, with the names they are known by. A due date may have been moved."""
    that_day = or_(
        Child.birth_date == bindparam("day"), Child.due_date.between(bindparam("earliest"), bindparam("latest"))
    )
    return named(statement).where(that_day)


def of_that_name(session: Session, statement: Select[*tuple[Any, ...]], name: str, day: date) -> Any:
    """Return the first log of that name and day; letters are compared here, where æ, ø and å have both cases."""
    asked = {"day": day, "earliest": day - SAME_PREGNANCY, "latest": day + SAME_PREGNANCY, "now": clock.now()}
    rows = session.execute(statement, asked).all()
    return next((row for row in rows if known_as(row) == _plain(name)), None)


def known_as(row: Any) -> str:
    """Return the name a log is found by, in one shape."""
    return _plain(called(row))


def called(row: Any) -> str:
    """Return the name a log is found by, as somebody wrote it."""
    return str(row.expecting or f"{row.given_names} {row.family_name}".strip())


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()

"""What all tables share: keys, moments in UTC, words as values, names of constraints."""

import enum
from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import DateTime, Dialect, Enum, ForeignKeyConstraint, MetaData, String, UniqueConstraint, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.types import TypeDecorator

from bti import clock, ids
from bti.rules import privacy
from bti.rules.best_interests import Factor
from bti.rules.consent import Category, ConsentAddition


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. SQLite keeps no zone, so what comes back is given UTC again."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without a zone; store it in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class WordSet(TypeDecorator[frozenset[Any]]):
    """A small set of words from one enum, kept as «a,b» in order, so that equal sets are equal texts."""

    impl = String(200)
    cache_ok = True

    def __init__(self, words: type[enum.StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: frozenset[Any] | None, dialect: Dialect) -> str | None:
        """Write the words sorted."""
        return None if value is None else ",".join(sorted(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> frozenset[Any] | None:
        """Read the words back; a word the enum does not have is an error."""
        return None if value is None else frozenset(self.words(word) for word in value.split(",") if word)


class PersonSet(TypeDecorator[frozenset[UUID]]):
    """A few people of one family, kept as their keys in order."""

    impl = String(400)
    cache_ok = True

    def process_bind_param(self, value: frozenset[UUID] | None, dialect: Dialect) -> str | None:
        """Write the keys sorted."""
        return None if value is None else ",".join(sorted(map(str, value)))

    def process_result_value(self, value: str | None, dialect: Dialect) -> frozenset[UUID] | None:
        """Read the keys back."""
        return None if value is None else frozenset(UUID(key) for key in value.split(",") if key)


class Base(DeclarativeBase):
    """The tables. A row's key is a UUIDv7; an enum is stored by its value and checked by the database."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )
    type_annotation_map: ClassVar = {
        UUID: Uuid(),
        datetime: Moment(),
        str: String(),
        enum.StrEnum: Enum(
            enum.StrEnum,
            values_callable=lambda words: [w.value for w in words],
            native_enum=False,
            create_constraint=True,
            length=40,
        ),
        frozenset[Category]: WordSet(Category),
        frozenset[Factor]: WordSet(Factor),
        frozenset[ConsentAddition]: WordSet(ConsentAddition),
        frozenset[UUID]: PersonSet(),
    }


class Keyed:
    """A row with a key of its own."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new)


def now() -> datetime:
    """Return the moment by the clock of today, asked for when a row is written and not when the tables are read in."""
    return clock.now()


class Versioned:
    """A row that may change. A save that carries an old version changes nothing (R-49)."""

    version: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)
    updated_by: Mapped[UUID | None]

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy's own way
        """Let the version be counted by the database's own update."""
        return {"version_id_col": cls.version}


class OfCase(Keyed):
    """A row of one case. Others of the same case point at (case_id, id), so that no row can point into another case."""

    case_id: Mapped[UUID]

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:  # noqa: N805
        """Tie the row to its case, and make it possible to point at it together with the case."""
        return (
            UniqueConstraint("case_id", "id"),
            ForeignKeyConstraint(["case_id"], ["case.id"]),
            *getattr(cls, "constraints", ()),
            *(of_words() if (of_words := getattr(cls, "of_words", None)) else ()),
        )


def within_case(*columns: str, table: str) -> ForeignKeyConstraint:
    """Point from ``columns`` at a row of ``table`` in the same case."""
    return ForeignKeyConstraint(["case_id", *columns], [f"{table}.case_id", f"{table}.id"])


class Words(TypeDecorator[str]):
    """A text people wrote. Whoever saves it, it is composed, without a fødselsnummer and no longer than there is room for."""

    impl = String
    cache_ok = True

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Refuse what may not stand in a text. The form says it first, beside the field."""
        return None if value is None else privacy.words(value, self.limit)


def short(limit: int = privacy.SHORT) -> Any:
    """Return a column for a text of at most ``limit`` characters."""
    return mapped_column(Words(limit))

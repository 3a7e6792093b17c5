"""Which services the family keeps out of an oppmerksomhet and all under it (model.md 5.1)."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select

from bti.casework.ground.open_case import OpenCase
from bti.casework.ground.reading import reading
from bti.store.tables import Narrowing

_NARROWED = reading(
    select(Narrowing.oppmerksomhet_id, Narrowing.service_id, Narrowing.kept_out, Narrowing.at).order_by(Narrowing.at),
    Narrowing,
)


def narrowed(case: OpenCase) -> Mapping[UUID, frozenset[UUID]]:
    """Return which services the family keeps out of each oppmerksomhet; the newest word counts."""
    newest: dict[tuple[UUID, UUID], bool] = {}
    for row in case.read(_NARROWED):
        newest[row.oppmerksomhet_id, row.service_id] = row.kept_out
    kept: dict[UUID, set[UUID]] = {}
    for (oppmerksomhet, service), out in newest.items():
        if out:
            kept.setdefault(oppmerksomhet, set()).add(service)
    return {oppmerksomhet: frozenset(services) for oppmerksomhet, services in kept.items()}

"""What is about a guardian personally: flagged by the one who writes, never by itself (R-59)."""

from typing import Final
from uuid import UUID

from sqlalchemy import update

from bti.casework.ground.open_case import OpenCase
from bti.casework.people import people
from bti.errors import Reason, Refused
from bti.rules.consent import Category
from bti.store.tables import Base, Oppmerksomhet

UNDER_A_CONCERN: Final = tuple(
    mapper.class_
    for mapper in Base.registry.mappers
    if {"oppmerksomhet_id", "about_guardian"} <= set(mapper.class_.__table__.c.keys())
)
"""Every table with people's words that stands under an oppmerksomhet."""


def check(case: OpenCase, guardian: UUID) -> None:
    """Refuse somebody who is not a guardian in this case."""
    known = {p.key for p in people.people(case) if p.kind is people.PersonKind.GUARDIAN}
    if guardian not in known:
        raise Refused(Reason.NOT_A_CHOICE, field="about")


def flag_all_under(case: OpenCase, concern: Oppmerksomhet, guardian: UUID) -> None:
    """Let an oppmerksomhet and all that stands under it be about the guardian. There is no act that takes it off again."""
    concern.about_guardian, concern.category = guardian, Category.FAMILY_HOME
    for table in UNDER_A_CONCERN:
        case.session.execute(
            update(table)
            .where(table.case_id == case.id, table.oppmerksomhet_id == concern.id)
            .values(about_guardian=guardian, category=Category.FAMILY_HOME)
        )

"""Brothers and sisters: noted by first name alone, and a log of their own with the same guardians (R-68).

A link says nothing of whether the sibling has a log (R-56): it is written the same with and without one, and it points
nowhere. Consent is never copied; it is asked for each child.
"""

from collections.abc import Collection
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from bti.casework.door import Asking, OpenCase, looking, use_case
from bti.casework.intake import creating
from bti.casework.intake.creating import NewGuardian
from bti.casework.people import family_facts
from bti.casework.people.family_facts import GuardianView
from bti.errors import Reason, Refused
from bti.rules.access import Action
from bti.rules.workflow import WRITES_HERE, check_mode
from bti.store.tables import Case, Child, SiblingLink

COPIED: Final = (
    "name",
    "relation",
    "has_parental_responsibility",
    "blocked",
    "lives_with_child",
    "receives_information",
    "phone",
    "language",
    "interpreter_language",
)
"""What is true of a guardian whichever child is asked about. One who is hidden from is hidden from in both logs (R-60)."""


def names(case: OpenCase) -> tuple[str, ...]:
    """Return the first names of the siblings, as the door found them."""
    return tuple(sorted(case.row.siblings.split("\n"))) if case.row.siblings else ()


def may_come_along(guardians: Collection[GuardianView], today: date) -> tuple[GuardianView, ...]:
    """Return the guardians of today: those whose time is over, or who were entered by mistake, are not copied."""
    return tuple(g for g in guardians if g.valid_to is None or g.valid_to >= today)


@use_case(Action.LEAD)
def note_sibling(case: OpenCase, *, first_name: str) -> None:
    """Note that the child has a sibling of this first name. No log is made, and none is looked for."""
    if not first_name.strip():
        raise Refused(Reason.MISSING, field="first_name")
    _link(case.session, case.child_id, first_name.strip(), names(case))


@use_case(Action.LEAD)
def forget_sibling(case: OpenCase, *, first_name: str) -> None:
    """Take the first name of a sibling away again."""
    wanted = select(SiblingLink).where(SiblingLink.child_id == case.child_id, SiblingLink.first_name == first_name)
    row = case.session.execute(wanted).scalar_one_or_none()
    if row is None:
        raise Refused(Reason.NOT_A_CHOICE)
    case.session.delete(row)


def create_for_sibling(
    asked: Asking, *, first_name: str, birth_date: date, guardians: Collection[UUID], other_class: bool
) -> str:
    """Make a log for a sibling with the same guardians, and return its number. The family is asked anew about it.

    Who may make it at once, and what everybody else is told, is as for any child (R-12); the address is as protected as
    the child's own (R-60). In the log one comes from it is written that a sibling was noted, and no more.
    """
    with looking(asked, "deltakere") as case:
        known = family_facts.view(case)
        check_mode(case.mode, WRITES_HERE)
        copied = [g for g in may_come_along(known.guardians, case.today) if g.id in guardians]
        if not copied:
            raise Refused(Reason.MISSING, field="guardians")
        child, noted, log = case.session.get_one(Child, case.child_id), names(case), case.id
        own, family_name, address = child.given_names, child.family_name, child.protected_address

    def link(session: Session, number: str) -> None:
        new = session.execute(select(Case.child_id).where(Case.number == number)).scalar_one()
        _link(session, new, own, ())
        _link(session, child.id, first_name, noted)
        creating.note(session, asked.actor, log, "done", "note_sibling")

    return creating.create_case(
        asked.actor,
        child_name=f"{first_name} {family_name}".strip(),
        birth_date=birth_date,
        protected_address=address,
        guardians=[NewGuardian(**{name: getattr(g, name) for name in COPIED}) for g in copied],
        own_class=not other_class,
        and_then=link,
    )


def _link(session: Session, child: UUID, first_name: str, noted: Collection[str]) -> None:
    if first_name not in noted:
        session.add(SiblingLink(child_id=child, first_name=first_name))
        session.flush()

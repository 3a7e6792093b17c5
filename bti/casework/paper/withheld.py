"""What is withheld from a guardian the child is hidden from: names of school, services and staff, place and phone (R-60)."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Final, NamedTuple

from sqlalchemy import Executable, bindparam, null, select, union_all

from bti.casework import story
from bti.casework.door import OpenCase
from bti.casework.ground.policy import kommune
from bti.casework.paper.paper_head import Head
from bti.casework.people.people import Person, PersonKind
from bti.casework.story import MeetingView, TiltakView
from bti.content.kommune import Kommune
from bti.documents.stafettlogg_content import Content, Who
from bti.language import _
from bti.store.tables import Child, Service, StaffUser

_NAMES: Final[Executable] = union_all(
    select(Service.name_nb, Service.name_nn, Service.archive_unit, Service.contact, Service.phone),
    select(StaffUser.display_name, StaffUser.work_phone, null(), null(), null()),
    select(Child.group, null(), null(), null(), null()).where(Child.id == bindparam("child")),
)
"""The words of ours and of the kommune's that name somebody or some place: those of the case itself come with its meetings."""


_NOT_WRITTEN: Final = frozenset(
    {
        "kommune",
        "language",
        "audience",
        "recipient",
        "number",
        "child",
        "level",
        "stafettholder",
        "archive_unit",
        "covered",
        "family",
        "staff",
        "telling",
        "timeline",
    }
)
"""The parts of a paper made of our words, or of what stands on it elsewhere too. All others are read through, new ones as well."""


class Told(NamedTuple):
    """What of a paper names people and places as data."""

    head: Head
    everyone: tuple[Person, ...]
    meetings: tuple[MeetingView, ...]
    tiltak: tuple[TiltakView, ...]
    sender: Kommune


def without_names(told: Told) -> Told:
    """Return the same with neutral words in place of names. What people have written is not touched: it is read through."""
    return Told(
        replace(told.head, stafettholder=Who(somebody()), archive_unit=""),
        tuple(_colleague(p) if p.kind is PersonKind.STAFF else p for p in told.everyone),
        tuple(replace(m, place="", duties={}, said_of=()) for m in told.meetings),
        tuple(_done_by_somebody(t) for t in told.tiltak),
        told.sender.model_copy(update={"name": "", "unit_nb": "", "unit_nn": ""}),
    )


def somebody() -> str:
    """Say that a colleague stands here; one word, so that it is her first name too."""
    return _("[ansatt]")


def some_service() -> str:
    """Say that a service stands here."""
    return _("[tjeneste]")


def prose(content: Content) -> tuple[str, ...]:
    """Return every text on the paper that people have written, once each, in the order of the paper."""
    written = tuple(getattr(content, field.name) for field in fields(content) if field.name not in _NOT_WRITTEN)
    of_ours = {"", somebody(), *(one.name for one in content.family)}
    return tuple(dict.fromkeys(text for text in _texts(written) if text not in of_ours))


def known_names(case: OpenCase) -> tuple[str, ...]:
    """Return the names the app knows of school, services, staff and places, and the phones."""
    rows = case.session.execute(_NAMES, {"child": case.child_id}).all()
    sender = kommune()
    meetings = story.every_meeting(case)
    known = [
        *(name for row in rows for name in row),
        *(meeting.place for meeting in meetings),
        *(one.name for meeting in meetings for one in meeting.said_of),
        *(sender.name, sender.unit_nb, sender.unit_nn, sender.archive.unit),
    ]
    return tuple(sorted({name for name in known if name}))


def _colleague(person: Person) -> Person:
    return replace(person, name=somebody(), title="", service_name="")


def _done_by_somebody(tiltak: TiltakView) -> TiltakView:
    who = tiltak.who
    if who is None or not who.service_name:
        return tiltak
    return replace(tiltak, who=replace(who, name=somebody(), title="", service_name="", service_kind=None))


def _texts(thing: object) -> Iterator[str]:
    """Give every text in a value, whatever it is made of; a word of an enum is ours."""
    if type(thing) is str:
        yield thing
    elif isinstance(thing, tuple):
        for one in thing:
            yield from _texts(one)
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from _texts(getattr(thing, field.name))

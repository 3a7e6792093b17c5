"""The people and services, as the rules know them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from bti.errors import Reason, Refused


class ServiceKind(StrEnum):
    """What a service is."""

    KINDERGARTEN = "kindergarten"
    SCHOOL = "school"
    HEALTH_STATION = "health_station"
    SCHOOL_HEALTH = "school_health"
    PPT = "ppt"
    CHILD_WELFARE = "child_welfare"
    BUP = "bup"
    GP = "gp"
    NAV = "nav"
    PHYSIO_ERGO = "physio_ergo"
    MENTAL_HEALTH = "mental_health"
    COORDINATING_UNIT = "coordinating_unit"
    LEISURE = "leisure"
    POLICE_SLT = "police_slt"
    FAMILY_COUNSELLING = "family_counselling"
    OTHER = "other"


MAKES_LOGS = frozenset(
    {ServiceKind.KINDERGARTEN, ServiceKind.SCHOOL, ServiceKind.HEALTH_STATION, ServiceKind.SCHOOL_HEALTH}
)
"""Kinds that may create a log, unless the kommune says otherwise (R-12)."""
PLACES = frozenset({ServiceKind.SCHOOL, ServiceKind.KINDERGARTEN})
"""Where a child goes every day."""
HEALTH = MAKES_LOGS - PLACES
"""Where the pregnant, the smallest and those without a school are followed."""


class ServiceOwner(StrEnum):
    """Who owns a service; one with another owner is always inside the gate (R-65)."""

    KOMMUNE = "kommune"
    OTHER = "other"


class ServiceScope(StrEnum):
    """Whether a service is the kommune's own kind of help, or one the kommune asks for help (level C)."""

    MUNICIPAL = "municipal"
    EXTERNAL = "external"


class AccessRole(StrEnum):
    """What an account may be used for. No role opens a case; taking part in it does."""

    EMPLOYEE = "employee"
    STAFETTHOLDER_CAPABLE = "stafettholder_capable"
    LEADER = "leader"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"
    DATA_PROTECTION_OFFICER = "data_protection_officer"


class StaffRole(StrEnum):
    """What a person is at work. It gives no access; it proposes who does what, and says whose teacher she is (R-12)."""

    CONTACT_TEACHER = "contact_teacher"
    LEAD_TEACHER = "lead_teacher"
    KINDERGARTEN_HEAD = "kindergarten_head"
    PRINCIPAL = "principal"
    OTHER = "other"


def groups_in(text: str) -> frozenset[str]:
    """Return the classes or departments written as «5A, 5b»: a letter is the same letter, large or small."""
    return frozenset(name for part in text.split(",") if (name := " ".join(part.split()).upper()))


class CreationResult(StrEnum):
    """What became of a request for a stafettlogg (R-12)."""

    OPENED = "opened"
    JOINED = "joined"
    DECLINED = "declined"


MAY_HOLD = frozenset({AccessRole.STAFETTHOLDER_CAPABLE, AccessRole.LEADER})


class GuardianRelation(StrEnum):
    """What a guardian is to the child."""

    MOTHER = "mother"
    FATHER = "father"
    CO_MOTHER = "co_mother"
    FOSTER_PARENT = "foster_parent"
    APPOINTED_GUARDIAN = "appointed_guardian"
    CHILD_WELFARE_SERVICE = "child_welfare_service"
    OTHER = "other"


PARENTS = frozenset({GuardianRelation.MOTHER, GuardianRelation.FATHER, GuardianRelation.CO_MOTHER})
"""Of whom one would expect that they have foreldreansvar; that they have is said, never guessed (R-03)."""


class ParticipantKind(StrEnum):
    """What a person is in a case (R-64). Only family and staff are readers of the log."""

    FAMILY = "family"
    FAMILY_GUEST = "family_guest"
    INTERPRETER = "interpreter"
    OBSERVER = "observer"
    STAFF = "staff"


class SubjectType(StrEnum):
    """Whom the stafettlogg is about. A pregnancy has a due date instead of a birth date; what is born is written as a child.

    Who is a youth or a young adult follows from the birth date on the day it is asked (``rules.subject``).
    """

    CHILD = "child"
    YOUTH = "youth"
    PREGNANCY = "pregnancy"
    YOUNG_ADULT = "young_adult"


class WrittenNorm(StrEnum):
    """In which of the two the child reads and writes."""

    BOKMAL = "nb"
    NYNORSK = "nn"


class ProtectedAddress(StrEnum):
    """Whether the child's address is protected (R-60)."""

    NONE = "none"
    FORTROLIG = "fortrolig"
    STRENGT_FORTROLIG = "strengt_fortrolig"


@dataclass(frozen=True)
class Actor:
    """The signed-in person and the service she acts for, as the database knew them in this request."""

    id: UUID
    username: str
    name: str
    title: str
    service: UUID
    service_code: str
    service_name: str
    service_kind: ServiceKind
    service_may_create: bool
    access_role: AccessRole
    language: str
    login: UUID | None
    last_seen: datetime
    groups: frozenset[str] = frozenset()
    staff_role: StaffRole = StaffRole.OTHER
    is_of_sensitive: bool = True
    """Whether her service is one whose part in a case is told to few (R-56); taken to be so where it is not known."""
    is_asked: bool = False
    """Whether somebody has asked her to carry a stafettlogg, and she has not answered or not confirmed it yet (R-13)."""


def may_create_at_once(actor: Actor, *, own_class: bool, subject: SubjectType = SubjectType.CHILD) -> bool:
    """Say whether the log is made without asking the koordinator: the child's own teacher or leader says it is hers (R-12).

    The pregnant have no school; theirs is the health service that says so. Everybody else gets one answer, before anything
    is looked up, so that it tells nothing of whether a log exists.
    """
    place = actor.service_kind in (HEALTH if subject is SubjectType.PREGNANCY else PLACES)
    return place and own_class and may_make_logs(actor)


def may_make_logs(actor: Actor) -> bool:
    """Say whether the person makes logs at all, at once or when the koordinator has let her (R-12)."""
    return actor.service_may_create and actor.access_role in MAY_HOLD


def may_be_told(actor: Actor, places: frozenset[UUID | None], group: str) -> bool:
    """Say whether she may know that the child has a log: the leader and the child's own teachers (R-12).

    ``places`` are the owner service and the registered school or kindergarten. A class nobody has written down is taken
    on her word: claiming a child is written in the audit.
    """
    if actor.service not in places:
        return False
    return actor.access_role is AccessRole.LEADER or not group or not actor.groups or group in actor.groups


def check_coordinator(role: AccessRole) -> None:
    """Refuse everybody but the koordinator; to them there is nothing here (R-70)."""
    if role is not AccessRole.COORDINATOR:
        raise Refused(Reason.NOT_YOURS)


def check_administrator(role: AccessRole) -> None:
    """Refuse everybody but the systemansvarlig; to them there is nothing here."""
    if role is not AccessRole.ADMINISTRATOR:
        raise Refused(Reason.NOT_YOURS)


def check_data_protection_officer(role: AccessRole) -> None:
    """Refuse everybody but the personvernombud; to them there is nothing here."""
    if role is not AccessRole.DATA_PROTECTION_OFFICER:
        raise Refused(Reason.NOT_YOURS)


def check_not_own_account(user: UUID, by: UUID | None) -> None:
    """Refuse to end or change one's own account: a systemansvarlig could shut everybody out, herself too."""
    if user == by:
        raise Refused(Reason.OWN_ACCOUNT)

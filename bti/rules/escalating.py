"""From the kommune's own services to those outside it: four things, and the family may say no to the last (R-08)."""

from dataclasses import dataclass
from enum import StrEnum, unique

from bti.errors import Reason, Refused
from bti.language import N_


class MessageStatus(StrEnum):
    """Where the message to the external services stands. The app never sends it."""

    DRAFT = "draft"
    FAMILY_READ = "family_read"
    READY = "ready"
    SENT_OUTSIDE_APP = "sent_outside_app"


@unique
class Outward(StrEnum):
    """One of the four things level C waits for, in words that say what to do."""

    SERVICES = N_("Velg hvilke eksterne tjenester dere vil spørre.")
    CONSENT = N_("Spør familien om samtykke til de eksterne tjenestene.")
    MESSAGE = N_("Skriv meldingen, og la familien lese den.")
    MEETING = N_("Avtal møtet med de eksterne tjenestene.")


@dataclass(frozen=True)
class Escalation:
    """What is in place on the way to the external services."""

    has_services: bool
    is_covered: bool
    status: MessageStatus | None
    has_meeting: bool


def missing(now: Escalation) -> tuple[Outward, ...]:
    """Return what is missing before the case begins again at the next level, in the order it is done."""
    is_read = now.status is not None and now.status is not MessageStatus.DRAFT
    things = {
        Outward.SERVICES: now.has_services,
        Outward.MESSAGE: is_read,
        Outward.CONSENT: now.has_services and now.is_covered,
        Outward.MEETING: now.has_meeting,
    }
    return tuple(thing for thing, is_there in things.items() if not is_there)


def check_covered(*, is_covered: bool) -> None:
    """Refuse to go outside the kommune before the family has said yes to just that, for each service (R-08)."""
    if not is_covered:
        raise Refused(Reason.NEW_CONSENT)


def check_follows(now: MessageStatus, wanted: MessageStatus) -> None:
    """Refuse a message that leaps over the family: written, read by the family, ready, sent."""
    order = list(MessageStatus)
    if order.index(wanted) != order.index(now) + 1:
        raise Refused(Reason.MESSAGE_NOT_READ if wanted is not MessageStatus.FAMILY_READ else Reason.SAVED_ALREADY)

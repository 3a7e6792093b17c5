"""Where each service stands with consent, as the strip shows it. Never who has answered what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from bti import clock
from bti.casework.ground.open_case import OpenCase
from bti.casework.ground.policy import policy
from bti.language import spoken
from bti.rules import consent as gate
from bti.rules.consent import Category, ConsentLevel, ConsentState, Purpose
from bti.rules.workflow import CaseStatus, Level
from bti.store.facts import AskedService, Consents, consents


@dataclass(frozen=True)
class Standing:
    """Where one service stands with consent now. Never who has answered what."""

    service: UUID
    code: str
    name: str
    state: ConsentState
    scope: frozenset[Category] = frozenset()
    about: frozenset[UUID] = frozenset()
    """Of which guardians it sees what is about themselves (R-59); only to work out who sees a row."""
    until: date | None = None
    withdrawn_on: date | None = None

    @property
    def level(self) -> ConsentLevel:
        """The level the scope amounts to."""
        everyday = {Category.SCHOOL_KINDERGARTEN, Category.WELLBEING_SOCIAL}
        return ConsentLevel.EVERYDAY if everyday & self.scope else ConsentLevel.AGREEMENTS


def standings(case: OpenCase) -> tuple[Standing, ...]:
    """Return where each service the family was asked about stands, for the strip. A sensitive one is named to few (R-56)."""
    return standings_of(case, consents(case.session, case.id, policy()))


def standings_of(case: OpenCase, read: Consents) -> tuple[Standing, ...]:
    """Return where each service stands by the facts. Only those that may be named to this reader are there (R-56)."""
    stands = (_standing(case, read.facts, s) for s in read.services if _may_name(case, s))
    return tuple(s for s in stands if s.state is not ConsentState.NOT_ASKED)


def first_to_end(stand: Sequence[Standing]) -> date | None:
    """Return the last day of the yes that ends first, of those that count now."""
    return min((s.until for s in stand if s.state is ConsentState.ACTIVE and s.until), default=None)


def _standing(case: OpenCase, facts: gate.Facts, service: AskedService) -> Standing:
    purpose = _purpose_of(case, facts, service.id)
    state = gate.state(facts, service.id, purpose, case.at)
    taken_back = [w.at for w in facts.withdrawals if w.service == service.id]
    return Standing(
        service=service.id,
        code=service.code,
        name=said_in(service, "name"),
        state=state,
        scope=gate.scope(facts, service.id, purpose, case.at),
        about=gate.about_themselves(facts, service.id, purpose, case.at),
        until=_ended(facts, service.id, case.at)
        if state is ConsentState.EXPIRED
        else _last_day_open(facts, service.id, purpose, case.at),
        withdrawn_on=clock.day(max(taken_back)) if taken_back else None,
    )


def _purpose_of(case: OpenCase, facts: gate.Facts, service: UUID) -> Purpose:
    """Return for what the service stands on the strip: for external help when it is asked for that alone, and it counts now."""
    counts = case.status is CaseStatus.ESCALATING or case.level is Level.EXTERNAL
    purposes = {r.purpose for r in facts.requests if r.service == service}
    return Purpose.EXTERNAL_HELP if counts and purposes == {Purpose.EXTERNAL_HELP} else Purpose.COOPERATE


def _ended(facts: gate.Facts, service: UUID, at: datetime) -> date | None:
    """Return the last day the service saw anything."""
    over = (w.closes for w in gate.windows(facts) if w.service == service and w.closes <= at)
    closed = max(over, default=None)
    return clock.day(closed - clock.A_MOMENT) if closed else None


def _last_day_open(facts: gate.Facts, service: UUID, purpose: Purpose, at: datetime) -> date | None:
    """Return the last day the service sees the agreements, if it does now."""
    open_now = (
        w for w in gate.windows(facts) if w.service == service and w.purpose is purpose and w.opens <= at < w.closes
    )
    closes = max((w.closes for w in open_now), default=None)
    return clock.day(closes - clock.A_MOMENT) if closes else None


def _may_name(case: OpenCase, service: AskedService) -> bool:
    return case.sight.may_name(service.id, is_sensitive=service.sensitive_membership)


def said_in(row: Any, name: str) -> str:
    """Return the name, or why, of a service in the language spoken."""
    return str(getattr(row, f"{name}_{spoken()}"))

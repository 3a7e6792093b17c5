"""Buttons that fill in the questions before the yes. A press saves nothing: the yes is to what is read back (R-04)."""

from collections.abc import Iterator, Sequence
from typing import Any, Final
from uuid import UUID

import streamlit as st

from bti.casework.consent.consenting import ConsentView, ServiceChoice
from bti.casework.door import OpenCase
from bti.casework.people.people import Person
from bti.language import _
from bti.rules.consent import ConsentLevel
from bti.rules.people import ServiceKind
from forms import consent_asking, consent_nobody
from forms.form import Answers, Fills

_HEALTH: Final = frozenset({ServiceKind.SCHOOL_HEALTH, ServiceKind.HEALTH_STATION})


def offer(case: OpenCase, view: ConsentView, taking_part: Sequence[Person], *, at: str) -> Fills | None:
    """Offer the buttons behind one press. Return what the one that was pressed fills in; nothing when none was."""
    buttons = list(_presets(view, taking_part))
    return _row(_key(case, at), buttons) if buttons and _is_wanted(case, at) else None


def offer_nobody_too(case: OpenCase, view: ConsentView, taking_part: Sequence[Person], *, at: str) -> Fills | None:
    """Offer the last button too: then it is asked who says no, instead of the four questions, until another is pressed."""
    if not _is_wanted(case, at):
        consent_nobody.choose(case, chosen=False)
        return None
    nobody = (_(consent_asking.NOBODY), _nothing)
    fills = _row(_key(case, at), [*_presets(view, taking_part), nobody])
    if fills is not None:
        consent_nobody.choose(case, chosen=fills is _nothing)
    return fills


def _row(key: str, buttons: Sequence[tuple[str, Fills]]) -> Fills | None:
    with st.container(horizontal=True):
        pressed = [fills for number, (words, fills) in enumerate(buttons) if st.button(words, key=f"{key}.{number}")]
    return pressed[0] if pressed else None


def _is_wanted(case: OpenCase, at: str) -> bool:
    return st.toggle(_("Fyll ut for meg"), key=_key(case, at))


def _key(case: OpenCase, at: str) -> str:
    return f"{case.number}.fill.{at}".replace("-", "_")


def _nothing(_raw: Answers) -> Answers:
    """Fill in nothing: nobody is let in."""
    return {}


def _presets(view: ConsentView, taking_part: Sequence[Person]) -> Iterator[tuple[str, Fills]]:
    """Give each button with what it fills in, for the services of those who take part."""
    here = {p.service: p.service_kind for p in taking_part if p.service}
    present = [choice for choice in view.choices if choice.service in here]
    if not present:
        return
    everybody = [choice.service for choice in present]
    yield _("Alt om tiltakene til de som er med"), _only(everybody, ConsentLevel.AGREEMENTS)
    yield _("Tiltakene og hverdagen til de som er med"), _only(everybody, ConsentLevel.EVERYDAY)
    for one in (choice for choice in present if here[choice.service] in _HEALTH):
        yield _("… også helse til {tjeneste}", tjeneste=one.name), _with_health(one)
    for one in present:
        yield _("Bare {tjeneste}", tjeneste=one.name), _only([one.service], None)


def _only(services: Sequence[UUID], level: ConsentLevel | None) -> Fills:
    """Fill in these services and nothing beside: what was added before does not follow along unsaid."""
    filled: dict[str, Any] = {field: [] for field in consent_asking.SERVICES}
    filled |= {"services": list(services), "level": level}
    return lambda _raw: filled


def _with_health(one: ServiceChoice) -> Fills:
    """Add health for this service to what stands there already."""

    def adds(raw: Answers) -> Answers:
        return {field: [*{*(raw[field] or ()), one.service}] for field in ("services", "health_to")}

    return adds

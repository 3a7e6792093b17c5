"""What comes: a consent that ends, and a child who is to answer too. For the stafettholder alone (R-03, R-09)."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import streamlit as st
from markupsafe import Markup

from bti.casework.consent.consenting import ConsentView, LatestRequest
from bti.casework.desk.seeing import HeadView
from bti.casework.door import OpenCase
from bti.casework.people.people import Person
from bti.content.words import ASK_YOUTH, ASK_YOUTH_AHEAD, INFORMATION, INFORMATION_TO_YOUTH
from bti.language import N_, _, listed, long_date
from bti.rules.consent import SOON, age
from forms import consent_asking, consent_presets, shown

_IS_YOUTH: Final = N_("{navn} har fylt {alder} år og skal selv svare.")
_WILL_BE: Final = N_("{navn} fyller {alder} år {dato} og skal da selv svare.")


def show(case: OpenCase, view: ConsentView, top: HeadView, taking_part: Sequence[Person]) -> None:
    """Remind of what is near, and ask for the time after this consent behind one press."""
    if text := _youth(case, view, top):
        shown.show(shown.note(text, kind="warm"))
    if view.ends is None or view.renewal:
        return
    kind = "warm" if view.ends - case.today <= SOON else "calm"
    ends = _("Samtykket gjelder til {dato}. Spør familien om det skal fornyes.", dato=long_date(view.ends))
    shown.show(shown.note(ends, kind=kind))
    key = f"{case.number}.renew".replace("-", "_")
    if not st.toggle(_("Spør om å fornye"), key=key):
        return

    def asked(_consent: object) -> None:
        del st.session_state[key]

    shown.show(information(top))
    fills = consent_presets.offer(case, view, taking_part, at="renew")
    consent_asking.RenewForm.ask(
        case,
        button=_("Informasjonen er lest opp. Spør om å fornye"),
        options=consent_asking.options(case, view, top.child, view.ends + timedelta(days=1)),
        fills=fills,
        then=asked,
    )


def _youth(case: OpenCase, view: ConsentView, top: HeadView) -> str:
    """Say that the child answers too, or from which day; nothing when the child has answered, or is younger."""
    if view.latest is None or view.child not in view.latest.silent or case.row.birth_date is None:
        return ""
    day = view.ahead.get(view.child)
    years = _age(case, day or case.today)
    if day:
        return _(_WILL_BE, navn=top.child, alder=years, dato=long_date(day))
    return _(_IS_YOUTH, navn=top.child, alder=years)


def information(top: HeadView) -> Markup:
    """Return what the family is told before it answers."""
    lead = _(
        "Vi har taushetsplikt. Vi snakker bare med andre om {barn} når dere sier ja. Dere bestemmer hvem, hva og hvor lenge.",
        barn=top.child,
    )
    return _told(lead, _(INFORMATION, barn=top.child, **_who(top)))


def to_youth(case: OpenCase, view: ConsentView, request: LatestRequest, top: HeadView, person: Person) -> Markup:
    """Return what a young person is told before the answer, with «du», and from which day it counts."""
    day = view.ahead.get(person.key)
    names = consent_asking.names(view)
    services = listed([names.get(one.service, "") for one in request.asked])
    years = _age(case, day or case.today)
    lead = _(ASK_YOUTH, alder=years, tjenester=services)
    if day:
        lead = _(ASK_YOUTH_AHEAD, alder=years, tjenester=services, dato=long_date(day))
    return _told(lead, _(INFORMATION_TO_YOUTH, **_who(top)))


def _told(lead: str, text: str) -> Markup:
    return shown.filled('<div class="bti-note bti-calm"><p>{lead}</p><p>{text}</p></div>', lead=lead, text=text)


def _who(top: HeadView) -> dict[str, str]:
    phone = f", {top.stafettholder_phone}" if top.stafettholder_phone else ""
    return {"eier": top.owner_service, "stafettholder": top.stafettholder, "telefon": phone}


def _age(case: OpenCase, on: date) -> int:
    return age(case.row.birth_date, on)

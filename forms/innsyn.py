"""Who has seen and changed what, in words."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from bti import clock
from bti.casework.door import OpenCase
from bti.casework.paper import extract
from bti.casework.paper.tracing import Trace
from bti.content import deeds
from bti.language import _, clock_time, figures
from forms import papers as links
from forms import shown


def told(lines: Sequence[Trace]) -> Markup:
    """Show the lines as a table, the newest first."""
    return shown.table(
        [_("Når"), _("Hvem"), _("Hva")],
        [
            (_when(line), _who(line), _what(line))
            for line in lines
            if line.action not in deeds.SAID_OTHERWISE | deeds.OF_THE_ADDRESS
        ],
        caption=_("De nyeste linjene står først."),
    )


def papers(case: OpenCase) -> None:
    """Offer all that is kept as paper, for one in the family, behind one press; not where the printer sees a part of it only."""
    if case.sight.everything and st.toggle(
        _("Skriv ut alt som er lagret, til en i familien"), key=f"{case.number}.extract"
    ):
        made_for = [(r.code, r.name) for r in extract.recipients(case)]
        links.links(made_for, links.EXTRACT, case.number, _("Innsyn"))


def _when(line: Trace) -> str:
    return _("{dato} kl. {tid}", dato=figures(clock.day(line.at)), tid=clock_time(line.at))


def _who(line: Trace) -> str:
    return f"{line.who}, {line.service}" if line.service else line.who


def _what(line: Trace) -> str:
    return deeds.told(line.action, line.thing, line.outcome)

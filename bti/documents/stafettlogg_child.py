"""The child's own edition: a letter in larger type, to the child by first name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bti import clock
from bti.content.labels import label
from bti.documents.page import Cell, Column, Strong
from bti.documents.stafettlogg_voice import quotes
from bti.language import _, clock_time, first_up, long_date, weekday
from bti.rules.tiltak import TiltakStatus
from bti.rules.workflow import CaseStatus

if TYPE_CHECKING:
    from bti.documents.page import Paper
    from bti.documents.stafettlogg_content import Content, Telling, Tiltak


def write(paper: Paper, content: Content) -> None:
    """Write what the child has said, what we look at together, who does what, when we meet next and who tells."""
    paper.h1(_("Til {barn}", barn=content.child), below=_("Dette har vi snakket om og blitt enige om."))
    said = [words for heard in content.heard for words in quotes(heard)]
    if said:
        paper.voice(_("Det du har sagt"), said)
    _together(paper, content)
    _who_does_what(paper, content)
    _what_comes(paper, content)


def _together(paper: Paper, content: Content) -> None:
    is_over = content.status is CaseStatus.CLOSED
    titles = [concern.title for concern in content.concerns if is_over or concern.is_open]
    if titles:
        paper.h2(_("Dette har vi sett på sammen") if is_over else _("Dette ser vi på sammen"))
        paper.bullets(titles)


def _who_does_what(paper: Paper, content: Content) -> None:
    going_on = [
        tiltak
        for concern in content.concerns
        for tiltak in concern.tiltak
        if tiltak.status in {TiltakStatus.PLANNED, TiltakStatus.HANDED_OVER} and tiltak.who and not tiltak.refused
    ]
    if going_on:
        paper.h2(_("Dette gjør vi"))
        columns = [Column(_("Hvem"), 50), Column(_("Hva"), 88), Column(_("Hvor"), 36)]
        paper.table(columns, [_row(tiltak) for tiltak in going_on], summary=_("Hvem som gjør hva, og hvor."))


def _row(tiltak: Tiltak) -> list[Cell]:
    name = tiltak.who.name if tiltak.who else ""
    return [Cell(Strong(name)), Cell(tiltak.text), Cell(first_up(label(tiltak.arena)))]


def _what_comes(paper: Paper, content: Content) -> None:
    if meeting := content.next_meeting:
        paper.h2(_("Neste gang vi møtes"))
        when = _("{dag} kl. {tid}", dag=first_up(weekday(clock.day(meeting.start))), tid=clock_time(meeting.start))
        paper.paragraph(f"{when}, {meeting.place}." if meeting.place else f"{when}.")
    paper.h2(_("Hvem som forteller deg mer"))
    newest = max(content.telling, key=lambda telling: telling.round, default=None)
    if newest:
        paper.paragraph(_tells(newest))
    paper.paragraph(_("Lurer du på noe? Spør {navn}.", navn=content.stafettholder.name))


def _tells(telling: Telling) -> str:
    if telling.done_on:
        return _("Du fikk vite hva vi ble enige om, {dato}.", dato=long_date(telling.done_on))
    if not telling.who:
        return _("Du får vite hva vi ble enige om, senest {dato}.", dato=long_date(telling.by))
    return _("{navn} forteller deg hva vi ble enige om, senest {dato}.", navn=telling.who, dato=long_date(telling.by))

"""The message to services outside the kommune, as paper: for the family to read, and for each who is asked (R-08)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bti import clock
from bti.content.labels import label
from bti.documents.page import Cell, Column, Paper
from bti.documents.stafettlogg import letterhead, palette
from bti.language import LANGUAGES, _, clock_time, first_up, listed, long_date, speaking

if TYPE_CHECKING:
    from bti.documents.message_content import Message


def message(content: Message) -> bytes:
    """Return the paper as PDF, in its reader's language. Its metadata names the case by number and no person."""
    with speaking(content.language):
        paper = Paper(
            title=_("Melding {nummer}", nummer=content.number),
            language=content.language,
            letterhead=letterhead(content.kommune, content.language),
            footer=(_made(content), _("Utskrift til {mottaker}.", mottaker=content.recipient)),
            page_word=_("Side {page} av {pages}"),
            made_at=content.made_at,
            palette=palette(),
        )
        _write(paper, content)
        return paper.bytes()


def _made(content: Message) -> str:
    return _(
        "Melding {nummer} · versjon {versjon} · {dato} kl. {tid}",
        nummer=content.number,
        versjon=content.version,
        dato=long_date(clock.day(content.made_at)),
        tid=clock_time(content.made_at),
    )


def _write(paper: Paper, content: Message) -> None:
    """Write what we ask first: it is what the reader is to answer."""
    day = long_date(clock.day(content.made_at))
    made_for = _("utskrift {dato} til {mottaker}", dato=day, mottaker=content.recipient)
    born = _("født {tall}", tall=content.birth_year) if content.birth_year else _("ikke født ennå")
    below = " · ".join([first_up(born), LANGUAGES[content.language].lower(), made_for])
    paper.h1(_("Vi ber om hjelp til {barn}", barn=content.child), below=below)
    holder = ", ".join(part for part in (content.stafettholder.name, content.stafettholder.role) if part)
    paper.facts(
        [
            (_("Til"), first_up(listed(list(content.asked)))),
            (_("Fra"), content.sender),
            (_("Stafettholder"), holder),
            (_("Saksnummer"), content.number),
        ]
    )
    _part(paper, _("Vi spør om"), content.question)
    _part(paper, _("Situasjonen"), content.situation)
    if content.tried:
        paper.h2(_("Dette er prøvd"))
        rows = [[Cell(text), Cell(label(effect))] for text, effect in content.tried]
        paper.table([Column(_("Tiltak"), 120), Column(_("Effekt"), 54)], rows, summary=_("Dette er prøvd"))
    _part(paper, _("Familien sier"), content.family_says)
    if content.child_says:
        paper.voice(_("Barnet sier"), content.child_says)
    if content.until:
        _part(paper, _("Samtykke"), _("Familien har sagt ja til dette til {dato}.", dato=long_date(content.until)))


def _part(paper: Paper, heading: str, text: str) -> None:
    if text:
        paper.h2(heading)
        paper.paragraph(text)

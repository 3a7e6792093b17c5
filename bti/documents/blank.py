"""Empty forms to fill in by hand: one for each step, the consent and its withdrawal. They name no one (R-69, S0-49)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bti.content.labels import label
from bti.content.words import INFORMATION, level_opens
from bti.documents.page import Box, Cell, Column, Item, Letterhead, Paper
from bti.documents.stafettlogg import palette
from bti.language import _, speaking
from bti.rules.consent import ConsentAddition, ConsentLevel
from bti.rules.evaluation import Effect
from bti.rules.workflow import Blank, DecisionOutcome

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from bti.content.kommune import Kommune
    from bti.documents.stafettlogg_content import Language

LINE: Final = "…" * 50
"""As many as the sheet is wide; the tables' are as many as their columns are. One more, and the line breaks."""
SHORT: Final = "…" * 24
ROWS: Final = 5


def blank(kind: Blank, kommune: Kommune, language: Language, *, made_at: datetime) -> bytes:
    """Return one empty form as PDF, in the language asked for."""
    with speaking(language):
        paper = Paper(
            title=label(kind),
            language=language,
            letterhead=Letterhead(kommune.name, kommune.unit_nn if language == "nn" else kommune.unit_nb),
            footer=(_("Skjema til å fylle ut for hånd"), ""),
            page_word=_("Side {page} av {pages}"),
            made_at=made_at,
            palette=palette(),
        )
        paper.h1(label(kind), below=_("Barnets navn: {linje}  Dato: {dato}", linje=SHORT, dato="…" * 10))
        _WRITE[kind](paper)
        return paper.bytes()


def _oppstart(paper: Paper) -> None:
    _lines(paper, _("Hvem er med?"), 2)
    _lines(paper, _("Hva det gjelder"), 4)
    _lines(paper, _("Dette kan vi bygge på"), 4)
    _lines(paper, _("Dette er vanskelig"), 3)
    _lines(paper, _("Hvem snakker med barnet, og når?"), 2)


def _planlegg_tiltak(paper: Paper) -> None:
    _lines(paper, _("Det barnet vil at vi skal vite"), 3)
    _lines(paper, _("Hva skal vi være særlig oppmerksomme på?"), 2)
    _lines(paper, _("Hva vil vi få til?"), 2)
    _table(paper, _("Tiltak"), [_("Hva gjør vi?"), _("Hvem gjør det?"), _("Når?")])
    _lines(paper, _("Hva er best for barnet, og hvorfor?"), 3)
    paper.paragraph(_("Evalueringsmøte: {dato}  kl. {tid}", dato=SHORT, tid="…" * 8))


def _iverksett(paper: Paper) -> None:
    _table(paper, _("Slik går tiltakene"), [_("Tiltak"), _("Hvordan går det?"), _("Dato")])
    _lines(paper, _("Hvem snakker med barnet før evalueringsmøtet?"), 1)
    _lines(paper, _("Det barnet vil at vi skal vite"), 3)


def _evaluering(paper: Paper) -> None:
    _lines(paper, _("Familien først: hvordan har det gått?"), 4)
    effects = " ".join(f"☐ {label(effect)}" for effect in Effect)
    paper.paragraph(_("Effekten for barnet: {valg}", valg=effects))
    _table(paper, _("Tiltakene"), [_("Tiltak"), _("Effekt"), _("Fortsette, endre eller avslutte?")])
    _lines(paper, _("Slik opplever barnet det"), 3)
    _lines(paper, _("Hvilken vekt har barnets mening fått?"), 2)


def _veien_videre(paper: Paper) -> None:
    _lines(paper, _("Hva er best for barnet nå, og hvorfor?"), 3)
    paper.h2(_("Veien videre"))
    _choices(paper, [f"☐ {label(outcome)}" for outcome in DecisionOutcome])
    paper.paragraph(_("Er familien enig?  ☐ Ja  ☐ Nei"))
    _lines(paper, _("Hva ønsker familien?"), 2)
    _lines(paper, _("Hvem forteller barnet hva som ble bestemt, når og hvordan?"), 2)
    paper.signatures([_("Foresatt, dato"), _("Stafettholder, dato")])


def _consent(paper: Paper) -> None:
    paper.paragraph(
        _(
            "Vi har taushetsplikt. Vi snakker bare med andre om {barn} når dere sier ja. Dere bestemmer hvem, hva og hvor lenge.",
            barn=_("barnet"),
        )
        + " "
        + _("Målet er best mulig og samordnet hjelp. Vi deler bare det som er nødvendig.")
    )
    paper.paragraph(_("Barnet er født: {dato}  Tjenesten som spør: {linje}", dato="…" * 10, linje=SHORT))
    paper.h2(_("1. Hvem kan vi samarbeide med?"))
    _choices(paper, [f"☐ {SHORT}   ☐ {SHORT}"] * 3)
    paper.h2(_("2. Hva kan de få vite?"))
    levels = (ConsentLevel.AGREEMENTS, ConsentLevel.EVERYDAY)
    _choices(paper, [f"○ {label(level)}: {level_opens(level, _('barnet'))}" for level in levels])
    paper.paragraph(_("I tillegg, hvis dere vil:"))
    _choices(paper, [_("☐ {hva} – til: {linje}", hva=label(one), linje=SHORT) for one in ConsentAddition])
    paper.h2(_("3. Er det noe vi ikke skal dele?"))
    paper.paragraph(_("○ Nei  ○ Ja: {linje}", linje=SHORT))
    paper.h2(_("4. Hvor lenge?"))
    paper.paragraph(_("○ til sommeren ({dato})  ○ i ett år ({dato})", dato="…" * 8))
    paper.boxes([Box(_("Dette skal dere vite"), "plain", [Item("", _information())])])
    _child_is_told(paper)
    _answers(paper)


def _child_is_told(paper: Paper) -> None:
    """Leave room for who has told a child below the age, and asked. Never a consent."""
    told = _("Vi har fortalt {barn} hvem som får vite hva, og spurt hva {barn} synes.", barn=_("barnet"))
    paper.paragraph("☐ " + told + " " + _("Hvem: {linje}", linje=SHORT))


def _information() -> str:
    """Return what the family is told, with what is not known yet left open."""
    return _(
        INFORMATION,
        barn=_("barnet"),
        eier=_("oss"),
        stafettholder=_("stafettholderen"),
        telefon=f", {'…' * 10}",
    )


def _withdrawal(paper: Paper) -> None:
    paper.paragraph(_("Jeg vil at dere slutter å dele med:"))
    _choices(paper, ["☐ " + _("alle"), *[f"☐ {SHORT}"] * 4])
    paper.paragraph(
        "   ".join([_("Bare dette, ikke resten? (kan stå tomt)"), *(f"☐ {label(a)}" for a in ConsentAddition)])
    )
    paper.signatures([_("Navn, dato")])
    paper.paragraph(_("Tatt imot av: {navn}  Dato og klokkeslett: {dato}", navn="…" * 16, dato="…" * 12))


def _answers(paper: Paper) -> None:
    """Leave room for each one's own answer: nobody answers for another."""
    row = _("Navn: {linje}  ○ ja  ○ nei  Gitt: ○ underskrift ○ muntlig til: {kort}", linje="…" * 16, kort="…" * 8)
    explained = _("Forklart på (språk, tolk): {linje}  Papiret ligger: {linje}", linje="…" * 14)
    paper.paragraph(f"{row}\n\n{row}\n\n{row}\n\n{explained}")
    paper.signatures([_("Navn, dato"), _("Navn, dato")])


def _choices(paper: Paper, boxes: Sequence[str]) -> None:
    """Put each box to be ticked on a line of its own, with room for a pen."""
    paper.paragraph("\n\n".join(boxes))


def _lines(paper: Paper, question: str, lines: int) -> None:
    paper.h2(question)
    paper.paragraph("\n\n".join([LINE] * lines))


def _table(paper: Paper, title: str, headings: Sequence[str]) -> None:
    paper.h2(title)
    widths = (80, 50, 44)
    columns = [Column(heading, width) for heading, width in zip(headings, widths, strict=True)]
    # An empty line first: room for a pen.
    paper.table(columns, [[Cell("\n" + "…" * length) for length in (23, 13, 11)]] * ROWS, summary=title)


_WRITE: Final[Mapping[Blank, Callable[[Paper], None]]] = {
    Blank.OPPSTART: _oppstart,
    Blank.PLANLEGG_TILTAK: _planlegg_tiltak,
    Blank.IVERKSETT: _iverksett,
    Blank.EVALUERING: _evaluering,
    Blank.VEIEN_VIDERE: _veien_videre,
    Blank.CONSENT: _consent,
    Blank.WITHDRAWAL: _withdrawal,
}

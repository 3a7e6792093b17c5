"""The family's own extract as paper: the log, what was asked and answered, and everybody who has read it (R-50)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bti import clock
from bti.content.corrections import corrected
from bti.content.deeds import told
from bti.content.labels import label
from bti.content.words import explained_in
from bti.documents import stafettlogg_parts
from bti.documents.page import Cell, Column, Paper
from bti.documents.stafettlogg import letterhead, palette
from bti.language import _, clock_time, figures, first_up, listed, long_date, speaking

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bti.documents.extract_content import Extract, OwnAnswer, PutRight, Seen, TakenBack
    from bti.rules.consent import ConsentAddition, ConsentLevel


def extract(content: Extract) -> bytes:
    """Return the paper as PDF, in its reader's language. Its metadata names the case by number and no person."""
    log = content.log
    with speaking(log.language):
        title = _("Innsyn i stafettlogg {nummer}", nummer=log.number)
        day = long_date(clock.day(log.made_at))
        made = f"{title} · {_('{dato} kl. {tid}', dato=day, tid=clock_time(log.made_at))}"
        paper = Paper(
            title=title,
            language=log.language,
            letterhead=letterhead(log.kommune, log.language),
            footer=(made, _("Utskrift til {mottaker}.", mottaker=log.recipient)),
            page_word=_("Side {page} av {pages}"),
            made_at=log.made_at,
            palette=palette(),
        )
        stafettlogg_parts.write_log(paper, log, title=_("Innsyn i stafettloggen til {barn}", barn=log.child))
        _along_the_way(paper, content)
        _consent(paper, content)
        _people(paper, content)
        _seen(paper, content.seen)
        return paper.bytes()


def _along_the_way(paper: Paper, content: Extract) -> None:
    _list(
        paper,
        _("Forslag til tiltak"),
        (f"{one.text} ({one.by}). {label(one.status)}." for one in content.offered),
    )
    _list(
        paper,
        _("Notater og lysglimt"),
        (f"{figures(one.on)}, {one.by}. {label(one.kind)}: {one.text}" for one in content.notes),
    )
    for one in content.messages:
        paper.h2(_("Meldingen til de eksterne tjenestene"))
        sent = _("Sendt {dato}.", dato=figures(one.sent_on)) if one.sent_on else ""
        paper.paragraph(f"{_('Til')}: {first_up(listed(list(one.to)))}. {sent}".rstrip())
        for text in (one.situation, one.question, one.family):
            paper.paragraph(text)


def _consent(paper: Paper, content: Extract) -> None:
    """Write what the family was asked, and what this one person has answered; never what another has."""
    asked = (
        _(
            "{dato}: {tjeneste}, {hva}, fra {fra} til {til}",
            dato=figures(one.on),
            tjeneste=first_up(one.service),
            hva=_what(one.level, one.additions),
            fra=figures(one.first),
            til=figures(one.last),
        )
        for one in content.asked
    )
    _list(paper, _("Det familien er spurt om"), asked)
    kept = [
        _("{tjeneste} ser ikke «{oppmerksomhet}».", tjeneste=first_up(s), oppmerksomhet=o) for s, o in content.kept_out
    ]
    if content.keeps_back:
        kept.append(_("Familien har sagt at noe ikke skal deles. Stafettholderen viser deg hva."))
    _list(paper, _("Det familien har holdt tilbake"), kept)
    own = [
        ". ".join(part for part in (_said(one), one.reference, explained_in(one.explained_in)) if part)
        for one in content.answered
    ]
    own += [_taken_back(one) for one in content.withdrawn]
    _list(paper, _("Det du har svart"), own)


def _said(one: OwnAnswer) -> str:
    return f"{figures(one.on)}: {first_up(one.service)}, {_what(one.level, one.additions)} ({label(one.form)})"


def _taken_back(one: TakenBack) -> str:
    who, on = first_up(listed(list(one.services))), long_date(one.on)
    if one.additions:
        added = listed(sorted(label(a) for a in one.additions))
        return _("{tjenester}: bare {tillegg} er trukket tilbake, {dato}", tjenester=who, tillegg=added, dato=on)
    if one.is_all:
        return _("Alt er trukket tilbake, {dato}: {tjenester}", dato=on, tjenester=who)
    return _("{tjeneste}: trukket tilbake {dato}", tjeneste=who, dato=on)


def _what(level: ConsentLevel, additions: Iterable[ConsentAddition]) -> str:
    added = sorted(label(one) for one in additions)
    said = label(level).lower()
    return f"{said} + {listed(added)}" if added else said


def _people(paper: Paper, content: Extract) -> None:
    born = figures(content.born) if content.born else ""
    kept = [", ".join(part for part in (content.child, born, *content.of_child) if part), ", ".join(content.own)]
    if content.siblings:
        kept.append(_("Søsken: {navn}", navn=listed(list(content.siblings))))
    _list(paper, _("Det som står om dere"), kept)
    _list(paper, _("Rettet"), (_put_right(one) for one in content.corrected))


def _put_right(one: PutRight) -> str:
    return f"{figures(one.on)}: {corrected(one.field, one.old, one.new)}"


def _seen(paper: Paper, lines: Sequence[Seen]) -> None:
    """Write everybody who has read, written or been refused, the koordinator's looks among them; the newest first."""
    if not lines:
        return
    paper.h2(_("Hvem som har lest og skrevet"))
    rows = [
        [
            Cell(_("{dato} kl. {tid}", dato=figures(clock.day(line.at)), tid=clock_time(line.at))),
            Cell(", ".join(part for part in (line.who, line.service) if part)),
            Cell(told(line.action, line.thing, line.outcome)),
        ]
        for line in lines
    ]
    columns = [Column(_("Når"), 40), Column(_("Hvem"), 60), Column(_("Hva"), 74)]
    paper.table(columns, rows, summary=_("De nyeste linjene står først."))


def _list(paper: Paper, heading: str, texts: Iterable[str]) -> None:
    lines = [text for text in texts if text]
    if lines:
        paper.h2(heading)
        paper.bullets(lines)

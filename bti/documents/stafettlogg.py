"""The printed stafettlogg, for one recipient: what that recipient may read, from top to bottom.

    file = stafettlogg(content)

The family and the archive get all of it, a service what consent covers, the child an edition of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bti import clock
from bti.content.colours import colours
from bti.documents import stafettlogg_child, stafettlogg_parts
from bti.documents.page import Letterhead, Palette, Paper, Tone
from bti.documents.stafettlogg_content import Audience
from bti.language import _, clock_time, long_date, speaking

if TYPE_CHECKING:
    from bti.content import colours as content_colours
    from bti.content.kommune import Kommune
    from bti.documents.stafettlogg_content import Content, Language

FOR_A_CHILD = 11.5
"""The size of the child's edition, in points; the others have 10."""


def stafettlogg(content: Content) -> bytes:
    """Return the paper as PDF, in its recipient's language. Its metadata names the case by number and no person."""
    with speaking(content.language):
        paper = _sheet(content)
        if content.audience is Audience.CHILD:
            stafettlogg_child.write(paper, content)
        else:
            stafettlogg_parts.write(paper, content)
        return paper.bytes()


def _sheet(content: Content) -> Paper:
    is_childs = content.audience is Audience.CHILD
    return Paper(
        title=_("Stafettlogg {nummer}", nummer=content.number),
        language=content.language,
        letterhead=letterhead(content.kommune, content.language, is_stamped=not is_childs),
        footer=(_made(content), _owner(content)),
        page_word=_("Side {page} av {pages}"),
        made_at=content.made_at,
        palette=palette(),
        body_size=FOR_A_CHILD if is_childs else 10.0,
    )


def letterhead(sender: Kommune, language: Language, *, is_stamped: bool = True) -> Letterhead:
    """Return the sender, and the stamp that says who may not read a copy; the child's own letter needs none."""
    nynorsk = language == "nn"
    unit = sender.unit_nn if nynorsk else sender.unit_nb
    if not is_stamped:
        return Letterhead(sender.name, unit)
    return Letterhead(
        sender.name, unit, sender.stamp.title_nn if nynorsk else sender.stamp.title_nb, sender.stamp.reference
    )


def _made(content: Content) -> str:
    return _(
        "Stafettlogg {nummer} · versjon {versjon} · {dato} kl. {tid}",
        nummer=content.number,
        versjon=content.version,
        dato=long_date(clock.day(content.made_at)),
        tid=clock_time(content.made_at),
    )


def _owner(content: Content) -> str:
    to = _("Utskrift til {mottaker}.", mottaker=content.recipient)
    if content.audience is Audience.SERVICE:
        return " ".join((to, _("Kopi til orientering.")))
    if content.audience is Audience.ARCHIVE:
        kept = content.kommune.archive.kept_for_nn if content.language == "nn" else content.kommune.archive.kept_for_nb
        how_long = _("Oppbevares: {tid}.", tid=kept) if kept else ""
        return " ".join((to, _("Arkiveres i barnets mappe."), how_long)).rstrip()
    return to


def palette() -> Palette:
    """Return the paper's colours, which are the screen's."""
    chosen = colours()
    return Palette(
        ink=chosen.ink,
        muted=chosen.muted,
        primary=chosen.primary,
        tint=chosen.tint,
        rule=chosen.rule,
        stripe=chosen.stripe,
        child_fill=chosen.child.fill,
        child_bar=chosen.child.bar,
        child_text=chosen.child.text,
        good=_tone(chosen.good),
        some=_tone(chosen.some),
        bad=_tone(chosen.bad),
        none=_tone(chosen.none),
        stopped=chosen.stopped,
    )


def _tone(tone: content_colours.Tone) -> Tone:
    return Tone(tone.text, tone.fill)

"""The child's voice on the paper: the child's own words, or how and when it will be heard, or why it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bti.content.words import only_with
from bti.documents.stafettlogg_content import Audience
from bti.documents.stafettlogg_words import of_the_round
from bti.language import N_, _, long_date
from bti.rules.childs_voice import HeardBy, HeardFor, ShareWith
from bti.rules.workflow import CaseStatus

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bti.documents.page import Paper
    from bti.documents.stafettlogg_content import Content, Heard, HearingPlan, Telling

HOW: Final[Mapping[HeardBy, str]] = {
    HeardBy.CONVERSATION: N_("Samtale {dato}"),
    HeardBy.DRAWING: N_("Tegning {dato}"),
    HeardBy.FORM: N_("Skjema {dato}"),
    HeardBy.OBSERVATION: N_("Observasjon {dato}"),
    HeardBy.AAC: N_("Samtale med ASK {dato}"),
    HeardBy.IN_MEETING: N_("I møtet {dato}"),
}
WHEN: Final[Mapping[HeardFor, str]] = {
    HeardFor.PLAN: N_("Barnets stemme i planen"),
    HeardFor.EVALUATION: N_("Barnets stemme i evalueringen"),
}


def write(paper: Paper, content: Content) -> None:
    """Write what the child has said, newest first; where that is nothing, how it will be heard or why not."""
    if content.hearing or not content.heard:
        paper.voice(_("Barnets stemme"), [], meta=_yet(content))
    for heard in content.heard:
        heading = of_the_round(_(WHEN[heard.heard_for]), heard.round, content.round)
        paper.voice(heading, quotes(heard), meta=_how(heard, content.child))


def quotes(heard: Heard) -> list[str]:
    """Return the child's own words; what others have seen of a child too small to answer is not among them."""
    said = (
        () if heard.share_with is ShareWith.TOO_SMALL else (heard.words, heard.own_situation, heard.change, heard.wants)
    )
    return [words for words in said if words.strip()]


def _how(heard: Heard, child: str) -> str:
    how = _(HOW[heard.method], dato=long_date(heard.heard_on))
    by = _(" med {navn}", navn=heard.heard_by) if heard.heard_by else ""
    parts = [f"{how}{by}."]
    if heard.share_with is ShareWith.NONE:
        parts.append(_("{barn} vil ikke at det blir delt.", barn=child))
    if heard.only_with:
        parts.append(only_with(heard.only_with) + ".")
    if heard.share_with is ShareWith.TOO_SMALL:
        who = heard.assessed_by
        judged = _("Barnet er for lite til å svare – {rolle} har vurdert", rolle=who) + "." if who else ""
        alone = judged or _("Barnet er for lite til å svare selv.")
        parts += [alone, heard.words, heard.own_situation, heard.change, heard.wants]
    if heard.weight.strip():
        parts.append(_("Vekt i vurderingen: {tekst}", tekst=heard.weight))
    return " ".join(part for part in parts if part.strip())


def _yet(content: Content) -> str:
    """Say how the child will be heard, the same whether or not it has said something that is not for this reader."""
    plan = content.hearing
    said = (
        _planned(plan, content.child) if plan else _("Det er ikke avtalt hvordan {barn} blir hørt.", barn=content.child)
    )
    if content.status is CaseStatus.CLOSED and plan is None:
        said = _("{barn} er ikke hørt.", barn=content.child)
    if content.audience is Audience.SERVICE:
        own = _(
            "Det {barn} selv har sagt, står bare her når {barn} vil dele det med {mottaker}.",
            barn=content.child,
            mottaker=content.recipient,
        )
        return f"{said} {own}" if plan else own
    return said


def _planned(plan: HearingPlan, child: str) -> str:
    if plan.attends:
        return _("{barn} er selv med i møtet.", barn=child)
    if plan.interviewer and plan.due:
        return _(
            "Avtalt: {navn} snakker med {barn}, senest {dato}.",
            navn=plan.interviewer,
            barn=child,
            dato=long_date(plan.due),
        )
    if plan.why_not:
        return _("{barn} er ikke hørt: {grunn}", barn=child, grunn=plan.why_not)
    return _("Det er avtalt hvordan {barn} blir hørt.", barn=child)


def told_sentence(telling: Telling, child: str) -> str:
    """Say who tells the child what was decided."""
    if telling.done_on:
        return _("{barn} fikk vite det {dato}.", barn=child, dato=long_date(telling.done_on))
    if not telling.who:
        return _("{barn} får vite det senest {dato}.", barn=child, dato=long_date(telling.by))
    return _("{navn} forteller {barn} det senest {dato}.", navn=telling.who, barn=child, dato=long_date(telling.by))

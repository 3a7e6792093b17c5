"""The stafettlogg for grown-ups, part by part in the order it is read. What is empty is not printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bti import clock
from bti.content.labels import label
from bti.content.words import standing_sentence
from bti.documents import stafettlogg_plan as plan
from bti.documents import stafettlogg_voice as voice
from bti.documents.page import Box, Item, StepMark
from bti.documents.stafettlogg_content import Audience
from bti.documents.stafettlogg_words import newest_first, of_the_round
from bti.language import LANGUAGES, _, first_up, listed, long_date
from bti.rules.agreement import AgreementKind
from bti.rules.best_interests import AssessedFor, Factor
from bti.rules.consent import ConsentState
from bti.rules.situation import BUILT_ON, RESOURCES_FIRST, SituationKind
from bti.rules.workflow import CaseStatus, Step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bti.documents.boxes import ToneName
    from bti.documents.page import Paper
    from bti.documents.stafettlogg_content import Best, Content, Covered, SituationPart, Who

SHORT: Final = 320
"""So few characters stand well in half the width."""

LONG: Final = 900
"""So many are read better as running text, which goes on from page to page."""


def write(paper: Paper, content: Content) -> None:
    """Write all parts, and at the end what becomes of the paper."""
    write_log(paper, content)
    _where_it_goes(paper, content)


def write_log(paper: Paper, content: Content, *, title: str = "") -> None:
    """Write all that the log holds, under its own title or the one given."""
    _head(paper, content, title)
    _gate(paper, content)
    _steps(paper, content)
    voice.write(paper, content)
    _situation(paper, content)
    plan.write_plan(paper, content)
    plan.write_evaluations(paper, content)
    plan.write_way_forward(paper, content)
    _best_interests(paper, content)
    _agreements(paper, content)
    _endings(paper, content)
    _timeline(paper, content)


def _head(paper: Paper, content: Content, title: str) -> None:
    made_for = _(
        "utskrift {dato} til {mottaker}", dato=long_date(clock.day(content.made_at)), mottaker=content.recipient
    )
    born = _("født {tall}", tall=content.birth_year) if content.birth_year else _("ikke født ennå")
    below = " · ".join([first_up(born), LANGUAGES[content.language].lower(), made_for])
    paper.h1(title or _("Stafettlogg for {barn}", barn=content.child), below=below)
    facts = [
        (_("Saksnummer"), content.number),
        (_("Stafettholder"), _named(content.stafettholder)),
        (_("Nivå"), content.level),
        (_("Startet"), _started(content)),
    ]
    if content.status is CaseStatus.CLOSED and content.closed_on:
        facts.append((_("Avsluttet"), long_date(content.closed_on)))
    elif content.round > 1:
        facts.append((_("Runde"), str(content.round)))
    paper.facts(facts)


def _started(content: Content) -> str:
    day = long_date(content.opened_on)
    return _("på papir før {dato} (registrert i ettertid)", dato=day) if content.registered_afterwards else day


def _gate(paper: Paper, content: Content) -> None:
    """Say what consent covers, in words, beside who takes part. Nobody is told who has said what, or no."""
    people = [Item("", text) for text in (", ".join(map(_beside, content.family)), *map(_named, content.staff)) if text]
    is_shared = content.covered and content.status is not CaseStatus.CLOSED
    covered = Box(_("Hva samtykket dekker"), "good" if is_shared else "none", _covered(content))
    paper.boxes([covered, Box(_("Hvem som er med"), "plain", people)])


def _covered(content: Content) -> list[Item]:
    if content.status is CaseStatus.CLOSED:
        return [Item("○", _("Loggen er avsluttet. Andre tjenester ser den ikke lenger."))]
    lines = [Item("✓", covered_sentence(one)) for one in content.covered]
    if content.audience is Audience.SERVICE:
        return [*lines, Item("→", _("Dette papiret viser bare det {mottaker} får se.", mottaker=content.recipient))]
    lines = lines or [Item("○", _("Loggen deles ikke med andre tjenester nå."))]
    if content.seen_by:
        lines.append(Item("→", _("Dette papiret viser bare det {tjeneste} får se.", tjeneste=content.seen_by)))
    return lines


def covered_sentence(covered: Covered) -> str:
    """Say how much a service sees, and until when."""
    said = standing_sentence(
        covered.service, ConsentState.ACTIVE, level=covered.level, until=covered.until, withdrawn_on=None
    )
    if not covered.additions:
        return said
    parts = [
        label(one) if until == covered.until else _("{hva} til {dato}", hva=label(one), dato=long_date(until))
        for one, until in covered.additions
    ]
    return f"{said}. {_('Også om {hva}.', hva=listed(parts))}"


def _steps(paper: Paper, content: Content) -> None:
    closed = content.status is CaseStatus.CLOSED
    here = content.step.number
    marks = [
        StepMark(label(step), "done" if closed or step.number < here else "here" if step.number == here else "coming")
        for step in Step
    ]
    done = [mark.name for mark in marks if mark.state == "done"]
    coming = [mark.name for mark in marks if mark.state == "coming"]
    if closed:
        alt = _("Alle de fem stegene er ferdige: {steg}.", steg=listed(done))
    else:
        alt = _("Steg {nr} av 5: {navn}.", nr=here, navn=label(content.step))
        alt += " " + _("Ferdig: {steg}.", steg=listed(done)) if done else ""
        alt += " " + _("Gjenstår: {steg}.", steg=listed(coming)) if coming else ""
    paper.steps(marks, alt=alt, here_word=_("nå"))


def _situation(paper: Paper, content: Content) -> None:
    """Write what can be built on before what is hard."""
    for number in newest_first(part.round for part in content.situation):
        of_round = [part for part in content.situation if part.round == number]
        paper.h2(of_the_round(_("Situasjonen"), number, content.round))
        _pairs(paper, [_told(kind, said) for kind in RESOURCES_FIRST if (said := _of_kind(of_round, kind))])


def _of_kind(parts: Sequence[SituationPart], kind: SituationKind) -> list[str]:
    return [part.text for part in parts if part.kind is kind]


def _told(kind: SituationKind, texts: Sequence[str]) -> Box:
    tone: ToneName = "good" if kind in BUILT_ON else "plain"
    return Box(label(kind), tone, [Item("→" if len(texts) > 1 else "", text) for text in texts])


def _pairs(paper: Paper, boxes: list[Box]) -> None:
    """Write the boxes in order, two beside each other where both are short; a long text is no box."""
    waiting: list[Box] = []
    for box in boxes:
        text = "\n".join(item.text for item in box.items)
        if len(text) > SHORT:
            _flush(paper, waiting)
            if len(text) > LONG:
                paper.paragraph(f"{box.heading}:\n{text}")
            else:
                paper.boxes([box])
            continue
        waiting.append(box)
        if len(waiting) == 2:  # noqa: PLR2004 - a pair
            _flush(paper, waiting)
    _flush(paper, waiting)


def _flush(paper: Paper, waiting: list[Box]) -> None:
    if waiting:
        paper.boxes(list(waiting))
        waiting.clear()


def _best_interests(paper: Paper, content: Content) -> None:
    """Write what was best in the decision and in the plan, side by side while both are short."""
    headings = {AssessedFor.PLAN: _("I planen"), AssessedFor.DECISION: _("I beslutningen")}
    for number in newest_first(best.round for best in content.best):
        of_round = {best.assessed_for: best for best in content.best if best.round == number}
        paper.h2(of_the_round(_("Barnets beste"), number, content.round))
        _pairs(paper, [Box(headings[kind], "good", _weighed(of_round[kind])) for kind in headings if kind in of_round])


def _weighed(best: Best) -> list[Item]:
    thought_of = ", ".join(label(factor) for factor in Factor if factor in best.factors)
    return [Item("", best.text), *([Item("→", thought_of)] if thought_of else [])]


def _agreements(paper: Paper, content: Content) -> None:
    """Write what is agreed besides the tiltak, and what is left for next time."""
    for number in newest_first(agreed.round for agreed in content.agreements):
        of_round = [agreed for agreed in content.agreements if agreed.round == number]
        paper.h2(of_the_round(_("Avtaler"), number, content.round))
        said = {kind: [Item("→", a.text) for a in of_round if a.kind is kind] for kind in AgreementKind}
        _pairs(paper, [Box(label(kind), "plain", items) for kind, items in said.items() if items])


def _endings(paper: Paper, content: Content) -> None:
    """Write why the log was closed, and who said it, when that is more than the decision says already."""
    for ending in content.endings:
        said = [label(ending.reason)]
        said += [_("Sagt av {navn}", navn=ending.said_by)] if ending.said_by else []
        said += [ending.note] if ending.note else []
        if ending.reopened_on:
            again = _("Åpnet igjen {dato}: {grunn}", dato=long_date(ending.reopened_on), grunn=ending.reopened_because)
            said.append(again)
        heading = _("Avsluttet {dato}", dato=long_date(ending.on))
        paper.boxes([Box(heading, "plain", [Item("→", text) for text in said])])


def _timeline(paper: Paper, content: Content) -> None:
    if content.timeline:
        paper.h2(_("Tidslinje"))
        paper.timeline(content.timeline)


def _where_it_goes(paper: Paper, content: Content) -> None:
    if content.audience is Audience.ARCHIVE:
        unit = Item("→", _("Ansvarlig: {sted}.", sted=content.archive_unit))
        paper.boxes([Box(_("Arkiveres i barnets mappe"), "none", [unit])])
    if content.audience is Audience.SERVICE:
        paper.boxes(
            [
                Box(
                    _("Kopi til orientering"),
                    "none",
                    [Item("→", _("Laget til {mottaker}.", mottaker=content.recipient))],
                )
            ]
        )
    if content.audience is Audience.FAMILY:
        paper.h2(_("Underskrift"))
        # Of age, she signs for herself; before that those who have a role towards her: mor, far.
        signing = [who for who in content.family if bool(who.role) is not content.of_age]
        paper.signatures([_("{navn}, dato", navn=who.name) for who in (*signing, content.stafettholder)])


def _beside(person: Who) -> str:
    return f"{person.name} ({person.role})" if person.role else person.name


def _named(person: Who) -> str:
    return f"{person.name}, {person.role}" if person.role else person.name

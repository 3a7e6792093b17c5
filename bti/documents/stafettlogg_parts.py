"""The stafettlogg for grown-ups, part by part in the order it is read. What is empty is not printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bti import clock
from bti.content.words import goal_sentence, label, standing_sentence
from bti.documents import stafettlogg_voice as voice
from bti.documents.page import Box, Cell, Column, Item, Muted, Pill, StepMark, Strong
from bti.documents.stafettlogg_content import Audience
from bti.language import LANGUAGES, _, clock_time, figures, first_up, listed, long_date, weekday
from bti.rules.best_interests import AssessedFor
from bti.rules.consent import ConsentState
from bti.rules.decision import FamilyAgrees
from bti.rules.evaluation import Effect, OppmerksomhetStatus
from bti.rules.situation import SituationKind
from bti.rules.tiltak import TiltakStatus
from bti.rules.workflow import CaseStatus, DecisionOutcome, Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bti.documents.page import Paper
    from bti.documents.stafettlogg_content import Concern, Content, Covered, Decided, Result, Tiltak, Who
    from bti.documents.tables import Kind

RESOURCES_FIRST: Final = (
    SituationKind.RESOURCE,
    SituationKind.MASTERS,
    SituationKind.WORKS_FAMILY,
    SituationKind.WORKS_SCHOOL,
    SituationKind.CORE,
    SituationKind.CHALLENGE,
)
HARD: Final = frozenset({SituationKind.CORE, SituationKind.CHALLENGE})
PILLS: Final[Mapping[Effect, Kind]] = {
    Effect.DESIRED: "good",
    Effect.SOME: "some",
    Effect.NONE: "bad",
    Effect.NEGATIVE: "bad",
    Effect.TOO_EARLY: "none",
}
SHORT: Final = 320
"""So few characters stand well in half the width."""


def write(paper: Paper, content: Content) -> None:
    """Write all parts."""
    _head(paper, content)
    _gate(paper, content)
    _steps(paper, content)
    voice.write(paper, content)
    _situation(paper, content)
    _plan(paper, content)
    _evaluations(paper, content)
    _way_forward(paper, content)
    _best_interests(paper, content)
    _where_it_goes(paper, content)


def _head(paper: Paper, content: Content) -> None:
    made_for = _(
        "utskrift {dato} til {mottaker}", dato=long_date(clock.day(content.made_at)), mottaker=content.recipient
    )
    born = _("født {tall}", tall=content.birth_year)
    below = " · ".join([first_up(born), LANGUAGES[content.language].lower(), made_for])
    paper.h1(_("Stafettlogg for {barn}", barn=content.child), below=below)
    facts = [
        (_("Saksnummer"), content.number),
        (_("Stafettholder"), _named(content.stafettholder)),
        (_("Nivå"), content.level),
        (_("Startet"), long_date(content.opened_on)),
    ]
    if content.status is CaseStatus.CLOSED and content.closed_on:
        facts.append((_("Avsluttet"), long_date(content.closed_on)))
    elif content.round > 1:
        facts.append((_("Runde"), str(content.round)))
    paper.facts(facts)


def _gate(paper: Paper, content: Content) -> None:
    """Say what consent covers, in words, beside who takes part. Nobody is told who has said what, or no."""
    people = [Item("", _named(person)) for person in (*content.family, *content.staff)]
    paper.boxes([Box(_("Hva samtykket dekker"), "good", _covered(content)), Box(_("Hvem som er med"), "plain", people)])


def _covered(content: Content) -> list[Item]:
    if content.status is CaseStatus.CLOSED:
        return [Item("○", _("Loggen er avsluttet. Andre tjenester ser den ikke lenger."))]
    lines = [Item("✓", covered_sentence(one)) for one in content.covered]
    if content.audience is Audience.SERVICE:
        return [*lines, Item("→", _("Dette papiret viser bare det {mottaker} får se.", mottaker=content.recipient))]
    return lines or [Item("○", _("Loggen deles ikke med andre tjenester nå."))]


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
    """Write what can be built on before what is hard; short answers two by two."""
    for number in newest_first(part.round for part in content.situation):
        of_round = {part.kind: part.text for part in content.situation if part.round == number}
        paper.h2(of_the_round(_("Situasjonen"), number, content))
        waiting: list[Box] = []
        for kind in (kind for kind in RESOURCES_FIRST if kind in of_round):
            said = [Item("", of_round[kind])]
            box = Box(label(kind), "plain" if kind in HARD else "good", said)
            if len(of_round[kind]) > SHORT:
                _flush(paper, waiting)
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


def _plan(paper: Paper, content: Content) -> None:
    rows = [row for concern in content.concerns for row in _rows(concern)]
    if not rows:
        return
    paper.h2(_("Oppmerksomheter, mål og tiltak"))
    columns = [
        Column(_("Oppmerksomhet og mål"), 43),
        Column(_("Tiltak"), 49),
        Column(_("Hvem og hvor"), 33),
        Column(_("Når"), 30),
        Column(_("Effekt"), 31),
    ]
    paper.table(columns, rows, summary=_("Hva vi er oppmerksomme på, hva vi vil oppnå, og hvem som gjør hva til når."))


def _rows(concern: Concern) -> Iterator[list[Cell]]:
    status = [] if concern.status is OppmerksomhetStatus.OPEN else [Muted(first_up(label(concern.status)))]
    goal = Muted(_("Mål: {tekst}", tekst=goal_sentence(concern.goal, concern.title)))
    first = Cell(Strong(concern.title), goal, *status)
    if not concern.tiltak:
        yield [first, Cell(Muted(_("Ingen tiltak ennå"))), Cell(""), Cell(""), Cell("")]
    for nth, tiltak in enumerate(concern.tiltak):
        yield [
            Cell(Muted(concern.title)) if nth else first,
            Cell(tiltak.text),
            _by(tiltak),
            _when(tiltak),
            _did(tiltak),
        ]


def _by(tiltak: Tiltak) -> Cell:
    if tiltak.who is None:
        return Cell(Muted(_("Forslag. Ingen har tatt det på seg ennå.")))
    role = [Muted(tiltak.who.role)] if tiltak.who.role else []
    return Cell(Strong(tiltak.who.name), *role, Muted(first_up(label(tiltak.arena))))


def _when(tiltak: Tiltak) -> Cell:
    days = tiltak.dates
    if tiltak.refused:
        return Cell(_("Settes ikke i gang"))
    if tiltak.status is not TiltakStatus.PLANNED:
        ended = [Muted(_("Til {dato}", dato=figures(tiltak.ended_on)))] if tiltak.ended_on else []
        return Cell(_("Fra {dato}", dato=figures(days.start)), *ended, Muted(first_up(label(tiltak.status))))
    lines = []
    if days.deadline and days.deadline != days.evaluation:
        lines.append(Muted(_("Frist {dato}", dato=figures(days.deadline))))
    if days.evaluation:
        lines.append(Muted(_("Evalueres {dato}", dato=figures(days.evaluation))))
    return Cell(_("Fra {dato}", dato=figures(days.start)), *lines)


def _did(tiltak: Tiltak) -> Cell:
    newest = max(tiltak.results, key=lambda result: result.round, default=None)
    if newest is None:
        return Cell(Pill("none", _("Ikke vurdert")))
    return Cell(_pill(newest), Muted(label(newest.outcome)))


def _pill(result: Result) -> Pill:
    return Pill(PILLS[result.effect], label(result.effect))


def _evaluations(paper: Paper, content: Content) -> None:
    results = [(tiltak, result) for c in content.concerns for tiltak in c.tiltak for result in tiltak.results]
    rounds = [result.round for _tiltak, result in results] + [judged.round for judged in content.judgements]
    for number in newest_first(rounds):
        paper.h2(of_the_round(_("Evaluering"), number, content))
        for judged in (j for j in content.judgements if j.round == number):
            said = [Item("", label(judged.degree)), *([Item("", judged.text)] if judged.text else [])]
            paper.boxes([Box(_("Hvor mye situasjonen har endret seg"), "plain", said)])
        rows = [_evaluated(tiltak, result) for tiltak, result in results if result.round == number]
        if rows:
            columns = [
                Column(_("Tiltak"), 60),
                Column(_("Familien"), 40),
                Column(_("Effekt"), 32),
                Column(_("Hva som skjer videre"), 54),
            ]
            paper.table(columns, rows, summary=_("Hva tiltakene har gjort for barnet, familien først."))


def _evaluated(tiltak: Tiltak, result: Result) -> list[Cell]:
    why = [Muted(result.why_not_answered)] if result.why_not_answered else []
    reason = [Muted(result.reason)] if result.reason else []
    best = [Muted(_("Barnets beste: {tekst}", tekst=result.best_interests))] if result.best_interests else []
    who = [Muted(tiltak.who.name)] if tiltak.who else []
    return [
        Cell(tiltak.text, *who),
        Cell(label(result.family_first), *why),
        Cell(_pill(result)),
        Cell(label(result.outcome), *reason, *best),
    ]


def _way_forward(paper: Paper, content: Content) -> None:
    """Write the decision as boxes to tick, and beside it when we meet next and who tells the child."""
    decisions = sorted(content.decisions, key=lambda decided: decided.round, reverse=True)
    newest = [_decided(decided, content) for decided in decisions[:1]]
    agreed = _agreed(content)
    beside = [*newest, *([Box(_("Neste møte og beskjed til barnet"), "plain", agreed)] if agreed else [])]
    if not beside:
        return
    paper.h2(_("Veien videre"))
    paper.boxes(beside)
    for decided in decisions[1:]:
        paper.boxes([_decided(decided, content)])


def _decided(decided: Decided, content: Content) -> Box:
    outcomes = [Item("☑" if outcome is decided.outcome else "☐", label(outcome)) for outcome in DecisionOutcome]
    said = [Item("→", _agreement(decided))]
    if decided.why_so:
        said.append(Item("→", _("Grunnen til valget: {tekst}", tekst=decided.why_so)))
    heading = of_the_round(_("Besluttet {dato}", dato=long_date(decided.on)), decided.round, content)
    return Box(heading, "plain", [*outcomes, *said])


def _agreement(decided: Decided) -> str:
    if decided.family_agrees is FamilyAgrees.YES:
        return _("Familien er enig.")
    said = (
        _("Familien er delvis enig.") if decided.family_agrees is FamilyAgrees.PARTLY else _("Familien er ikke enig.")
    )
    if not decided.family_wants:
        return said
    return f"{said} {_('Familien ønsker: {tekst}', tekst=decided.family_wants)}"


def _agreed(content: Content) -> list[Item]:
    lines = []
    if meeting := content.next_meeting:
        day = weekday(clock.day(meeting.start))
        when = _("{dag} kl. {tid}", dag=first_up(day), tid=clock_time(meeting.start))
        lines.append(Item("→", f"{when}, {meeting.place}" if meeting.place else when))
    newest = max(content.telling, key=lambda telling: telling.round, default=None)
    return [*lines, *([Item("→", voice.told_sentence(newest, content.child))] if newest else [])]


def _best_interests(paper: Paper, content: Content) -> None:
    headings = {AssessedFor.PLAN: _("Barnets beste i planen"), AssessedFor.DECISION: _("Barnets beste i beslutningen")}
    order = list(AssessedFor)
    for best in sorted(content.best, key=lambda b: (b.round, order.index(b.assessed_for)), reverse=True):
        paper.h2(of_the_round(headings[best.assessed_for], best.round, content))
        paper.paragraph(best.text)


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
        adults = [who for who in content.family if who.role]
        paper.signatures([_("{navn}, dato", navn=who.name) for who in (*adults, content.stafettholder)])


def _named(person: Who) -> str:
    return f"{person.name}, {person.role}" if person.role else person.name


def newest_first(rounds: Iterable[int]) -> list[int]:
    """Return each round once, the newest first."""
    return sorted(set(rounds), reverse=True)


def of_the_round(heading: str, number: int, content: Content) -> str:
    """Return the heading, with its round when there has been more than one."""
    return heading if content.round == 1 else _("{overskrift}, runde {nr}", overskrift=heading, nr=number)

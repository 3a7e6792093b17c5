"""What we do and how it went: the table of tiltak, the evaluation of each round, and the way forward."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bti import clock
from bti.content.labels import label
from bti.content.meeting_words import meeting_time, purpose_of
from bti.content.words import goal_sentence, said_of
from bti.documents.page import Box, Cell, Column, Item, Muted, Pill, Strong
from bti.documents.stafettlogg_voice import told_sentence
from bti.documents.stafettlogg_words import newest_first, of_the_round
from bti.language import _, figures, first_up, long_date
from bti.rules.decision import FamilyAgrees
from bti.rules.evaluation import Effect, FamilyFirst, OppmerksomhetStatus
from bti.rules.tiltak import TiltakStatus
from bti.rules.workflow import DecisionOutcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bti.documents.page import Paper
    from bti.documents.stafettlogg_content import Concern, Content, Decided, NextMeeting, Result, Tiltak
    from bti.documents.tables import Kind

PILLS: Final[Mapping[Effect, Kind]] = {
    Effect.DESIRED: "good",
    Effect.SOME: "some",
    Effect.NONE: "bad",
    Effect.NEGATIVE: "bad",
    Effect.TOO_EARLY: "none",
}

NARROW: Final = 120
"""So many characters of reasons stand well in the column of the effect."""


def write_plan(paper: Paper, content: Content) -> None:
    """Write what we look at and want to reach, and each tiltak with who, where, when and what it has done so far."""
    rows = [row for concern in content.concerns for row in _rows(concern)]
    if not rows:
        return
    paper.h2(_("Oppmerksomheter, mål og tiltak"))
    columns = [
        Column(_("Oppmerksomhet og mål"), 41),
        Column(_("Tiltak"), 46),
        Column(_("Hvem og hvor"), 33),
        Column(_("Når"), 33),
        Column(_("Effekt"), 33),
    ]
    paper.table(columns, rows, summary=_("Hva vi er oppmerksomme på, hva vi vil oppnå, og hvem som gjør hva til når."))


def _rows(concern: Concern) -> Iterator[list[Cell]]:
    status = [] if concern.status is OppmerksomhetStatus.OPEN else [Muted(first_up(label(concern.status)))]
    goal = Muted(_("Mål: {tekst}", tekst=goal_sentence(concern.goal, concern.title)))
    sign = _("Slik merker vi det: {tegn}", tegn=concern.success_sign) if concern.success_sign else ""
    more = [Muted(text) for text in (concern.description, sign) if text]
    first = Cell(Strong(concern.title), goal, *more, *status)
    if not concern.tiltak:
        yield [first, Cell(Muted(_("Ingen tiltak ennå"))), Cell(""), Cell(""), Cell("")]
    for nth, tiltak in enumerate(concern.tiltak):
        about = Cell(Muted(concern.title)) if nth else first
        if tiltak.who is None:
            yield [
                about,
                Cell(tiltak.text),
                Cell(Muted(_("Forslag. Ingen har tatt det på seg ennå."))),
                Cell(""),
                Cell(""),
            ]
            continue
        role = [Muted(tiltak.who.role)] if tiltak.who.role else []
        by = Cell(Strong(tiltak.who.name), *role, Muted(first_up(label(tiltak.arena))))
        yield [about, _what(tiltak), by, _when(tiltak), _did(tiltak)]


def _what(tiltak: Tiltak) -> Cell:
    """Say what is done, and what was set otherwise than it follows. The log records the agreement, not the vedtak (R-57)."""
    formal = [_("Tiltaket kan kreve enkeltvedtak i egen sak.")] if tiltak.may_need_formal_decision else []
    return Cell(tiltak.text, *(Muted(text) for text in (tiltak.by_hand, *formal) if text))


def _when(tiltak: Tiltak) -> Cell:
    """Say from when, until when and when it is evaluated; a deadline on the day of the evaluation is said once."""
    days = tiltak.dates
    if tiltak.refused:
        return Cell(_("Settes ikke i gang"))
    since = _("Fra {dato}", dato=figures(days.start))
    if days.registered_afterwards:
        since = _("{fra} (registrert i ettertid)", fra=since)
    if tiltak.status is not TiltakStatus.PLANNED:
        until = [Muted(_("Til {dato}", dato=figures(tiltak.ended_on)))] if tiltak.ended_on else []
        status = [] if tiltak.results else [Muted(first_up(label(tiltak.status)))]
        return Cell(since, *until, *status)
    lines = []
    if days.deadline and days.deadline != days.evaluation:
        lines.append(Muted(_("Frist {dato}", dato=figures(days.deadline))))
    if days.evaluation:
        lines.append(Muted(_("Evalueres {dato}", dato=figures(days.evaluation))))
    return Cell(since, *lines)


def _did(tiltak: Tiltak) -> Cell:
    newest = _newest(tiltak)
    if newest is None:
        return Cell("") if tiltak.refused else Cell(Pill("none", _("Ikke vurdert")))
    said = [Muted(label(newest.outcome))] if _is_long(newest) else _outcome(newest)
    return Cell(_pill(newest), *said)


def _is_long(result: Result) -> bool:
    """Say whether the reasons need more room than a narrow column; they then stand with the evaluation."""
    return bool(result.voices) or len(result.reason) + len(result.best_interests) > NARROW


def _newest(tiltak: Tiltak) -> Result | None:
    return max(tiltak.results, key=lambda result: result.round, default=None)


def _pill(result: Result) -> Pill:
    return Pill(PILLS[result.effect], label(result.effect))


def _outcome(result: Result) -> list[Muted]:
    best = _("Barnets beste: {tekst}", tekst=result.best_interests) if result.best_interests else ""
    said = (label(result.outcome), result.reason, best, *(_voice(*voice) for voice in result.voices))
    return [Muted(text) for text in said if text]


def _voice(name: str, effect: Effect | None, words: str) -> str:
    parts = [label(effect)] if effect else []
    return f"{name or _('En som er med')}: {'. '.join([*parts, *([words] if words else [])])}"


def write_evaluations(paper: Paper, content: Content) -> None:
    """Write the one judgement of each round, and whether the family spoke first; the newest round first.

    What a tiltak did last stands in the table above; what it did in earlier rounds, and long reasons, stand here.
    """
    results = [(tiltak, result) for c in content.concerns for tiltak in c.tiltak for result in tiltak.results]
    rounds = [result.round for _tiltak, result in results] + [judged.round for judged in content.judgements]
    for number in newest_first(rounds):
        paper.h2(of_the_round(_("Evaluering"), number, content.round))
        of_round = [(tiltak, result) for tiltak, result in results if result.round == number]
        judged = [
            Box(_("Hvor mye situasjonen har endret seg"), "plain", [Item("", text) for text in said if text])
            for said in ((label(j.degree), j.text) for j in content.judgements if j.round == number)
        ]
        family = [Box(_("Familien først"), "plain", _family(of_round))] if of_round else []
        paper.boxes([*judged, *family])
        _in_full(paper, [(t, result) for t, result in of_round if result is not _newest(t) or _is_long(result)])


def _family(results: Sequence[tuple[Tiltak, Result]]) -> list[Item]:
    """Say that the family spoke first, and of which tiltak it did not and why."""
    others = [(tiltak, result) for tiltak, result in results if result.family_first is not FamilyFirst.YES]
    lines = [Item("→", said_of(tiltak.text, " ".join(_why(result)))) for tiltak, result in others]
    if not others:
        return [Item("✓", _("Familien snakket først om alle tiltakene."))]
    if len(others) < len(results):
        lines.insert(0, Item("✓", _("Familien snakket først om de andre tiltakene.")))
    return lines


def _why(result: Result) -> list[str]:
    return [text for text in (f"{label(result.family_first)}.", result.why_not_answered) if text]


def _in_full(paper: Paper, results: Sequence[tuple[Tiltak, Result]]) -> None:
    """Write what needs more room than the table above: earlier rounds, long reasons, and what each has said."""
    if results:
        columns = [Column(_("Tiltak"), 90), Column(_("Effekt"), 36), Column(_("Hva vi ble enige om"), 60)]
        rows = [[Cell(tiltak.text), Cell(_pill(result)), Cell(*_outcome(result))] for tiltak, result in results]
        paper.table(columns, rows, summary=_("Hva tiltakene hadde gjort for barnet, og hva vi ble enige om."))


def write_way_forward(paper: Paper, content: Content) -> None:
    """Write the decision as boxes to tick, and beside it when we meet next and who tells the child."""
    decisions = sorted(content.decisions, key=lambda decided: decided.round, reverse=True)
    agreed = _agreed(content)
    beside = [Box(_("Neste møte og beskjed til barnet"), "plain", agreed)] if agreed else []
    if not decisions and not beside:
        return
    paper.h2(_("Veien videre"))
    paper.boxes([*(_decided(decided, content.round) for decided in decisions[:1]), *beside])
    for decided in decisions[1:]:
        paper.boxes([_decided(decided, content.round)])


def _decided(decided: Decided, rounds: int) -> Box:
    outcomes = [Item("☑" if outcome is decided.outcome else "☐", label(outcome)) for outcome in DecisionOutcome]
    said = [Item("→", _agreement(decided))]
    if decided.why_so:
        said.append(Item("→", _("Grunnen til valget: {tekst}", tekst=decided.why_so)))
    heading = of_the_round(_("Besluttet {dato}", dato=long_date(decided.on)), decided.round, rounds)
    return Box(heading, "plain", [*outcomes, *said])


def _agreement(decided: Decided) -> str:
    if decided.family_agrees is FamilyAgrees.YES:
        return _("Familien er enig.")
    partly = decided.family_agrees is FamilyAgrees.PARTLY
    said = _("Familien er delvis enig.") if partly else _("Familien er ikke enig.")
    if not decided.family_wants:
        return said
    return " ".join((said, _("Familien ønsker: {tekst}", tekst=decided.family_wants)))


def _meeting(meeting: NextMeeting) -> Iterator[str]:
    """Tell when and where we meet, what for, who comes besides, and who does what when it is shared."""
    when = meeting_time(clock.day(meeting.start), meeting.start, meeting.until)
    purpose = purpose_of(meeting.type, meeting.purpose)
    yield "\n".join(filter(None, [f"{when}, {meeting.place}" if meeting.place else when, purpose]))
    if meeting.besides:
        yield _("På møtet kommer også {hvem}", hvem="; ".join(meeting.besides))
    if meeting.duties:
        yield meeting.duties


def _agreed(content: Content) -> list[Item]:
    lines = []
    if meeting := content.next_meeting:
        lines = [Item("→", line) for line in _meeting(meeting)]
    newest = max(content.telling, key=lambda telling: telling.round, default=None)
    return [*lines, *([Item("→", told_sentence(newest, content.child))] if newest else [])]

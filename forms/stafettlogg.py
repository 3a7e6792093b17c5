"""The whole log as a story, in the order it happened, and the papers that can be printed of it."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from bti.casework import story
from bti.casework.consent.windows import Kept
from bti.casework.desk.seeing import HeadView
from bti.casework.door import OpenCase
from bti.casework.paper import exporting
from bti.casework.paper import timeline as days
from bti.casework.paper.exporting import Recipient
from bti.casework.people.people import Person
from bti.casework.steps import escalating
from bti.casework.steps.escalating import MessageView
from bti.language import _
from bti.rules.access import Action, may
from bti.rules.best_interests import AssessedFor
from bti.rules.childs_voice import HeardFor
from bti.rules.workflow import DecisionOutcome
from forms import (
    avtaler,
    board,
    childs_voice,
    concern,
    eskalering,
    evaluering,
    family,
    meeting,
    shown,
    situation,
    tiltak,
    timeline,
    veien_videre,
)
from forms import papers as links


def told(
    case: OpenCase,
    top: HeadView,
    taking_part: tuple[Person, ...],
    kept: Sequence[Kept],
    known: story.Whole | None = None,
) -> Markup:
    """Tell the log, the newest round first, each round in the meeting's own order."""
    log = known or story.whole(case)
    along = timeline.told(days.of(case, log.meetings, log.tiltak, log.evaluations, kept)) or Markup("")
    rounds = range(case.round, 0, -1)
    goes_out = any(d.outcome is DecisionOutcome.ESCALATE_EXTERNAL for d in log.decisions)
    asked = {m.round: m for m in escalating.messages(case)} if goes_out else {}
    return along + shown.joined(_round(case, top, taking_part, log, number, asked.get(number)) for number in rounds)


def _round(
    case: OpenCase,
    top: HeadView,
    taking_part: tuple[Person, ...],
    log: story.Whole,
    number: int,
    asked: MessageView | None,
) -> Markup:
    sections = shown.joined(
        shown.filled('<section class="bti-part"><h3>{title}</h3>{body}</section>', title=title, body=body)
        for title, body in _sections(case, top, taking_part, log, number)
        if body
    )
    if asked:
        sections += shown.filled(
            '<section class="bti-part"><h3>{title}</h3>{body}</section>',
            title=_("Meldingen til de eksterne tjenestene"),
            body=eskalering.told_message(asked, (), ()),
        )
    nothing = shown.filled("<p>{text}</p>", text=_("Ingenting er skrevet i denne runden ennå."))
    return shown.filled(
        '<section class="bti-round"><h2>{title}</h2>{sections}</section>',
        title=_("Runde {n}", n=number),
        sections=sections or nothing,
    )


def _sections(
    case: OpenCase, top: HeadView, taking_part: tuple[Person, ...], log: story.Whole, number: int
) -> Iterator[tuple[str, Markup | None]]:
    said_before = story.heard((), log.child_views, HeardFor.PLAN, number)[1]
    said_after = story.heard((), log.child_views, HeardFor.EVALUATION, number)[1]
    best = {a.assessed_for: a for a in log.assessments if a.round == number}
    evaluated_at = story.evaluation_meeting(log.meetings, number)
    evaluated = [e for e in log.evaluations if e.round == number]
    in_round = story.tiltak_in(log.tiltak, log.evaluations, number)
    yield _("Det barnet sa før planen"), childs_voice.told_words(said_before, top.child)
    yield _("Situasjonen"), situation.told((t for t in log.situation if t.round == number), taking_part)
    yield _("Oppmerksomhet og mål"), concern.told(story.concerns_in(log.oppmerksomheter, number))
    yield _("Tiltak"), tiltak.told_tiltak(in_round, taking_part, evaluated_at, top.owner_kind, case.today)
    offered = [p for p in log.proposals if p.round == number]
    yield _("Forslag til tiltak"), family.told_proposals(offered, taking_part)
    yield _("Barnets beste i planen"), tiltak.told_best(best.get(AssessedFor.PLAN))
    noted = [n for n in log.notes if n.round == number]
    yield _("Notater og lysglimt"), board.told_notes(noted, log.tiltak, taking_part)
    yield _("Evalueringsmøte"), meeting.told(case, evaluated_at, taking_part)
    yield _("Slik opplever barnet det"), childs_voice.told_words(said_after, top.child)
    yield _("Evalueringen"), evaluering.told_all(in_round, evaluated, taking_part)
    yield _("Barnets situasjon"), evaluering.told_round(story.of_round(log.rounds, number), said_after)
    agreed = [a for a in log.agreements if a.round == number]
    yield _("Avtaler"), avtaler.told(agreed, taking_part)
    yield _("Veien videre"), veien_videre.told(story.of_round(log.decisions, number), best.get(AssessedFor.DECISION))
    yield (
        _("Barnet får vite det"),
        veien_videre.told_telling(story.of_round(log.informing, number), taking_part, top.child),
    )


def addressed(case: OpenCase, kept: Sequence[Kept]) -> tuple[Recipient, ...]:
    """Return for whom there are papers, also those that wait to be read through."""
    return exporting.addressed(case, kept) if may(case.sight, Action.PRINT) else ()


def papers(case: OpenCase, recipients: Sequence[Recipient]) -> None:
    """Offer the papers: for whom, in which language. Each is made anew through the gate when it is fetched."""
    ready = [(r.code, r.name) for r in recipients if not r.waits]
    links.links(ready, links.STAFETTLOGG, case.number, _("Skriv ut stafettloggen som PDF"))

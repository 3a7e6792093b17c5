"""The case along the days, as far as this reader may see: meetings, tiltak with their effect, and who has shared in it."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import groupby
from textwrap import shorten
from typing import Final
from uuid import UUID

from bti import clock
from bti.casework.consent.windows import Kept, may_name
from bti.casework.door import OpenCase
from bti.casework.ground.naming import service_name
from bti.casework.story import EvaluationView, MeetingView, TiltakView, evaluation_meeting
from bti.content.labels import label
from bti.documents.timeline import Lane, Stretch, Timeline, ToneName
from bti.language import _, first_up, long_date, short_date
from bti.rules.consent import Category, Purpose
from bti.rules.evaluation import Effect
from bti.rules.meeting import MeetingType

TONE_OF: Final[dict[Effect, ToneName]] = {
    Effect.DESIRED: "good",
    Effect.SOME: "some",
    Effect.NONE: "none",
    Effect.NEGATIVE: "bad",
    Effect.TOO_EARLY: "plain",
}
FIRST_WORDS: Final = 90
"""So many characters of a tiltak stand on one line; it is told whole where it was agreed."""


def of(
    case: OpenCase,
    meetings: Sequence[MeetingView],
    planned: Sequence[TiltakView],
    evaluated: Sequence[EvaluationView],
    shared: Sequence[Kept],
    *,
    only: Collection[UUID] | None = None,
    names_owner: bool = True,
) -> Timeline | None:
    """Return the timeline of what was read, or nothing while nothing has been agreed.

    ``only`` names the services that may stand on it; a paper names those that are covered when it is made. A guardian the
    child is hidden from is not told where it went (R-60).
    """
    lanes = [
        _meetings(meetings),
        *([_moved(case)] if names_owner else ()),
        *_tiltak(case, meetings, planned, evaluated),
        *_shared(case, shared, only),
    ]
    lanes = [lane for lane in lanes if lane.stretches]
    if not lanes:
        return None
    days = [day for lane in lanes for s in lane.stretches for day in (s.first, s.last)]
    return Timeline(min(days), max(days), case.today, tuple(lanes))


def _meetings(meetings: Sequence[MeetingView]) -> Lane:
    held = (Stretch(m.day, m.day, "plain", _meeting_words(m)) for m in meetings)
    return Lane(_("Møter"), tuple(held))


def _moved(case: OpenCase) -> Lane:
    """Give the day the log went to another school or barnehage, to the two it went between (R-62)."""
    row = case.row
    if row.owns is None:
        return Lane("", ())
    began = row.since if row.owns else row.until
    day = clock.day(began)
    words = _("{sted} fra {dato}.", sted=first_up(service_name(row)), dato=long_date(day))
    return Lane(_("Bytter skole eller barnehage"), (Stretch(day, day, "plain", words),))


def _meeting_words(meeting: MeetingView) -> str:
    name = _("Evalueringsmøte") if meeting.type is MeetingType.EVALUATION else _("Møte")
    return _("{navn} {dato}", navn=name, dato=long_date(meeting.day))


def _tiltak(
    case: OpenCase, meetings: Sequence[MeetingView], planned: Sequence[TiltakView], evaluated: Sequence[EvaluationView]
) -> Iterator[Lane]:
    """Give each tiltak with a who; a proposal has no days yet."""
    for tiltak in planned:
        if tiltak.is_complete:
            meeting = evaluation_meeting(meetings, tiltak.round if tiltak.ended_on else case.round)
            last = tiltak.ended_on or tiltak.evaluation_due or (meeting.day if meeting else case.today)
            result = next((e for e in reversed(evaluated) if e.tiltak == tiltak.id), None)
            name = shorten(tiltak.text, FIRST_WORDS, placeholder=" …")
            yield Lane(name, (_carried_out(tiltak.start, max(last, tiltak.start), result),))


def _carried_out(first: date, last: date, result: EvaluationView | None) -> Stretch:
    words = _from_to(first, last)
    if result is None:
        return Stretch(first, last, "plain", words)
    effect = _("{dager}: {effekt}", dager=words, effekt=label(result.effect).lower())
    return Stretch(first, last, TONE_OF[result.effect], effect)


def _shared(case: OpenCase, kept: Sequence[Kept], only: Collection[UUID] | None) -> Iterator[Lane]:
    """Give when each service has seen the agreements; a sensitive one is named to few (R-56)."""
    named = (
        w
        for w in kept
        if w.purpose is Purpose.COOPERATE and w.category is Category.TILTAK_AND_EVALUATION
        if may_name(case, w) and (only is None or w.service in only)
    )
    for service, seen in groupby(named, key=lambda w: (w.service, w.name)):
        yield Lane(_("Deles med {tjeneste}", tjeneste=service[1]), tuple(_window(w) for w in seen))


def _window(window: Kept) -> Stretch:
    first, last = clock.day(window.opens), clock.day(window.closes - clock.A_MOMENT)
    return Stretch(first, max(first, last), "none", _from_to(first, max(first, last)))


def _from_to(first: date, last: date) -> str:
    if first == last:
        return long_date(first)
    begin = short_date(first) if first.year == last.year else long_date(first)
    return _("{fra} til {til}", fra=begin, til=long_date(last))

"""The case along the days, as far as this reader may see: meetings, tiltak with their effect, and who has shared in it."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from sqlalchemy import bindparam, select

from bti import clock
from bti.casework.door import OpenCase
from bti.casework.policy import policy_mark
from bti.casework.story import EvaluationView, MeetingView, TiltakView, evaluation_meeting
from bti.content.labels import label
from bti.documents.timeline import Lane, Stretch, Timeline, ToneName
from bti.language import _, long_date, short_date, spoken
from bti.rules.consent import Category, Purpose
from bti.rules.evaluation import Effect
from bti.rules.meeting import MeetingType
from bti.store.tables import Service, Sharing

TONE_OF: Final[dict[Effect, ToneName]] = {
    Effect.DESIRED: "good",
    Effect.SOME: "some",
    Effect.NONE: "none",
    Effect.NEGATIVE: "bad",
    Effect.TOO_EARLY: "plain",
}
_SHARED = (
    select(
        Service.id,
        Service.name_nb,
        Service.name_nn,
        Service.sensitive_membership,
        Sharing.opens,
        Sharing.closes,
    )
    .join(Sharing, Sharing.service_id == Service.id)
    .where(
        Sharing.case_id == bindparam("case"),
        Sharing.policy == bindparam("policy"),
        Sharing.purpose == Purpose.COOPERATE,
        Sharing.category == Category.TILTAK_AND_EVALUATION,
    )
    .order_by(Service.name_nb, Service.id, Sharing.opens)
)


def of(
    case: OpenCase,
    meetings: Sequence[MeetingView],
    planned: Sequence[TiltakView],
    evaluated: Sequence[EvaluationView],
    *,
    only: Collection[UUID] | None = None,
) -> Timeline | None:
    """Return the timeline of what was read, or nothing while nothing has been agreed. One statement of its own.

    ``only`` names the services that may stand on it; a paper names those that are covered when it is made.
    """
    lanes = [_meetings(meetings), *_tiltak(case, meetings, planned, evaluated), *_shared(case, only)]
    lanes = [lane for lane in lanes if lane.stretches]
    if not lanes:
        return None
    days = [day for lane in lanes for s in lane.stretches for day in (s.first, s.last)]
    return Timeline(min(days), max(days), case.today, tuple(lanes))


def _meetings(meetings: Sequence[MeetingView]) -> Lane:
    held = (Stretch(m.day, m.day, "plain", _meeting_words(m)) for m in meetings)
    return Lane(_("Møter"), tuple(held))


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
            yield Lane(tiltak.text, (_carried_out(tiltak.start, max(last, tiltak.start), result),))


def _carried_out(first: date, last: date, result: EvaluationView | None) -> Stretch:
    words = _from_to(first, last)
    if result is None:
        return Stretch(first, last, "plain", words)
    effect = _("{dager}: {effekt}", dager=words, effekt=label(result.effect).lower())
    return Stretch(first, last, TONE_OF[result.effect], effect)


def _shared(case: OpenCase, only: Collection[UUID] | None) -> Iterator[Lane]:
    """Give when each service has seen the agreements; a sensitive one is named to few (R-56)."""
    rows = case.session.execute(_SHARED, {"case": case.id, "policy": policy_mark()}).all()
    named = (r for r in rows if _may_be_named(case, r) and (only is None or r.id in only))
    for _service, windows in groupby(named, key=lambda r: r.id):
        seen = list(windows)
        name = str(seen[0].name_nn if spoken() == "nn" else seen[0].name_nb)
        yield Lane(_("Deles med {tjeneste}", tjeneste=name), tuple(_window(row) for row in seen))


def _may_be_named(case: OpenCase, row: Any) -> bool:
    return not row.sensitive_membership or case.sight.everything or row.id == case.sight.service


def _window(row: Any) -> Stretch:
    first, last = clock.day(row.opens), clock.day(row.closes - clock.A_MOMENT)
    return Stretch(first, max(first, last), "none", _from_to(first, max(first, last)))


def _from_to(first: date, last: date) -> str:
    if first == last:
        return long_date(first)
    begin = short_date(first) if first.year == last.year else long_date(first)
    return _("{fra} til {til}", fra=begin, til=long_date(last))

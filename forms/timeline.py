"""The case along the days, drawn: a bar beside its words, so that who does not see the bar reads the same."""

from datetime import date

from markupsafe import Markup

from bti.documents.timeline import Lane, Stretch, Timeline
from bti.language import _, month
from forms import shown


def told(timeline: Timeline | None) -> Markup | None:
    """Show the timeline, or nothing while there is none."""
    if timeline is None:
        return None
    lanes = shown.joined(_lane(timeline, lane) for lane in timeline.lanes)
    return shown.filled(
        '<section class="bti-time"><h2>{title}</h2><div class="bti-months" aria-hidden="true">{marks}{today}</div>'
        "<dl>{lanes}</dl></section>",
        title=_("Tidslinje"),
        marks=shown.joined(_mark(timeline, on) for on in timeline.marks()),
        today=_today(timeline),
        lanes=lanes,
    )


def _mark(timeline: Timeline, on: date) -> Markup:
    return shown.filled('<span style="left:{left}%">{name}</span>', left=_percent(timeline.share(on)), name=month(on))


def _today(timeline: Timeline) -> Markup:
    if not timeline.first <= timeline.today <= timeline.last:
        return Markup("")
    return shown.filled('<i style="left:{left}%"></i>', left=_percent(timeline.share(timeline.today)))


def _lane(timeline: Timeline, lane: Lane) -> Markup:
    return shown.filled(
        '<dt>{name}</dt><dd><div class="bti-track" aria-hidden="true">{bars}</div><p>{words}</p></dd>',
        name=lane.name,
        bars=shown.joined(_bar(timeline, stretch) for stretch in lane.stretches),
        words=" · ".join(stretch.words for stretch in lane.stretches),
    )


def _bar(timeline: Timeline, stretch: Stretch) -> Markup:
    left, right = timeline.share(stretch.first), timeline.share(stretch.last)
    return shown.filled(
        '<span class="bti-{tone}" style="left:{left}%;width:{width}%"></span>',
        tone=stretch.tone,
        left=_percent(left),
        width=_percent(right - left),
    )


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"

"""The frame round every page: who is here, the head of the case, who may see it, and what is missing."""

from collections.abc import Callable, Collection, Sequence

import streamlit as st
from markupsafe import Markup

from bti import clock
from bti.casework.consent.consenting import Standing
from bti.casework.desk import seeing
from bti.casework.desk.seeing import HeadView
from bti.casework.door import OpenCase
from bti.casework.ground import presence
from bti.casework.ground.naming import role
from bti.casework.ground.policy import kommune
from bti.casework.operating import identity
from bti.casework.steps import moving
from bti.content.labels import label
from bti.content.words import standing_sentence
from bti.errors import Reason, Refused
from bti.language import LANGUAGES, _, clock_time, listed, weekday
from bti.rules.access import Action, may
from bti.rules.consent import ConsentState
from bti.rules.guards import Missing
from bti.rules.people import Actor
from bti.rules.workflow import WRITES_HERE, CaseStatus, Step
from forms import blank, here, shown, undo
from forms.parts import Parts

PART_OF = {
    Missing.CORE: "situasjon",
    Missing.RESOURCE: "situasjon",
    Missing.OPPMERKSOMHET: "oppmerksomheter",
    Missing.TILTAK: "tiltak",
    Missing.EVALUATION_MEETING: "mote",
    Missing.CHILD_PLAN: "barnet",
    Missing.BEST_INTERESTS_PLAN: "barnets-beste",
    Missing.CHILD_PLAN_EVALUATION: "barnet",
    Missing.EVALUATIONS: "evalueringer",
    Missing.DEGREE: "endring",
    Missing.EXPERIENCE: "barnet",
    Missing.WEIGHT: "endring",
    Missing.BEST_INTERESTS_DECISION: "veien-videre",
    Missing.DECISION: "veien-videre",
    Missing.INFORM_CHILD: "fortelle",
}
MARKS = {
    ConsentState.ACTIVE: "✓",
    ConsentState.AWAITING: "…",
    ConsentState.NEEDS_YOUTH: "…",
    ConsentState.REFUSED: "–",
    ConsentState.WITHDRAWN: "–",
    ConsentState.EXPIRED: "–",
}


def beside(actor: Actor, *, demo: bool) -> None:
    """Draw what stands beside every page: who is here, the language, the way out, and that a demo is a demo."""
    with st.sidebar:
        shown.show(
            shown.filled(
                '<div class="bti-me" data-bti-lang="{lang}" data-bti-lock="{minutes}"><strong>{name}</strong><br>'
                '{role}<br><a class="bti-lock" href="/logg-ut" target="_self">{lock}</a> · '
                '<a href="/logg-ut" target="_self">{out}</a></div>',
                lang=actor.language,
                name=actor.name,
                role=role(actor.title, actor.service_name),
                minutes=kommune().screen.lock_after_minutes,
                lock=_("Lås skjermen"),
                out=_("Logg ut"),
            )
        )
        chosen = st.radio(
            _("Språk"),
            list(LANGUAGES),
            index=list(LANGUAGES).index(actor.language),
            format_func=lambda code: LANGUAGES[code],
            horizontal=True,
            key="language",
        )
    if chosen != actor.language:
        identity.choose_language(actor, chosen)
        st.rerun()
    if demo:
        shown.show(
            shown.filled(
                '<p class="bti-demo">{text}</p>',
                text=_("Dette er en demo med oppdiktede personer. Skriv aldri om et virkelig barn her."),
            )
        )
    if flash := st.session_state.pop("flash", None):
        shown.show(shown.note(flash, kind="done"))


def head(
    case: OpenCase, page: str, missing: Sequence[Missing] = (), *, standings: Sequence[Standing] | None = None
) -> HeadView:
    """Draw the head of a case page: whose case, which step, who carries it, who may see it, and what is missing.

    A page that has read where the services stand hands it on, so that it is not read twice.
    """
    top = seeing.head(case, standings)
    shown.show(
        shown.filled(
            '<header class="bti-head" data-bti-case="{number}" data-bti-version="{version}">'
            '<p class="bti-eyebrow">{child} · {number} · {level} · {round}</p><h1>{page}</h1>{steps}'
            '<p class="bti-holder">{holder}</p>{others}{strip}{missing}</header>',
            number=top.number,
            version=case.mark,
            child=top.child,
            level=_("nivå {nivaa}", nivaa=top.level_name),
            round=_where(top),
            page=page,
            steps=_steps(top),
            holder=_holder(top),
            others=_others(case),
            strip=_strip(top.standings),
            missing=missing_list(missing) if may(case.sight, Action.LEAD) else "",
        )
    )
    st.button(_("Hent det nyeste"), key="pulse")  # pressed by the page's own pulse, and by nobody else
    undo.show(case)
    if case.mode not in WRITES_HERE:
        shown.show(shown.note(shown.filled("<p>{why}</p>{forms}", why=_(Reason.ON_PAPER), forms=blank.links())))
    return top


def _where(top: HeadView) -> str:
    where = _("runde {n}", n=top.round) if top.status is not CaseStatus.CLOSED else label(top.status)
    return _("{hvor} · registrert i ettertid", hvor=where) if top.registered_afterwards else where


def _steps(top: HeadView) -> Markup:
    items = []
    for step in Step:
        done = step.number < top.step.number or top.status is CaseStatus.CLOSED
        here_now = step is top.step and not done
        state = "done" if done else "here" if here_now else "coming"
        spoken = {"done": _("ferdig"), "here": _("her er vi"), "coming": _("ikke ennå")}[state]
        items.append(
            shown.filled(
                '<li class="bti-{state}"><span class="bti-dot" aria-hidden="true">{mark}</span> {name}'
                ' <span class="bti-spoken">({spoken})</span></li>',
                state=state,
                mark="✓" if done else step.number,
                name=label(step),
                spoken=spoken,
            )
        )
    return shown.filled(
        '<ol class="bti-steps" aria-label="{name}">{items}</ol>', name=_("De fem stegene"), items=shown.joined(items)
    )


def _holder(top: HeadView) -> str:
    who = _("Stafettholder: {navn}", navn=top.stafettholder)
    if not top.next_meeting:
        return who
    return f"{who} · " + _(
        "Neste møte: {dag} kl. {tid}",
        dag=weekday(clock.day(top.next_meeting)),
        tid=clock_time(top.next_meeting),
    )


def _others(case: OpenCase) -> Markup:
    """Say who else has the log open now, of those this reader may be told of; nothing when nobody has."""
    here_too = presence.others(case)
    if not here_too:
        return Markup("")
    said = _("Har også loggen oppe nå: {hvem}", hvem=listed(list(here_too)))
    return shown.filled('<p class="bti-others">{said}</p>', said=said)


def _strip(standings: Sequence[Standing]) -> Markup:
    if not standings:
        return shown.filled(
            '<p class="bti-strip-none">{text}</p>', text=_("Ingen andre tjenester ser noe av dette nå.")
        )
    items = (
        shown.filled(
            '<li class="bti-consent-{state}"><span aria-hidden="true">{mark}</span> {text}</li>',
            state=s.state,
            mark=MARKS.get(s.state, "…"),
            text=standing_sentence(s.name, s.state, level=s.level, until=s.until, withdrawn_on=s.withdrawn_on),
        )
        for s in standings
    )
    return shown.filled(
        '<ul class="bti-strip" aria-label="{name}">{items}</ul>', name=_("Dette ser:"), items=shown.joined(items)
    )


def not_this_step(case: OpenCase, step: Step) -> bool:
    """Say, when it is so, that the log stands in another step: this one can be read, not written in. Return whether."""
    if case.stands_in(step):
        return False
    if case.status is CaseStatus.CLOSED:
        text = _("Stafettloggen er avsluttet. Den kan leses, men ikke endres.")
    elif step.number < case.step.number:
        text = _("Dette steget er ferdig i denne runden. Her kan dere lese det.")
    else:
        text = _("Stafettloggen står i steg {n}, {navn}.", n=case.step.number, navn=label(case.step).lower())
    shown.show(shown.note(text))
    return True


def may_write(case: OpenCase, step: Step, action: Action = Action.WRITE) -> bool:
    """Say whether this person writes in this step now."""
    return case.stands_in(step) and case.mode in WRITES_HERE and may(case.sight, action)


def parts(case: OpenCase, top: HeadView, step: Step, action: Action = Action.WRITE) -> Parts:
    """Return the parts of a step's page, with what the family has said we shall not share beside what is written."""
    writes = may_write(case, step, action)
    return Parts(f"{case.number}.{step}", may_write=writes, beside=kept_back(top.not_to_share) if writes else None)


def kept_back(said: Sequence[str]) -> Markup | None:
    """Tell those who write what the family has said we shall not share. It is opened by hand: others may see the screen."""
    if not said:
        return None
    return shown.filled(
        '<details class="bti-kept-back"><summary>{lead}</summary>{words}</details>',
        lead=_("Familien har sagt at noe ikke skal deles"),
        words=shown.bullets(said),
    )


def move_on(case: OpenCase, missing: Sequence[Missing], to: Step, words: str) -> None:
    """Draw the press that takes the next step; while something is missing it says what, and takes none."""
    if not may(case.sight, Action.LEAD) or case.status is CaseStatus.CLOSED:
        return
    if not st.button(words, key=f"move.{to}", type="secondary" if missing else "primary"):
        return
    if missing:
        shown.show(shown.note(missing_list(missing), kind="stop"))
        return
    try:
        moving.move_on(case, to=to)
    except Refused as no:
        shown.show(shown.refusal(no))
        return
    go_to(str(to), case.number)


def onwards(
    case: OpenCase, missing: Sequence[Missing], here_asked: Collection[Missing], to: Step, words: str
) -> tuple[str, Callable[[object], None]] | None:
    """Return the press that saves the open part and takes the next step at once, when nothing but that part is missing."""
    if not missing or not set(missing) <= set(here_asked) or not may(case.sight, Action.LEAD):
        return None

    def then(_saved: object) -> None:
        moving.move_on(case, to=to)
        go_to(str(to), case.number)

    return words, then


def go_to(page: str, number: str) -> None:
    """Go to a page of the same case."""
    st.switch_page(f"{page}.py", query_params={here.CASE: number})


def missing_list(missing: Sequence[Missing]) -> Markup:
    """Return what is missing, each line a way to where it is asked."""
    if not missing:
        return Markup("")
    lines = shown.joined(
        shown.filled('<li><a href="#del-{part}">{text}</a></li>', part=PART_OF[m], text=_(m))
        if m in PART_OF
        else shown.filled("<li>{text}</li>", text=_(m))
        for m in missing
    )
    return shown.filled(
        '<div class="bti-missing"><h2>{title}</h2><ul>{lines}</ul></div>',
        title=_("Dette mangler før neste steg"),
        lines=lines,
    )

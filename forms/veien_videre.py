"""The way forward."""

from collections.abc import Collection, Sequence
from datetime import date
from functools import partial
from typing import Annotated, Any
from uuid import UUID

import streamlit as st
from markupsafe import Markup

from bti import clock
from bti.casework.desk.seeing import HeadView
from bti.casework.door import Asking, OpenCase
from bti.casework.people.people import Person
from bti.casework.steps import deciding
from bti.casework.steps.deciding import DecideView
from bti.casework.story import AssessmentView, DecisionView, InformView
from bti.content.labels import label
from bti.language import N_, _, first_up, weekday
from bti.rules.access import Action, may
from bti.rules.best_interests import Factor
from bti.rules.consent import ConsentState
from bti.rules.decision import FamilyAgrees, individual_plan_is_near
from bti.rules.evaluation import OppmerksomhetStatus
from bti.rules.workflow import CaseStatus, DecisionOutcome, Step
from forms import childs_voice, frame, people, shown
from forms.allowed import LineOrNothing, MustChoose, Sentence, SentenceOrNothing
from forms.fields import Chips, Choose, Day, Line, Paragraph, Pick
from forms.form import Answers, Form
from forms.parts import Parts, choose_one
from forms.press import press


def decide(
    asked: Asking,
    *,
    best_interests: str,
    factors: Collection[Factor],
    outcome: DecisionOutcome,
    deviation_reason: str,
    family_agrees: FamilyAgrees,
    family_wants_instead: str,
    follows: Collection[DecisionOutcome],
    version: int,
) -> UUID:
    """Save the decision; what the evaluation speaks for was only there to ask no more than needed."""
    del follows
    return deciding.decide(
        asked,
        best_interests=best_interests,
        factors=factors,
        outcome=outcome,
        deviation_reason=deviation_reason,
        family_agrees=family_agrees,
        family_wants_instead=family_wants_instead,
        version=version,
    )


class DecisionForm(Form, saves_with=decide, given=("follows", "version")):
    """What is best for the child, one outcome, and what the family says to it. The first is never suggested."""

    best_interests: Annotated[Sentence, Paragraph(N_("Hva er best for barnet nå, og hvorfor?"), lines=3)]
    factors: Annotated[list[Factor], Chips(N_("Dette har vi tenkt på (kan stå tomt)"), words=Factor)] = []  # noqa: RUF012
    outcome: Annotated[DecisionOutcome, Pick(N_("Hva er veien videre?"), words=DecisionOutcome, across=False)]
    deviation_reason: Annotated[
        SentenceOrNothing, Paragraph(N_("Hvorfor, når evalueringen peker en annen vei?"), lines=2)
    ] = ""
    family_agrees: Annotated[FamilyAgrees, Pick(N_("Er familien enig?"), words=FamilyAgrees)]
    family_wants_instead: Annotated[SentenceOrNothing, Paragraph(N_("Hva ønsker familien i stedet?"), lines=2)] = ""

    @classmethod
    def asked_now(cls, raw: Answers) -> Sequence[str]:
        """Ask why when the evaluation speaks for another way, and what the family wants instead when it says no."""
        hidden = set() if raw["family_agrees"] is FamilyAgrees.NO else {"family_wants_instead"}
        if raw["outcome"] in {None, *raw["follows"]}:
            hidden.add("deviation_reason")
        return [name for name in cls.model_fields if name not in hidden]


class TellForm(Form, saves_with=deciding.agree_who_tells, given=("version",)):
    """Who tells the child, and by when."""

    who: Annotated[UUID, MustChoose, Choose(N_("Hvem forteller barnet det?"))]
    by: Annotated[date, MustChoose, Day(N_("Innen"))]
    how: Annotated[LineOrNothing, Line(N_("Hvordan, hvis det ikke er i en samtale?"))] = ""


def stored(decision: DecisionView | None, best: AssessmentView | None) -> dict[str, Any]:
    """Return a decision as the form has it."""
    text: dict[str, Any] = {"best_interests": best.text, "factors": sorted(best.factors)} if best else {}
    if decision is None:
        return text
    return text | {
        "outcome": decision.outcome,
        "family_agrees": decision.family_agrees,
        "family_wants_instead": decision.family_wants_instead,
        "deviation_reason": decision.deviation_reason,
    }


def told(decision: DecisionView | None, best: AssessmentView | None) -> Markup | None:
    """Say what was decided, what is best for the child first."""
    if decision is None:
        return None
    return shown.facts(
        [
            (_("Barnets beste"), best.text if best else ""),
            (_("Det vi har tenkt på"), thought_of(best)),
            (_("Veien videre"), label(decision.outcome)),
            (_("Familien er enig"), label(decision.family_agrees)),
            (_("Familien ønsker"), decision.family_wants_instead),
            (_("Hvorfor"), decision.deviation_reason),
        ]
    )


def thought_of(best: AssessmentView | None) -> str:
    """Say what was weighed, when somebody pressed it."""
    return ", ".join(label(factor) for factor in Factor if best and factor in best.factors)


def told_telling(task: InformView | None, taking_part: Sequence[Person], child: str) -> Markup | None:
    """Say who tells the child."""
    if task is None:
        return None
    who = people.name_of(taking_part, task.who)
    if task.done_at:
        return shown.paragraphs(_("{barn} fikk vite det {dag}.", barn=child, dag=weekday(clock.day(task.done_at))))
    return shown.paragraphs(telling(who, child, task.by, task.how))


def telling(who: str, child: str, by: date, how: str = "") -> str:
    """Say «Eirik forteller Solveig det i en samtale innen …» (R-33)."""
    if how:
        return _(
            "{navn} forteller {barn} det innen {dag}: {hvordan}", navn=who, barn=child, dag=weekday(by), hvordan=how
        )
    return _("{navn} forteller {barn} det i en samtale innen {dag}.", navn=who, barn=child, dag=weekday(by))


def told_evaluation(view: DecideView) -> Markup:
    """Say where each concern stands after the evaluation, and what it points to."""
    lines = [
        _("{oppmerksomhet}: {status}", oppmerksomhet=concern.title, status=label(status))
        for concern, status in view.concerns
    ]
    return shown.filled(
        '<section class="bti-part"><h2>{title}</h2>{lines}<p>{points} <strong>{outcome}</strong></p></section>',
        title=_("Evalueringen viser"),
        lines=shown.bullets(lines),
        points=_("Det peker mot:"),
        outcome=label(view.suggested),
    )


def is_plan_near(case: OpenCase, top: HeadView) -> bool:
    """Say whether the one who leads is told of the right to barnekoordinator and individuell plan (R-53)."""
    others = sum(s.state is ConsentState.ACTIVE for s in top.standings)
    return may(case.sight, Action.LEAD) and individual_plan_is_near(others, case.round, case.level)


def ask_where_concerns_stand(case: OpenCase, view: DecideView, parts: Parts) -> None:
    """Behind one small switch: where a concern stands, when it is not as the evaluations say. One press (R-17)."""
    if not view.concerns or not frame.may_write(case, Step.VEIEN_VIDERE, Action.LEAD):
        return
    if not st.toggle(_("Noe står et annet sted enn evalueringen viser"), key=f"{parts.key}.concerns"):
        return
    titles = [(concern.id, concern.title) for concern, _status in view.concerns]
    only = titles[0][0] if len(titles) == 1 else None
    chosen = only or choose_one(parts, titles, _("Hvilken oppmerksomhet?"), key="concern", nothing=_("Velg"))
    for concern, status in view.concerns:
        for other in OppmerksomhetStatus if concern.id == chosen else ():
            if other is not status:
                set_it = partial(deciding.set_concern, case, oppmerksomhet=concern.id, status=other)
                press(first_up(label(other)), f"{parts.key}.{other}", partial(set_it, version=concern.version))


def ask_who_tells(case: OpenCase, view: DecideView, child: str, parts: Parts) -> None:
    """Suggest who tells the child, to be confirmed with one press; or let it be changed (R-33)."""
    grown_ups = people.adults(view.people)
    who = view.suggested_teller if view.suggested_teller in dict(grown_ups) else None
    if who and view.informing is None:
        shown.show(shown.paragraphs(telling(people.name_of(view.people, who), child, view.tell_by)))
        if st.button(_("Det er avtalt"), key=f"{parts.key}.tell", type="primary"):
            deciding.agree_who_tells(case, who=who, by=view.tell_by, version=0)
            parts.saved()
            st.rerun()
        if not st.toggle(_("Avtal noe annet"), key=f"{parts.key}.other"):
            return
    task = view.informing
    TellForm.ask(
        case,
        button=_("Lagre"),
        stored={"who": task.who, "by": task.by, "how": task.how} if task else {},
        version=task.version if task else 0,
        options={"who": grown_ups},
        then=parts.saved,
    )


DOES = {
    DecisionOutcome.CLOSE: N_("Avslutt stafettloggen"),
    DecisionOutcome.CONTINUE: N_("Start neste runde"),
    DecisionOutcome.OTHER_MEASURES_OWN_SERVICE: N_("Start neste runde"),
    DecisionOutcome.ESCALATE_EXTERNAL: N_("Forbered hjelp fra eksterne tjenester"),
}
LANDS_ON = {DecisionOutcome.CLOSE: "stafettlogg", DecisionOutcome.ESCALATE_EXTERNAL: "veien_videre"}


def carry_out(case: OpenCase, view: DecideView) -> None:
    """Draw the press that does what was decided; while something is missing it says what."""
    if not may(case.sight, Action.LEAD) or case.status is CaseStatus.CLOSED:
        return
    outcome = view.decision.outcome if view.decision else view.suggested
    if not st.button(_(DOES[outcome]), key="carry_out", type="secondary" if view.missing else "primary"):
        return
    if view.missing:
        shown.show(shown.note(frame.missing_list(view.missing), kind="stop"))
        return
    deciding.carry_out(case)
    frame.go_to(LANDS_ON.get(outcome, "planlegg_tiltak"), case.number)


def page(case: OpenCase, view: DecideView, top: HeadView, parts: Parts) -> None:
    """Draw the decision, who tells the child, and the press that does what was decided."""
    here_now = case.step is Step.VEIEN_VIDERE
    if here_now:
        shown.show(told_evaluation(view))
        ask_where_concerns_stand(case, view, parts)
        if is_plan_near(case, top):
            shown.show(shown.quiet(_("Barnet kan ha rett til barnekoordinator eller individuell plan.")))
    best = view.best_interests
    if parts.part("veien-videre", _("Barnets beste og veien videre"), told(view.decision, best)):
        if words := childs_voice.told_words(view.child_view, top.child):
            shown.show(words)
        shown.show(shown.quiet(_(shown.READ_BY_ALL)))
        DecisionForm.ask(
            case,
            button=_("Lagre beslutningen"),
            stored=stored(view.decision, best),
            version=view.decision.version if view.decision else 0,
            follows=view.follows,
            then=parts.saved,
        )
    if parts.part("fortelle", _("Barnet får vite det"), told_telling(view.informing, view.people, top.child)):
        ask_who_tells(case, view, top.child, parts)
    if here_now:
        carry_out(case, view)

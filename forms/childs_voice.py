"""The child is heard: how, and what the child wants to be known. Nothing here is ever suggested."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any
from uuid import UUID

import streamlit as st
from markupsafe import Markup

from bti.casework.consent.consenting import Standing
from bti.casework.door import Asking, OpenCase
from bti.casework.people.people import Person
from bti.casework.said.childs_voice import More
from bti.casework.steps import carrying_out, planning, starting
from bti.casework.story import ChildPlanView, ChildViewView
from bti.content.labels import label
from bti.content.words import only_with
from bti.language import N_, _, weekday
from bti.rules.childs_voice import ChildTakesPart, HeardBy, ShareWith
from forms import people, shown
from forms.allowed import LineOrNothing, SentenceOrNothing, StoryOrNothing
from forms.fields import Choose, ChooseSome, Line, Option, Paragraph, Pick, Tick
from forms.form import Answers, Form
from forms.parts import Parts

HELP = N_("Lov aldri barnet at ingenting blir sagt videre.")
"""Help for the one who talks with the child; secrecy is never promised (R-34)."""


class _Plan:
    """What is asked depends on how the child takes part."""

    @classmethod
    def asked_now(cls, raw: Answers) -> Sequence[str]:
        """Ask who talks with the child only when the child does not come, and why only when the child is not heard."""
        follow = {ChildTakesPart.HEARD_BEFORE: ["interviewer"], ChildTakesPart.NOT_HEARD: ["not_heard_reason"]}
        return ["takes_part", *follow.get(raw["takes_part"], [])]


class PlanForm(_Plan, Form, saves_with=starting.plan_child, given=("version",)):
    """How the child is heard before the plan."""

    takes_part: Annotated[
        ChildTakesPart, Pick(N_("Hvordan kommer barnets mening fram?"), words=ChildTakesPart, across=False)
    ]
    interviewer: Annotated[UUID | None, Choose(N_("Hvem snakker med barnet før møtet?"))] = None
    not_heard_reason: Annotated[
        SentenceOrNothing, Paragraph(N_("Hvorfor er barnet ikke hørt? Hva har dere sett?"), lines=2)
    ] = ""


class EvaluationPlanForm(_Plan, Form, saves_with=carrying_out.plan_child, given=("version",)):
    """How the child is heard before the evaluation."""

    takes_part: Annotated[
        ChildTakesPart, Pick(N_("Hvordan kommer barnets mening fram?"), words=ChildTakesPart, across=False)
    ]
    interviewer: Annotated[UUID | None, Choose(N_("Hvem snakker med barnet før møtet?"))] = None
    not_heard_reason: Annotated[
        SentenceOrNothing, Paragraph(N_("Hvorfor er barnet ikke hørt? Hva har dere sett?"), lines=2)
    ] = ""


EXTRA = ("method", "own_situation", "wants")


class _Words:
    """Whom the child names is asked only when the child names some, and the rest only behind one press."""

    @classmethod
    def asked_now(cls, raw: Answers) -> Sequence[str]:
        """Ask for the child's words unless the child keeps them; what is written already is always shown."""
        if raw["share_with"] is ShareWith.NONE:
            return ["share_with"]
        named = ["named"] if raw["share_with"] is ShareWith.NAMED else []
        said = [name for name in ("words", "experienced_change") if name in raw]
        too_small = ["assessed_by_role"] if raw["share_with"] is ShareWith.TOO_SMALL else []
        extra = EXTRA if raw["more"] or any(raw[name] for name in EXTRA) else ()
        return ["share_with", *named, *said, *too_small, "more", *extra]


def keep_words(
    asked: Asking,
    *,
    share_with: ShareWith,
    named: Sequence[UUID],
    words: str,
    assessed_by_role: str,
    more: bool,
    method: HeardBy | None,
    own_situation: str,
    wants: str,
    version: int,
) -> UUID:
    """Keep what the child wants to be known when the plan is made."""
    del more
    rest = More(own_situation, wants, method, assessed_by_role)
    return planning.save_child_view(asked, words=words, share_with=share_with, named=named, more=rest, version=version)


def keep_experience(
    asked: Asking,
    *,
    share_with: ShareWith,
    named: Sequence[UUID],
    words: str,
    experienced_change: str,
    assessed_by_role: str,
    more: bool,
    method: HeardBy | None,
    own_situation: str,
    wants: str,
    version: int,
) -> UUID:
    """Keep what the child says about the time since the plan."""
    del more
    return carrying_out.save_child_view(
        asked,
        words=words,
        experienced_change=experienced_change,
        share_with=share_with,
        named=frozenset(named),
        more=More(own_situation, wants, method, assessed_by_role),
        version=version,
    )


Role = Annotated[LineOrNothing, Line(N_("Hvem har vurdert? (står det tomt, er det du)"))]
MoreTick = Annotated[bool, Tick(N_("Mer fra barnet"))]
Method = Annotated[HeardBy | None, Pick(N_("Hvordan er barnet hørt?"), words=HeardBy)]
OwnSituation = Annotated[StoryOrNothing, Paragraph(N_("Slik har barnet det, med egne ord"), lines=2)]
Wants = Annotated[StoryOrNothing, Paragraph(N_("Hva ønsker barnet?"), lines=2)]


class WordsForm(_Words, Form, saves_with=keep_words, given=("version",)):
    """What the child wants to be known when the plan is made."""

    share_with: Annotated[ShareWith, Pick(N_("Hvem vil barnet dele det med?"), words=ShareWith, across=False)]
    named: Annotated[list[UUID], ChooseSome(N_("Hvilke tjenester?"))] = []  # noqa: RUF012 - Pydantic copies it
    words: Annotated[
        StoryOrNothing,
        Paragraph(
            N_("Hva er viktig for barnet? Skriv bare det barnet har sagt at det er greit å dele."),
            help=N_("Med barnets egne ord, hvis dere kan"),
        ),
    ] = ""
    assessed_by_role: Role = ""
    more: MoreTick = False
    method: Method = None
    own_situation: OwnSituation = ""
    wants: Wants = ""


class ExperienceForm(_Words, Form, saves_with=keep_experience, given=("version",)):
    """How the child has it now, and what has changed for the child."""

    share_with: Annotated[ShareWith, Pick(N_("Hvem vil barnet dele det med?"), words=ShareWith, across=False)]
    named: Annotated[list[UUID], ChooseSome(N_("Hvilke tjenester?"))] = []  # noqa: RUF012
    words: Annotated[
        StoryOrNothing,
        Paragraph(N_("Hva er viktig for barnet nå? Skriv bare det barnet har sagt at det er greit å dele.")),
    ] = ""
    experienced_change: Annotated[
        StoryOrNothing, Paragraph(N_("Hva har blitt annerledes, slik barnet opplever det?"))
    ] = ""
    assessed_by_role: Role = ""
    more: MoreTick = False
    method: Method = None
    own_situation: OwnSituation = ""
    wants: Wants = ""


def ask_words(
    form: type[Form],
    case: OpenCase,
    said: ChildViewView | None,
    standings: Sequence[Standing],
    then: Callable[[Any], None],
) -> None:
    """Ask for what the child wants to be known, under the help for the one who asks (R-34)."""
    shown.show(shown.quiet(_(HELP)))
    form.ask(
        case,
        button=_("Lagre det barnet har sagt"),
        stored=stored_words(said),
        version=said.version if said else 0,
        options={"named": services(standings)},
        then=then,
    )


def ask_plan(
    form: type[Form], case: OpenCase, plan: ChildPlanView | None, taking_part: Sequence[Person], parts: Parts
) -> None:
    """Ask how the child is heard: attends, who talks with the child, or why not (R-32)."""
    form.ask(
        case,
        button=_("Lagre"),
        stored=stored_plan(plan),
        version=plan.version if plan else 0,
        options={"interviewer": people.adults(taking_part)},
        then=parts.saved,
    )


def ask_why_not(
    form: type[Form], case: OpenCase, plan: ChildPlanView | None, taking_part: Sequence[Person], parts: Parts
) -> None:
    """Behind one small switch under the words: when the child is heard, or why not, so that nothing untrue is pressed (R-32)."""
    words = _("Barnet er ikke spurt ennå, eller kan ikke spørres")
    if st.toggle(words, value=is_not_heard(plan), key=f"{parts.key}.not_asked"):
        ask_plan(form, case, plan, taking_part, parts)


def is_not_heard(plan: ChildPlanView | None) -> bool:
    """Say whether it is written why the child is not heard."""
    return plan is not None and bool(plan.not_heard_reason)


def stored_plan(plan: ChildPlanView | None) -> dict[str, Any]:
    """Return a plan as the form has it."""
    if plan is None:
        return {}
    takes_part = (
        ChildTakesPart.ATTENDS
        if plan.attends
        else ChildTakesPart.HEARD_BEFORE
        if plan.interviewer
        else ChildTakesPart.NOT_HEARD
    )
    return {"takes_part": takes_part, "interviewer": plan.interviewer, "not_heard_reason": plan.not_heard_reason}


def stored_words(said: ChildViewView | None) -> dict[str, Any]:
    """Return what the child has said as the form has it."""
    if said is None:
        return {}
    return {
        "share_with": said.share_with,
        "named": sorted(said.named),
        "words": said.words,
        "experienced_change": said.experienced_change,
        "assessed_by_role": said.assessed_by_role,
        "own_situation": said.own_situation,
        "wants": said.wants,
        "method": None,  # what is written stays until another is chosen
    }


def services(standings: Sequence[Standing]) -> list[Option]:
    """Return the services a child can name: those the family has been asked about."""
    return [(s.service, s.name) for s in standings]


def told_plan(
    plan: ChildPlanView | None, taking_part: Sequence[Person], child: str, *, is_heard: bool = False
) -> Markup | None:
    """Say how the child is to be heard, that it is done when it is, or nothing when it is not agreed."""
    if plan is None:
        return None
    if is_heard and not plan.attends:
        text = _("{barn} er hørt.", barn=child)
    elif plan.attends:
        text = _("{barn} er med på møtet.", barn=child)
    elif plan.interviewer:
        who = people.name_of(taking_part, plan.interviewer)
        text = _("{navn} snakker med {barn}", navn=who, barn=child)
        text += _(" innen {dag}.", dag=weekday(plan.due)) if plan.due else "."
    else:
        text = _("{barn} er ikke hørt: {grunn}", barn=child, grunn=plan.not_heard_reason)
    return shown.paragraphs(text)


def told_voice(said: ChildViewView | None, plan: ChildPlanView | None, child: str) -> Markup | None:
    """Show what the child has said, or why the child is not heard; nothing while neither is written."""
    return told_plan(plan, (), child) if said is None and is_not_heard(plan) else told_words(said, child)


def told_words(said: ChildViewView | None, child: str) -> Markup | None:
    """Show what the child has said, or nothing when nothing is written."""
    if said is None:
        return None
    if said.share_with is ShareWith.NONE:
        return shown.paragraphs(_("{barn} er hørt, og vil ikke at det deles her.", barn=child))
    words = [said.words, said.own_situation, said.experienced_change, said.wants]
    named = only_with(said.only_with)
    with_whom = named or _("Deles med: {hvem}", hvem=label(said.share_with).lower())
    if said.share_with is ShareWith.TOO_SMALL and said.assessed_by_role:
        with_whom = _("Barnet er for lite til å svare – {rolle} har vurdert", rolle=said.assessed_by_role)
    quotes = shown.joined(shown.filled("<blockquote>{text}</blockquote>", text=shown.paragraphs(w)) for w in words if w)
    return shown.filled(
        '<div class="bti-child">{quotes}<p class="bti-quiet">{with_whom}</p></div>',
        quotes=quotes,
        with_whom=with_whom,
    )

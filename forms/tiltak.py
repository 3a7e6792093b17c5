"""What we look at together, what we want to reach, and who does what."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from markupsafe import Markup

from bti.casework import planning
from bti.casework.door import Asking, OpenCase
from bti.casework.people import Person, PersonKind
from bti.casework.planning import PlanView
from bti.casework.story import AssessmentView, MeetingView, OppmerksomhetView, TiltakView
from bti.content.words import goal_sentence, label, tiltak_sentence
from bti.language import N_, _, clock_time, weekday
from bti.rules.best_interests import Factor
from bti.rules.people import ServiceKind
from forms import people, shown
from forms.fields import (
    Chips,
    Choose,
    ClockTime,
    Day,
    Line,
    MustChoose,
    Option,
    Paragraph,
    Sentence,
    SentenceOrNothing,
    Title,
)
from forms.form import Answers, Form
from forms.parts import Parts, choose_one


class OppmerksomhetForm(Form, saves_with=planning.save_oppmerksomhet, given=("oppmerksomhet", "version")):
    """What we shall be particularly attentive to, and what we want to reach."""

    title: Annotated[Title, Line(N_("Hva skal vi være særlig oppmerksomme på?"))]
    goal: Annotated[
        SentenceOrNothing,
        Paragraph(N_("Hva vil vi få til? (kan stå tomt)"), help=N_("Gjerne med barnets egne ord"), lines=2),
    ] = ""


def save(
    asked: Asking,
    *,
    text: str,
    responsible: UUID | None,
    under: UUID | None,
    only: UUID,
    tiltak: UUID | None,
    version: int,
) -> UUID:
    """Save a tiltak under the concern that was chosen, or under the only one."""
    return planning.save_tiltak(
        asked, text=text, responsible=responsible, oppmerksomhet=under or only, tiltak=tiltak, version=version
    )


class TiltakForm(Form, saves_with=save, given=("only", "tiltak", "version")):
    """What, and who. All else follows, and is said as a sentence."""

    under: Annotated[UUID | None, Choose(N_("Under hvilken oppmerksomhet?"))] = None
    text: Annotated[Sentence, Paragraph(N_("Hva gjør vi?"), lines=2)]
    responsible: Annotated[UUID | None, Choose(N_("Hvem gjør det?"))] = None


class OneConcernForm(TiltakForm, saves_with=save, given=("only", "tiltak", "version")):
    """The same, when there is only one concern: then it is not asked."""

    @classmethod
    def asked_now(cls, raw: Answers) -> Sequence[str]:
        """Ask what and who."""
        del raw
        return ["text", "responsible"]


class MeetingForm(Form, saves_with=planning.agree_evaluation, given=("version",)):
    """When we evaluate. The day is suggested beside the field, and still chosen."""

    day: Annotated[date, MustChoose, Day(N_("Dato for evalueringsmøtet"))]
    at: Annotated[ClockTime, Line(N_("Klokka"), help=N_("14.30"))]


class BestInterestsForm(Form, saves_with=planning.save_best_interests, given=("version",)):
    """Barnets beste at the plan. Never suggested."""

    text: Annotated[Sentence, Paragraph(N_("Hva er best for barnet, og hvorfor?"), lines=3)]
    factors: Annotated[list[Factor], Chips(N_("Dette har vi tenkt på (kan stå tomt)"), words=Factor)] = []  # noqa: RUF012


def told_best(best: AssessmentView | None) -> Markup | None:
    """Show what is best for the child, and what was weighed when somebody pressed it."""
    if best is None:
        return None
    weighed = ", ".join(label(factor) for factor in Factor if factor in best.factors)
    quiet = shown.filled('<p class="bti-quiet">{text}</p>', text=weighed) if weighed else Markup("")
    return shown.joined([shown.paragraphs(best.text), quiet])


def stored_meeting(meeting: MeetingView | None) -> dict[str, Any]:
    """Return the meeting as the form has it."""
    return {"day": meeting.day, "at": clock_time(meeting.start)} if meeting else {}


def told_meeting(meeting: MeetingView | None) -> Markup | None:
    """Say when we evaluate."""
    if meeting is None:
        return None
    return shown.paragraphs(_("{dag} kl. {tid}", dag=weekday(meeting.day), tid=clock_time(meeting.start)))


def told_concerns(concerns: Sequence[OppmerksomhetView]) -> Markup | None:
    """Show what we look at together, each with its goal."""
    if not concerns:
        return None
    return shown.joined(
        shown.filled(
            '<div class="bti-concern"><strong>{title}</strong><p>{goal}</p></div>',
            title=c.title,
            goal=_("Mål: {maal}", maal=goal_sentence(c.goal.text, c.title)),
        )
        for c in concerns
    )


def told_tiltak(
    planned: Sequence[TiltakView],
    taking_part: Sequence[Person],
    meeting: MeetingView | None,
    owner: ServiceKind,
    today: date,
) -> Markup | None:
    """Show the tiltak, each with the sentence that says all that follows; a proposal is said to be one."""
    if not planned:
        return None
    known = {p.id: p for p in taking_part}
    return shown.joined(
        shown.filled(
            '<div class="bti-tiltak"><strong>{text}</strong><p>{rest}</p></div>',
            text=t.text,
            rest=_rest(t, known, meeting, owner, today),
        )
        for t in planned
    )


def _rest(
    tiltak: TiltakView,
    known: Mapping[UUID, Person],
    meeting: MeetingView | None,
    owner: ServiceKind,
    today: date,
) -> str:
    who = known.get(tiltak.responsible) if tiltak.responsible else None
    if who is None:
        return _("Forslag: det er ikke avtalt hvem som gjør det ennå.")
    return tiltak_sentence(
        who.first_name, planning.arena_of(tiltak, known, owner), planning.dates_of(tiltak, meeting), today=today
    )


def who_can(taking_part: Sequence[Person]) -> list[Option]:
    """Return who can be responsible: everyone in the case, the family and the child among them (S1-26)."""
    order = {PersonKind.STAFF: 0, PersonKind.GUARDIAN: 1, PersonKind.CHILD: 2}
    return people.choices(sorted(taking_part, key=lambda p: order[p.kind]))


def ask_concern(case: OpenCase, view: PlanView, parts: Parts) -> None:
    """Ask for a concern: one more, or one of those there are, changed."""
    concerns = view.oppmerksomheter
    if told := told_concerns(concerns):
        shown.show(told)
    chosen = choose_one(parts, [(c.id, c.title) for c in concerns], _("Endre, eller skriv en til"))
    concern = next((c for c in concerns if c.id == chosen), None)
    OppmerksomhetForm.ask(
        case,
        at=str(chosen or len(concerns)),
        button=_("Lagre"),
        stored={"title": concern.title, "goal": concern.goal.text or ""} if concern else {},
        version=concern.version if concern else 0,
        oppmerksomhet=chosen,
        then=parts.saved,
    )


def ask_tiltak(case: OpenCase, view: PlanView, parts: Parts) -> None:
    """Ask for a tiltak: one more, or one of those there are, changed."""
    concerns = view.oppmerksomheter
    if not concerns:
        shown.show(shown.paragraphs(_("Skriv først hva dere skal være særlig oppmerksomme på.")))
        return
    if told := told_tiltak(view.tiltak, view.people, view.meeting, ServiceKind.SCHOOL, case.today):
        shown.show(told)
    chosen = choose_one(parts, [(t.id, t.text) for t in view.tiltak], _("Endre, eller skriv et til"))
    one = next((t for t in view.tiltak if t.id == chosen), None)
    form = OneConcernForm if len(concerns) == 1 else TiltakForm
    form.ask(
        case,
        at=str(chosen or len(view.tiltak)),
        button=_("Lagre tiltaket"),
        stored={"under": one.oppmerksomhet, "text": one.text, "responsible": one.responsible} if one else {},
        version=one.version if one else 0,
        options={"under": [(c.id, c.title) for c in concerns], "responsible": who_can(view.people)},
        only=concerns[0].id,
        tiltak=chosen,
        then=parts.keep_open if chosen is None else parts.saved,
    )

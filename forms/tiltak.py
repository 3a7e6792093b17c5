"""What we look at together, what we want to reach, and who does what."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from markupsafe import Markup

from bti.casework.consent.consenting import Standing
from bti.casework.door import Asking, OpenCase
from bti.casework.people.people import Person, PersonKind
from bti.casework.steps import inviting, planning
from bti.casework.steps.planning import PlanView
from bti.casework.story import AssessmentView, MeetingView, OppmerksomhetView, TiltakView
from bti.content.labels import label
from bti.content.words import by_hand_sentence, ended_sentence, tiltak_sentence
from bti.errors import Reason, Refused
from bti.language import N_, _
from bti.rules.access import Action, may
from bti.rules.best_interests import Factor
from bti.rules.people import ServiceKind
from forms import concern, family, keep_out, people, shown, what_follows
from forms.allowed import Sentence, SentenceOrNothing, Title
from forms.fields import Chips, Choose, Line, Option, Paragraph, Tick
from forms.form import Answers, Form
from forms.parts import Parts, choose_one


def save_concern(
    asked: Asking,
    *,
    title: str,
    goal: str,
    is_about_guardian: bool,
    about: UUID | None,
    oppmerksomhet: UUID | None,
    version: int,
) -> UUID:
    """Save what we look at together; about one of the parents it says which."""
    if is_about_guardian and about is None:
        raise Refused(Reason.ABOUT_WHOM, field="about")
    return planning.save_oppmerksomhet(
        asked, title=title, goal=goal, oppmerksomhet=oppmerksomhet, about=about, version=version
    )


class OppmerksomhetForm(Form, saves_with=save_concern, given=("oppmerksomhet", "version")):
    """What we shall be particularly attentive to, and what we want to reach."""

    title: Annotated[Title, Line(N_("Hva skal vi være særlig oppmerksomme på?"))]
    goal: Annotated[
        SentenceOrNothing,
        Paragraph(N_("Hva vil vi få til? (kan stå tomt)"), help=N_("Gjerne med barnets egne ord"), lines=2),
    ] = ""
    is_about_guardian: Annotated[bool, Tick(N_("Handler dette om en av foreldrene selv?"))] = False
    about: Annotated[UUID | None, Choose(N_("Hvem handler det om?"))] = None

    @classmethod
    def asked_now(cls, raw: Answers) -> Sequence[str]:
        """Ask which parent only when it is about one."""
        return [name for name in cls.model_fields if name != "about" or raw["is_about_guardian"]]


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
    known = {p.id: p.first_name for p in taking_part}
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
    known: Mapping[UUID, str],
    meeting: MeetingView | None,
    owner: ServiceKind,
    today: date,
) -> str:
    if tiltak.who is None:
        return _("Forslag: det er ikke avtalt hvem som gjør det ennå.")
    name, where = tiltak.who.first_name, planning.arena_of(tiltak, owner)
    if tiltak.ended_on:
        follows = ended_sentence(name, where, tiltak.start, tiltak.ended_on)
    else:
        follows = tiltak_sentence(name, where, planning.dates_of(tiltak, meeting), today=today)
    said = by_hand_sentence(
        [known[p] for p in tiltak.contributors if p in known],
        tiltak.evaluation_mode,
        known.get(tiltak.follow_up_by, "") if tiltak.follow_up_by else "",
        tiltak.follow_up_how,
        tiltak.changed_from,
    )
    formal = _("Tiltaket kan kreve enkeltvedtak i egen sak.") if tiltak.requires_formal_decision else ""
    return " ".join(part for part in (follows, said, family.said(tiltak), formal) if part)


def who_can(taking_part: Sequence[Person]) -> list[Option]:
    """Return who can be responsible: everyone in the case, the family and the child among them (S1-26)."""
    order = {PersonKind.STAFF: 0, PersonKind.GUARDIAN: 1, PersonKind.CHILD: 2}
    return people.choices(sorted(taking_part, key=lambda p: order[p.kind]))


def ask_concern(case: OpenCase, view: PlanView, parts: Parts, standings: Sequence[Standing]) -> None:
    """Ask for a concern: one more, or one of those there are, changed."""
    concerns = view.oppmerksomheter
    readers = keep_out.who_reads(case, concerns, standings)
    if told := concern.told(concerns, readers, in_the_plan=True):
        shown.show(told)
    chosen = choose_one(parts, [(c.id, c.title) for c in concerns], _("Endre, eller skriv en til"))
    one = next((c for c in concerns if c.id == chosen), None)
    if one and concern.ask_more(case, view, one, readers[one.id] if readers else None, parts):
        return
    OppmerksomhetForm.ask(
        case,
        at=str(chosen or len(concerns)),
        button=_("Lagre"),
        stored=_stored(one) if one else {},
        options={"about": people.guardians(view.people)},
        version=one.version if one else 0,
        oppmerksomhet=chosen,
        then=parts.saved,
    )


def _stored(concern: OppmerksomhetView) -> dict[str, Any]:
    return {
        "title": concern.title,
        "goal": concern.goal.text or "",
        "is_about_guardian": concern.about is not None,
        "about": concern.about,
    }


def _invite(case: OpenCase, view: PlanView) -> None:
    """Ask once, in plain words, what the family would like to do; suggest a tiltak of her own to the youth (R-23, R-24)."""
    if not view.tiltak or not may(case.sight, Action.LEAD):
        return
    lines = [
        _("Har familien noe de vil bidra med under «{oppmerksomhet}»?", oppmerksomhet=c.title)
        for c in inviting.without_family(view)
    ]
    if inviting.youth_may_have_own(case, view):
        lines.append(_("Ungdommen kan gjerne ha eget tiltak."))
    if lines:
        shown.show(shown.note(shown.bullets(lines)))


def ask_tiltak(case: OpenCase, view: PlanView, parts: Parts, owner: ServiceKind) -> None:
    """Ask for a tiltak: one more, or one of those there are, changed."""
    concerns = view.oppmerksomheter
    if not concerns:
        shown.show(shown.paragraphs(_("Skriv først hva dere skal være særlig oppmerksomme på.")))
        return
    if told := told_tiltak(view.tiltak, view.people, view.meeting, owner, case.today):
        shown.show(told)
    chosen = choose_one(parts, [(t.id, t.text) for t in view.tiltak], _("Endre, eller skriv et til"))
    one = next((t for t in view.tiltak if t.id == chosen), None)
    if one is None:
        _invite(case, view)
        family.ask_read_aloud(case, view.tiltak, parts)
    else:
        family.ask_about(case, one, parts)
        if what_follows.ask(case, view, one, owner, parts):
            return
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

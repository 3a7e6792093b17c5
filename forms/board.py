"""The tiltak while they are carried out: where each stands, the notes on the way, and who carries on."""

from collections.abc import Callable, Sequence
from typing import Annotated
from uuid import UUID

from markupsafe import Markup

from bti import clock
from bti.casework.door import OpenCase
from bti.casework.people.people import Person
from bti.casework.said import noting
from bti.casework.steps.carrying_out import CarryOutView
from bti.casework.story import NoteView, TiltakView
from bti.content.labels import label
from bti.language import N_, _, long_date, short_date
from bti.rules.access import Action, may
from bti.rules.progress import Late
from bti.rules.tiltak import NoteKind, State, state
from forms import family, people, shown
from forms.allowed import MustChoose, Sentence
from forms.fields import Choose, Paragraph, Pick
from forms.form import Form
from forms.parts import Parts, choose_one


class NoteForm(Form, saves_with=noting.add_note):
    """What somebody has seen on the way. Never asked for; a lysglimt is as welcome as a note."""

    tiltak: Annotated[UUID, MustChoose, Choose(N_("Hvilket tiltak gjelder det?"))]
    kind: Annotated[NoteKind, Pick(N_("Hva er det?"), words=NoteKind)]
    text: Annotated[Sentence, Paragraph(N_("Hva har du sett?"), lines=2)]


class CarryOnForm(Form, saves_with=noting.carry_on, given=("tiltak", "version")):
    """Who does it now that the one who did is gone."""

    responsible: Annotated[UUID, MustChoose, Choose(N_("Hvem gjør det nå?"))]


def told(case: OpenCase, view: CarryOutView, tell: Callable[[Sequence[TiltakView]], Markup | None]) -> Markup | None:
    """Show the tiltak by where they stand today."""
    standing = [(s, [t for t in (*view.tiltak, *view.over) if _state(case, t) is s]) for s in State]
    groups = [
        shown.filled("<h3>{title}</h3>{tiltak}", title=label(s), tiltak=tell(found) or "")
        for s, found in standing
        if found
    ]
    return shown.joined(groups) if groups else None


def _state(case: OpenCase, tiltak: TiltakView) -> State:
    return state(tiltak.status, tiltak.start, case.today, tiltak.family_says, complete=tiltak.is_complete)


def told_gone(case: OpenCase, planned: Sequence[TiltakView]) -> Markup | None:
    """Say to the stafettholder which tiltak need somebody new, and since when (R-26)."""
    gone = [t for t in planned if t.who and t.who.gone_since]
    if not gone or not may(case.sight, Action.LEAD):
        return None
    lines = (
        _(
            "«{tiltak}» – {navn} er ikke med lenger, fra {dato}.",
            tiltak=t.text,
            navn=t.who.first_name,
            dato=long_date(clock.day(t.who.gone_since)),
        )
        for t in gone
        if t.who and t.who.gone_since
    )
    words = shown.filled("{title}{lines}", title=_("Tiltaket trenger ny ansvarlig."), lines=shown.bullets(lines))
    return shown.note(words)


def told_late(case: OpenCase, view: CarryOutView) -> Markup | None:
    """Say what is over its deadline, with the tiltak it is, to those who can write how it goes (R-54)."""
    hers = may_be_noted(case, view.tiltak) if may(case.sight, Action.NOTE) else []
    said = [
        shown.filled(
            "<p>{late}</p>{tiltak}",
            late=_("Over fristen: {hva}.", hva=_(what)),
            tiltak=shown.bullets(t.text for t in late),
        )
        for what in Late
        if (late := [t for t in hers if what in view.late.get(t.id, ())])
    ]
    return shown.note(shown.joined(said)) if said else None


def told_notes(notes: Sequence[NoteView], tiltak: Sequence[TiltakView], taking_part: Sequence[Person]) -> Markup | None:
    """Show the notes, the newest first, each with the tiltak it is about."""
    if not notes:
        return None
    about = {t.id: t.text for t in tiltak}
    return shown.bullets(
        shown.filled(
            "<strong>{kind}</strong> {text}<br>{rest}",
            kind=label(n.kind),
            text=n.text,
            rest=_(
                "{navn}, {dato}. Om «{tiltak}»",
                navn=next((p.first_name for p in taking_part if p.id == n.by), _("en som var med")),
                dato=short_date(n.on),
                tiltak=about.get(n.tiltak, ""),
            ),
        )
        for n in notes
    )


def may_be_noted(case: OpenCase, planned: Sequence[TiltakView]) -> list[TiltakView]:
    """Return the tiltak this person may write a note on."""
    return [t for t in planned if case.sight.everything or noting.is_mine(case, t)]


def ask_note(case: OpenCase, view: CarryOutView, told_so_far: Markup | None, parts: Parts) -> None:
    """Ask for one more note."""
    if told_so_far:
        shown.show(told_so_far)
    NoteForm.ask(
        case,
        at=str(len(view.notes)),
        button=_("Lagre notatet"),
        options={"tiltak": [(t.id, t.text) for t in may_be_noted(case, view.tiltak)]},
        then=parts.saved,
    )


def ask_about_one(case: OpenCase, view: CarryOutView, board: Markup | None, parts: Parts) -> None:
    """Ask, of one tiltak, what the family says to it, and who carries on when the one who did it is gone."""
    if board:
        shown.show(board)
    chosen = choose_one(parts, [(t.id, t.text) for t in view.tiltak], _("Hvilket tiltak gjelder det?"))
    one = next((t for t in view.tiltak if t.id == chosen), None)
    if one is None:
        return
    family.ask_about(case, one, parts)
    if one.who and one.who.gone_since and may(case.sight, Action.LEAD):
        CarryOnForm.ask(
            case,
            at=str(one.id),
            button=_("Lagre hvem som gjør det"),
            version=one.version,
            options={"responsible": people.choices(view.people)},
            tiltak=one.id,
            then=parts.saved,
        )

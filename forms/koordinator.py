"""The koordinator's part of the overview: look a child up, answer those who ask, close a double."""

from datetime import date
from typing import Annotated

import streamlit as st
from markupsafe import Markup

from bti import clock
from bti.casework.desk import coordinating, overview
from bti.casework.desk.coordinating import Double, Found, RequestView
from bti.casework.door import At
from bti.content.labels import label
from bti.language import N_, _, figures, first_up
from bti.rules.people import Actor
from forms import in_error, oversikt, shown
from forms.allowed import MustChoose, Name
from forms.fields import Day, Line, apart
from forms.form import Form
from forms.press import press

LOOKED_UP = "looked_up"
COMPARED = "compared"


class LookUpForm(Form, saves_with=coordinating.look_up):
    """The child to look up."""

    child_name: Annotated[Name, Line(N_("Barnets navn"))]
    birth_date: Annotated[date, MustChoose, Day(N_("Fødselsdato"))]


class DoubleForm(Form, saves_with=coordinating.look_at_double):
    """The numbers of two logs of one child. Both names are seen before one of them is closed."""

    first: Annotated[Name, Line(N_("Nummeret på den ene loggen"))]
    second: Annotated[Name, Line(N_("Nummeret på den andre loggen"))]


def show(me: Actor) -> None:
    """Show the koordinator what she may see, which is who has the log and not what it says (R-70)."""
    shown.show(
        shown.note(
            _(
                "Som BTI-koordinator ser du hvem som har loggen, ikke hva som står der. Familien kan se at du har vært her."
            )
        )
    )
    _look_up(me)
    _requests(me)
    oversikt.without_holder(me)
    oversikt.change_class(me, overview.colleagues(me))
    if st.toggle(_("To logger for samme barn"), key="double"):
        _double(me)


def _double(me: Actor) -> None:
    """Ask for two numbers, show whose logs they are, and let the younger be closed by a press."""
    DoubleForm.ask(At(me, ""), button=_("Sammenlign"), done=_("Oppslaget er skrevet ned."), then=_remember_double)
    found: Double | None = st.session_state.get(COMPARED)
    if found is None:
        return
    first, second = found.numbers
    shown.show(shown.facts(list(zip(found.numbers, found.names, strict=True))))
    if found.names[0].casefold() != found.names[1].casefold():
        words = _("Navnene er ulike. Tvillinger har hver sin logg. Lukk den yngste bare når begge gjelder samme barn.")
        shown.show(shown.note(words, kind="stop"))
    press(
        _("Lukk den yngste: {nummer}", nummer=found.younger),
        key="double.close",
        act=lambda: coordinating.close_double(At(me, ""), first=first, second=second, though_named=found.names),
        then=lambda: st.session_state.pop(COMPARED, None),
        done=_("Den yngste loggen er lukket som opprettet ved en feil."),
    )


def _remember_double(found: Double) -> None:
    st.session_state[COMPARED] = found


def _look_up(me: Actor) -> None:
    LookUpForm.ask(At(me, ""), button=_("Slå opp"), done=_("Oppslaget er skrevet ned."), then=_remember)
    if LOOKED_UP not in st.session_state:
        return
    log = st.session_state[LOOKED_UP]
    found = coordinating.seen(me, log) if log else None
    shown.show(_told(found) if found else shown.note(_("Barnet har ingen åpen stafettlogg.")))
    if found:
        in_error.start(me, found.line)
    if found and found.line.has_leave and not found.line.gone:
        oversikt.ask_deputy(me, found.line, overview.colleagues(me))


def _remember(log: object) -> None:
    st.session_state[LOOKED_UP] = log


def _told(found: Found) -> Markup:
    line = found.line
    consents = [f"{first_up(name)}: {label(state)}" for name, state in found.consents]
    return shown.facts(
        [
            (_("Barn"), line.child),
            (_("Stafettlogg"), line.number),
            (_("Tjeneste"), line.owner_service),
            (_("Stafettholder"), oversikt.holder(line)),
            (_("Steg"), oversikt.stands(line)),
            (_("Sist skrevet"), oversikt.written(line)),
            (_("Samtykke"), shown.bullets(consents) if consents else _("Ingen er spurt.")),
        ]
    )


def _requests(me: Actor) -> None:
    waiting = coordinating.requests(me)
    if not waiting:
        return
    rows = [
        (f"{r.asked_by}, {r.title} ({r.service})", r.child_name, figures(r.birth_date), figures(clock.day(r.at)))
        for r in waiting
    ]
    shown.show(
        shown.table([_("Hvem spør"), _("Barn"), _("Født"), _("Spurt")], rows, caption=_("Spør etter en stafettlogg"))
    )
    names = apart((r.id, f"{r.asked_by}: {r.child_name}") for r in waiting)
    chosen = st.selectbox(
        _("Hvem vil du svare?"),
        list(names),
        index=None,
        key="request",
        format_func=lambda one: names.get(one, ""),
        placeholder=_("Velg"),
    )
    if one := next((r for r in waiting if r.id == chosen), None):
        _answer(me, one)


def _answer(me: Actor, request: RequestView) -> None:
    at = At(me, "")
    press(
        _("La den som spør, opprette loggen"),
        key=f"let.{request.id}",
        act=lambda: coordinating.let_create(at, request=request.id),
        done=_("Den som spurte, kan opprette loggen nå. Ring og si fra."),
    )
    press(
        _("Ta den som spør, med i loggen barnet har"),
        key=f"join.{request.id}",
        act=lambda: coordinating.join_asker(at, request=request.id),
        done=_("Den som spurte, er med i loggen nå. Ring og si fra."),
    )
    press(
        _("Avslå"),
        key=f"decline.{request.id}",
        act=lambda: coordinating.decline(at, request=request.id),
        done=_("Avslått. Ring og si fra."),
    )

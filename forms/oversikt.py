"""Which logs there are and who carries them, for those who see none of what is in them."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Final
from uuid import UUID

import streamlit as st

from bti.casework.desk import appointing, overview
from bti.casework.desk.log_lines import LogLine
from bti.casework.desk.overview import Colleague
from bti.casework.door import At
from bti.content.labels import label
from bti.language import N_, _, figures, long_date
from bti.rules.people import AccessRole, Actor
from forms import in_error, shown
from forms.allowed import MustChoose, Name
from forms.fields import Choose, Day, Line, Option
from forms.form import Form

ROLES: Final = frozenset({AccessRole.LEADER, AccessRole.COORDINATOR})


class AppointForm(Form, saves_with=appointing.appoint, given=("log",)):
    """Who is to carry a log whose stafettholder is gone."""

    to: Annotated[UUID, MustChoose, Choose(N_("Hvem spør vi?"))]
    until: Annotated[date | None, Day(N_("Bare til en dato, for en vikar (kan stå tomt)"))] = None


class DeputyForm(Form, saves_with=appointing.appoint_deputy, given=("log",)):
    """Who does the work of a stafettholder who is on leave, or gone."""

    to: Annotated[UUID, MustChoose, Choose(N_("Hvem er stedfortreder?"))]
    until: Annotated[date, MustChoose, Day(N_("Til og med"))]


class ClassForm(Form, saves_with=appointing.change_holder_of_class, given=("unit", "group")):
    """Who is the new contact teacher of the class."""

    to: Annotated[UUID, MustChoose, Choose(N_("Hvem er ny kontaktlærer eller pedagogisk leder?"))]


class ClassNameForm(Form, saves_with=appointing.rename_class, given=("unit", "group")):
    """What the class is called from this school year on."""

    name: Annotated[Name, Line(N_("Klassen heter nå"))]


def of_the_unit(me: Actor) -> None:
    """Show the leader the logs of the own unit, who carries them, and what must be done."""
    lines, able = overview.of_unit(me), overview.colleagues(me)
    shown.show(
        shown.note(_("Her ser du at barna har en stafettlogg og hvem som har den, ikke hva som står der."))
        if lines
        else shown.note(_("Enheten din har ingen åpne stafettlogger."))
    )
    if not lines:
        return
    if late := [_called(line) for line in lines if line.needs_new]:
        words = _("Et tiltak trenger ny ansvarlig. Stafettholderen velger hvem.")
        shown.show(shown.note(shown.filled("{title}{logs}", title=words, logs=shown.bullets(late))))
    in_error.ask_leader(me, lines)
    shown.show(
        shown.table(
            [_("Barn"), _("Klasse eller avdeling"), _("Stafettholder"), _("Steg"), _("Sist skrevet")],
            [(line.child, line.group, holder(line), stands(line), written(line)) for line in lines],
            caption=_("Stafettlogger i {enhet}", enhet=me.service_name),
        )
    )
    _appoint(me, [line for line in lines if line.gone or line.has_leave], able)
    change_class(me, able, lines)


def without_holder(me: Actor) -> None:
    """Show the koordinator the logs nobody carries."""
    lines = overview.without_holder(me)
    if not lines:
        shown.show(shown.note(_("Alle åpne stafettlogger har en stafettholder.")))
        return
    shown.show(
        shown.table(
            [_("Stafettlogg"), _("Tjeneste"), _("Stafettholder"), _("Steg")],
            [(line.number, line.owner_service, holder(line), stands(line)) for line in lines],
            caption=_("Stafettlogger uten stafettholder"),
        )
    )
    _appoint(me, lines, overview.colleagues(me))


def _appoint(me: Actor, lines: Sequence[LogLine], able: Sequence[Colleague]) -> None:
    """Ask for one log at a time, however many lack a stafettholder or have one on leave."""
    if not lines:
        return
    if any(line.gone for line in lines):
        shown.show(shown.note(_("Stafettloggen mangler stafettholder. Utnevn en ny."), kind="stop"))
    names = {line.id: _called(line) for line in lines}
    chosen = st.selectbox(
        _("Hvilken stafettlogg?"),
        list(names),
        index=None,
        key="appoint.case",
        format_func=lambda one: names.get(one, ""),
        placeholder=_("Velg"),
    )
    line = next((line for line in lines if line.id == chosen), None)
    if line is None:
        return
    if line.gone:
        AppointForm.ask(
            At(me, ""),
            at=str(line.id),
            button=_("Utnevn"),
            options={"to": _able(line, able)},
            done=_("Spørsmålet står hos den nye under «Mine saker»."),
            log=line.id,
        )
    if not line.gone or st.toggle(_("Velg en stedfortreder så lenge"), key=f"deputy.{line.id}"):
        ask_deputy(me, line, able)


def ask_deputy(me: Actor, line: LogLine, able: Sequence[Colleague]) -> None:
    """Ask who does the work while the stafettholder is on leave, or gone."""
    DeputyForm.ask(
        At(me, ""),
        at=str(line.id),
        button=_("Velg stedfortreder"),
        options={"to": _able(line, able)},
        done=_("Stedfortrederen har stafettloggen under «Mine saker» nå."),
        log=line.id,
    )


def change_class(me: Actor, able: Sequence[Colleague], known: Sequence[LogLine] = ()) -> None:
    """Ask one new contact teacher about every log of a class, or write what it is called now (R-12, R-63).

    Of the own unit, or of any for the koordinator. The leader, who sees which logs there are, is told how many it is about.
    """
    found = overview.classes(me)
    if not found:
        return
    names = [one.group if one.unit == me.service else f"{one.group}, {one.service}" for one in found]
    chosen = st.selectbox(
        _("Bytt kontaktlærer eller navn for en hel klasse eller avdeling"),
        names,
        index=None,
        key="class",
        placeholder=_("Velg"),
    )
    if chosen is None:
        return
    one = found[names.index(chosen)]
    if about := sum(line.group == one.group for line in known):
        shown.show(shown.paragraphs(_("Åpne stafettlogger i klassen: {n}.", n=about)))
    if st.toggle(_("Klassen har fått nytt navn"), key=f"class.name.{one.unit}.{one.group}"):
        ClassNameForm.ask(
            At(me, ""),
            at=f"{one.unit}.{one.group}",
            button=_("Lagre navnet på klassen"),
            unit=one.unit,
            group=one.group,
        )
        return
    ClassForm.ask(
        At(me, ""),
        at=f"{one.unit}.{one.group}",
        button=_("Spør om alle loggene i klassen"),
        options={"to": _choices([c for c in able if c.service == one.unit])},
        done=_("Spørsmålene står hos den nye under «Mine saker», ett for hver logg."),
        unit=one.unit,
        group=one.group,
    )


def _choices(able: Sequence[Colleague]) -> list[Option]:
    return [(c.user, f"{c.name}, {c.title}") for c in able]


def _able(line: LogLine, able: Sequence[Colleague]) -> list[Option]:
    return _choices([c for c in able if c.service == line.owner_id and c.user != line.holder_id])


def _called(line: LogLine) -> str:
    return f"{line.child} ({line.number})" if line.child else line.number


def holder(line: LogLine) -> str:
    """Say who carries the log, whether she is gone, another is asked or has said no, and who does the work meanwhile."""
    said = [f"{line.stafettholder} – {label(line.gone)}" if line.gone else line.stafettholder]
    if line.gone and line.said_no:
        said.append(_("Den som ble spurt, sa nei: «{grunn}».", grunn=label(line.said_no)))
    elif line.asked:
        said.append(_("{navn} er spurt.", navn=line.asked))
    if line.deputy and line.deputy_until:
        until = long_date(line.deputy_until)
        said.append(_("{navn} gjør stafettholderens arbeid til {dato}.", navn=line.deputy, dato=until))
    return ". ".join(one.rstrip(".") for one in said) + ("." if len(said) > 1 else "")


def stands(line: LogLine) -> str:
    """Say which step the log stands in, and since when it is open; of a closed one, what it waits for."""
    if not line.is_open:
        return _("avsluttet, ikke arkivert")
    return f"{line.step.number} {label(line.step)}, " + _("åpnet {dato}", dato=figures(line.opened_on))


def written(line: LogLine) -> str:
    """Say how long ago something was written in the log."""
    if line.days_since_written == 0:
        return _("i dag")
    if line.days_since_written == 1:
        return _("i går")
    return _("for {n} dager siden", n=line.days_since_written)

"""The stafettholder's duty: who has it, who is asked, who does it meanwhile, and the answer of the one who is asked."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

from markupsafe import Markup

from bti import clock
from bti.casework.door import Asking, OpenCase
from bti.casework.ground.naming import role
from bti.casework.people import answering, handing_over
from bti.casework.people.answering import Waiting
from bti.casework.people.handing_over import HandingOverView, HandoverView
from bti.casework.people.holding import Candidate
from bti.content.labels import label
from bti.language import N_, _, clock_time, long_date
from bti.rules.handover import MAY_ANSWER, HandoverDeclined, HandoverReason
from forms import shown, undo
from forms.allowed import MustChoose
from forms.fields import Choose, Day, Option, Pick
from forms.form import Form
from forms.parts import Parts
from forms.press import press

ASKED_FOR = tuple(reason for reason in HandoverReason if reason is not HandoverReason.HOLDER_GONE)


class ProposeForm(Form, saves_with=handing_over.propose):
    """Who is to carry the log from here. Why and until when may stand empty."""

    to: Annotated[UUID, MustChoose, Choose(N_("Hvem skal være stafettholder videre?"))]
    reason: Annotated[
        HandoverReason | None, Pick(N_("Hvorfor? (kan stå tomt)"), words=HandoverReason, across=False, among=ASKED_FOR)
    ] = None
    until: Annotated[date | None, Day(N_("Bare til en dato, for en vikar (kan stå tomt)"))] = None


class DeputyForm(Form, saves_with=handing_over.name_deputy):
    """Who does the stafettholder's work for a while."""

    to: Annotated[UUID, MustChoose, Choose(N_("Hvem er stedfortreder?"))]
    until: Annotated[date, MustChoose, Day(N_("Til og med"))]


class DeclineForm(Form, saves_with=answering.decline, given=("handover",)):
    """Why the one who is asked says no: a word, not a text."""

    why: Annotated[HandoverDeclined, Pick(N_("Hvorfor ikke?"), words=HandoverDeclined, across=False, among=MAY_ANSWER)]


def choices(candidates: Sequence[Candidate]) -> list[Option]:
    """Return those who can be asked."""
    return [(c.user, f"{c.name}, {role(c.title, c.service_name)}") for c in candidates]


def told(view: HandingOverView, holder: str) -> Markup:
    """Say who has the duty, and what waits."""
    said = [shown.paragraphs(_("Stafettholder: {navn}", navn=holder))]
    if view.handover:
        said.append(_told_handover(view.handover, holder))
    if view.declined:
        no, day = view.declined, long_date(clock.day(view.declined.at))
        said.append(shown.note(_("{navn} sa nei {dato}: «{grunn}».", navn=no.name, dato=day, grunn=label(no.why))))
    return shown.joined(said)


def told_deputy(view: HandingOverView) -> Markup:
    """Say who is deputy, or that nobody is."""
    if view.deputy is None:
        return shown.paragraphs(_("Ingen stedfortreder nå."))
    return shown.paragraphs(
        _("{navn} gjør stafettholderens arbeid til {dato}.", navn=view.deputy.name, dato=long_date(view.deputy.until))
    )


def _told_handover(handover: HandoverView, holder: str) -> Markup:
    if handover.spoken_at:
        tid = clock_time(handover.spoken_at)
        lines = [
            _("{navn} sa ja i møtet kl. {tid}", navn=handover.name, tid=tid) + ".",
            _("{navn} bekrefter selv ved neste innlogging.", navn=handover.name),
        ]
    else:
        lines = [
            _("{navn} er spurt.", navn=handover.name),
            _("{navn} er stafettholder til den nye har sagt ja.", navn=holder),
        ]
    if handover.other_service:
        lines.append(other_service())
    return shown.note(" ".join(lines))


def other_service() -> str:
    """Return what is said once, before the yes, when the new one is of another service (R-11)."""
    return " ".join(
        (
            _("Ny stafettholder er i en annen tjeneste. Kontroller samtykket."),
            _("Den nye ser bare det samtykket dekker."),
        )
    )


def ask(case: OpenCase, view: HandingOverView, parts: Parts) -> None:
    """Ask who is to carry the log from here, or what came of having asked."""
    waits = view.handover if view.handover and not view.handover.spoken_at else None
    if waits:
        shown.show(told(view, case.row.holder_name))
        key = f"{case.number}.handover"
        press(
            _("Den som er spurt, sa ja i møtet"),
            key=f"{key}.spoken",
            act=lambda: handing_over.spoken_yes(case, handover=waits.id),
            done=_("Skrevet ned. Den nye bekrefter selv ved neste innlogging."),
            then=parts.saved,
        )
        press(
            _("Trekk spørsmålet tilbake"),
            key=f"{key}.back",
            act=lambda: handing_over.take_back(case, handover=waits.id),
            done=_("Spørsmålet er trukket tilbake."),
            then=lambda: _set_aside(case, parts, "handover", handover=waits.id),
        )
    ProposeForm.ask(
        case,
        button=_("Spør"),
        options={"to": choices(view.candidates)},
        done=_("Spørsmålet står hos den nye under «Mine saker»."),
        then=parts.saved,
    )


def ask_deputy(case: OpenCase, view: HandingOverView, parts: Parts) -> None:
    """Ask who does the work meanwhile, or end it."""
    if view.deputy:
        shown.show(told_deputy(view))
        press(
            _("Avslutt nå"),
            key=f"{case.number}.deputy.end",
            act=lambda: handing_over.end_deputy(case),
            done=_("Stedfortrederens tid er over."),
            then=lambda: _set_aside(case, parts, "deputy", to=case.row.deputy_id, until=case.row.deputy_until),
        )
    DeputyForm.ask(case, button=_("Lagre"), options={"to": choices(view.candidates)}, then=parts.saved)


def _set_aside(case: OpenCase, parts: Parts, what: str, **given: object) -> None:
    undo.offer(case, what, **given)
    parts.saved()


def ask_me(at: Asking, waits: Waiting) -> None:
    """Show the one who is asked what is asked, and take her answer."""
    lines = [_("{navn} spør om du vil være stafettholder for {barn}.", navn=waits.asked_by, barn=waits.child)]
    if waits.spoken_at:
        said = _("Det er skrevet ned at du sa ja i møtet kl. {tid}.", tid=clock_time(waits.spoken_at))
        lines = [_("Du er stafettholder for {barn}.", barn=waits.child), said, _("Bekreft det her.")]
    if waits.reason:
        lines.append(_("Grunn: {grunn}.", grunn=label(waits.reason)))
    if waits.until:
        lines.append(_("Det gjelder til {dato}.", dato=long_date(waits.until)))
    if waits.other_service:
        lines.append(other_service())
    shown.show(
        shown.filled(
            '<article class="bti-card"><h2>{title}</h2><p>{text}</p></article>',
            title=_("Venter på deg: stafettlogg {nummer}", nummer=waits.number),
            text=" ".join(lines),
        )
    )
    press(
        _("Ja, jeg er stafettholder"),
        key=f"accept.{waits.id}",
        act=lambda: answering.accept(at, handover=waits.id),
        done=_("Du er stafettholder nå."),
    )
    DeclineForm.ask(at, at=str(waits.id), button=_("Nei, send svaret"), handover=waits.id)

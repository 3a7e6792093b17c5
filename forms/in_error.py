"""The koordinator asks whether a log was opened in error; the one who carries it answers with one press, or the leader does (R-70)."""

from collections.abc import Sequence

from bti.casework.desk import in_error
from bti.casework.desk.log_lines import LogLine
from bti.casework.door import At, OpenCase
from bti.language import _, listed, long_date
from bti.rules.access import Action, may
from bti.rules.closing import AnswersInError
from bti.rules.people import Actor
from bti.rules.workflow import CaseStatus
from forms import shown
from forms.press import press


def start(me: Actor, line: LogLine) -> None:
    """Let the koordinator ask, once; then say that it is asked, and with whom the question stands."""
    if line.in_error_on:
        asked = _("Spurt {dato} om loggen er opprettet ved en feil.", dato=long_date(line.in_error_on))
        shown.show(shown.note(f"{asked} {_stands_with(line)}"))
        return
    press(
        _("Spør om loggen er opprettet ved en feil"),
        key=f"in_error.{line.id}",
        act=lambda: in_error.start_in_error(At(me, ""), log=line.id),
        done=_("Spørsmålet er stilt."),
    )


def _stands_with(line: LogLine) -> str:
    """Say who may answer, or that nobody can before the koordinator has appointed somebody (R-63, R-70)."""
    leader = _("lederen ved {tjeneste}", tjeneste=line.owner_service)
    names = {
        AnswersInError.STAFETTHOLDER: line.stafettholder,
        AnswersInError.DEPUTY: line.deputy,
        AnswersInError.LEADER: leader,
    }
    if hers := [names[who] for who in line.answers_in_error]:
        return _("Spørsmålet står hos {hvem}.", hvem=listed(hers))
    return _(
        "Ingen kan svare ennå: Loggen mangler stafettholder, og {tjeneste} har ingen leder med bruker her. Den du utnevner eller "
        "velger som stedfortreder, får spørsmålet.",
        tjeneste=line.owner_service,
    )


def ask(case: OpenCase) -> None:
    """Show the one who carries the log that the koordinator has asked, and take her answer."""
    waits = case.row.in_error_asked_at is not None and case.status is not CaseStatus.CLOSED
    if not waits or not may(case.sight, Action.LEAD):
        return
    shown.show(
        shown.note(
            _("BTI-koordinatoren spør om stafettloggen er opprettet ved en feil.")
            + " "
            + _("Er den det, avslutter du den her. Da deles ingenting mer.")
        )
    )
    press(
        _("Ja, avslutt stafettloggen"),
        key=f"{case.number}.in_error.end",
        act=lambda: in_error.end_in_error(case),
        done=_("Stafettloggen er avsluttet."),
    )
    press(_("Nei, stafettloggen er riktig"), key=f"{case.number}.in_error.not", act=lambda: in_error.not_in_error(case))


def ask_leader(me: Actor, lines: Sequence[LogLine]) -> None:
    """Show the leader the logs of the unit the koordinator has asked about and nobody carries."""
    for line in lines:
        if not line.in_error_on or not line.gone:
            continue
        called = f"{line.child} ({line.number})"
        shown.show(
            shown.note(
                _("BTI-koordinatoren spør om stafettloggen for {barn} er opprettet ved en feil.", barn=called),
                kind="stop",
            )
        )
        press(
            _("Avslutt stafettlogg {nummer}", nummer=line.number),
            key=f"in_error.{line.id}",
            act=lambda log=line.id: in_error.close_in_error(At(me, ""), log=log),  # type: ignore[misc]
            done=_("Stafettloggen er avsluttet."),
        )

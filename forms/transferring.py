"""The child changes school or barnehage: what is agreed with the family, said as it is, and the archive of both."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

from markupsafe import Markup

from bti.casework.door import OpenCase
from bti.casework.people import transferring
from bti.casework.people.people import Person
from bti.casework.people.transferring import TransferView
from bti.content.labels import label
from bti.errors import Reason
from bti.language import N_, _, first_up, listed, long_date
from bti.rules.access import Action, may
from bti.rules.consent import SHARED_BY_LEVEL, Category, TakesAlong
from bti.rules.transfer import TransferState
from forms import people, shown
from forms.allowed import MustChoose, Name
from forms.fields import Chips, Choose, ChooseSome, Day, Line, Pick
from forms.form import Answers, Form
from forms.parts import Parts
from forms.press import press


class TransferForm(Form, saves_with=transferring.prepare_transfer):
    """Where, when, what goes along, and who has said yes. Nothing of it is filled in beforehand."""

    to: Annotated[UUID, MustChoose, Choose(N_("Hvor begynner barnet?"))]
    day: Annotated[date, MustChoose, Day(N_("Første dag"))]
    takes_along: Annotated[TakesAlong, Pick(N_("Hva følger med?"), words=TakesAlong, across=False)]
    chosen: Annotated[list[Category], Chips(N_("Velg sammen med familien"), words=Category, among=SHARED_BY_LEVEL)] = []  # noqa: RUF012 - Pydantic copies it
    said_yes: Annotated[list[UUID], ChooseSome(N_("Hvem har sagt ja? (kan vente)"))] = []  # noqa: RUF012

    @classmethod
    def asked_now(cls, raw: Answers) -> Sequence[str]:
        """Ask which parts only when the family chooses between them."""
        return [name for name in cls.model_fields if name != "chosen" or raw["takes_along"] is TakesAlong.CHOSEN]


class YesForm(Form, saves_with=transferring.family_says_yes, given=("transfer",)):
    """Who has said yes to what was agreed."""

    said_yes: Annotated[list[UUID], MustChoose, ChooseSome(N_("Hvem har sagt ja?"))]


class ArchivedForm(Form, saves_with=transferring.record_transfer_archived):
    """Where the own archive has it, and since when."""

    reference: Annotated[Name, Line(N_("Referanse i arkivet"))]
    archived_on: Annotated[date, MustChoose, Day(N_("Arkivert den"))]


def told(case: OpenCase, seen: Sequence[TransferView], owner: str) -> Markup:
    """Say what is agreed, and what it means for each of the two."""
    if not seen:
        return shown.paragraphs(_("Ikke avtalt noe bytte."))
    one = seen[-1]
    if one.state is TransferState.DONE:
        return shown.paragraphs(" ".join(_when_done(case, one)))
    lines = [_("{sted} fra {dato}.", sted=first_up(one.to_name), dato=long_date(one.day)), _goes_along(one)]
    if one.state is TransferState.PREPARED:
        return shown.joined(
            [
                shown.paragraphs(" ".join(lines)),
                shown.note(_(Reason.TRANSFER_NEEDS_YES, tjeneste=first_up(one.to_name))),
            ]
        )
    return shown.paragraphs(" ".join((*lines, _for_each(one, owner))))


def _goes_along(one: TransferView) -> str:
    order = list(Category)
    what = [label(category) for category in sorted(one.chosen, key=order.index)] or [label(one.takes_along)]
    return _("Følger med: {hva}.", hva=listed(what))


def _for_each(one: TransferView, owner: str) -> str:
    return " ".join(
        (
            _(
                "{ny} har stafettloggen fra den dagen, og ser av det som er skrevet før, bare det som følger med.",
                ny=first_up(one.to_name),
            ),
            _("{gammel} leser det den hadde, til det er arkivert der, og så ingenting.", gammel=first_up(owner)),
        )
    )


def _when_done(case: OpenCase, one: TransferView) -> list[str]:
    lines = [_("{ny} har stafettloggen fra {dato}.", ny=first_up(one.to_name), dato=long_date(one.day))]
    if one.from_service == case.actor.service and case.actor.id == case.stafettholder_id:
        lines.append(_("Spør en ny stafettholder der. Du er stafettholder til den nye har sagt ja."))
    return lines


def ask(case: OpenCase, seen: Sequence[TransferView], everybody: Sequence[Person], owner: str, parts: Parts) -> None:
    """Ask what is agreed with the family, or for the yes that is missing; or take it back before the day."""
    answers = transferring.who_may_say_yes(case)
    family = [(one.key, people.named(one)) for one in everybody if one.key in answers]
    waits = transferring.waiting(seen)
    if waits is None:
        shown.show(
            shown.paragraphs(
                _("Barnets egne ord, og det som handler om en foresatt selv, følger aldri med av seg selv.")
            )
        )
        options = {"to": list(transferring.schools(case)), "said_yes": family}
        TransferForm.ask(case, button=_("Avtal byttet"), options=options, then=parts.saved)
        return
    shown.show(told(case, seen, owner))
    if waits.state is TransferState.PREPARED:
        YesForm.ask(
            case, button=_("Familien sier ja"), options={"said_yes": family}, then=parts.saved, transfer=waits.id
        )
    press(
        _("Ta tilbake byttet"),
        key=f"{case.number}.transfer.back",
        act=lambda: transferring.cancel_transfer(case, transfer=waits.id),
        done=_("Byttet er tatt tilbake."),
        then=parts.saved,
    )


def ask_archived(case: OpenCase) -> None:
    """Ask each of the two for its archive, in a log that has changed owner and nowhere else."""
    if case.row.owns is None or not may(case.sight, Action.ARCHIVE):
        return
    mine = transferring.to_archive(case, transferring.transfers(case))
    if mine is None:
        return
    shown.show(shown.note(_("Barnet har byttet skole eller barnehage. Skriv ut stafettloggen og arkiver den.")))
    if mine.from_service == case.actor.service:
        shown.show(shown.paragraphs(_("Når dere har arkivert den, kan ingen hos dere lese den her.")))
    ArchivedForm.ask(case, button=_("Loggen er arkivert hos oss"))

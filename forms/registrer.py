"""A case that already runs on paper: what stands on the paper, in the order it is read (R-61)."""

from collections.abc import Sequence
from datetime import date, time
from typing import Annotated, Any
from uuid import UUID

from bti import clock
from bti.casework.door import Asking
from bti.casework.ground.policy import policy
from bti.casework.intake import registering
from bti.casework.intake.registering import Ongoing, PaperConsent, Registering
from bti.errors import Reason, Refused
from bti.language import N_
from bti.rules.consent import ConsentLevel, YesNo, birthday
from bti.rules.people import GuardianRelation, ProtectedAddress
from bti.rules.registering import Carrier
from forms import mine_saker
from forms.allowed import ClockTime, MustChoose, Name, Sentence, SentenceOrNothing, Title
from forms.fields import Choose, ChooseSome, Day, Line, Option, Paragraph, Pick, Tick
from forms.form import Answers


def register(
    asked: Asking,
    *,
    child_name: str,
    birth_date: date,
    protected_address: ProtectedAddress,
    first_name: str,
    first_relation: GuardianRelation | None,
    first_responsibility: bool,
    second_name: str,
    second_relation: GuardianRelation | None,
    second_responsibility: bool,
    other_class: bool,
    stafettholder: UUID | None,
    services: Sequence[UUID],
    level: ConsentLevel,
    withheld: YesNo,
    not_to_share: str,
    given_on: date,
    first_signed: bool,
    second_signed: bool,
    child_signed: bool,
    reference: str,
    until: date | None,
    concern: str,
    started: date | None,
    first_tiltak: str,
    first_who: Carrier,
    second_tiltak: str,
    second_who: Carrier | None,
    third_tiltak: str,
    third_who: Carrier | None,
    day: date,
    at: time,
) -> str:
    """Enter the case as it stands on paper, and return its number."""
    going_on = {"first_who": (first_tiltak, first_who), "second_who": (second_tiltak, second_who)}
    of_guardians = [first_signed, second_signed] if second_name else [first_signed]
    signed = [*(of_guardians if first_name else []), child_signed]
    kept_back = not_to_share if withheld is YesNo.YES else ""
    return registering.register_ongoing(
        asked.actor,
        child_name=child_name,
        birth_date=birth_date,
        protected_address=protected_address,
        guardians=mine_saker.guardians(
            first_name,
            first_relation,
            first_responsibility,
            second_name,
            second_relation,
            second_responsibility,
        ),
        own_class=not other_class,
        consent=PaperConsent(services, level, given_on, reference, signed, until, kept_back),
        stafettholder=stafettholder,
        concern=concern,
        tiltak=[_ongoing(f, *one) for f, one in {**going_on, "third_who": (third_tiltak, third_who)}.items() if one[0]],
        started=started,
        evaluation=registering.meeting_at(day, at),
    )


def _ongoing(field: str, text: str, who: Carrier | None) -> Ongoing:
    if who is None:
        raise Refused(Reason.MISSING, field=field)
    return Ongoing(text, who)


class OngoingForm(mine_saker.NewCaseForm, saves_with=register):
    """Child and guardians as in a new case; then the paper, what goes on, and when it is evaluated next."""

    stafettholder: Annotated[UUID | None, Choose(N_("Stafettholder"), nobody=N_("Jeg er stafettholder"))] = None
    services: Annotated[list[UUID], MustChoose, ChooseSome(N_("Hvilke tjenester står på samtykket?"))]
    level: Annotated[
        ConsentLevel,
        Pick(
            N_("Hva kan de få vite?"),
            words=ConsentLevel,
            among=(ConsentLevel.AGREEMENTS, ConsentLevel.EVERYDAY),
            across=False,
        ),
    ]
    withheld: Annotated[YesNo, Pick(N_("Er det noe vi ikke skal dele?"), words=YesNo)]
    not_to_share: Annotated[SentenceOrNothing, Paragraph(N_("Hva skal vi ikke dele?"), lines=2)] = ""
    given_on: Annotated[date, MustChoose, Day(N_("Datoen som står på samtykket"))]
    first_signed: Annotated[bool, Tick(N_("Foresatt har skrevet under"))] = False
    second_signed: Annotated[bool, Tick(N_("Den andre har skrevet under"))] = False
    child_signed: Annotated[bool, Tick(N_("Ungdommen har skrevet under"))] = False
    reference: Annotated[Name, Line(N_("Hvor ligger papiret?"), help=N_("elevmappe, referanse"))]
    until: Annotated[date | None, Day(N_("Siste dag, hvis det står på papiret"))] = None
    concern: Annotated[Title, Line(N_("Hva er dere særlig oppmerksomme på?"))]
    first_tiltak: Annotated[Sentence, Paragraph(N_("Tiltak som pågår"), lines=2)]
    first_who: Annotated[Carrier, Pick(N_("Hvem gjør det?"), words=Carrier)]
    second_tiltak: Annotated[SentenceOrNothing, Paragraph(N_("Et tiltak til"), lines=2)] = ""
    second_who: Annotated[Carrier | None, Pick(N_("Hvem gjør det andre?"), words=Carrier)] = None
    third_tiltak: Annotated[SentenceOrNothing, Paragraph(N_("Enda et tiltak"), lines=2)] = ""
    third_who: Annotated[Carrier | None, Pick(N_("Hvem gjør det tredje?"), words=Carrier)] = None
    started: Annotated[date | None, Day(N_("Tiltakene startet (tomt: samme dag som samtykket)"))] = None
    day: Annotated[date, MustChoose, Day(N_("Dato for neste evaluering"))]
    at: Annotated[ClockTime, Line(N_("Klokka"), help=N_("14.30"))]

    @classmethod
    def asked_now(cls, raw: Answers) -> Sequence[str]:
        """Ask about the second guardian, the youth, what is kept back and one more tiltak only when there is one."""
        hidden = {name for name, is_asked in _asked_only_if(raw).items() if not is_asked}
        return [name for name in cls.model_fields if name not in hidden]


def _asked_only_if(raw: Answers) -> dict[str, bool]:
    born: Any = raw["birth_date"]
    minor = not mine_saker.is_of_age(born)
    second = minor and bool(raw["second_name"])
    return {
        **dict.fromkeys(("first_name", "first_relation", "first_responsibility", "first_signed", "second_name"), minor),
        "second_relation": second,
        "second_responsibility": second,
        "second_signed": second,
        "child_signed": bool(born) and birthday(born, policy().youth_age) <= clock.today(),
        "not_to_share": raw["withheld"] is YesNo.YES,
        "second_tiltak": bool(raw["first_tiltak"]),
        "second_who": bool(raw["second_tiltak"]),
        "third_tiltak": bool(raw["second_tiltak"]),
        "third_who": bool(raw["third_tiltak"]),
    }


def options(choices: Registering) -> dict[str, Sequence[Option]]:
    """Return what can be chosen."""
    return {
        "services": list(choices.services),
        "stafettholder": [(one.user, f"{one.name}, {one.title}") for one in choices.holders],
    }

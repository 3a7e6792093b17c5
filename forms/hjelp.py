"""Help that writes nothing and remembers nobody."""

from collections.abc import Sequence

from markupsafe import Markup

from bti.casework.ground.policy import kommune
from bti.content.kommune import LegalReference, Numbers, People
from bti.content.labels import label
from bti.errors import WHATEVER_CONSENT
from bti.language import N_, _, figures, spoken
from bti.rules.workflow import Step
from forms import blank, shown

STEPS = {
    Step.OPPSTART: N_(
        "Dere møtes, sier hva det gjelder, hvem som er med og hvordan barnet blir hørt. Familien svarer på samtykke."
    ),
    Step.PLANLEGG_TILTAK: N_("Dere blir enige om hva dere ser på sammen, hva dere vil få til, og hvem som gjør hva."),
    Step.IVERKSETT: N_("Tiltakene gjennomføres. Noen snakker med barnet før evalueringsmøtet."),
    Step.EVALUERING: N_(
        "Familien sier først hvordan det har gått. Så vurderer dere hvert tiltak, og endringen for barnet."
    ),
    Step.VEIEN_VIDERE: N_(
        "Dere skriver hva som er best for barnet, og velger: avslutte, fortsette eller prøve noe annet."
    ),
}

BEFORE = (
    N_("Ikke skriv fødselsnummer eller adresse."),
    N_("Telefonnummer står bare i sitt eget felt."),
    N_("Innsynet ditt blir logget."),
)
"""What belongs nowhere in a log, and that who reads can be seen (R-50, R-51, R-71)."""


def show() -> None:
    """Show the page."""
    decided = kommune()
    steps = shown.joined(
        shown.filled("<h3>{n} {name}</h3><p>{text}</p>", n=step.number, name=label(step), text=_(text))
        for step, text in STEPS.items()
    )
    shown.show(
        shown.filled(
            "<h1>{title}</h1><h2>{five}</h2>{steps}<h2>{ask}</h2>{people}"
            '<h2>{danger}</h2><div class="bti-note bti-warm">{pointer}{numbers}</div>{law}<h2>{write}</h2>{not_here}<h2>{paper}</h2>{blank}',
            title=_("Hjelp"),
            five=_("De fem stegene"),
            steps=steps,
            ask=_("Hvem kan jeg spørre?"),
            people=_people(decided.people),
            danger=_("Er du redd for at et barn er i fare?"),
            pointer=shown.paragraphs(
                _("Melding til barnevernet sendes i egen kanal. Ingenting lagres her.") + "\n\n" + _(WHATEVER_CONSENT)
            ),
            numbers=_numbers(decided.numbers),
            law=_law(decided.legal),
            write=_("Før du skriver og leser"),
            not_here=shown.bullets(_(line) for line in BEFORE),
            paper=_("Skjemaer på papir"),
            blank=blank.links(),
        )
    )


def _people(people: People) -> Markup:
    """Return whom one may ask; a person without a name is not shown."""
    koordinator, ombud = people.koordinator, people.personvernombud
    ours = _("{navn}, personvernombud", navn=ombud.name) if ombud.name else ""
    return shown.bullets(
        f"{name}, {phone}" if phone else name
        for name, phone in ((koordinator.name, koordinator.phone), (ours, ombud.phone))
        if name
    )


def _numbers(numbers: Numbers) -> Markup:
    """Return the kommune's own numbers, those it has set."""
    whose = (
        (_("Barneverntjenesten"), numbers.barnevern),
        (_("Politiet"), numbers.police),
        (_("Alarmtelefonen for barn og unge"), numbers.alarm),
    )
    said = [_("{hvem}: {telefon}", hvem=who, telefon=phone) for who, phone in whose if phone]
    return shown.bullets(said) if said else Markup("")


def _law(references: Sequence[LegalReference]) -> Markup:
    """Return what the kommune leans on, each with the day somebody there last looked it up."""
    if not references:
        return Markup("")
    lines = (
        _(
            "{om}: {henvisning} (kontrollert {dato})",
            om=one.about_nn if spoken() == "nn" else one.about_nb,
            henvisning=one.reference,
            dato=figures(one.checked_on),
        )
        for one in references
    )
    return shown.filled("<h2>{title}</h2>{lines}", title=_("Lover vi støtter oss på"), lines=shown.bullets(lines))

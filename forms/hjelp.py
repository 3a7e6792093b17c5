"""Help that writes nothing and remembers nobody."""

from bti.casework.policy import kommune
from bti.content.words import label
from bti.language import N_, _
from bti.rules.workflow import Step
from forms import shown

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


def show() -> None:
    """Show the page."""
    contact = kommune().contact
    steps = shown.joined(
        shown.filled("<h3>{n} {name}</h3><p>{text}</p>", n=step.number, name=label(step), text=_(text))
        for step, text in STEPS.items()
    )
    numbers = [
        _("{hvem}: {telefon}", hvem=who, telefon=phone)
        for who, phone in (
            (_("Barneverntjenesten"), contact.barnevern_phone),
            (_("Politiet"), contact.police_phone),
        )
        if phone
    ]
    shown.show(
        shown.filled(
            "<h1>{title}</h1><h2>{five}</h2>{steps}<h2>{ask}</h2><p>{coordinator}</p>"
            '<h2>{danger}</h2><div class="bti-note bti-warm">{pointer}{numbers}</div>',
            title=_("Hjelp"),
            five=_("De fem stegene"),
            steps=steps,
            ask=_("Hvem kan jeg spørre?"),
            coordinator=contact.coordinator,
            danger=_("Er du redd for at et barn er i fare?"),
            pointer=shown.paragraphs(
                _("Melding til barnevernet sendes i egen kanal. Ingenting lagres her.")
                + "\n\n"
                + _("Meldeplikt og avvergeplikt gjelder uansett samtykke.")
            ),
            numbers=shown.bullets(numbers) if numbers else "",
        )
    )

"""What can be refused, and the sentence that says so.

One shape for everything that is wrong: a reason and the field it belongs to, whether it comes from a form, a rule or a
constraint in the database. The reason is its own sentence in bokmål; the catalogue holds the nynorsk.
"""

from enum import StrEnum, unique
from typing import Final, Self

from bti.language import N_, _


@unique
class Reason(StrEnum):
    """Why something was refused, in words a person at the table can act on."""

    # Who you are
    SIGN_IN_FAILED = N_("Brukernavnet eller passordet stemmer ikke. Prøv igjen, eller spør den som er systemansvarlig.")
    SIGN_IN_WAIT = N_("Det er prøvd for mange ganger. Prøv igjen etter kl. {tid}.")
    SIGN_IN_FIRST = N_("Logg inn for å fortsette.")
    FORM_TOO_OLD = N_("Siden har stått åpen for lenge. Prøv en gang til.")
    NOT_YOURS = N_("Du har ikke en stafettlogg her. Spør BTI-koordinatoren om hjelp.")
    NOT_ALLOWED = N_("Dette gjør stafettholderen. Si fra til stafettholderen hvis noe skal endres.")

    # What is written
    MISSING = N_("Svar her.")
    TOO_LONG = N_("Teksten er for lang: {lengde} tegn. Det er plass til {plass}.")
    NOT_TEXT = N_("Teksten inneholder tegn som ikke kan lagres. Skriv den på nytt her.")
    NATIONAL_ID = N_("Teksten ser ut til å inneholde et fødselsnummer. Ta det bort; det skal ikke stå her.")
    NOT_A_CHOICE = N_("Velg ett av svarene.")
    NOT_A_DATE = N_("Skriv en dato, for eksempel 14.04.2026.")
    NOT_A_TIME = N_("Skriv et klokkeslett, for eksempel 14.30.")
    CHANGED_BY_OTHER = N_("{navn} har endret dette etter at du åpnet det.")
    SAVED_ALREADY = N_("Dette er allerede lagret.")
    USERNAME_TAKEN = N_("Brukernavnet er i bruk. Velg et annet.")
    OWN_ACCOUNT = N_("Din egen bruker må en annen systemansvarlig endre eller avslutte.")
    AWAY_BACKWARDS = N_("Siste dag kan ikke være før første dag.")
    NOT_A_CODE = N_("Koden kan ha små bokstaver (a–z), tall og bindestrek, og minst to tegn.")
    CODE_TAKEN = N_("Koden er i bruk. Velg en annen.")
    PASSWORD_SHORT = N_("Passordet må ha minst {n} tegn.")
    PASSWORD_IS_NAME = N_("Passordet kan ikke være det samme som brukernavnet.")
    NAME_MISSING = N_("Skriv navnet.")
    IN_THE_FUTURE = N_("Datoen kan ikke være etter i dag.")
    IN_THE_PAST = N_("Datoen kan ikke være før i dag.")
    ENDS_BEFORE_START = N_("Møtet begynner kl. {tid}. Det må slutte senere.")
    WHO_IS_THIS = N_(
        "Hvem er {navn} her? Velg gjest som familien ønsker med, tolk eller observatør. Familie og ansatte er med i loggen."
    )
    FAMILY_WISHES = N_("Bare familien kan si ja til at {navn} er med.")
    DUE_DATE = N_("Se over termindatoen. Den er for langt fram eller for langt tilbake.")
    TOO_OLD = N_("Stafettloggen er for barn og unge til og med 23 år. Se over fødselsdatoen.")

    # The case and its steps
    CASE_EXISTS = N_("Barnet har allerede en åpen stafettlogg. Oppdater den i stedet.")
    COORDINATOR_WILL_CALL = N_("BTI-koordinatoren har fått beskjed og tar kontakt.")
    ASK_THE_SCHOOL = N_(
        "Tjenesten kan ikke opprette en stafettlogg. Be skolen, barnehagen eller helsestasjonen om å gjøre det."
    )
    NO_SUCH_LOG = N_("Det er ingen åpen stafettlogg med dette.")
    NOT_SAME_CHILD = N_("De to loggene gjelder ikke samme barn: fødselsdatoen eller navnet er ulikt.")
    STRICT_ADDRESS = N_(
        "Barnet har strengt fortrolig adresse. Snakk med BTI-koordinatoren før du skriver noe her."
    )
    READ_THROUGH_FIRST = N_("Les gjennom for navn og sted først. Det som er skrevet siden, må leses igjen.")
    BEFORE_CLOSING = N_("Før loggen avsluttes: {mangler}.")
    WHO_SAID_IT = N_("Skriv hvem i familien som sa det.")
    CANNOT_REOPEN = N_(
        "Stafettloggen kan ikke åpnes igjen. Det kan gjøres de første 14 dagene, så lenge loggen ikke er arkivert."
    )
    HOLDER_IS_HERE = N_("Stafettholderen er her, og spør selv en ny når det trengs.")
    NOT_ONESELF = N_("Du kan ikke utnevne deg selv. Velg en annen, eller be BTI-koordinatoren om hjelp.")
    NO_CASES_TO_GIVE = N_("Det er ingen stafettlogger å gi videre for denne klassen eller avdelingen.")
    CLASS_HAS_LOGS = N_("Det er stafettlogger i {klasse} fra før. Skriv først hva den klassen heter nå.")
    TRANSFER_NEEDS_YES = N_(
        "{tjeneste} får ingenting før familien har sagt ja. Velg sammen med familien hva som skal følge med."
    )
    HANDOVER_FIRST = N_("Stafettholderen er fortsatt hos dere. Skriv om arkivet når en ny har tatt over.")
    CASE_CLOSED = N_("Stafettloggen er avsluttet. Den kan leses, men ikke endres.")
    OTHER_STEP = N_("Stafettloggen står i et annet steg nå. Gå til det steget for å skrive.")
    ON_PAPER = N_("Familien ønsker papir. Møtet kan skrives ut, men innholdet lagres ikke her.")
    NOTHING_TO_SHARE = N_("Her er det ingen digital stafettlogg å dele. Spør familien om den vil ha en.")
    SHARED_NOW = N_("Andre tjenester ser stafettloggen nå. Familien må først si at dere skal slutte å dele.")
    WRITTEN_HERE = N_(
        "Her er det alt skrevet noe som skal bevares. Avslutt stafettloggen, så går dere videre på papir."
    )
    ROUND_LOCKED = N_("Runde {n} er låst.")
    STEP_NOT_NEXT = N_("Steget følger ikke etter der stafettloggen står.")
    STEP_NOT_DONE = N_("Steget er ikke ferdig. Se lista over det som mangler.")

    # Consent
    ASK_FOR_MORE = N_("{tjeneste} kom til etter at samtykket ble gitt. Spør familien om tilleggssamtykke.")
    NOT_COVERED = N_("Samtykket dekker ikke {tjeneste}. Dette kan ikke deles her.")
    CHOOSE_CONSENT = N_("Velg hvem det kan deles med, hva og hvor lenge.")
    INFORMATION_FIRST = N_("Les opp informasjonen først, og kryss av for at det er gjort.")
    WHERE_IS_IT = N_("Skriv hvor samtykket er journalført, eller hvor papiret ligger.")
    PAPER_CONSENT = N_("Skriv datoen som står på samtykket, og hvor papiret ligger.")
    PAPER_PERIOD = N_("Samtykket kan gjelde fra datoen som står på det, og ikke lenger enn til {dato}.")
    TOO_EARLY_TO_RENEW = N_("Det er for tidlig å fornye samtykket. Det kan gjøres fra {dato}.")
    ASK_ANEW = N_("Det familien ble spurt om, gjelder ikke lenger. Spør familien på nytt.")
    NOT_A_CONSENTER = N_("Denne personen skal ikke svare på samtykket nå.")
    ABOUT_WHOM = N_("Velg hvem det handler om, og skriv det for seg selv her.")
    OTHER_OWNER = N_("{tjeneste} har en annen eier enn kommunen. Familien må si ja før noe deles dit.")
    RESPONSIBLE_NOT_COVERED = N_("Den ansvarlige hører til en tjeneste uten samtykke.")

    CHANGES_WHO_ANSWERS = N_("Dette endrer hvem som skal svare på samtykket: {hva}.")

    # Tiltak
    DEADLINE_BEFORE_START = N_("Fristen kan ikke være før tiltaket starter.")
    EVALUATION_BEFORE_START = N_("Evalueringen kan ikke være før tiltaket starter.")
    EVALUATION_AFTER_MEETING = N_("Evalueringsdatoen kan ikke være etter evalueringsmøtet ({dato}).")
    EVALUATION_AT_MEETING = N_(
        "Tiltaket evalueres på evalueringsmøtet ({dato}). Velg en annen måte hvis det skal evalueres før."
    )
    FAMILY_SAID_NO = N_("Familien har sagt nei til dette tiltaket. Det kan ikke settes i gang.")

    # The child's voice and barnets beste
    CHILD_PLAN = N_("Avklar hvem som snakker med barnet, og når.")
    CHILD_KEEPS_IT = N_("Barnet vil ikke at dette deles. Ta det bort her; det skal ikke lagres.")
    CHILD_WORDS_MISSING = N_("Skriv det barnet har sagt at det er greit å dele.")
    CHILD_NAMES_WHOM = N_("Velg hvem barnet vil dele det med.")
    CHILD_SAID_TO_OTHERS = N_(
        "Barnet er alt hørt, og har valgt at tjenesten din ikke leser det. Be en som leser det, om å skrive mer."
    )
    CHILD_WEIGHT = N_("Skriv hvilken vekt barnets mening har fått.")
    BEST_INTERESTS = N_("Skriv hva som er best for barnet, og hvorfor.")
    INFORM_CHILD = N_("Avtal hvem som informerer barnet, når og hvordan.")

    # On the way to external services
    NEW_CONSENT = N_("Nytt samtykke trengs før eksterne tjenester involveres.")
    MESSAGE_NOT_READ = N_("La familien lese meldingen først.")
    ON_THE_WAY_OUT = N_(
        "Stafettloggen er på vei til eksterne tjenester. Fullfør det, eller skriv at familien sier nei."
    )

    # Evaluation and decision
    FAMILY_FIRST = N_("Har familien fått snakke først? Velg et svar.")
    WHY_NOT_ANSWERED = N_("Skriv hvorfor familien ikke har svart.")
    NO_EFFECT_GOES_ON = N_(
        "Tiltak uten effekt eller med negativ effekt skal avsluttes eller endres. Skriv hvorfor det likevel fortsetter."
    )
    HARM_GOES_ON = N_("Tiltaket har hatt negativ effekt. Skriv hvorfor det likevel er best for barnet.")
    ONLY_OWN_TILTAK = N_("Du kan bare sende inn evalueringen av et tiltak du selv er ansvarlig for.")
    EVALUATION_IS_FINAL = N_(
        "Stafettholderen har fullført evalueringen. Si fra til stafettholderen om det du vil endre."
    )
    CHANGED_TO_WHAT = N_("Skriv hva tiltaket endres til.")
    OUTCOME_DISAGREES = N_("Utfallet stemmer ikke med evalueringen. Skriv hvorfor, eller velg et annet.")
    FAMILY_WANTS_WHAT = N_("Skriv hva familien ønsker i stedet.")

    def __repr__(self) -> str:
        return f"Reason.{self.name}"


FOR_WANT_OF_CONSENT: Final = frozenset(
    {
        Reason.NOT_COVERED,
        Reason.ASK_FOR_MORE,
        Reason.NEW_CONSENT,
        Reason.OTHER_OWNER,
        Reason.RESPONSIBLE_NOT_COVERED,
        Reason.TRANSFER_NEEDS_YES,
    }
)
"""Why something is not shared: there is no consent to it. None of them stops who must tell what she is worried about."""
WHATEVER_CONSENT: Final = N_("Meldeplikt og avvergeplikt gjelder uansett samtykke.")


def small_line(reason: Reason) -> str:
    """Return what always stands under a refusal to share for want of consent, and nothing under any other (R-01)."""
    return _(WHATEVER_CONSENT) if reason in FOR_WANT_OF_CONSENT else ""


class BtiError(Exception):
    """Something a person is told."""


class Refused(BtiError):
    """It was not done, and ``reason`` says why. ``field`` names the question it belongs to, if any."""

    def __init__(self, reason: Reason, *, field: str | None = None, **values: object) -> None:
        super().__init__(reason.name, field)
        self.reason = reason
        self.field = field
        self.values = values

    def sentence(self) -> str:
        """Say why, in the reader's language."""
        return _(self.reason, **self.values)

    def at(self, field: str) -> Self:
        """Tie the refusal to ``field`` when the rule itself did not know where it was asked."""
        self.field = self.field or field
        return self


class CannotStart(BtiError):
    """The app cannot start or a command cannot run. The message is a sentence to whoever runs the server."""

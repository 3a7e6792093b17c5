"""What the values are called, on screen and on paper, and the sentences that are made from them."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from bti.language import N_, _, first_up, listed, long_date, short_date
from bti.rules.best_interests import Factor
from bti.rules.childs_voice import ChildTakesPart, HeardBy, ShareWith
from bti.rules.consent import (
    Category,
    ConsentAddition,
    ConsentForm,
    ConsentLevel,
    ConsentState,
    DecisionValue,
    Period,
    Said,
    YesNo,
)
from bti.rules.decision import FamilyAgrees
from bti.rules.escalating import MessageStatus
from bti.rules.evaluation import Degree, Effect, FamilyFirst, OppmerksomhetStatus, TiltakOutcome
from bti.rules.family import ReceivesInformation
from bti.rules.goal import Area, GoalStatus
from bti.rules.handover import HandoverDeclined, HandoverReason, HolderGone
from bti.rules.people import (
    AccessRole,
    GuardianRelation,
    ProtectedAddress,
    ServiceKind,
    ServiceOwner,
    ServiceScope,
    StaffRole,
)
from bti.rules.registering import Carrier
from bti.rules.situation import SituationKind
from bti.rules.tiltak import Arena, Dates, EvaluationMode, NoteKind, ProposalStatus, State, TiltakStatus
from bti.rules.workflow import Blank, CaseStatus, ClosingReason, DecisionOutcome, StafettloggMode, Step

_CALLED: Final[tuple[tuple[StrEnum, str], ...]] = (
    (Step.OPPSTART, N_("Oppstart")),
    (Step.PLANLEGG_TILTAK, N_("Planlegg tiltak")),
    (Step.IVERKSETT, N_("Sett i verk")),
    (Step.EVALUERING, N_("Evaluering")),
    (Step.VEIEN_VIDERE, N_("Veien videre")),
    (CaseStatus.DRAFT, N_("venter på familiens svar")),
    (CaseStatus.OPEN, N_("åpen")),
    (CaseStatus.ESCALATING, N_("på vei til eksterne tjenester")),
    (CaseStatus.CLOSED, N_("avsluttet")),
    (StafettloggMode.DIGITAL, N_("digital stafettlogg")),
    (StafettloggMode.NONE, N_("ingen stafettlogg: vi skriver her, i egen tjeneste")),
    (StafettloggMode.PAPER, N_("på papir: ingenting av innholdet lagres her")),
    (Blank.OPPSTART, N_("Steg 1: Oppstart")),
    (Blank.PLANLEGG_TILTAK, N_("Steg 2: Planlegg tiltak")),
    (Blank.IVERKSETT, N_("Steg 3: Sett i verk")),
    (Blank.EVALUERING, N_("Steg 4: Evaluering")),
    (Blank.VEIEN_VIDERE, N_("Steg 5: Veien videre")),
    (Blank.CONSENT, N_("Samtykke")),
    (Blank.WITHDRAWAL, N_("Trekke samtykke")),
    (ConsentLevel.NO, N_("Nei")),
    (ConsentLevel.AGREEMENTS, N_("Bare avtalene")),
    (ConsentLevel.EVERYDAY, N_("Avtalene og hverdagen")),
    (ConsentAddition.HEALTH, N_("helse")),
    (ConsentAddition.FAMILY_HOME, N_("familien og hjemme")),
    (ConsentAddition.ASSESSMENT, N_("kartlegging")),
    (ConsentForm.ELECTRONIC, N_("her på skjermen")),
    (ConsentForm.WRITTEN, N_("underskrift på papir")),
    (ConsentForm.ORAL, N_("muntlig")),
    (Period.SUMMER, N_("til sommeren")),
    (Period.YEAR, N_("i ett år")),
    (YesNo.NO, N_("Nei")),
    (YesNo.YES, N_("Ja")),
    (Said.YES, N_("Ja")),
    (Said.NO, N_("Nei")),
    (Said.DIFFERS, N_("Ulikt for tjenestene")),
    (Category.SCHOOL_KINDERGARTEN, N_("skole og barnehage")),
    (Category.WELLBEING_SOCIAL, N_("trivsel og sosialt")),
    (Category.HEALTH, N_("helse")),
    (Category.FAMILY_HOME, N_("familie og hjem")),
    (Category.ASSESSMENT, N_("kartlegging")),
    (Category.TILTAK_AND_EVALUATION, N_("tiltak og evaluering")),
    (Category.CHILD_STATEMENTS, N_("det barnet har sagt")),
    (SituationKind.CORE, N_("Hva det gjelder")),
    (SituationKind.RESOURCE, N_("Dette kan vi bygge på")),
    (SituationKind.CHALLENGE, N_("Dette er vanskelig")),
    (SituationKind.MASTERS, N_("Dette mestrer barnet")),
    (SituationKind.WORKS_FAMILY, N_("Dette fungerer hjemme")),
    (SituationKind.WORKS_SCHOOL, N_("Dette fungerer på skolen eller i barnehagen")),
    (SituationKind.ABOUT_GUARDIAN, N_("Om en av foreldrene selv")),
    (GuardianRelation.MOTHER, N_("mor")),
    (GuardianRelation.FATHER, N_("far")),
    (GuardianRelation.CO_MOTHER, N_("medmor")),
    (GuardianRelation.FOSTER_PARENT, N_("fosterforelder")),
    (GuardianRelation.APPOINTED_GUARDIAN, N_("verge")),
    (GuardianRelation.CHILD_WELFARE_SERVICE, N_("barneverntjenesten")),
    (GuardianRelation.OTHER, N_("annen foresatt")),
    (ProtectedAddress.NONE, N_("Nei")),
    (ProtectedAddress.FORTROLIG, N_("Ja, fortrolig")),
    (ProtectedAddress.STRENGT_FORTROLIG, N_("Ja, strengt fortrolig")),
    (Carrier.STAFETTHOLDER, N_("stafettholderen")),
    (Carrier.FIRST_GUARDIAN, N_("den første foresatte")),
    (Carrier.SECOND_GUARDIAN, N_("den andre foresatte")),
    (Carrier.CHILD, N_("barnet")),
    (Arena.HOME, N_("hjemme")),
    (Arena.KINDERGARTEN, N_("i barnehagen")),
    (Arena.SCHOOL, N_("på skolen")),
    (Arena.LEISURE, N_("i fritida")),
    (Arena.HEALTH_SERVICE, N_("i helsetjenesten")),
    (Arena.OTHER, N_("et annet sted")),
    (Area.LEARNING, N_("læring")),
    (Area.LANGUAGE, N_("språk")),
    (Area.SOCIAL_INTERACTION, N_("sosialt samspill")),
    (Area.EMOTIONS, N_("følelser")),
    (Area.BEHAVIOUR, N_("atferd")),
    (Area.HEALTH, N_("helse")),
    (Area.FAMILY_HOME, N_("familie og hjem")),
    (Area.ABSENCE, N_("fravær")),
    (Area.LEISURE, N_("fritid")),
    (Area.OTHER, N_("annet")),
    (GoalStatus.OPEN, N_("vi arbeider med det")),
    (GoalStatus.REACHED, N_("målet er nådd")),
    (GoalStatus.PARTLY, N_("målet er nådd et stykke på vei")),
    (GoalStatus.DROPPED, N_("vi går ikke videre med målet")),
    (EvaluationMode.JOINT_MEETING, N_("på evalueringsmøtet")),
    (EvaluationMode.PHONE, N_("på telefon")),
    (EvaluationMode.OTHER, N_("på en annen måte")),
    (ProposalStatus.PROPOSED, N_("Familien har ikke svart ennå")),
    (ProposalStatus.ACCEPTED, N_("Familien sier ja")),
    (ProposalStatus.DECLINED_BY_FAMILY, N_("Familien sier nei")),
    (ProposalStatus.LATER, N_("Familien vil vente")),
    (NoteKind.NOTE, N_("Notat")),
    (NoteKind.POSITIVE_NOTE, N_("Lysglimt")),
    (State.ACTIVE, N_("I gang")),
    (State.COMING, N_("Begynner senere")),
    (State.PROPOSAL, N_("Forslag")),
    (State.REFUSED, N_("Familien har sagt nei")),
    (State.OVER, N_("Ferdig")),
    (TiltakStatus.PLANNED, N_("pågår")),
    (TiltakStatus.ENDED, N_("avsluttet")),
    (TiltakStatus.CHANGED, N_("endret")),
    (TiltakStatus.HANDED_OVER, N_("gått over i det vanlige tilbudet")),
    (FamilyFirst.YES, N_("Familien først")),
    (FamilyFirst.HEARD_OTHERS_FIRST, N_("Familien ville høre de andre først")),
    (FamilyFirst.NOT_ANSWERED, N_("Ikke svart")),
    (Effect.DESIRED, N_("Ønsket effekt")),
    (Effect.SOME, N_("Noe effekt")),
    (Effect.NONE, N_("Ingen effekt")),
    (Effect.NEGATIVE, N_("Negativ effekt")),
    (Effect.TOO_EARLY, N_("For tidlig å si")),
    (TiltakOutcome.CONTINUE, N_("Videreføre")),
    (TiltakOutcome.CHANGE, N_("Endre")),
    (TiltakOutcome.END, N_("Avslutte")),
    (TiltakOutcome.HAND_OVER_TO_ORDINARY, N_("Går over i det vanlige tilbudet")),
    (Degree.WORSENED, N_("Forverret")),
    (Degree.NOT_AT_ALL, N_("Ikke")),
    (Degree.A_LITTLE, N_("Litt")),
    (Degree.SOME, N_("Noe")),
    (Degree.MUCH, N_("Mye")),
    (Degree.VERY_MUCH, N_("Svært mye")),
    (OppmerksomhetStatus.OPEN, N_("fortsatt åpen")),
    (OppmerksomhetStatus.IMPROVED, N_("bedre")),
    (OppmerksomhetStatus.GONE, N_("falt bort")),
    (ShareWith.ALL, N_("Alle som er med")),
    (ShareWith.NAMED, N_("Bare noen")),
    (ShareWith.NONE, N_("Ingen")),
    (ShareWith.TOO_SMALL, N_("Barnet er for lite til å svare")),
    (HeardBy.CONVERSATION, N_("Samtale")),
    (HeardBy.DRAWING, N_("Tegning")),
    (HeardBy.FORM, N_("Skjema")),
    (HeardBy.OBSERVATION, N_("Observasjon")),
    (HeardBy.AAC, N_("ASK")),
    (HeardBy.IN_MEETING, N_("I møtet")),
    (Factor.CHILDS_VIEW, N_("Barnets mening")),
    (Factor.IDENTITY_FAMILY, N_("Identitet og familie")),
    (Factor.CARE_PROTECTION, N_("Omsorg og vern")),
    (Factor.VULNERABILITY, N_("Sårbarhet")),
    (Factor.HEALTH, N_("Helse")),
    (Factor.EDUCATION, N_("Utdanning")),
    (Factor.STABILITY, N_("Ro og stabilitet")),
    (ChildTakesPart.ATTENDS, N_("Barnet er med")),
    (ChildTakesPart.HEARD_BEFORE, N_("Noen snakker med barnet før møtet")),
    (ChildTakesPart.NOT_HEARD, N_("Barnet blir ikke spurt")),
    (DecisionOutcome.CLOSE, N_("Bekymringen har falt bort. Vi avslutter loggen.")),
    (DecisionOutcome.CONTINUE, N_("Tiltakene har effekt, men vi er ikke i mål. Vi fortsetter.")),
    (DecisionOutcome.OTHER_MEASURES_OWN_SERVICE, N_("Vi setter i verk andre tiltak i egen tjeneste.")),
    (DecisionOutcome.ESCALATE_EXTERNAL, N_("Vi trenger hjelp fra eksterne tjenester.")),
    (ClosingReason.GOAL_REACHED, N_("Målet er nådd")),
    (ClosingReason.FAMILY_WISH, N_("Familien ønsker å avslutte")),
    (ClosingReason.CONSENT_WITHDRAWN, N_("Familien har trukket samtykket")),
    (ClosingReason.MOVED, N_("Barnet har flyttet")),
    (ClosingReason.INDIVIDUAL_PLAN, N_("Barnet har fått individuell plan")),
    (ClosingReason.AGED_OUT, N_("Den unge er blitt for gammel")),
    (ClosingReason.OPENED_IN_ERROR, N_("Loggen ble opprettet ved en feil")),
    (MessageStatus.DRAFT, N_("ikke lest av familien ennå")),
    (MessageStatus.FAMILY_READ, N_("lest av familien")),
    (MessageStatus.READY, N_("klar til å sendes")),
    (MessageStatus.SENT_OUTSIDE_APP, N_("sendt utenfor appen")),
    (DecisionValue.ALL, N_("Alle med foreldreansvar svarer")),
    (DecisionValue.ONE_PLUS_NOTICE, N_("Én av de foresatte svarer")),
    (DecisionValue.AND, N_("De foresatte og ungdommen svarer")),
    (DecisionValue.OR, N_("De foresatte eller ungdommen svarer")),
    (DecisionValue.ALONE, N_("Ungdommen svarer alene")),
    (DecisionValue.CWS_ONLY, N_("Barneverntjenesten svarer")),
    (DecisionValue.CWS_AND_PARENTS, N_("Barneverntjenesten og foreldre svarer")),
    (DecisionValue.NO_CARE_ORDER, N_("Omsorgsovertakelsen er opphevet")),
    (DecisionValue.APPROVED, N_("Godkjent")),
    (FamilyAgrees.YES, N_("Ja")),
    (FamilyAgrees.PARTLY, N_("Delvis")),
    (FamilyAgrees.NO, N_("Nei")),
    (HandoverReason.NEW_TEACHER, N_("ny kontaktlærer eller pedagogisk leder")),
    (HandoverReason.AWAY, N_("permisjon eller fravær")),
    (HandoverReason.CLOSER_TO_CHILD, N_("den nye står nærmere barnet")),
    (HandoverReason.FAMILY_WISH, N_("familien ønsker det")),
    (HandoverReason.HOLDER_GONE, N_("stafettholderen er borte")),
    (HolderGone.ENDED, N_("stafettholderens bruker er avsluttet")),
    (HolderGone.LEFT, N_("stafettholderen er ikke lenger med")),
    (HolderGone.AWAY, N_("stafettholderen er borte nå")),
    (HolderGone.TIME_IS_UP, N_("vikarens tid er over")),
    (HolderGone.NOT_COVERED, N_("samtykket dekker ikke stafettholderens tjeneste")),
    (ServiceKind.KINDERGARTEN, N_("barnehage")),
    (ServiceKind.SCHOOL, N_("skole")),
    (ServiceKind.HEALTH_STATION, N_("helsestasjon")),
    (ServiceKind.SCHOOL_HEALTH, N_("skolehelse")),
    (ServiceKind.PPT, N_("PPT")),
    (ServiceKind.CHILD_WELFARE, N_("barnevern")),
    (ServiceKind.BUP, N_("BUP")),
    (ServiceKind.GP, N_("fastlege")),
    (ServiceKind.NAV, N_("NAV")),
    (ServiceKind.PHYSIO_ERGO, N_("fysio- og ergoterapi")),
    (ServiceKind.MENTAL_HEALTH, N_("psykisk helse")),
    (ServiceKind.COORDINATING_UNIT, N_("koordinerende enhet")),
    (ServiceKind.LEISURE, N_("fritid")),
    (ServiceKind.POLICE_SLT, N_("politi og SLT")),
    (ServiceKind.FAMILY_COUNSELLING, N_("familievern")),
    (ServiceKind.OTHER, N_("annen tjeneste")),
    (ServiceOwner.KOMMUNE, N_("kommunen")),
    (ServiceOwner.OTHER, N_("en annen eier")),
    (ServiceScope.MUNICIPAL, N_("i kommunen")),
    (ServiceScope.EXTERNAL, N_("ekstern")),
    (ReceivesInformation.OWN_INITIATIVE, N_("av seg selv")),
    (ReceivesInformation.ON_REQUEST, N_("når den foresatte ber om det")),
    (ReceivesInformation.NONE, N_("ikke")),
    (StaffRole.CONTACT_TEACHER, N_("kontaktlærer")),
    (StaffRole.LEAD_TEACHER, N_("pedagogisk leder")),
    (StaffRole.KINDERGARTEN_HEAD, N_("styrer")),
    (StaffRole.PRINCIPAL, N_("rektor")),
    (StaffRole.OTHER, N_("annet")),
    (HandoverDeclined.NO_TIME, N_("jeg har ikke tid nå")),
    (HandoverDeclined.TOO_CLOSE, N_("jeg kjenner familien for godt")),
    (HandoverDeclined.SOMEONE_CLOSER, N_("en annen står nærmere barnet")),
    (HandoverDeclined.DID_NOT_SAY_YES, N_("jeg har ikke sagt ja")),
    (HandoverDeclined.TAKEN_BACK, N_("trukket tilbake")),
    (ConsentState.ACTIVE, N_("gjelder nå")),
    (ConsentState.NOT_ASKED, N_("ikke spurt")),
    (ConsentState.AWAITING, N_("venter på svar")),
    (ConsentState.NEEDS_YOUTH, N_("venter på svar")),
    (ConsentState.REFUSED, N_("det er ikke gitt samtykke")),
    (ConsentState.WITHDRAWN, N_("trukket tilbake")),
    (ConsentState.EXPIRED, N_("har gått ut")),
    (AccessRole.EMPLOYEE, N_("ansatt")),
    (AccessRole.STAFETTHOLDER_CAPABLE, N_("kan være stafettholder")),
    (AccessRole.LEADER, N_("leder")),
    (AccessRole.COORDINATOR, N_("BTI-koordinator")),
    (AccessRole.ADMINISTRATOR, N_("systemansvarlig")),
    (AccessRole.DATA_PROTECTION_OFFICER, N_("personvernombud")),
)
LABELS: Final[Mapping[tuple[type[StrEnum], str], str]] = {(type(word), word.value): text for word, text in _CALLED}
"""By kind and value: two words of different kinds may have the same value, and are then equal to each other."""


INFORMATION: Final = N_(
    "Det er frivillig. Sier dere nei, får {barn} fortsatt hjelp av {eier}, og ingen andre får vite noe. Dere kan ombestemme "
    "dere når som helst, uten å si hvorfor: ring {stafettholder}{telefon}. Da slutter vi å dele med en gang. Det som alt er "
    "delt eller arkivert, blir ikke borte. Opplysninger om deg selv deler vi bare hvis du selv sier ja. Er et barn i fare, "
    "må vi melde fra uansett. Dere kan se hvem som har lest."
)
"""What the family is told before it answers (consent_texts.md), on the screen and on paper."""


def label(value: StrEnum) -> str:
    """Return what the value is called in the reader's language."""
    return _(LABELS[type(value), value.value])


def tiltak_sentence(name: str, where: Arena, days: Dates, *, today: date) -> str:
    """Say all that follows from what and who: «Eirik gjør dette på skolen fra i dag. Vi evaluerer 14. april.» (R-21)."""
    since = _("fra i dag") if days.start == today else _("fra {dato}", dato=short_date(days.start))
    if days.registered_afterwards:
        since = _("{fra} (registrert i ettertid)", fra=since)
    does = _("{navn} gjør dette {sted} {fra}.", navn=name, sted=label(where), fra=since)
    parts = [does]
    if days.deadline and days.deadline != days.evaluation:
        parts.append(_("Fristen er {dato}.", dato=short_date(days.deadline)))
    if days.evaluation:
        parts.append(_("Vi evaluerer {dato}.", dato=short_date(days.evaluation)))
    else:
        parts.append(_("Vi evaluerer når møtet er avtalt."))
    return " ".join(parts)


def by_hand_sentence(helpers: list[str], mode: EvaluationMode | None, by: str, how: str) -> str:
    """Say what somebody has set otherwise than it follows: who helps, how it is evaluated, who follows it up and how."""
    said = [
        _("Sammen med {navn}.", navn=listed(helpers)) if helpers else "",
        _("Det skjer {maate}.", maate=label(mode)) if mode else "",
        _("{navn} følger opp.", navn=by) if by else "",
        _("Oppfølging: {hvordan}", hvordan=how) if how else "",
    ]
    return " ".join(part for part in said if part)


def goal_sentence(goal: str | None, title: str) -> str:
    """Say the goal; without one it is the concern itself (R-27)."""
    return goal or _("At det blir bedre med {oppmerksomhet}", oppmerksomhet=_inside_a_sentence(title))


def _inside_a_sentence(title: str) -> str:
    """Begin a title with a small letter, unless it begins with an abbreviation such as PPT."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def standing_sentence(
    service: str, state: ConsentState, *, level: ConsentLevel, until: date | None, withdrawn_on: date | None
) -> str:
    """Say where a service stands, as everybody may read it; never who is missing or who has said no (R-02, R-10)."""
    name = first_up(service)
    if state is ConsentState.ACTIVE and until:
        words = _("avtalene og hverdagen") if level is ConsentLevel.EVERYDAY else _("bare avtalene")
        return _("{tjeneste}: {hva}, til {dato}", tjeneste=name, hva=words, dato=long_date(until))
    if state is ConsentState.REFUSED:
        return _("Det er ikke gitt samtykke til å dele med {tjeneste}.", tjeneste=service)
    if state is ConsentState.WITHDRAWN and withdrawn_on:
        return _("{tjeneste}: trukket tilbake {dato}", tjeneste=name, dato=long_date(withdrawn_on))
    if state is ConsentState.EXPIRED and until:
        return _("{tjeneste}: gjaldt til {dato}", tjeneste=name, dato=long_date(until))
    return _("{tjeneste}: venter på svar", tjeneste=name)


def read_back(
    services: list[str],
    level: ConsentLevel,
    additions: frozenset[ConsentAddition],
    until: date,
) -> str:
    """Say what the family is about to say yes to, so that the yes is to what was read (consent_texts.md)."""
    who = first_up(listed(services))
    many = len(services) > 1
    knows = (
        _("{tjenester} får vite om avtalene og hverdagen.", tjenester=who)
        if level is ConsentLevel.EVERYDAY
        else _("{tjenester} får bare vite om avtalene.", tjenester=who)
    )
    order = list(ConsentAddition)
    added = [label(a) for a in sorted(additions, key=order.index)]
    left_out = [label(a) for a in order if a not in additions and a is not ConsentAddition.ASSESSMENT]
    parts = [knows]
    if added:
        parts.append(
            _("De får også vite om {hva}.", hva=listed(added)) if many else _("Også om {hva}.", hva=listed(added))
        )
    if left_out:
        what = _(" eller ").join(left_out)
        parts.append(_("De får ikke vite noe om {hva}.", hva=what) if many else _("Ingenting om {hva}.", hva=what))
    parts.append(_("Det gjelder til {dato}.", dato=long_date(until)))
    return " ".join(parts)

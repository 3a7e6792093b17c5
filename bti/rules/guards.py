"""What is truly missing before the next step, after all that can be derived has been. The list on the screen is this list."""

from dataclasses import dataclass, field
from enum import StrEnum, unique

from bti.language import N_
from bti.rules.childs_voice import Heard, is_clear
from bti.rules.workflow import Level, StafettloggMode, Step


@unique
class Missing(StrEnum):
    """One thing that is missing, in words that say what to do. The name leads to the part of the page it is done in."""

    CORE = N_("Skriv hva saken gjelder.")
    RESOURCE = N_("Skriv hva barnet og de rundt kan bygge på.")
    FAMILY = N_("Skriv hvem av de foresatte som er med.")
    CONSENT = N_("Familien må si ja til minst én tjeneste til.")
    OPPMERKSOMHET = N_("Skriv hva dere skal være særlig oppmerksomme på.")
    TILTAK = N_("Skriv minst ett tiltak, og hvem som gjør det.")
    EVALUATION_MEETING = N_("Avtal evalueringsmøtet.")
    CHILD_PLAN = N_("Avklar hvem som snakker med barnet, og når.")
    BEST_INTERESTS_PLAN = N_("Skriv hva som er best for barnet, og hvorfor.")
    CHILD_PLAN_EVALUATION = N_("Avklar hvem som snakker med barnet før evalueringsmøtet.")
    EVALUATIONS = N_("Evaluer alle tiltakene.")
    DEGREE = N_("Vurder hvor mye situasjonen har endret seg.")
    EXPERIENCE = N_("Skriv hvordan barnet opplever endringen, eller hvorfor det ikke er spurt.")
    WEIGHT = N_("Skriv hvilken vekt barnets mening har fått.")
    BEST_INTERESTS_DECISION = N_("Skriv hva som er best for barnet nå, og hvorfor.")
    DECISION = N_("Velg veien videre.")
    INFORM_CHILD = N_("Avtal hvem som informerer barnet, når og hvordan.")

    def __repr__(self) -> str:
        return f"Missing.{self.name}"


@dataclass(frozen=True)
class Standing:
    """What a guard asks about the case as it stands in this round."""

    level: Level
    mode: StafettloggMode
    has_core: bool = False
    has_resource: bool = False
    has_family: bool = False
    services_covered: int = 0
    """How many services take part: the owner service and those with an active consent."""
    least_services: int = 2
    has_oppmerksomhet: bool = False
    complete_tiltak: int = 0
    evaluation_meeting: bool = False
    child_for_plan: Heard = field(default_factory=Heard)
    child_for_evaluation: Heard = field(default_factory=Heard)
    best_interests_plan: bool = False
    all_evaluated: bool = False
    has_degree: bool = False
    words_need_weight: bool = False
    best_interests_decision: bool = False
    has_decision: bool = False
    child_is_informed: bool = False
    carried_on: bool = False
    """Whether this round goes on with the tiltak of the last: then step 2 is met already (R-18)."""


def before_leaving(step: Step, now: Standing) -> tuple[Missing, ...]:
    """Return what is missing before the step may be left, in the order it is asked on the page (R-14 to R-17)."""
    if now.mode is StafettloggMode.PAPER:
        return ()  # nothing of the content is kept here, so nothing of it can be missing
    missing = {
        Step.OPPSTART: _oppstart,
        Step.PLANLEGG_TILTAK: _planlegg_tiltak,
        Step.IVERKSETT: _iverksett,
        Step.EVALUERING: _evaluering,
        Step.VEIEN_VIDERE: _veien_videre,
    }[step](now)
    return tuple(thing for thing, is_there in missing.items() if not is_there)


def _oppstart(now: Standing) -> dict[Missing, bool]:
    needs_services = now.level in {Level.MUNICIPAL, Level.EXTERNAL} and now.mode is StafettloggMode.DIGITAL
    return {
        Missing.FAMILY: now.has_family,
        Missing.CONSENT: not needs_services or now.services_covered >= now.least_services,
        Missing.CORE: now.has_core,
        Missing.RESOURCE: now.has_resource,
    }


def _planlegg_tiltak(now: Standing) -> dict[Missing, bool]:
    if now.carried_on:
        return {}
    return {
        Missing.CHILD_PLAN: is_clear(now.child_for_plan),
        Missing.OPPMERKSOMHET: now.has_oppmerksomhet,
        Missing.TILTAK: now.complete_tiltak > 0,
        Missing.EVALUATION_MEETING: now.evaluation_meeting,
        Missing.BEST_INTERESTS_PLAN: now.best_interests_plan,
    }


def _iverksett(now: Standing) -> dict[Missing, bool]:
    return {
        Missing.EVALUATION_MEETING: now.evaluation_meeting,
        Missing.CHILD_PLAN_EVALUATION: is_clear(now.child_for_evaluation),
    }


def _evaluering(now: Standing) -> dict[Missing, bool]:
    heard = now.child_for_evaluation
    return {
        Missing.EXPERIENCE: heard.tells_change or bool(heard.not_heard_reason.strip()),
        Missing.EVALUATIONS: now.all_evaluated,
        Missing.DEGREE: now.has_degree,
        Missing.WEIGHT: not now.words_need_weight,
    }


def _veien_videre(now: Standing) -> dict[Missing, bool]:
    return {
        Missing.BEST_INTERESTS_DECISION: now.best_interests_decision,
        Missing.DECISION: now.has_decision,
        Missing.INFORM_CHILD: now.child_is_informed or now.child_for_evaluation.attends,
    }

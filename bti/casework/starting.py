"""Step 1: what the case is about, who takes part, and how the child is heard."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from bti.casework import childs_voice, people, story
from bti.casework.door import OpenCase, use_case
from bti.casework.people import Colleague, Person
from bti.casework.policy import kommune
from bti.casework.story import ChildPlanView, TextView
from bti.rules.access import Action
from bti.rules.childs_voice import ChildTakesPart, HeardFor
from bti.rules.guards import Missing, Standing, before_leaving
from bti.rules.situation import CATEGORY_OF, SituationKind
from bti.rules.workflow import StafettloggMode, Step, check_here
from bti.store.tables import SituationText


@dataclass(frozen=True)
class StartView:
    """What step 1 shows."""

    people: tuple[Person, ...]
    may_join: tuple[Colleague, ...]
    situation: Mapping[SituationKind, TextView]
    situation_version: int
    child_plan: ChildPlanView | None
    missing: tuple[Missing, ...]


def view(case: OpenCase) -> StartView:
    """Return what step 1 shows this person."""
    taking_part = people.people(case)
    texts = {t.kind: t for t in story.situation(case) if t.round == case.round}
    plan = next((p for p in story.child_plans(case) if p.heard_for is HeardFor.PLAN and p.round == case.round), None)
    now = Standing(
        case.level,
        StafettloggMode.DIGITAL,
        has_core=SituationKind.CORE in texts,
        has_resource=SituationKind.RESOURCE in texts,
        has_family=any(p.kind is people.PersonKind.GUARDIAN for p in taking_part),
        services_covered=len(people.covered_services(case)),
        least_services=kommune().levels.least_services,
    )
    return StartView(
        people=taking_part,
        may_join=people.may_join(case),
        situation=texts,
        situation_version=sum(t.version for t in texts.values()),
        child_plan=plan,
        missing=before_leaving(Step.OPPSTART, now),
    )


@use_case(Action.WRITE)
def save_situation(case: OpenCase, *, core: str, resource: str, challenge: str, version: int) -> UUID:
    """Write down the situation: facts before interpretation, what can be built on before what is hard (S0-22, S0-29)."""
    check_here(case.step, case.status, Step.OPPSTART)
    before = {t.kind: t for t in story.situation(case) if t.round == case.round}
    if sum(t.version for t in before.values()) != version:
        newest = max(before.values(), key=lambda t: t.updated_at)
        case.get(SituationText, newest.id, version=-1)
    said = {SituationKind.CORE: core, SituationKind.RESOURCE: resource, SituationKind.CHALLENGE: challenge}
    for kind, text in said.items():
        _write(case, kind, text, before.get(kind))
    return case.id


def _write(case: OpenCase, kind: SituationKind, text: str, before: TextView | None) -> None:
    if before is not None:
        row = case.get(SituationText, before.id)
        row.text = text
    elif text:
        case.new(SituationText(round=case.round, kind=kind, text=text, category=CATEGORY_OF[kind]))


@use_case(Action.WRITE)
def plan_child(
    case: OpenCase, *, takes_part: ChildTakesPart, interviewer: UUID | None, not_heard_reason: str, version: int
) -> UUID:
    """Agree how the child is heard for the plan: attends, who talks with the child, or why not (R-32)."""
    check_here(case.step, case.status, Step.OPPSTART, Step.PLANLEGG_TILTAK)
    return childs_voice.plan(
        case,
        HeardFor.PLAN,
        takes_part=takes_part,
        interviewer=interviewer,
        not_heard_reason=not_heard_reason,
        due=case.today,
        version=version,
    )

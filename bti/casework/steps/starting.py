"""Step 1: what the case is about, who takes part, and how the child is heard."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from bti.casework import story
from bti.casework.door import OpenCase, use_case
from bti.casework.ground.policy import kommune
from bti.casework.people import people
from bti.casework.people.people import Colleague, Person
from bti.casework.said import childs_voice, situating
from bti.casework.story import ChildPlanView, ChildViewView, TextView
from bti.errors import Reason, Refused
from bti.rules.access import Action
from bti.rules.childs_voice import ChildTakesPart, HeardFor
from bti.rules.guards import Missing, Standing, before_leaving
from bti.rules.situation import CATEGORY_OF, SituationKind
from bti.rules.workflow import Step, check_here
from bti.store.tables import SituationText


@dataclass(frozen=True)
class StartView:
    """What step 1 shows."""

    people: tuple[Person, ...]
    may_join: tuple[Colleague, ...]
    situation: Mapping[SituationKind, TextView]
    further: tuple[TextView, ...]
    about_guardians: tuple[TextView, ...]
    situation_version: int
    child_plan: ChildPlanView | None
    child_view: ChildViewView | None
    """What came of the plan; asked for when the step is left."""
    missing: tuple[Missing, ...]


def view(case: OpenCase) -> StartView:
    """Return what step 1 shows this person."""
    taking_part = people.people(case)
    of_round = tuple(t for t in story.situation(case) if t.round == case.round)
    texts = _answers(of_round)
    told = () if case.stands_in(Step.OPPSTART) else story.child_views(case)
    plan, said, _heard = story.heard_now(case, story.child_plans(case), told, HeardFor.PLAN)
    now = Standing(
        case.level,
        case.mode,
        has_core=SituationKind.CORE in texts,
        has_resource=SituationKind.RESOURCE in texts,
        has_family=_has_family(case, taking_part),
        services_covered=len(people.covered_services(case)),
        least_services=kommune().levels.least(case.level),
    )
    return StartView(
        people=taking_part,
        may_join=people.may_join(case),
        situation=texts,
        further=tuple(t for t in of_round if t.further),
        about_guardians=tuple(t for t in of_round if t.about is not None),
        situation_version=_version(of_round),
        child_plan=plan,
        child_view=said,
        missing=before_leaving(Step.OPPSTART, now),
    )


def _has_family(case: OpenCase, taking_part: Sequence[Person]) -> bool:
    """Say whether a guardian takes part; one who is of age is there for herself (R-14, R-03)."""
    by_itself = {people.PersonKind.CHILD} if case.of_age else set()
    return any(p.kind in {people.PersonKind.GUARDIAN, *by_itself} for p in taking_part)


def _answers(of_round: Sequence[TextView]) -> dict[SituationKind, TextView]:
    """Return what answers the questions of the form, each its own."""
    return {t.kind: t for t in of_round if t.about is None and not t.further}


def _version(of_round: Sequence[TextView]) -> int:
    """Return the version of what the form holds; what stands beside it has versions of its own."""
    return sum(t.version for t in of_round if not t.further)


@use_case(Action.WRITE)
def save_situation(
    case: OpenCase,
    *,
    core: str,
    resource: str,
    challenge: str,
    personal: str = "",
    about: UUID | None = None,
    version: int,
) -> UUID:
    """Write down the situation: facts before interpretation, what can be built on before what is hard (S0-22, S0-29).

    ``personal`` is what is ``about`` a guardian and not about the child. It stands by itself, and that guardian alone says
    who sees it (R-59); more about the same guardian comes after what was written before.
    """
    check_here(case.step, case.status, Step.OPPSTART)
    of_round = [t for t in story.situation(case) if t.round == case.round]
    if _version(of_round) != version:
        newest = max((t for t in of_round if not t.further), key=lambda t: t.updated_at)
        case.get(SituationText, newest.id, version=-1)
    before = _answers(of_round)
    if personal or about:
        _write_personal(case, personal, about)
    said = {SituationKind.CORE: core, SituationKind.RESOURCE: resource, SituationKind.CHALLENGE: challenge}
    for kind, text in said.items():
        _write(case, kind, text, before.get(kind))
    return case.id


def _write_personal(case: OpenCase, text: str, about: UUID | None) -> None:
    if not text.strip() or about is None:
        raise Refused(Reason.ABOUT_WHOM, field="personal" if about else "about")
    situating.write_about(case, about, text)


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

"""How an invented case is made: by the same use cases people use, in the meeting's order."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final
from uuid import UUID

from bti import clock
from bti.casework import story
from bti.casework.consent import consenting
from bti.casework.consent.consenting import Asked
from bti.casework.door import At, looking
from bti.casework.intake import creating
from bti.casework.intake.creating import NewGuardian
from bti.casework.operating import identity
from bti.casework.people import people
from bti.casework.people.people import PersonKind
from bti.casework.said.childs_voice import holidays
from bti.casework.steps import carrying_out, evaluating, moving, planning, preparing, starting
from bti.rules.childs_voice import ChildTakesPart, ShareWith
from bti.rules.consent import Answer, ConsentForm, ConsentLevel
from bti.rules.evaluation import Effect, FamilyFirst, TiltakOutcome
from bti.rules.meeting import FamilyAgreed
from bti.rules.people import Actor, GuardianRelation, ProtectedAddress
from bti.rules.school_calendar import next_school_day
from bti.rules.workflow import Step

YES: Final = Answer(ConsentLevel.EVERYDAY)
AGREEMENTS: Final = Answer(ConsentLevel.AGREEMENTS)
NO: Final = Answer(ConsentLevel.NO)


@dataclass
class Seeded:
    """A case while it is being made: who holds it, its number, and its people."""

    at: At
    services: dict[str, UUID]
    guardians: list[UUID]
    participants: dict[str, UUID]
    holder: UUID | None = None
    consent: UUID | None = None

    def learn(self) -> None:
        """Look up who takes part by now."""
        with looking(self.at, "demo") as case:
            everyone = people.people(case)
            self.services = {s.code: s.service for s in consenting.view(case).choices}
        self.participants = {p.first_name: p.id for p in everyone}
        self.holder = next(p.id for p in everyone if p.is_stafettholder)
        self.guardians = [p.key for p in everyone if p.kind is PersonKind.GUARDIAN]


def sign_in(username: str) -> Actor:
    """Sign an invented person in."""
    token = identity.demo_sign_in(username)
    actor = identity.signed_in(identity.hash_of(token))
    assert actor is not None  # noqa: S101 - it was signed in on the line above
    return actor


def meeting_day(days: int) -> date:
    """Return the day so many days ahead, or the first after it with school: nobody meets in a weekend or a holiday (R-66)."""
    return next_school_day(clock.today() + timedelta(days=days - 1), holidays())


def begun(actor: Actor, child: str, born: date, *guardians: tuple[str, GuardianRelation]) -> Seeded:
    """Begin a stafettlogg for an invented child."""
    number = creating.create_case(
        actor,
        child_name=child,
        birth_date=born,
        protected_address=ProtectedAddress.NONE,
        guardians=[NewGuardian(name, relation, has_parental_responsibility=True) for name, relation in guardians],
    )
    seeded = Seeded(At(actor, number), {}, [], {})
    seeded.learn()
    return seeded


def consents(
    case: Seeded, *codes: str, answers: tuple[Answer, ...], whole_year: bool = False, not_to_share: str = ""
) -> None:
    """Ask the family about the services, and write down what each guardian answers to all of them."""
    case.consent = consenting.ask_family(
        case.at,
        asked=[Asked(case.services[code], ConsentLevel.EVERYDAY) for code in codes],
        not_to_share=not_to_share,
        whole_year=whole_year,
        information_given=True,
    )
    for guardian, answer in zip(case.guardians, answers, strict=False):
        consenting.record_answer(
            case.at,
            consent=case.consent,
            consenter=guardian,
            answers={case.services[code]: answer for code in codes},
            form=ConsentForm.ELECTRONIC,
        )


def joined(case: Seeded, *usernames: str) -> None:
    """Let colleagues take part, by their usernames."""
    with looking(case.at, "demo") as opened:
        known = {c.name.split()[0].lower(): c.user for c in people.may_join(opened)}
    people.add_colleagues(case.at, users=[known[username] for username in usernames])
    case.learn()


def presented(case: Seeded, core: str, resource: str, challenge: str = "") -> None:
    """Do what step 1 asks, and take the next."""
    starting.plan_child(
        case.at,
        takes_part=ChildTakesPart.HEARD_BEFORE,
        interviewer=case.holder,
        not_heard_reason="",
        version=0,
    )
    starting.save_situation(case.at, core=core, resource=resource, challenge=challenge, version=0)
    moving.move_on(case.at, to=Step.PLANLEGG_TILTAK)


def planned(
    case: Seeded, words: str, concerns: list[tuple[str, str]], tiltak: list[tuple[int, str, str]], best: str
) -> list[UUID]:
    """Do what step 2 asks, and return the tiltak."""
    planning.save_child_view(case.at, words=words, share_with=ShareWith.ALL, named=(), version=0)
    made = [planning.save_oppmerksomhet(case.at, title=title, goal=goal, version=0) for title, goal in concerns]
    planned = [
        planning.save_tiltak(case.at, text=text, responsible=case.participants.get(who), oppmerksomhet=made[under])
        for under, text, who in tiltak
    ]
    with looking(case.at, "demo") as opened:
        day = planning.view(opened).suggested_day
    planning.agree_evaluation(case.at, day=day, at=time(14, 30), version=0)
    planning.save_best_interests(case.at, text=best, version=0)
    return planned


def met(case: Seeded, place: str, how: FamilyAgreed, purpose: str = "") -> UUID:
    """Say where the evaluation meeting is, and how it is agreed with the family; return the meeting."""
    with looking(case.at, "demo") as opened:
        meeting = story.evaluation_meeting(story.meetings(opened), opened.round)
    if meeting is None:
        raise LookupError(case.at.number)
    return preparing.describe_meeting(
        case.at,
        meeting=meeting.id,
        place=place,
        until=time(15, 30),
        purpose=purpose,
        agreed_how=how,
        version=meeting.version,
    )


def experienced(case: Seeded, words: str, change: str) -> None:
    """Write down what the child has said about the time since."""
    carrying_out.save_child_view(
        case.at, words=words, experienced_change=change, share_with=ShareWith.ALL, named=frozenset(), version=0
    )


def evaluated(case: Seeded, tiltak: UUID, effect: Effect, outcome: TiltakOutcome) -> None:
    """Evaluate one tiltak, the family first."""
    evaluating.record_evaluation(
        case.at,
        tiltak=tiltak,
        family_first=FamilyFirst.YES,
        why_not_answered="",
        effect=effect,
        outcome=outcome,
        changed_text="",
        reason="",
        best_interests="",
        version=0,
    )

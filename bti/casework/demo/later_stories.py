"""Invented cases that have gone on for a while: a third round, other help, another school, and one that began on paper."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from bti import clock
from bti.casework.demo.making import (
    YES,
    Seeded,
    begun,
    consents,
    evaluated,
    experienced,
    joined,
    meeting_day,
    planned,
    presented,
    sign_in,
)
from bti.casework.door import At
from bti.casework.intake import expecting, registering
from bti.casework.intake.creating import NewGuardian
from bti.casework.intake.registering import Ongoing, PaperConsent
from bti.casework.people import transferring
from bti.casework.steps import deciding, escalating, evaluating, moving, planning
from bti.rules.consent import ConsentLevel, TakesAlong
from bti.rules.decision import FamilyAgrees
from bti.rules.evaluation import Degree, Effect, TiltakOutcome
from bti.rules.people import Actor, GuardianRelation, ProtectedAddress
from bti.rules.registering import Carrier
from bti.rules.workflow import DecisionOutcome, Step


def third_round(holder: Actor) -> None:
    """Make a case that has been round twice, and stands in step 3 of its third round."""
    with clock.days_ago(150):
        case, tiltak = _with_a_plan(holder, "Kari Røver", date(2014, 8, 8), "Kjersti Røver")
    with clock.days_ago(100):
        _round_over(case, tiltak, Effect.SOME, Degree.A_LITTLE, DecisionOutcome.CONTINUE)
        _goes_on(case)
    with clock.days_ago(50):
        _round_over(case, tiltak, Effect.SOME, Degree.SOME, DecisionOutcome.CONTINUE)
        _goes_on(case)


def asks_for_help(holder: Actor) -> None:
    """Make a case where nothing has helped enough: the family has read the message, and is yet to say yes to BUP."""
    with clock.days_ago(70):
        case, tiltak = _with_a_plan(holder, "Leo Luftslott", date(2012, 11, 30), "Lise Luftslott")
    with clock.days_ago(2):
        _round_over(case, tiltak, Effect.NONE, Degree.NOT_AT_ALL, DecisionOutcome.ESCALATE_EXTERNAL)
    with clock.days_ago(1):
        escalating.write_message(
            case.at,
            recipients=[case.services["bup"]],
            situation_text="Leo skriver mindre nå enn i høst, og blir igjen i klasserommet når de andre går ut.",
            family_view="Han sover dårlig, og vi vet ikke lenger hva vi skal si.",
            question_to_service="Kan dere møte Leo og oss, og hjelpe oss å forstå hva det er han strever med?",
            version=0,
        )
        escalating.family_has_read(case.at, version=1)


def from_paper(holder: Actor) -> None:
    """Make a case that ran on paper before it was entered here."""
    given = clock.today() - timedelta(days=90)
    ppt = next(key for key, name in registering.choices(holder).services if name == "PPT")
    registering.register_ongoing(
        holder,
        child_name="Ask Skisse",
        birth_date=date(2015, 6, 20),
        protected_address=ProtectedAddress.NONE,
        guardians=[NewGuardian("Alma Skisse", GuardianRelation.MOTHER, has_parental_responsibility=True)],
        consent=PaperConsent([ppt], ConsentLevel.EVERYDAY, given, "Elevmappen, ref. 25/118 (oppdiktet)", [True]),
        stafettholder=None,
        concern="Ro i arbeidstimene",
        tiltak=[Ongoing("Sitter sammen med en venn i arbeidstimene.", Carrier.STAFETTHOLDER)],
        started=given,
        evaluation=datetime.combine(meeting_day(14), time(14, 30), clock.OSLO),
    )


def not_born(_holder: Actor) -> None:
    """Make a case for a pregnancy: the health services have it, and the pregnant woman alone is asked."""
    liv = sign_in("liv")
    number = expecting.create_for_pregnancy(
        liv,
        pregnant="Dina Drøm",
        due_date=clock.today() + timedelta(days=120),
        protected_address=ProtectedAddress.NONE,
        other=NewGuardian("Dag Drøm", GuardianRelation.FATHER, has_parental_responsibility=False),
    )
    case = Seeded(At(liv, number), {}, [], {})
    case.learn()
    consents(case, "helsestasjon", answers=(YES,))


def changes_school(holder: Actor) -> None:
    """Make a case that goes to Nes skole: agreed with the family, and the day is to come."""
    with clock.days_ago(30):
        case, _tiltak = _with_a_plan(holder, "Tiril Tankespinn", date(2015, 4, 12), "Trude Tankespinn")
    transferring.prepare_transfer(
        case.at,
        to=case.services["nes-skole"],
        day=clock.today() + timedelta(days=45),
        takes_along=TakesAlong.AGREEMENTS,
        chosen=(),
        said_yes=case.guardians,
    )


def _with_a_plan(holder: Actor, child: str, born: date, guardian: str) -> tuple[Seeded, list[UUID]]:
    case = begun(holder, child, born, (guardian, GuardianRelation.MOTHER))
    consents(case, "ppt", answers=(YES,), whole_year=True)
    joined(case, "pernille")
    presented(case, "Skriver lite, og sier at det ikke er noen vits.", "Er god til å forklare, og liker å bygge.")
    tiltak = planned(
        case,
        "Jeg vil vise det jeg kan.",
        [("Skriving", "")],
        [
            (0, "Bygger først, skriver etterpå.", "Torleiv"),
            (0, "Leser høyt sammen en gang i uka.", guardian.split(maxsplit=1)[0]),
        ],
        f"Det er best for {child.split(maxsplit=1)[0]} å få vise fram det som går bra.",
    )
    moving.move_on(case.at, to=Step.IVERKSETT)
    return case, tiltak


def _goes_on(case: Seeded) -> None:
    """Take the new round to step 3, with its evaluation agreed."""
    moving.move_on(case.at, to=Step.IVERKSETT)
    planning.agree_evaluation(case.at, day=meeting_day(52), at=time(14, 30), version=0)


def _round_over(case: Seeded, tiltak: Sequence[UUID], effect: Effect, degree: Degree, outcome: DecisionOutcome) -> None:
    """Evaluate, decide, and do what was decided."""
    going_on = outcome is DecisionOutcome.CONTINUE
    experienced(case, "Det er litt lettere nå.", "Jeg har skrevet en side." if going_on else "Det er som før.")
    moving.move_on(case.at, to=Step.EVALUERING)
    for one in tiltak:
        evaluated(case, one, effect, TiltakOutcome.CONTINUE if going_on else TiltakOutcome.END)
    evaluating.judge_round(case.at, degree=degree, text="", how_weighted="Stor vekt.", version=0)
    moving.move_on(case.at, to=Step.VEIEN_VIDERE)
    deciding.decide(
        case.at,
        best_interests="Det er best å bygge videre på det som går bra.",
        outcome=outcome,
        family_agrees=FamilyAgrees.YES,
        family_wants_instead="",
        deviation_reason="",
        version=0,
    )
    by = clock.today() + timedelta(days=3)
    deciding.agree_who_tells(case.at, who=case.participants["Torleiv"], by=by, version=0)
    deciding.carry_out(case.at)


ALL: Final[tuple[Callable[[Actor], None], ...]] = (
    third_round,
    asks_for_help,
    from_paper,
    not_born,
    changes_school,
)

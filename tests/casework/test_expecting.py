"""A child that is not born, and one who is of age: who has a log, who is asked, and what is found by name and day."""

from datetime import date

import pytest

from bti.casework.consent import consenting
from bti.casework.consent.consenting import Asked
from bti.casework.desk import coordinating, reopening
from bti.casework.door import At, looking
from bti.casework.intake import creating, expecting, protecting
from bti.casework.intake.creating import NewGuardian
from bti.casework.people import correcting, family_facts, people
from bti.casework.people.people import PersonKind
from bti.casework.steps import closing
from bti.errors import Reason, Refused
from bti.rules.consent import Answer, ConsentForm, ConsentLevel, ConsentState
from bti.rules.people import GuardianRelation, ProtectedAddress, SubjectType
from bti.rules.workflow import ClosingReason
from tests.casework.test_five_steps import ON_ONE_ENGINE, refused
from tests.cast import MARTE

DUE = date(2026, 7, 1)
DAG = NewGuardian("Dag Drøm", GuardianRelation.FATHER, has_parental_responsibility=False)
YES = Answer(ConsentLevel.EVERYDAY)


def expects(liv, **new):
    given = {"pregnant": "Dina Drøm", "due_date": DUE, "protected_address": ProtectedAddress.NONE, "other": DAG}
    return At(liv, expecting.create_for_pregnancy(liv, **given | new))


def asks(at, *codes):
    with looking(at, "test") as case:
        services = {s.code: s.service for s in consenting.view(case).choices}
    consent = consenting.ask_family(
        at,
        asked=[Asked(services[code], ConsentLevel.EVERYDAY) for code in codes],
        not_to_share="",
        whole_year=False,
        information_given=True,
    )
    return consent, services


def answers(at, consent, services, who):
    answered = dict.fromkeys(services, YES)
    consenting.record_answer(at, consent=consent, consenter=who, answers=answered, form=ConsentForm.ELECTRONIC)


def state(at):
    with looking(at, "test") as case:
        return consenting.standings(case)[0].state


def family(at):
    with looking(at, "test") as case:
        return {p.name: p.key for p in people.people(case) if p.kind is not PersonKind.STAFF}


def child(at):
    with looking(at, "test") as case:
        return family_facts.view(case)


def is_born(at, **new):
    known = child(at)
    given = {"name": "Nora Drøm", "birth_date": date(2026, 3, 9), "due_date": known.due_date, "group": ""}
    return correcting.correct_child(at, **given | {"understood": True, "version": known.version} | new)


@pytest.mark.meets("R-12", "R-03")
def test_the_pregnant_woman_is_asked_and_she_alone(liv, granvik):
    at = expects(liv)
    assert set(family(at)) == {"Barnet til Dina", "Dina Drøm", "Dag Drøm"}
    consent, services = asks(at, "ppt")
    with looking(at, "test") as case:
        assert consenting.view(case).must_answer == {family(at)["Dina Drøm"]}

    answers(at, consent, [services["ppt"]], family(at)["Dina Drøm"])

    assert state(at) is ConsentState.ACTIVE


@pytest.mark.meets("R-12")
def test_there_is_one_open_log_for_each_pregnancy(liv, eirik):
    expects(liv)

    assert refused(expects, liv) is Reason.CASE_EXISTS
    assert refused(expects, liv, pregnant="dina  drøm", due_date=date(2026, 7, 15)) is Reason.CASE_EXISTS
    assert expects(liv, pregnant="Dina Drømdal").number
    assert refused(expects, eirik, pregnant="Siri Drøm") is Reason.COORDINATOR_WILL_CALL
    assert refused(expects, liv, due_date=date(2027, 7, 1)) is Reason.DUE_DATE


def test_the_koordinator_finds_it_by_the_womans_name_and_the_due_date(liv, person):
    at, kaja = expects(liv), person("kaja")
    log = coordinating.look_up(At(kaja, ""), child_name="Dina Drøm", birth_date=DUE)

    assert coordinating.seen(kaja, log).line.number == at.number
    assert coordinating.look_up(At(kaja, ""), child_name="Barnet til Dina", birth_date=DUE) is None
    other = expects(liv, pregnant="Siri Drøm", due_date=date(2026, 6, 1)).number
    with pytest.raises(Refused) as refusal:
        coordinating.close_double(At(kaja, ""), first=at.number, second=other)
    assert refusal.value.reason is Reason.NOT_SAME_CHILD


@pytest.mark.meets("R-67")
def test_when_the_child_is_born_those_with_foreldreansvar_answer(liv):
    at = expects(liv)
    known = child(at)
    assert (known.birth_date, known.due_date, known.subject) == (None, DUE, SubjectType.PREGNANCY)
    is_born(at)

    known = child(at)
    assert (known.name, known.birth_date, known.due_date) == ("Nora Drøm", date(2026, 3, 9), None)
    assert known.subject is SubjectType.CHILD
    assert {"birth_date", "due_date", "given_names", "family_name"} == {c.field for c in known.corrections}
    with looking(at, "test") as case:
        assert consenting.view(case).must_answer == {family(at)["Dina Drøm"]}


@ON_ONE_ENGINE
def test_a_due_date_is_moved_and_a_child_is_not_unborn_again(liv):
    at = expects(liv)
    is_born(at, name="Barnet til Dina", birth_date=None, due_date=date(2026, 7, 15))
    assert child(at).due_date == date(2026, 7, 15)
    assert refused(is_born, at, birth_date=None, due_date=date(2028, 1, 1)) is Reason.DUE_DATE
    assert refused(is_born, at, birth_date=None, due_date=None) is Reason.MISSING

    is_born(at)
    assert refused(is_born, at, birth_date=None) is Reason.MISSING


@ON_ONE_ENGINE
@pytest.mark.meets("R-60")
def test_a_strict_address_is_approved_by_the_womans_name_and_the_due_date(liv, person):
    strict = {"protected_address": ProtectedAddress.STRENGT_FORTROLIG}
    assert refused(expects, liv, **strict) is Reason.STRICT_ADDRESS
    at = expects(liv)
    protecting.change_address(at, **strict)
    for username in ("kaja", "vigdis"):
        protecting.approve(person(username), child_name="Dina Drøm", birth_date=DUE, reason="Vurdert.")

    with looking(at, "test") as case:
        assert not case.is_strict


@ON_ONE_ENGINE
def test_a_closed_log_is_not_opened_beside_a_new_one_for_the_same_pregnancy(liv, person):
    at = expects(liv)
    closing.close(at, reason=ClosingReason.OPENED_IN_ERROR, said_by="", note="", best_interests="", who=None)
    expects(liv)

    assert refused(reopening.reopen, person("sander"), number=at.number, reason="Feil.") is Reason.CANNOT_REOPEN


@pytest.mark.meets("R-03")
def test_one_who_is_of_age_answers_alone_and_needs_no_guardian(eirik, granvik):
    number = creating.create_case(
        eirik,
        child_name="Vilde Voksen",
        birth_date=date(2007, 3, 10),
        protected_address=ProtectedAddress.NONE,
        guardians=[],
    )
    at = At(eirik, number)
    assert child(at).subject is SubjectType.YOUNG_ADULT
    consent, services = asks(at, "ppt")
    answers(at, consent, [services["ppt"]], family(at)["Vilde Voksen"])

    assert state(at) is ConsentState.ACTIVE


@ON_ONE_ENGINE
def test_a_child_of_the_day_a_pregnancy_is_due_is_another(liv, eirik):
    expects(liv)

    assert creating.create_case(
        eirik,
        child_name="Dina Drøm",
        birth_date=date(2015, 7, 1),
        protected_address=ProtectedAddress.NONE,
        guardians=[MARTE],
    )

"""What the family has answered decides what a service sees, at once and to the last minute."""

from datetime import UTC, datetime, timedelta

import pytest

from bti.casework.consent import consenting
from bti.casework.consent.consenting import Asked
from bti.casework.door import At, looking
from bti.casework.people import people
from bti.errors import Reason, Refused
from bti.rules.consent import Answer, Category, ConsentForm, ConsentLevel, ConsentState
from tests.cast import SOLVEIG_BORN
from tests.granvik import new_log

YES = Answer(ConsentLevel.EVERYDAY)
ONLY_AGREEMENTS = Answer(ConsentLevel.AGREEMENTS)
NO = Answer(ConsentLevel.NO)


class Family:
    """Solveig's family at the table, with Eirik who writes down what they say."""

    def __init__(self, eirik, child="Solveig Testdal", born=SOLVEIG_BORN, number=None):
        self.eirik = eirik
        self.number = number or new_log(eirik, child, born)
        self.at = At(eirik, self.number)
        with self.looking() as case:
            everyone = people.people(case)
            self.services = {s.code: s.service for s in consenting.view(case).choices}
        self.marte, self.jonas = (p.key for p in everyone if p.kind is people.PersonKind.GUARDIAN)
        self.consent = None

    def looking(self, actor=None):
        return looking(At(actor or self.eirik, self.number), "test")

    def is_asked(self, *codes, level=ConsentLevel.EVERYDAY, whole_year=False, not_to_share=""):
        self.consent = consenting.ask_family(
            self.at,
            asked=[Asked(self.services[code], level) for code in codes],
            not_to_share=not_to_share,
            whole_year=whole_year,
            information_given=True,
        )

    def answers(self, who, **answers):
        consenting.record_answer(
            self.at,
            consent=self.consent,
            consenter=who,
            answers={self.services[code]: answer for code, answer in answers.items()},
            form=ConsentForm.ELECTRONIC,
        )

    def withdraws(self, who, *codes):
        consenting.withdraw(self.at, consenter=who, services=[self.services[code] for code in codes])

    def state(self, code):
        with self.looking() as case:
            return next((s.state for s in consenting.standings(case) if s.code == code), ConsentState.NOT_ASKED)

    def lets_join(self, actor):
        people.add_colleagues(self.at, users=[actor.id])


@pytest.fixture
def family(eirik):
    return Family(eirik)


def sees(family, actor):
    with family.looking(actor) as case:
        return case.sight.categories


def sees_nothing(family, actor):
    with pytest.raises(Refused) as refusal, family.looking(actor):
        pass
    return refusal.value.reason is Reason.NOT_YOURS


@pytest.mark.meets("R-13", "S4-06")
def test_the_one_who_makes_the_log_holds_it(family, eirik):
    with family.looking() as case:
        assert [p.name for p in people.people(case)] == [
            "Solveig Testdal",
            "Marte Testdal",
            "Jonas Testdal",
            "Eirik Prøve",
        ]
        assert case.stafettholder_id == eirik.id


@pytest.mark.meets("R-01", "S0-13", "S3-11")
def test_ppt_sees_what_both_guardians_have_said_yes_to(family, pernille):
    family.is_asked("ppt")
    family.answers(family.marte, ppt=YES)
    assert family.state("ppt") is ConsentState.AWAITING
    family.answers(family.jonas, ppt=ONLY_AGREEMENTS)
    family.lets_join(pernille)

    assert sees(family, pernille) == {Category.TILTAK_AND_EVALUATION}


def test_nobody_joins_from_a_service_that_is_not_covered(family, pernille):
    family.is_asked("ppt")
    family.answers(family.marte, ppt=YES)

    with pytest.raises(Refused) as refusal:
        family.lets_join(pernille)
    assert refusal.value.reason is Reason.NOT_COVERED
    assert sees_nothing(family, pernille)


def test_a_withdrawal_shuts_at_once(family, pernille, wall_clock):
    family.is_asked("ppt")
    family.answers(family.marte, ppt=YES)
    family.answers(family.jonas, ppt=YES)
    family.lets_join(pernille)
    assert sees(family, pernille)

    wall_clock.set(datetime(2026, 3, 10, 13, 22, tzinfo=UTC))
    family.withdraws(family.jonas, "ppt")

    assert sees_nothing(family, pernille)
    assert family.state("ppt") is ConsentState.WITHDRAWN


def test_the_last_day_counts_to_its_end(family, pernille, wall_clock):
    family.is_asked("ppt")
    family.answers(family.marte, ppt=YES)
    family.answers(family.jonas, ppt=YES)
    family.lets_join(pernille)
    end = datetime(2026, 7, 31, 22, 0, tzinfo=UTC)

    wall_clock.set(end - timedelta(microseconds=1))
    assert sees(family, person_again(pernille)) == YES.categories()
    wall_clock.set(end)
    assert sees_nothing(family, pernille)
    assert family.state("ppt") is ConsentState.EXPIRED


def person_again(actor):
    return actor


def test_a_no_closes_only_its_own_service(family, pernille, liv):
    family.is_asked("ppt", "skolehelse")
    family.answers(family.marte, ppt=YES, skolehelse=YES)
    family.answers(family.jonas, ppt=YES, skolehelse=NO)
    family.lets_join(pernille)

    assert sees(family, pernille) == YES.categories()
    assert family.state("skolehelse") is ConsentState.REFUSED
    with pytest.raises(Refused):
        family.lets_join(liv)


@pytest.mark.meets("R-56")
def test_a_case_that_is_not_yours_and_one_that_does_not_exist_are_the_same_answer(family, pernille):
    with pytest.raises(Refused) as there, looking(At(pernille, family.number), "test"):
        pass
    with pytest.raises(Refused) as nowhere, looking(At(pernille, "2026-999"), "test"):
        pass

    assert (there.value.sentence(), there.value.field, there.value.values) == (
        nowhere.value.sentence(),
        nowhere.value.field,
        nowhere.value.values,
    )

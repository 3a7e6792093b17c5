"""The family is asked anew when what it was asked is over, and the stafettholder is told for as long as somebody has not answered."""

import random
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest

from bti.casework.consent import case_decisions, consenting
from bti.casework.desk import due, reopening
from bti.casework.people import correcting
from bti.casework.steps import closing, starting
from bti.errors import Reason, Refused
from bti.rules.consent import ConsentForm, ConsentLevel, ConsentState, DecisionValue
from bti.rules.due import Due, Section
from bti.rules.people import GuardianRelation
from bti.rules.workflow import CaseStatus, ClosingReason
from tests.casework.test_consent_whole import asks_for_more, asks_to_renew, view_of
from tests.casework.test_consent_windows import A_SECOND
from tests.casework.test_expecting import answers, asks, expects, family, is_born
from tests.casework.test_five_steps import ON_ONE_ENGINE, Table, refused
from tests.casework.test_gate import NO, YES
from tests.cast import OLA_BORN

AUGUST = datetime(2026, 8, 17, 8, 0, tzinfo=UTC)
TOLD = (Due.ASK_FAMILY, Due.FAMILY_ANSWERS, Due.YOUTH_ANSWERS)


def told(actor, number):
    """Return what the list says of the family's answers."""
    (one,) = (one for one in due.my_list(actor) if one.line.number == number)
    return [task.kind for task in one.tasks if task.kind in TOLD]


def says(table):
    return told(table.eirik, table.number)


@pytest.fixture
def sander(person):
    return person("sander")


def opens_again(table, sander):
    closing.close(table.at, reason=ClosingReason.FAMILY_WISH, said_by="Marte", note="", best_interests="", who=None)
    table.clock.set(table.clock.now + timedelta(days=1))
    reopening.reopen(sander, number=table.number, reason="Familien ombestemte seg.")
    table.clock.set(table.clock.now + A_SECOND)


def gets_a_guardian(table):
    new = {"name": "Tuva Testdal", "relation": GuardianRelation.APPOINTED_GUARDIAN, "has_parental_responsibility": True}
    when = {"valid_from": None, "valid_to": None, "by_mistake": False, "understood": True, "version": 0}
    return correcting.correct_guardian(table.at, guardian=None, **new, **when)


# When the school year is over


@pytest.mark.meets("R-09", "R-02")
def test_when_the_consents_have_ended_the_stafettholder_is_told_to_ask_anew(table, pernille, wall_clock):
    table.consents("ppt", "skolehelse")
    table.lets_join(pernille)
    assert says(table) == []

    wall_clock.set(datetime(2026, 7, 31, 22, tzinfo=UTC))

    assert says(table) == [Due.ASK_FAMILY]
    (one,) = due.my_list(table.eirik)
    assert one.section is Section.WAITING
    assert view_of(table).latest is None
    table.consents("ppt")
    assert (says(table), table.state("ppt")) == ([], ConsentState.ACTIVE)


@pytest.mark.meets("R-02")
def test_what_was_asked_and_is_over_takes_no_answer(table, wall_clock):
    table.consents("ppt")
    wall_clock.set(AUGUST)

    assert refused(table.answers, table.marte, ppt=YES) is Reason.ASK_ANEW


@ON_ONE_ENGINE
def test_a_family_that_was_asked_ahead_is_not_asked_anew_when_the_day_comes(table, wall_clock):
    table.consents("ppt", "skolehelse")
    wall_clock.set(datetime(2026, 6, 20, 10, tzinfo=UTC))
    table.consent = asks_to_renew(table, "ppt")
    for guardian in (table.marte, table.jonas):
        table.answers(guardian, ppt=YES)

    wall_clock.set(AUGUST)
    assert says(table) == []


@pytest.mark.meets("R-10")
def test_a_family_that_said_no_is_not_asked_anew_because_a_day_has_come(table, wall_clock):
    table.consents("ppt", "skolehelse")
    wall_clock.set(wall_clock.now + A_SECOND)
    table.answers(table.marte, ppt=NO)
    table.withdraws(table.jonas, "skolehelse")
    assert says(table) == []

    wall_clock.set(AUGUST)
    assert says(table) == []


@pytest.mark.meets("R-10")
def test_that_nobody_is_let_in_stands_when_the_year_is_over(table, wall_clock):
    services = [table.services["ppt"], table.services["skolehelse"]]
    consenting.let_nobody_in(table.at, services=services, said_by=[table.marte], form=ConsentForm.ELECTRONIC)
    consenting.own_log_yes(table.at)
    wall_clock.set(AUGUST)

    assert says(table) == []
    assert view_of(table).latest.is_refusal


@ON_ONE_ENGINE
def test_who_never_answered_before_the_day_is_asked_anew_and_not_waited_for(table, wall_clock):
    table.is_asked("ppt")
    assert says(table) == [Due.FAMILY_ANSWERS]
    wall_clock.set(AUGUST)
    assert says(table) == [Due.ASK_FAMILY]


# Somebody has not answered


@pytest.mark.meets("R-02", "R-06")
def test_in_an_open_log_one_who_has_not_answered_is_waited_for(table):
    table.consents("ppt")
    table.clock.set(table.clock.now + A_SECOND)
    table.is_asked("ppt", "skolehelse")
    table.answers(table.marte, ppt=YES, skolehelse=YES)

    assert (says(table), table.state("skolehelse")) == ([Due.FAMILY_ANSWERS], ConsentState.AWAITING)
    table.answers(table.jonas, ppt=YES, skolehelse=YES)
    assert says(table) == []


@pytest.mark.meets("R-06")
def test_one_who_has_not_answered_about_more_is_waited_for(table):
    table.consents("ppt")
    asks_for_more(table, "skolehelse")
    table.answers(table.marte, skolehelse=YES)

    assert says(table) == [Due.FAMILY_ANSWERS]
    table.answers(table.jonas, skolehelse=YES)
    assert says(table) == []


@pytest.mark.meets("R-67")
def test_a_guardian_who_comes_later_is_waited_for(table, pernille):
    table.consents("ppt")
    table.lets_join(pernille)
    new = gets_a_guardian(table)

    assert (says(table), table.state("ppt")) == ([Due.FAMILY_ANSWERS], ConsentState.AWAITING)
    table.answers(new, ppt=YES)
    assert says(table) == []


@pytest.mark.meets("R-10")
def test_nobody_is_waited_for_when_one_has_said_no(table):
    table.consents("ppt")
    table.clock.set(table.clock.now + A_SECOND)
    table.is_asked("ppt", "skolehelse")
    table.answers(table.marte, ppt=YES, skolehelse=NO)
    assert says(table) == [Due.FAMILY_ANSWERS]
    table.clock.set(table.clock.now + A_SECOND)
    table.answers(table.marte, ppt=NO, skolehelse=NO)

    assert says(table) == []


@pytest.mark.meets("R-03")
def test_one_who_need_not_answer_is_not_waited_for(table):
    table.is_asked("ppt")
    table.answers(table.marte, ppt=YES)
    decides(table, DecisionValue.ONE_PLUS_NOTICE, table.marte)
    assert says(table) == []
    decides(table, DecisionValue.ALL)
    assert says(table) == [Due.FAMILY_ANSWERS]


@pytest.mark.meets("R-67")
def test_when_the_child_is_born_the_other_one_with_foreldreansvar_is_waited_for(liv):
    at = expects(liv)
    consent, services = asks(at, "ppt")
    answers(at, consent, [services["ppt"]], family(at)["Dina Drøm"])
    assert told(liv, at.number) == []
    is_born(at)
    father = {"guardian": family(at)["Dag Drøm"], "name": "Dag Drøm", "relation": GuardianRelation.FATHER}
    when = {"valid_from": None, "valid_to": None, "by_mistake": False, "understood": True, "version": 1}
    correcting.correct_guardian(at, **father, has_parental_responsibility=True, **when)

    assert told(liv, at.number) == [Due.FAMILY_ANSWERS]
    answers(at, consent, [services["ppt"]], family(at)["Dag Drøm"])
    assert told(liv, at.number) == []


# Opened again


def test_a_log_that_is_opened_again_takes_no_answer_to_what_was_asked_before(table, sander):
    table.consents("ppt")
    starting.save_situation(table.at, core="Borte på mandager.", resource="Tegner.", challenge="", version=0)
    opens_again(table, sander)

    assert says(table) == [Due.ASK_FAMILY]
    view = view_of(table)
    assert (view.latest, view.said_under) == (None, None)
    assert refused(table.answers, table.marte, ppt=YES) is Reason.ASK_ANEW
    assert refused(asks_for_more, table, "skolehelse") is Reason.CHOOSE_CONSENT
    table.consents("ppt")
    assert (says(table), table.state("ppt")) == ([], ConsentState.ACTIVE)


# The child answers too


@pytest.fixture
def olas(granvik, eirik, wall_clock):
    """Ola's log, who turns 15 tomorrow."""
    table = Table.__new__(Table)
    Table.__bases__[0].__init__(table, eirik, "Ola Prøvesen", OLA_BORN)
    table.clock = wall_clock
    return table


def decides(table, value, *consenters):
    table.clock.set(table.clock.now + A_SECOND)
    given = {"decided_by": "Randi Rolle", "decided_on": date(2026, 3, 10), "reason": "Avtalt med familien."}
    return case_decisions.decide_who_answers(table.at, value=value, consenters=consenters, **given)


@pytest.mark.meets("R-03")
def test_nobody_is_told_that_services_see_nothing_where_a_parents_answer_is_decided_to_be_enough(olas, wall_clock):
    olas.consents("ppt")
    assert says(olas) == [Due.YOUTH_ANSWERS]
    decides(olas, DecisionValue.OR)
    assert says(olas) == []

    wall_clock.set(datetime(2026, 3, 12, 10, tzinfo=UTC))
    assert (says(olas), olas.state("ppt")) == ([], ConsentState.ACTIVE)
    decides(olas, DecisionValue.AND)
    assert olas.state("ppt") is ConsentState.NEEDS_YOUTH


@pytest.mark.meets("R-03")
def test_the_child_is_waited_for_and_not_the_family_when_it_is_the_child_that_has_not_answered(olas, wall_clock):
    olas.consents("ppt")
    wall_clock.set(datetime(2026, 3, 12, 10, tzinfo=UTC))

    assert (says(olas), olas.state("ppt")) == ([Due.YOUTH_ANSWERS], ConsentState.NEEDS_YOUTH)
    with olas.looking() as case:
        child = case.child_id
    olas.answers(child, ppt=YES)
    assert (says(olas), olas.state("ppt")) == ([], ConsentState.ACTIVE)


@pytest.mark.meets("R-03", "R-10")
def test_nobody_is_told_of_the_child_where_the_family_let_nobody_in(olas, wall_clock):
    services = [olas.services["ppt"]]
    consenting.let_nobody_in(olas.at, services=services, said_by=[olas.marte], form=ConsentForm.ELECTRONIC)
    consenting.own_log_yes(olas.at)
    wall_clock.set(datetime(2026, 3, 12, 10, tzinfo=UTC))

    assert says(olas) == []


def test_a_youth_who_is_asked_for_the_first_time_is_waited_for_as_the_others_are(olas, wall_clock):
    wall_clock.set(datetime(2026, 3, 12, 10, tzinfo=UTC))
    olas.consents("ppt")

    assert (says(olas), olas.state("ppt")) == ([Due.FAMILY_ANSWERS], ConsentState.AWAITING)


# The list says what the rule says


class Whatever:
    """A family that may do anything it can do, in any order."""

    def __init__(self, table, draw):
        self.table, self.draw, self.people = table, draw, [table.marte, table.jonas]
        with table.looking() as case:
            self.people.append(case.child_id)

    def does_something(self):
        table, draw = self.table, self.draw
        table.clock.set(table.clock.now + draw.choice([A_SECOND, timedelta(hours=3), timedelta(days=1)]))
        codes = draw.sample(["ppt", "skolehelse", "barnevern"], draw.choice([1, 2]))
        with suppress(Refused):
            draw.choice([self.asks, self.asks, self.answers, self.answers, self.answers, self.takes_back, self.else_])(
                codes
            )

    def asks(self, codes):
        how = self.draw.choice([self.table.is_asked, asks_for_more, asks_to_renew])
        if how == self.table.is_asked:
            how(*codes, whole_year=self.draw.random() < 0.3)
        else:
            self.table.consent = how(self.table, *codes) or self.table.consent

    def answers(self, _codes):
        with self.table.looking() as case:
            view = consenting.view(case)
            running = [one for one in (view.latest, *view.more, view.renewal) if one]
        for request in running:
            names = {service: code for code, service in self.table.services.items()}
            for who in self.draw.sample(self.people, self.draw.choice([1, 3])):
                self.table.consent = request.consent
                said = {names[one.service]: NO if self.draw.random() < 0.15 else YES for one in request.asked}
                with suppress(Refused):
                    self.table.answers(who, **said)

    def takes_back(self, codes):
        self.table.withdraws(self.draw.choice(self.people), *codes)

    def else_(self, _codes):
        self.draw.choice([self.waits, self.waits, self.decides, self.grows])()

    def waits(self):
        self.table.clock.set(self.table.clock.now + timedelta(days=self.draw.choice([30, 90, 200])))

    def decides(self):
        value = self.draw.choice(
            [DecisionValue.ALL, DecisionValue.ONE_PLUS_NOTICE, DecisionValue.OR, DecisionValue.AND]
        )
        decides(self.table, value, *([self.table.marte] if value is DecisionValue.ONE_PLUS_NOTICE else []))

    def grows(self):
        if len(self.people) < 4:
            self.people.append(gets_a_guardian(self.table))


def check(table):
    """Compare what the list says with what the rule and the page say."""
    listed = set(says(table))
    with table.looking() as case:
        view, is_draft = consenting.view(case), case.status is CaseStatus.DRAFT
    counts = [one for one in (view.latest, *view.more) if one and one.until >= table.clock.now.date()]
    silent = any(one.silent for one in counts)
    names = {service: code for code, service in table.services.items()}
    states = {table.state(names[a.service]) for one in counts for a in one.asked if a.level is not ConsentLevel.NO}
    where = (table.clock.now, listed, states, view.standings)
    if states & {ConsentState.AWAITING, ConsentState.NEEDS_YOUTH}:
        assert listed & {Due.FAMILY_ANSWERS, Due.YOUTH_ANSWERS}, where
    if Due.FAMILY_ANSWERS in listed and not is_draft:
        assert silent, where
    if Due.ASK_FAMILY in listed:
        assert not counts, where
        assert view.renewal is None, where
    if not counts and not view.renewal and ConsentState.EXPIRED in {one.state for one in view.standings}:
        assert Due.ASK_FAMILY in listed, where
    if Due.YOUTH_ANSWERS in listed:
        assert {one.state for one in view.standings} & {ConsentState.ACTIVE, ConsentState.NEEDS_YOUTH}, where


@ON_ONE_ENGINE
@pytest.mark.long
@pytest.mark.parametrize("seed", range(3))
def test_whatever_a_family_says_the_list_says_what_the_rule_says(olas, seed):
    family = Whatever(olas, random.Random(seed))  # noqa: S311 - it draws a family, and keeps no secret
    for _ in range(30):
        family.does_something()
        check(olas)

"""The family is asked about more, answers ahead, takes back a part; and where each answer can be found."""

from datetime import date, timedelta

import pytest

from bti.casework import accounts, consenting, people
from bti.casework.consenting import Asked
from bti.errors import Reason, Refused
from bti.rules.consent import Answer, Category, ConsentAddition, ConsentLevel, ConsentState
from bti.rules.people import AccessRole
from bti.rules.workflow import Step
from tests.casework.test_consent_windows import A_SECOND, all_words, kept_as_the_rule_says, later, log_of
from tests.casework.test_five_steps import ON_ONE_ENGINE, Table, refused
from tests.casework.test_gate import NO, ONLY_AGREEMENTS, YES

HEALTH = Answer(ConsentLevel.EVERYDAY, frozenset({ConsentAddition.HEALTH}))


@pytest.fixture
def table(eirik, wall_clock):
    return Table(eirik, wall_clock)


def asks_for_more(table, *codes, level=ConsentLevel.EVERYDAY, additions=()):
    table.clock.set(table.clock.now + A_SECOND)
    table.consent = consenting.ask_for_more(
        table.at,
        asked=[Asked(table.services[code], level, frozenset(additions)) for code in codes],
        not_to_share="",
        information_given=True,
    )


def view_of(table):
    with table.looking() as case:
        return consenting.view(case)


def categories(table, actor):
    with table.looking(actor) as case:
        return case.sight.categories


def somebody_of(service, person):
    accounts.add_user(
        username="odd",
        name="Odd Oppspinn",
        title="rådgiver",
        service=service,
        role=AccessRole.EMPLOYEE,
        language="nb",
        password="tre ulver i skogen",
    )
    return person("odd")


# More than was asked about


@pytest.mark.meets("scenario-5", "R-06", "R-56")
def test_a_service_that_is_added_waits_alone(table, pernille, person, granvik):
    table.consents("ppt", "skolehelse")
    table.lets_join(pernille)
    barnevern = somebody_of("barnevern", person)
    before = log_of(table, pernille)

    with pytest.raises(Refused) as refusal:
        people.add_colleagues(table.at, users=[barnevern.id])
    assert refusal.value.reason is Reason.ASK_FOR_MORE
    asks_for_more(table, "barnevern")

    assert table.state("barnevern") is ConsentState.AWAITING
    assert (table.state("ppt"), table.state("skolehelse")) == (ConsentState.ACTIVE, ConsentState.ACTIVE)
    assert log_of(table, pernille) == before
    with table.looking(pernille) as case:
        assert {s.code for s in consenting.standings(case)} == {"ppt", "skolehelse"}
    assert refused(people.add_colleagues, table.at, users=[barnevern.id]) is Reason.NOT_COVERED

    for guardian in (table.marte, table.jonas):
        table.answers(guardian, barnevern=YES)
    people.add_colleagues(table.at, users=[barnevern.id])
    assert categories(table, barnevern) == YES.categories()
    assert kept_as_the_rule_says(granvik)


def test_one_whose_service_the_family_has_said_no_to_is_no_reason_to_ask_again(table, pernille, liv):
    table.consents("skolehelse")
    table.is_asked("ppt")
    table.answers(table.marte, ppt=NO)

    assert refused(table.lets_join, pernille) is Reason.NOT_COVERED
    table.lets_join(liv)


@pytest.mark.meets("R-06")
def test_a_no_to_more_leaves_the_yes_and_a_yes_from_both_is_needed_for_more(table, pernille):
    table.is_asked("ppt", level=ConsentLevel.AGREEMENTS)
    for guardian in (table.marte, table.jonas):
        table.answers(guardian, ppt=ONLY_AGREEMENTS)
    table.lets_join(pernille)
    asks_for_more(table, "ppt", additions=[ConsentAddition.HEALTH])
    assert categories(table, pernille) == ONLY_AGREEMENTS.categories()

    table.answers(table.marte, ppt=HEALTH)
    table.answers(table.jonas, ppt=NO)
    assert categories(table, pernille) == ONLY_AGREEMENTS.categories()
    assert table.state("ppt") is ConsentState.ACTIVE

    later(table, table.jonas, ppt=HEALTH)
    assert categories(table, pernille) == HEALTH.categories()
    later(table, table.jonas, ppt=NO)
    assert categories(table, pernille) == ONLY_AGREEMENTS.categories()


def test_a_no_to_a_service_that_is_new_is_a_no(table):
    table.consents("ppt")
    asks_for_more(table, "skolehelse")
    table.answers(table.marte, skolehelse=YES)
    table.answers(table.jonas, skolehelse=NO)

    assert (table.state("skolehelse"), table.state("ppt")) == (ConsentState.REFUSED, ConsentState.ACTIVE)
    later(table, table.marte, skolehelse=NO)
    assert table.state("skolehelse") is ConsentState.REFUSED


def test_a_supplement_ends_with_what_it_adds_to(table, pernille, wall_clock):
    table.consents("ppt")
    table.lets_join(pernille)
    wall_clock.set(wall_clock.now + timedelta(days=90))
    asks_for_more(table, "ppt", "skolehelse", additions=[ConsentAddition.HEALTH])

    assert [r.until for r in view_of(table).more] == [date(2026, 7, 31)]
    for guardian in (table.marte, table.jonas):
        table.answers(guardian, ppt=HEALTH, skolehelse=HEALTH)
    with table.looking() as case:
        assert {s.until for s in consenting.standings(case)} == {date(2026, 7, 31)}


def test_the_page_keeps_both_askings_until_the_family_is_asked_anew(table):
    table.is_asked("ppt")
    table.answers(table.marte, ppt=YES)
    first = table.consent
    asks_for_more(table, "skolehelse")
    view = view_of(table)

    assert (view.latest.consent, [r.consent for r in view.more]) == (first, [table.consent])
    assert view.latest.silent == {table.jonas}
    assert view.more[0].silent == {table.marte, table.jonas}

    table.clock.set(table.clock.now + A_SECOND)
    table.is_asked("ppt", "skolehelse")
    view = view_of(table)
    assert (view.latest.consent, view.more) == (table.consent, ())


@ON_ONE_ENGINE
@pytest.mark.parametrize("given", ["nothing stands", "it is over", "no service", "no information"])
def test_nobody_is_asked_for_more_by_halves(table, wall_clock, given):
    if given != "nothing stands":
        table.consents("ppt")
    if given == "it is over":
        wall_clock.set(wall_clock.now + timedelta(days=200))
    asked = [] if given == "no service" else [Asked(table.services["skolehelse"], ConsentLevel.EVERYDAY)]
    reason = Reason.INFORMATION_FIRST if given == "no information" else Reason.CHOOSE_CONSENT

    said = {"asked": asked, "not_to_share": "", "information_given": given != "no information"}
    assert refused(consenting.ask_for_more, table.at, **said) is reason


def test_what_a_yes_to_something_more_opens_is_that_and_no_other_word(table, pernille, liv):
    table.comes_to(Step.OPPSTART)
    table.lets_join(pernille)
    table.lets_join(liv)
    nurse = all_words(table, liv)
    asks_for_more(table, "ppt", additions=[ConsentAddition.HEALTH])
    for guardian in (table.marte, table.jonas):
        table.answers(guardian, ppt=HEALTH)

    assert Category.HEALTH in categories(table, pernille)
    assert all_words(table, liv) == nurse

"""A stafettholder of another service is not told of barnevernet: not by name, not by what she asks, not by who has read (R-56)."""

import pytest
from sqlalchemy import update

from bti.casework.consent import consenting
from bti.casework.consent.consenting import Asked
from bti.casework.door import At
from bti.casework.operating import auditing
from bti.casework.paper import extract, tracing
from bti.casework.people import answering, handing_over, people
from bti.errors import Reason
from bti.rules.consent import ConsentForm, ConsentLevel, ConsentState
from bti.rules.people import AccessRole
from bti.store.tables import StaffUser
from tests.casework.test_consent_whole import asks_for_more, somebody_of
from tests.casework.test_consent_windows import A_SECOND
from tests.casework.test_five_steps import ON_ONE_ENGINE, refused
from tests.casework.test_gate import NO, YES, sees_nothing

pytestmark = [ON_ONE_ENGINE, pytest.mark.meets("R-56")]


@pytest.fixture
def odd(person):
    """Odd of barnevernet."""
    return somebody_of("barnevern", person)


@pytest.fixture
def carried(table, granvik, pernille):
    """Give the table Pernille of PPT as stafettholder, when ``carried`` is called."""

    def hand_over():
        with granvik.writing() as session:
            may_hold = update(StaffUser).where(StaffUser.id == pernille.id)
            session.execute(may_hold.values(access_role=AccessRole.STAFETTHOLDER_CAPABLE))
        asked = handing_over.propose(table.at, to=pernille.id, reason=None, until=None)
        answering.accept(At(pernille, ""), handover=asked)
        table.hers = At(pernille, table.number)
        table.clock.set(table.clock.now + A_SECOND)
        return table

    return hand_over


@pytest.fixture
def covered(table, carried, odd, pernille):
    """Let the family say yes to PPT and barnevernet, Odd read, and Pernille take over."""
    table.consents("ppt", "barnevern")
    table.lets_join(pernille)
    table.lets_join(odd)
    with table.looking(odd):
        pass
    return carried()


def view_of(table, actor):
    with table.looking(actor) as case:
        return consenting.view(case)


def test_who_has_read_is_an_employee_to_a_stafettholder_who_is_not_told_of_the_service(covered, pernille, eirik, odd):
    with covered.looking(pernille) as case:
        seen = [(t.who, t.service) for t in tracing.traces(case) if t.action == "look"]
    assert ("En ansatt", "") in seen
    assert ("Eirik Prøve", "Granvik skole") in seen
    assert not {odd.name, "barneverntjenesten"} & {word for line in seen for word in line}


def test_she_reads_aloud_and_asks_about_the_services_she_is_told_of(covered, pernille):
    view = view_of(covered, pernille)

    assert [a.service for a in view.latest.asked] == [covered.services["ppt"]]
    assert "barnevern" not in {choice.code for choice in view.choices}
    asking = {"not_to_share": "", "whole_year": False, "information_given": True}
    asked = [Asked(covered.services["barnevern"], ConsentLevel.EVERYDAY)]
    assert refused(consenting.ask_family, covered.hers, asked=asked, **asking) is Reason.NOT_A_CHOICE


def test_what_she_writes_down_leaves_the_service_she_is_not_told_of_as_it_is(covered, pernille):
    answers = {covered.services["ppt"]: NO}
    given = {"consent": covered.consent, "consenter": covered.marte, "form": ConsentForm.ELECTRONIC}
    too_many = answers | {covered.services["barnevern"]: NO}
    assert refused(consenting.record_answer, covered.hers, answers=too_many, **given) is Reason.NOT_A_CHOICE
    consenting.ask_family(
        covered.hers,
        asked=[Asked(covered.services["skolehelse"], ConsentLevel.EVERYDAY)],
        not_to_share="",
        whole_year=False,
        information_given=True,
    )
    consenting.record_answer(covered.hers, answers=answers, **given)

    assert (covered.state("ppt"), covered.state("barnevern")) == (ConsentState.REFUSED, ConsentState.ACTIVE)


def test_what_the_family_was_asked_about_that_service_alone_is_not_shown(table, carried, pernille):
    table.consents("ppt")
    table.lets_join(pernille)
    asks_for_more(table, "barnevern")
    carried()

    view = view_of(table, pernille)
    assert (len(view.latest.asked), view.more) == (1, ())
    assert view.latest.silent == frozenset()


def test_an_answer_she_took_is_asked_for_again_by_the_owner_service_for_the_rest(table, carried, pernille, eirik):
    table.consents("ppt")
    table.lets_join(pernille)
    table.clock.set(table.clock.now + A_SECOND)
    table.is_asked("ppt", "barnevern")
    carried()
    for guardian in (table.marte, table.jonas):
        consenting.record_answer(
            table.hers,
            consent=table.consent,
            consenter=guardian,
            answers={table.services["ppt"]: YES},
            form=ConsentForm.ELECTRONIC,
        )

    assert view_of(table, pernille).latest.silent == frozenset()
    assert view_of(table, eirik).latest.silent == {table.marte, table.jonas}


@pytest.mark.meets("R-07")
def test_who_stops_the_sharing_with_all_stops_it_with_the_service_she_is_not_told_of_too(covered, pernille, odd):
    everybody = view_of(covered, pernille).has_answered[covered.marte]
    consenting.withdraw(covered.hers, consenter=covered.marte, services=tuple(everybody))

    assert sees_nothing(covered, odd)


@pytest.mark.meets("R-10")
def test_nobody_is_nobody(covered, odd):
    ppt = [covered.services["ppt"]]
    consenting.let_nobody_in(covered.hers, services=ppt, said_by=[covered.marte], form=ConsentForm.ELECTRONIC)

    assert sees_nothing(covered, odd)
    assert covered.state("barnevern") is ConsentState.REFUSED


def test_she_is_not_offered_colleagues_of_the_service(table, carried, pernille, eirik, odd):
    table.consents("ppt", "barnevern")
    table.lets_join(pernille)
    carried()

    with table.looking(eirik) as case:
        assert odd.name in {colleague.name for colleague in people.may_join(case)}
    with table.looking(pernille) as case:
        assert odd.name not in {colleague.name for colleague in people.may_join(case)}


# One who takes no part, and tries


@pytest.fixture
def tries(table, odd):
    """Let Odd of barnevernet try to look, when ``tries`` is called."""

    def look():
        assert sees_nothing(table, odd)
        table.clock.set(table.clock.now + A_SECOND)

    return look


def refusals(table, actor):
    with table.looking(actor) as case:
        return [(t.who, t.service) for t in tracing.traces(case) if t.action == "refused"]


@pytest.mark.meets("R-47", "R-50")
def test_that_barnevernet_tried_is_told_the_family_and_the_school_as_somebody_at_work(table, tries, eirik):
    tries()

    assert refusals(table, eirik) == [("En ansatt", "")]
    papers = [extract.print_extract(table.at, recipient=f"guardian:{n}", language="nb") for n in (1, 2)]
    for seen in ([line for line in one.seen if line.action == "refused"] for one in papers):
        assert [(line.who, line.service, line.outcome) for line in seen] == [("En ansatt", "", "not_yours")]


@pytest.mark.meets("R-50")
def test_a_refusal_of_a_service_the_family_has_let_in_is_told_by_name_and_of_one_it_had_not_is_not(
    table, tries, eirik, odd
):
    tries()
    table.consents("barnevern")
    table.clock.set(table.clock.now + A_SECOND)
    tries()

    assert refusals(table, eirik) == [(odd.name, "barneverntjenesten"), ("En ansatt", "")]
    table.lets_join(odd)
    with table.looking(odd):
        pass
    with table.looking(eirik) as case:
        assert (odd.name, "look") in [(t.who, t.action) for t in tracing.traces(case)]


@pytest.mark.meets("R-50")
def test_a_refusal_of_an_ordinary_service_is_told_by_name(table, eirik, pernille):
    assert sees_nothing(table, pernille)

    assert refusals(table, eirik) == [("Pernille Påfunn", "PPT")]


@pytest.mark.meets("R-50")
def test_the_personvernombud_is_told_who_tried(tries, person, odd):
    tries()

    assert odd.name in {line.who for line in auditing.entries(person("vigdis")) if line.action == "refused"}

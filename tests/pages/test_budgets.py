"""A page stays quick: few elements, few statements, and never more of them for more rows."""

import pytest
from sqlalchemy import delete, select, update

from bti.rules.childs_voice import ShareWith
from bti.store.tables import Case, ChildView, ChildViewReader, StaffUser
from tests.pages.conftest import INGRID, NILS, OLA, SOLVEIG
from tests.pages.test_paper import hides_from_the_second

STATEMENTS = {
    "mine_saker": 3,
    "oppstart": 14,
    "planlegg_tiltak": 14,
    "iverksett": 14,
    "evaluering": 14,
    "veien_videre": 14,
    "samtykke": 14,
    "innsyn": 14,
    "deltakere": 14,
    "stafettlogg": 25,
}
LIV = select(StaffUser.id).where(StaffUser.username == "liv").scalar_subquery()
STEPS = ("oppstart", "planlegg_tiltak", "iverksett", "evaluering", "veien_videre")


@pytest.mark.parametrize("number", [SOLVEIG, OLA, NILS])
@pytest.mark.parametrize("page", STATEMENTS)
def test_a_page_asks_the_database_no_more_than_this(browser, page, number):
    at = browser("eirik").open(page, number)
    at.run()
    assert len(at.statements) <= STATEMENTS[page], "\n".join(at.statements)


@pytest.mark.parametrize("page", STATEMENTS)
def test_nor_where_one_of_another_service_carries_the_log_and_may_not_read_all_of_it(browser, granvik, page):
    with granvik.writing() as session:
        session.execute(update(Case).where(Case.number == SOLVEIG).values(stafettholder_id=LIV))
        session.execute(update(ChildView).values(share_with=ShareWith.NONE))
        session.execute(delete(ChildViewReader))
    at = browser("liv").open(page, SOLVEIG)
    at.run()
    assert len(at.statements) <= STATEMENTS[page], "\n".join(at.statements)
    assert at.messages <= 45


@pytest.mark.parametrize("number", [SOLVEIG, OLA])
def test_reading_a_paper_through_asks_no_more_than_the_log_itself(browser, number):
    at = browser("eirik")
    hides_from_the_second(at, number)
    at.open("stafettlogg", number)
    next(t for t in at.at.toggle if t.key.endswith(".names")).set_value(True)
    at.run()
    assert len(at.statements) <= STATEMENTS["stafettlogg"], "\n".join(at.statements)
    assert at.messages <= 45


@pytest.mark.parametrize(("number", "who"), [(SOLVEIG, "eirik"), (OLA, "eirik"), (INGRID, "torleiv"), (NILS, "eirik")])
@pytest.mark.parametrize("page", STEPS)
def test_a_step_is_few_elements_whichever_part_is_open(browser, page, number, who):
    at = browser(who).open(page, number)
    assert at.messages <= 45
    for key in [b.key for b in at.at.button if b.key and ".part." in b.key]:
        at.at.button(key=key).click()
        assert at.run().messages <= 45, key

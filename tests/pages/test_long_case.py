"""A case with sixty tiltak and three years of rounds asks no more of the database, and is no more elements, than a new one."""

from datetime import timedelta

import pytest
from sqlalchemy import event, insert, select, update

from bti import ids
from bti.casework.demo.making import sign_in
from bti.casework.door import At
from bti.casework.paper import exporting
from bti.store.tables import Base, Case, StaffUser, Tiltak
from tests.cast import NOON
from tests.pages.conftest import INGRID, OLA, SOLVEIG
from tests.pages.test_budgets import STATEMENTS, STEPS

YEARS, ROUNDS, TILTAK = 3, 12, 60
CASES = [(OLA, "eirik"), (INGRID, "torleiv"), (SOLVEIG, "eirik")]
"""One in step 2, one in step 3, one in step 4."""
OF_ROUNDS = [table for table in Base.metadata.sorted_tables if {"case_id", "round"} <= set(table.c.keys())]


def goes_on_for_years(database, number):
    """Let every row of the first round have its like in each round after, and let the plan be long."""
    with database.writing() as session:
        case = session.execute(select(Case.id).where(Case.number == number)).scalar_one()
        opened = NOON - timedelta(days=365 * YEARS)
        session.execute(update(Case).where(Case.id == case).values(round=ROUNDS, opened_at=opened))
        for table in OF_ROUNDS:
            first = session.execute(select(table).where(table.c.case_id == case)).mappings().all()
            for row in first if table is not Tiltak.__table__ else ():
                copies = [{**row, "id": ids.new(), "round": n} for n in range(2, ROUNDS + 1)]
                session.execute(insert(table), copies)
        # A radio of AppTest finds its choice again by its words, and bokmål is what it was first drawn in.
        session.execute(update(StaffUser).values(language="nb"))
        planned = session.execute(select(Tiltak.__table__).where(Tiltak.case_id == case)).mappings().all()
        more = [{**planned[n % len(planned)], "id": ids.new(), "order_no": n + 1} for n in range(len(planned), TILTAK)]
        session.execute(insert(Tiltak), more)


@pytest.mark.parametrize(("number", "who"), CASES)
@pytest.mark.parametrize("page", STEPS)
def test_a_step_stays_within_its_budget_whichever_part_is_open(browser, granvik, page, number, who):
    goes_on_for_years(granvik, number)
    at = browser(who).open(page, number)
    at.run()
    within(at, page)
    for key in [b.key for b in at.at.button if b.key and ".part." in b.key]:
        at.at.button(key=key).click()
        at.run()
        within(at.run(), page)


def within(at, page):
    assert len(at.statements) <= STATEMENTS[page], "\n".join(at.statements)
    assert at.messages <= 45


@pytest.mark.parametrize(("number", "who"), CASES)
def test_the_whole_log_stays_within_its_budget(browser, granvik, number, who):
    goes_on_for_years(granvik, number)
    at = browser(who).open("stafettlogg", number)
    at.run()

    assert f"Runde {ROUNDS}" in at.text
    within(at, "stafettlogg")


@pytest.mark.parametrize(("number", "who"), CASES)
def test_a_paper_of_it_asks_no_more_than_the_log(granvik, number, who):
    goes_on_for_years(granvik, number)
    asked = At(sign_in(who), number)
    statements = []

    def count(_connection, _cursor, statement, *_):
        if not statement.startswith(("BEGIN", "PRAGMA", "INSERT")):
            statements.append(statement)

    event.listen(granvik.engine, "before_cursor_execute", count)
    paper = exporting.stafettlogg(asked, recipient="archive", language="nb")
    event.remove(granvik.engine, "before_cursor_execute", count)

    assert paper.startswith(b"%PDF")
    assert len(statements) <= 25, "\n".join(statements)

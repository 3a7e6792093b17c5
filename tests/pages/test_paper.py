"""What the papers ask of the page they are printed from."""

import pytest
from sqlalchemy import update

from bti.casework import identity, people, protecting
from bti.casework.door import At, looking
from bti.store.tables import Oppmerksomhet
from tests.pages.conftest import OLA


def hides_from_the_second(at, number):
    eirik = At(identity.signed_in(at.login), number)
    with looking(eirik, "test") as case:
        guardians = [p.key for p in people.people(case) if p.kind is people.PersonKind.GUARDIAN]
    protecting.block(eirik, guardian=guardians[-1], blocked=True)


@pytest.mark.meets("R-60")
def test_a_paper_is_read_through_on_the_page_before_it_goes_to_somebody_the_child_is_hidden_from(browser, granvik):
    at = browser("eirik")
    with granvik.writing() as session:
        session.execute(update(Oppmerksomhet).values(title="Møter Eirik i døra"))
    hides_from_the_second(at, OLA)
    at.open("stafettlogg", OLA)
    assert "til=guardian:2" not in at.text
    assert len(at.statements) <= 25

    toggle = next(t for t in at.at.toggle if t.key.endswith(".names"))
    toggle.set_value(True)
    at.run()
    assert "Møter <mark>Eirik</mark> i døra" in at.text
    at.press(next(b.label for b in at.at.button if b.key.endswith(".names_read")))

    assert "til=guardian:2" in at.text
    assert not [t for t in at.at.toggle if t.key.endswith(".names")]

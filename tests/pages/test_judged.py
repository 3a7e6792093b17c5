"""What the pages of the evaluation and the way forward show, and to whom."""

import pytest

from bti.casework import identity, people, story
from bti.casework.door import At, looking
from bti.rules.evaluation import Effect, TiltakOutcome
from tests.pages.conftest import INGRID, SOLVEIG


def chosen(at, label, value):
    next(r for r in at.at.radio if r.label == label).set_value(value)
    return at.run()


@pytest.mark.meets("R-30")
def test_ppt_sends_in_what_its_own_tiltak_has_done_and_it_waits(browser):
    pernille = browser("pernille").open("evaluering", INGRID)
    assert "Kartlegg lesinga i klassen." in pernille.text
    chosen(pernille, "Hvilken effekt har tiltaket hatt?", Effect.SOME)
    chosen(pernille, "Hva foreslår du at vi gjør med tiltaket?", TiltakOutcome.CONTINUE)
    pernille.press("Send evalueringen til stafettholderen")

    assert "Venter på at stafettholderen fullfører evalueringen." in pernille.text
    assert "Ventar på at stafetthaldaren fullfører" in browser("torleiv").open("evaluering", INGRID).text


def test_what_each_says_stands_behind_one_press(browser):
    at = browser("eirik").open("evaluering", SOLVEIG)
    assert not [s for s in at.at.selectbox if s.label == "Hvem sier det?"]

    next(t for t in at.at.toggle if t.label == "Skriv hva hver enkelt sier").set_value(True)
    at.run()
    with looking(At(identity.signed_in(at.login), SOLVEIG), "test") as case:
        tiltak = story.evaluations(case)[0].tiltak
        marte = next(p.id for p in people.people(case) if p.first_name == "Marte")
    for label, value in (("Hvilket tiltak?", tiltak), ("Hvem sier det?", marte)):
        next(s for s in at.at.selectbox if s.label == label).set_value(value)
        at.run()
    next(a for a in at.at.text_area if a.label.startswith("Hva sier hun")).set_value("Mandagene er roligere.")
    at.run()
    at.press("Lagre det som ble sagt")

    assert "Marte: Mandagene er roligere." in at.text
    assert at.messages <= 45

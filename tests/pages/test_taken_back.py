"""What the family and the child take back is taken back whichever step the log stands in."""

from datetime import timedelta

import pytest

from bti.casework import story
from bti.casework.consent import consenting
from bti.casework.door import At, looking
from bti.casework.operating import identity
from bti.casework.people import people
from bti.rules.childs_voice import ShareWith
from tests.pages.conftest import SOLVEIG


@pytest.mark.meets("S0-13")
def test_a_service_is_kept_out_and_let_in_again_in_a_later_step_on_the_familys_word(browser, wall_clock):
    eirik = browser("eirik").open("samtykke", SOLVEIG)
    with looking(At(identity.signed_in(eirik.login), SOLVEIG), "test") as case:
        (concern,) = story.oppmerksomheter(case)
        ppt = next(s.service for s in consenting.standings(case) if s.code == "ppt")
        marte = next(p.id for p in people.people(case) if p.name == "Marte Testdal")

    def says(question, button):
        turns_on(eirik, "En tjeneste skal ikke se alt")
        for asked, answer in (("Hva gjelder det?", concern.id), (question, ppt), ("Hvem i familien sa det?", marte)):
            [s for s in eirik.at.selectbox if s.label.startswith(asked)][-1].set_value(answer)
            eirik.run()
        eirik.press(button)

    turns_on(eirik, "En tjeneste skal ikke se alt")
    assert "<dt>Fravær mandager</dt><dd><p>Dette ser: PPT og helsesykepleier</p></dd>" in eirik.text
    says("Hvem skal ikke se dette?", "Hold utenfor")
    assert "Fravær mandager" not in browser("pernille").open("stafettlogg", SOLVEIG).text
    assert "Fravær mandager" in browser("liv").open("stafettlogg", SOLVEIG).text

    wall_clock.set(wall_clock.now + timedelta(minutes=1))
    says("Hvem skal få se det igjen?", "Slipp inn igjen")
    assert "Fravær mandager" in browser("pernille").open("stafettlogg", SOLVEIG).text


@pytest.mark.meets("R-34")
def test_the_child_takes_back_what_it_has_said_when_the_step_is_long_over(browser):
    eirik = browser("eirik").open("samtykke", SOLVEIG)
    turns_on(eirik, "Solveig vil dele det som er sagt, med andre enn før")
    assert "Jeg vil at mandagene skal begynne rolig." in eirik.text
    plan = next(r for r in eirik.at.radio if r.label.startswith("Hvem vil barnet dele det med?"))
    assert plan.value is None
    plan.set_value(ShareWith.NONE)
    eirik.run().press("Lagre hvem barnet deler med")

    for who in ("eirik", "pernille"):
        assert "mandagene skal begynne rolig" not in browser(who).open("stafettlogg", SOLVEIG).text
    assert "Solveig er hørt, og vil ikke at det deles her." in browser("eirik").open("planlegg_tiltak", SOLVEIG).text


def turns_on(at, label):
    next(t for t in at.at.toggle if t.label == label).set_value(True)
    at.run()

"""The next meeting on paper: when and where, what for, who comes besides those in the log, and who does what when it is shared."""

from datetime import time

import pytest
from sqlalchemy import update

from bti.casework.intake import protecting
from bti.casework.paper import exporting
from bti.rules.people import ParticipantKind, ProtectedAddress
from bti.store.tables import Child
from tests.casework.test_exporting import flat, text_of
from tests.casework.test_five_steps import ON_ONE_ENGINE
from tests.casework.test_preparing import brings, describes, divides, planned
from tests.casework.test_withheld import JONAS, reads

__all__ = ["planned"]
pytestmark = ON_ONE_ENGINE


def paper(table, recipient="family", language="nb"):
    return flat(text_of(exporting.stafettlogg(table.at, recipient=recipient, language=language)))


def test_the_paper_says_what_the_next_meeting_is_for_and_until_when(planned):
    shown = paper(planned)

    assert "Tirsdag 14. april 2026 kl. 12.00–13.00" in shown
    assert "Vi ser på hva tiltakene har ført til, og bestemmer veien videre." in shown
    assert "leder møtet" not in shown, "that the stafettholder does it goes without saying"
    assert "Vi ser på kva tiltaka har ført til, og bestemmer vegen vidare." in paper(planned, language="nn")


def test_the_paper_says_who_comes_besides_and_who_does_what_when_it_is_shared(planned):
    describes(planned, place="Rom 12", until=time(13, 30), purpose="Vi ser på mandagene.")
    brings(planned, why="Marte vil ha henne med")
    divides(planned, chair=planned.who_takes_part()["Pernille Påfunn"])

    for recipient in ("family", "ppt", "archive"):
        shown = paper(planned, recipient)
        assert "kl. 12.00–13.30, Rom 12" in shown
        assert "Vi ser på mandagene." in shown
        assert "På møtet kommer også Gunn Testdal, gjest som familien ønsker med: Marte vil ha henne med" in shown
        assert "Pernille Påfunn leder møtet." in shown


@pytest.mark.meets("R-60", "scenario-21")
def test_who_comes_is_not_told_while_the_address_is_protected_and_nobody_is_named_to_the_one_it_is_hidden_from(
    planned, granvik
):
    describes(planned, place="Rom 12")
    brings(planned, "Tove Tolkesen", kind=ParticipantKind.INTERPRETER)
    divides(planned, chair=planned.who_takes_part()["Pernille Påfunn"])
    with granvik.writing(planned.eirik.id) as session:
        session.execute(update(Child).values(protected_address=ProtectedAddress.FORTROLIG))
    assert "Tove Tolkesen" not in paper(planned)

    protecting.block(planned.at, guardian=planned.jonas, blocked=True)
    reads(planned)
    shown = paper(planned, JONAS)
    for name in ("Tove Tolkesen", "Rom 12", "Pernille"):
        assert name not in shown

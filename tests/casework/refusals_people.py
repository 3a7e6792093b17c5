"""The rules about who carries the log and for whom that stop."""

from bti.casework import answering, coordinating, creating, handing_over
from bti.casework.door import At
from bti.errors import Reason
from bti.rules.people import ProtectedAddress
from tests.casework.refusing import refuses
from tests.cast import MARTE, SOLVEIG_BORN


@refuses("R-13", by="bti.rules.handover.check_answers", reason=Reason.NOT_YOURS)
def saying_yes_for_the_new_stafettholder(table):
    table.consents("skolehelse")
    with table.looking() as case:
        liv = next(c.user for c in handing_over.view(case).candidates if c.name == "Liv Eksempel")
    asked = handing_over.propose(table.at, to=liv, reason=None, until=None)
    answering.accept(At(table.eirik, ""), handover=asked)


@refuses("R-12", by="bti.casework.creating._existing", reason=Reason.CASE_EXISTS)
def making_a_second_log_for_the_child(table):
    creating.create_case(
        table.eirik,
        child_name="Solveig Testdal",
        birth_date=SOLVEIG_BORN,
        protected_address=ProtectedAddress.NONE,
        guardians=[MARTE],
    )


@refuses("R-70", by="bti.casework.coordinating.check_coordinator", reason=Reason.NOT_YOURS)
def looking_a_child_up_without_being_koordinator(table):
    coordinating.look_up(At(table.eirik, ""), child_name="Solveig Testdal", birth_date=SOLVEIG_BORN)

"""The rules of the consent gate that stop."""

from datetime import date

from bti.casework.intake import creating, protecting
from bti.casework.steps import planning, starting
from bti.errors import Reason
from bti.rules.people import ProtectedAddress
from bti.rules.workflow import Step
from tests.casework.refusing import refuses
from tests.cast import MARTE


@refuses("R-60", by="bti.casework.intake.protecting.check_approved", says_yes=(), reason=Reason.STRICT_ADDRESS)
def making_a_log_for_a_strictly_protected_child_without_the_two_approvals(table):
    creating.create_case(
        table.eirik,
        child_name="Nils Oppdiktet",
        birth_date=date(2016, 1, 1),
        protected_address=ProtectedAddress.STRENGT_FORTROLIG,
        guardians=[MARTE],
    )


@refuses("R-60", by="bti.casework.ground.opening._is_strict", says_yes=False, reason=Reason.STRICT_ADDRESS)
def writing_while_an_approval_is_missing(table):
    protecting.change_address(table.at, protected_address=ProtectedAddress.STRENGT_FORTROLIG)
    starting.save_situation(table.at, core="a", resource="b", challenge="", version=0)


@refuses("R-59", by="bti.casework.said.about_guardian.check", reason=Reason.NOT_A_CHOICE)
def saying_that_a_concern_is_about_somebody_outside_the_family(table):
    table.starts()
    table.moves(Step.PLANLEGG_TILTAK)
    planning.save_oppmerksomhet(table.at, title="Om noen", goal="", about=table.eirik.id, version=0)

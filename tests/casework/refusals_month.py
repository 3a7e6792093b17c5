"""The rules of the first month that stop."""

from bti.errors import Reason
from bti.rules.workflow import Step
from tests.casework.refusing import refuses
from tests.casework.test_registering import NOVEMBER, OnPaper


@refuses("R-61", by="bti.rules.registering.period_of_paper", says_yes=NOVEMBER, reason=Reason.PAPER_CONSENT)
def entering_a_paper_that_lies_nowhere(table):
    OnPaper(table.eirik).registers(reference="")


@refuses("R-61", by="bti.casework.what_follows.check_start", reason=Reason.IN_THE_PAST)
def beginning_in_november_in_an_ordinary_case(table):
    table.comes_to(Step.PLANLEGG_TILTAK)
    table.adds_tiltak("Sekken", "Marte Testdal", start=NOVEMBER)

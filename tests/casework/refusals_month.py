"""The rules of the first month that stop."""

from bti.casework.consent import consenting, modes
from bti.casework.steps import moving
from bti.errors import Reason
from bti.rules.childs_voice import ChildTakesPart
from bti.rules.guards import Missing
from bti.rules.workflow import StafettloggMode, Step
from tests.casework.refusing import refuses
from tests.casework.test_registering import NOVEMBER, OnPaper


@refuses("R-61", by="bti.rules.registering.period_of_paper", says_yes=NOVEMBER, reason=Reason.PAPER_CONSENT)
def entering_a_paper_that_lies_nowhere(table):
    OnPaper(table.eirik).registers(reference="")


@refuses("R-61", by="bti.casework.said.what_follows.check_start", reason=Reason.IN_THE_PAST)
def beginning_in_november_in_an_ordinary_case(table):
    table.comes_to(Step.PLANLEGG_TILTAK)
    table.adds_tiltak("Sekken", "Marte Testdal", start=NOVEMBER)


@refuses("R-69", by="bti.casework.door.check_mode", reason=Reason.ON_PAPER)
def writing_down_what_is_said_in_a_case_on_paper(table):
    modes.do_without_log(table.at, mode=StafettloggMode.PAPER)
    table.starts()


@refuses("R-69", by="bti.casework.consent.modes.check_choice", reason=Reason.WRITTEN_HERE)
def going_over_to_paper_with_something_kept_here(table):
    table.plans_for_child(ChildTakesPart.ATTENDS)
    modes.do_without_log(table.at, mode=StafettloggMode.PAPER)


@refuses("R-14", by="bti.casework.steps.starting.before_leaving", says_yes=(), reason=Reason.STEP_NOT_DONE)
def leaving_step_1_with_nobody_asked_when_the_log_is_digital(table):
    table.comes_to(Step.OPPSTART, but=Missing.CONSENT)
    consenting.own_log_yes(table.at)
    modes.do_without_log(table.at, mode=StafettloggMode.NONE)
    modes.create_log(table.at)
    moving.move_on(table.at, to=Step.PLANLEGG_TILTAK)

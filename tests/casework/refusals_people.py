"""The rules about who carries the log and for whom that stop."""

from bti.casework import story
from bti.casework.desk import coordinating
from bti.casework.door import At
from bti.casework.intake import creating
from bti.casework.people import answering, handing_over
from bti.casework.steps import preparing
from bti.errors import Reason
from bti.rules.people import ParticipantKind, ProtectedAddress
from bti.rules.workflow import Step
from tests.casework.refusing import refuses
from tests.cast import MARTE, SOLVEIG_BORN


@refuses("R-13", by="bti.rules.handover.check_answers", reason=Reason.NOT_YOURS)
def saying_yes_for_the_new_stafettholder(table):
    table.consents("skolehelse")
    with table.looking() as case:
        liv = next(c.user for c in handing_over.view(case).candidates if c.name == "Liv Eksempel")
    asked = handing_over.propose(table.at, to=liv, reason=None, until=None)
    answering.accept(At(table.eirik, ""), handover=asked)


@refuses("R-12", by="bti.casework.intake.creating._existing", reason=Reason.CASE_EXISTS)
def making_a_second_log_for_the_child(table):
    creating.create_case(
        table.eirik,
        child_name="Solveig Testdal",
        birth_date=SOLVEIG_BORN,
        protected_address=ProtectedAddress.NONE,
        guardians=[MARTE],
    )


@refuses("R-70", by="bti.casework.desk.coordinating.check_coordinator", reason=Reason.NOT_YOURS)
def looking_a_child_up_without_being_koordinator(table):
    coordinating.look_up(At(table.eirik, ""), child_name="Solveig Testdal", birth_date=SOLVEIG_BORN)


@refuses("R-64", by="bti.rules.meeting.check_comes", reason=Reason.FAMILY_WISHES)
def letting_a_guest_in_whom_the_family_has_not_asked_for(table):
    table.comes_to(Step.PLANLEGG_TILTAK)
    with table.looking() as case:
        meeting = story.evaluation_meeting(story.meetings(case), case.round)
    preparing.bring_to_meeting(
        table.at,
        meeting=meeting.id,
        name="Gunn Testdal",
        kind=ParticipantKind.FAMILY_GUEST,
        why="",
        wished_by_family=False,
        secrecy_explained=True,
    )

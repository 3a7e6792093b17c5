"""The rules of what is said around the table that stop."""

from bti.casework.said import arranging, situating
from bti.errors import Reason
from bti.rules.agreement import AgreementKind
from bti.rules.consent import Category
from bti.rules.situation import SituationKind
from bti.rules.workflow import Step
from tests.casework.refusing import refuses


@refuses("R-18", by="bti.casework.said.situating.check_here", reason=Reason.OTHER_STEP)
def writing_more_about_a_situation_that_is_planned_for_already(table):
    table.comes_to(Step.PLANLEGG_TILTAK)
    situating.add_text(table.at, kind=SituationKind.MASTERS, text="Hun leser.")


@refuses("R-34", by="bti.casework.said.situating._check_teller", reason=Reason.NOT_A_CHOICE)
def writing_the_childs_own_words_as_what_somebody_tells(table):
    solveig = next(key for name, key in table.take_part.items() if name.startswith("Solveig"))
    situating.add_text(table.at, kind=SituationKind.TOLD, text="Jeg vil hjem.", by=solveig)


@refuses("R-34", by="bti.casework.said.situating.check_category", reason=Reason.NOT_A_CHOICE)
def laying_a_text_of_ours_among_the_childs_words(table):
    said = {"kind": SituationKind.MASTERS, "text": "Hun leser."}
    situating.add_text(table.at, **said, category=Category.CHILD_STATEMENTS)


@refuses("R-25", by="bti.casework.people.people.check_responsible", reason=Reason.NOT_A_CHOICE)
def agreeing_that_somebody_outside_the_case_does_it(table):
    table.starts()
    arranging.agree(table.at, kind=AgreementKind.AGREED, text="Ringe fotballaget.", by=table.marte)

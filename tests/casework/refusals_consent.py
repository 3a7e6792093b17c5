"""The rules of the page of consent that stop."""

from sqlalchemy import select

from bti.casework.consent import consenting
from bti.casework.people import people
from bti.errors import Reason, Refused
from bti.rules.consent import ConsentForm
from bti.store.tables import StaffUser
from tests.casework.refusing import refuses
from tests.casework.test_gate import YES


@refuses(
    "R-06",
    by="bti.casework.people.people._not_covered",
    says_yes=Refused(Reason.NOT_COVERED, tjeneste="PPT"),
    reason=Reason.ASK_FOR_MORE,
)
def letting_in_one_whose_service_came_after_the_consent(table):
    table.consents("skolehelse")
    with table.looking() as case:
        key = case.session.execute(select(StaffUser.id).where(StaffUser.username == "pernille")).scalar_one()
    people.add_colleagues(table.at, users=[key])


@refuses("R-05", by="bti.casework.consent.declaring._held_now", says_yes=None, reason=Reason.WHERE_IS_IT)
def an_answer_on_paper_that_lies_nowhere(table):
    table.is_asked("ppt")
    consenting.record_answer(
        table.at,
        consent=table.consent,
        consenter=table.marte,
        answers={table.services["ppt"]: YES},
        form=ConsentForm.WRITTEN,
    )

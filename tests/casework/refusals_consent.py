"""The rules of the page of consent that stop."""

from sqlalchemy import select

from bti.casework import people
from bti.errors import Reason, Refused
from bti.store.tables import StaffUser
from tests.casework.refusing import refuses


@refuses(
    "R-06",
    by="bti.casework.people._not_covered",
    says_yes=Refused(Reason.NOT_COVERED, tjeneste="PPT"),
    reason=Reason.ASK_FOR_MORE,
)
def letting_in_one_whose_service_came_after_the_consent(table):
    table.consents("skolehelse")
    with table.looking() as case:
        key = case.session.execute(select(StaffUser.id).where(StaffUser.username == "pernille")).scalar_one()
    people.add_colleagues(table.at, users=[key])

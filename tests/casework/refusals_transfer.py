"""The rules about a change of school or barnehage that stop."""

from datetime import date

from sqlalchemy import update

from bti.casework.people import transferring
from bti.errors import Reason
from bti.rules.consent import TakesAlong
from bti.store.current import database
from bti.store.tables import Service
from tests.casework.refusing import refuses


def _another_school(table):
    """The helsestasjon stands for the other school: it may have logs of its own."""
    there = table.services["helsestasjon"]
    with database().writing() as session:
        session.execute(update(Service).where(Service.id == there).values(may_create=True))
    return there


def _goes(table, said_yes):
    return transferring.prepare_transfer(
        table.at,
        to=_another_school(table),
        day=date(2026, 3, 10),
        takes_along=TakesAlong.EVERYTHING,
        chosen=(),
        said_yes=said_yes,
    )


@refuses("R-62", by="bti.rules.transfer.check_yes", reason=Reason.TRANSFER_NEEDS_YES)
def moving_the_log_on_one_guardians_yes(table):
    _goes(table, [table.marte])


@refuses("R-13", by="bti.rules.transfer.check_may_let_go", reason=Reason.HANDOVER_FIRST)
def letting_go_of_a_log_whose_stafettholder_is_still_here(table):
    _goes(table, [table.marte, table.jonas])
    transferring.record_transfer_archived(table.at, reference="elevmappe 26/7", archived_on=date(2026, 3, 10))

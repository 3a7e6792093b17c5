"""The invented people of every test. They are always the same, and obviously nobody."""

from datetime import UTC, date, datetime

from bti.casework.intake.creating import NewGuardian
from bti.rules.people import GuardianRelation

NOON = datetime(2026, 3, 10, 11, 0, tzinfo=UTC)
"""Tuesday 10 March 2026 at twelve in Oslo: the clock of every test that does not move it."""

SOLVEIGS = "2026-001"
SOLVEIG_BORN = date(2015, 6, 2)
OLA_BORN = date(2011, 3, 11)

MARTE = NewGuardian("Marte Testdal", GuardianRelation.MOTHER, has_parental_responsibility=True)
JONAS = NewGuardian("Jonas Testdal", GuardianRelation.FATHER, has_parental_responsibility=True)

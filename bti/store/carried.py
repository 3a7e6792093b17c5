"""Who carries a tiltak that goes on, without a word of what it is: for a leader, who is told of no content (R-26, R-63).

It is a view, since a policy lets a whole row through or none of it. It is made anew at each migration, on both engines, and
taken away before, so that no view stands in the way of a table that changes.
"""

from typing import Final

from sqlalchemy import column, table

from bti.rules.tiltak import FamilySays, TiltakStatus
from bti.store.tables import Tiltak

_KEPT: Final = ("case_id", "responsible_id", "category", "about_guardian", "written_at", "written_for")
"""Who, and what the gate asks of a row. None of it is people's words."""
CARRIED: Final = table("tiltak_carried", *(column(name, Tiltak.__table__.c[name].type) for name in _KEPT))
ROWS: Final = (
    f"SELECT {', '.join(_KEPT)} FROM {Tiltak.__tablename__}"  # noqa: S608 - words of ours
    f" WHERE status = '{TiltakStatus.PLANNED.value}' AND responsible_id IS NOT NULL"
    f" AND (family_says IS NULL OR family_says <> '{FamilySays.NO.value}')"
)
AWAY: Final = f"DROP VIEW IF EXISTS {CARRIED.name}"
MADE: Final = f"CREATE VIEW {CARRIED.name} AS {ROWS}"

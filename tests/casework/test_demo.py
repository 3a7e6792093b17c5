"""The invented families of the demo meet on days people meet on, whatever day the demo is made."""

import shutil
from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import select

from bti import clock, settings
from bti.casework.said.childs_voice import holidays
from bti.rules.school_calendar import is_school_day
from bti.store.engine import RULE
from bti.store.tables import Meeting
from tests.granvik import opened, seed

BEFORE_WEEKENDS = [date(2026, 3, 12), date(2026, 3, 14), date(2026, 3, 15)]
BEFORE_HOLIDAYS = [date(2026, 3, 23), date(2026, 6, 12), date(2026, 12, 19)]


@pytest.mark.meets("R-66")
@pytest.mark.parametrize("made_on", [*BEFORE_WEEKENDS, *BEFORE_HOLIDAYS], ids=str)
def test_no_invented_meeting_falls_on_a_weekend_or_a_holiday(template, tmp_path, made_on):
    data = shutil.copytree(template, tmp_path / "data")
    chosen = settings.read({"BTI_DATA": str(data)})
    seed(chosen, at=datetime.combine(made_on, time(11), UTC))

    for database in opened(chosen):
        with database.reading(RULE) as session:
            days = [clock.day(start) for start in session.execute(select(Meeting.start)).scalars()]
        without_school = [day for day in days if not is_school_day(day, holidays())]

    assert len(days) > 10
    assert without_school == []

"""What the cases in a person's list wait for: read in one statement, however many they are (R-09, R-46, R-54, R-63)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import union_all

from bti import clock
from bti.casework import notice
from bti.casework.childs_voice import holidays
from bti.casework.opening import at_the_door
from bti.casework.policy import kommune, policy
from bti.casework.reading import CASES, OWNED, SERVICE
from bti.casework.seeing import CaseLine, my_cases
from bti.casework.waits import KINDS, ME
from bti.rules.consent import YouthRule, birthday
from bti.rules.due import Due, Section, Task, counted, in_order
from bti.rules.people import Actor
from bti.rules.workflow import CaseStatus
from bti.store.current import database


@dataclass(frozen=True)
class ListedCase:
    """One case in the list: where it stands there, and what it waits for, the next thing first."""

    line: CaseLine
    section: Section
    tasks: tuple[Task, ...]


_ALL: Final = union_all(*KINDS.values())


def my_list(actor: Actor) -> tuple[ListedCase, ...]:
    """Return the cases this person takes part in, what is most urgent first, each with what it waits for from her."""
    lines = my_cases(actor)
    if not lines:
        return ()
    now = clock.now()
    today = clock.day(now)
    tasks = _tasks(actor, lines, now)
    listed = [_listed(line, in_order(tasks[line.id], today), today) for line in lines]
    order = list(Section)
    return tuple(sorted(listed, key=lambda one: (order.index(one.section), _first_day(one, today))))


def found(listed: Sequence[ListedCase], words: str) -> tuple[ListedCase, ...]:
    """Return those of the list where each of the words stands in the number, the child's name or the stafettholder's.

    Only what the list itself shows is looked through, so that a search never tells more than the list (R-56).
    """
    wanted = words.casefold().split()
    return tuple(
        one
        for one in listed
        if all(word in f"{one.line.number} {one.line.child} {one.line.stafettholder}".casefold() for word in wanted)
    )


def _tasks(actor: Actor, lines: Sequence[CaseLine], now: datetime) -> Mapping[UUID, list[Task]]:
    asked = {
        CASES.key: [line.id for line in lines],
        OWNED.key: [line.id for line in lines if line.is_owned],
        SERVICE.key: actor.service,
        ME.key: actor.id,
        "midnight": clock.midnight(clock.day(now)),
        "reminded_from": now + timedelta(days=max(kommune().consent.remind_days, default=0)),
        **notice.asked_with(clock.day(now)),
        "answers_when_born": _born_when_asked(clock.day(now)),
        **at_the_door(now),
    }
    with database().reading(actor.id) as session:
        rows = session.execute(_ALL, asked).all()
    tasks = defaultdict(list)
    for row in _said_once(rows):
        task = counted(Task(Due(row.kind), _day(row), bool(row.mine)), clock.day(now), holidays())
        if task is not None:
            tasks[row.case].append(task)
    return tasks


def _born_when_asked(today: date) -> date:
    """Return the last birth date of those who may answer for themselves now or ahead; nobody's where a parent's answer is enough."""
    decided = policy()
    soon = today + timedelta(days=decided.ahead_days)
    return birthday(soon, -decided.youth_age) if decided.youth_rule is not YouthRule.OR else date.min


def _said_once(rows: Sequence[Any]) -> Iterator[Any]:
    """Leave out that a consent ends where it ends because the child is to answer for itself: the family need not renew it."""
    turns = {(row.case, _day(row)) for row in rows if row.kind == Due.YOUTH_ANSWERS}
    for row in rows:
        if row.kind != Due.CONSENT_ENDS or (row.case, clock.day(row.at)) not in turns:
            yield row


def _day(row: Any) -> date | None:
    return birthday(row.day, policy().youth_age) if row.kind == Due.YOUTH_ANSWERS else day_of(row)


def day_of(row: Any) -> date | None:
    """Return the day by which it is; what closes at midnight has the day before as its last."""
    if row.at is None:
        return row.day  # type: ignore[no-any-return]  # a date or nothing
    return clock.day(row.at - clock.A_MOMENT)


def _listed(line: CaseLine, tasks: tuple[Task, ...], today: date) -> ListedCase:
    if tasks:
        return ListedCase(line, tasks[0].section(today), tasks)
    return ListedCase(line, Section.CLOSED if line.status is CaseStatus.CLOSED else Section.MINE, ())


def _first_day(one: ListedCase, today: date) -> date:
    return next((task.day for task in one.tasks if task.day), today)

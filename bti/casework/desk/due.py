"""What the cases in a person's list wait for: read in one statement, however many they are (R-09, R-46, R-54, R-63)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import union_all

from bti import clock
from bti.casework.consent import awaiting, notice
from bti.casework.desk.seeing import CaseLine, my_cases
from bti.casework.desk.waits import KINDS, ME
from bti.casework.ground.opening import at_the_door
from bti.casework.ground.policy import kommune, policy
from bti.casework.ground.reading import CASES, OWNED, SERVICE
from bti.casework.said.childs_voice import holidays
from bti.rules.consent import birthday
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
        **awaiting.asked_with(clock.day(now)),
        "answers_when_born": birthday(clock.day(now) + timedelta(days=policy().ahead_days), -policy().youth_age),
        **at_the_door(now),
    }
    with database().reading(actor.id) as session:
        rows = session.execute(_ALL, asked).all()
    tasks = defaultdict(list)
    for row in _said_once(rows, now):
        task = counted(Task(Due(row.kind), _day(row), bool(row.mine)), clock.day(now), holidays())
        if task is not None:
            tasks[row.case].append(task)
    return tasks


def _said_once(rows: Sequence[Any], now: datetime) -> Iterator[Any]:
    """Leave out what is said by telling that the child is to answer for itself, and that where nobody sees anything for it to answer about.

    A consent that ends on the birthday is not for the family to renew, and when the day has come it is the child one waits for.
    """
    turns = {row.case: _day(row) for row in rows if row.kind == Due.YOUTH_ANSWERS and _is_for_the_child(row, now)}
    for row in rows:
        turn = turns.get(row.case)
        said = {
            Due.YOUTH_ANSWERS: turn is None,
            Due.CONSENT_ENDS: turn is not None and row.at is not None and clock.day(row.at) == turn,
            Due.FAMILY_ANSWERS: turn is not None and turn <= clock.day(now),
        }
        if not said.get(Due(row.kind)):
            yield row


def _is_for_the_child(row: Any, now: datetime) -> bool:
    """Say whether a service sees the case now, or did until the birthday: else the child's answer is no more awaited than the rest."""
    return row.at is not None and (row.at > now or row.at == clock.midnight(birthday(row.day, policy().youth_age)))


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

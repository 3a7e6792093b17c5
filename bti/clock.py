"""The only place that asks what time it is. Moments are UTC; days are Europe/Oslo's."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")
A_MOMENT = timedelta(microseconds=1)


_ago: ContextVar[timedelta] = ContextVar("ago", default=timedelta())


def now() -> datetime:
    """Return this moment, in UTC."""
    return wall() - _ago.get()


def wall() -> datetime:
    """Return what the clock on the wall says, whatever story is being told."""
    return datetime.now(UTC)  # noqa: TID251 - here and nowhere else


@contextmanager
def days_ago(days: int) -> Iterator[None]:
    """Let what is done inside have been done some days ago: for the invented stories of the demo, and nothing else."""
    before = _ago.set(timedelta(days=days))
    try:
        yield
    finally:
        _ago.reset(before)


def today() -> date:
    """Return the day it is in the kommune, wherever the server stands."""
    return day(now())


def day(moment: datetime) -> date:
    """Return the day ``moment`` falls on in Oslo."""
    return moment.astimezone(OSLO).date()


def midnight(on: date) -> datetime:
    """Return the moment the day ``on`` begins in Oslo, in UTC. Right across the changes of the clock."""
    return datetime.combine(on, time.min, OSLO).astimezone(UTC)


def end_of(on: date) -> datetime:
    """Return the moment the day ``on`` is over: the last day counts to its end."""
    return midnight(on + timedelta(days=1))

"""The audit: what was seen, done and refused. Each entry is sealed together with the one before it.

It proves that nothing was changed, removed or swapped by somebody without the key, and, with ``audit.head``, that the
tail is there. It cannot prove what somebody with the key and the database wrote anew.
"""

import hmac
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Row, insert, select
from sqlalchemy.orm import Session

from bti.store.engine import Database
from bti.store.tables import LogEvent

FIRST_MAC: Final = "0" * 64
_TAIL = select(LogEvent.seq, LogEvent.mac).order_by(LogEvent.seq.desc()).limit(1)
_ALL = select(LogEvent.__table__).order_by(LogEvent.seq)


@dataclass(frozen=True)
class Entry:
    """Who, for which service, when, did what, to what, with which outcome. Ids and words of ours only."""

    at: datetime
    action: str
    object: str
    outcome: str
    actor_id: UUID | None = None
    service_id: UUID | None = None
    login_id: UUID | None = None
    case_id: UUID | None = None


def append(session: Session, entry: Entry) -> None:
    """Add the entry to the chain, in the session's own transaction: both are kept or neither."""
    database: Database = session.info["database"]
    tail = session.execute(_TAIL).one_or_none()
    seq, before = (tail.seq, tail.mac) if tail else (0, FIRST_MAC)
    values = {"seq": seq + 1, **vars(entry)}
    mac = seal(database.audit_key, before, values)
    session.execute(insert(LogEvent), {**values, "mac": mac})
    session.info["sealed"] = (seq + 1, mac)


def seal(key: bytes, before: str, values: dict[str, object]) -> str:
    """Return the seal over an entry and the seal before it."""
    words = {
        name: value.isoformat(timespec="microseconds") if isinstance(value, datetime) else str(value)
        for name, value in sorted(values.items())
    }
    return hmac.new(key, f"{before}{json.dumps(words)}".encode(), "sha256").hexdigest()


def faults(database: Database) -> Iterator[str]:
    """Say what is wrong with the audit, a sentence for each; nothing when all is well."""
    with database.reading() as session:
        rows = session.execute(_ALL).all()
    yield from _broken_links(database.audit_key, rows)
    head = database.head.read()
    if head is None:
        if rows:
            yield "audit.head mangler eller er endret."
        return
    count, mac = head
    if len(rows) < count:
        yield f"Slutten av sporingsloggen mangler: {len(rows)} av {count} linjer er der."
    elif rows[count - 1].mac != mac:
        yield f"Sporingsloggen er skrevet om ved linje {count}."


def _broken_links(key: bytes, rows: Sequence[Row[Any]]) -> Iterator[str]:
    before = FIRST_MAC
    for number, row in enumerate(rows, 1):
        values = dict(row._mapping)
        mac = values.pop("mac")
        if values["seq"] != number or seal(key, before, values) != mac:
            yield f"Sporingsloggen er endret ved linje {number}."
            return
        before = mac

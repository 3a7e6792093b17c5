"""What the family has said, in its own words, that we shall not share (model.md 5.1). No machine can keep that promise."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select

from bti.casework.open_case import OpenCase
from bti.casework.reading import reading
from bti.rules.access import Action, may
from bti.store.tables import Consent, ConsentRequest

_ASKED = reading(
    select(
        Consent.id,
        Consent.adds_to_id,
        Consent.not_to_share,
        Consent.valid_from,
        Consent.recorded_at,
        ConsentRequest.service_id,
    )
    .join(ConsentRequest, ConsentRequest.consent_id == Consent.id)
    .order_by(Consent.recorded_at, Consent.id),
    Consent,
    ConsentRequest,
)


@dataclass
class _Asking:
    words: str
    asks_anew: bool
    """Whether the family was asked all over again, so that it replaces what was said before of the same services."""
    of: set[UUID] = field(default_factory=set)


def words(case: OpenCase) -> tuple[str, ...]:
    """Return the words for those who write in the whole log, who must know them, and for nobody else.

    They count until the family is asked anew about every service they were said of. Who took over the log reads what was
    said since (R-62).
    """
    if not (case.sight.everything and may(case.sight, Action.WRITE)):
        return ()
    asked = list(_askings(case))
    counting = (
        one.words
        for nth, one in enumerate(asked, 1)
        if one.words and not any(later.asks_anew and later.of >= one.of for later in asked[nth:])
    )
    return tuple(dict.fromkeys(counting))


def _askings(case: OpenCase) -> Iterable[_Asking]:
    since = case.sight.stretch.since if case.sight.stretch else None
    found: dict[UUID, _Asking] = {}
    for row in case.read(_ASKED):
        if since is None or row.recorded_at >= since:
            anew = row.adds_to_id is None and row.valid_from <= case.today
            found.setdefault(row.id, _Asking(row.not_to_share, anew)).of.add(row.service_id)
    return found.values()

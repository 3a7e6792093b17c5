"""What the family has said, in its own words, that we shall not share (model.md 5.1). No machine can keep that promise."""

from collections.abc import Sequence

from bti.casework.ground.open_case import OpenCase
from bti.rules.access import Action, may
from bti.store.facts import Asking


def words(case: OpenCase, askings: Sequence[Asking]) -> tuple[str, ...]:
    """Return the words for those who write in the whole log, who must know them, and for nobody else.

    They count until the family is asked anew about every service they were said of. Who took over the log reads what was
    said since (R-62).
    """
    if not (case.sight.everything and may(case.sight, Action.WRITE)):
        return ()
    said = [one for one in askings if case.sight.stretch is None or one.at >= case.sight.stretch.since]
    begun = [one for one in said if one.asks_anew and one.begins <= case.today]
    counting = (one.words for one in said if not any(new.at > one.at and new.of >= one.of for new in begun))
    return tuple(dict.fromkeys(filter(None, counting)))

"""Before anything goes to a guardian the child is hidden from, the stafettholder reads it through for names and places (R-60)."""

from collections.abc import Sequence
from dataclasses import dataclass

from bti.casework.consent import family_eyes
from bti.casework.consent.family_eyes import OneGuardian
from bti.casework.consent.windows import Kept
from bti.casework.door import OpenCase, use_case
from bti.casework.ground.entries import entry
from bti.casework.paper import exporting, withheld
from bti.errors import Reason, Refused
from bti.rules.access import Action
from bti.store import audit


@dataclass(frozen=True)
class ToRead:
    """All that people have written and that would go out, the names the app knows, and the mark of just this."""

    texts: tuple[str, ...]
    names: tuple[str, ...]
    mark: str


def to_read(case: OpenCase, recipient: str, kept: Sequence[Kept] | None = None) -> ToRead:
    """Return what is read through. The machine promises nothing of prose: it shows what it knows, and a person reads.

    ``kept`` are the windows, where they have been read already.
    """
    mark = exporting.mark_for(case, _hidden_from(case, recipient))
    content = exporting.content_for(case, recipient, "nb", kept)
    return ToRead(withheld.prose(content), withheld.known_names(case), mark)


@use_case(Action.PRINT)
def read_through(case: OpenCase, *, recipient: str, mark: str) -> None:
    """Write down that this was read through for names and places. What is written afterwards is read anew."""
    if mark != exporting.mark_for(case, _hidden_from(case, recipient)):
        raise Refused(Reason.READ_THROUGH_FIRST, field="recipient")
    audit.append(case.session, entry(case.actor, family_eyes.READ, recipient, mark, case.id, at=case.at))


def _hidden_from(case: OpenCase, recipient: str) -> OneGuardian:
    found = exporting.hidden_from(case, recipient)
    if found is None:
        raise Refused(Reason.NOT_A_CHOICE, field="recipient")
    return found

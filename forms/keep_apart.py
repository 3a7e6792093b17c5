"""Beside what somebody writes: that it may be about a brother or a sister (R-68). To the writer alone, and nothing is stopped."""

from bti.casework.door import Asking, OpenCase
from bti.casework.intake import siblings
from bti.language import _
from bti.rules.siblings import named_in
from forms import shown


def beside(case: Asking, text: str) -> None:
    """Say so when the first name of a sibling stands in the text. It tells nothing of whether the sibling has a log."""
    if not text or not isinstance(case, OpenCase):
        return
    child = case.row.given_names
    if name := named_in(text, siblings.names(case), child):
        shown.show(shown.note(_("Dette kan handle om {navn}. Skriv bare om {barn} her.", navn=name, barn=child)))

"""The whole log, to read and to print. While a paper is read through, it is all that is read."""

from bti.casework import story
from bti.casework.consent import windows
from bti.casework.desk import tasks
from bti.casework.people import people
from bti.casework.steps import closing
from bti.language import _
from bti.rules.workflow import CaseStatus
from forms import avslutte, frame, here, reading_through, shown, stafettlogg, transferring

case = here.on_the_table("stafettlogg")
top = frame.head(case, _("Stafettloggen"))
kept = windows.kept(case)
recipients = stafettlogg.addressed(case, kept)
waiting = [one for one in recipients if one.waits]
if reading_through.opened(case, waiting):
    reading_through.ask(case, waiting, kept)
else:
    taking_part = people.people(case)
    log = story.whole(case)
    is_closed = case.status is CaseStatus.CLOSED
    archived = tasks.receipts(case) if is_closed else ()
    avslutte.ask_what_is_left(case, top, taking_part, tasks.left(case, log.informing, archived))
    transferring.ask_archived(case)
    if earlier := closing.previous(case):
        shown.show(shown.note(_("Barnet har hatt en stafettlogg før: {nummer}.", nummer=earlier)))
    if ending := avslutte.told(closing.closings(case), archived):
        shown.show(ending)
    if recipients:
        stafettlogg.papers(case, recipients)
        reading_through.ask(case, waiting, kept)
    shown.show(stafettlogg.told(case, top, taking_part, kept, log))

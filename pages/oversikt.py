"""Which logs there are and who carries them. For the leader and the koordinator; no content, no way into a case."""

from bti.language import _
from bti.rules.people import AccessRole
from forms import here, koordinator, oversikt, shown

me = here.me()
shown.show(shown.filled("<h1>{title}</h1>", title=_("Oversikt")))
if me.access_role is AccessRole.LEADER:
    oversikt.of_the_unit(me)
elif me.access_role is AccessRole.COORDINATOR:
    koordinator.show(me)
else:
    shown.show(shown.note(_("Du har ikke en oversikt her. Den er for ledere og BTI-koordinatoren.")))

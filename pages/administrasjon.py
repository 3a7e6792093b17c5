"""Accounts and services for the systemansvarlig; the audit for the personvernombud."""

from bti.language import _
from bti.rules.people import AccessRole
from forms import administrasjon, here, shown

me = here.me()
shown.show(shown.filled("<h1>{title}</h1>", title=_("Administrasjon")))
if me.access_role is AccessRole.ADMINISTRATOR:
    administrasjon.of_the_kommune(me)
elif me.access_role is AccessRole.DATA_PROTECTION_OFFICER:
    administrasjon.the_audit(me)
else:
    shown.show(shown.note(_("Du har ikke noe å administrere her. Siden er for systemansvarlig og personvernombud.")))

"""A protected address, and whom the child is hidden from: for the stafettholder's own eyes, and opened by a press (R-60).

What is seen of it unopened is the same in every log, so that nobody at the table can read from it that there is something to hide.
"""

from typing import Annotated

import streamlit as st

from bti.casework.door import OpenCase
from bti.casework.intake import protecting
from bti.errors import Reason
from bti.language import N_, _
from bti.rules.people import ProtectedAddress
from forms import shown
from forms.fields import Pick, apart
from forms.form import Form
from forms.press import press


class AddressForm(Form, saves_with=protecting.change_address):
    """Whether the child's address is protected."""

    protected_address: Annotated[ProtectedAddress, Pick(N_("Har barnet sperret adresse?"), words=ProtectedAddress)]


def ask(case: OpenCase) -> None:
    """Ask whether the address is protected, and whom the child is hidden from; shut again whenever one leaves the page."""
    key = f"{case.number}.address".replace("-", "_")
    if not protecting.may_know(case) or not st.toggle(_("Adressen. Åpne bare der ingen andre ser skjermen"), key=key):
        return
    known = protecting.view(case)
    if case.is_strict:
        shown.show(shown.note(_(Reason.STRICT_ADDRESS), kind="stop"))
    AddressForm.ask(case, button=_("Lagre adressen"), stored={"protected_address": known.protected_address})
    hidden = [one.name for one in known.guardians if one.blocked]
    if hidden:
        shown.show(
            shown.filled(
                "<p>{text}</p>{names}",
                text=_("Skole, tjenester, ansatte, sted og telefon holdes skjult for:"),
                names=shown.bullets(hidden),
            )
        )
    names = apart((one.id, one.name) for one in known.guardians)
    chosen = st.selectbox(
        _("Skal barnet skjules for en av de foresatte?"),
        list(names),
        index=None,
        key=f"{key}.hide",
        format_func=lambda one: names.get(one, ""),
        placeholder=_("Velg"),
    )
    if one := next((g for g in known.guardians if g.id == chosen), None):
        press(
            _("Ikke skjul lenger") if one.blocked else _("Skjul"),
            f"{key}.block",
            lambda: protecting.block(case, guardian=one.id, blocked=not one.blocked),
        )

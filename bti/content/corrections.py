"""What was put right, as it is read on screen and on paper: a day as a day, yes and no as words (R-67)."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from bti.content.labels import label
from bti.language import N_, _, long_date
from bti.rules.people import GuardianRelation

FIELDS: Final[Mapping[str, str]] = {
    "given_names": N_("fornavn"),
    "family_name": N_("etternavn"),
    "birth_date": N_("fødselsdato"),
    "due_date": N_("termin"),
    "group": N_("klasse eller avdeling"),
    "name": N_("navn"),
    "relation": N_("hvem det er"),
    "has_parental_responsibility": N_("foreldreansvar"),
    "valid_from": N_("gjelder fra"),
    "valid_to": N_("gjelder til"),
}
DATES: Final = frozenset({"birth_date", "due_date", "valid_from", "valid_to"})


def corrected(field: str, old: str, new: str) -> str:
    """Say what stood there and what stands there now."""
    said = _("{gammelt} → {nytt}", gammelt=_as_read(field, old), nytt=_as_read(field, new))
    return f"{_(FIELDS[field])}: {said}"


def _as_read(field: str, text: str) -> str:
    if not text:
        return "–"
    if field in DATES:
        return long_date(date.fromisoformat(text))
    if field == "relation":
        return label(GuardianRelation(text))
    if field == "has_parental_responsibility":
        return _("Ja") if text == "ja" else _("Nei")
    return text

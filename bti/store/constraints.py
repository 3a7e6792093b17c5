"""What the database itself refuses, said as a reason and a field. The last lock: the rules should have said it first."""

import re
from collections.abc import Mapping
from typing import Final

from sqlalchemy.exc import IntegrityError

from bti.errors import Reason, Refused

NAMED: Final[Mapping[str, tuple[Reason, str]]] = {
    "uq_case_open_child": (Reason.CASE_EXISTS, "child_name"),
    "uq_case_number": (Reason.SAVED_ALREADY, ""),
    "ck_tiltak_deadline": (Reason.DEADLINE_BEFORE_START, "deadline"),
    "ck_tiltak_evaluation_due": (Reason.EVALUATION_BEFORE_START, "evaluation_due"),
    "ck_meeting_end_after_start": (Reason.NOT_A_TIME, "start"),
    "ck_consent_period": (Reason.CHOOSE_CONSENT, "whole_year"),
    "ck_consent_declaration_given_before_recorded": (Reason.IN_THE_FUTURE, "given_at"),
    "uq_service_code": (Reason.CODE_TAKEN, "code"),
    "uq_staff_user_username": (Reason.USERNAME_TAKEN, "username"),
}
"""The constraints a person can meet. Every other one is met by a fault of ours, and is said by its kind."""

BY_KIND: Final[Mapping[str, Reason]] = {
    "pk": Reason.SAVED_ALREADY,
    "uq": Reason.SAVED_ALREADY,
    "fk": Reason.NOT_YOURS,
    "ck": Reason.NOT_A_CHOICE,
    "nn": Reason.MISSING,
}

_NAME: Final = re.compile(r"\b((?:pk|uq|fk|ck|ix)_\w+)")
_COLUMNS: Final = re.compile(r"(UNIQUE|NOT NULL) constraint failed: (\w+)\.(\w+)")


def explained(broken: IntegrityError) -> Refused:
    """Return the refusal a broken constraint amounts to, on either engine."""
    said = str(broken.orig)
    if named := _NAME.search(said):
        return _refusal(named.group(1))
    if columns := _COLUMNS.search(said):
        kind, table, column = columns.groups()
        return _refusal(f"{'uq' if kind == 'UNIQUE' else 'nn'}_{table}_{column}", column)
    return _refusal("fk_")


def _refusal(name: str, column: str = "") -> Refused:
    if name in NAMED:
        reason, field = NAMED[name]
        return Refused(reason, field=field or None)
    if name == "uq_case_child_id":  # SQLite names the column of a partial index, not the index
        return _refusal("uq_case_open_child")
    return Refused(BY_KIND.get(name[:2], Reason.SAVED_ALREADY), field=column or None)

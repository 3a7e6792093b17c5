"""The consent gate: may this service see this kind of information about the child, at this moment?

Deny by default. The functions know only the facts they are given and the moment they are asked about, so the answer can
change only at moments the facts themselves name; ``windows`` works it out between those moments, once, when a fact is
written. One answer per service and consenter; the lowest answer counts; silence is a no for that service only.
(model.md section 5; R-01 to R-10)
"""

from bti.rules.consent.facts import (
    Answer,
    Consenter,
    Declaration,
    Facts,
    Group,
    Guardian,
    Policy,
    Request,
    Service,
    Withdrawal,
    birthday,
)
from bti.rules.consent.gate import (
    Item,
    SharingDecision,
    can_share,
    closed_by,
    excluded,
    last_day,
    missing,
    opened_by,
    required,
    scope,
    state,
)
from bti.rules.consent.windows import Window, windows
from bti.rules.consent.words import (
    ADULT,
    INSIDE,
    SHARED_BY_LEVEL,
    Category,
    ConsentAddition,
    ConsentForm,
    ConsentLevel,
    ConsentState,
    Period,
    Purpose,
    Said,
    YesNo,
    YouthRule,
)

__all__ = [
    "ADULT",
    "INSIDE",
    "SHARED_BY_LEVEL",
    "Answer",
    "Category",
    "ConsentAddition",
    "ConsentForm",
    "ConsentLevel",
    "ConsentState",
    "Consenter",
    "Declaration",
    "Facts",
    "Group",
    "Guardian",
    "Item",
    "Period",
    "Policy",
    "Purpose",
    "Request",
    "Said",
    "Service",
    "SharingDecision",
    "Window",
    "Withdrawal",
    "YesNo",
    "YouthRule",
    "birthday",
    "can_share",
    "closed_by",
    "excluded",
    "last_day",
    "missing",
    "opened_by",
    "required",
    "scope",
    "state",
    "windows",
]

"""The windows of one case, past, present and to come, each with the service it is for: read once for page and paper."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select

from bti.casework.door import OpenCase
from bti.casework.ground.policy import policy_mark
from bti.language import spoken
from bti.rules.consent import Category, Purpose
from bti.rules.workflow import SHARES, CaseStatus, Level
from bti.store.tables import Service, Sharing


@dataclass(frozen=True)
class Kept:
    """A stretch of time in which a service may see a category, or what is about a guardian."""

    service: UUID
    code: str
    name: str
    is_sensitive: bool
    category: Category
    about: UUID | None
    purpose: Purpose
    opens: datetime
    closes: datetime


_KEPT = (
    select(
        Service.id,
        Service.code,
        Service.name_nb,
        Service.name_nn,
        Service.sensitive_membership,
        Sharing.category,
        Sharing.about,
        Sharing.purpose,
        Sharing.opens,
        Sharing.closes,
    )
    .join(Sharing, Sharing.service_id == Service.id)
    .where(Sharing.case_id == bindparam("case"), Sharing.policy == bindparam("policy"))
    .order_by(Service.name_nb, Service.code, Sharing.opens)
)


def kept(case: OpenCase) -> tuple[Kept, ...]:
    """Return all windows of the case under today's policy, by service and in order; to a former owner those it knew (R-62)."""
    rows = case.session.execute(_KEPT, {"case": case.id, "policy": policy_mark()}).all()
    nynorsk = spoken() == "nn"
    return tuple(
        Kept(
            r.id,
            r.code,
            r.name_nn if nynorsk else r.name_nb,
            r.sensitive_membership,
            r.category,
            r.about,
            r.purpose,
            r.opens,
            r.closes,
        )
        for r in rows
        if case.sight.left is None or r.opens < case.sight.left
    )


def is_open(case: OpenCase, window: Kept) -> bool:
    """Say whether the window is open in this case now, as the door asks it: moment, purpose (R-08), a digital log (K4)."""
    outside = case.status is CaseStatus.ESCALATING or case.level is Level.EXTERNAL
    fits = window.purpose is Purpose.COOPERATE or outside
    return window.opens <= case.at < window.closes and fits and case.mode in SHARES


def may_name(case: OpenCase, window: Kept) -> bool:
    """Say whether the reader may be told of the service; a sensitive one is named to few (R-56)."""
    return case.sight.may_name(window.service, is_sensitive=window.is_sensitive)

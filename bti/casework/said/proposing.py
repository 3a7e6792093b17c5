"""Help that is offered, and what the family says to it: a yes makes a tiltak of it (S2-20, S2-22)."""

from collections.abc import Sequence
from uuid import UUID

from bti.casework import story
from bti.casework.door import OpenCase, use_case
from bti.casework.people import people
from bti.casework.people.people import PersonKind
from bti.casework.story import OppmerksomhetView
from bti.errors import Reason, Refused
from bti.rules import tiltak as rule
from bti.rules.access import Action
from bti.rules.consent import Category
from bti.rules.tiltak import FamilySays, ProposalStatus
from bti.rules.workflow import Step, check_here
from bti.store.tables import Tiltak, TiltakProposal


@use_case(Action.WRITE)
def offer(case: OpenCase, *, text: str, offered_by: UUID, oppmerksomhet: UUID | None) -> UUID:
    """Write down what somebody in the case offers to do. It is no tiltak yet, and binds nobody."""
    check_here(case.step, case.status, Step.PLANLEGG_TILTAK)
    people.check_responsible(case, offered_by, "offered_by")
    concern = _concern(story.oppmerksomheter(case), oppmerksomhet) if oppmerksomhet else None
    return case.new(
        TiltakProposal(
            text=text,
            offered_by_id=offered_by,
            oppmerksomhet_id=oppmerksomhet,
            category=concern.category if concern else Category.TILTAK_AND_EVALUATION,
            status=ProposalStatus.PROPOSED,
            round=case.round,
        )
    ).id


@use_case(Action.WRITE)
def decide(
    case: OpenCase,
    *,
    proposal: UUID,
    status: ProposalStatus,
    decided_by: UUID,
    oppmerksomhet: UUID | None,
    version: int,
) -> UUID:
    """Write down what the family says to it. The one who offered it does it, until somebody else is chosen."""
    check_here(case.step, case.status, Step.PLANLEGG_TILTAK)
    row = case.get(TiltakProposal, proposal, version)
    rule.check_decided(row.status, status)
    family = {p.id for p in people.people(case) if p.kind is not PersonKind.STAFF}
    if decided_by not in family:
        raise Refused(Reason.NOT_A_CHOICE, field="decided_by")
    if status is ProposalStatus.ACCEPTED:
        row.tiltak_id = _tiltak_of(case, row, oppmerksomhet)
    row.status, row.decided_by_id = status, decided_by
    return row.id


def _tiltak_of(case: OpenCase, offered: TiltakProposal, chosen: UUID | None) -> UUID:
    people.check_responsible(case, offered.offered_by_id, "proposal")
    concern = _concern(story.oppmerksomheter(case), offered.oppmerksomhet_id or chosen)
    return case.new(
        Tiltak(
            text=offered.text,
            responsible_id=offered.offered_by_id,
            oppmerksomhet_id=concern.id,
            goal_id=concern.goal.id,
            category=concern.category,
            start=case.today,
            family_says=FamilySays.AGREES,
            round=case.round,
            order_no=len(story.tiltak(case)) + 1,
        )
    ).id


def _concern(concerns: Sequence[OppmerksomhetView], key: UUID | None) -> OppmerksomhetView:
    """Return the concern it lies under; the only open one need not be chosen."""
    open_now = [c for c in concerns if c.closed_round is None]
    found = open_now if key is None and len(open_now) == 1 else [c for c in open_now if c.id == key]
    if not found:
        raise Refused(Reason.MISSING if key is None else Reason.NOT_A_CHOICE, field="oppmerksomhet")
    return found[0]

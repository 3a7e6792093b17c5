"""When the family has spoken, the gate follows at once: the windows, the draft that opens, the level that falls or rises."""

from bti.casework.door import OpenCase
from bti.casework.ground.policy import policy, policy_mark
from bti.rules import consent as gate
from bti.rules.consent import ConsentState, Purpose
from bti.rules.workflow import CaseStatus, Level
from bti.store import sharing
from bti.store.facts import consent_facts


def let_the_gate_follow(case: OpenCase) -> None:
    """Work the windows out anew; a first yes opens the log, and when every other service is refused the level falls (R-10)."""
    windows = sharing.rebuild(case.session, case.id, policy(), policy_mark())
    row = case.own_row()
    if row.status is CaseStatus.DRAFT and any(w.opens <= case.at < w.closes for w in windows):
        row.status = CaseStatus.OPEN
    facts = consent_facts(case.session, case.id, policy())
    states = {
        gate.state(facts, r.service, Purpose.COOPERATE, case.at)
        for r in facts.requests
        if r.purpose is Purpose.COOPERATE and r.service != case.owner_service_id
    }
    if states == {ConsentState.REFUSED} and row.level is Level.MUNICIPAL:
        row.level = Level.OWN_SERVICE
    elif ConsentState.ACTIVE in states and row.level is Level.OWN_SERVICE:
        row.level = Level.MUNICIPAL

"""The family is asked: for the first time, anew, or only about more. It opens nothing by itself (R-04, R-06)."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from uuid import UUID

from bti.casework.consent.consent_standings import first_to_end, standings
from bti.casework.consent.consent_views import Asked, asked_for, current_consent, last_day, may_be_asked, newest_consent
from bti.casework.door import OpenCase, use_case
from bti.casework.ground.policy import policy
from bti.casework.people.people import PersonKind, people
from bti.errors import Reason, Refused
from bti.rules import consent as gate
from bti.rules.access import Action
from bti.rules.consent import ConsentLevel
from bti.rules.workflow import SHARES
from bti.store.facts import consent_facts
from bti.store.tables import Consent, ConsentRequest


@use_case(Action.RECORD_CONSENT, modes=SHARES)
def ask_family(
    case: OpenCase,
    *,
    asked: Sequence[Asked],
    not_to_share: str,
    whole_year: bool,
    information_given: bool,
) -> UUID:
    """Write down what the family is asked about, after the information was given (R-04). It opens nothing by itself."""
    _check(case, asked, information_given=information_given)
    return _written(
        case,
        asked,
        Consent(
            valid_from=case.today,
            valid_to=last_day(case, whole_year=whole_year),
            not_to_share=not_to_share,
            supersedes_id=newest_consent(case),
        ),
    )


@use_case(Action.RECORD_CONSENT, modes=SHARES)
def ask_for_more(case: OpenCase, *, asked: Sequence[Asked], not_to_share: str, information_given: bool) -> UUID:
    """Ask about a service that came later, a higher level or an addition, and about nothing else (R-06).

    What the family has said before stands, and is not asked for again. The supplement ends with what it adds to.
    """
    _check(case, asked, information_given=information_given)
    stands = current_consent(case)
    if stands is None or stands.valid_to < case.today:  # what is over can be shown still, when it was refused
        raise Refused(Reason.CHOOSE_CONSENT, field="services")
    return _written(
        case,
        asked,
        Consent(
            valid_from=case.today,
            valid_to=_ends(case, asked, stands.valid_to),
            not_to_share=not_to_share,
            adds_to_id=stands.id,
        ),
    )


@use_case(Action.RECORD_CONSENT, modes=SHARES)
def ask_to_renew(
    case: OpenCase,
    *,
    asked: Sequence[Asked],
    not_to_share: str,
    whole_year: bool,
    information_given: bool,
) -> UUID:
    """Ask the family before the consent ends. What is answered counts from the day after it has ended (R-03, R-09)."""
    _check(case, asked, information_given=information_given)
    ends = first_to_end(standings(case))
    if ends is None:
        raise Refused(Reason.CHOOSE_CONSENT, field="services")
    if not gate.is_near(ends, case.today, policy().ahead_days):
        raise Refused(Reason.TOO_EARLY_TO_RENEW, field="services", dato=ends - timedelta(days=policy().ahead_days))
    begins = ends + timedelta(days=1)
    return _written(
        case,
        asked,
        Consent(
            valid_from=begins,
            valid_to=last_day(case, whole_year=whole_year, given=begins),
            not_to_share=not_to_share,
            supersedes_id=newest_consent(case),
        ),
    )


@use_case(Action.RECORD_CONSENT, modes=SHARES)
def note_child_told(case: OpenCase, *, consent: UUID, told_by: UUID) -> UUID:
    """Note who has told the child who is told what, and asked what it thinks. It is never a consent, and opens nothing."""
    row = case.get(Consent, consent)
    if told_by not in {p.id for p in people(case) if p.kind is not PersonKind.CHILD}:
        raise Refused(Reason.NOT_A_CHOICE, field="told_by")
    row.child_told_by = told_by
    return row.id


def ask_for_nothing(case: OpenCase, services: Collection[UUID]) -> UUID:
    """Add what a no to all of the services stands under: it supersedes what was asked before, and waits for nobody (R-10)."""
    if any(case.reads_by_owning(one) for one in services):
        raise Refused(Reason.NOT_A_CHOICE, field="services")
    until = last_day(case, whole_year=False)
    consent = Consent(valid_from=case.today, valid_to=until, not_to_share="", supersedes_id=newest_consent(case))
    return _written(case, [Asked(service, ConsentLevel.NO) for service in services], consent)


def _check(case: OpenCase, asked: Sequence[Asked], *, information_given: bool) -> None:
    if not asked or any(a.level is ConsentLevel.NO for a in asked):
        raise Refused(Reason.CHOOSE_CONSENT, field="services")
    if not information_given:
        raise Refused(Reason.INFORMATION_FIRST, field="information_given")
    if not {a.service for a in asked} <= may_be_asked(case):
        raise Refused(Reason.NOT_A_CHOICE, field="services")


def _ends(case: OpenCase, asked: Sequence[Asked], until: date) -> date:
    facts = consent_facts(case.session, case.id, policy())
    return gate.ends_with(facts, [a.service for a in asked], asked_for(case), until, case.at)


def _written(case: OpenCase, asked: Sequence[Asked], consent: Consent) -> UUID:
    """Add the consent and the services it asks about."""
    consent.purpose, consent.information_given_at = asked_for(case), case.at
    consent.recorded_by, consent.recorded_at = case.actor.id, case.at
    key = case.new(consent).id
    for one in asked:
        case.new(ConsentRequest(consent_id=key, service_id=one.service, level=one.level, additions=one.additions))
    return key

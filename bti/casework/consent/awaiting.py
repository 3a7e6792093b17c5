"""Over the cases of a list: is the family to be asked anew, and has somebody who must answer not answered (R-02, R-03, R-06).

The rule is rules/consent. A list of many cases is one statement, so what it needs of the rule is said here over columns;
a test draws what families say, and compares the two.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from bti.casework.consent import notice
from bti.casework.ground.policy import policy
from bti.rules.consent import (
    ADULT,
    NAMES_WHO_ANSWERS,
    Category,
    ConsentLevel,
    DecisionKind,
    DecisionValue,
    Purpose,
    birthday,
)
from bti.rules.people import GuardianRelation, SubjectType
from bti.rules.workflow import SHARES, CaseStatus
from bti.store.tables import (
    Case,
    CaseDecision,
    CaseDecisionConsenter,
    CaseReopened,
    Child,
    Consent,
    ConsentAnswer,
    ConsentDeclaration,
    ConsentRequest,
    ConsentWithdrawal,
    Guardian,
    Sharing,
)

_TODAY: Final[BindParameter[Any]] = bindparam("today")
_IS_SHARED: Final = and_(Case.status != CaseStatus.CLOSED, Case.stafettlogg_mode.in_(SHARES))


def asked_with(today: date) -> dict[str, object]:
    """Return what it is asked with, besides of what the door asks: the ages, and who answers from the first of them on."""
    decided = policy()
    return {
        "of_age_when_born": birthday(today, -ADULT),
        "youth_when_born": birthday(today, -decided.youth_age),
        "youth_rule": DecisionValue(decided.youth_rule.value),
    }


def _some(*rows: Any, where: Iterable[ColumnElement[bool]]) -> ColumnElement[bool]:
    """Say whether there are such rows; whatever else is named belongs to the statement around, however far out."""
    return exists().where(*where).correlate_except(*rows)


def _is_for_now(consent: Any) -> ColumnElement[bool]:
    """Over a consent: it is of this case, and for what the family is asked for now (R-08)."""
    is_outside = Case.status == CaseStatus.ESCALATING
    return and_(consent.case_id == Case.id, (consent.purpose == Purpose.EXTERNAL_HELP) == is_outside)


def _is_since(consent: Any) -> ColumnElement[bool]:
    """Over a consent: it was asked after the log was opened again, or made digital at last."""
    return and_(
        or_(Case.digital_since.is_(None), Case.digital_since <= consent.recorded_at),
        ~_some(
            CaseReopened,
            where=(CaseReopened.case_id == Case.id, CaseReopened.reopened_at > consent.recorded_at),
        ),
    )


def _runs(consent: Any) -> ColumnElement[bool]:
    """Over a consent: the family was asked as a whole, it is not over, and nothing that has begun came in its place."""
    newer = aliased(Consent)
    in_its_place = (
        newer.case_id == consent.case_id,
        newer.purpose == consent.purpose,
        newer.adds_to_id.is_(None),
        newer.valid_from <= _TODAY,
        newer.recorded_at > consent.recorded_at,
    )
    is_whole = and_(consent.adds_to_id.is_(None), consent.valid_to >= _TODAY)
    return and_(_is_for_now(consent), _is_since(consent), is_whole, ~_some(newer, where=in_its_place))


def _spoke_later(person: Any, service: Any, at: Any) -> ColumnElement[bool]:
    said, answer = aliased(ConsentDeclaration), aliased(ConsentAnswer)
    later = (
        said.case_id == Case.id,
        said.guardian_id.is_not_distinct_from(person),
        said.recorded_at > at,
        answer.declaration_id == said.id,
        answer.service_id == service,
    )
    return _some(said, answer, where=later)


def _is_refused(service: Any, since: Any) -> ColumnElement[bool]:
    """Over a service: somebody's newest word on it since then is a no, or that the yes is taken back. Nobody is asked again."""
    said, answer, back = aliased(ConsentDeclaration), aliased(ConsentAnswer), aliased(ConsentWithdrawal)
    no = (
        said.case_id == Case.id,
        said.recorded_at >= since,
        answer.declaration_id == said.id,
        answer.service_id == service,
        answer.level == ConsentLevel.NO,
        ~_spoke_later(said.guardian_id, service, said.recorded_at),
    )
    taken_back = (
        back.case_id == Case.id,
        back.service_id == service,
        back.at >= since,
        back.additions == frozenset(),
        ~_spoke_later(back.guardian_id, service, back.at),
    )
    return or_(_some(said, answer, where=no), _some(back, where=taken_back))


def _is_wanted(consent: Any, request: Any) -> ColumnElement[bool]:
    """Over a consent and a service it asks about: the family is asked to let it in, and has not said no."""
    return and_(
        request.consent_id == consent.id,
        request.level != ConsentLevel.NO,
        ~_is_refused(request.service_id, consent.recorded_at),
    )


_MAIN, _ASKED, _REQUEST = aliased(Consent), aliased(Consent), aliased(ConsentRequest)
_HAS_ASKING: Final = _some(_MAIN, where=(_is_for_now(_MAIN), _is_since(_MAIN)))
_ASKING_RUNS: Final = _some(_MAIN, where=(_runs(_MAIN),))
_WAS_WANTED: Final = _some(_ASKED, _REQUEST, where=(_is_for_now(_ASKED), _is_wanted(_ASKED, _REQUEST)))
_IS_DRAFT: Final = Case.status == CaseStatus.DRAFT

IS_TO_BE_ASKED: Final = and_(_IS_SHARED, ~_ASKING_RUNS, or_(_WAS_WANTED, and_(_IS_DRAFT, ~_HAS_ASKING)))
"""Over case: nothing the family was asked counts now or later, and it has not said no to all of it (R-09, R-10)."""

_NAMING: Final = (
    select(CaseDecision.id)
    .where(
        CaseDecision.case_id == Case.id,
        CaseDecision.value.in_(NAMES_WHO_ANSWERS),
        ~notice.is_replaced(CaseDecision),
        or_(CaseDecision.kind == DecisionKind.CARE_ORDER, ~notice.under_care()),
    )
    .correlate_except(CaseDecision)
)
_newest_rule = aliased(CaseDecision)
YOUTH_RULE: Final = func.coalesce(
    select(_newest_rule.value)
    .where(_newest_rule.case_id == Case.id, _newest_rule.kind == DecisionKind.YOUTH_RULE)
    .order_by(_newest_rule.at.desc(), _newest_rule.id.desc())
    .limit(1)
    .correlate_except(_newest_rule)
    .scalar_subquery(),
    bindparam("youth_rule", type_=CaseDecision.value.type),
)
"""Over case: how the youth and the guardians answer together, by the newest decision for the child or by the kommune (R-03)."""
_IS_BORN: Final = Child.subject_type != SubjectType.PREGNANCY
_IS_YOUTH: Final = Child.birth_date <= bindparam("youth_when_born")
_IS_OF_AGE: Final = Child.birth_date <= bindparam("of_age_when_born")


def _has_answered(consent: Any, person: Any) -> ColumnElement[bool]:
    said, answer = aliased(ConsentDeclaration), aliased(ConsentAnswer)
    of_her = said.guardian_id.is_(None) if person is None else said.guardian_id == person
    return _some(said, answer, where=(said.consent_id == consent.id, of_her, answer.declaration_id == said.id))


def _guardian_answers(guardian: Any) -> ColumnElement[bool]:
    """Over a guardian: this one must answer now, as the rule ``required`` says it (R-03)."""
    of_her = (CaseDecisionConsenter.decision_id.in_(_NAMING), CaseDecisionConsenter.guardian_id == guardian.id)
    named = _some(CaseDecisionConsenter, where=of_her)
    of_a_child = and_(
        _IS_BORN,
        or_(guardian.valid_from.is_(None), guardian.valid_from <= _TODAY),
        or_(guardian.valid_to.is_(None), guardian.valid_to >= _TODAY),
        case((_NAMING.exists(), named), else_=guardian.has_parental_responsibility),
        ~_IS_OF_AGE,
        ~and_(_IS_YOUTH, YOUTH_RULE == DecisionValue.ALONE),
    )
    return or_(of_a_child, and_(~_IS_BORN, guardian.relation == GuardianRelation.MOTHER))


def _somebody_is_silent(consent: Any) -> ColumnElement[bool]:
    """Over a consent: somebody who must answer has not, so that what is asked is not opened (R-02)."""
    guardian = aliased(Guardian)
    silent = (guardian.child_id == Case.child_id, _guardian_answers(guardian), ~_has_answered(consent, guardian.id))
    of_guardians = _some(guardian, where=silent)
    child_has = _has_answered(consent, None)
    either = and_(_IS_YOUTH, ~_IS_OF_AGE, YOUTH_RULE == DecisionValue.OR)
    child_must = and_(_IS_BORN, or_(_IS_OF_AGE, and_(_IS_YOUTH, YOUTH_RULE != DecisionValue.OR)))
    return or_(and_(of_guardians, ~and_(either, child_has)), and_(child_must, ~child_has))


_SOMEBODY_WAITS: Final = _some(
    _MAIN,
    _ASKED,
    _REQUEST,
    where=(
        _runs(_MAIN),
        _MAIN.valid_from <= _TODAY,
        or_(_ASKED.id == _MAIN.id, _ASKED.adds_to_id == _MAIN.id),
        _ASKED.valid_to >= _TODAY,
        _is_wanted(_ASKED, _REQUEST),
        _somebody_is_silent(_ASKED),
    ),
)
IS_WAITED_FOR: Final = and_(_IS_SHARED, ~IS_TO_BE_ASKED, or_(_SOMEBODY_WAITS, and_(_IS_DRAFT, _HAS_ASKING)))
"""Over case and child: somebody who must answer has not, under an asking that counts; or nothing has opened the log yet."""

CHILD_IS_SILENT: Final = and_(
    _IS_SHARED,
    YOUTH_RULE != DecisionValue.OR,
    _some(
        _MAIN,
        _REQUEST,
        where=(
            _runs(_MAIN),
            _MAIN.valid_from <= _TODAY,
            _is_wanted(_MAIN, _REQUEST),
            ~_has_answered(_MAIN, None),
        ),
    ),
)
"""Over case: the child has not answered what the family is asked now, and no guardian's answer is enough for both."""
LAST_CLOSES: Final = (
    select(func.max(Sharing.closes))
    .where(
        Sharing.case_id == Case.id,
        Sharing.purpose == Purpose.COOPERATE,
        Sharing.category == Category.TILTAK_AND_EVALUATION,
        Sharing.policy == bindparam("policy"),
    )
    .correlate(Case)
    .scalar_subquery()
)
"""Over case: until when some service sees it, or saw it."""

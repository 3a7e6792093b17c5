"""The child's and the guardians' own facts are put right; what follows for consent is shown first (R-67)."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, select

from bti import clock
from bti.casework.door import OpenCase, use_case
from bti.casework.ground.naming import service_name, split_name
from bti.casework.ground.policy import policy, policy_mark
from bti.casework.people import transferring
from bti.casework.people.family_facts import GUARDIANS, address_of, may_see
from bti.errors import Reason, Refused
from bti.language import _, long_date
from bti.rules import consent as gate
from bti.rules.access import Action
from bti.rules.family import Consequence, Corrected, ReceivesInformation, consequence, may_read_by_agreement
from bti.rules.people import GuardianRelation, ParticipantKind, SubjectType
from bti.rules.subject import check_due
from bti.rules.workflow import ANY_MODE, CaseStatus, StafettloggMode
from bti.store import sharing
from bti.store.facts import consents
from bti.store.tables import Child, Correction, Guardian, Participant, PhoneAgreement

PUT_RIGHT: Final = ("name", "relation", "has_parental_responsibility", "valid_from", "valid_to")


@use_case(Action.LEAD, modes=ANY_MODE)
def correct_child(
    case: OpenCase,
    *,
    name: str,
    birth_date: date | None,
    due_date: date | None,
    group: str,
    understood: bool,
    version: int,
) -> UUID:
    """Put the child's name, birth date or class right (R-67). A pregnancy becomes a child when its birth date is written."""
    check_open(case)
    row = case.session.get_one(Child, case.child_id)
    case.check_version(row, version)
    _check_days(case, row, birth_date, due_date)
    day = birth_date or due_date
    expecting = {} if birth_date is None else {"expecting": None}
    _check_understood(case, understood, lambda facts: replace(facts, birth_date=day, **expecting))
    given, family = split_name(name)
    if birth_date is None:
        given, family = name, ""
    new = {"given_names": given, "family_name": family, "birth_date": birth_date, "group": group.upper()}
    due = None if birth_date else due_date
    row.subject_type = SubjectType.CHILD if birth_date else SubjectType.PREGNANCY
    _put_right(case, row, Corrected.CHILD, new | {"due_date": due})
    _rebuild(case)
    return row.id


def _check_days(case: OpenCase, row: Child, born: date | None, due: date | None) -> None:
    """Refuse what cannot be: a child that is born again, or tomorrow, and a pregnancy without a due date."""
    if born is None and row.birth_date is not None:
        raise Refused(Reason.MISSING, field="birth_date")
    if born is None and due is None:
        raise Refused(Reason.MISSING, field="due_date")
    if born is None and due is not None and due != row.due_date:
        check_due(due, case.today)
    if born is not None and born > case.today:
        raise Refused(Reason.IN_THE_FUTURE, field="birth_date")


@use_case(Action.LEAD, modes=ANY_MODE)
def correct_guardian(
    case: OpenCase,
    *,
    guardian: UUID | None,
    name: str,
    relation: GuardianRelation,
    has_parental_responsibility: bool,
    valid_from: date | None,
    valid_to: date | None,
    by_mistake: bool,
    understood: bool,
    version: int,
) -> UUID:
    """Put a guardian right, or add one who was left out. One entered by mistake never had anything to answer (R-67)."""
    check_open(case)
    if by_mistake:
        valid_from = valid_to = clock.day(case.row.opened_at) - timedelta(days=1)
    if valid_from and valid_to and valid_to < valid_from:
        raise Refused(Reason.AWAY_BACKWARDS, field="valid_to")
    row = _guardian(case, guardian, version)
    as_fact = gate.Guardian(row.id, has_parental_responsibility, valid_from, valid_to)
    _check_understood(case, understood, lambda facts: _with_guardian(facts, as_fact))
    new = dict(zip(PUT_RIGHT, (name, relation, has_parental_responsibility, valid_from, valid_to), strict=True))
    _put_right(case, row, Corrected.GUARDIAN, new)
    _takes_part(case, row, is_over=valid_to is not None and valid_to < case.today)
    _rebuild(case)
    return row.id


@use_case(Action.LEAD, modes=ANY_MODE)
def save_contact(
    case: OpenCase,
    *,
    guardian: UUID,
    phone: str,
    phoned_by: Collection[UUID],
    lives_with_child: bool,
    receives_information: ReceivesInformation | None,
    language: str,
    interpreter_language: str,
    why_not: str,
    version: int,
) -> UUID:
    """Write how a guardian is reached and informed, and who has agreed to phone (R-71). It changes no consent.

    On paper it is not written why somebody is not with us: that is a sentence of the family's (R-69).
    """
    check_open(case)
    is_on_paper = case.mode is StafettloggMode.PAPER
    if is_on_paper and why_not:
        raise Refused(Reason.ON_PAPER, field="why_not")
    row = _guardian(case, guardian, version)
    if may_see(case, address_of(case), has_agreed=False):
        row.phone = phone or None
        case.session.execute(
            delete(PhoneAgreement).where(PhoneAgreement.case_id == case.id, PhoneAgreement.guardian_id == row.id)
        )
        for participant in phoned_by:
            case.new(PhoneAgreement(guardian_id=row.id, participant_id=participant))
    row.lives_with_child, row.receives_information = lives_with_child, receives_information
    row.language, row.interpreter_language = language or None, interpreter_language or None
    row.updated_by = case.actor.id
    if not is_on_paper:
        row.participates, row.why_not = not why_not, why_not or None
    return row.id


@use_case(Action.LEAD)
def agree_on_reading(case: OpenCase, *, guardian: UUID, agreed: bool) -> UUID:
    """Write down that the family agrees that a foster parent reads as one of it, or that it no longer does (R-64)."""
    row = _guardian(case, guardian, None)
    part = _part_of(case, row)
    is_hers = may_read_by_agreement(row.relation, has_parental_responsibility=row.has_parental_responsibility)
    if part is None or not is_hers:
        raise Refused(Reason.NOT_A_CHOICE, field="guardian")
    part.agreed_with_family_at, part.updated_by = case.at if agreed else None, case.actor.id
    return row.id


def _guardian(case: OpenCase, guardian: UUID | None, version: int | None) -> Guardian:
    """Return the guardian of this child, or a new one that is not one of the family until it is saved."""
    if guardian is None:
        rows = case.session.execute(GUARDIANS, {"child": case.child_id}).all()
        row = Guardian(
            child_id=case.child_id,
            name="",
            relation=GuardianRelation.OTHER,
            has_parental_responsibility=False,
            order_no=len(rows) + 1,
        )
        case.session.add(row)
        case.session.flush()
        return row
    found = case.session.get(Guardian, guardian)
    if found is None or found.child_id != case.child_id:
        raise Refused(Reason.NOT_YOURS)
    case.check_version(found, version)
    return found


def _takes_part(case: OpenCase, guardian: Guardian, *, is_over: bool) -> None:
    """Let a new guardian take part, and one whose time is over no longer (R-67)."""
    part = _part_of(case, guardian)
    if part is None:
        part = case.new(Participant(guardian_id=guardian.id, kind=ParticipantKind.FAMILY, joined_at=case.at))
    part.left_at, part.updated_by = case.at if is_over else None, case.actor.id


def _part_of(case: OpenCase, guardian: Guardian) -> Participant | None:
    wanted = select(Participant).where(Participant.case_id == case.id, Participant.guardian_id == guardian.id)
    return case.session.execute(wanted).scalar_one_or_none()


def _put_right(case: OpenCase, row: Any, kind: Corrected, new: Mapping[str, Any]) -> None:
    before = {name: getattr(row, name) for name in new}
    for name, value in new.items():
        setattr(row, name, value)
    row.updated_by = case.actor.id
    for name, value in new.items():
        if before[name] != value:
            case.new(
                Correction(
                    object=kind,
                    object_id=row.id,
                    field=name,
                    old=_as_text(before[name]),
                    new=_as_text(value),
                    by=case.actor.id,
                    at=case.at,
                )
            )


def _check_understood(case: OpenCase, understood: bool, change: Any) -> None:
    """Refuse until what follows has been read: who answers, from when, and who sees less (R-67)."""
    facts, services, _ = consents(case.session, case.id, policy())
    follows = consequence(facts, change(facts), case.at)
    if follows and not understood:
        names = {s.id: service_name(s) for s in services}
        raise Refused(Reason.CHANGES_WHO_ANSWERS, field="understood", hva=_said(case, follows, names))


def _said(case: OpenCase, follows: Consequence, services: Mapping[UUID, str]) -> str:
    rows = case.session.execute(GUARDIANS, {"child": case.child_id}).all()
    names = {row.id: row.name for row in rows} | {case.child_id: case.row.given_names}
    parts = [_("{navn} skal svare", navn=names.get(one) or _("den nye")) for one in follows.now_answer]
    parts += [_("{navn} skal ikke lenger svare", navn=names[one]) for one in follows.no_longer_answer]
    if follows.child_answers_from:
        day = long_date(follows.child_answers_from)
        parts.append(_("{navn} skal selv svare fra {dato}", navn=case.row.given_names, dato=day))
    parts += [_("{tjeneste} ser mindre", tjeneste=services.get(one, "")) for one in follows.see_less]
    return "; ".join(sorted(parts))


def _with_guardian(facts: gate.Facts, new: gate.Guardian) -> gate.Facts:
    others = tuple(g for g in facts.guardians if g.id != new.id)
    return replace(facts, guardians=(*others, new))


def check_open(case: OpenCase) -> None:
    """Refuse to put anything right in a log that is closed."""
    if case.status is CaseStatus.CLOSED:
        raise Refused(Reason.CASE_CLOSED)


def _rebuild(case: OpenCase) -> None:
    """Work the windows out anew in the same transaction: what was opened by a wrong date shuts with it.

    Who answers from now on has not said yes to a change of school that is going to happen.
    """
    transferring.while_all_agree(case)
    sharing.rebuild(case.session, case.id, policy(), policy_mark())


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nei"
    return value.isoformat() if isinstance(value, date) else str(value or "")

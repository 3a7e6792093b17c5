"""What the family has answered: facts that are added and never changed. And the windows that follow from them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bti.rules.consent import (
    Category,
    ConsentAddition,
    ConsentForm,
    ConsentLevel,
    DecisionKind,
    DecisionValue,
    Notice,
    Purpose,
)
from bti.rules.people import AccessRole
from bti.rules.privacy import MEDIUM
from bti.store.tables.base import Base, Keyed, OfCase, short, within_case


class Consent(OfCase, Base):
    """What the family was asked about, once: which services, for what, until when."""

    __tablename__ = "consent"
    constraints = (
        within_case("supersedes_id", table="consent"),
        within_case("adds_to_id", table="consent"),
        within_case("child_told_by", table="participant"),
        ForeignKeyConstraint(["recorded_by"], ["staff_user.id"]),
        CheckConstraint("valid_from <= valid_to", name="period"),
        CheckConstraint("adds_to_id IS NULL OR supersedes_id IS NULL", name="adds_or_supersedes"),
    )

    purpose: Mapped[Purpose]
    valid_from: Mapped[date]
    valid_to: Mapped[date]
    information_given_at: Mapped[datetime]
    not_to_share: Mapped[str] = short(MEDIUM)
    recorded_by: Mapped[UUID]
    recorded_at: Mapped[datetime]
    supersedes_id: Mapped[UUID | None]
    adds_to_id: Mapped[UUID | None]
    """The consent this one is a supplement to: only what is added waits for an answer (R-06)."""
    child_told_by: Mapped[UUID | None]
    """Who has told a child below the age who is told what, and asked what it thinks. Never a consent."""


class ConsentRequest(OfCase, Base):
    """A service the family was asked about under a consent, and what was read back to them before the yes."""

    __tablename__ = "consent_request"
    constraints = (
        within_case("consent_id", table="consent"),
        ForeignKeyConstraint(["service_id"], ["service.id"]),
        UniqueConstraint("consent_id", "service_id"),
    )

    consent_id: Mapped[UUID]
    service_id: Mapped[UUID]
    level: Mapped[ConsentLevel]
    additions: Mapped[frozenset[ConsentAddition]]


class ConsentDeclaration(OfCase, Base):
    """One consenter's word under a consent: a guardian's, or the child's own when ``guardian_id`` is empty."""

    __tablename__ = "consent_declaration"
    constraints = (
        within_case("consent_id", table="consent"),
        within_case("meeting_id", table="meeting"),
        ForeignKeyConstraint(["guardian_id"], ["guardian.id"]),
        ForeignKeyConstraint(["recorded_by"], ["staff_user.id"]),
        CheckConstraint("given_at <= recorded_at", name="given_before_recorded"),
        CheckConstraint("(meeting_id IS NULL) = (meeting_ends IS NULL)", name="meeting_ends"),
    )

    consent_id: Mapped[UUID]
    guardian_id: Mapped[UUID | None]
    given_at: Mapped[datetime]
    counts_from: Mapped[datetime]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID]
    form: Mapped[ConsentForm]
    explained_in: Mapped[str | None] = short(60)
    about_me: Mapped[frozenset[UUID] | None]
    meeting_id: Mapped[UUID | None]
    meeting_ends: Mapped[datetime | None]
    """When the meeting is over in which the answer counts without a reference: the day's end, or earlier (R-05)."""


class ConsentAnswer(OfCase, Base):
    """A declaration's answer for one service."""

    __tablename__ = "consent_answer"
    constraints = (
        within_case("declaration_id", table="consent_declaration"),
        ForeignKeyConstraint(["service_id"], ["service.id"]),
        UniqueConstraint("declaration_id", "service_id"),
    )

    declaration_id: Mapped[UUID]
    service_id: Mapped[UUID]
    level: Mapped[ConsentLevel]
    additions: Mapped[frozenset[ConsentAddition]]
    exclusions: Mapped[frozenset[Category]]


class ConsentEvidence(OfCase, Base):
    """Where an oral answer is written down, or where the paper lies (R-05). May come later."""

    __tablename__ = "consent_evidence"
    constraints = (
        within_case("declaration_id", table="consent_declaration"),
        ForeignKeyConstraint(["recorded_by"], ["staff_user.id"]),
    )

    declaration_id: Mapped[UUID]
    reference: Mapped[str] = short()
    at: Mapped[datetime]
    recorded_by: Mapped[UUID]


class ConsentWithdrawal(OfCase, Base):
    """A consenter has taken back what a service may see, or some additions. There is no column for a reason (R-07)."""

    __tablename__ = "consent_withdrawal"
    constraints = (
        ForeignKeyConstraint(["guardian_id"], ["guardian.id"]),
        ForeignKeyConstraint(["service_id"], ["service.id"]),
        ForeignKeyConstraint(["received_by"], ["staff_user.id"]),
    )

    guardian_id: Mapped[UUID | None]
    service_id: Mapped[UUID]
    additions: Mapped[frozenset[ConsentAddition]]
    at: Mapped[datetime]
    received_by: Mapped[UUID]


class Narrowing(OfCase, Base):
    """The family keeps a service out of one oppmerksomhet and all under it, or lifts that again. The newest counts."""

    __tablename__ = "narrowing"
    constraints = (
        within_case("oppmerksomhet_id", table="oppmerksomhet"),
        ForeignKeyConstraint(["service_id"], ["service.id"]),
        ForeignKeyConstraint(["recorded_by"], ["staff_user.id"]),
    )

    oppmerksomhet_id: Mapped[UUID]
    service_id: Mapped[UUID]
    kept_out: Mapped[bool]
    said_by: Mapped[str] = short()
    at: Mapped[datetime]
    recorded_by: Mapped[UUID]


class CaseDecision(OfCase, Base):
    """What is decided for this child beside the kommune's rule, by whom and why. Added, never changed; the newest counts."""

    __tablename__ = "case_decision"
    constraints = (
        ForeignKeyConstraint(["recorded_by"], ["staff_user.id"]),
        CheckConstraint("(kind = 'strict_address') = (approver IS NOT NULL)", name="approver"),
    )

    kind: Mapped[DecisionKind]
    value: Mapped[DecisionValue]
    decided_by: Mapped[str] = short(MEDIUM)
    decided_on: Mapped[date]
    reason: Mapped[str] = short(MEDIUM)
    approver: Mapped[AccessRole | None]
    at: Mapped[datetime]
    recorded_by: Mapped[UUID]


class CaseDecisionConsenter(OfCase, Base):
    """A guardian a decision says must answer."""

    __tablename__ = "case_decision_consenter"
    constraints = (
        within_case("decision_id", table="case_decision"),
        ForeignKeyConstraint(["guardian_id"], ["guardian.id"]),
        UniqueConstraint("decision_id", "guardian_id"),
    )

    decision_id: Mapped[UUID]
    guardian_id: Mapped[UUID]


class CaseDecisionNotice(OfCase, Base):
    """That a guardian who does not answer has been told who does, or cannot be told; one who comes later has none yet (R-03)."""

    __tablename__ = "case_decision_notice"
    constraints = (
        within_case("decision_id", table="case_decision"),
        ForeignKeyConstraint(["guardian_id"], ["guardian.id"]),
        ForeignKeyConstraint(["recorded_by"], ["staff_user.id"]),
        UniqueConstraint("decision_id", "guardian_id"),
    )

    decision_id: Mapped[UUID]
    guardian_id: Mapped[UUID]
    notice: Mapped[Notice]
    at: Mapped[datetime]
    recorded_by: Mapped[UUID]


class StrictAddressApproval(Keyed, Base):
    """One of the two approvals a child with strengt fortrolig address needs before there is any log (R-60).

    The child is known by a keyed mark of name and birth date: no name of such a child lies here before both have said yes.
    """

    __tablename__ = "strict_address_approval"
    __table_args__ = (ForeignKeyConstraint(["approved_by"], ["staff_user.id"]),)

    child_mark: Mapped[str] = mapped_column(String(64), index=True)
    approver: Mapped[AccessRole]
    approved_by: Mapped[UUID]
    reason: Mapped[str] = short(MEDIUM)
    at: Mapped[datetime]


class Sharing(OfCase, Base):
    """The gate's answer, worked out by the rule when a fact was written: ``opens`` ≤ now < ``closes``.

    The reader is a service, or a ``person`` of the family for what is ``about`` a guardian (R-59). A row made under another policy than today's counts as shut until it has been worked out again.
    """

    __tablename__ = "sharing"
    constraints = (
        ForeignKeyConstraint(["service_id"], ["service.id"]),
        ForeignKeyConstraint(["about"], ["guardian.id"]),
        CheckConstraint("(service_id IS NULL) <> (person IS NULL)", name="one_reader"),
        CheckConstraint("person IS NULL OR about IS NOT NULL", name="family_reads_by_relation"),
        CheckConstraint("about IS NULL OR category = 'family_home'", name="about_a_guardian"),
        CheckConstraint("opens < closes", name="stretch"),
        CheckConstraint("category <> 'child_statements'", name="never_the_childs_words"),
        Index("ix_sharing_case_id_service_id", "case_id", "service_id"),
    )

    service_id: Mapped[UUID | None]
    person: Mapped[UUID | None]
    category: Mapped[Category]
    about: Mapped[UUID | None]
    purpose: Mapped[Purpose]
    opens: Mapped[datetime]
    closes: Mapped[datetime]
    policy: Mapped[str] = mapped_column(String(16))

"""Services, accounts, children and guardians."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from bti.rules import privacy
from bti.rules.family import ReceivesInformation
from bti.rules.people import (
    AccessRole,
    GuardianRelation,
    ProtectedAddress,
    ServiceKind,
    ServiceOwner,
    ServiceScope,
    StaffRole,
    SubjectType,
    WrittenNorm,
)
from bti.store.tables.base import Base, Keyed, Versioned, Words, now, short


class Installation(Base):
    """The one row that says what this database is. Whether it is a demo is written when it is made, and never changed."""

    __tablename__ = "installation"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    demo: Mapped[bool]
    made_at: Mapped[datetime]


class Service(Keyed, Versioned, Base):
    """A unit that may take part: the school, PPT, the health station."""

    __tablename__ = "service"

    code: Mapped[str] = mapped_column(String(40), unique=True)
    name_nb: Mapped[str] = short()
    name_nn: Mapped[str] = short()
    kind: Mapped[ServiceKind]
    scope: Mapped[ServiceScope] = mapped_column(default=ServiceScope.MUNICIPAL)
    owner: Mapped[ServiceOwner] = mapped_column(default=ServiceOwner.KOMMUNE)
    agreement_date: Mapped[date | None]
    may_create: Mapped[bool] = mapped_column(default=False)
    sensitive_membership: Mapped[bool] = mapped_column(default=False)
    why_nb: Mapped[str] = short(200)
    why_nn: Mapped[str] = short(200)
    archive_unit: Mapped[str | None] = short()
    phone: Mapped[str | None] = short(privacy.PHONE)
    contact: Mapped[str | None] = short()


class StaffUser(Keyed, Versioned, Base):
    """A person with an account. Which cases she sees is decided by taking part, never by the account."""

    __tablename__ = "staff_user"

    username: Mapped[str] = mapped_column(String(120), unique=True)
    display_name: Mapped[str] = short()
    title: Mapped[str] = short()
    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id"), index=True)
    access_role: Mapped[AccessRole]
    staff_role: Mapped[StaffRole] = mapped_column(default=StaffRole.OTHER)
    groups: Mapped[str] = mapped_column(Words(200), default="")
    away_from: Mapped[date | None]
    away_to: Mapped[date | None]
    work_phone: Mapped[str | None] = short(privacy.PHONE)
    language: Mapped[str] = mapped_column(String(2), default="nb")
    password_hash: Mapped[str | None] = short(200)
    active: Mapped[bool] = mapped_column(default=True)
    ended_at: Mapped[datetime | None]


class Login(Keyed, Base):
    """One sign-in of one person in one browser. Only the hash of its token is kept."""

    __tablename__ = "login"

    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("staff_user.id"), index=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class SignInAttempt(Keyed, Base):
    """A sign-in that failed, by account and by address, so that the throttle survives a restart."""

    __tablename__ = "sign_in_attempt"

    key: Mapped[str] = mapped_column(String(160), index=True)
    at: Mapped[datetime] = mapped_column(default=now)


class Child(Keyed, Versioned, Base):
    """The child. No address, no fødselsnummer; the birth date serves the age rules only (R-51)."""

    __tablename__ = "child"
    __table_args__ = (
        CheckConstraint("(subject_type = 'pregnancy') = (birth_date IS NULL)", name="born"),
        CheckConstraint("(birth_date IS NULL) = (due_date IS NOT NULL)", name="due"),
    )

    given_names: Mapped[str] = short()
    family_name: Mapped[str] = short()
    subject_type: Mapped[SubjectType] = mapped_column(default=SubjectType.CHILD)
    birth_date: Mapped[date | None] = mapped_column(index=True)
    due_date: Mapped[date | None]
    protected_address: Mapped[ProtectedAddress] = mapped_column(default=ProtectedAddress.NONE)
    group: Mapped[str] = mapped_column(Words(40), default="")
    home_service_id: Mapped[UUID | None] = mapped_column(ForeignKey("service.id"))
    language: Mapped[str | None] = short(60)
    interpreter_language: Mapped[str | None] = short(60)
    communication_needs: Mapped[str | None] = short()
    written_norm: Mapped[WrittenNorm | None]


class Guardian(Keyed, Versioned, Base):
    """A guardian of the child. Only those with foreldreansvar must answer (R-03)."""

    __tablename__ = "guardian"

    child_id: Mapped[UUID] = mapped_column(ForeignKey("child.id"), index=True)
    name: Mapped[str] = short()
    relation: Mapped[GuardianRelation]
    has_parental_responsibility: Mapped[bool]
    blocked: Mapped[bool] = mapped_column(default=False)
    interpreter_language: Mapped[str | None] = short(60)
    language: Mapped[str | None] = short(60)
    phone: Mapped[str | None] = short(privacy.PHONE)
    lives_with_child: Mapped[bool] = mapped_column(default=True)
    receives_information: Mapped[ReceivesInformation | None]
    participates: Mapped[bool] = mapped_column(default=True)
    why_not: Mapped[str | None] = short()
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    order_no: Mapped[int] = mapped_column(default=0)

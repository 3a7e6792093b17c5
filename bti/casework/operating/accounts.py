"""Accounts: who may sign in. Made and ended from a command line or by the systemansvarlig; what one sees is decided elsewhere."""

import re
import secrets
from typing import Final
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from bti import clock, ids
from bti.casework.operating import passwords
from bti.errors import Reason, Refused
from bti.language import LANGUAGES
from bti.rules.people import AccessRole, Actor, StaffRole, check_not_own_account
from bti.rules.privacy import PHONE, SHORT, words
from bti.store import audit
from bti.store.current import database
from bti.store.tables import Case, Login, Participant, Service, StaffUser

SHORTEST: Final = 12
GROUPS: Final = 200
_USERNAME: Final = re.compile(r"[\w.@+-]{1,120}")
_READABLE: Final = "abcdefghijkmnpqrstuvwxyz23456789"
"""No l and 1, no o and 0: somebody types it from a screen."""


def made_password() -> str:
    """Return a password nobody has had, of a hundred bits, to be typed once from the screen."""
    return "-".join("".join(secrets.choice(_READABLE) for _ in range(5)) for _ in range(4))


def add_user(
    *,
    username: str,
    name: str,
    title: str,
    service: str,
    role: AccessRole,
    language: str,
    password: str,
    staff_role: StaffRole = StaffRole.OTHER,
    groups: str = "",
    work_phone: str = "",
    by: Actor | None = None,
) -> UUID:
    """Make an account, and write down that it was made and ``by`` whom. It opens no case: taking part in one does.

    Refused: a username in use or that cannot be one, no name, an unknown service, a password that is too easy.
    """
    chosen, called = username.strip().casefold(), words(name, SHORT)
    check_username(chosen)
    if not called:
        raise Refused(Reason.NAME_MISSING, field="name")
    if language not in LANGUAGES:
        raise Refused(Reason.NOT_A_CHOICE, field="language")
    _check_password(chosen, password)
    key = ids.new()
    row = {
        "id": key,
        "username": chosen,
        "display_name": called,
        "title": words(title, SHORT),
        "access_role": role,
        "language": language,
        "staff_role": staff_role,
        "groups": words(groups, GROUPS),
        "work_phone": words(work_phone, PHONE) or None,
        "password_hash": passwords.hashed(password),
    }
    with database().writing() as session:
        owner = session.execute(select(Service.id).where(Service.code == service)).scalar_one_or_none()
        if owner is None:
            raise Refused(Reason.NOT_A_CHOICE, field="service")
        if _account(session, chosen):
            raise Refused(Reason.USERNAME_TAKEN, field="username")
        session.execute(insert(StaffUser), {**row, "service_id": owner})
        _note(session, "user_add", key, by)
    return key


def disable_user(username: str, by: Actor | None = None) -> None:
    """End an account and every sign-in it has, at once. What it has written stands; what it saw is shut."""
    now = clock.now()
    with database().writing() as session:
        key = _account(session, username.strip().casefold())
        if key is None:
            raise Refused(Reason.NOT_A_CHOICE, field="username")
        check_not_own_account(key, by.id if by else None)
        session.execute(update(StaffUser).where(StaffUser.id == key).values(active=False, ended_at=now))
        is_no_deputy(session, key)
        session.execute(update(Login).where(Login.user_id == key, Login.ended_at.is_(None)).values(ended_at=now))
        _note(session, "user_disable", key, by)


def enable_user(username: str, by: Actor) -> None:
    """Open an ended account again. She carries on the logs that are still hers; in every other she must be let in anew."""
    now = clock.now()
    with database().writing() as session:
        key = _account(session, username.strip().casefold())
        if key is None:
            raise Refused(Reason.NOT_A_CHOICE, field="username")
        hers = select(Case.id).where(Case.stafettholder_id == key)
        parts = update(Participant).where(
            Participant.user_id == key, Participant.left_at.is_(None), Participant.case_id.not_in(hers)
        )
        session.execute(parts.values(left_at=now, updated_by=by.id))
        session.execute(update(StaffUser).where(StaffUser.id == key).values(active=True, ended_at=None))
        _note(session, "user_enable", key, by)


def is_no_deputy(session: Session, account: UUID) -> None:
    """Let nobody wait for the work of a deputy who is gone: each log where she was it stands without one (R-63)."""
    hers = update(Case).where(Case.deputy_id == account)
    session.execute(hers.values(deputy_id=None, deputy_until=None))


def check_username(username: str) -> None:
    """Refuse what cannot be a username."""
    if not _USERNAME.fullmatch(username.strip().casefold()):
        raise Refused(Reason.NOT_TEXT, field="username")


def _check_password(username: str, password: str) -> None:
    if len(password) < SHORTEST:
        raise Refused(Reason.PASSWORD_SHORT, field="password", n=SHORTEST)
    if password.strip().casefold() == username:
        raise Refused(Reason.PASSWORD_IS_NAME, field="password")


def _account(session: Session, username: str) -> UUID | None:
    return session.execute(select(StaffUser.id).where(StaffUser.username == username)).scalar_one_or_none()


def _note(session: Session, action: str, account: UUID, by: Actor | None) -> None:
    """Write it down. Nobody is signed in at a command line, so the entry then has no actor."""
    who = {"actor_id": by.id, "service_id": by.service, "login_id": by.login} if by else {}
    audit.append(session, audit.Entry(clock.now(), action, str(account), "done", **who))

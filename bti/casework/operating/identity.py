"""Who is here: one sign-in per person and browser, kept by the server and ended by it."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, delete, exists, insert, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bti import clock, ids
from bti.casework.ground.naming import service_name, title
from bti.casework.operating import passwords
from bti.errors import CannotStart, Reason, Refused
from bti.language import LANGUAGES, clock_time
from bti.rules import signing_in
from bti.rules.people import Actor, groups_in
from bti.store import audit
from bti.store.current import database
from bti.store.tables import Installation, Login, Service, SignInAttempt, StafettholderHandover, StaffUser

_ACCOUNT = select(StaffUser.id, StaffUser.service_id, StaffUser.password_hash, StaffUser.active).where(
    StaffUser.username == bindparam("username")
)
_FAILURES = select(SignInAttempt.key, SignInAttempt.at).where(
    SignInAttempt.key.in_(bindparam("keys", expanding=True)), SignInAttempt.at > bindparam("since")
)
_WHO = (
    select(
        Login.id.label("login"),
        Login.created_at,
        Login.last_seen_at,
        Login.ended_at,
        StaffUser.id,
        StaffUser.username,
        StaffUser.display_name,
        StaffUser.title,
        StaffUser.access_role,
        StaffUser.language,
        StaffUser.groups,
        StaffUser.staff_role,
        Service.id.label("service"),
        Service.code,
        Service.kind,
        Service.may_create,
        Service.sensitive_membership,
        Service.name_nb,
        Service.name_nn,
        exists()
        .where(
            StafettholderHandover.to_id == StaffUser.id,
            StafettholderHandover.declined_at.is_(None),
            StafettholderHandover.confirmed_at.is_(None),
        )
        .label("is_asked"),
    )
    .join(StaffUser, StaffUser.id == Login.user_id)
    .join(Service, Service.id == StaffUser.service_id)
    .where(Login.token_hash == bindparam("token_hash"), StaffUser.active)
)
_INSTALLATION = select(Installation.demo)
_DEMO_PEOPLE = (
    select(StaffUser.username, StaffUser.display_name, StaffUser.title, Service.name_nb, Service.name_nn)
    .join(Service, Service.id == StaffUser.service_id)
    .where(StaffUser.active)
    .order_by(StaffUser.id)
)


@dataclass(frozen=True)
class DemoPerson:
    """An invented person of the demo kommune, to be signed in as with one press."""

    username: str
    name: str
    title: str
    service: str


def hash_of(token: str) -> str:
    """Return what is kept of a token, and what the websocket's own header carries."""
    return hashlib.sha256(token.encode()).hexdigest()


def sign_in(username: str, password: str, address: str) -> str:
    """Sign a person in and return the token for her cookie.

    Refused with one and the same reason whether the name is unknown, the password wrong or the account ended; and for
    a while after too many tries from one account or one address.
    """
    now, name = clock.now(), username.strip().casefold()
    keys = [f"user:{name[:120]}", f"from:{address[:60]}"]
    with database().reading() as session:
        account = session.execute(_ACCOUNT, {"username": name}).one_or_none()
        failures = session.execute(_FAILURES, {"keys": keys, "since": now - signing_in.REMEMBERED}).all()
    for key in keys:
        free = signing_in.free_again([at for k, at in failures if k == key])
        if free and free > now:
            raise Refused(Reason.SIGN_IN_WAIT, tid=clock_time(free + timedelta(minutes=1)))
    known = passwords.fits(password, account.password_hash if account and account.active else None)
    with database().writing() as session:
        if account is None or not known:
            session.execute(insert(SignInAttempt), [{"id": ids.new(), "key": key, "at": now} for key in keys])
            _note(session, now, "sign_in", "refused", account.id if account else None)
        else:
            session.execute(delete(SignInAttempt).where(SignInAttempt.key == keys[0]))
            return _begin(session, now, account.id, account.service_id)
    raise Refused(Reason.SIGN_IN_FAILED, field="password")


def is_demo() -> bool:
    """Say whether this database was made as a demo of invented people. It never changes, so it is asked once."""
    here = database()
    if here.demo is None:
        with here.reading() as session:
            here.demo = bool(session.execute(_INSTALLATION).scalar_one_or_none())
    return here.demo


def can_be_used() -> bool:
    """Say whether the database answers now."""
    try:
        with database().reading() as session:
            return session.execute(_INSTALLATION).scalar_one_or_none() is not None
    except (SQLAlchemyError, CannotStart):
        return False


def demo_people() -> tuple[DemoPerson, ...]:
    """Return the invented people, or nobody on a real installation."""
    if not is_demo():
        return ()
    with database().reading() as session:
        rows = session.execute(_DEMO_PEOPLE).all()
    return tuple(
        DemoPerson(r.username, r.display_name, title(r.title, r.name_nb, r.name_nn), service_name(r)) for r in rows
    )


def demo_sign_in(username: str) -> str:
    """Sign in as an invented person without a password. Refused on anything but a demo."""
    if not is_demo():
        raise Refused(Reason.SIGN_IN_FAILED)
    with database().writing() as session:
        account = session.execute(_ACCOUNT, {"username": username}).one_or_none()
        if account is None or not account.active:
            raise Refused(Reason.SIGN_IN_FAILED)
        return _begin(session, clock.now(), account.id, account.service_id)


def signed_in(token_hash: str) -> Actor | None:
    """Return the person a token belongs to, as the database knows her now; nobody when the sign-in is over."""
    with database().reading() as session:
        row = session.execute(_WHO, {"token_hash": token_hash}).one_or_none()
    if row is None or not signing_in.is_alive(row.created_at, row.last_seen_at, row.ended_at, clock.now()):
        return None
    return Actor(
        id=row.id,
        username=row.username,
        name=row.display_name,
        title=title(row.title, row.name_nb, row.name_nn),
        service=row.service,
        service_code=row.code,
        service_name=row.name_nn if row.language == "nn" else row.name_nb,
        service_kind=row.kind,
        service_may_create=row.may_create,
        access_role=row.access_role,
        language=row.language,
        login=row.login,
        last_seen=row.last_seen_at,
        groups=groups_in(row.groups),
        staff_role=row.staff_role,
        is_of_sensitive=row.sensitive_membership,
        is_asked=row.is_asked,
    )


def was_active(actor: Actor) -> None:
    """Note that the person did something, at most once a minute. The pulse of an open page does not count."""
    now = clock.now()
    if actor.login and now - actor.last_seen >= signing_in.SEEN_EVERY:
        with database().writing() as session:
            session.execute(update(Login).where(Login.id == actor.login).values(last_seen_at=now))


def sign_out(token_hash: str) -> None:
    """End the sign-in at once, in every tab of that browser."""
    with database().writing() as session:
        row = session.execute(_WHO, {"token_hash": token_hash}).one_or_none()
        if row and row.ended_at is None:
            session.execute(update(Login).where(Login.id == row.login).values(ended_at=clock.now()))
            _note(session, clock.now(), "sign_out", "done", row.id, row.login)


def choose_language(actor: Actor, language: str) -> None:
    """Show everything in ``language`` to this person from now on."""
    if language not in LANGUAGES:
        raise Refused(Reason.NOT_A_CHOICE, field="language")
    with database().writing() as session:
        session.execute(update(StaffUser).where(StaffUser.id == actor.id).values(language=language))


def _begin(session: Session, now: datetime, user: UUID, service: UUID) -> str:
    token, login = secrets.token_urlsafe(32), ids.new()
    session.execute(
        insert(Login),
        {"id": login, "token_hash": hash_of(token), "user_id": user, "created_at": now, "last_seen_at": now},
    )
    entry = audit.Entry(now, "sign_in", "", "done", actor_id=user, service_id=service, login_id=login)
    audit.append(session, entry)
    return token


def _note(
    session: Session, now: datetime, action: str, outcome: str, user: UUID | None, login: UUID | None = None
) -> None:
    audit.append(session, audit.Entry(now, action, "", outcome, actor_id=user, login_id=login))

"""Accounts and services, for the systemansvarlig; the audit, for the personvernombud."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Final
from uuid import UUID

import streamlit as st

from bti import clock
from bti.casework.door import At
from bti.casework.operating import administering, auditing
from bti.casework.operating.administering import ServiceView
from bti.casework.operating.auditing import AuditLine
from bti.casework.operating.inventory import Account
from bti.content.deeds import did
from bti.content.labels import label
from bti.language import N_, _, clock_time, figures
from bti.rules.people import AccessRole, Actor, ServiceKind, ServiceOwner, ServiceScope, StaffRole
from forms import shown
from forms.allowed import LineOrNothing, MustChoose, Name, PhoneOrNothing
from forms.fields import Choose, Day, Line, Option, Pick, Tick, apart
from forms.form import Answers, Form
from forms.press import press

ROLES: Final = frozenset({AccessRole.ADMINISTRATOR, AccessRole.DATA_PROTECTION_OFFICER})


class AddUserForm(Form, saves_with=administering.add_user):
    """A new account."""

    username: Annotated[Name, Line(N_("Brukernavn"))]
    name: Annotated[Name, Line(N_("Navn"))]
    title: Annotated[LineOrNothing, Line(N_("Tittel (kan stå tom)"))] = ""
    service: Annotated[UUID, MustChoose, Choose(N_("Tjeneste"))]
    role: Annotated[AccessRole, Pick(N_("Hva kan brukeren?"), words=AccessRole, across=False)]
    staff_role: Annotated[StaffRole | None, Pick(N_("Stilling (kan stå tom)"), words=StaffRole)] = None
    groups: Annotated[LineOrNothing, Line(N_("Klasser eller avdelinger, med komma mellom (kan stå tomt)"))] = ""
    work_phone: Annotated[PhoneOrNothing, Line(N_("Telefon på jobb (kan stå tom)"))] = ""


class ChangeUserForm(Form, saves_with=administering.change_user, given=("user", "version")):
    """An account as it is to be from now on."""

    name: Annotated[Name, Line(N_("Navn"))]
    title: Annotated[LineOrNothing, Line(N_("Tittel (kan stå tom)"))] = ""
    service: Annotated[UUID, MustChoose, Choose(N_("Tjeneste"))]
    role: Annotated[AccessRole, Pick(N_("Hva kan brukeren?"), words=AccessRole, across=False)]
    staff_role: Annotated[StaffRole | None, Pick(N_("Stilling (kan stå tom)"), words=StaffRole)] = None
    groups: Annotated[LineOrNothing, Line(N_("Klasser eller avdelinger, med komma mellom (kan stå tomt)"))] = ""
    work_phone: Annotated[PhoneOrNothing, Line(N_("Telefon på jobb (kan stå tom)"))] = ""
    away_from: Annotated[date | None, Day(N_("Borte fra og med (kan stå tomt)"))] = None
    away_to: Annotated[date | None, Day(N_("Borte til og med (kan stå tomt)"))] = None


class ServiceForm(Form, saves_with=administering.save_service, given=("service", "version")):
    """A service that may take part. What follows from its kind is asked when it stands, and may be set otherwise."""

    code: Annotated[Name, Line(N_("Kode, for eksempel ppt"))]
    name_nb: Annotated[Name, Line(N_("Navn på bokmål"))]
    name_nn: Annotated[LineOrNothing, Line(N_("Navn på nynorsk (kan stå tomt)"))] = ""
    kind: Annotated[ServiceKind, Pick(N_("Hva slags tjeneste?"), words=ServiceKind)]
    scope: Annotated[ServiceScope | None, Pick(N_("Hvor hører den til?"), words=ServiceScope)] = None
    owner: Annotated[ServiceOwner | None, Pick(N_("Hvem eier den?"), words=ServiceOwner)] = None
    agreement_date: Annotated[date | None, Day(N_("Avtaledato, når eieren er en annen (kan stå tom)"))] = None
    may_create: Annotated[bool, Tick(N_("Kan opprette stafettlogg"))] = False
    sensitive_membership: Annotated[bool, Tick(N_("Skal ikke nevnes for andre tjenester"))] = False
    why_nb: Annotated[LineOrNothing, Line(N_("Hva den kan bidra med, på bokmål (kan stå tomt)"))] = ""
    why_nn: Annotated[LineOrNothing, Line(N_("Hva den kan bidra med, på nynorsk (kan stå tomt)"))] = ""
    archive_unit: Annotated[LineOrNothing, Line(N_("Arkivenhet (kan stå tom)"))] = ""
    phone: Annotated[PhoneOrNothing, Line(N_("Telefon (kan stå tom)"))] = ""
    contact: Annotated[LineOrNothing, Line(N_("Kontaktperson (kan stå tom)"))] = ""

    @classmethod
    def asked_now(cls, raw: Answers) -> Sequence[str]:
        """Ask nothing of a new service that its kind says already (R-12, R-56)."""
        return [name for name in cls.model_fields if name not in OF_ITS_KIND or raw["service"]]


OF_ITS_KIND: Final = frozenset({"may_create", "sensitive_membership"})


def of_the_kommune(me: Actor) -> None:
    """Show the systemansvarlig the accounts and the services, one to be changed at a time."""
    services = administering.services(me)
    people = administering.users(me)
    shown.show(
        shown.table(
            [_("Navn"), _("Brukernavn"), _("Tjeneste"), _("Hva kan brukeren?")],
            [(p.name, p.username, p.service, _role(p)) for p in people],
            caption=_("Brukere"),
        )
    )
    _users(me, people, [(s.id, s.name_nb) for s in services])
    shown.show(
        shown.table(
            [_("Navn"), _("Kode"), _("Hva slags tjeneste?"), _("Hvem eier den?")],
            [(s.name_nb, s.code, label(s.kind), label(s.owner)) for s in services],
            caption=_("Tjenester"),
        )
    )
    _services(me, services)


def _users(me: Actor, people: Sequence[Account], services: list[Option]) -> None:
    names = {p.id: f"{p.name} ({p.username})" for p in people}
    chosen = st.selectbox(
        _("Endre en bruker"),
        list(names),
        index=None,
        key="admin.user",
        format_func=lambda one: names.get(one, ""),
        placeholder=_("Velg"),
    )
    if one := next((p for p in people if p.id == chosen), None):
        _change(me, one, services)
    elif st.toggle(_("Lag en ny bruker"), key="admin.new_user"):
        AddUserForm.ask(
            At(me, ""),
            button=_("Lag brukeren"),
            options={"service": services},
            then=lambda password: st.session_state.update(
                flash=_("Passord, vises bare denne ene gangen: {passord}", passord=password)
            ),
        )


def _change(me: Actor, one: Account, services: list[Option]) -> None:
    ChangeUserForm.ask(
        At(me, ""),
        at=str(one.id),
        button=_("Lagre brukeren"),
        stored={
            "name": one.name,
            "title": one.title,
            "service": one.service_id,
            "role": one.role,
            "staff_role": one.staff_role,
            "groups": one.groups,
            "work_phone": one.work_phone,
            "away_from": one.away_from,
            "away_to": one.away_to,
        },
        version=one.version,
        options={"service": services},
        user=one.id,
    )
    if one.active:
        press(
            _("Avslutt brukeren"),
            key=f"disable.{one.id}",
            act=lambda: administering.disable_user(At(me, ""), username=one.username),
            done=_("Brukeren er avsluttet, og er logget ut overalt."),
        )
    else:
        press(
            _("Åpne brukeren igjen"),
            key=f"enable.{one.id}",
            act=lambda: administering.enable_user(At(me, ""), username=one.username),
            done=_("Brukeren er åpnet igjen, og ser bare det hun blir tatt med i på nytt."),
        )


def _services(me: Actor, services: Sequence[ServiceView]) -> None:
    names = apart((s.id, s.name_nb) for s in services)
    chosen = st.selectbox(
        _("Endre en tjeneste"),
        list(names),
        index=None,
        key="admin.service",
        format_func=lambda one: names.get(one, ""),
        placeholder=_("Velg"),
    )
    one = next((s for s in services if s.id == chosen), None)
    if one or st.toggle(_("Lag en ny tjeneste"), key="admin.new_service"):
        if one is None:
            shown.show(
                shown.paragraphs(
                    _(
                        "Om tjenesten kan opprette stafettlogg, og om den skal nevnes for andre, følger av hva slags "
                        "tjeneste den er. Det kan endres når den er lagret."
                    )
                )
            )
        ServiceForm.ask(
            At(me, ""),
            at=str(one.id) if one else "",
            button=_("Lagre tjenesten"),
            stored={name: getattr(one, name) for name in ServiceForm.model_fields} if one else None,
            version=one.version if one else 0,
            service=one.id if one else None,
        )


def the_audit(me: Actor) -> None:
    """Show the personvernombud the audit, the newest first, and older lines on demand."""
    shown.show(shown.note(_("Her står alt som er lest, gjort og nektet. Det står ikke hva loggene sier.")))
    lines = auditing.entries(me, before=st.session_state.get("audit.before"))
    shown.show(
        shown.table(
            [_("Når"), _("Hvem"), _("Hva"), _("Stafettlogg")],
            [(_when(line), _who(line), did(line.action, line.thing, line.outcome), line.number) for line in lines],
            caption=_("De nyeste linjene står først."),
        )
    )
    if len(lines) == auditing.SHOWN and st.button(_("Vis eldre linjer"), key="audit.older"):
        st.session_state["audit.before"] = lines[-1].seq
        st.rerun()
    if "audit.before" in st.session_state and st.button(_("Vis de nyeste"), key="audit.newest"):
        del st.session_state["audit.before"]
        st.rerun()


def _role(one: Account) -> str:
    return label(one.role) if one.active else f"{label(one.role)} ({_('avsluttet')})"


def _when(line: AuditLine) -> str:
    return _("{dato} kl. {tid}", dato=figures(clock.day(line.at)), tid=clock_time(line.at, seconds=True))


def _who(line: AuditLine) -> str:
    return f"{line.who}, {line.service}" if line.service else line.who

"""Accounts and services are administered without opening a case, and what came with an old service does not go along."""

from datetime import date

import pytest
from sqlalchemy import select

from bti.casework.desk import overview, seeing
from bti.casework.door import At
from bti.casework.operating import administering, auditing, identity
from bti.casework.paper import tracing
from bti.content.kommune import kommune
from bti.errors import Reason
from bti.rules.handover import HolderGone
from bti.rules.people import AccessRole, ServiceKind, ServiceOwner, ServiceScope, StaffRole
from bti.store.tables import Participant, Service
from tests.casework.test_door import traces
from tests.casework.test_five_steps import ON_ONE_ENGINE, refused

NEW = {
    "code": "nes-friskole",
    "name_nb": "Nes friskole",
    "name_nn": "",
    "kind": ServiceKind.SCHOOL,
    "scope": None,
    "owner": ServiceOwner.OTHER,
    "agreement_date": date(2026, 1, 1),
    "may_create": True,
    "sensitive_membership": False,
    "why_nb": "kjenner hverdagen",
    "why_nn": "",
    "archive_unit": "",
    "phone": "000 00 000",
    "contact": "",
}


def account(sander, username):
    return next(a for a in administering.users(sander) if a.username == username)


def changed(sander, username, **new):
    """Change an account, and leave the rest of it as it is."""
    one = account(sander, username)
    as_it_is = {
        "name": one.name,
        "title": one.title,
        "service": one.service_id,
        "role": one.role,
        "staff_role": one.staff_role,
        "groups": one.groups,
        "work_phone": one.work_phone or "",
        "away_from": one.away_from,
        "away_to": one.away_to,
        "version": one.version,
    }
    administering.change_user(At(sander, ""), user=one.id, **as_it_is | new)


def service(database, code):
    with database.reading() as session:
        return session.execute(select(Service.id).where(Service.code == code)).scalar_one()


@pytest.mark.parametrize("same_case_covers_both", [True, False])
def test_one_who_is_moved_to_another_service_sees_nothing_that_came_from_the_old_one(
    table, sander, pernille, person, granvik, same_case_covers_both
):
    table.consents("ppt", *(["skolehelse"] if same_case_covers_both else []))
    table.lets_join(pernille)
    assert len(seeing.my_cases(pernille)) == 1

    changed(sander, "pernille", service=service(granvik, "skolehelse"))

    moved = person("pernille")
    for actor in (pernille, moved):
        assert seeing.my_cases(actor) == ()
        assert refused(table.looking(actor).__enter__) is Reason.NOT_YOURS
    with table.looking() as case:
        assert "user_change" in {t.action for t in tracing.traces(case)}


def test_a_stafettholder_who_is_moved_is_gone_in_the_leaders_list(table, sander, person, granvik):
    changed(sander, "eirik", service=service(granvik, "ppt"))

    assert [line.gone for line in overview.of_unit(person("randi"))] == [HolderGone.LEFT]


def test_an_account_that_is_ended_sees_nothing_at_its_next_read(table, sander, pernille):
    table.consents("ppt")
    table.lets_join(pernille)
    administering.disable_user(At(sander, ""), username="pernille")

    assert refused(table.looking(pernille).__enter__) is Reason.NOT_YOURS
    assert not account(sander, "pernille").active


def test_a_new_title_or_leave_ends_no_part_in_a_case(table, sander, pernille):
    table.consents("ppt")
    table.lets_join(pernille)
    changed(sander, "pernille", title="rådgiver", away_from=date(2026, 3, 1), away_to=date(2026, 3, 9))

    assert len(seeing.my_cases(pernille)) == 1
    assert account(sander, "pernille").title == "rådgiver"


def test_a_new_account_signs_in_with_the_password_that_is_shown_once(sander, granvik):
    password = administering.add_user(
        At(sander, ""),
        username="Ny",
        name="Ny Prøve",
        title="",
        service=service(granvik, "granvik-skole"),
        role=AccessRole.STAFETTHOLDER_CAPABLE,
        staff_role=StaffRole.CONTACT_TEACHER,
        groups="5a",
        work_phone="000 00 111",
    )
    actor = identity.signed_in(identity.hash_of(identity.sign_in("ny", password, "test")))

    assert (actor.groups, actor.staff_role) == ({"5A"}, StaffRole.CONTACT_TEACHER)
    assert account(sander, "ny").work_phone == "000 00 111"
    assert traces(granvik, "user_add")[-1].actor_id == sander.id


@ON_ONE_ENGINE
def test_the_familys_number_to_ring_is_the_stafettholders_work_phone(table, sander):
    def number():
        with table.looking() as case:
            return seeing.head(case).stafettholder_phone

    changed(sander, "eirik", work_phone="000 00 111")
    assert number() == "000 00 111"
    changed(sander, "eirik", work_phone="")
    assert number() == ""
    assert refused(changed, sander, "eirik", work_phone="0" * 41) is Reason.TOO_LONG
    assert refused(changed, sander, "eirik", work_phone="01010150074") is Reason.NATIONAL_ID


def test_a_service_of_another_owner_is_made_and_changed(sander, granvik):
    key = administering.save_service(At(sander, ""), service=None, version=0, **NEW)
    made = next(s for s in administering.services(sander) if s.id == key)
    assert (made.owner, made.name_nn, made.scope) == (ServiceOwner.OTHER, "Nes friskole", ServiceScope.MUNICIPAL)

    administering.save_service(
        At(sander, ""), service=key, version=made.version, **NEW | {"sensitive_membership": True}
    )
    assert next(s for s in administering.services(sander) if s.id == key).sensitive_membership
    late = {"service": key, "version": made.version}
    assert refused(administering.save_service, At(sander, ""), **NEW, **late) is Reason.CHANGED_BY_OTHER


def saved(sander, **given):
    """Save a service, and return it as it is administered."""
    key = administering.save_service(At(sander, ""), **{"service": None, "version": 0} | NEW | given)
    return next(s for s in administering.services(sander) if s.id == key)


UNTOUCHED = {"may_create": False, "sensitive_membership": False}


@ON_ONE_ENGINE
@pytest.mark.meets("R-56", "R-12")
@pytest.mark.parametrize(
    ("kind", "usual"),
    [
        (ServiceKind.CHILD_WELFARE, (False, True)),
        (ServiceKind.BUP, (False, True)),
        (ServiceKind.FAMILY_COUNSELLING, (False, True)),
        (ServiceKind.MENTAL_HEALTH, (False, True)),
        (ServiceKind.SCHOOL, (True, False)),
        (ServiceKind.PPT, (False, False)),
    ],
)
def test_a_new_service_is_what_its_kind_is_until_it_is_set_otherwise(sander, kind, usual):
    made = saved(sander, kind=kind, **UNTOUCHED)
    assert (made.may_create, made.sensitive_membership) == usual

    changed = saved(sander, service=made.id, version=made.version, kind=kind, **UNTOUCHED)
    assert (changed.may_create, changed.sensitive_membership) == (False, False)


@ON_ONE_ENGINE
@pytest.mark.meets("R-56")
def test_a_service_that_turns_out_to_be_of_another_kind_is_not_named_by_mistake(sander):
    made = saved(sander, kind=ServiceKind.OTHER, **UNTOUCHED)

    assert saved(sander, service=made.id, version=made.version, kind=ServiceKind.BUP, **UNTOUCHED).sensitive_membership


@ON_ONE_ENGINE
@pytest.mark.meets("R-56")
def test_it_is_the_kommune_that_says_what_a_kind_is(sander, granvik):
    with (granvik.data / "kommune.toml").open("a", encoding="utf-8") as file:
        file.write('\n[kinds]\nmay_create = ["nav"]\nsensitive_membership = ["nav"]\n')
    kommune.cache_clear()

    nav, bup = (saved(sander, kind=ServiceKind(code), code=f"ny-{code}", **UNTOUCHED) for code in ("nav", "bup"))

    assert (nav.may_create, nav.sensitive_membership) == (True, True)
    assert not bup.sensitive_membership


@pytest.mark.parametrize("agreement", [None, date(2026, 3, 11), date(2026, 3, 10)])
def test_a_service_that_gets_another_owner_sees_nothing_without_an_agreement(table, sander, pernille, agreement):
    table.consents("ppt")
    table.lets_join(pernille)
    ppt = next(s for s in administering.services(sander) if s.code == "ppt")
    given = {name: getattr(ppt, name) for name in NEW} | {"owner": ServiceOwner.OTHER}

    administering.save_service(
        At(sander, ""), service=ppt.id, version=ppt.version, **given | {"agreement_date": agreement}
    )

    assert bool(seeing.my_cases(pernille)) is (agreement == date(2026, 3, 10))
    if not seeing.my_cases(pernille):
        assert refused(table.looking(pernille).__enter__) is Reason.NOT_YOURS


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"code": "ppt"}, Reason.CODE_TAKEN),
        ({"code": "Nes friskole"}, Reason.NOT_A_CODE),
        ({"code": "n"}, Reason.NOT_A_CODE),
    ],
)
def test_what_cannot_be_a_service_is_refused(sander, granvik, wrong, reason):
    assert refused(administering.save_service, At(sander, ""), service=None, version=0, **NEW | wrong) is reason


def test_what_cannot_be_changed_is_refused(sander, liv, granvik):
    nowhere = {"service": liv.id}
    assert refused(changed, sander, "liv", **nowhere) is Reason.NOT_A_CHOICE
    assert refused(changed, sander, "liv", version=99) is Reason.CHANGED_BY_OTHER
    assert refused(changed, sander, "liv", away_to=date(2026, 3, 9)) is Reason.AWAY_BACKWARDS
    assert refused(changed, sander, "sander", role=AccessRole.LEADER) is Reason.OWN_ACCOUNT
    assert refused(administering.disable_user, At(sander, ""), username="sander") is Reason.OWN_ACCOUNT
    gone = {"service": liv.id, "version": 0}
    assert refused(administering.save_service, At(sander, ""), **NEW, **gone) is Reason.NOT_A_CHOICE


@pytest.mark.parametrize("username", ["eirik", "randi", "kaja", "vigdis"])
def test_nobody_else_administers(person, sander, granvik, username):
    other, one = person(username), account(sander, "liv")

    assert refused(administering.users, other) is Reason.NOT_YOURS
    assert refused(administering.services, other) is Reason.NOT_YOURS
    assert refused(administering.disable_user, At(other, ""), username="liv") is Reason.NOT_YOURS
    assert refused(administering.save_service, At(other, ""), service=None, version=0, **NEW) is Reason.NOT_YOURS
    given = {"name": "a", "title": "", "service": one.service_id, "role": one.role, "staff_role": None}
    given |= {"groups": "", "work_phone": "", "away_from": None, "away_to": None, "version": one.version}
    assert refused(administering.change_user, At(other, ""), user=one.id, **given) is Reason.NOT_YOURS


def test_the_personvernombud_reads_every_entry_and_that_is_an_entry_too(table, person, granvik):
    vigdis = person("vigdis")
    auditing.entries(vigdis)
    lines = auditing.entries(vigdis)

    assert len(traces(granvik, "read_audit")) == 1
    assert ("create_case", table.number, "Eirik Prøve") in [(e.action, e.number, e.who) for e in lines]
    older = auditing.entries(vigdis, before=lines[0].seq)
    assert older == lines[1:]


@pytest.mark.parametrize("username", ["eirik", "randi", "kaja", "sander"])
def test_nobody_else_reads_the_whole_audit(table, person, username):
    assert refused(auditing.entries, person(username)) is Reason.NOT_YOURS


def test_one_who_left_stays_left_when_the_old_service_is_hers_again(table, sander, pernille, granvik):
    table.consents("ppt")
    table.lets_join(pernille)
    before = account(sander, "pernille").service_id
    changed(sander, "pernille", service=service(granvik, "skolehelse"))
    changed(sander, "pernille", service=before)

    assert seeing.my_cases(pernille) == ()
    with granvik.reading() as session:
        assert session.execute(select(Participant.left_at).where(Participant.user_id == pernille.id)).scalar_one()


@pytest.mark.meets("R-56")
def test_an_account_that_is_opened_again_sees_nothing_but_the_logs_that_are_still_its_own(table, sander, person):
    torleiv = person("torleiv")
    table.lets_join(torleiv)
    for username in ("torleiv", "eirik"):
        administering.disable_user(At(sander, ""), username=username)
        administering.enable_user(At(sander, ""), username=username)
        assert account(sander, username).active

    assert refused(table.looking(person("torleiv")).__enter__) is Reason.NOT_YOURS
    assert table.looking(person("eirik")).__enter__()


def test_only_the_systemansvarlig_opens_an_account_again_and_only_one_there_is(sander, eirik):
    assert refused(administering.enable_user, At(eirik, ""), username="liv") is Reason.NOT_YOURS
    assert refused(administering.enable_user, At(sander, ""), username="ingen") is Reason.NOT_A_CHOICE

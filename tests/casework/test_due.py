"""What a case waits for stands with the one who is to do it, and every open case stands in somebody's list."""

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bti import clock, settings
from bti.casework.consent import consenting
from bti.casework.desk import due, overview, seeing
from bti.casework.door import At, looking
from bti.casework.ground.policy import policy, policy_mark
from bti.casework.operating import identity
from bti.casework.people import correcting, family_facts, people
from bti.casework.steps import carrying_out
from bti.content.kommune import kommune
from bti.rules.childs_voice import ShareWith
from bti.rules.due import Due, Section
from bti.rules.people import ServiceOwner
from bti.rules.workflow import CaseStatus
from bti.store import sharing
from bti.store.tables import Case, Participant, Service, StaffUser, Tiltak
from tests.casework.test_five_steps import ON_ONE_ENGINE
from tests.cast import NOON
from tests.granvik import ENGINES, opened, seed

SOLVEIG, OLA, BO, INGRID, NILS = (f"2026-00{n}" for n in range(1, 6))


@pytest.fixture(params=ENGINES)
def granvik(request, tmp_path, wall_clock):
    """Granvik with its invented cases, made once and copied for each test."""
    data = tmp_path / "data"
    if request.param == "sqlcipher":
        shutil.copytree(request.getfixturevalue("with_cases"), data)
        yield from opened(settings.read({"BTI_DATA": str(data)}))
    else:
        yield from opened(request.getfixturevalue("postgres").like("cases", data, seed))


@pytest.fixture
def seeded(granvik):
    return granvik


def change(database, table, where, *, as_=None, **values):
    with database.writing(as_.id if as_ else "rule") as session:
        session.execute(update(table).where(where).values(**values))


def in_the_list(actor):
    return {one.line.number: one for one in due.my_list(actor)}


def kinds(actor, number):
    return [task.kind for task in in_the_list(actor)[number].tasks]


def set_tiltak(database, eirik, number, who, day):
    """Give the tiltak of one person an evaluation day of its own, and return whose it is."""
    with looking(At(eirik, number), "test") as case:
        participant = next(p.id for p in people.people(case) if p.first_name == who)
    change(database, Tiltak, Tiltak.responsible_id == participant, as_=eirik, evaluation_due=day)
    return participant


def test_a_list_has_its_most_urgent_first_and_says_what_each_case_waits_for(seeded, eirik):
    listed = due.my_list(eirik)

    assert [(one.line.number, one.section) for one in listed] == [
        (NILS, Section.WAITING),
        (BO, Section.MINE),
        (OLA, Section.MINE),
        (SOLVEIG, Section.MINE),
    ]
    assert kinds(eirik, NILS) == [Due.TELL_CHILD, Due.ARCHIVE]
    assert kinds(eirik, BO) == [Due.FAMILY_ANSWERS]
    assert kinds(eirik, OLA) == [Due.EVALUATION_MEETING]


@pytest.mark.meets("R-09")
def test_the_stafettholder_is_told_sixty_days_before_a_consent_ends_and_nobody_else_is(seeded, person, wall_clock):
    ends = date(2026, 7, 31)
    wall_clock.set(NOON.replace(month=6, day=1))
    assert Due.CONSENT_ENDS not in kinds(person("eirik"), OLA)

    wall_clock.set(NOON.replace(month=6, day=2))
    task = next(t for t in in_the_list(person("eirik"))[OLA].tasks if t.kind is Due.CONSENT_ENDS)
    assert task.day == ends
    assert Due.CONSENT_ENDS not in kinds(person("pernille"), OLA)


@ON_ONE_ENGINE
def test_how_early_the_stafettholder_is_reminded_is_what_the_kommune_says(seeded, person, wall_clock):
    (seeded.data / "kommune.toml").write_text("[consent]\nremind_days = [10]\n", encoding="utf-8")
    kommune.cache_clear()
    with seeded.writing("rule") as session:
        sharing.rebuild_outdated(session, policy(), policy_mark())
    wall_clock.set(NOON.replace(month=7, day=20))
    assert Due.CONSENT_ENDS not in kinds(person("eirik"), OLA)
    wall_clock.set(NOON.replace(month=7, day=22))
    assert Due.CONSENT_ENDS in kinds(person("eirik"), OLA)


@pytest.mark.meets("R-09")
def test_a_child_who_is_to_answer_for_itself_is_not_forgotten_before_or_after_the_birthday(seeded, person, wall_clock):
    turns, eirik = date(2026, 4, 20), At(person("eirik"), OLA)
    with looking(eirik, "test") as case:
        version = family_facts.view(case).version
    born = {"birth_date": turns.replace(year=turns.year - 15), "due_date": None, "group": "5B"}
    correcting.correct_child(eirik, name="Ola Prøvesen", **born, understood=True, version=version)

    def told(who="eirik"):
        tasks = in_the_list(person(who))[OLA].tasks
        about = {Due.CONSENT_ENDS, Due.YOUTH_ANSWERS}
        return [(task.kind, task.day, task.section(clock.today())) for task in tasks if task.kind in about]

    assert told() == [(Due.YOUTH_ANSWERS, turns, Section.MINE)]
    assert told("pernille") == []
    wall_clock.set(datetime(2026, 4, 22, 10, tzinfo=UTC))
    assert told() == [(Due.YOUTH_ANSWERS, turns, Section.OVERDUE)]


def test_a_meeting_that_comes_is_soon_and_one_that_has_been_is_over_its_day_for_the_stafettholder(
    seeded, person, wall_clock
):
    wall_clock.set(NOON.replace(month=4, day=7))
    assert in_the_list(person("eirik"))[SOLVEIG].section is Section.SOON
    assert in_the_list(person("pernille"))[SOLVEIG].section is Section.SOON

    wall_clock.set(NOON.replace(month=4, day=22))
    assert in_the_list(person("eirik"))[SOLVEIG].section is Section.OVERDUE
    assert in_the_list(person("pernille"))[SOLVEIG].tasks == ()


def test_a_tiltak_with_a_day_of_its_own_waits_for_who_is_to_do_it_and_for_nobody_else(seeded, person, eirik):
    set_tiltak(seeded, eirik, OLA, "Pernille", NOON.date() + timedelta(days=3))

    mine, holders, others = (in_the_list(person(who)).get(OLA) for who in ("pernille", "eirik", "liv"))
    assert mine.section is Section.WAITING
    assert mine.tasks[0].kind is Due.EVALUATE_TILTAK
    assert not next(t for t in holders.tasks if t.kind is Due.EVALUATE_TILTAK).mine
    assert Due.EVALUATE_TILTAK not in [t.kind for t in others.tasks]


@pytest.mark.meets("R-01")
def test_a_tiltak_the_family_keeps_a_service_out_of_does_not_wait_in_its_list(seeded, person, eirik):
    participant = set_tiltak(seeded, eirik, OLA, "Pernille", NOON.date() + timedelta(days=3))
    pernille = person("pernille")
    with seeded.reading(eirik.id) as session:
        concern = session.execute(
            select(Tiltak.oppmerksomhet_id).where(Tiltak.responsible_id == participant)
        ).scalar_one()
    consenting.narrow(
        At(eirik, OLA), oppmerksomhet=concern, service=pernille.service, kept_out=True, said_by="Petra Prøvesen"
    )

    assert Due.EVALUATE_TILTAK not in kinds(pernille, OLA)
    assert Due.EVALUATE_TILTAK in kinds(eirik, OLA)


def test_a_talk_with_the_child_waits_until_the_child_is_heard(seeded, person, eirik):
    assert Due.TALK_WITH_CHILD not in kinds(eirik, OLA)
    torleiv = person("torleiv")
    assert Due.TALK_WITH_CHILD in kinds(torleiv, INGRID)
    carrying_out.save_child_view(
        At(torleiv, INGRID),
        words="Eg likar å bli lesen for.",
        experienced_change="Eg les meir.",
        share_with=ShareWith.ALL,
        named=frozenset(),
        version=0,
    )
    assert Due.TALK_WITH_CHILD not in kinds(torleiv, INGRID)


@pytest.mark.meets("R-56")
def test_a_search_looks_through_the_list_and_nothing_else(seeded, eirik, person):
    listed = due.my_list(eirik)

    def numbers(words):
        return [one.line.number for one in due.found(listed, words)]

    assert numbers("solveig") == [SOLVEIG]
    assert numbers("2026-002") == [OLA]
    assert sorted(numbers("EIRIK prøve")) == [SOLVEIG, OLA, BO, NILS]
    assert numbers("ola eirik") == [OLA]
    assert numbers("Ingrid") == []
    assert numbers("Testdal") == []
    assert len(numbers("  ")) == 4


@pytest.mark.meets("R-63")
@pytest.mark.parametrize(
    "happens",
    [
        pytest.param(lambda _db: None, id="nothing"),
        pytest.param(lambda db: change(db, StaffUser, StaffUser.username == "eirik", active=False), id="account ended"),
        pytest.param(
            lambda db: change(
                db,
                Participant,
                Participant.user_id.in_(select(StaffUser.id).where(StaffUser.username == "eirik")),
                left_at=NOON,
            ),
            id="no longer takes part",
        ),
        pytest.param(
            lambda db: change(
                db, Participant, Participant.user_id.is_not(None), access_until=NOON.date() - timedelta(days=1)
            ),
            id="a vikar's time is over",
        ),
        pytest.param(
            lambda db: change(
                db,
                StaffUser,
                StaffUser.username == "eirik",
                service_id=select(Service.id).where(Service.code == "oppvekst").scalar_subquery(),
            ),
            id="works elsewhere now",
        ),
        pytest.param(
            lambda db: change(db, Service, Service.code == "granvik-skole", owner=ServiceOwner.OTHER),
            id="the school has another owner",
        ),
    ],
)
def test_every_case_that_is_open_or_not_archived_stands_in_somebodys_list(seeded, person, happens):
    everybody = [person(one.username) for one in identity.demo_people()]
    kaja = person("kaja")
    happens(seeded)

    with seeded.reading() as session:
        left_to_do = set(session.execute(select(Case.number).where(Case.status != CaseStatus.CLOSED)).scalars())
        left_to_do.add(NILS)
        works_in = dict(session.execute(select(StaffUser.id, StaffUser.service_id).where(StaffUser.active)).all())
    still = [replace(one, service=works_in[one.id]) for one in everybody if one.id in works_in]
    held = {line.number for one in still for line in seeing.my_cases(one) if line.is_mine} & left_to_do
    left = {one.number for one in overview.without_holder(kaja)}
    assert held | left == left_to_do
    assert not held & left


@ON_ONE_ENGINE
def test_a_deputy_is_told_what_the_stafettholder_is_for_as_long_as_she_is_it(seeded, person, wall_clock):
    torleiv, eirik = person("torleiv"), person("eirik")
    people.add_colleagues(At(eirik, BO), users=[torleiv.id])
    assert kinds(torleiv, BO) == []

    change(seeded, Case, Case.number == BO, deputy_id=torleiv.id, deputy_until=NOON.date())
    assert kinds(torleiv, BO) == [Due.FAMILY_ANSWERS]
    wall_clock.set(NOON + timedelta(days=1))
    assert kinds(person("torleiv"), BO) == []

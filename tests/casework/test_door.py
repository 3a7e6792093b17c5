"""The only door to a case: what happens, what is refused, what was written down."""

import importlib
import inspect
import pkgutil
import typing
from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import Column, ForeignKeyConstraint, Select, insert, select, text, update
from sqlalchemy import inspect as look_at
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.sql import visitors

from bti import casework, clock, ids
from bti.casework import story
from bti.casework.consent import consenting
from bti.casework.desk import seeing
from bti.casework.door import USE_CASES, At, OpenCase, looking, mark_of, use_case
from bti.casework.ground import opening
from bti.casework.ground.reading import REGISTER
from bti.casework.intake import creating
from bti.casework.people import people
from bti.casework.steps import planning, starting
from bti.errors import Reason, Refused
from bti.rules.access import MAY, Action, Relation
from bti.rules.childs_voice import ChildTakesPart
from bti.rules.consent import Answer, Category, ConsentLevel, Purpose
from bti.rules.people import ParticipantKind, ProtectedAddress, ServiceOwner
from bti.rules.situation import SituationKind
from bti.rules.tiltak import TiltakStatus
from bti.rules.workflow import Level, Step
from bti.store import audit, constraints
from bti.store.engine import NOBODY, RULE
from bti.store.tables import (
    Agreement,
    Base,
    BestInterestsAssessment,
    Case,
    ChildView,
    ChildViewPlan,
    ChildViewReader,
    ConsentAnswer,
    ConsentDeclaration,
    Decision,
    Evaluation,
    EvaluationVoice,
    Goal,
    LogEvent,
    Meeting,
    Narrowing,
    OfCase,
    Oppmerksomhet,
    Participant,
    ProgressNote,
    ReferralMessage,
    RoundEvaluation,
    Service,
    Sharing,
    SituationText,
    StaffUser,
    Tiltak,
    TiltakProposal,
)
from tests.casework.test_five_steps import Table, refused
from tests.cast import MARTE, NOON, OLA_BORN

# A statement is prepared where it is used: all that is prepared is known when all of casework is.
ALL_OF_CASEWORK = [
    importlib.import_module(found.name) for found in pkgutil.walk_packages(casework.__path__, f"{casework.__name__}.")
]

A_SECOND = timedelta(seconds=1)
A_QUARTER = timedelta(minutes=15)
ON_POSTGRES = pytest.mark.parametrize("granvik", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)


def traces(database, *actions, case=None):
    """Return what was written down, in order: of the case, or of all."""
    with database.reading() as session:
        rows = session.execute(select(LogEvent).order_by(LogEvent.seq)).scalars().all()
    return [r for r in rows if (not actions or r.action in actions) and case in {None, r.case_id}]


def case_id(table):
    with table.looking() as case:
        return case.id


def change(database, statement, actor=NOBODY):
    with database.writing(actor) as session:
        session.execute(statement)


def looks(actor, table, part="test"):
    with looking(At(actor, table.number), part) as case:
        return case


# Unknown and forbidden are one answer


STRANGERS = ["pernille", "liv", "torleiv", "randi", "kaja", "sander", "vigdis"]
KNOCKS = {
    "look": lambda at: looking(at, "test").__enter__(),
    "write": lambda at: starting.save_situation(at, core="a", resource="", challenge="", version=0),
    "lead": lambda at: people.add_colleagues(at, users=[]),
    "consent": lambda at: consenting.withdraw(at, consenter=ids.new(), services=[]),
}


@pytest.mark.meets("R-56")
@pytest.mark.parametrize("knock", KNOCKS.values(), ids=KNOCKS.keys())
def test_a_case_you_may_not_see_does_not_exist(table, person, granvik, knock):
    for username in STRANGERS:
        stranger, answers = person(username), []
        for number in (table.number, "2026-999", "", "x" * 200):
            with pytest.raises(Refused) as refusal:
                knock(At(stranger, number))
            said = refusal.value
            answers.append((said.sentence(), said.reason, said.field, said.values, said.args, str(said), repr(said)))

        assert set(map(str, answers)) == {str(answers[0])}
        assert answers[0][1] is Reason.NOT_YOURS


@pytest.mark.parametrize("knock", KNOCKS.values(), ids=KNOCKS.keys())
def test_nor_does_one_that_was_yours_until_the_family_took_it_back(table, pernille, knock):
    table.consents("ppt")
    table.lets_join(pernille)
    table.withdraws(table.jonas, "ppt")

    answers = set()
    for number in (table.number, "2026-999"):
        with pytest.raises(Refused) as refusal:
            knock(At(pernille, number))
        answers.add((refusal.value.sentence(), refusal.value.field, str(refusal.value.values), repr(refusal.value)))

    assert len(answers) == 1


@pytest.mark.meets("R-50")
def test_both_knocks_are_written_down(table, pernille, granvik):
    for number in (table.number, "2026-999"):
        refused(looking(At(pernille, number), "oppstart").__enter__)
        refused(planning.save_best_interests, At(pernille, number), text="a", version=0)

    written = [
        (t.object, t.outcome, t.actor_id, t.service_id, t.login_id, t.at, t.case_id) for t in traces(granvik, "refused")
    ]
    her = (pernille.id, pernille.service, pernille.login, NOON)
    assert written == [
        ("oppstart", "not_yours", *her, case_id(table)),
        ("save_best_interests", "not_yours", *her, case_id(table)),
        ("oppstart", "not_yours", *her, None),
        ("save_best_interests", "not_yours", *her, None),
    ]


def test_what_is_not_allowed_is_refused_and_written_down(table, torleiv, granvik):
    table.lets_join(torleiv)

    assert refused(people.add_colleagues, At(torleiv, table.number), users=[]) is Reason.NOT_ALLOWED
    (trace,) = traces(granvik, "refused")
    assert (trace.object, trace.outcome, trace.actor_id) == ("add_colleagues", "not_allowed", torleiv.id)


@pytest.mark.meets("R-01", "R-50")
def test_what_consent_does_not_cover_is_refused_and_written_down(table, pernille, granvik):
    assert refused(table.lets_join, pernille) is Reason.NOT_COVERED
    (trace,) = traces(granvik, "refused")
    assert (trace.object, trace.outcome, trace.actor_id) == ("add_colleagues", "not_covered", table.eirik.id)


def test_a_refusal_of_another_kind_is_no_matter_for_the_trace(table, granvik):
    assert refused(table.moves, Step.EVALUERING) is Reason.STEP_NOT_NEXT
    assert traces(granvik, "refused") == []


def test_a_mark_tells_nothing_of_a_case_that_is_not_yours(table, pernille, eirik):
    assert mark_of(pernille, table.number) is None
    assert mark_of(pernille, "2026-999") is None
    assert mark_of(eirik, table.number)


# A look


@pytest.mark.meets("R-50")
def test_a_look_is_written_down_once_for_a_quarter_of_an_hour(table, eirik, granvik, wall_clock):
    for minutes in (0, 0, 5, 14):
        wall_clock.set(NOON + timedelta(minutes=minutes))
        looks(eirik, table, "plan")
    assert len(looked(granvik, "plan")) == 1

    wall_clock.set(NOON + A_QUARTER - clock.A_MOMENT)
    looks(eirik, table, "plan")
    assert len(looked(granvik, "plan")) == 1

    wall_clock.set(NOON + A_QUARTER)
    looks(eirik, table, "plan")
    assert [t.at for t in looked(granvik, "plan")] == [NOON, NOON + A_QUARTER]


def looked(database, part):
    return [t for t in traces(database, "look") if t.object == part]


def test_each_part_is_a_look_of_its_own(table, eirik, granvik):
    looks(eirik, table, "plan")
    looks(eirik, table, "veien_videre")

    assert (len(looked(granvik, "plan")), len(looked(granvik, "veien_videre"))) == (1, 1)


def test_a_look_says_who_for_which_service_in_which_login_and_with_what_open(table, torleiv, granvik):
    table.lets_join(torleiv)
    looks(torleiv, table, "plan")

    (trace,) = looked(granvik, "plan")
    assert (trace.actor_id, trace.service_id, trace.login_id) == (torleiv.id, torleiv.service, torleiv.login)
    assert (trace.case_id, trace.at, trace.outcome) == (case_id(table), NOON, "all")


def test_it_is_not_another_logins_look(table, person, granvik):
    here, there = person("eirik"), person("eirik")
    looks(here, table, "plan")
    looks(there, table, "plan")

    assert [t.login_id for t in looked(granvik, "plan")] == [here.login, there.login]


def test_a_person_without_a_login_leaves_a_trace_each_time(table, eirik, granvik):
    from dataclasses import replace

    command = replace(eirik, login=None)
    looks(command, table, "plan")
    looks(command, table, "plan")

    assert [t.login_id for t in looked(granvik, "plan")] == [None, None]


def test_a_look_is_a_new_one_each_time_the_gates_answer_has_changed(table, pernille, granvik):
    table.consents("ppt")
    table.lets_join(pernille)
    for level in ("everyday", "agreements", "everyday"):
        table.answers(table.jonas, ppt=Answer(ConsentLevel(level)))
        table.clock.set(table.clock.now + A_SECOND)
        looks(pernille, table, "plan")
        looks(pernille, table, "plan")

    assert [t.outcome for t in looked(granvik, "plan")] == ["scho,tilt,well", "tilt", "scho,tilt,well"]


@pytest.mark.meets("R-50")
def test_what_cannot_be_written_down_is_not_shown(table, eirik, monkeypatch):
    def full(*_):
        raise OSError("disk full")

    monkeypatch.setattr(audit, "append", full)
    shown = []
    with pytest.raises(OSError, match="disk full"), looking(At(eirik, table.number), "plan") as case:
        shown.append(case)

    assert shown == []


# Done means written down


@pytest.fixture
def asked_for():
    """Make use cases for one test, and take them out of the register again."""
    before = dict(USE_CASES)
    yield use_case
    USE_CASES.clear()
    USE_CASES.update(before)


def test_what_was_done_is_written_down_with_who_and_what(table, torleiv, granvik):
    table.lets_join(torleiv)
    table.starts()
    table.moves(Step.PLANLEGG_TILTAK)
    key = planning.save_oppmerksomhet(At(torleiv, table.number), title="Fravær", goal="", version=0)

    (trace,) = traces(granvik, "save_oppmerksomhet")
    assert (trace.object, trace.outcome, trace.at) == (str(key), "done", NOON)
    assert (trace.actor_id, trace.service_id, trace.login_id) == (torleiv.id, torleiv.service, torleiv.login)
    with granvik.reading(torleiv.id) as session:
        row = session.execute(select(Oppmerksomhet)).scalar_one()
    assert (row.updated_by, row.written_for, row.case_id) == (torleiv.id, torleiv.service, trace.case_id)


def test_what_returns_nothing_is_written_down_too(table, granvik):
    table.starts()
    table.moves(Step.PLANLEGG_TILTAK)

    (trace,) = traces(granvik, "move_on")
    assert (trace.object, trace.outcome) == ("", "done")


def test_the_mark_changes_with_every_write_and_with_no_look(table, eirik):
    before = mark_of(eirik, table.number)
    looks(eirik, table)
    assert mark_of(eirik, table.number) == before

    starting.save_situation(table.at, core="a", resource="b", challenge="", version=0)
    assert mark_of(eirik, table.number) != before


@pytest.mark.parametrize("trouble", [RuntimeError("broken"), Refused(Reason.NOT_A_CHOICE)], ids=["fault", "refusal"])
def test_a_use_case_that_does_not_end_well_saves_nothing(table, granvik, asked_for, trouble):
    @asked_for(Action.WRITE)
    def write_and_fall(case):
        case.new(SituationText(round=1, kind=SituationKind.CORE, text="a", category=Category.SCHOOL_KINDERGARTEN))
        raise trouble

    before = len(traces(granvik))
    with pytest.raises(type(trouble)):
        write_and_fall(table.at)

    assert len(traces(granvik)) == before
    with table.looking() as case:
        assert story.situation(case) == ()


def test_a_refusal_is_written_down_though_all_else_is_undone(table, granvik, asked_for):
    @asked_for(Action.WRITE)
    def write_and_be_refused(case):
        case.new(SituationText(round=1, kind=SituationKind.CORE, text="a", category=Category.SCHOOL_KINDERGARTEN))
        raise Refused(Reason.NOT_COVERED, tjeneste="PPT")

    assert refused(write_and_be_refused, table.at) is Reason.NOT_COVERED

    assert [(t.object, t.outcome) for t in traces(granvik, "refused")] == [("write_and_be_refused", "not_covered")]
    assert traces(granvik, "write_and_be_refused") == []
    with table.looking() as case:
        assert story.situation(case) == ()


def test_what_cannot_be_written_down_is_not_done(table, eirik, granvik, monkeypatch):
    def full(*_):
        raise OSError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr(audit, "append", full)
        with pytest.raises(OSError, match="disk full"):
            starting.save_situation(table.at, core="a", resource="b", challenge="", version=0)

    with table.looking() as case:
        assert story.situation(case) == ()


def test_what_the_database_refuses_is_said_as_a_reason(table, asked_for):
    @asked_for(Action.WRITE)
    def write_twice(case):
        for words in ("a", "b"):
            case.new(SituationText(round=1, kind=SituationKind.CORE, text=words, category=Category.HEALTH))

    assert refused(write_twice, table.at) is Reason.SAVED_ALREADY


# Two who save


@pytest.mark.meets("R-49")
def test_the_second_of_two_saves_overwrites_nothing_and_hears_who_came_first(table, torleiv):
    table.lets_join(torleiv)
    table.comes_to(Step.PLANLEGG_TILTAK)
    with table.looking() as case:
        (before, _) = planning.view(case).tiltak
    save = {"responsible": before.responsible, "oppmerksomhet": before.oppmerksomhet, "tiltak": before.id}
    planning.save_tiltak(At(torleiv, table.number), text="Torleivs ord", **save, version=before.version)

    with pytest.raises(Refused) as refusal:
        planning.save_tiltak(table.at, text="Eiriks ord", **save, version=before.version)

    assert refusal.value.reason is Reason.CHANGED_BY_OTHER
    assert refusal.value.values["navn"] == "Torleiv Tenkt"
    assert words_of(table, before.id) == ("Torleivs ord", before.version + 1)
    planning.save_tiltak(table.at, text="Begges ord", **save, version=before.version + 1)
    assert words_of(table, before.id) == ("Begges ord", before.version + 2)


def words_of(table, tiltak):
    with table.looking() as case:
        return next((t.text, t.version) for t in story.tiltak(case) if t.id == tiltak)


def test_a_form_opened_empty_by_two_is_saved_by_one(table, torleiv):
    table.lets_join(torleiv)
    first = {"core": "Torleivs ord", "resource": "", "challenge": "", "version": 0}
    starting.save_situation(At(torleiv, table.number), **first)

    with pytest.raises(Refused) as refusal:
        starting.save_situation(table.at, **(first | {"core": "Eiriks ord"}))

    assert refusal.value.reason is Reason.CHANGED_BY_OTHER
    assert refusal.value.values["navn"] == "Torleiv Tenkt"
    with table.looking() as case:
        assert [t.text for t in story.situation(case)] == ["Torleivs ord"]


# A row of another case


@pytest.fixture
def other(table, eirik):
    """Ola's case, with Eirik in both."""
    number = creating.create_case(
        eirik,
        child_name="Ola Prøvesen",
        birth_date=OLA_BORN,
        protected_address=ProtectedAddress.NONE,
        guardians=[MARTE],
    )
    twin = Table.__new__(Table)
    twin.__dict__ |= vars(table) | {"number": number, "at": At(eirik, number)}
    twin.take_part = twin.who_takes_part()
    with twin.looking() as case:
        twin.marte = twin.jonas = next(p.key for p in people.people(case) if p.kind is people.PersonKind.GUARDIAN)
    return twin


def test_a_row_of_another_case_cannot_be_got(table, other):
    for one in (table, other):
        one.starts()
        one.moves(Step.PLANLEGG_TILTAK)
        one.plans()

    theirs = {"tiltak": other.at_school, "version": 1, "text": "Byttet", "responsible": None}
    assert refused(planning.save_tiltak, table.at, oppmerksomhet=table.concern, **theirs) is Reason.NOT_YOURS
    assert refused(table.adds_tiltak, "Byttet", None, other.concern) is Reason.NOT_A_CHOICE
    assert refused(table.adds_tiltak, "Byttet", None, table.marte) is Reason.NOT_A_CHOICE
    assert (
        refused(planning.save_oppmerksomhet, table.at, title="a", goal="", oppmerksomhet=other.concern, version=1)
        is Reason.NOT_YOURS
    )
    narrow = {"service": table.services["ppt"], "kept_out": True, "said_by": "Marte"}
    assert refused(consenting.narrow, table.at, oppmerksomhet=other.concern, **narrow) is Reason.NOT_YOURS
    assert refused(people.remove_colleague, table.at, participant=other.take_part["Marte Testdal"]) is Reason.NOT_YOURS
    assert words_of(other, other.at_school) == ("Eirik møter Solveig i døra mandag morgen", 1)


def strays(table, other):
    """Return rows of Solveig's case that point into Ola's, one for each way to point."""
    with other.looking() as case:
        goal = story.oppmerksomheter(case)[0].goal.id
        heard = story.child_views(case)[0].id
        of_the_other = select(ConsentDeclaration.id).where(ConsentDeclaration.case_id == case.id)
        declaration = case.session.execute(of_the_other).scalars().first()
    mine = {"case_id": case_id(table), "id": ids.new()}
    written = {"category": Category.TILTAK_AND_EVALUATION, "updated_at": NOON, "version": 1}
    tiltak = {
        "text": "a",
        "start": date(2026, 3, 10),
        "status": TiltakStatus.PLANNED,
        "round": 1,
        "order_no": 9,
        "goal_id": goal,
    }
    service = {"service_id": table.services["barnevern"]}
    narrowing = {"kept_out": True, "said_by": "a", "at": NOON, "recorded_by": table.eirik.id}
    answer = {"level": "no", "additions": frozenset(), "exclusions": frozenset()}
    meeting = {"heard_for": "plan", "round": 7, "attends": False, "updated_at": NOON, "version": 1}
    return {
        "tiltak": insert(Tiltak).values(**mine, **written, **tiltak, oppmerksomhet_id=other.concern),
        "goal": insert(Goal).values(**mine, **written, oppmerksomhet_id=other.concern),
        "narrowing": insert(Narrowing).values(**mine, **narrowing, **service, oppmerksomhet_id=other.concern),
        "reader": insert(ChildViewReader).values(**mine, **service, child_view_id=heard),
        "answer": insert(ConsentAnswer).values(**mine, **service, **answer, declaration_id=declaration),
        "plan": insert(ChildViewPlan).values(**mine, **meeting, interviewer_id=other.take_part["Eirik Prøve"]),
    }


@pytest.mark.parametrize("kind", ["tiltak", "goal", "narrowing", "reader", "answer", "plan"])
def test_the_database_refuses_a_row_that_points_into_another_case(table, other, granvik, eirik, kind):
    for one in (table, other):
        one.starts()
        one.moves(Step.PLANLEGG_TILTAK)
        one.plans()

    with pytest.raises(IntegrityError) as broken, granvik.writing(eirik.id) as session:
        session.execute(strays(table, other)[kind])

    assert constraints.explained(broken.value).reason is Reason.NOT_YOURS


def test_every_key_between_two_rows_of_a_case_carries_the_case(granvik):
    of_case = {t.name for t in Base.metadata.sorted_tables if "case_id" in t.c and t.name != "log_event"}
    held = look_at(granvik.engine)
    for name in of_case:
        for key in held.get_foreign_keys(name):
            if key["referred_table"] in of_case:
                assert (key["constrained_columns"][0], key["referred_columns"][0]) == ("case_id", "case_id"), key
        in_metadata = {
            tuple(c.columns.keys())
            for c in Base.metadata.tables[name].constraints
            if isinstance(c, ForeignKeyConstraint)
        }
        assert {tuple(k["constrained_columns"]) for k in held.get_foreign_keys(name)} == in_metadata


# Who is no longer, or not yet, or not in that way


PARTS = {
    "the account is ended": (StaffUser, {"active": False}),
    "access ended yesterday": (Participant, {"access_until": date(2026, 3, 9)}),
    "has left": (Participant, {"left_at": NOON}),
    "joins in a moment": (Participant, {"joined_at": NOON + A_SECOND}),
    "is there as a guest": (Participant, {"kind": ParticipantKind.FAMILY_GUEST}),
    "is there as an observer": (Participant, {"kind": ParticipantKind.OBSERVER}),
}


@pytest.mark.parametrize(("where", "values"), PARTS.values(), ids=PARTS.keys())
@pytest.mark.parametrize("username", ["torleiv", "pernille"])
def test_one_who_takes_no_part_now_sees_nothing(table, person, granvik, username, where, values):
    actor = person(username)
    table.consents("ppt")
    table.lets_join(actor)
    assert seeing.my_cases(actor)

    of = where.id if where is StaffUser else where.user_id
    change(granvik, update(where).where(of == actor.id).values(**values), table.eirik.id)

    assert refused(looks, actor, table) is Reason.NOT_YOURS
    at = At(actor, table.number)
    assert refused(starting.save_situation, at, core="a", resource="", challenge="", version=0) is Reason.NOT_YOURS
    assert mark_of(actor, table.number) is None
    if where is Participant:
        assert seeing.my_cases(actor) == ()


def test_access_until_a_day_counts_to_its_end(table, torleiv, granvik, wall_clock):
    table.lets_join(torleiv)
    until = update(Participant).where(Participant.user_id == torleiv.id).values(access_until=date(2026, 3, 10))
    change(granvik, until, table.eirik.id)
    midnight = clock.end_of(date(2026, 3, 10))

    wall_clock.set(midnight - clock.A_MOMENT)
    assert looks(torleiv, table).sight.relation is Relation.COLLEAGUE
    wall_clock.set(midnight)
    assert refused(looks, torleiv, table) is Reason.NOT_YOURS


def test_one_who_was_removed_may_be_let_in_again(table, torleiv):
    table.lets_join(torleiv)
    people.remove_colleague(table.at, participant=table.who_takes_part()["Torleiv Tenkt"])
    assert refused(looks, torleiv, table) is Reason.NOT_YOURS

    table.lets_join(torleiv)
    assert looks(torleiv, table)


@pytest.mark.parametrize("who", ["Eirik Prøve", "Marte Testdal", "Solveig Testdal"])
def test_neither_the_stafettholder_nor_the_family_is_removed(table, who):
    assert refused(people.remove_colleague, table.at, participant=table.take_part[who]) is Reason.NOT_ALLOWED


# What is open


def test_the_owner_service_sees_everything_and_the_stafettholder_leads(table, torleiv, eirik):
    table.lets_join(torleiv)
    colleague, holder = looks(torleiv, table).sight, looks(eirik, table).sight

    assert (colleague.relation, holder.relation) == (Relation.COLLEAGUE, Relation.STAFETTHOLDER)
    assert colleague.categories == holder.categories == frozenset(Category)
    assert colleague.everything
    assert holder.everything


def test_a_covered_service_sees_its_windows_and_no_more(table, pernille):
    table.consents("ppt")
    table.lets_join(pernille)
    sight = looks(pernille, table).sight

    assert (sight.relation, sight.everything, sight.service) == (Relation.COVERED, False, pernille.service)
    assert sight.categories == {
        Category.TILTAK_AND_EVALUATION,
        Category.SCHOOL_KINDERGARTEN,
        Category.WELLBEING_SOCIAL,
    }


def test_a_school_the_kommune_does_not_own_is_inside_the_gate_in_its_own_case(table, eirik, granvik):
    change(granvik, update(Service).where(Service.id == eirik.service).values(owner=ServiceOwner.OTHER))

    assert refused(looks, eirik, table) is Reason.NOT_YOURS
    assert seeing.my_cases(eirik) == ()


def sharing(table, actor, *, opens, closes, **more):
    given = {"purpose": Purpose.COOPERATE, "policy": opening.policy_mark()}
    return insert(Sharing).values(
        id=ids.new(),
        case_id=case_id(table),
        service_id=actor.service,
        category=Category.HEALTH,
        opens=opens,
        closes=closes,
        **(given | more),
    )


@pytest.mark.parametrize(
    ("opens", "closes", "sees"),
    [
        (NOON, NOON + A_SECOND, True),
        (NOON + clock.A_MOMENT, NOON + A_SECOND, False),
        (NOON - A_SECOND, NOON, False),
        (NOON - A_SECOND, NOON + clock.A_MOMENT, True),
    ],
    ids=["opens now", "opens in a moment", "closes now", "closes in a moment"],
)
def test_a_window_is_open_from_its_first_moment_to_its_last(table, pernille, granvik, opens, closes, sees):
    table.consents("ppt")
    table.lets_join(pernille)
    change(granvik, sharing(table, pernille, opens=opens, closes=closes), table.eirik.id)

    assert (Category.HEALTH in looks(pernille, table).sight.categories) is sees


@pytest.mark.parametrize(
    ("level", "sees"), [(Level.OWN_SERVICE, False), (Level.MUNICIPAL, False), (Level.EXTERNAL, True)]
)
def test_a_yes_to_help_from_outside_opens_the_case_at_that_level_only(table, pernille, granvik, level, sees):
    table.consents("ppt")
    table.lets_join(pernille)
    outside = sharing(table, pernille, opens=NOON, closes=NOON + A_SECOND, purpose=Purpose.EXTERNAL_HELP)
    change(granvik, outside, table.eirik.id)
    change(granvik, update(Case).values(level=level), table.eirik.id)

    assert (Category.HEALTH in looks(pernille, table).sight.categories) is sees


def test_a_window_of_another_policy_is_shut(table, pernille, granvik):
    table.consents("ppt")
    table.lets_join(pernille)
    change(granvik, update(Sharing).values(policy="0" * 16), table.eirik.id)

    assert refused(looks, pernille, table) is Reason.NOT_YOURS
    assert seeing.my_cases(pernille) == ()


def test_another_services_window_is_not_hers(table, pernille, liv):
    table.consents("ppt", "skolehelse")
    table.lets_join(pernille)
    table.lets_join(liv)
    table.withdraws(table.marte, "ppt")

    assert looks(liv, table)
    assert refused(looks, pernille, table) is Reason.NOT_YOURS


def test_what_she_sees_follows_the_service_of_her_account_not_of_an_older_sign_in(table, granvik, pernille, person):
    table.consents("ppt")
    table.lets_join(pernille)
    nurse = select(StaffUser.service_id).where(StaffUser.username == "liv").scalar_subquery()
    change(granvik, update(StaffUser).where(StaffUser.id == pernille.id).values(service_id=nurse))

    moved = person("pernille")

    assert moved.service != pernille.service
    assert refused(looks, moved, table) is Reason.NOT_YOURS


# The register


def mapped(name):
    return {m.class_.__tablename__: m.class_ for m in Base.registry.mappers}[name]


def criteria_of(statement):
    """Return the conditions of the statement as texts, each part of an «and» by itself."""
    clauses = getattr(statement.whereclause, "clauses", [statement.whereclause])
    return {str(c) for c in clauses}


@pytest.mark.parametrize("number", range(len(REGISTER)))
def test_a_prepared_statement_names_every_table_of_a_case_it_reads(number):
    statement, tables = REGISTER[number].statement, REGISTER[number].tables
    read = {
        t.name
        for source in statement.get_final_froms()
        for t in visitors.iterate(source)
        if getattr(t, "__visit_name__", "") == "table" and "case_id" in t.c
    }
    with_words = {name for name in read if {"category", "oppmerksomhet_id"} & set(Base.metadata.tables[name].c.keys())}

    assert tables
    assert with_words <= {t.__tablename__ for t in tables}


def in_its_time(name):
    return f"{name}.written_at >= :since AND {name}.written_at < :until"


@pytest.mark.parametrize("number", range(len(REGISTER)))
def test_a_prepared_statement_cannot_be_run_without_its_criteria(number):
    statement, tables = REGISTER[number].statement, REGISTER[number].tables
    conditions = criteria_of(statement)

    for table in tables:
        name, columns = table.__tablename__, table.__table__.c
        assert f"{name}.case_id = :case" in conditions
        if table is ChildView:
            (of_the_child,) = [c for c in conditions if c.startswith("(:everything OR (EXISTS")]
            assert "child_view_reader" in of_the_child
            assert of_the_child.endswith(f"OR {in_its_time(name)} AND :everything_then)")
            assert "FROM child_view_reader AS child_view_reader_1 \nWHERE" in str(statement), "of this row, not of any"
            assert any(
                c.startswith(f"({name}.about_guardian IS NULL OR {name}.about_guardian IS NOT NULL AND (:about_all")
                for c in conditions
            )
        elif "category" in columns:
            opens = f"({name}.about_guardian IS NULL AND {name}.category IN (__[POSTCOMPILE_open"
            own = f"OR {name}.about_guardian IS NOT NULL AND (:about_all"
            (of_the_reader,) = [c for c in conditions if c.startswith(opens)]
            assert own in of_the_reader
            assert f"{name}.about_guardian IN (__[POSTCOMPILE_about" in of_the_reader
            for then in ("(:about_all_then", f"{name}.category IN (__[POSTCOMPILE_open_then"):
                assert f"{in_its_time(name)} AND {then}" in of_the_reader
            assert of_the_reader.endswith(f"OR {name}.about_guardian IS NULL AND {name}.written_for = :own)")
        key = f"{name}.id" if table is Oppmerksomhet else f"{name}.oppmerksomhet_id"
        if table is Oppmerksomhet or "oppmerksomhet_id" in columns:
            may_be_none = "oppmerksomhet_id" in columns and columns.oppmerksomhet_id.nullable
            assert any(
                c.removeprefix(f"({key} IS NULL OR " if may_be_none else "").startswith(
                    f"({key} NOT IN (SELECT narrowing.oppmerksomhet_id"
                )
                and ":service" in c
                for c in conditions
            )
    assert "case" in statement.compile().params


def test_every_table_with_peoples_words_is_read_through_the_register():
    with_words = {m.class_ for m in Base.registry.mappers if "category" in m.class_.__table__.c} - {Sharing}

    assert with_words <= {table for one in REGISTER for table in one.tables}


def test_only_prepared_statements_read_what_people_wrote():
    """No other statement of casework selects from a table with people's words: it would have no criteria."""
    with_words = {m.class_.__table__ for m in Base.registry.mappers if "category" in m.class_.__table__.c}
    with_words -= {Sharing.__table__}
    prepared = {id(one.statement) for one in REGISTER}
    for module in ALL_OF_CASEWORK:
        for name, value in vars(module).items():
            if isinstance(value, Select) and id(value) not in prepared:
                columns = [c for c in visitors.iterate(value) if isinstance(c, Column) and c.table in with_words]
                words = {c.key for c in columns} - {"case_id", "id", "round", "outcome", "heard_for"}
                assert not words, f"{module.__name__}.{name} reads {words}"


# What the doors promise about themselves


def test_every_use_case_may_be_asked_for_by_somebody():
    for name, needs in USE_CASES.items():
        assert any(needs in actions for actions in MAY.values()), name
    assert Counter(name.rsplit(".", 1)[0] for name in USE_CASES)["bti.casework.consent.consenting"] >= 5


def test_every_action_is_needed_for_something():
    assert set(Action) - set(USE_CASES.values()) <= {Action.LOOK, Action.SEE_TRACES}


def test_no_public_function_of_casework_gives_a_row_away():
    rows = [m.class_ for m in Base.registry.mappers]
    for module in ALL_OF_CASEWORK:
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if name.startswith("_") or function.__module__ != module.__name__:
                continue
            given = typing.get_type_hints(inspect.unwrap(function)).get("return")
            assert not [part for part in inside(given) if part in rows], f"{module.__name__}.{name}"


def inside(hint):
    yield hint
    for part in typing.get_args(hint):
        yield from inside(part)


def test_an_open_case_says_nothing_of_what_is_in_it_when_it_is_printed(table, eirik):
    shown = repr(looks(eirik, table))

    assert "Solveig" not in shown
    assert "Testdal" not in shown
    assert isinstance(looks(eirik, table), OpenCase)


# The second lock


WORDS = (
    SituationText,
    Oppmerksomhet,
    Goal,
    Tiltak,
    Evaluation,
    RoundEvaluation,
    Decision,
    BestInterestsAssessment,
    ChildView,
    Meeting,
    TiltakProposal,
    ProgressNote,
    Agreement,
)
A_WHOLE_LOG = Step.VEIEN_VIDERE


def all_rows(database, table, actor):
    """Return all rows of a table the database itself gives this actor, asked without any criteria."""
    with database.reading(actor) as session:
        return session.execute(text(f'SELECT * FROM "{table.__tablename__}"')).all()


@ON_POSTGRES
def test_the_database_itself_gives_nothing_to_one_without_a_window(granvik, table, pernille, liv, torleiv, person):
    table.starts()
    table.lets_join(pernille)
    table.lets_join(liv)
    table.moves(Step.PLANLEGG_TILTAK)
    table.plans()
    table.adds_what_is_optional()
    table.moves(Step.IVERKSETT)
    table.notes_something()
    table.carries_out()
    table.moves(Step.EVALUERING)
    table.evaluates()
    table.moves(Step.VEIEN_VIDERE)
    table.decides()
    table.withdraws(table.jonas, "ppt")
    strangers = [person(name).id for name in ("randi", "kaja", "sander", "vigdis")]

    for words in WORDS:
        assert all_rows(granvik, words, table.eirik.id), words
        assert all_rows(granvik, words, liv.id), words
        for nobody in (pernille.id, torleiv.id, *strangers, NOBODY, RULE, "", ids.new()):
            assert all_rows(granvik, words, nobody) == [], (words, nobody)


@ON_POSTGRES
def test_the_database_itself_holds_the_categories(granvik, table, pernille):
    table.is_asked("ppt", level=ConsentLevel.AGREEMENTS)
    for guardian in (table.marte, table.jonas):
        table.answers(guardian, ppt=Answer(ConsentLevel.AGREEMENTS))
    table.lets_join(pernille)
    starting.save_situation(table.at, core="a", resource="b", challenge="", version=0)
    starting.plan_child(table.at, takes_part=ChildTakesPart.ATTENDS, interviewer=None, not_heard_reason="", version=0)
    table.moves(Step.PLANLEGG_TILTAK)
    table.plans()

    assert all_rows(granvik, Tiltak, pernille.id)
    assert all_rows(granvik, SituationText, pernille.id) == []
    assert all_rows(granvik, BestInterestsAssessment, pernille.id) == []
    assert len(all_rows(granvik, SituationText, table.eirik.id)) == 2


@ON_POSTGRES
def test_the_rule_reads_the_facts_of_consent_and_no_ones_words(granvik, table):
    table.comes_to(Step.PLANLEGG_TILTAK)

    assert len(all_rows(granvik, ConsentDeclaration, RULE)) == 2
    assert all_rows(granvik, ConsentDeclaration, NOBODY) == []
    for words in (*WORDS, Narrowing):
        assert all_rows(granvik, words, RULE) == []


@ON_POSTGRES
def test_the_database_itself_shuts_when_the_clock_passes_the_window(granvik, table, pernille, wall_clock):
    table.starts()
    table.lets_join(pernille)
    end = clock.end_of(date(2026, 7, 31))

    wall_clock.set(end - clock.A_MOMENT)
    assert all_rows(granvik, SituationText, pernille.id)
    wall_clock.set(end)
    assert all_rows(granvik, SituationText, pernille.id) == []


@ON_POSTGRES
def test_the_database_itself_takes_no_row_into_a_case_one_is_not_in(granvik, table, pernille):
    row = insert(SituationText).values(
        id=ids.new(),
        case_id=case_id(table),
        round=1,
        kind=SituationKind.CORE,
        text="a",
        category=Category.SCHOOL_KINDERGARTEN,
        version=1,
        updated_at=NOON,
    )
    for nobody in (pernille.id, NOBODY, RULE):
        with pytest.raises(DBAPIError, match="row-level security"), granvik.writing(nobody) as session:
            session.execute(row)


@ON_POSTGRES
def test_a_transaction_forgets_who_acted_in_the_one_before(granvik, table):
    table.comes_to(Step.PLANLEGG_TILTAK)
    assert all_rows(granvik, Tiltak, table.eirik.id)

    with granvik.engine.connect() as connection:
        assert connection.execute(text("SELECT * FROM tiltak")).all() == []


@ON_POSTGRES
def test_the_app_is_neither_owner_nor_superuser_and_the_lock_is_forced(granvik):
    open_to_the_app = {
        "installation",
        "service",
        "staff_user",
        "login",
        "sign_in_attempt",
        "case",
        "participant",
        "stafettholder_handover",
        "sharing",
        "ownership",
        "transfer",
        "log_event",
    }
    with granvik.engine.connect() as connection:
        role = connection.execute(
            text(
                "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles"
                " WHERE rolname = current_user"
            )
        ).one()
        tables = connection.execute(
            text(
                "SELECT relname, pg_get_userbyid(relowner), relrowsecurity, relforcerowsecurity FROM pg_class"
                " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            )
        ).all()
        written = {
            right: connection.execute(text(f"SELECT has_table_privilege('log_event', '{right}')")).scalar()
            for right in ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE")
        }

    assert tuple(role) == ("bti_app", False, False, False, False)
    assert {owner for _, owner, _, _ in tables} == {"bti_owner"}
    locked = {name for name, _, enabled, forced in tables if enabled and forced}
    assert locked == set(Base.metadata.tables) - open_to_the_app
    assert {name for name, _, enabled, _ in tables if enabled} == locked
    assert written == {"SELECT": True, "INSERT": True, "UPDATE": False, "DELETE": False, "TRUNCATE": False}


def test_the_kinds_of_rows_in_a_case_are_known():
    """A new kind of row is met here first: it says for itself whether it holds people's words."""
    of_case = {m.class_ for m in Base.registry.mappers if issubclass(m.class_, OfCase)}
    with_words = {t for t in of_case if "category" in t.__table__.c}

    assert with_words == {*WORDS, Sharing, EvaluationVoice, ReferralMessage} - {Meeting}
    assert all(
        isinstance(t.__table__.c.category.nullable, bool) and not t.__table__.c.category.nullable for t in with_words
    )

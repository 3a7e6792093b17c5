"""For any family and any row: what the prepared statements give a reader is what the rule says she may see, row by row.

Facts and rows are drawn, stored, and read a second to each side of every moment at which the answer can turn.
"""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, update

from bti import clock, ids
from bti.casework.door import At, looking
from bti.casework.ground.policy import policy, policy_mark
from bti.casework.ground.reading import reading
from bti.casework.paper import exporting
from bti.errors import Refused
from bti.rules.childs_voice import HeardBy, HeardFor, ShareWith
from bti.rules.consent import (
    FOR_EVER,
    Category,
    ConsentAddition,
    ConsentForm,
    ConsentLevel,
    DecisionKind,
    DecisionValue,
    Item,
    Purpose,
    TakesAlong,
    can_read,
    can_share,
)
from bti.rules.people import ParticipantKind, ServiceOwner
from bti.store import sharing
from bti.store.facts import consent_facts
from bti.store.tables import (
    Case,
    CaseDecision,
    CaseDecisionConsenter,
    ChildView,
    ChildViewReader,
    Consent,
    ConsentAnswer,
    ConsentDeclaration,
    ConsentEvidence,
    ConsentRequest,
    ConsentWithdrawal,
    Goal,
    Narrowing,
    Oppmerksomhet,
    Ownership,
    Participant,
    Service,
    Sharing,
    Transfer,
)
from tests.casework.test_five_steps import ON_ONE_ENGINE, Table
from tests.casework.test_transferring import make_school
from tests.cast import NOON

A_SECOND = timedelta(seconds=1)
LONG_AGO = datetime(2026, 1, 1, 9, 0, tzinfo=UTC)
TURNS = 5
"""So many turning points of each family are looked at from both sides: a look is a transaction."""
SUMMER = date(2026, 7, 31)
HOURS = st.integers(1, 200).map(lambda n: NOON + timedelta(hours=n))
GUARDIANS = st.sampled_from(["marte", "jonas"])
FACTS = (
    Sharing,
    Ownership,
    Transfer,
    ConsentEvidence,
    ConsentAnswer,
    ConsentDeclaration,
    ConsentRequest,
    ConsentWithdrawal,
    Consent,
    CaseDecisionConsenter,
    CaseDecision,
    Narrowing,
    Goal,
    ChildViewReader,
    ChildView,
    Oppmerksomhet,
)
GOALS = reading(select(Goal.id), Goal)
VIEWS = reading(select(ChildView.id), ChildView)
CATEGORIES = [c for c in Category if c is not Category.CHILD_STATEMENTS]

answers = st.fixed_dictionaries(
    {
        "level": st.sampled_from([ConsentLevel.NO, ConsentLevel.AGREEMENTS, ConsentLevel.EVERYDAY]),
        "additions": st.frozensets(st.sampled_from(ConsentAddition)),
        "exclusions": st.one_of(st.just(frozenset()), st.just(frozenset()), st.just(frozenset({Category.FAMILY_HOME}))),
    }
)
said = st.fixed_dictionaries(
    {
        "who": GUARDIANS,
        "at": HOURS,
        "answer": answers,
        "about_me": st.sampled_from([None, None, frozenset(), frozenset({"other"}), frozenset({"other", "child"})]),
        "form": st.sampled_from([ConsentForm.ELECTRONIC, ConsentForm.ELECTRONIC, ConsentForm.ORAL]),
        "found": st.one_of(st.none(), HOURS),
    }
)
taken_back = st.fixed_dictionaries(
    {
        "who": GUARDIANS,
        "at": HOURS,
        "additions": st.sampled_from([frozenset(), frozenset({ConsentAddition.FAMILY_HOME})]),
    }
)
decided = st.tuples(HOURS, st.sampled_from([DecisionValue.ONE_PLUS_NOTICE, DecisionValue.ALL]), GUARDIANS)
rows = st.fixed_dictionaries(
    {
        "category": st.sampled_from(CATEGORIES),
        "about": st.sampled_from([None, None, "marte", "jonas"]),
        "kept_out": st.sampled_from([(), (), (True,), (True, False), (False, True)]),
        "written_at": st.one_of(st.just(LONG_AGO), HOURS),
    }
)
views = st.fixed_dictionaries(
    {
        "about": st.sampled_from([None, "marte"]),
        "named": st.booleans(),
        "written_at": st.one_of(st.just(LONG_AGO), HOURS),
    }
)
ALONG = st.one_of(
    st.tuples(
        st.sampled_from([TakesAlong.EVERYTHING, TakesAlong.AGREEMENTS, TakesAlong.NOTHING]), st.just(frozenset())
    ),
    st.tuples(st.just(TakesAlong.CHOSEN), st.frozensets(st.sampled_from(CATEGORIES), min_size=1)),
)
moves = st.fixed_dictionaries(
    {
        "day": HOURS.map(clock.day),
        "along": ALONG,
        "yes": st.one_of(st.just(LONG_AGO), st.just(LONG_AGO), st.none(), HOURS),
        "ends": st.one_of(
            st.none(), st.none(), st.tuples(st.sampled_from(["cancelled_at", "archived_from_at"]), HOURS)
        ),
    }
)
OWNERS = st.sampled_from(["kommune", "kommune", "other", date(2026, 3, 12)])
families = st.fixed_dictionaries(
    {
        "both": answers,
        "said": st.lists(said, max_size=3),
        "taken_back": st.lists(taken_back, max_size=1),
        "decided": st.lists(decided, max_size=1),
        "rows": st.lists(rows, min_size=1, max_size=5),
        "view": views,
        "other_owner": OWNERS,
        "school_of": OWNERS,
        "moves": st.lists(moves, max_size=2),
        "closed": st.one_of(st.none(), st.none(), st.none(), HOURS),
    }
)


class Drawn:
    """A drawn family in the database: its facts, its rows, and the items the rule knows them as."""

    def __init__(self, table, database, family, pernille, nora):
        self.table, self.database = table, database
        self.ppt = table.services["ppt"]
        self.readers = (table.eirik, pernille, nora)
        with database.writing(table.eirik.id) as session:
            self.case, self.child = session.execute(select(Case.id, Case.child_id)).one()
            for one in FACTS:
                session.execute(delete(one).where(one.case_id == self.case))
            self.items, self.views = {}, {}
            self.writes(session, family)
            sharing.rebuild(session, self.case, policy(), policy_mark())
        with database.reading(table.eirik.id) as session:
            self.facts = consent_facts(session, self.case, policy())

    def key(self, who):
        return getattr(self.table, who) if who else None

    def adds(self, session, table, **values):
        key = ids.new()
        if "version" in table.__table__.c:
            values |= {"version": 1, "updated_at": NOON}
        session.execute(insert(table).values(id=key, case_id=self.case, **values))
        return key

    def writes(self, session, family):
        _eirik, pernille, nora = self.readers
        for service, other in ((pernille.service, family["other_owner"]), (nora.service, family["school_of"])):
            owner = ServiceOwner.KOMMUNE if other == "kommune" else ServiceOwner.OTHER
            agreed = other if isinstance(other, date) else None
            session.execute(update(Service).where(Service.id == service).values(owner=owner, agreement_date=agreed))
        self.moves(session, family["moves"])
        session.execute(
            update(Case).values(closed_at=family["closed"], status="closed" if family["closed"] else "open")
        )
        consent = self.adds(
            session,
            Consent,
            purpose=Purpose.COOPERATE,
            valid_from=date(2026, 1, 1),
            valid_to=SUMMER,
            information_given_at=LONG_AGO,
            not_to_share="",
            recorded_by=self.table.eirik.id,
            recorded_at=LONG_AGO,
        )
        self.adds(
            session,
            ConsentRequest,
            consent_id=consent,
            service_id=self.ppt,
            level=ConsentLevel.EVERYDAY,
            additions=frozenset(),
        )
        plain = {"about_me": None, "form": ConsentForm.ELECTRONIC, "found": None}
        for who in ("marte", "jonas"):
            self.says(session, consent, {"who": who, "at": LONG_AGO, "answer": family["both"], **plain})
        for one in family["said"]:
            self.says(session, consent, one)
        for one in family["taken_back"]:
            self.adds(
                session,
                ConsentWithdrawal,
                guardian_id=self.key(one["who"]),
                service_id=self.ppt,
                additions=one["additions"],
                at=one["at"],
                received_by=self.table.eirik.id,
            )
        for at, value, who in family["decided"]:
            self.decides(session, at, value, who)
        for n, row in enumerate(family["rows"]):
            self.adds_row(session, n, row)
        self.adds_view(session, family["view"])

    def moves(self, session, moves):
        """To Nes, and perhaps back again."""
        schools = [self.table.eirik.service, self.readers[-1].service]
        for n, move in enumerate(moves):
            along, chosen = move["along"]
            ends = {"cancelled_at": None, "archived_from_at": None} | dict([move["ends"]] if move["ends"] else [])
            self.adds(
                session,
                Transfer,
                from_service_id=schools[n % 2],
                to_service_id=schools[1 - n % 2],
                day=move["day"],
                takes_along=along,
                chosen=chosen,
                family_yes=frozenset(),
                agreed_at=move["yes"],
                **ends,
            )

    def says(self, session, consent, one):
        others = {"other": self.key("jonas" if one["who"] == "marte" else "marte"), "child": self.child}
        about_me = None if one["about_me"] is None else frozenset(others[name] for name in one["about_me"])
        declaration = self.adds(
            session,
            ConsentDeclaration,
            consent_id=consent,
            guardian_id=self.key(one["who"]),
            given_at=one["at"],
            counts_from=one["at"],
            recorded_at=one["at"],
            recorded_by=self.table.eirik.id,
            form=one["form"],
            about_me=about_me,
        )
        self.adds(session, ConsentAnswer, declaration_id=declaration, service_id=self.ppt, **one["answer"])
        if one["found"]:
            self.adds(
                session,
                ConsentEvidence,
                declaration_id=declaration,
                reference="elevmappe",
                at=one["found"],
                recorded_by=self.table.eirik.id,
            )

    def decides(self, session, at, value, who):
        decision = self.adds(
            session,
            CaseDecision,
            kind=DecisionKind.GUARDIAN_RULE,
            value=value,
            decided_by="Randi",
            decided_on=clock.day(NOON),
            reason="Fordi.",
            at=at,
            recorded_by=self.table.eirik.id,
        )
        if value is DecisionValue.ONE_PLUS_NOTICE:
            self.adds(session, CaseDecisionConsenter, decision_id=decision, guardian_id=self.key(who))

    def adds_row(self, session, n, row):
        about = self.key(row["about"])
        words = {
            "category": Category.FAMILY_HOME if about else row["category"],
            "about_guardian": about,
            "written_at": row["written_at"],
        }
        concern = self.adds(session, Oppmerksomhet, title=f"Sak {n}", opened_round=1, order_no=n, **words)
        for minute, kept_out in enumerate(row["kept_out"]):
            self.adds(
                session,
                Narrowing,
                oppmerksomhet_id=concern,
                service_id=self.ppt,
                kept_out=kept_out,
                said_by="Marte",
                at=LONG_AGO + timedelta(minutes=minute),
                recorded_by=self.table.eirik.id,
            )
        goal = self.adds(session, Goal, oppmerksomhet_id=concern, text="Mål", **words)
        out = frozenset({self.ppt} if row["kept_out"] and row["kept_out"][-1] else ())
        self.items[goal] = Item(words["category"], out, about=about, written_at=row["written_at"])

    def adds_view(self, session, view):
        about = self.key(view["about"])
        key = self.adds(
            session,
            ChildView,
            round=1,
            heard_for=HeardFor.PLAN,
            heard_on=clock.day(NOON),
            method=HeardBy.CONVERSATION,
            words="Ord",
            experienced_change="",
            own_situation="",
            wants="",
            assessed_by_role="",
            share_with=ShareWith.ALL,
            category=Category.CHILD_STATEMENTS,
            about_guardian=about,
            written_at=view["written_at"],
        )
        if view["named"]:
            self.adds(session, ChildViewReader, child_view_id=key, service_id=self.ppt)
        self.views[key] = Item(
            Category.CHILD_STATEMENTS,
            child_named=frozenset({self.ppt} if view["named"] else ()),
            about=about,
            written_at=view["written_at"],
        )

    def moments(self):
        """Every moment a kept window begins or ends, and those the facts name, a second to each side."""
        with self.database.reading(self.table.eirik.id) as session:
            kept = [*session.execute(select(Ownership.opens, Ownership.closes))]
            kept += session.execute(select(Sharing.opens, Sharing.closes)).all()
        named = {NOON} | {moment for window in kept for moment in window}
        named |= {d.given_at for d in self.facts.declarations} | {w.at for w in self.facts.withdrawals}
        later = sorted(m for m in named if NOON <= m < FOR_EVER)[:TURNS]
        around = [m + step for m in later for step in (-A_SECOND, timedelta(0), A_SECOND)]
        return [m for m in around if m >= NOON]

    def reads(self, actor):
        try:
            with looking(At(actor, self.table.number), "test") as case:
                return {r.id for r in case.read(GOALS)} | {r.id for r in case.read(VIEWS)}
        except Refused:
            return set()

    def guardian_reads(self, recipient):
        try:
            with looking(At(self.table.eirik, self.table.number), "test") as case:
                through = exporting.as_seen_by(case, recipient)
                return {r.id for r in through.read(GOALS)} | {r.id for r in through.read(VIEWS)}
        except Refused:
            return set()


def holds(drawn):
    """Compare the rule with what is read, at each moment, for PPT, for each school, and for each guardian at the first."""
    everything = {**drawn.items, **drawn.views}
    for at in drawn.moments():
        drawn.table.clock.set(at)
        may_by = {}
        for actor in drawn.readers:
            now = {"service": actor.service, "purpose": Purpose.COOPERATE, "at": at}
            may = {key for key, item in everything.items() if can_share(drawn.facts, item, **now).allowed}
            assert drawn.reads(actor) == may, (at, actor.username)
            may_by[actor.username] = may
        for recipient, who in (("guardian:1", "marte"), ("guardian:2", "jonas")):
            person: UUID = drawn.key(who)
            may = {key for key, item in everything.items() if can_read(drawn.facts, item, person=person, at=at)}
            assert drawn.guardian_reads(recipient) == may & may_by["eirik"], (at, who)


@pytest.fixture
def two(eirik, pernille, wall_clock):
    table = Table(eirik, wall_clock)
    table.consents("ppt")
    table.lets_join(pernille)
    return table


@pytest.fixture
def nora(granvik, two, person):
    """Nora of Nes skole takes part already, so that nothing but the rule keeps the log from her."""
    make_school(granvik)
    nora = person("nora")
    with granvik.writing(two.eirik.id) as session:
        case = session.execute(select(Case.id)).scalar_one()
        part = {"kind": ParticipantKind.STAFF, "joined_at": LONG_AGO, "version": 1, "updated_at": NOON}
        session.execute(insert(Participant).values(id=ids.new(), case_id=case, user_id=nora.id, **part))
    return nora


DRAWN = settings(
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)


@ON_ONE_ENGINE
@pytest.mark.meets("R-01", "R-02", "R-59", "R-62")
@settings(DRAWN, max_examples=max(4, settings.default.max_examples // 6))
@given(family=families)
def test_what_is_read_is_what_the_rule_says(granvik, two, pernille, nora, family):
    two.clock.set(NOON)
    holds(Drawn(two, granvik, family, pernille, nora))


@pytest.mark.parametrize("granvik", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
@settings(DRAWN, max_examples=4)
@given(family=families)
def test_and_on_postgresql_behind_the_second_lock(granvik, two, pernille, nora, family):
    two.clock.set(NOON)
    holds(Drawn(two, granvik, family, pernille, nora))

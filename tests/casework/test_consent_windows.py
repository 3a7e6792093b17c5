"""What the family says is what a service sees, through every reader: the list, the log, each oppmerksomhet, the child's words."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, insert, select, update

from bti import clock, ids
from bti.casework import story
from bti.casework.consent import consenting
from bti.casework.desk import seeing
from bti.casework.door import At, looking
from bti.casework.ground.policy import policy, policy_mark
from bti.casework.people import people
from bti.casework.steps import carrying_out, deciding, evaluating, planning, starting
from bti.content.kommune import kommune
from bti.errors import Reason
from bti.rules.childs_voice import ChildTakesPart, ShareWith
from bti.rules.consent import Answer, Category, ConsentAddition, ConsentForm, ConsentLevel, ConsentState
from bti.rules.evaluation import Effect, TiltakOutcome
from bti.rules.workflow import CaseStatus, Level, Step
from bti.store import sharing
from bti.store.tables import ConsentRequest, Guardian, Sharing
from tests.casework.test_five_steps import ON_ONE_ENGINE, refused
from tests.casework.test_gate import NO, ONLY_AGREEMENTS, YES
from tests.cast import NOON

A_SECOND = timedelta(seconds=1)
END = datetime(2026, 7, 31, 22, 0, tzinfo=UTC)


def listed(actor):
    return [line.number for line in seeing.my_cases(actor)]


def log_of(table, actor):
    """Return every word of the log this reader is given, by what kind of row it lies in."""
    with looking(At(actor, table.number), "test") as case:
        return {
            "situation": [t.text for t in story.situation(case)],
            "oppmerksomhet": [c.title for c in story.oppmerksomheter(case)],
            "goal": [c.goal.text for c in story.oppmerksomheter(case)],
            "tiltak": [t.text for t in story.tiltak(case)],
            "evaluation": [e.reason for e in story.evaluations(case)],
            "child": [v.words for v in story.child_views(case)],
            "best": [a.text for a in story.assessments(case)],
            "round": [r.text for r in story.rounds(case)],
            "decision": [d.deviation_reason for d in story.decisions(case)],
        }


def later(table, who, **answers):
    """Let a consenter answer anew, a second on: of what is said, the newest counts."""
    table.clock.set(table.clock.now + A_SECOND)
    table.answers(who, **answers)


def sees_nothing(table, actor):
    return refused(looking(At(actor, table.number), "test").__enter__) is Reason.NOT_YOURS and not listed(actor)


# The list follows


def test_ppts_list_follows_what_the_family_says(table, pernille, eirik, wall_clock):
    table.is_asked("ppt")
    assert listed(pernille) == []
    table.answers(table.marte, ppt=YES)
    assert listed(pernille) == []
    table.answers(table.jonas, ppt=YES)
    assert listed(pernille) == []
    table.lets_join(pernille)
    assert listed(pernille) == [table.number]

    wall_clock.set(NOON + A_SECOND)
    table.withdraws(table.jonas, "ppt")
    assert listed(pernille) == []

    wall_clock.set(NOON + 2 * A_SECOND)
    table.answers(table.jonas, ppt=ONLY_AGREEMENTS)
    assert listed(pernille) == [table.number]

    wall_clock.set(END - clock.A_MOMENT)
    assert listed(pernille) == [table.number]
    wall_clock.set(END)
    assert listed(pernille) == []
    assert listed(eirik) == [table.number]


def test_one_who_takes_no_part_has_it_on_no_list_though_the_service_is_covered(table, pernille):
    table.consents("ppt")

    assert sees_nothing(table, pernille)


@pytest.mark.meets("R-01", "R-02", "S0-13", "S4-33")
@pytest.mark.parametrize("answer", [YES, ONLY_AGREEMENTS, Answer(ConsentLevel.AGREEMENTS, frozenset(ConsentAddition))])
def test_the_whole_log_follows_the_lowest_answer(table, pernille, answer):
    table.comes_to(Step.PLANLEGG_TILTAK)
    table.lets_join(pernille)
    later(table, table.jonas, ppt=answer)
    everyday = Category.SCHOOL_KINDERGARTEN in answer.categories()

    seen = log_of(table, pernille)

    assert bool(seen["situation"]) is everyday
    assert bool(seen["best"]) is everyday
    assert len(seen["tiltak"]) == 2
    assert seen["oppmerksomhet"] == ["Fravær mandager"]


def test_a_category_a_consenter_took_out_is_out_of_the_log(table, pernille):
    table.comes_to(Step.PLANLEGG_TILTAK)
    table.lets_join(pernille)
    kept = Answer(ConsentLevel.EVERYDAY, exclusions=frozenset({Category.SCHOOL_KINDERGARTEN}))
    later(table, table.marte, ppt=kept)

    seen = log_of(table, pernille)

    assert (seen["situation"], seen["best"]) == ([], [])
    assert len(seen["tiltak"]) == 2


@pytest.mark.meets("R-07")
def test_one_service_taken_away_takes_nothing_from_the_other(table, pernille, liv):
    table.comes_to(Step.PLANLEGG_TILTAK)
    table.lets_join(pernille)
    table.lets_join(liv)
    before = log_of(table, liv)

    later(table, table.jonas, ppt=NO)

    assert sees_nothing(table, pernille)
    assert log_of(table, liv) == before
    assert (table.state("ppt"), table.state("skolehelse")) == (ConsentState.REFUSED, ConsentState.ACTIVE)


@pytest.mark.meets("R-05")
@ON_ONE_ENGINE
def test_an_answer_on_paper_says_where_it_lies(table):
    table.is_asked("ppt")
    answer = {
        "consent": table.consent,
        "consenter": table.marte,
        "answers": {table.services["ppt"]: YES},
        "form": ConsentForm.WRITTEN,
    }

    assert refused(consenting.record_answer, table.at, **answer) is Reason.WHERE_IS_IT
    assert refused(consenting.record_answer, table.at, **answer, reference="  ") is Reason.WHERE_IS_IT
    consenting.record_answer(table.at, **answer, reference="elevmappe, notat 10.3.")
    table.answers(table.jonas, ppt=YES)
    assert table.state("ppt") is ConsentState.ACTIVE


@pytest.mark.meets("R-04")
@ON_ONE_ENGINE
@pytest.mark.parametrize("given", ["no service", "a no", "no information", "the school itself"])
def test_the_family_is_not_asked_by_halves(table, eirik, given):
    ppt = consenting.Asked(table.services["ppt"], ConsentLevel.EVERYDAY)
    asked, reason = {
        "no service": ([], Reason.CHOOSE_CONSENT),
        "a no": ([consenting.Asked(table.services["ppt"], ConsentLevel.NO)], Reason.CHOOSE_CONSENT),
        "no information": ([ppt], Reason.INFORMATION_FIRST),
        "the school itself": ([ppt, consenting.Asked(eirik.service, ConsentLevel.EVERYDAY)], Reason.NOT_A_CHOICE),
    }[given]

    assert (
        refused(
            consenting.ask_family,
            table.at,
            asked=asked,
            not_to_share="",
            whole_year=False,
            information_given=given != "no information",
        )
        is reason
    )


def test_only_a_consenter_answers_and_only_the_family_takes_back(table, eirik):
    table.is_asked("ppt")
    with table.looking() as case:
        child = case.child_id

    assert refused(table.answers, eirik.id, ppt=YES) is Reason.NOT_A_CONSENTER
    assert refused(table.answers, child, ppt=YES) is Reason.NOT_A_CONSENTER
    assert refused(table.withdraws, eirik.id, "ppt") is Reason.NOT_A_CONSENTER
    table.withdraws(child, "ppt")


def test_an_addition_is_taken_back_alone(table, pernille):
    health = Answer(ConsentLevel.EVERYDAY, frozenset({ConsentAddition.HEALTH}))
    table.is_asked("ppt")
    for guardian in (table.marte, table.jonas):
        table.answers(guardian, ppt=health)
    table.lets_join(pernille)

    table.clock.set(NOON + A_SECOND)
    consenting.withdraw(
        table.at,
        consenter=table.jonas,
        services=[table.services["ppt"]],
        additions=frozenset({ConsentAddition.HEALTH}),
    )

    with table.looking(pernille) as case:
        assert case.sight.categories == YES.categories()


# Each oppmerksomhet


class TwoConcerns:
    """A log with two concerns, each with a goal, a tiltak and its evaluation; PPT and the nurse take part."""

    def __init__(self, table, *others):
        self.table = table
        table.starts()
        for other in others:
            table.lets_join(other)
        table.moves(Step.PLANLEGG_TILTAK)
        table.plans()
        self.reading = planning.save_oppmerksomhet(table.at, title="Leseord", goal="Lesemål", version=0)
        self.read = table.adds_tiltak("Lesetiltak", "Eirik Prøve", self.reading)
        table.moves(Step.IVERKSETT)
        table.carries_out()
        table.moves(Step.EVALUERING)
        for tiltak, reason in (
            (table.at_school, "Skolegrunn"),
            (table.at_home, "Hjemmegrunn"),
            (self.read, "Lesegrunn"),
        ):
            table.evaluates_one(tiltak, Effect.SOME, TiltakOutcome.CONTINUE, reason=reason)

    def narrows(self, *, kept_out, service="ppt", concern=None):
        table = self.table
        table.clock.set(table.clock.now + A_SECOND)
        consenting.narrow(
            table.at,
            oppmerksomhet=concern or self.reading,
            service=table.services[service],
            kept_out=kept_out,
            said_by="Marte Testdal",
        )


OF_READING = {"Leseord", "Lesemål", "Lesetiltak", "Lesegrunn"}


def all_words(table, actor):
    return {word for words in log_of(table, actor).values() for word in words if word}


def test_keeping_ppt_out_of_one_concern_hides_it_and_all_under_it_and_nothing_else(table, pernille, liv, eirik):
    log = TwoConcerns(table, pernille, liv)
    before = all_words(table, pernille)
    assert before >= OF_READING
    nurse, school = log_of(table, liv), log_of(table, eirik)

    log.narrows(kept_out=True)

    assert all_words(table, pernille) == before - OF_READING
    assert log_of(table, liv) == nurse
    assert log_of(table, eirik) == school
    with table.looking(pernille) as case:
        assert [c.title for c, _ in deciding.view(case).concerns] == ["Fravær mandager"]
        assert {t.id for t in evaluating.view(case).due} == {table.at_school, table.at_home}
        assert consenting.narrowed(case) == {}
    with table.looking() as case:
        assert consenting.narrowed(case) == {log.reading: {table.services["ppt"]}}


def test_lifting_it_shows_it_again(table, pernille):
    log = TwoConcerns(table, pernille)
    before = log_of(table, pernille)

    log.narrows(kept_out=True)
    log.narrows(kept_out=False)
    assert log_of(table, pernille) == before

    log.narrows(kept_out=True)
    assert log_of(table, pernille) != before


def test_of_two_words_at_once_the_stricter_counts(table, pernille):
    log = TwoConcerns(table, pernille)
    log.narrows(kept_out=True)
    table.clock.set(table.clock.now - A_SECOND)

    log.narrows(kept_out=False)

    assert not all_words(table, pernille) & OF_READING


def test_the_school_itself_is_kept_out_of_nothing(table, eirik):
    table.comes_to(Step.PLANLEGG_TILTAK)
    school = {"oppmerksomhet": table.concern, "service": eirik.service, "kept_out": True, "said_by": "Marte"}

    assert refused(consenting.narrow, table.at, **school) is Reason.NOT_A_CHOICE


# The child's own words


@pytest.mark.meets("R-34")
@pytest.mark.parametrize(
    ("share_with", "named", "readers"),
    [
        (ShareWith.ALL, [], {"pernille", "liv"}),
        (ShareWith.NAMED, ["ppt"], {"pernille"}),
        (ShareWith.NAMED, ["skolehelse"], {"liv"}),
        (ShareWith.NAMED, ["ppt", "skolehelse"], {"pernille", "liv"}),
        (ShareWith.NAMED, ["bup"], set()),
        (ShareWith.TOO_SMALL, [], set()),
        (ShareWith.TOO_SMALL, ["ppt"], set()),
        (ShareWith.NONE, ["ppt"], set()),
    ],
)
def test_the_childs_words_reach_exactly_those_the_child_named(table, pernille, liv, eirik, share_with, named, readers):
    table.starts()
    table.lets_join(pernille)
    table.lets_join(liv)
    words = "" if share_with is ShareWith.NONE else "Jeg savner klassen."
    planning.save_child_view(
        table.at, words=words, share_with=share_with, named=[table.services[code] for code in named], version=0
    )

    assert log_of(table, eirik)["child"] == [words]
    for actor in (pernille, liv):
        assert log_of(table, actor)["child"] == ([words] if actor.username in readers else [])


def test_what_the_child_said_one_time_says_nothing_of_another_time(table, pernille, liv):
    table.comes_to(Step.PLANLEGG_TILTAK)
    table.lets_join(pernille)
    table.lets_join(liv)
    table.moves(Step.IVERKSETT)
    carrying_out.save_child_view(
        table.at,
        words="Bare til Liv.",
        experienced_change="",
        share_with=ShareWith.NAMED,
        named=frozenset({table.services["skolehelse"]}),
        version=0,
    )

    assert log_of(table, pernille)["child"] == ["Søndagene er lange."]
    assert sorted(log_of(table, liv)["child"]) == ["Bare til Liv.", "Søndagene er lange."]


@pytest.mark.meets("R-34")
def test_a_child_who_changes_its_mind_is_obeyed_at_once(table, pernille):
    table.comes_to(Step.PLANLEGG_TILTAK)
    table.lets_join(pernille)
    assert log_of(table, pernille)["child"] == ["Søndagene er lange."]

    planning.save_child_view(table.at, words="", share_with=ShareWith.NONE, named=(), version=1)

    assert log_of(table, pernille)["child"] == []
    assert log_of(table, table.eirik)["child"] == [""]


def test_everybody_is_those_the_family_was_asked_about_by_then(table, person):
    table.starts()
    bup = table.services["bup"]
    planning.save_child_view(table.at, words="Til alle.", share_with=ShareWith.ALL, named=(), version=0)
    table.consents("bup")

    with table.looking() as case:
        (view,) = story.child_views(case)
    assert view.named == {table.services["ppt"], table.services["skolehelse"]}
    assert bup not in view.named


@ON_ONE_ENGINE
def test_the_child_names_somebody_or_everybody_or_nobody(table):
    table.starts()
    said = {"words": "Jeg savner klassen.", "share_with": ShareWith.NAMED, "named": (), "version": 0}

    assert refused(planning.save_child_view, table.at, **said) is Reason.CHILD_NAMES_WHOM


def test_the_childs_words_close_with_the_service(table, pernille):
    table.comes_to(Step.PLANLEGG_TILTAK)
    table.lets_join(pernille)
    table.withdraws(table.marte, "ppt")

    assert sees_nothing(table, pernille)


def test_a_level_opens_nothing_of_what_the_child_said(table, pernille):
    table.starts()
    table.lets_join(pernille)
    planning.save_child_view(
        table.at,
        words="Bare til Liv.",
        share_with=ShareWith.NAMED,
        named=[table.services["skolehelse"]],
        version=0,
    )
    everything = Answer(ConsentLevel.EVERYDAY, frozenset(ConsentAddition))
    for guardian in (table.marte, table.jonas):
        later(table, guardian, ppt=everything)

    assert log_of(table, pernille)["child"] == []


# A sensitive service


@pytest.mark.meets("R-56")
def test_a_sensitive_service_is_named_to_the_school_and_not_to_the_other_services(table, pernille):
    table.consents("ppt", "bup")
    table.lets_join(pernille)

    with table.looking() as case:
        assert {s.code for s in consenting.standings(case)} == {"ppt", "bup"}
    with table.looking(pernille) as case:
        assert {s.code for s in consenting.standings(case)} == {"ppt"}
        assert {s.code for s in seeing.head(case).standings} == {"ppt"}


# The kept windows


def kept_as_the_rule_says(database):
    with database.reading("rule") as session:
        return list(sharing.faults(session, policy(), policy_mark())) == []


def test_after_every_act_the_kept_windows_are_those_of_the_rule(table, granvik, eirik, pernille):
    acts = [
        lambda: table.is_asked("ppt", "skolehelse"),
        lambda: table.answers(table.marte, ppt=YES, skolehelse=YES),
        lambda: table.answers(table.jonas, ppt=ONLY_AGREEMENTS, skolehelse=NO),
        lambda: table.lets_join(pernille),
        lambda: table.withdraws(table.marte, "ppt"),
        lambda: table.is_asked("ppt", whole_year=True),
        lambda: table.answers(table.marte, ppt=YES),
        lambda: table.answers(table.jonas, ppt=YES),
        lambda: table.is_asked("bup"),
        lambda: table.answers(table.jonas, bup=NO),
    ]
    for act in acts:
        act()
        table.clock.set(table.clock.now + A_SECOND)
        assert kept_as_the_rule_says(granvik)

    with granvik.reading(eirik.id) as session:
        assert session.execute(select(Sharing)).all()


def test_the_windows_of_a_closed_log_are_those_of_the_rule(table, granvik, eirik):
    table.comes_to(Step.VEIEN_VIDERE)
    deciding.carry_out(table.at)

    assert table.stands()[0] is CaseStatus.CLOSED
    assert kept_as_the_rule_says(granvik)
    with granvik.reading(eirik.id) as session:
        assert {w.closes for w in session.execute(select(Sharing)).scalars()} == {table.clock.now}


TAMPERED = {
    "one is gone": lambda: delete(Sharing).where(Sharing.category == Category.WELLBEING_SOCIAL),
    "one is too long": lambda: update(Sharing).values(closes=END + A_SECOND),
    "one opens too early": lambda: update(Sharing).values(opens=NOON - A_SECOND),
    "one is of another policy": lambda: update(Sharing).values(policy="0" * 16),
    "one is of another category": lambda: (
        update(Sharing).where(Sharing.category == Category.WELLBEING_SOCIAL).values(category=Category.HEALTH)
    ),
}


@ON_ONE_ENGINE
@pytest.mark.parametrize("statement", TAMPERED.values(), ids=TAMPERED.keys())
def test_a_window_that_is_not_the_rules_is_named_by_its_case(table, granvik, eirik, statement):
    table.consents("ppt")
    assert kept_as_the_rule_says(granvik)

    with granvik.writing(eirik.id) as session:
        session.execute(statement())

    with granvik.reading("rule") as session:
        assert list(sharing.faults(session, policy(), policy_mark())) == [
            f"Det som deles i {table.number}, stemmer ikke med samtykket."
        ]


@ON_ONE_ENGINE
def test_a_window_that_is_kept_twice_is_found(table, granvik, eirik):
    table.consents("ppt")
    with granvik.writing(eirik.id) as session:
        twice = session.execute(select(Sharing)).scalars().first()
        values = {c.key: getattr(twice, c.key) for c in Sharing.__table__.c} | {"id": ids.new()}
        session.execute(insert(Sharing).values(**values))

    assert not kept_as_the_rule_says(granvik)


def test_windows_of_another_policy_are_shut_until_they_are_worked_out_anew(table, granvik, pernille, eirik):
    table.consents("ppt")
    table.lets_join(pernille)
    assert listed(pernille) == [table.number]

    with (granvik.data / "kommune.toml").open("a", encoding="utf-8") as file:
        file.write("\n[consent]\nyouth_age = 16\n")
    kommune.cache_clear()
    assert policy().youth_age == 16

    assert sees_nothing(table, pernille)
    assert listed(eirik) == [table.number]
    assert not kept_as_the_rule_says(granvik)

    with granvik.writing("rule") as session:
        assert sharing.rebuild_outdated(session, policy(), policy_mark()) == 1
    assert listed(pernille) == [table.number]
    assert kept_as_the_rule_says(granvik)
    with granvik.writing("rule") as session:
        assert sharing.rebuild_outdated(session, policy(), policy_mark()) == 0


def test_a_policy_that_asks_the_youth_shuts_what_the_parents_opened(table, granvik, pernille, eirik):
    table.consents("ppt")
    table.lets_join(pernille)
    with (granvik.data / "kommune.toml").open("a", encoding="utf-8") as file:
        file.write("\n[consent]\nyouth_age = 12\nhealth_age = 12\n")
    kommune.cache_clear()
    with granvik.writing("rule") as session:
        sharing.rebuild_outdated(session, policy(), policy_mark())
    assert listed(pernille) == [table.number]

    birthday = datetime(2027, 6, 1, 22, 0, tzinfo=UTC)
    table.is_asked("ppt", whole_year=True)
    for guardian in (table.marte, table.jonas):
        table.answers(guardian, ppt=YES)
    table.clock.set(datetime(2027, 3, 1, 11, 0, tzinfo=UTC))
    table.is_asked("ppt", whole_year=True)
    for guardian in (table.marte, table.jonas):
        table.answers(guardian, ppt=YES)

    table.clock.set(birthday - clock.A_MOMENT)
    assert listed(pernille) == [table.number]
    table.clock.set(birthday)
    assert sees_nothing(table, pernille)
    assert table.state("ppt") is ConsentState.NEEDS_YOUTH


# How far the case has come


@pytest.mark.meets("R-10")
def test_the_level_falls_when_every_service_is_refused_and_rises_with_the_first_yes(table):
    table.is_asked("ppt", "skolehelse")
    table.answers(table.jonas, ppt=NO, skolehelse=NO)
    assert table.stands()[3] is Level.OWN_SERVICE

    later(table, table.marte, ppt=YES, skolehelse=YES)
    assert table.stands()[3] is Level.OWN_SERVICE
    later(table, table.jonas, ppt=YES, skolehelse=NO)

    assert table.stands() == (CaseStatus.OPEN, Step.OPPSTART, 1, Level.MUNICIPAL)


@ON_ONE_ENGINE
def test_one_refusal_among_others_lowers_nothing(table):
    table.is_asked("ppt", "skolehelse")
    table.answers(table.jonas, ppt=NO)

    assert table.stands()[3] is Level.MUNICIPAL


@pytest.mark.meets("S0-50")
def test_a_log_stays_a_draft_until_the_first_yes_is_whole(table):
    table.is_asked("ppt")
    assert table.stands()[0] is CaseStatus.DRAFT
    table.answers(table.marte, ppt=YES)
    assert table.stands()[0] is CaseStatus.DRAFT
    table.answers(table.jonas, ppt=YES)
    assert table.stands()[0] is CaseStatus.OPEN


def test_a_guardian_who_comes_later_shuts_what_the_others_opened(table, granvik, eirik, pernille):
    table.consents("ppt")
    table.lets_join(pernille)
    with granvik.writing(eirik.id) as session:
        child = session.execute(select(Guardian.child_id)).scalars().first()
        session.execute(
            insert(Guardian).values(
                id=ids.new(),
                child_id=child,
                name="Verge Oppdiktet",
                relation="appointed_guardian",
                has_parental_responsibility=True,
                valid_from=clock.day(NOON) + timedelta(days=5),
                order_no=3,
                version=1,
                updated_at=NOON,
            )
        )
        case = session.execute(select(ConsentRequest.case_id)).scalars().first()
        sharing.rebuild(session, case, policy(), policy_mark())

    table.clock.set(clock.midnight(clock.day(NOON) + timedelta(days=5)) - clock.A_MOMENT)
    assert listed(pernille) == [table.number]
    table.clock.set(clock.midnight(clock.day(NOON) + timedelta(days=5)))
    assert sees_nothing(table, pernille)


@pytest.mark.meets("R-01", "R-06", "S1-23")
def test_only_colleagues_and_covered_services_may_be_let_in(table, pernille, liv):
    table.consents("ppt")

    with table.looking() as case:
        names = {c.name for c in people.may_join(case)}
    assert "Pernille Påfunn" in names
    assert "Torleiv Tenkt" in names
    assert not names & {"Liv Eksempel", "Eirik Prøve", "Kaja Koord"}


@pytest.mark.meets("R-02", "R-10")
def test_what_a_service_is_let_into_is_told_without_who_said_what(table, pernille):
    table.is_asked("ppt", "skolehelse")
    table.answers(table.marte, ppt=YES, skolehelse=YES)
    table.answers(table.jonas, ppt=YES, skolehelse=NO)
    table.lets_join(pernille)

    with table.looking(pernille) as case:
        told = repr(consenting.standings(case))
    assert "Jonas" not in told
    assert str(table.jonas) not in told


@ON_ONE_ENGINE
def test_how_the_child_is_heard_is_planned_with_those_who_take_part(table):
    table.starts()

    assert (
        refused(
            starting.plan_child,
            table.at,
            takes_part=ChildTakesPart.HEARD_BEFORE,
            interviewer=table.marte,
            not_heard_reason="",
            version=1,
        )
        is Reason.NOT_A_CHOICE
    )

"""Scenario 1 through the use cases: five steps, two meetings, one closed log; and what keeps a step from being left."""

from contextlib import suppress
from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import func, select, update

from bti.casework import story
from bti.casework.consent import consenting
from bti.casework.desk import seeing
from bti.casework.door import At
from bti.casework.intake import creating
from bti.casework.paper import exporting
from bti.casework.people import people
from bti.casework.said import arranging, noting, proposing, what_follows
from bti.casework.steps import carrying_out, deciding, evaluating, moving, planning, starting
from bti.content.words import goal_sentence
from bti.errors import Reason, Refused
from bti.rules.agreement import AgreementKind
from bti.rules.childs_voice import ChildTakesPart, HeardFor, ShareWith
from bti.rules.consent import Category
from bti.rules.decision import FamilyAgrees
from bti.rules.evaluation import Degree, Effect, EvaluationState, FamilyFirst, OppmerksomhetStatus, TiltakOutcome
from bti.rules.guards import Missing
from bti.rules.people import ProtectedAddress
from bti.rules.tiltak import Arena, NoteKind, TiltakStatus
from bti.rules.workflow import CaseStatus, ClosingReason, DecisionOutcome, Level, Step
from bti.store.tables import ArchiveReceipt, Case, Tiltak
from tests.casework.test_gate import NO, YES, Family
from tests.cast import JONAS, MARTE, SOLVEIG_BORN

ON_ONE_ENGINE = pytest.mark.parametrize("granvik", ["sqlcipher"], indirect=True)
"""Where a rule decides and the engine has no say."""
EVALUATED = date(2026, 4, 14)
MEETING_2 = datetime(2026, 4, 14, 10, 0, tzinfo=UTC)
DAY_BEFORE = datetime(2026, 4, 13, 10, 0, tzinfo=UTC)
CONCERN, GOAL = "Fravær mandager", "Solveig er på skolen hver mandag"
AT_SCHOOL, AT_HOME = "Eirik møter Solveig i døra mandag morgen", "Kvelden før pakker vi sekken sammen"


class Table(Family):
    """Solveig's family and Eirik around the table, from oppstart to the closed log, in the fewest answers.

    ``but`` leaves out the one thing a step waits for.
    """

    def __init__(self, eirik, wall_clock, number=None):
        super().__init__(eirik, number=number)
        self.clock = wall_clock
        self.take_part = self.who_takes_part()

    def who_takes_part(self):
        with self.looking() as case:
            return {p.name: p.id for p in people.people(case)}

    def stands(self):
        with self.looking() as case:
            return case.status, case.step, case.round, case.level

    def moves(self, to):
        moving.move_on(self.at, to=to)

    def missing(self, page):
        with self.looking() as case:
            return page.view(case).missing

    def consents(self, *codes):
        self.is_asked(*codes)
        for guardian in (self.marte, self.jonas):
            self.answers(guardian, **dict.fromkeys(codes, YES))

    def starts(self, *, but=None):
        if but is not Missing.CONSENT:
            self.consents("ppt", "skolehelse")
        starting.save_situation(
            self.at,
            core="" if but is Missing.CORE else "Solveig er ofte borte på mandager.",
            resource="" if but is Missing.RESOURCE else "Hun liker å tegne og har to gode venner.",
            challenge="",
            version=0,
        )
        if but is not Missing.CHILD_PLAN:
            self.plans_for_child(ChildTakesPart.HEARD_BEFORE)

    def plans_for_child(self, takes_part, why_not="", version=0):
        starting.plan_child(
            self.at,
            takes_part=takes_part,
            interviewer=self.take_part["Eirik Prøve"] if takes_part is ChildTakesPart.HEARD_BEFORE else None,
            not_heard_reason=why_not,
            version=version,
        )

    def plans(self, *, but=None):
        if but is not Missing.CHILD_PLAN:
            planning.save_child_view(
                self.at, words="Søndagene er lange.", share_with=ShareWith.ALL, named=(), version=0
            )
        if but is not Missing.OPPMERKSOMHET:
            self.concern = planning.save_oppmerksomhet(self.at, title=CONCERN, goal=GOAL, version=0)
            self.at_school, self.at_home = (
                self.adds_tiltak(text, None if but is Missing.TILTAK else who)
                for text, who in ((AT_SCHOOL, "Eirik Prøve"), (AT_HOME, "Marte Testdal"))
            )
        if but is not Missing.EVALUATION_MEETING:
            self.agrees_on_meeting()
        if but is not Missing.BEST_INTERESTS_PLAN:
            planning.save_best_interests(self.at, text="Trygge mandager, fordi hun savner klassen.", version=0)

    def adds_tiltak(self, text, who, concern=None, **more):
        key = planning.save_tiltak(
            self.at,
            text=text,
            responsible=self.take_part[who] if who else None,
            oppmerksomhet=concern or self.concern,
        )
        if more:
            self.changes_what_follows(key, **more)
        return key

    def changes_what_follows(self, tiltak, **more):
        with self.looking() as case:
            version = next(t.version for t in story.tiltak(case) if t.id == tiltak)
        given = {
            "arena": None,
            "contributors": (),
            "start": None,
            "deadline": None,
            "evaluation_due": None,
            "evaluation_mode": None,
            "follow_up_by": None,
            "follow_up_how": "",
            "formal_decision": None,
        }
        what_follows.change_what_follows(self.at, tiltak=tiltak, version=version, **(given | more))

    def adds_what_is_optional(self):
        """Write one of each thing nobody has to write."""
        arranging.agree(self.at, kind=AgreementKind.AGREED, text="Ringe fotballaget.")
        proposing.offer(
            self.at, text="Samtalegruppe", offered_by=self.take_part["Eirik Prøve"], oppmerksomhet=self.concern
        )

    def notes_something(self):
        noting.add_note(self.at, tiltak=self.at_school, kind=NoteKind.POSITIVE_NOTE, text="Hun lo i dag.")

    def agrees_on_meeting(self, day=EVALUATED, version=0):
        planning.agree_evaluation(self.at, day=day, at=time(12), version=version)

    def carries_out(self, *, but=None):
        if but is not Missing.CHILD_PLAN_EVALUATION:
            self.clock.set(DAY_BEFORE)
            self.hears_child()
        self.clock.set(MEETING_2)

    def hears_child(self, share_with=ShareWith.ALL, version=0):
        carrying_out.save_child_view(
            self.at,
            words="Nå gleder jeg meg til mandag.",
            experienced_change="Det er lettere å komme.",
            share_with=share_with,
            named=frozenset(),
            version=version,
        )

    def evaluates(self, *, but=None, effect=Effect.DESIRED, outcomes=None):
        for tiltak, outcome in outcomes or (
            (self.at_school, TiltakOutcome.END),
            (self.at_home, TiltakOutcome.HAND_OVER_TO_ORDINARY),
        ):
            if but is not Missing.EVALUATIONS:
                self.evaluates_one(tiltak, effect, outcome)
        if but is not Missing.DEGREE:
            self.judges()

    def evaluates_one(self, tiltak, effect, outcome, **more):
        given = {
            "family_first": FamilyFirst.YES,
            "why_not_answered": "",
            "changed_text": "",
            "reason": "",
            "best_interests": "",
            "version": 0,
        }
        return evaluating.record_evaluation(self.at, tiltak=tiltak, effect=effect, outcome=outcome, **(given | more))

    def judges(self, how_weighted="Vi gjorde som hun foreslo.", version=0):
        evaluating.judge_round(self.at, degree=Degree.MUCH, text="", how_weighted=how_weighted, version=version)

    def decides(self, outcome=DecisionOutcome.CLOSE, *, but=None, **more):
        if but is not Missing.DECISION:
            self.decides_on(outcome, **more)
        if but is not Missing.INFORM_CHILD:
            with self.looking() as case:
                by = deciding.view(case).tell_by
            deciding.agree_who_tells(self.at, who=self.take_part["Eirik Prøve"], by=by, version=0)

    def decides_on(self, outcome, **more):
        given = {
            "best_interests": "At det går sin vanlige gang.",
            "family_agrees": FamilyAgrees.YES,
            "family_wants_instead": "",
            "deviation_reason": "",
            "version": 0,
        }
        deciding.decide(self.at, outcome=outcome, **(given | more))

    def comes_to(self, step, *, but=None):
        """Come to the step with all before it done, and all in it done but one thing."""
        for here, does, following in (
            (Step.OPPSTART, self.starts, Step.PLANLEGG_TILTAK),
            (Step.PLANLEGG_TILTAK, self.plans, Step.IVERKSETT),
            (Step.IVERKSETT, self.carries_out, Step.EVALUERING),
            (Step.EVALUERING, self.evaluates, Step.VEIEN_VIDERE),
            (Step.VEIEN_VIDERE, self.decides, None),
        ):
            does(but=but)
            if here is step:
                return
            self.moves(following)


def refused(act, *args, **kwargs):
    with pytest.raises(Refused) as refusal:
        act(*args, **kwargs)
    return refusal.value.reason


# Scenario 1


@pytest.mark.meets("S4-10", "S4-11", "S4-12", "S4-21", "S0-04")
def test_four_school_weeks_from_oppstart_to_a_closed_log(table, granvik, eirik, pernille):
    assert table.stands() == (CaseStatus.DRAFT, Step.OPPSTART, 1, Level.MUNICIPAL)

    table.starts()
    assert table.stands()[0] is CaseStatus.OPEN
    assert table.missing(starting) == ()
    table.lets_join(pernille)
    table.moves(Step.PLANLEGG_TILTAK)

    table.plans()
    with table.looking() as case:
        plan = planning.view(case)
        everyone = {p.id: p for p in plan.people}
        days = [planning.dates_of(t, plan.meeting) for t in plan.tiltak]
        arenas = [planning.arena_of(t, seeing.head(case).owner_kind) for t in plan.tiltak]
    assert plan.missing == ()
    assert [(t.text, everyone[t.responsible].name) for t in plan.tiltak] == [
        (AT_SCHOOL, "Eirik Prøve"),
        (AT_HOME, "Marte Testdal"),
    ]
    assert arenas == [Arena.SCHOOL, Arena.HOME]
    assert [(d.start, d.deadline, d.evaluation) for d in days] == [(date(2026, 3, 10), EVALUATED, EVALUATED)] * 2
    assert [(c.title, c.goal.text) for c in plan.oppmerksomheter] == [(CONCERN, GOAL)]
    table.moves(Step.IVERKSETT)

    with table.looking() as case:
        carried = carrying_out.view(case)
    assert (carried.meeting.day, carried.child_plan.due) == (EVALUATED, date(2026, 4, 13))
    assert carried.child_plan.interviewer == table.take_part["Eirik Prøve"]
    assert carried.missing == ()
    table.carries_out()
    table.moves(Step.EVALUERING)

    table.evaluates()
    with table.looking() as case:
        evaluated = evaluating.view(case)
    assert evaluated.missing == ()
    assert {e.state for e in evaluated.evaluations} == {EvaluationState.FINAL}
    table.moves(Step.VEIEN_VIDERE)

    with table.looking() as case:
        ahead = deciding.view(case)
    assert ahead.suggested is DecisionOutcome.CLOSE
    assert [(c.title, status) for c, status in ahead.concerns] == [(CONCERN, OppmerksomhetStatus.GONE)]
    assert (ahead.suggested_teller, ahead.tell_by) == (table.take_part["Eirik Prøve"], date(2026, 4, 15))
    table.decides()
    assert table.missing(deciding) == ()
    deciding.carry_out(table.at)

    assert table.stands()[:3] == (CaseStatus.CLOSED, Step.VEIEN_VIDERE, 1)
    with granvik.reading(eirik.id) as session:
        row = session.execute(select(Case)).scalar_one()
        assert (row.closing_reason, row.closed_at) == (ClosingReason.GOAL_REACHED, MEETING_2)
        assert session.execute(select(func.count()).select_from(ArchiveReceipt)).scalar_one() == 0
    with table.looking() as case:
        assert {t.text: t.status for t in story.tiltak(case)} == {
            AT_SCHOOL: TiltakStatus.ENDED,
            AT_HOME: TiltakStatus.HANDED_OVER,
        }
        assert {t.ended_on for t in story.tiltak(case)} == {EVALUATED}
        assert [c.closed_round for c in story.oppmerksomheter(case)] == [1]
    assert [line.status for line in seeing.my_cases(eirik)] == [CaseStatus.CLOSED]
    assert Family(eirik).number != table.number


@pytest.mark.meets("R-01")
def test_closing_shares_nothing_any_more(table, eirik, pernille):
    table.starts()
    table.lets_join(pernille)
    for here, following in ((table.plans, Step.PLANLEGG_TILTAK), (table.carries_out, Step.IVERKSETT)):
        table.moves(following)
        here()
    table.moves(Step.EVALUERING)
    table.evaluates()
    table.moves(Step.VEIEN_VIDERE)
    table.decides()
    with table.looking(pernille) as case:
        assert case.sight.categories == YES.categories()

    deciding.carry_out(table.at)

    assert refused(table.looking(pernille).__enter__) is Reason.NOT_YOURS
    assert seeing.my_cases(pernille) == ()


def test_a_yes_to_a_closed_log_opens_nothing(table, pernille):
    table.starts()
    table.lets_join(pernille)
    table.moves(Step.PLANLEGG_TILTAK)
    table.plans()
    table.moves(Step.IVERKSETT)
    table.carries_out()
    table.moves(Step.EVALUERING)
    table.evaluates()
    table.moves(Step.VEIEN_VIDERE)
    table.decides()
    deciding.carry_out(table.at)
    table.clock.set(datetime(2026, 4, 15, 10, 0, tzinfo=UTC))

    with suppress(Refused):
        table.answers(table.marte, ppt=YES)
        table.answers(table.jonas, ppt=YES)

    assert refused(table.looking(pernille).__enter__) is Reason.NOT_YOURS


# What keeps a step from being left


PAGES = {
    Step.OPPSTART: starting,
    Step.PLANLEGG_TILTAK: planning,
    Step.IVERKSETT: carrying_out,
    Step.EVALUERING: evaluating,
}
NEXT = {
    Step.OPPSTART: Step.PLANLEGG_TILTAK,
    Step.PLANLEGG_TILTAK: Step.IVERKSETT,
    Step.IVERKSETT: Step.EVALUERING,
    Step.EVALUERING: Step.VEIEN_VIDERE,
}


@pytest.mark.meets("R-14", "R-15", "R-16", "S4-12", "S4-15")
@ON_ONE_ENGINE
@pytest.mark.parametrize(
    ("step", "but", "listed"),
    [
        (Step.OPPSTART, Missing.CONSENT, {Missing.CONSENT}),
        (Step.OPPSTART, Missing.CORE, {Missing.CORE}),
        (Step.OPPSTART, Missing.RESOURCE, {Missing.RESOURCE}),
        (Step.PLANLEGG_TILTAK, Missing.CHILD_PLAN, {Missing.CHILD_PLAN}),
        (Step.PLANLEGG_TILTAK, Missing.OPPMERKSOMHET, {Missing.OPPMERKSOMHET, Missing.TILTAK}),
        (Step.PLANLEGG_TILTAK, Missing.TILTAK, {Missing.TILTAK}),
        (Step.PLANLEGG_TILTAK, Missing.EVALUATION_MEETING, {Missing.EVALUATION_MEETING}),
        (Step.PLANLEGG_TILTAK, Missing.BEST_INTERESTS_PLAN, {Missing.BEST_INTERESTS_PLAN}),
        (Step.EVALUERING, Missing.EVALUATIONS, {Missing.EVALUATIONS}),
        (Step.EVALUERING, Missing.DEGREE, {Missing.DEGREE, Missing.WEIGHT}),
    ],
)
def test_a_step_is_not_left_while_one_thing_is_missing(table, step, but, listed):
    table.comes_to(step, but=but)
    before = table.stands()

    assert set(table.missing(PAGES[step])) == listed
    assert refused(table.moves, NEXT[step]) is Reason.STEP_NOT_DONE
    assert table.stands() == before


@pytest.mark.meets("S0-07", "S1-07", "S1-06", "S4-04", "R-14")
@ON_ONE_ENGINE
def test_step_one_waits_for_the_family(eirik):
    number = creating.create_case(
        eirik,
        child_name="Solveig Testdal",
        birth_date=SOLVEIG_BORN,
        protected_address=ProtectedAddress.NONE,
        guardians=[],
    )
    at = At(eirik, number)
    starting.save_situation(at, core="Hun er ofte borte.", resource="Gode venner.", challenge="", version=0)

    assert refused(moving.move_on, at, to=Step.PLANLEGG_TILTAK) is Reason.STEP_NOT_DONE


def test_step_one_waits_for_a_consent_that_was_taken_back(table):
    table.starts()
    table.withdraws(table.jonas, "ppt", "skolehelse")

    assert table.missing(starting) == (Missing.CONSENT,)
    assert refused(table.moves, Step.PLANLEGG_TILTAK) is Reason.STEP_NOT_DONE


def test_when_every_service_is_refused_the_school_goes_on_alone(table):
    table.starts(but=Missing.CONSENT)
    table.is_asked("ppt", "skolehelse")
    table.answers(table.jonas, ppt=NO, skolehelse=NO)
    consenting.own_log_yes(table.at)

    assert table.stands() == (CaseStatus.OPEN, Step.OPPSTART, 1, Level.OWN_SERVICE)
    assert table.missing(starting) == ()
    table.moves(Step.PLANLEGG_TILTAK)


@pytest.mark.meets("S4-15", "S4-16", "S4-17")
@ON_ONE_ENGINE
def test_step_three_waits_until_it_is_clear_how_the_child_is_heard_again(table):
    table.starts(but=Missing.CHILD_PLAN)
    table.plans_for_child(ChildTakesPart.NOT_HEARD, why_not="Hun ville ikke nå.")
    table.moves(Step.PLANLEGG_TILTAK)
    table.plans(but=Missing.CHILD_PLAN)
    table.moves(Step.IVERKSETT)

    assert table.missing(carrying_out) == (Missing.CHILD_PLAN_EVALUATION,)
    assert refused(table.moves, Step.EVALUERING) is Reason.STEP_NOT_DONE

    carrying_out.plan_child(
        table.at,
        takes_part=ChildTakesPart.HEARD_BEFORE,
        interviewer=table.take_part["Eirik Prøve"],
        not_heard_reason="",
        version=0,
    )
    table.moves(Step.EVALUERING)


@pytest.mark.meets("S4-18", "S4-20", "S0-25")
@ON_ONE_ENGINE
def test_step_four_waits_for_what_the_child_says_or_why_it_was_not_asked(table):
    table.comes_to(Step.IVERKSETT, but=Missing.CHILD_PLAN_EVALUATION)
    table.moves(Step.EVALUERING)
    table.evaluates()

    assert table.missing(evaluating) == (Missing.EXPERIENCE,)
    assert refused(table.moves, Step.VEIEN_VIDERE) is Reason.STEP_NOT_DONE

    with table.looking() as case:
        version = evaluating.view(case).child_plan.version
    carrying_out.plan_child(
        table.at,
        takes_part=ChildTakesPart.NOT_HEARD,
        interviewer=None,
        not_heard_reason="Hun var syk.",
        version=version,
    )
    table.moves(Step.VEIEN_VIDERE)


@pytest.mark.meets("R-35", "S4-34")
@ON_ONE_ENGINE
def test_what_the_child_has_said_is_weighed(table):
    table.comes_to(Step.IVERKSETT)
    table.moves(Step.EVALUERING)

    assert refused(table.judges, how_weighted=" ") is Reason.CHILD_WEIGHT
    table.judges()
    with table.looking() as case:
        assert evaluating.view(case).child_view.how_weighted == "Vi gjorde som hun foreslo."


@ON_ONE_ENGINE
def test_words_that_come_after_the_judgement_are_weighed_too(table):
    table.comes_to(Step.IVERKSETT, but=Missing.CHILD_PLAN_EVALUATION)
    table.moves(Step.EVALUERING)
    table.evaluates()
    table.hears_child()

    assert table.missing(evaluating) == (Missing.WEIGHT,)
    assert refused(table.moves, Step.VEIEN_VIDERE) is Reason.STEP_NOT_DONE
    with table.looking() as case:
        version = evaluating.view(case).round.version
    table.judges(version=version)
    assert table.missing(evaluating) == ()


@pytest.mark.meets("R-16")
@ON_ONE_ENGINE
def test_what_the_child_says_now_is_not_yet_how_it_finds_the_change(table):
    table.comes_to(Step.IVERKSETT, but=Missing.CHILD_PLAN_EVALUATION)
    said = {"words": "Mandager er fine nå.", "share_with": ShareWith.ALL, "named": frozenset()}
    view = carrying_out.save_child_view(table.at, experienced_change="", **said, version=0)
    table.moves(Step.EVALUERING)
    assert Missing.EXPERIENCE in table.missing(evaluating)

    with table.looking() as case:
        version = next(v.version for v in story.child_views(case) if v.id == view)
    carrying_out.save_child_view(table.at, experienced_change="Jeg gruer meg ikke.", **said, version=version)
    assert Missing.EXPERIENCE not in table.missing(evaluating)


@ON_ONE_ENGINE
def test_a_child_who_shared_nothing_leaves_nothing_to_weigh(table):
    table.comes_to(Step.IVERKSETT, but=Missing.CHILD_PLAN_EVALUATION)
    carrying_out.save_child_view(
        table.at, words="", experienced_change="", share_with=ShareWith.NONE, named=frozenset(), version=0
    )
    table.moves(Step.EVALUERING)
    table.evaluates(but=Missing.DEGREE)
    table.judges(how_weighted="")

    assert table.missing(evaluating) == ()


@pytest.mark.meets("R-19", "R-33", "S0-47", "S1-28")
@ON_ONE_ENGINE
@pytest.mark.parametrize(
    ("but", "listed"),
    [
        (Missing.DECISION, (Missing.BEST_INTERESTS_DECISION, Missing.DECISION)),
        (Missing.INFORM_CHILD, (Missing.INFORM_CHILD,)),
    ],
)
def test_nothing_is_carried_out_while_one_thing_is_missing(table, but, listed):
    table.comes_to(Step.VEIEN_VIDERE, but=but)

    assert table.missing(deciding) == listed
    assert refused(deciding.carry_out, table.at) is Reason.STEP_NOT_DONE
    assert table.stands()[:2] == (CaseStatus.OPEN, Step.VEIEN_VIDERE)


@ON_ONE_ENGINE
@pytest.mark.parametrize("step", [s for s in Step if s is not Step.PLANLEGG_TILTAK])
def test_no_step_is_leapt_over(table, step):
    table.starts()

    assert refused(table.moves, step) is Reason.STEP_NOT_NEXT


@ON_ONE_ENGINE
def test_the_way_out_of_step_five_is_the_decision_itself(table):
    table.comes_to(Step.VEIEN_VIDERE)

    assert refused(table.moves, Step.PLANLEGG_TILTAK) is Reason.STEP_NOT_DONE


@pytest.mark.meets("R-15", "S1-25", "S0-30", "scenario-10")
@ON_ONE_ENGINE
def test_a_tiltak_without_who_is_a_proposal_and_blocks_nothing(table):
    table.comes_to(Step.PLANLEGG_TILTAK)
    table.adds_tiltak("Leksehjelp", None)

    table.moves(Step.IVERKSETT)
    table.carries_out()
    table.moves(Step.EVALUERING)
    table.evaluates()

    assert table.missing(evaluating) == ()


@pytest.mark.meets("R-27", "S0-28", "S3-33")
@ON_ONE_ENGINE
def test_a_concern_without_a_goal_is_its_own_goal_for_everybody_at_the_table(table, eirik, pernille):
    table.starts()
    table.lets_join(pernille)
    table.moves(Step.PLANLEGG_TILTAK)
    planning.save_oppmerksomhet(table.at, title=CONCERN, goal="", version=0)

    for actor in (eirik, pernille):
        with table.looking(actor) as case:
            (concern,) = planning.view(case).oppmerksomheter
        assert concern.goal.text is None
        assert goal_sentence(concern.goal.text, concern.title) == "At det blir bedre med fravær mandager"


@pytest.mark.meets("R-22", "S3-35", "scenario-11")
def test_moving_the_meeting_moves_what_nobody_has_set_by_hand(table):
    table.comes_to(Step.PLANLEGG_TILTAK)
    by_hand = table.adds_tiltak("Leksehjelp", "Eirik Prøve", deadline=date(2026, 3, 20))
    with table.looking() as case:
        version = planning.view(case).meeting.version

    table.agrees_on_meeting(date(2026, 4, 21), version)

    with table.looking() as case:
        plan = planning.view(case)
        days = {t.id: planning.dates_of(t, plan.meeting) for t in plan.tiltak}
        due = next(p.due for p in story.child_plans(case) if p.heard_for is HeardFor.EVALUATION)
    assert (days[table.at_school].deadline, days[by_hand].deadline) == (date(2026, 4, 21), date(2026, 3, 20))
    assert due == date(2026, 4, 20)


@pytest.mark.meets("R-22", "scenario-11")
@ON_ONE_ENGINE
@pytest.mark.parametrize(
    ("days", "reason"),
    [
        ({"start": date(2026, 3, 20), "deadline": date(2026, 3, 19)}, Reason.DEADLINE_BEFORE_START),
        ({"start": date(2026, 3, 20), "evaluation_due": date(2026, 3, 19)}, Reason.EVALUATION_BEFORE_START),
        ({"evaluation_due": date(2026, 4, 15)}, Reason.EVALUATION_AFTER_MEETING),
        ({"evaluation_due": date(2026, 4, 7)}, Reason.EVALUATION_AT_MEETING),
    ],
)
def test_days_out_of_order_are_refused(table, days, reason):
    table.comes_to(Step.PLANLEGG_TILTAK)

    assert refused(table.adds_tiltak, "Leksehjelp", "Eirik Prøve", **days) is reason


@ON_ONE_ENGINE
def test_a_meeting_is_not_agreed_for_a_day_that_has_been(table):
    table.comes_to(Step.PLANLEGG_TILTAK, but=Missing.EVALUATION_MEETING)

    assert refused(table.agrees_on_meeting, date(2026, 3, 9)) is Reason.IN_THE_PAST


# Evaluation and decision


@ON_ONE_ENGINE
def test_what_does_not_help_goes_on_only_with_a_reason(table):
    table.comes_to(Step.IVERKSETT)
    table.moves(Step.EVALUERING)
    goes_on = (table.at_school, Effect.NEGATIVE, TiltakOutcome.CONTINUE)

    assert refused(table.evaluates_one, *goes_on) is Reason.NO_EFFECT_GOES_ON
    assert refused(table.evaluates_one, *goes_on, reason="Det er tidlig.") is Reason.HARM_GOES_ON
    with table.looking() as case:
        assert evaluating.view(case).evaluations == ()

    table.evaluates_one(*goes_on, reason="Det er tidlig.", best_interests="Hun vil det selv.")
    with table.looking() as case:
        assert [e.reason for e in evaluating.view(case).evaluations] == ["Det er tidlig."]


@pytest.mark.meets("R-28", "S1-15", "S3-25", "S3-26")
@ON_ONE_ENGINE
def test_a_family_that_has_not_answered_needs_a_why(table):
    table.comes_to(Step.IVERKSETT)
    table.moves(Step.EVALUERING)
    ended = (table.at_school, Effect.SOME, TiltakOutcome.END)

    assert refused(table.evaluates_one, *ended, family_first=FamilyFirst.NOT_ANSWERED) is Reason.WHY_NOT_ANSWERED
    table.evaluates_one(*ended, family_first=FamilyFirst.NOT_ANSWERED, why_not_answered="De var ikke i møtet.")


@pytest.mark.meets("R-31", "S0-05", "S0-37")
def test_a_change_makes_a_successor_in_the_next_round_and_going_back_takes_it_away(table):
    table.comes_to(Step.IVERKSETT)
    table.moves(Step.EVALUERING)
    changes = (table.at_school, Effect.SOME, TiltakOutcome.CHANGE)

    assert refused(table.evaluates_one, *changes) is Reason.CHANGED_TO_WHAT
    key = table.evaluates_one(*changes, changed_text="Eirik ringer søndag kveld")
    assert successor_of(table) == ("Eirik ringer søndag kveld", 2, TiltakStatus.PLANNED, table.concern)
    assert status_of(table, table.at_school) is TiltakStatus.CHANGED

    assert table.evaluates_one(*changes, changed_text="Eirik sender melding", version=version_of(table, key)) == key
    assert successor_of(table) == ("Eirik sender melding", 2, TiltakStatus.PLANNED, table.concern)

    table.evaluates_one(table.at_school, Effect.SOME, TiltakOutcome.CONTINUE, version=version_of(table, key))
    assert successor_of(table) is None
    assert status_of(table, table.at_school) is TiltakStatus.PLANNED


@pytest.mark.meets("R-31")
def test_what_a_tiltak_was_changed_from_is_told_to_those_who_may_see_that_one_too(table, pernille, granvik):
    table.comes_to(Step.IVERKSETT)
    table.lets_join(pernille)
    table.moves(Step.EVALUERING)
    table.evaluates_one(table.at_school, Effect.SOME, TiltakOutcome.CHANGE, changed_text="Eirik ringer søndag kveld")

    def before(actor=None):
        with table.looking(actor) as case:
            return next(t.changed_from for t in story.tiltak(case) if t.text == "Eirik ringer søndag kveld")

    assert before() == before(pernille) == AT_SCHOOL
    with table.looking() as case:
        concerns = exporting.content_for(case, "family", "nb").concerns
    assert f"Endret fra «{AT_SCHOOL}»." in [t.by_hand for c in concerns for t in c.tiltak]
    with granvik.writing(table.eirik.id) as session:
        session.execute(update(Tiltak).where(Tiltak.id == table.at_school).values(category=Category.HEALTH))
    assert (before(), before(pernille)) == (AT_SCHOOL, "")


def successor_of(table):
    with table.looking() as case:
        keys = {s.id for s in story.successors(case) if s.predecessor == table.at_school}
        found = [(t.text, t.round, t.status, t.oppmerksomhet) for t in story.tiltak(case) if t.id in keys]
    return found[0] if found else None


def status_of(table, tiltak):
    with table.looking() as case:
        return next(t.status for t in story.tiltak(case) if t.id == tiltak)


def version_of(table, evaluation):
    with table.looking() as case:
        return next(e.version for e in story.evaluations(case) if e.id == evaluation)


@pytest.mark.meets("R-17")
@ON_ONE_ENGINE
def test_an_outcome_against_the_evaluation_needs_a_reason(table):
    table.comes_to(Step.EVALUERING)
    table.moves(Step.VEIEN_VIDERE)

    assert refused(table.decides_on, DecisionOutcome.CONTINUE) is Reason.OUTCOME_DISAGREES
    table.decides_on(DecisionOutcome.CONTINUE, deviation_reason="Familien ønsker et møte til.")

    with table.looking() as case:
        assert deciding.view(case).decision.outcome is DecisionOutcome.CONTINUE


@ON_ONE_ENGINE
def test_a_concern_set_by_hand_decides_what_follows(table):
    table.comes_to(Step.EVALUERING)
    table.moves(Step.VEIEN_VIDERE)
    sets_concern(table, OppmerksomhetStatus.IMPROVED)

    assert refused(table.decides_on, DecisionOutcome.CLOSE) is Reason.OUTCOME_DISAGREES
    table.decides_on(DecisionOutcome.CONTINUE)


def sets_concern(table, status):
    with table.looking() as case:
        version = deciding.view(case).concerns[0][0].version
    deciding.set_concern(table.at, oppmerksomhet=table.concern, status=status, version=version)


@pytest.mark.meets("R-17")
@ON_ONE_ENGINE
def test_a_decision_that_no_longer_follows_is_not_carried_out(table):
    table.comes_to(Step.VEIEN_VIDERE)
    assert table.missing(deciding) == ()
    sets_concern(table, OppmerksomhetStatus.OPEN)

    assert table.missing(deciding) == (Missing.DECISION,)
    assert refused(deciding.carry_out, table.at) is Reason.STEP_NOT_DONE


@pytest.mark.meets("R-17")
def test_what_is_set_by_hand_stands_until_the_concern_is_evaluated_anew(table):
    table.comes_to(Step.IVERKSETT)
    table.moves(Step.EVALUERING)
    table.evaluates(
        effect=Effect.SOME, outcomes=[(t, TiltakOutcome.CONTINUE) for t in (table.at_school, table.at_home)]
    )
    table.moves(Step.VEIEN_VIDERE)
    sets_concern(table, OppmerksomhetStatus.OPEN)
    table.decides(DecisionOutcome.CONTINUE)
    deciding.carry_out(table.at)
    table.moves(Step.IVERKSETT)
    table.agrees_on_meeting(date(2026, 5, 12))
    table.hears_child()
    table.moves(Step.EVALUERING)
    with table.looking() as case:
        assert deciding.view(case).concerns[0][1] is OppmerksomhetStatus.OPEN

    table.evaluates_one(table.at_school, Effect.SOME, TiltakOutcome.CONTINUE)

    with table.looking() as case:
        assert deciding.view(case).concerns[0][1] is OppmerksomhetStatus.IMPROVED


@pytest.mark.meets("R-58", "S2-08")
@ON_ONE_ENGINE
def test_a_family_that_says_no_says_what_it_wants_instead(table):
    table.comes_to(Step.EVALUERING)
    table.moves(Step.VEIEN_VIDERE)
    no = {"outcome": DecisionOutcome.CLOSE, "family_agrees": FamilyAgrees.NO}

    assert refused(table.decides_on, **no) is Reason.FAMILY_WANTS_WHAT
    table.decides_on(**no, family_wants_instead="Vi vil møtes en gang til.")


@ON_ONE_ENGINE
@pytest.mark.parametrize("text", ["", "  "])
def test_barnets_beste_is_a_text(table, text):
    table.starts()
    table.moves(Step.PLANLEGG_TILTAK)

    assert refused(planning.save_best_interests, table.at, text=text, version=0) is Reason.BEST_INTERESTS


@pytest.mark.meets("R-36", "S0-43")
@ON_ONE_ENGINE
@pytest.mark.parametrize("text", ["", "  "])
def test_no_decision_stands_without_barnets_beste(table, text):
    table.comes_to(Step.EVALUERING)
    table.moves(Step.VEIEN_VIDERE)

    assert refused(table.decides_on, DecisionOutcome.CLOSE, best_interests=text) is Reason.BEST_INTERESTS
    with table.looking() as case:
        assert deciding.view(case).decision is None


# Round two


def goes_on(table):
    table.comes_to(Step.IVERKSETT)
    table.moves(Step.EVALUERING)
    table.evaluates(
        effect=Effect.SOME,
        outcomes=((table.at_school, TiltakOutcome.CONTINUE), (table.at_home, TiltakOutcome.END)),
    )
    table.moves(Step.VEIEN_VIDERE)


@pytest.mark.meets("R-18", "S4-24", "S3-38", "S1-17")
def test_going_on_takes_what_continues_into_round_two_where_step_two_is_met_already(table):
    goes_on(table)
    table.decides(DecisionOutcome.CONTINUE)
    deciding.carry_out(table.at)

    assert table.stands()[:3] == (CaseStatus.OPEN, Step.PLANLEGG_TILTAK, 2)
    assert table.missing(planning) == ()
    with table.looking() as case:
        assert [t.id for t in planning.view(case).tiltak] == [table.at_school]
    table.moves(Step.IVERKSETT)

    assert table.missing(carrying_out) == (Missing.EVALUATION_MEETING, Missing.CHILD_PLAN_EVALUATION)
    assert refused(table.moves, Step.EVALUERING) is Reason.STEP_NOT_DONE
    table.agrees_on_meeting(date(2026, 5, 26))
    with table.looking() as case:
        carried = carrying_out.view(case)
    assert (carried.meeting.day, carried.child_plan.due, carried.child_plan.round) == (
        date(2026, 5, 26),
        date(2026, 5, 25),
        2,
    )
    table.moves(Step.EVALUERING)

    with table.looking() as case:
        assert [t.id for t in evaluating.view(case).due] == [table.at_school]


def test_a_changed_tiltak_is_due_in_round_two_in_its_new_words(table):
    table.comes_to(Step.IVERKSETT)
    table.moves(Step.EVALUERING)
    table.evaluates(but=Missing.EVALUATIONS)
    table.evaluates_one(table.at_school, Effect.SOME, TiltakOutcome.CHANGE, changed_text="Eirik ringer søndag")
    table.evaluates_one(table.at_home, Effect.SOME, TiltakOutcome.END)
    with table.looking() as case:
        assert {t.id for t in evaluating.view(case).due} == {table.at_school, table.at_home}
    table.moves(Step.VEIEN_VIDERE)
    table.decides(DecisionOutcome.CONTINUE)
    deciding.carry_out(table.at)

    with table.looking() as case:
        assert [(t.text, t.round) for t in planning.view(case).tiltak] == [("Eirik ringer søndag", 2)]


@pytest.mark.meets("S4-25", "S4-26", "S1-04")
@ON_ONE_ENGINE
def test_other_measures_ask_for_a_new_plan_in_round_two(table):
    goes_on(table)
    table.decides(DecisionOutcome.OTHER_MEASURES_OWN_SERVICE)
    deciding.carry_out(table.at)

    assert table.stands()[:3] == (CaseStatus.OPEN, Step.PLANLEGG_TILTAK, 2)
    assert table.missing(planning) == (
        Missing.CHILD_PLAN,
        Missing.EVALUATION_MEETING,
        Missing.BEST_INTERESTS_PLAN,
    )
    assert refused(table.moves, Step.IVERKSETT) is Reason.STEP_NOT_DONE


@pytest.mark.meets("R-18", "S4-26")
def test_a_round_that_is_over_keeps_what_was_written_in_it(table):
    goes_on(table)
    table.decides(DecisionOutcome.OTHER_MEASURES_OWN_SERVICE)
    deciding.carry_out(table.at)
    table.plans_for_child(ChildTakesPart.ATTENDS)
    planning.save_best_interests(table.at, text="Noe annet i runde to.", version=0)

    with table.looking() as case:
        texts = {(a.round, a.assessed_for.value): a.text for a in story.assessments(case)}
        plans = {(p.round, p.heard_for.value): p.attends for p in story.child_plans(case)}
    assert texts == {
        (1, "plan"): "Trygge mandager, fordi hun savner klassen.",
        (1, "decision"): "At det går sin vanlige gang.",
        (2, "plan"): "Noe annet i runde to.",
    }
    assert plans == {(1, "plan"): False, (1, "evaluation"): False, (2, "plan"): True}


def test_a_log_that_goes_to_others_for_help_waits_in_step_five(table):
    goes_on(table)
    table.decides(DecisionOutcome.ESCALATE_EXTERNAL)
    deciding.carry_out(table.at)

    assert table.stands()[:3] == (CaseStatus.ESCALATING, Step.VEIEN_VIDERE, 1)
    assert refused(table.moves, Step.PLANLEGG_TILTAK) is Reason.STEP_NOT_DONE


# Where it is written


def writes(table):
    """Return every act that writes in a step, and the steps it belongs to."""
    with table.looking() as case:
        concern = next((c.id for c in story.oppmerksomheter(case)), table.marte)
        tiltak = next((t.id for t in story.tiltak(case)), table.marte)
    two, three = {Step.OPPSTART, Step.PLANLEGG_TILTAK}, {Step.IVERKSETT, Step.EVALUERING}
    who = table.take_part["Eirik Prøve"]
    return (
        (
            {Step.OPPSTART},
            lambda: starting.save_situation(table.at, core="a", resource="b", challenge="", version=0),
        ),
        (two, lambda: table.plans_for_child(ChildTakesPart.ATTENDS)),
        (
            two,
            lambda: planning.save_child_view(table.at, words="a", share_with=ShareWith.ALL, named=(), version=0),
        ),
        ({Step.PLANLEGG_TILTAK}, lambda: planning.save_oppmerksomhet(table.at, title="a", goal="", version=0)),
        ({Step.PLANLEGG_TILTAK}, lambda: table.adds_tiltak("a", None, concern)),
        ({Step.PLANLEGG_TILTAK, Step.IVERKSETT}, table.agrees_on_meeting),
        ({Step.PLANLEGG_TILTAK}, lambda: planning.save_best_interests(table.at, text="a", version=0)),
        (
            three,
            lambda: carrying_out.plan_child(
                table.at, takes_part=ChildTakesPart.ATTENDS, interviewer=None, not_heard_reason="", version=0
            ),
        ),
        (three, table.hears_child),
        ({Step.EVALUERING}, lambda: table.evaluates_one(tiltak, Effect.SOME, TiltakOutcome.END)),
        ({Step.EVALUERING}, table.judges),
        (
            {Step.EVALUERING, Step.VEIEN_VIDERE},
            lambda: deciding.set_concern(table.at, oppmerksomhet=concern, status=OppmerksomhetStatus.OPEN, version=0),
        ),
        ({Step.VEIEN_VIDERE}, lambda: table.decides_on(DecisionOutcome.CLOSE)),
        ({Step.VEIEN_VIDERE}, lambda: deciding.agree_who_tells(table.at, who=who, by=EVALUATED, version=0)),
        ({Step.VEIEN_VIDERE}, lambda: deciding.carry_out(table.at)),
    )


@pytest.mark.parametrize("step", Step)
def test_what_belongs_to_another_step_is_refused(table, step):
    table.comes_to(step)

    others = [act for steps, act in writes(table) if step not in steps]

    assert {refused(act) for act in others} == {Reason.OTHER_STEP}
    assert table.stands()[1] is step


@pytest.mark.meets("S4-23")
def test_nothing_is_written_in_a_closed_log(table):
    table.comes_to(Step.VEIEN_VIDERE)
    deciding.carry_out(table.at)

    assert {refused(act) for _, act in writes(table)} == {Reason.CASE_CLOSED}
    assert refused(table.moves, Step.PLANLEGG_TILTAK) is Reason.STEP_NOT_DONE


@pytest.mark.meets("R-33")
@ON_ONE_ENGINE
def test_the_child_is_told_by_somebody_who_takes_part(table):
    table.comes_to(Step.VEIEN_VIDERE, but=Missing.INFORM_CHILD)

    assert refused(deciding.agree_who_tells, table.at, who=table.marte, by=EVALUATED, version=0) is Reason.INFORM_CHILD


@pytest.mark.meets("R-21", "R-25", "S1-26")
def test_a_tiltak_lies_with_one_who_takes_part_and_whose_service_is_covered(table, liv):
    table.starts()
    table.lets_join(liv)
    table.take_part = table.who_takes_part()
    table.moves(Step.PLANLEGG_TILTAK)
    table.concern = planning.save_oppmerksomhet(table.at, title=CONCERN, goal="", version=0)
    nobody, elsewhere = table.marte, table.jonas

    assert table.adds_tiltak("Samtale hver uke", "Liv Eksempel")
    table.withdraws(table.jonas, "skolehelse")
    assert refused(table.adds_tiltak, "Samtale hver uke", "Liv Eksempel") is Reason.RESPONSIBLE_NOT_COVERED
    table.take_part["Ingen"] = nobody
    assert refused(table.adds_tiltak, "Samtale hver uke", "Ingen") is Reason.NOT_A_CHOICE
    assert refused(table.adds_tiltak, "Samtale hver uke", "Eirik Prøve", elsewhere) is Reason.NOT_A_CHOICE


def test_the_family_of_these_tests_is_the_family_of_scenario_one(table):
    with table.looking() as case:
        assert [p.name for p in people.people(case)][1:3] == [MARTE.name, JONAS.name]

"""The content of steps 1 to 3: what follows for a tiltak, the family's no, proposals, narrowing, the situation and notes."""

from datetime import UTC, date, datetime

import pytest

from bti.casework import story
from bti.casework.consent import consenting
from bti.casework.door import At
from bti.casework.people import people
from bti.casework.said import agreeing, describing, noting, proposing
from bti.casework.steps import evaluating, inviting, planning
from bti.errors import Reason
from bti.rules.consent import Category, YesNo
from bti.rules.evaluation import Effect, TiltakOutcome
from bti.rules.goal import Area, GoalStatus
from bti.rules.guards import Missing
from bti.rules.tiltak import Arena, EvaluationMode, FamilySays, NoteKind, ProposalStatus
from bti.rules.workflow import Step
from tests.casework.test_five_steps import EVALUATED, ON_ONE_ENGINE, refused
from tests.cast import NOON

EARLIER = date(2026, 4, 7)


def one_tiltak(table, key):
    with table.looking() as case:
        return next(t for t in story.tiltak(case) if t.id == key)


def days(table, key):
    with table.looking() as case:
        plan = planning.view(case)
        return planning.dates_of(next(t for t in plan.tiltak if t.id == key), plan.meeting)


# What follows


@pytest.mark.meets("R-21", "S0-30", "S0-31", "S3-34")
def test_what_follows_is_changed_by_hand_and_the_rest_goes_on_following(table):
    table.comes_to(Step.PLANLEGG_TILTAK)
    marte, jonas = table.take_part["Marte Testdal"], table.take_part["Jonas Testdal"]

    table.changes_what_follows(
        table.at_school,
        arena=Arena.HOME,
        contributors=[marte],
        evaluation_due=EARLIER,
        evaluation_mode=EvaluationMode.PHONE,
        follow_up_by=jonas,
        follow_up_how="Vi ringes fredag.",
    )
    changed = one_tiltak(table, table.at_school)
    assert (changed.arena, changed.contributors, changed.follow_up_by) == (Arena.HOME, {marte}, jonas)
    assert (changed.evaluation_mode, changed.follow_up_how) == (EvaluationMode.PHONE, "Vi ringes fredag.")
    assert days(table, table.at_school).evaluation == EARLIER

    eirik = table.take_part["Eirik Prøve"]
    table.changes_what_follows(
        table.at_school,
        arena=Arena.SCHOOL,
        contributors=[jonas, eirik],
        deadline=EVALUATED,
        evaluation_due=EVALUATED,
        evaluation_mode=EvaluationMode.JOINT_MEETING,
        follow_up_by=eirik,
    )
    as_it_follows = one_tiltak(table, table.at_school)
    assert as_it_follows.contributors == {jonas}
    assert (as_it_follows.arena, as_it_follows.deadline, as_it_follows.evaluation_due) == (None, None, None)
    assert (as_it_follows.evaluation_mode, as_it_follows.follow_up_by) == (None, None)


@pytest.mark.meets("R-22")
def test_a_moved_meeting_moves_what_follows_it_and_what_would_come_after_it(table):
    table.comes_to(Step.PLANLEGG_TILTAK)
    by_phone = {"evaluation_mode": EvaluationMode.PHONE, "evaluation_due": EARLIER, "deadline": EARLIER}
    table.changes_what_follows(table.at_school, **by_phone)
    with table.looking() as case:
        plan = planning.view(case)

    def texts(day):
        return [t.id for t in planning.moved(plan.tiltak, plan.meeting.day, day)]

    assert texts(EVALUATED) == []
    assert texts(date(2026, 4, 21)) == [table.at_home]
    assert texts(date(2026, 3, 31)) == [table.at_school, table.at_home]

    table.agrees_on_meeting(date(2026, 3, 31), plan.meeting.version)
    assert days(table, table.at_school).evaluation == date(2026, 3, 31)


@ON_ONE_ENGINE
def test_changing_the_words_keeps_what_was_set_by_hand(table):
    table.comes_to(Step.PLANLEGG_TILTAK)
    table.changes_what_follows(table.at_school, arena=Arena.LEISURE, deadline=EARLIER)
    before = one_tiltak(table, table.at_school)

    planning.save_tiltak(
        table.at,
        text="Møter henne i porten",
        responsible=before.responsible,
        oppmerksomhet=table.concern,
        tiltak=before.id,
        version=before.version,
    )

    after = one_tiltak(table, table.at_school)
    assert (after.text, after.arena, after.deadline) == ("Møter henne i porten", Arena.LEISURE, EARLIER)


def test_only_those_who_take_part_and_are_covered_help_or_follow_up(table, liv):
    table.starts()
    table.lets_join(liv)
    table.take_part = table.who_takes_part()
    table.moves(Step.PLANLEGG_TILTAK)
    table.plans()
    helps = table.take_part["Liv Eksempel"]
    table.changes_what_follows(table.at_school, contributors=[helps])
    table.withdraws(table.jonas, "skolehelse")

    for asked in ({"contributors": [helps]}, {"follow_up_by": helps}):
        assert refused(table.changes_what_follows, table.at_school, **asked) is Reason.RESPONSIBLE_NOT_COVERED
    assert refused(table.changes_what_follows, table.at_school, contributors=[table.marte]) is Reason.NOT_A_CHOICE


@ON_ONE_ENGINE
@pytest.mark.meets("R-57")
def test_help_that_may_need_a_formal_decision_is_marked_until_somebody_says_it_does_not(table):
    table.comes_to(Step.PLANLEGG_TILTAK)
    key = table.adds_tiltak("Spesialundervisning to timer i uka", "Eirik Prøve")
    assert one_tiltak(table, key).requires_formal_decision
    assert not one_tiltak(table, table.at_home).requires_formal_decision

    table.changes_what_follows(key, formal_decision=YesNo.NO)
    assert not one_tiltak(table, key).requires_formal_decision
    table.changes_what_follows(key, formal_decision=YesNo.YES)
    assert one_tiltak(table, key).requires_formal_decision


# The family's word (R-58, S2-08)


def says(table, key, what):
    agreeing.family_says(table.at, tiltak=key, says=what, version=one_tiltak(table, key).version)


@pytest.mark.meets("R-58", "S2-08")
def test_what_the_family_says_no_to_is_neither_begun_nor_evaluated_until_it_says_yes(table):
    table.comes_to(Step.IVERKSETT)
    says(table, table.at_school, FamilySays.NO)
    table.moves(Step.EVALUERING)

    with table.looking() as case:
        assert [t.id for t in evaluating.view(case).due] == [table.at_home]
    ended = (table.at_school, Effect.SOME, TiltakOutcome.END)
    assert refused(table.evaluates_one, *ended) is Reason.FAMILY_SAID_NO
    assert refused(says, table, table.at_school, FamilySays.AGREES) is Reason.OTHER_STEP


@pytest.mark.meets("S2-24")
def test_what_was_read_aloud_is_agreed_to_and_a_no_stays_a_no(table):
    table.comes_to(Step.PLANLEGG_TILTAK)
    proposal = table.adds_tiltak("Leksehjelp", None)
    says(table, table.at_home, FamilySays.NO)

    agreeing.approve_read_aloud(table.at)

    approved = one_tiltak(table, table.at_school)
    assert (approved.family_says, approved.read_aloud_at) == (FamilySays.AGREES, NOON)
    assert one_tiltak(table, table.at_home).family_says is FamilySays.NO
    assert one_tiltak(table, proposal).family_says is None


@ON_ONE_ENGINE
def test_other_words_than_those_that_were_read_aloud_are_not_agreed_to(table):
    table.comes_to(Step.PLANLEGG_TILTAK)
    agreeing.approve_read_aloud(table.at)
    before = one_tiltak(table, table.at_school)
    same = {"responsible": before.responsible, "oppmerksomhet": table.concern, "tiltak": before.id}

    planning.save_tiltak(table.at, text=before.text, **same, version=before.version)
    assert one_tiltak(table, table.at_school).family_says is FamilySays.AGREES
    planning.save_tiltak(table.at, text="Noe helt annet", **same, version=before.version)

    changed = one_tiltak(table, table.at_school)
    assert (changed.family_says, changed.read_aloud_at) == (None, None)


@ON_ONE_ENGINE
def test_a_plan_the_family_says_no_to_is_no_plan(table):
    table.comes_to(Step.PLANLEGG_TILTAK)
    for key in (table.at_school, table.at_home):
        says(table, key, FamilySays.NO)

    assert table.missing(planning) == (Missing.TILTAK,)
    assert refused(table.changes_what_follows, table.at_home) is Reason.FAMILY_SAID_NO


@ON_ONE_ENGINE
def test_only_the_stafettholder_says_that_it_was_read_aloud(table, person):
    torleiv = person("torleiv")
    table.lets_join(torleiv)
    table.comes_to(Step.PLANLEGG_TILTAK)

    assert refused(agreeing.approve_read_aloud, At(torleiv, table.number)) is Reason.NOT_ALLOWED


# What is offered, and the family decides


def offered(table):
    with table.looking() as case:
        return planning.proposals(case)


def offers(table, who="Eirik Prøve", concern=None):
    return proposing.offer(table.at, text="Samtalegruppe", offered_by=table.take_part[who], oppmerksomhet=concern)


def answers(table, proposal, status, by="Marte Testdal", concern=None, version=1):
    return proposing.decide(
        table.at,
        proposal=proposal,
        status=status,
        decided_by=table.take_part[by],
        oppmerksomhet=concern,
        version=version,
    )


@pytest.mark.meets("S2-20", "S2-22")
def test_a_proposal_becomes_a_tiltak_when_the_family_says_yes(table):
    table.comes_to(Step.PLANLEGG_TILTAK)
    key = offers(table)
    with table.looking() as case:
        assert len(story.tiltak(case)) == 2

    answers(table, key, ProposalStatus.ACCEPTED)

    with table.looking() as case:
        made = story.tiltak(case)[-1]
    assert (made.text, made.responsible) == ("Samtalegruppe", table.take_part["Eirik Prøve"])
    assert (made.oppmerksomhet, made.family_says) == (table.concern, FamilySays.AGREES)
    assert [(p.status, p.decided_by) for p in offered(table)] == [
        (ProposalStatus.ACCEPTED, table.take_part["Marte Testdal"])
    ]
    assert refused(answers, table, key, ProposalStatus.LATER, version=2) is Reason.SAVED_ALREADY


@pytest.mark.parametrize("status", [ProposalStatus.DECLINED_BY_FAMILY, ProposalStatus.LATER])
def test_a_proposal_the_family_does_not_want_now_is_kept_as_one(table, status):
    table.comes_to(Step.PLANLEGG_TILTAK)
    key = offers(table, concern=table.concern)

    answers(table, key, status)

    assert [p.status for p in offered(table)] == [status]
    with table.looking() as case:
        assert len(story.tiltak(case)) == 2


@ON_ONE_ENGINE
def test_only_the_family_decides_on_a_proposal(table):
    table.comes_to(Step.PLANLEGG_TILTAK)
    key = offers(table)

    assert refused(answers, table, key, ProposalStatus.ACCEPTED, by="Eirik Prøve") is Reason.NOT_A_CHOICE
    assert refused(answers, table, key, ProposalStatus.PROPOSED) is Reason.NOT_A_CHOICE


@ON_ONE_ENGINE
def test_with_two_concerns_it_is_chosen_where_the_tiltak_belongs(table):
    table.comes_to(Step.PLANLEGG_TILTAK)
    other = planning.save_oppmerksomhet(table.at, title="Søvn", goal="", version=0)
    key = offers(table)

    assert refused(answers, table, key, ProposalStatus.ACCEPTED) is Reason.MISSING
    assert refused(answers, table, key, ProposalStatus.ACCEPTED, concern=table.marte) is Reason.NOT_A_CHOICE
    answers(table, key, ProposalStatus.ACCEPTED, concern=other)
    with table.looking() as case:
        assert story.tiltak(case)[-1].oppmerksomhet == other


def test_a_proposal_is_seen_where_consent_covers_it_and_narrowing_reaches_it(table, pernille):
    table.starts()
    table.lets_join(pernille)
    table.moves(Step.PLANLEGG_TILTAK)
    table.plans()
    under, alone = offers(table, concern=table.concern), offers(table)
    with table.looking(pernille) as case:
        assert {p.id for p in story.proposals(case)} == {under, alone}

    consenting.narrow(
        table.at, oppmerksomhet=table.concern, service=table.services["ppt"], kept_out=True, said_by="Marte"
    )

    with table.looking(pernille) as case:
        assert {p.id for p in story.proposals(case)} == {alone}


# More about an oppmerksomhet, and who sees it (R-24, R-23, model.md 5.1)


def describes(table, **more):
    given = {
        "description": "",
        "area": None,
        "category": Category.TILTAK_AND_EVALUATION,
        "owners": (),
        "success_sign": "",
        "goal_status": None,
    }
    describing.describe(table.at, oppmerksomhet=table.concern, version=the_concern(table).version, **(given | more))


def the_concern(table):
    with table.looking() as case:
        return planning.view(case).oppmerksomheter[0]


@pytest.mark.meets("S0-27", "S3-29")
def test_more_is_written_about_a_concern_and_its_goal_has_owners(table):
    table.comes_to(Step.PLANLEGG_TILTAK)
    marte, jonas = table.take_part["Marte Testdal"], table.take_part["Jonas Testdal"]

    describes(table, description="Særlig etter helger.", area=Area.ABSENCE, owners=[marte], success_sign="Hun vinker.")
    describes(table, area=Area.ABSENCE, owners=[jonas], success_sign="Hun ler.", goal_status=GoalStatus.PARTLY)

    told = the_concern(table)
    assert (told.area, told.description) == (Area.ABSENCE, "")
    assert (told.goal.owners, told.goal.success_sign, told.goal.status) == ({jonas}, "Hun ler.", GoalStatus.PARTLY)
    assert refused(describes, table, owners=[table.marte]) is Reason.NOT_A_CHOICE


@pytest.mark.meets("R-01")
def test_what_is_said_to_be_about_health_shuts_for_those_who_may_not_read_of_health(table, pernille):
    table.starts()
    table.lets_join(pernille)
    table.moves(Step.PLANLEGG_TILTAK)
    table.plans()
    offers(table, concern=table.concern)

    describes(table, category=Category.HEALTH)

    with table.looking(pernille) as case:
        assert (story.oppmerksomheter(case), story.tiltak(case), story.proposals(case)) == ((), (), ())
    describes(table, category=Category.TILTAK_AND_EVALUATION)
    with table.looking(pernille) as case:
        assert len(story.tiltak(case)) == 2
    assert refused(describes, table, category=Category.CHILD_STATEMENTS) is Reason.NOT_A_CHOICE


@ON_ONE_ENGINE
@pytest.mark.meets("R-23", "R-24", "S3-36", "S2-18", "scenario-12")
def test_the_family_is_invited_and_the_youth_may_have_her_own(table):
    table.comes_to(Step.PLANLEGG_TILTAK)
    other = planning.save_oppmerksomhet(table.at, title="Søvn", goal="", version=0)

    def said():
        with table.looking() as case:
            view = planning.view(case)
            return [c.id for c in inviting.without_family(view)], inviting.youth_may_have_own(case, view)

    assert said() == ([other], False)
    table.clock.set(datetime(2027, 6, 2, 10, 0, tzinfo=UTC))  # she turns twelve
    assert said() == ([other], True)
    for concern in (table.concern, other):
        table.adds_tiltak("Legger telefonen i gangen", "Solveig Testdal", concern)
    assert said() == ([], False)


# Notes on the way, and who carries on


def notes(table, who=None):
    with table.looking(who or table.eirik) as case:
        return [(n.text, n.by) for n in story.notes(case)]


@pytest.mark.meets("S4-14")
def test_the_owner_service_and_the_one_who_does_it_write_notes_and_no_other_service_does(table, liv, pernille):
    table.starts()
    table.lets_join(liv)
    table.lets_join(pernille)
    table.take_part = table.who_takes_part()
    table.moves(Step.PLANLEGG_TILTAK)
    table.plans()
    hers = table.adds_tiltak("Samtale hver uke", "Liv Eksempel")
    table.moves(Step.IVERKSETT)
    at_school = {"tiltak": table.at_school, "kind": NoteKind.POSITIVE_NOTE, "text": "Hun lo."}

    noting.add_note(table.at, **at_school)
    noting.add_note(At(liv, table.number), tiltak=hers, kind=NoteKind.NOTE, text="Vi snakket om søvn.")

    mine, livs = table.take_part["Eirik Prøve"], table.take_part["Liv Eksempel"]
    assert notes(table, pernille) == notes(table) == [("Vi snakket om søvn.", livs), ("Hun lo.", mine)]
    assert refused(noting.add_note, At(liv, table.number), **at_school) is Reason.NOT_ALLOWED
    assert refused(noting.add_note, table.at, **(at_school | {"tiltak": table.marte})) is Reason.NOT_A_CHOICE
    table.withdraws(table.jonas, "skolehelse")
    assert (
        refused(noting.add_note, At(liv, table.number), tiltak=hers, kind=NoteKind.NOTE, text="Mer.")
        is Reason.NOT_YOURS
    )


@ON_ONE_ENGINE
def test_notes_are_written_while_the_tiltak_are_carried_out(table):
    table.comes_to(Step.PLANLEGG_TILTAK)
    note = {"tiltak": table.at_school, "kind": NoteKind.NOTE, "text": "Ikke ennå."}

    assert refused(noting.add_note, table.at, **note) is Reason.OTHER_STEP


@pytest.mark.meets("R-26")
def test_a_tiltak_whose_doer_is_gone_needs_somebody_new(table, liv):
    table.starts()
    table.lets_join(liv)
    table.take_part = table.who_takes_part()
    table.moves(Step.PLANLEGG_TILTAK)
    table.plans()
    hers = table.adds_tiltak("Samtale hver uke", "Liv Eksempel")
    table.moves(Step.IVERKSETT)
    assert one_tiltak(table, hers).who.gone_since is None

    people.remove_colleague(table.at, participant=table.take_part["Liv Eksempel"])
    gone = one_tiltak(table, hers)
    assert (gone.who.name, gone.who.gone_since) == ("Liv Eksempel", NOON)
    assert gone.is_complete

    away = table.take_part["Liv Eksempel"]
    assert (
        refused(noting.carry_on, table.at, tiltak=hers, responsible=away, version=gone.version) is Reason.NOT_A_CHOICE
    )
    noting.carry_on(table.at, tiltak=hers, responsible=table.take_part["Eirik Prøve"], version=gone.version)
    assert one_tiltak(table, hers).who.gone_since is None

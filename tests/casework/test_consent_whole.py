"""The family is asked about more, answers ahead, takes back a part; and where each answer can be found."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from bti import clock, ids
from bti.casework.consent import consenting
from bti.casework.consent.consenting import Asked
from bti.casework.ground.opening import open_case
from bti.casework.operating import accounts
from bti.casework.people import people
from bti.errors import Reason, Refused
from bti.rules.consent import Answer, Category, ConsentAddition, ConsentForm, ConsentLevel, ConsentState
from bti.rules.meeting import MeetingState, MeetingType
from bti.rules.people import AccessRole
from bti.rules.workflow import Step
from bti.store.tables import Case, ConsentDeclaration, Meeting
from tests.casework.test_consent_windows import A_SECOND, all_words, kept_as_the_rule_says, later, log_of
from tests.casework.test_five_steps import ON_ONE_ENGINE, refused
from tests.casework.test_gate import NO, ONLY_AGREEMENTS, YES

HEALTH = Answer(ConsentLevel.EVERYDAY, frozenset({ConsentAddition.HEALTH}))


def asks_for_more(table, *codes, level=ConsentLevel.EVERYDAY, additions=(), not_to_share=""):
    table.clock.set(table.clock.now + A_SECOND)
    table.consent = consenting.ask_for_more(
        table.at,
        asked=[Asked(table.services[code], level, frozenset(additions)) for code in codes],
        not_to_share=not_to_share,
        information_given=True,
    )


def view_of(table):
    with table.looking() as case:
        return consenting.view(case)


def categories(table, actor):
    with table.looking(actor) as case:
        return case.sight.categories


def somebody_of(service, person):
    accounts.add_user(
        username="odd",
        name="Odd Oppspinn",
        title="rådgiver",
        service=service,
        role=AccessRole.EMPLOYEE,
        language="nb",
        password="tre ulver i skogen",
    )
    return person("odd")


# More than was asked about


@pytest.mark.meets("scenario-5", "R-06", "R-56")
def test_a_service_that_is_added_waits_alone(table, pernille, person, granvik):
    table.consents("ppt", "skolehelse")
    table.lets_join(pernille)
    barnevern = somebody_of("barnevern", person)
    before = log_of(table, pernille)

    with pytest.raises(Refused) as refusal:
        people.add_colleagues(table.at, users=[barnevern.id])
    assert refusal.value.reason is Reason.ASK_FOR_MORE
    asks_for_more(table, "barnevern")

    assert table.state("barnevern") is ConsentState.AWAITING
    assert (table.state("ppt"), table.state("skolehelse")) == (ConsentState.ACTIVE, ConsentState.ACTIVE)
    assert log_of(table, pernille) == before
    with table.looking(pernille) as case:
        assert {s.code for s in consenting.standings(case)} == {"ppt", "skolehelse"}
    assert refused(people.add_colleagues, table.at, users=[barnevern.id]) is Reason.NOT_COVERED

    for guardian in (table.marte, table.jonas):
        table.answers(guardian, barnevern=YES)
    people.add_colleagues(table.at, users=[barnevern.id])
    assert categories(table, barnevern) == YES.categories()
    assert kept_as_the_rule_says(granvik)


def test_one_whose_service_the_family_has_said_no_to_is_no_reason_to_ask_again(table, pernille, liv):
    table.consents("skolehelse")
    table.is_asked("ppt")
    table.answers(table.marte, ppt=NO)

    assert refused(table.lets_join, pernille) is Reason.NOT_COVERED
    table.lets_join(liv)


@pytest.mark.meets("R-06")
def test_a_no_to_more_leaves_the_yes_and_a_yes_from_both_is_needed_for_more(table, pernille):
    table.is_asked("ppt", level=ConsentLevel.AGREEMENTS)
    for guardian in (table.marte, table.jonas):
        table.answers(guardian, ppt=ONLY_AGREEMENTS)
    table.lets_join(pernille)
    asks_for_more(table, "ppt", additions=[ConsentAddition.HEALTH])
    assert categories(table, pernille) == ONLY_AGREEMENTS.categories()

    table.answers(table.marte, ppt=HEALTH)
    table.answers(table.jonas, ppt=NO)
    assert categories(table, pernille) == ONLY_AGREEMENTS.categories()
    assert table.state("ppt") is ConsentState.ACTIVE

    later(table, table.jonas, ppt=HEALTH)
    assert categories(table, pernille) == HEALTH.categories()
    later(table, table.jonas, ppt=NO)
    assert categories(table, pernille) == ONLY_AGREEMENTS.categories()


def test_a_no_to_a_service_that_is_new_is_a_no(table):
    table.consents("ppt")
    asks_for_more(table, "skolehelse")
    table.answers(table.marte, skolehelse=YES)
    table.answers(table.jonas, skolehelse=NO)

    assert (table.state("skolehelse"), table.state("ppt")) == (ConsentState.REFUSED, ConsentState.ACTIVE)
    later(table, table.marte, skolehelse=NO)
    assert table.state("skolehelse") is ConsentState.REFUSED


def test_a_supplement_ends_with_what_it_adds_to(table, pernille, wall_clock):
    table.consents("ppt")
    table.lets_join(pernille)
    wall_clock.set(wall_clock.now + timedelta(days=90))
    asks_for_more(table, "ppt", "skolehelse", additions=[ConsentAddition.HEALTH])

    assert [r.until for r in view_of(table).more] == [date(2026, 7, 31)]
    for guardian in (table.marte, table.jonas):
        table.answers(guardian, ppt=HEALTH, skolehelse=HEALTH)
    with table.looking() as case:
        assert {s.until for s in consenting.standings(case)} == {date(2026, 7, 31)}


def test_the_page_keeps_both_askings_until_the_family_is_asked_anew(table):
    table.is_asked("ppt")
    table.answers(table.marte, ppt=YES)
    first = table.consent
    asks_for_more(table, "skolehelse")
    view = view_of(table)

    assert (view.latest.consent, [r.consent for r in view.more]) == (first, [table.consent])
    assert view.latest.silent == {table.jonas}
    assert view.more[0].silent == {table.marte, table.jonas}

    table.clock.set(table.clock.now + A_SECOND)
    table.is_asked("ppt", "skolehelse")
    view = view_of(table)
    assert (view.latest.consent, view.more) == (table.consent, ())


@ON_ONE_ENGINE
@pytest.mark.parametrize("given", ["nothing stands", "it is over", "no service", "no information"])
def test_nobody_is_asked_for_more_by_halves(table, wall_clock, given):
    if given != "nothing stands":
        table.consents("ppt")
    if given == "it is over":
        wall_clock.set(wall_clock.now + timedelta(days=200))
    asked = [] if given == "no service" else [Asked(table.services["skolehelse"], ConsentLevel.EVERYDAY)]
    reason = Reason.INFORMATION_FIRST if given == "no information" else Reason.CHOOSE_CONSENT

    said = {"asked": asked, "not_to_share": "", "information_given": given != "no information"}
    assert refused(consenting.ask_for_more, table.at, **said) is reason


def test_what_a_yes_to_something_more_opens_is_that_and_no_other_word(table, pernille, liv):
    table.comes_to(Step.OPPSTART)
    table.lets_join(pernille)
    table.lets_join(liv)
    nurse = all_words(table, liv)
    asks_for_more(table, "ppt", additions=[ConsentAddition.HEALTH])
    for guardian in (table.marte, table.jonas):
        table.answers(guardian, ppt=HEALTH)

    assert Category.HEALTH in categories(table, pernille)
    assert all_words(table, liv) == nurse


# Where an answer can be found


def says_aloud(table, who, meeting, **answers):
    consenting.record_answer(
        table.at,
        consent=table.consent,
        consenter=who,
        answers={table.services[code]: answer for code, answer in answers.items()},
        form=ConsentForm.ORAL,
        meeting=meeting,
    )


def has_a_meeting_today(table, granvik, **more):
    given = {"state": MeetingState.PLANNED, "start": table.clock.now + timedelta(hours=2)} | more
    with granvik.writing(table.eirik.id) as session:
        case = session.execute(select(Case.id).where(Case.number == table.number)).scalar_one()
        row = Meeting(
            id=ids.new(),
            case_id=case,
            round=1,
            type=MeetingType.STARTUP,
            place="",
            planned_end=given["start"] + timedelta(hours=1),
            version=1,
            updated_by=table.eirik.id,
            updated_at=table.clock.now,
            **given,
        )
        session.add(row)
        return row.id


def unfound(table):
    with table.looking() as case:
        return tuple(one for one in consenting.given(case) if one.lacks_reference)


def sees_nothing(table, actor):
    return refused(table.looking(actor).__enter__) is Reason.NOT_YOURS


@pytest.mark.meets("R-05")
def test_a_yes_said_in_the_meeting_counts_in_it_and_after_it_only_when_it_can_be_found(table, liv, wall_clock, granvik):
    table.is_asked("skolehelse")
    meeting = has_a_meeting_today(table, granvik)
    for guardian in (table.marte, table.jonas):
        says_aloud(table, guardian, meeting, skolehelse=YES)
    table.lets_join(liv)
    assert categories(table, liv) == YES.categories()
    assert {one.guardian for one in unfound(table)} == {table.marte, table.jonas}

    consenting.add_evidence(table.at, declaration=unfound(table)[0].declaration, reference="elevmappe, notat 10.3.")
    assert kept_as_the_rule_says(granvik)
    (left,) = unfound(table)
    wall_clock.set(clock.end_of(clock.day(wall_clock.now)))

    assert sees_nothing(table, liv)
    assert table.state("skolehelse") is ConsentState.AWAITING
    consenting.add_evidence(table.at, declaration=left.declaration, reference="elevmappe, notat 10.3.")
    assert categories(table, liv) == YES.categories()
    assert unfound(table) == ()


def test_when_the_meeting_is_closed_what_cannot_be_found_counts_no_longer(table, liv, granvik):
    table.is_asked("skolehelse")
    meeting = has_a_meeting_today(table, granvik, state=MeetingState.STARTED)
    says_aloud(table, table.marte, meeting, skolehelse=YES)
    table.answers(table.jonas, skolehelse=YES)
    table.lets_join(liv)
    assert categories(table, liv)

    with granvik.writing(table.eirik.id) as session:
        consenting.meeting_is_over(open_case(session, table.at), meeting)

    assert sees_nothing(table, liv)
    assert kept_as_the_rule_says(granvik)


@ON_ONE_ENGINE
@pytest.mark.parametrize("which", ["none", "tomorrow", "closed", "called off", "of another case"])
def test_outside_a_meeting_the_reference_is_given_at_once(table, granvik, which):
    table.is_asked("ppt")
    meeting = {
        "none": lambda: None,
        "tomorrow": lambda: has_a_meeting_today(table, granvik, start=table.clock.now + timedelta(days=1)),
        "closed": lambda: has_a_meeting_today(table, granvik, state=MeetingState.CLOSED),
        "called off": lambda: has_a_meeting_today(table, granvik, state=MeetingState.CANCELLED),
        "of another case": ids.new,
    }[which]()

    reason = Reason.NOT_YOURS if which == "of another case" else Reason.WHERE_IS_IT
    assert refused(says_aloud, table, table.marte, meeting, ppt=YES) is reason


@ON_ONE_ENGINE
def test_an_answer_that_is_given_anew_is_looked_for_no_longer(table, granvik):
    table.is_asked("ppt")
    says_aloud(table, table.marte, has_a_meeting_today(table, granvik), ppt=YES)
    assert len(unfound(table)) == 1
    later(table, table.marte, ppt=YES)

    assert unfound(table) == ()


@ON_ONE_ENGINE
def test_a_reference_is_words(table, granvik):
    table.is_asked("ppt")
    says_aloud(table, table.marte, has_a_meeting_today(table, granvik), ppt=YES)
    (one,) = unfound(table)

    nothing = {"declaration": one.declaration, "reference": "  "}
    assert refused(consenting.add_evidence, table.at, **nothing) is Reason.WHERE_IS_IT
    assert refused(consenting.add_evidence, table.at, declaration=ids.new(), reference="a") is Reason.NOT_YOURS


# Ahead of the day


def asks_to_renew(table, *codes, whole_year=False):
    asked = [Asked(table.services[code], ConsentLevel.EVERYDAY) for code in codes]
    return consenting.ask_to_renew(
        table.at, asked=asked, not_to_share="", whole_year=whole_year, information_given=True
    )


@pytest.mark.meets("R-03", "R-09")
def test_a_renewal_given_ahead_counts_from_the_day_the_old_one_ends(table, pernille, wall_clock, granvik):
    table.consents("ppt", "skolehelse")
    table.lets_join(pernille)
    wall_clock.set(datetime(2026, 6, 20, 10, tzinfo=UTC))
    assert view_of(table).ends == date(2026, 7, 31)
    table.consent = asks_to_renew(table, "ppt")
    renewal = view_of(table).renewal
    assert (renewal.since, renewal.until, renewal.silent) == (
        date(2026, 8, 1),
        date(2027, 7, 31),
        {table.marte, table.jonas},
    )
    for guardian in (table.marte, table.jonas):
        table.answers(guardian, ppt=ONLY_AGREEMENTS)

    assert categories(table, pernille) == YES.categories()
    wall_clock.set(datetime(2026, 7, 31, 22, tzinfo=UTC))
    assert categories(table, pernille) == ONLY_AGREEMENTS.categories()
    assert table.state("skolehelse") is ConsentState.EXPIRED
    assert view_of(table).latest.consent == table.consent
    assert kept_as_the_rule_says(granvik)


def test_who_takes_back_from_all_takes_back_what_was_said_ahead(table, pernille, wall_clock):
    table.consents("ppt")
    table.lets_join(pernille)
    wall_clock.set(datetime(2026, 7, 1, 10, tzinfo=UTC))
    table.consent = asks_to_renew(table, "ppt", "skolehelse")
    for guardian in (table.marte, table.jonas):
        table.answers(guardian, ppt=YES, skolehelse=YES)
    said = view_of(table).has_answered[table.marte]
    assert said == {table.services["ppt"], table.services["skolehelse"]}
    wall_clock.set(wall_clock.now + A_SECOND)
    consenting.withdraw(table.at, consenter=table.marte, services=list(said))

    assert sees_nothing(table, pernille)
    wall_clock.set(datetime(2026, 8, 2, tzinfo=UTC))
    assert sees_nothing(table, pernille)
    assert table.state("skolehelse") is ConsentState.WITHDRAWN


@ON_ONE_ENGINE
def test_a_no_said_after_the_renewal_is_the_newest_word(table, pernille, wall_clock):
    table.consents("ppt")
    first = table.consent
    table.lets_join(pernille)
    wall_clock.set(datetime(2026, 7, 1, 10, tzinfo=UTC))
    table.consent = asks_to_renew(table, "ppt")
    for guardian in (table.marte, table.jonas):
        table.answers(guardian, ppt=YES)
    table.consent = first
    later(table, table.marte, ppt=NO)

    wall_clock.set(datetime(2026, 8, 2, tzinfo=UTC))
    assert sees_nothing(table, pernille)


@ON_ONE_ENGINE
@pytest.mark.parametrize(
    ("day", "reason"), [("2026-05-31", Reason.TOO_EARLY_TO_RENEW), ("2026-08-01", Reason.CHOOSE_CONSENT)]
)
def test_a_consent_is_renewed_neither_too_early_nor_too_late(table, wall_clock, day, reason):
    table.consents("ppt")
    wall_clock.set(datetime.fromisoformat(f"{day}T10:00:00+00:00"))

    assert view_of(table).ends is None
    assert refused(asks_to_renew, table, "ppt") is reason


# The child below the age, and the language of the answer


def test_that_the_child_is_told_is_noted_and_is_no_consent(table, eirik):
    table.is_asked("ppt")
    consenting.note_child_told(table.at, consent=table.consent, told_by=table.take_part["Marte Testdal"])

    assert view_of(table).latest.child_told_by == table.take_part["Marte Testdal"]
    assert view_of(table).latest.silent == {table.marte, table.jonas}
    assert table.state("ppt") is ConsentState.AWAITING
    for who in (eirik.id, table.take_part["Solveig Testdal"]):
        told = {"consent": table.consent, "told_by": who}
        assert refused(consenting.note_child_told, table.at, **told) is Reason.NOT_A_CHOICE


@pytest.mark.meets("R-04")
def test_the_language_it_was_explained_in_is_noted_with_the_answer(table, granvik):
    table.is_asked("ppt")
    said = {"consent": table.consent, "answers": {table.services["ppt"]: YES}, "form": ConsentForm.ELECTRONIC}
    consenting.record_answer(table.at, consenter=table.marte, explained_in="tigrinja, med tolk", **said)
    consenting.record_answer(table.at, consenter=table.jonas, explained_in=" ", **said)

    with granvik.reading(table.eirik.id) as session:
        noted = session.execute(select(ConsentDeclaration.guardian_id, ConsentDeclaration.explained_in)).all()
    assert {tuple(n) for n in noted} == {(table.marte, "tigrinja, med tolk"), (table.jonas, None)}

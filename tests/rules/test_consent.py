"""The gate: may this service see this kind of information about the child, at this moment? Deny until the family has said yes."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from bti import clock
from bti.rules.consent import (
    SHARED_BY_LEVEL,
    Answer,
    Category,
    ConsentAddition,
    ConsentForm,
    ConsentLevel,
    ConsentState,
    Guardian,
    Item,
    Policy,
    Purpose,
    Request,
    YouthRule,
    birthday,
    can_share,
    last_day,
    missing,
    opened_by,
    required,
    windows,
)
from tests.cast import NOON, OLA_BORN
from tests.rules.asking import (
    A_SECOND,
    ADDED,
    AGREED,
    AGREEMENTS,
    BOTH,
    CHILD,
    DAILY,
    EVERYDAY,
    GRANDMOTHER,
    JONAS,
    MARTE,
    NO,
    NURSE,
    PPT,
    SUMMER,
    everyday_with,
    on_paper,
    oslo,
    says,
    sees,
    stands,
    takes_back,
    the_family,
    with_,
)

GUARDIANS = frozenset({MARTE, JONAS})
YOUTH = frozenset({CHILD})
BORN_ON_LEAP_DAY = date(2012, 2, 29)
OTHERS = [c for c in SHARED_BY_LEVEL if c is not Category.HEALTH]
BEFORE, ON_THE_DAY, AFTER = timedelta(days=-1), timedelta(0), timedelta(days=1)


def noon(on):
    return datetime(on.year, on.month, on.day, 11, 0, tzinfo=UTC)


# Who must answer


FROM_YOUTH_AGE = {
    YouthRule.AND: (GUARDIANS | YOUTH,),
    YouthRule.OR: (GUARDIANS, YOUTH),
    YouthRule.ALONE: (YOUTH,),
}


@pytest.mark.meets("R-03", "S3-11")
@pytest.mark.parametrize("category", SHARED_BY_LEVEL)
@pytest.mark.parametrize("rule", YouthRule)
@pytest.mark.parametrize("age", [15, 16])
@pytest.mark.parametrize("born", [OLA_BORN, BORN_ON_LEAP_DAY])
def test_the_youth_answers_from_the_policy_age_on(born, age, rule, category):
    facts = the_family(born=born, policy=Policy(youth_age=age, youth_rule=rule, health_age=18))
    day = birthday(born, age)

    assert required(facts, category, noon(day + BEFORE)) == (GUARDIANS,)
    assert required(facts, category, noon(day)) == FROM_YOUTH_AGE[rule]
    assert required(facts, category, noon(day + AFTER)) == FROM_YOUTH_AGE[rule]


@pytest.mark.parametrize("rule", YouthRule)
@pytest.mark.parametrize(
    ("category", "from_that_day"),
    [(Category.HEALTH, lambda _: (YOUTH,)), *((category, FROM_YOUTH_AGE.get) for category in OTHERS)],
)
def test_from_sixteen_the_youth_alone_answers_for_health_and_nothing_else(category, from_that_day, rule):
    facts = the_family(born=OLA_BORN, policy=Policy(youth_rule=rule))
    day = date(2027, 3, 11)

    assert required(facts, category, noon(day + BEFORE)) == FROM_YOUTH_AGE[rule]
    assert required(facts, category, noon(day)) == from_that_day(rule)
    assert required(facts, category, noon(day + AFTER)) == from_that_day(rule)


@pytest.mark.meets("R-03")
@pytest.mark.parametrize("category", SHARED_BY_LEVEL)
@pytest.mark.parametrize("rule", YouthRule)
def test_from_eighteen_only_the_young_person_answers(rule, category):
    facts = the_family(born=OLA_BORN, policy=Policy(youth_rule=rule, health_age=18))
    day = date(2029, 3, 11)

    assert required(facts, category, noon(day + BEFORE)) == FROM_YOUTH_AGE[rule]
    assert required(facts, category, noon(day)) == (YOUTH,)
    assert required(facts, category, noon(day + AFTER)) == (YOUTH,)


def test_a_health_age_below_the_policy_age_is_the_childs_own_from_then():
    facts = the_family(born=OLA_BORN, policy=Policy(health_age=12))

    assert required(facts, Category.HEALTH, noon(date(2023, 3, 10))) == (GUARDIANS,)
    assert required(facts, Category.HEALTH, noon(date(2023, 3, 11))) == (YOUTH,)
    assert required(facts, Category.ASSESSMENT, noon(date(2023, 3, 11))) == (GUARDIANS,)


@pytest.mark.meets("scenario-4")
@pytest.mark.parametrize(
    ("age", "day"),
    [(14, date(2026, 2, 28)), (15, date(2027, 2, 28)), (16, date(2028, 2, 29)), (18, date(2030, 2, 28))],
)
def test_one_born_on_leap_day_has_a_birthday_on_the_28th_when_there_is_no_29th(age, day):
    assert birthday(BORN_ON_LEAP_DAY, age) == day


def test_the_birthday_begins_at_midnight_in_oslo():
    facts = the_family(born=OLA_BORN)
    midnight = oslo(2026, 3, 11)

    assert midnight == datetime(2026, 3, 10, 23, 0, tzinfo=UTC)
    assert required(facts, Category.HEALTH, midnight - clock.A_MOMENT) == (GUARDIANS,)
    assert required(facts, Category.HEALTH, midnight) == (GUARDIANS | YOUTH,)


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "asked"),
    [
        (None, None, True),
        (date(2026, 3, 10), None, True),
        (date(2026, 3, 11), None, False),
        (None, date(2026, 3, 10), True),
        (None, date(2026, 3, 9), False),
        (date(2026, 3, 10), date(2026, 3, 10), True),
    ],
)
def test_a_guardian_is_asked_from_the_first_day_to_the_last(valid_from, valid_to, asked):
    jonas = Guardian(JONAS, has_parental_responsibility=True, valid_from=valid_from, valid_to=valid_to)
    facts = the_family(guardians=(BOTH[0], jonas))

    assert required(facts, Category.HEALTH, NOON) == ((GUARDIANS if asked else frozenset({MARTE})),)


def test_a_guardian_without_parental_responsibility_is_not_asked_and_cannot_refuse():
    grandmother = Guardian(GRANDMOTHER, has_parental_responsibility=False)
    facts = the_family(says(MARTE), says(JONAS), says(GRANDMOTHER, NO), guardians=(*BOTH, grandmother))

    assert required(facts, Category.HEALTH, NOON) == (GUARDIANS,)
    assert sees(facts) == DAILY


@pytest.mark.parametrize("category", SHARED_BY_LEVEL)
def test_a_child_without_guardians_has_nobody_who_can_say_yes(category):
    facts = the_family(says(CHILD), guardians=())

    assert required(facts, category, NOON) == ()
    assert sees(facts) == frozenset()
    assert stands(facts) is ConsentState.AWAITING


@pytest.mark.parametrize("rule", YouthRule)
def test_a_youth_without_guardians_answers_alone(rule):
    facts = the_family(says(CHILD), guardians=(), born=date(2010, 1, 1), policy=Policy(youth_rule=rule))

    assert required(facts, Category.ASSESSMENT, NOON) == (YOUTH,)
    assert sees(facts) == DAILY


@pytest.mark.parametrize("age", [16, 18])
def test_health_shuts_at_the_age_from_which_the_youth_alone_answers_for_it(age):
    health = everyday_with(ConsentAddition.HEALTH)
    facts = the_family(
        says(MARTE, health),
        says(JONAS, health),
        born=date(2026 - age, 4, 1),
        policy=Policy(youth_age=18, health_age=age),
    )
    day = oslo(2026, 4, 1)

    assert sees(facts, at=day - clock.A_MOMENT) == DAILY | {Category.HEALTH}
    assert sees(facts, at=day) == (DAILY if age == 16 else frozenset())
    assert {w.closes for w in windows(facts) if w.category is Category.HEALTH} == {day}


# What an answer opens


@pytest.mark.parametrize(
    ("level", "opened"),
    [(ConsentLevel.NO, frozenset()), (ConsentLevel.AGREEMENTS, AGREED), (ConsentLevel.EVERYDAY, DAILY)],
)
def test_a_level_opens_what_is_inside_it(level, opened):
    assert Answer(level).categories() == opened


@pytest.mark.parametrize("addition", ConsentAddition)
@pytest.mark.parametrize("answer", [AGREEMENTS, EVERYDAY])
def test_an_addition_opens_its_own_category_on_top(answer, addition):
    assert with_(answer, addition).categories() == answer.categories() | {ADDED[addition]}


@pytest.mark.parametrize("addition", ConsentAddition)
def test_an_addition_to_a_no_opens_nothing(addition):
    assert with_(NO, addition).categories() == frozenset()


@pytest.mark.parametrize("level", ConsentLevel)
def test_no_answer_ever_opens_the_childs_own_words(level):
    everything = Answer(level, frozenset(ConsentAddition))

    assert Category.CHILD_STATEMENTS not in everything.categories()
    assert Category.CHILD_STATEMENTS not in sees(the_family(says(MARTE, everything), says(JONAS, everything)))


@pytest.mark.meets("R-02")
@pytest.mark.parametrize(("martes", "jonases"), list(product([NO, AGREEMENTS, EVERYDAY], repeat=2)))
def test_the_lowest_answer_counts(martes, jonases):
    facts = the_family(says(MARTE, martes), says(JONAS, jonases))

    assert sees(facts) == martes.categories() & jonases.categories()


@pytest.mark.parametrize("addition", ConsentAddition)
def test_an_addition_needs_both(addition):
    with_it = everyday_with(addition)

    assert sees(the_family(says(MARTE, with_it), says(JONAS))) == DAILY
    assert sees(the_family(says(MARTE, with_it), says(JONAS, with_it))) == DAILY | {ADDED[addition]}


@pytest.mark.meets("R-02")
@pytest.mark.parametrize("silent", [MARTE, JONAS])
def test_silence_is_a_no_for_that_service_only(silent):
    (other,) = GUARDIANS - {silent}
    both = {PPT: EVERYDAY, NURSE: EVERYDAY}
    facts = the_family(says(other, answers=both), says(silent, service=NURSE))

    assert sees(facts, PPT) == frozenset()
    assert sees(facts, NURSE) == DAILY
    assert missing(facts, PPT, Purpose.COOPERATE, NOON) == {silent}
    assert missing(facts, NURSE, Purpose.COOPERATE, NOON) == frozenset()


@pytest.mark.meets("R-10")
def test_a_no_closes_its_own_service_only():
    facts = the_family(
        says(MARTE, answers={PPT: EVERYDAY, NURSE: EVERYDAY}), says(JONAS, answers={PPT: NO, NURSE: EVERYDAY})
    )

    assert (stands(facts, PPT), stands(facts, NURSE)) == (ConsentState.REFUSED, ConsentState.ACTIVE)
    assert sees(facts, NURSE) == DAILY


def test_exclusions_are_the_union_and_beat_every_answer():
    facts = the_family(
        says(MARTE, everyday_with(but={Category.WELLBEING_SOCIAL})),
        says(JONAS, everyday_with(but={Category.SCHOOL_KINDERGARTEN})),
    )

    assert sees(facts) == AGREED


def test_an_exclusion_is_for_its_own_service():
    kept = everyday_with(but={Category.WELLBEING_SOCIAL})
    facts = the_family(
        says(MARTE, answers={PPT: kept, NURSE: EVERYDAY}), says(JONAS, answers={PPT: EVERYDAY, NURSE: EVERYDAY})
    )

    assert sees(facts, PPT) == DAILY - {Category.WELLBEING_SOCIAL}
    assert sees(facts, NURSE) == DAILY


def test_a_newer_answer_without_the_exclusion_lifts_it():
    facts = the_family(
        says(MARTE, everyday_with(but={Category.WELLBEING_SOCIAL})), says(JONAS), says(MARTE, at=NOON + A_SECOND)
    )

    assert sees(facts) == DAILY - {Category.WELLBEING_SOCIAL}
    assert sees(facts, at=NOON + A_SECOND) == DAILY


def test_a_youth_who_need_not_answer_yet_can_still_keep_something_out():
    facts = the_family(says(MARTE), says(JONAS), says(CHILD, everyday_with(but={Category.WELLBEING_SOCIAL})))

    assert sees(facts) == DAILY - {Category.WELLBEING_SOCIAL}


@pytest.mark.meets("R-08", "S4-29")
@pytest.mark.parametrize("purpose", Purpose)
def test_a_yes_to_one_purpose_is_not_a_yes_to_the_other(purpose):
    facts = the_family(says(MARTE, purpose=purpose), says(JONAS, purpose=purpose))

    assert {p: sees(facts, purpose=p) for p in Purpose} == {p: DAILY if p is purpose else frozenset() for p in Purpose}


def test_a_newer_answer_replaces_the_older_up_and_down():
    facts = the_family(says(MARTE, AGREEMENTS), says(JONAS), says(MARTE, EVERYDAY, at=NOON + A_SECOND))
    assert sees(facts, at=NOON + A_SECOND) == DAILY

    facts = the_family(says(MARTE, EVERYDAY), says(JONAS), says(MARTE, NO, at=NOON + A_SECOND))
    assert sees(facts, at=NOON + A_SECOND) == frozenset()
    assert stands(facts, at=NOON + A_SECOND) is ConsentState.REFUSED


def test_of_two_answers_given_at_once_the_one_written_down_last_counts():
    facts = the_family(says(MARTE), says(JONAS), says(MARTE, AGREEMENTS, recorded_at=NOON + A_SECOND))

    assert sees(facts) == DAILY
    assert sees(facts, at=NOON + A_SECOND) == AGREED


@pytest.mark.parametrize(
    ("rule", "child_says", "seen"),
    [
        (YouthRule.AND, None, frozenset()),
        (YouthRule.AND, AGREEMENTS, AGREED),
        (YouthRule.AND, NO, frozenset()),
        (YouthRule.OR, None, DAILY),
        (YouthRule.OR, AGREEMENTS, DAILY),
        (YouthRule.OR, NO, frozenset()),
        (YouthRule.ALONE, None, frozenset()),
        (YouthRule.ALONE, AGREEMENTS, AGREED),
        (YouthRule.ALONE, NO, frozenset()),
    ],
)
def test_what_the_youth_says_beside_two_guardians_who_say_everyday(rule, child_says, seen):
    said = [says(MARTE), says(JONAS)] + ([says(CHILD, child_says)] if child_says else [])
    facts = the_family(*said, born=date(2010, 1, 1), policy=Policy(youth_rule=rule, health_age=18))

    assert sees(facts) == seen


@pytest.mark.parametrize(
    ("rule", "guardian_says", "seen"),
    [
        (YouthRule.AND, None, frozenset()),
        (YouthRule.AND, NO, frozenset()),
        (YouthRule.OR, None, DAILY),
        (YouthRule.OR, NO, frozenset()),
        (YouthRule.ALONE, None, DAILY),
        (YouthRule.ALONE, NO, DAILY),
    ],
)
def test_what_one_guardian_says_beside_a_youth_who_says_everyday(rule, guardian_says, seen):
    said = [says(CHILD), says(MARTE)] + ([says(JONAS, guardian_says)] if guardian_says else [])
    facts = the_family(*said, born=date(2010, 1, 1), policy=Policy(youth_rule=rule, health_age=18))

    assert sees(facts) == seen


# When it counts


@pytest.mark.meets("R-04")
def test_information_comes_before_the_yes():
    facts = the_family(says(MARTE), says(JONAS, information_given_at=NOON + A_SECOND))

    assert sees(facts, at=NOON + timedelta(days=1)) == frozenset()
    assert stands(facts, at=NOON + timedelta(days=1)) is ConsentState.AWAITING


@pytest.mark.parametrize("moment", ["recorded_at", "counts_from"])
def test_nothing_is_open_before_the_answer_is_written_down_and_counts(moment):
    facts = the_family(says(MARTE), says(JONAS, **{moment: NOON + A_SECOND}))

    assert sees(facts) == frozenset()
    assert sees(facts, at=NOON + A_SECOND) == DAILY


def test_the_period_opens_at_midnight_of_its_first_day_and_shuts_at_the_end_of_its_last():
    period = {"valid_from": date(2026, 3, 12), "valid_to": date(2026, 3, 14)}
    facts = the_family(says(MARTE, **period), says(JONAS, **period))
    opens, closes = oslo(2026, 3, 12), oslo(2026, 3, 15)

    assert sees(facts, at=opens - clock.A_MOMENT) == frozenset()
    assert sees(facts, at=opens) == DAILY
    assert sees(facts, at=closes - clock.A_MOMENT) == DAILY
    assert sees(facts, at=closes) == frozenset()
    assert stands(facts, at=closes) is ConsentState.EXPIRED


@pytest.mark.meets("R-03")
@pytest.mark.parametrize(
    ("last", "closes"),
    [
        (date(2026, 3, 29), datetime(2026, 3, 29, 22, 0, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 25, 23, 0, tzinfo=UTC)),
    ],
    ids=["a day of 23 hours", "a day of 25 hours"],
)
def test_the_last_day_counts_to_its_end_also_when_the_clock_is_changed(last, closes):
    facts = the_family(says(MARTE, valid_to=last), says(JONAS, valid_to=last))

    assert sees(facts, at=closes - clock.A_MOMENT) == DAILY
    assert sees(facts, at=closes) == frozenset()
    assert {w.closes for w in windows(facts)} == {closes}


def test_an_older_answer_does_not_come_back_when_the_newer_runs_out():
    short = date(2026, 3, 20)
    facts = the_family(says(MARTE), says(JONAS), says(JONAS, at=NOON + A_SECOND, valid_to=short))

    assert sees(facts, at=clock.end_of(short) - clock.A_MOMENT) == DAILY
    assert sees(facts, at=clock.end_of(short)) == frozenset()
    assert stands(facts, at=clock.end_of(short)) is ConsentState.EXPIRED


def test_one_consenters_period_ends_for_the_service():
    facts = the_family(says(MARTE, valid_to=date(2026, 3, 20)), says(JONAS))

    assert sees(facts, at=oslo(2026, 3, 21)) == frozenset()


def test_a_guardian_who_comes_later_is_asked_from_that_day():
    newcomer = Guardian(GRANDMOTHER, has_parental_responsibility=True, valid_from=date(2026, 3, 15))
    facts = the_family(says(MARTE), says(JONAS), guardians=(*BOTH, newcomer))

    assert sees(facts, at=oslo(2026, 3, 15) - clock.A_MOMENT) == DAILY
    assert sees(facts, at=oslo(2026, 3, 15)) == frozenset()
    assert missing(facts, PPT, Purpose.COOPERATE, oslo(2026, 3, 15)) == {GRANDMOTHER}
    assert {w.closes for w in windows(facts)} == {oslo(2026, 3, 15)}


def test_a_guardian_who_leaves_is_asked_to_the_end_of_the_last_day():
    leaving = Guardian(JONAS, has_parental_responsibility=True, valid_to=date(2026, 3, 15))
    facts = the_family(says(MARTE), guardians=(BOTH[0], leaving))

    assert sees(facts, at=oslo(2026, 3, 16) - clock.A_MOMENT) == frozenset()
    assert sees(facts, at=oslo(2026, 3, 16)) == DAILY
    assert {w.opens for w in windows(facts)} == {oslo(2026, 3, 16)}


# Taken back


@pytest.mark.meets("R-07")
def test_a_withdrawal_shuts_the_service_at_that_moment_and_no_other():
    both = {PPT: EVERYDAY, NURSE: EVERYDAY}
    facts = the_family(
        says(MARTE, answers=both), says(JONAS, answers=both), taken_back=[takes_back(JONAS, at=NOON + A_SECOND)]
    )

    assert sees(facts, PPT) == DAILY
    assert sees(facts, PPT, at=NOON + A_SECOND) == frozenset()
    assert stands(facts, PPT, at=NOON + A_SECOND) is ConsentState.WITHDRAWN
    assert sees(facts, NURSE, at=NOON + A_SECOND) == DAILY


def test_one_who_has_taken_back_has_nothing_more_to_take_back():
    facts = the_family(says(MARTE), says(JONAS), taken_back=[takes_back(JONAS, at=NOON + A_SECOND)])

    assert opened_by(facts, JONAS, PPT, Purpose.COOPERATE, NOON) == DAILY
    assert opened_by(facts, JONAS, PPT, Purpose.COOPERATE, NOON + A_SECOND) == frozenset()
    assert opened_by(facts, MARTE, PPT, Purpose.COOPERATE, NOON + A_SECOND) == DAILY
    assert opened_by(facts, MARTE, NURSE, Purpose.COOPERATE, NOON) == frozenset()


def test_a_withdrawal_in_the_same_moment_as_the_yes_wins():
    assert sees(the_family(says(MARTE), says(JONAS), taken_back=[takes_back(JONAS, at=NOON)])) == frozenset()


def test_a_yes_after_the_withdrawal_opens_again():
    facts = the_family(
        says(MARTE),
        says(JONAS),
        says(JONAS, AGREEMENTS, at=NOON + 2 * A_SECOND),
        taken_back=[takes_back(JONAS, at=NOON + A_SECOND)],
    )

    assert sees(facts, at=NOON + A_SECOND) == frozenset()
    assert sees(facts, at=NOON + 2 * A_SECOND) == AGREED


def test_a_withdrawal_reaches_every_purpose():
    facts = the_family(
        *(says(who, purpose=purpose) for who in GUARDIANS for purpose in Purpose),
        taken_back=[takes_back(JONAS, at=NOON + A_SECOND)],
    )

    assert {sees(facts, at=NOON + A_SECOND, purpose=purpose) for purpose in Purpose} == {frozenset()}


def test_an_answer_given_before_and_written_down_after_the_withdrawal_opens_nothing():
    late = says(JONAS, recorded_at=NOON + 2 * A_SECOND)
    facts = the_family(says(MARTE), late, taken_back=[takes_back(JONAS, at=NOON + A_SECOND)])

    assert sees(facts, at=NOON + timedelta(days=1)) == frozenset()


@pytest.mark.meets("R-07")
@pytest.mark.parametrize("addition", ConsentAddition)
def test_an_addition_can_be_taken_back_alone(addition):
    everything = everyday_with(*ConsentAddition)
    facts = the_family(
        says(MARTE, everything),
        says(JONAS, everything),
        taken_back=[takes_back(JONAS, at=NOON + A_SECOND, additions=[addition])],
    )

    assert sees(facts) == DAILY | set(ADDED.values())
    assert sees(facts, at=NOON + A_SECOND) == (DAILY | set(ADDED.values())) - {ADDED[addition]}
    assert stands(facts, at=NOON + A_SECOND) is ConsentState.ACTIVE


def test_a_withdrawal_by_one_who_need_not_answer_closes_nothing():
    facts = the_family(says(MARTE), says(JONAS), taken_back=[takes_back(GRANDMOTHER, at=NOON)])

    assert sees(facts) == DAILY


def test_under_the_or_rule_a_guardians_withdrawal_shuts_what_the_youth_has_opened():
    facts = the_family(
        says(CHILD),
        taken_back=[takes_back(JONAS, at=NOON + A_SECOND)],
        born=date(2010, 1, 1),
        policy=Policy(youth_rule=YouthRule.OR),
    )

    assert sees(facts) == DAILY
    assert sees(facts, at=NOON + A_SECOND) == frozenset()


# Where it can be found again


@pytest.mark.parametrize("form", [ConsentForm.ORAL, ConsentForm.WRITTEN])
def test_an_answer_opens_nothing_until_it_is_said_where_it_can_be_found(form):
    facts = the_family(says(MARTE), says(JONAS, form=form, evidence_at=NOON + A_SECOND))

    assert sees(facts) == frozenset()
    assert stands(facts) is ConsentState.AWAITING
    assert sees(facts, at=NOON + A_SECOND) == DAILY


@pytest.mark.meets("R-05")
def test_an_oral_yes_in_a_meeting_counts_until_the_meeting_is_closed():
    closes = NOON + timedelta(hours=1)
    oral = says(JONAS, form=ConsentForm.ORAL, in_meeting=True, meeting_closed_at=closes)
    facts = the_family(says(MARTE), oral)

    assert sees(facts) == DAILY
    assert sees(facts, at=closes - clock.A_MOMENT) == DAILY
    assert sees(facts, at=closes) == frozenset()
    assert stands(facts, at=closes) is ConsentState.AWAITING


def test_an_oral_yes_counts_as_long_as_the_meeting_goes_on():
    facts = the_family(says(MARTE), says(JONAS, form=ConsentForm.ORAL, in_meeting=True))

    assert sees(facts, at=NOON + timedelta(hours=3)) == DAILY


def test_a_reference_keeps_it_open_when_the_meeting_is_closed():
    closes = NOON + timedelta(hours=1)
    oral = says(JONAS, form=ConsentForm.ORAL, in_meeting=True, meeting_closed_at=closes, evidence_at=closes)

    assert sees(the_family(says(MARTE), oral), at=closes) == DAILY


@pytest.mark.parametrize(
    ("newer", "seen"),
    [
        (NO, frozenset()),
        (AGREEMENTS, AGREED),
        (EVERYDAY, DAILY),
        (everyday_with(ConsentAddition.HEALTH), DAILY),
        (everyday_with(but={Category.WELLBEING_SOCIAL}), DAILY - {Category.WELLBEING_SOCIAL}),
    ],
)
def test_a_paper_nobody_can_find_narrows_at_once_and_widens_nothing(newer, seen):
    facts = the_family(
        says(MARTE, everyday_with(ConsentAddition.HEALTH)), says(JONAS), on_paper(JONAS, newer, at=NOON + A_SECOND)
    )

    assert sees(facts, at=NOON + A_SECOND) == seen


def test_a_paper_nobody_can_find_does_not_lift_an_exclusion():
    kept = everyday_with(but={Category.SCHOOL_KINDERGARTEN})
    facts = the_family(says(MARTE), says(JONAS, kept), on_paper(JONAS, at=NOON + A_SECOND))

    assert sees(facts, at=NOON + A_SECOND) == DAILY - {Category.SCHOOL_KINDERGARTEN}


def test_a_paper_nobody_can_find_does_not_undo_a_withdrawal():
    facts = the_family(
        says(MARTE),
        says(JONAS),
        on_paper(JONAS, at=NOON + 2 * A_SECOND),
        taken_back=[takes_back(JONAS, at=NOON + A_SECOND)],
    )

    assert sees(facts, at=NOON + timedelta(days=1)) == frozenset()
    assert stands(facts, at=NOON + timedelta(days=1)) is ConsentState.WITHDRAWN


@pytest.mark.parametrize("shut", ["no", "withdrawal"])
def test_under_the_or_rule_a_paper_nobody_can_find_does_not_undo_a_guardians_no(shut):
    word = [says(JONAS, NO)] if shut == "no" else [says(JONAS)]
    taken_back = [takes_back(JONAS, at=NOON)] if shut == "withdrawal" else []
    facts = the_family(
        says(CHILD),
        says(MARTE),
        *word,
        on_paper(JONAS, at=NOON + A_SECOND),
        taken_back=taken_back,
        born=date(2010, 1, 1),
        policy=Policy(youth_rule=YouthRule.OR),
    )

    assert sees(facts) == frozenset()
    assert sees(facts, at=NOON + A_SECOND) == frozenset()


# In advance (scenario 4)


A_YEAR = {"valid_to": date(2026, 12, 31), "at": datetime(2026, 2, 1, 11, 0, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("born", "midnight"),
    [
        (OLA_BORN, datetime(2026, 3, 10, 23, 0, tzinfo=UTC)),
        (date(2011, 3, 29), datetime(2026, 3, 28, 23, 0, tzinfo=UTC)),
        (date(2011, 3, 30), datetime(2026, 3, 29, 22, 0, tzinfo=UTC)),
        (date(2011, 10, 26), datetime(2026, 10, 25, 23, 0, tzinfo=UTC)),
    ],
    ids=["an ordinary day", "the day of 23 hours", "the day after it", "the day after the one of 25 hours"],
)
class TestAChildWhoTurnsFifteenOvernight:
    def parents(self):
        both = {PPT: EVERYDAY, NURSE: EVERYDAY}
        return [says(who, answers=both, **A_YEAR) for who in (MARTE, JONAS)]

    def test_sharing_stops_at_midnight_until_he_answers(self, born, midnight):
        facts = the_family(*self.parents(), born=born)

        assert sees(facts, at=midnight - clock.A_MOMENT) == DAILY
        assert sees(facts, at=midnight) == frozenset()
        assert stands(facts, at=midnight - clock.A_MOMENT) is ConsentState.ACTIVE
        assert stands(facts, at=midnight) is ConsentState.NEEDS_YOUTH
        assert {w.closes for w in windows(facts)} == {midnight}

    def test_sharing_goes_on_from_when_he_answers(self, born, midnight):
        facts = the_family(*self.parents(), says(CHILD, at=midnight + A_SECOND, valid_to=date(2026, 12, 31)), born=born)

        assert sees(facts, at=midnight) == frozenset()
        assert sees(facts, at=midnight + A_SECOND) == DAILY

    def test_an_answer_in_advance_counts_from_the_day_without_a_break(self, born, midnight):
        ahead = says(CHILD, **(A_YEAR | {"counts_from": midnight, "answers": {PPT: EVERYDAY, NURSE: NO}}))
        facts = the_family(*self.parents(), ahead, born=born)

        assert [sees(facts, PPT, at=at) for at in (midnight - A_SECOND, midnight, midnight + A_SECOND)] == [DAILY] * 3
        assert sees(facts, NURSE, at=midnight - A_SECOND) == DAILY
        assert sees(facts, NURSE, at=midnight) == frozenset()
        assert stands(facts, NURSE, at=midnight) is ConsentState.REFUSED
        assert not {w.closes for w in windows(facts) if w.service == PPT} & {midnight}

    def test_with_policy_age_sixteen_nothing_happens(self, born, midnight):
        facts = the_family(*self.parents(), born=born, policy=Policy(youth_age=16))

        assert sees(facts, at=midnight + A_SECOND) == DAILY


# The case itself


def test_a_closed_case_shares_nothing():
    closed = NOON + A_SECOND
    facts = the_family(says(MARTE), says(JONAS), closed_at=(closed,))

    assert sees(facts) == DAILY
    assert sees(facts, at=closed) == frozenset()


def test_a_yes_to_a_closed_case_opens_nothing():
    later = NOON + timedelta(days=1)
    facts = the_family(says(MARTE, at=later), says(JONAS, at=later), closed_at=(NOON,))

    assert sees(facts, at=later) == frozenset()
    assert windows(facts) == frozenset()


def test_a_case_that_is_opened_again_asks_the_family_anew():
    reopened, later = NOON + timedelta(days=1), NOON + timedelta(days=2)
    facts = the_family(
        says(MARTE, at=NOON - A_SECOND),
        says(JONAS, at=NOON - A_SECOND),
        says(MARTE, at=later),
        says(JONAS, at=later),
        taken_back=[takes_back(JONAS, at=NOON - A_SECOND)],
        closed_at=(NOON,),
        reopened_at=(reopened,),
    )

    assert sees(facts, at=reopened) == frozenset()
    assert stands(facts, at=reopened) is ConsentState.EXPIRED
    assert missing(facts, PPT, Purpose.COOPERATE, reopened) == GUARDIANS
    assert sees(facts, at=later) == DAILY


@pytest.mark.parametrize(
    ("asked_at", "expected"),
    [
        (NOON - A_SECOND, ConsentState.EXPIRED),
        (NOON, ConsentState.EXPIRED),
        (NOON + A_SECOND, ConsentState.AWAITING),
    ],
)
def test_in_a_closed_case_an_answer_has_run_out_until_the_family_is_asked_anew(asked_at, expected):
    facts = replace(
        the_family(says(MARTE), says(JONAS), closed_at=(NOON,)), requests=(Request(PPT, Purpose.COOPERATE, asked_at),)
    )

    assert stands(facts, at=NOON + timedelta(days=1)) is expected


@pytest.mark.meets("R-69", "scenario-31")
def test_a_log_that_is_digital_after_all_hears_no_word_from_before():
    digital, later = NOON + timedelta(days=1), NOON + timedelta(days=2)
    facts = replace(the_family(says(MARTE), says(JONAS, at=later)), digital_since=digital)

    assert sees(replace(facts, digital_since=None), at=later) == DAILY
    assert stands(facts, at=digital - A_SECOND) is ConsentState.AWAITING
    assert stands(facts, at=digital) is ConsentState.NOT_ASKED
    assert (sees(facts, at=later), missing(facts, PPT, Purpose.COOPERATE, later)) == (frozenset(), {MARTE})

    asked = replace(facts, requests=(Request(PPT, Purpose.COOPERATE, digital),))
    assert stands(asked, at=later) is ConsentState.AWAITING
    both = replace(asked, declarations=(*asked.declarations, says(MARTE, at=later)))
    assert (sees(both, at=later), stands(both, at=later)) == (DAILY, ConsentState.ACTIVE)


@pytest.mark.meets("R-69")
def test_what_was_said_before_a_log_was_digital_does_not_count_when_it_is_opened_again():
    digital, again = NOON + timedelta(days=1), NOON + timedelta(days=3)
    facts = replace(
        the_family(says(MARTE, at=again), says(JONAS, at=again), closed_at=(NOON,), reopened_at=(NOON + A_SECOND,)),
        digital_since=digital,
        requests=(Request(PPT, Purpose.COOPERATE, digital),),
    )

    assert sees(facts, at=again) == DAILY
    early = replace(facts, declarations=(says(MARTE, at=NOON + 2 * A_SECOND), says(JONAS, at=again)))
    assert sees(early, at=again) == frozenset()


def test_a_case_closed_once_more_is_closed():
    closed = (NOON, NOON + timedelta(days=2))
    again = NOON + timedelta(days=1)
    facts = the_family(says(MARTE, at=again), says(JONAS, at=again), closed_at=closed, reopened_at=(again,))

    assert sees(facts, at=again) == DAILY
    assert sees(facts, at=closed[1]) == frozenset()


@pytest.mark.meets("R-60")
def test_a_strict_address_without_its_approvals_lets_nobody_in():
    facts = the_family(says(MARTE), says(JONAS), strict_address_unapproved=True)

    assert sees(facts) == frozenset()
    assert windows(facts) == frozenset()
    assert stands(facts) is not ConsentState.ACTIVE


# Where a service stands


def test_a_service_nobody_was_asked_about_is_not_asked():
    assert stands(the_family(says(MARTE), says(JONAS), asked=(NURSE,))) is ConsentState.NOT_ASKED


def test_a_service_is_asked_from_the_moment_of_asking_and_for_its_purpose():
    facts = the_family(asked=())
    asked = type(facts)(CHILD, facts.birth_date, BOTH, (Request(PPT, Purpose.EXTERNAL_HELP, NOON),))

    assert stands(asked, purpose=Purpose.EXTERNAL_HELP, at=NOON - A_SECOND) is ConsentState.NOT_ASKED
    assert stands(asked, purpose=Purpose.EXTERNAL_HELP) is ConsentState.AWAITING
    assert stands(asked, purpose=Purpose.COOPERATE) is ConsentState.NOT_ASKED


TURNED_15 = {"born": date(2011, 3, 1), "policy": Policy()}
EARLY = datetime(2026, 2, 1, 11, 0, tzinfo=UTC)
OVER = {"at": EARLY, "valid_to": date(2026, 3, 5)}


@pytest.mark.parametrize(
    ("said", "taken_back", "expected"),
    [
        ([], [], ConsentState.AWAITING),
        ([says(MARTE)], [], ConsentState.AWAITING),
        ([says(MARTE), says(JONAS)], [], ConsentState.ACTIVE),
        ([says(MARTE), on_paper(JONAS)], [], ConsentState.AWAITING),
        ([says(MARTE), says(JONAS, NO)], [], ConsentState.REFUSED),
        ([says(JONAS, NO)], [], ConsentState.REFUSED),
        ([says(JONAS, NO, **OVER)], [], ConsentState.REFUSED),
        ([on_paper(JONAS, NO)], [], ConsentState.REFUSED),
        ([says(MARTE), says(JONAS)], [takes_back(JONAS, at=NOON)], ConsentState.WITHDRAWN),
        ([], [takes_back(JONAS, at=NOON)], ConsentState.WITHDRAWN),
        ([says(MARTE, NO), says(JONAS)], [takes_back(JONAS, at=NOON)], ConsentState.REFUSED),
        ([says(MARTE, **OVER), says(JONAS)], [], ConsentState.EXPIRED),
        ([says(MARTE, **OVER)], [], ConsentState.AWAITING),
        ([says(MARTE, **OVER), says(JONAS)], [takes_back(JONAS, at=NOON)], ConsentState.WITHDRAWN),
        ([says(MARTE, **OVER), says(JONAS, NO)], [], ConsentState.REFUSED),
    ],
)
def test_where_a_service_stands(said, taken_back, expected):
    assert stands(the_family(*said, taken_back=taken_back)) is expected


@pytest.mark.parametrize(
    ("rule", "said", "taken_back", "expected"),
    [
        (YouthRule.AND, [says(MARTE, at=EARLY), says(JONAS, at=EARLY)], [], ConsentState.NEEDS_YOUTH),
        (YouthRule.ALONE, [says(MARTE, at=EARLY), says(JONAS, at=EARLY)], [], ConsentState.NEEDS_YOUTH),
        (YouthRule.OR, [says(MARTE, at=EARLY), says(JONAS, at=EARLY)], [], ConsentState.ACTIVE),
        (YouthRule.AND, [says(MARTE, **OVER), says(JONAS, **OVER)], [], ConsentState.NEEDS_YOUTH),
        (YouthRule.OR, [says(MARTE, **OVER), says(JONAS, **OVER)], [], ConsentState.EXPIRED),
        (YouthRule.AND, [says(MARTE), says(JONAS)], [], ConsentState.AWAITING),
        (YouthRule.ALONE, [], [], ConsentState.AWAITING),
        (YouthRule.AND, [says(MARTE, at=EARLY)], [], ConsentState.AWAITING),
        (YouthRule.AND, [says(MARTE, at=EARLY), says(JONAS, NO, at=EARLY)], [], ConsentState.REFUSED),
        (
            YouthRule.AND,
            [says(MARTE, at=EARLY), says(JONAS, at=EARLY)],
            [takes_back(JONAS, at=EARLY)],
            ConsentState.WITHDRAWN,
        ),
        (YouthRule.AND, [says(MARTE, at=EARLY), says(JONAS, at=EARLY), says(CHILD)], [], ConsentState.ACTIVE),
        (YouthRule.AND, [says(MARTE), says(JONAS), says(CHILD, **OVER)], [], ConsentState.EXPIRED),
    ],
)
def test_where_a_service_stands_when_the_child_has_turned_fifteen(rule, said, taken_back, expected):
    facts = the_family(*said, taken_back=taken_back, born=date(2011, 3, 1), policy=Policy(youth_rule=rule))

    assert stands(facts) is expected


def test_one_who_turns_eighteen_is_waited_for_when_only_the_parents_had_answered():
    facts = the_family(
        says(MARTE, at=EARLY),
        says(JONAS, at=EARLY),
        born=date(2008, 3, 1),
        policy=Policy(youth_age=18, health_age=18),
    )

    assert stands(facts, at=oslo(2026, 3, 1) - A_SECOND) is ConsentState.ACTIVE
    assert stands(facts, at=oslo(2026, 3, 1)) is ConsentState.NEEDS_YOUTH


# One row


@pytest.mark.parametrize("category", Category)
@pytest.mark.parametrize("answer", [AGREEMENTS, EVERYDAY, everyday_with(*ConsentAddition)])
def test_a_service_reads_a_row_when_its_category_is_open(answer, category):
    facts = the_family(says(MARTE, answer), says(JONAS, answer))

    decision = can_share(facts, Item(category), service=PPT, purpose=Purpose.COOPERATE, at=NOON)

    assert decision.allowed is (category in answer.categories())
    assert decision.why_not is None


@pytest.mark.parametrize("category", Category)
def test_a_row_the_family_keeps_the_service_out_of_is_not_read(category):
    facts = the_family(says(MARTE, everyday_with(*ConsentAddition)), says(JONAS, everyday_with(*ConsentAddition)))
    kept = Item(category, kept_out=frozenset({PPT}), child_named=frozenset({PPT, NURSE}))

    assert not can_share(facts, kept, service=PPT, purpose=Purpose.COOPERATE, at=NOON).allowed


def test_keeping_one_service_out_of_a_row_keeps_no_other_out():
    facts = the_family(*(says(who, answers={PPT: EVERYDAY, NURSE: EVERYDAY}) for who in GUARDIANS))
    kept = Item(Category.TILTAK_AND_EVALUATION, kept_out=frozenset({PPT}))

    assert can_share(facts, kept, service=NURSE, purpose=Purpose.COOPERATE, at=NOON).allowed


@pytest.mark.parametrize(
    ("named", "open_for_anything", "read"),
    [
        (frozenset({PPT}), True, True),
        (frozenset({NURSE}), True, False),
        (frozenset(), True, False),
        (frozenset({PPT}), False, False),
    ],
)
def test_the_childs_words_are_read_by_whom_the_child_named_and_only_while_consent_lasts(named, open_for_anything, read):
    facts = the_family(says(MARTE, AGREEMENTS), says(JONAS, AGREEMENTS if open_for_anything else NO))
    words = Item(Category.CHILD_STATEMENTS, child_named=named)

    assert can_share(facts, words, service=PPT, purpose=Purpose.COOPERATE, at=NOON).allowed is read


@pytest.mark.parametrize(
    ("said", "why_not"),
    [([], ConsentState.AWAITING), ([says(MARTE, NO)], ConsentState.REFUSED)],
)
def test_a_refusal_says_where_the_service_stands(said, why_not):
    item = Item(Category.TILTAK_AND_EVALUATION, child_named=frozenset({PPT}))

    decision = can_share(the_family(*said), item, service=PPT, purpose=Purpose.COOPERATE, at=NOON)

    assert (decision.allowed, decision.why_not) == (False, why_not)


# How long


@pytest.mark.parametrize(
    ("given", "whole_year", "last"),
    [
        (date(2026, 3, 10), False, SUMMER),
        (date(2026, 3, 10), True, date(2027, 3, 9)),
        (date(2026, 7, 30), False, SUMMER),
        (date(2026, 7, 31), False, SUMMER),
        (date(2026, 8, 1), False, date(2027, 7, 31)),
        (date(2028, 2, 29), True, date(2029, 2, 27)),
        (date(2027, 3, 1), True, date(2028, 2, 29)),
    ],
)
def test_the_last_day_is_the_end_of_the_school_year_or_twelve_months(given, whole_year, last):
    assert last_day((7, 31), given, whole_year=whole_year) == last


def test_of_the_two_the_shorter_counts_when_nothing_is_said():
    assert last_day((8, 20), date(2026, 8, 21), whole_year=False) == date(2027, 8, 20)
    assert last_day((12, 31), date(2026, 1, 1), whole_year=False) == date(2026, 12, 31)


# Windows


def test_a_window_is_opened_and_shut_by_the_facts_it_follows_from():
    facts = the_family(says(MARTE), says(JONAS, AGREEMENTS), taken_back=[takes_back(MARTE, at=NOON + A_SECOND)])

    assert {(w.service, w.category, w.purpose, w.opens, w.closes) for w in windows(facts)} == {
        (PPT, Category.TILTAK_AND_EVALUATION, Purpose.COOPERATE, NOON, NOON + A_SECOND)
    }


def test_a_service_that_was_shut_and_let_in_again_has_two_windows():
    again = NOON + timedelta(days=1)
    facts = the_family(
        says(MARTE),
        says(JONAS, AGREEMENTS),
        says(JONAS, AGREEMENTS, at=again),
        taken_back=[takes_back(JONAS, at=NOON + A_SECOND)],
    )

    assert {(w.opens, w.closes) for w in windows(facts)} == {
        (NOON, NOON + A_SECOND),
        (again, clock.end_of(SUMMER)),
    }


def test_nobody_who_has_not_been_answered_about_has_a_window():
    assert windows(the_family()) == frozenset()


THEN = oslo(2026, 3, 15)
UNTIL_SUMMER = clock.end_of(SUMMER)
NEWCOMER = Guardian(GRANDMOTHER, has_parental_responsibility=True, valid_from=date(2026, 3, 15))
LEAVING = Guardian(JONAS, has_parental_responsibility=True, valid_to=date(2026, 3, 14))
ORAL = {"form": ConsentForm.ORAL, "in_meeting": True, "meeting_closed_at": THEN}
TURNS = {
    "written down": (the_family(says(MARTE), says(JONAS, recorded_at=THEN)), THEN, UNTIL_SUMMER),
    "counts from": (the_family(says(MARTE), says(JONAS, counts_from=THEN)), THEN, UNTIL_SUMMER),
    "first day": (the_family(says(MARTE), says(JONAS, valid_from=date(2026, 3, 15))), THEN, UNTIL_SUMMER),
    "found again": (the_family(says(MARTE), on_paper(JONAS, evidence_at=THEN)), THEN, UNTIL_SUMMER),
    "a guardian leaves": (the_family(says(MARTE), guardians=(BOTH[0], LEAVING)), THEN, UNTIL_SUMMER),
    "opened again": (
        the_family(
            says(MARTE, recorded_at=THEN), says(JONAS, recorded_at=THEN), closed_at=(NOON,), reopened_at=(THEN,)
        ),
        THEN,
        UNTIL_SUMMER,
    ),
    "last day": (the_family(says(MARTE), says(JONAS, valid_to=date(2026, 3, 14))), NOON, THEN),
    "the meeting closes": (the_family(says(MARTE), says(JONAS, **ORAL)), NOON, THEN),
    "taken back": (the_family(says(MARTE), says(JONAS), taken_back=[takes_back(JONAS, at=THEN)]), NOON, THEN),
    "closed": (the_family(says(MARTE), says(JONAS), closed_at=(THEN,)), NOON, THEN),
    "a guardian comes": (the_family(says(MARTE), says(JONAS), guardians=(*BOTH, NEWCOMER)), NOON, THEN),
    "fifteen": (the_family(says(MARTE), says(JONAS), born=date(2011, 3, 15)), NOON, THEN),
    "eighteen": (
        the_family(says(MARTE), says(JONAS), born=date(2008, 3, 15), policy=Policy(youth_age=19, health_age=16)),
        NOON,
        THEN,
    ),
}


@pytest.mark.parametrize(("facts", "opens", "closes"), TURNS.values(), ids=TURNS.keys())
def test_each_kind_of_fact_turns_the_gate_at_its_own_moment(facts, opens, closes):
    assert {(w.opens, w.closes) for w in windows(facts)} == {(opens, closes)}
    assert sees(facts, at=opens - clock.A_MOMENT) == frozenset()
    assert sees(facts, at=opens) == DAILY
    assert sees(facts, at=closes - clock.A_MOMENT) == DAILY
    assert sees(facts, at=closes) == frozenset()

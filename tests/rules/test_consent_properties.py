"""What holds for any family and any moment: the kept windows say what the gate says, and no word that narrows ever opens."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bti import clock
from bti.rules.consent import (
    SHARED_BY_LEVEL,
    Answer,
    Category,
    ConsentAddition,
    ConsentForm,
    ConsentLevel,
    ConsentState,
    Declaration,
    Facts,
    Guardian,
    Item,
    Policy,
    Purpose,
    Request,
    Withdrawal,
    YouthRule,
    birthday,
    can_share,
    scope,
    windows,
)
from tests.rules.asking import A_SECOND, CHILD, GRANDMOTHER, JONAS, MARTE, NURSE, PPT

SERVICES = (PPT, NURSE)
FIRST = date(2026, 3, 1)
LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)
DAYS = st.integers(0, 40).map(lambda n: FIRST + timedelta(days=n))
MOMENTS = st.builds(
    lambda on, hour: datetime(on.year, on.month, on.day, hour, tzinfo=UTC), DAYS, st.sampled_from([0, 11, 22, 23])
)
DRAWN = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def seldom(drawn):
    """Draw mostly nothing: a family where everything happens at once has nothing left to shut."""
    return st.one_of(st.none(), st.none(), st.none(), drawn)


additions = st.frozensets(st.sampled_from(ConsentAddition), max_size=2)
answers = st.builds(
    Answer,
    st.sampled_from([ConsentLevel.NO, ConsentLevel.AGREEMENTS, ConsentLevel.EVERYDAY, ConsentLevel.EVERYDAY]),
    additions,
    st.one_of(st.just(frozenset()), st.frozensets(st.sampled_from(SHARED_BY_LEVEL), max_size=2)),
)
people = st.sampled_from([MARTE, JONAS, CHILD, GRANDMOTHER])


@st.composite
def declarations(draw):
    """An answer of any kind: late, early, on paper, in a meeting, found again or not, for one purpose or the other."""
    given_at = draw(MOMENTS)
    first = draw(DAYS)
    return Declaration(
        consent=CHILD,
        consenter=draw(people),
        purpose=draw(st.sampled_from([Purpose.COOPERATE, Purpose.COOPERATE, Purpose.EXTERNAL_HELP])),
        answers=draw(st.dictionaries(st.sampled_from(SERVICES), answers, min_size=1)),
        information_given_at=draw(st.sampled_from([given_at, LONG_AGO, LONG_AGO, LONG_AGO, given_at + A_SECOND])),
        given_at=given_at,
        counts_from=draw(st.one_of(st.just(given_at), st.just(given_at), MOMENTS)),
        recorded_at=draw(st.sampled_from([given_at, given_at + timedelta(days=2)])),
        valid_from=draw(st.sampled_from([FIRST, first])),
        valid_to=first + draw(st.sampled_from([0, 3, 90, 90, 90]).map(lambda n: timedelta(days=n))),
        form=draw(st.sampled_from([ConsentForm.ELECTRONIC, ConsentForm.ORAL])),
        evidence_at=draw(st.one_of(st.none(), MOMENTS)),
        in_meeting=draw(st.booleans()),
        meeting_closed_at=draw(st.one_of(st.none(), MOMENTS, MOMENTS)),
    )


guardians = st.builds(
    Guardian,
    id=st.sampled_from([MARTE, JONAS, GRANDMOTHER]),
    has_parental_responsibility=st.sampled_from([True, True, True, False]),
    valid_from=seldom(DAYS),
    valid_to=seldom(DAYS),
)
# A child who turns 15, 16 or 18 in these days, was born on a leap day, or is far from every age.
births = st.one_of(
    st.just(date(2015, 6, 2)),
    st.builds(lambda on, age: birthday(on, -age), DAYS, st.sampled_from([15, 16, 18])),
    st.just(date(2016, 2, 29)),
    st.just(date(2008, 2, 29)),
)
withdrawals = st.builds(
    Withdrawal, people, st.sampled_from(SERVICES), MOMENTS, st.one_of(st.just(frozenset()), additions)
)


def a_yes(who, *, since=LONG_AGO):
    """Return a whole yes from long ago, so that there is something to shut."""
    yes = Answer(ConsentLevel.EVERYDAY, frozenset({ConsentAddition.HEALTH}))
    until = date(2026, 12, 31)
    return Declaration(
        CHILD, who, Purpose.COOPERATE, dict.fromkeys(SERVICES, yes), since, since, since, since, FIRST, until
    )


# Most families have said yes long ago, the child among them or not; then comes what comes.
FROM_BEFORE = st.sampled_from([(), (MARTE, JONAS, GRANDMOTHER), (MARTE, JONAS, GRANDMOTHER, CHILD)])
families = st.builds(
    lambda before, more, **rest: Facts(declarations=(*map(a_yes, before), *more), **rest),
    FROM_BEFORE,
    st.lists(declarations(), max_size=3),
    child=st.just(CHILD),
    birth_date=births,
    guardians=st.lists(guardians, min_size=1, max_size=3, unique_by=lambda g: g.id).map(tuple),
    requests=st.just(tuple(Request(s, p, LONG_AGO) for s in SERVICES for p in Purpose)),
    withdrawals=st.lists(withdrawals, max_size=2).map(tuple),
    closed_at=seldom(MOMENTS).map(lambda at: (at,) if at else ()),
    reopened_at=st.lists(MOMENTS, max_size=1).map(tuple),
    digital_since=seldom(MOMENTS).map(lambda at: at or None),
    strict_address_unapproved=st.sampled_from([False] * 19 + [True]),
    policy=st.builds(
        Policy, st.sampled_from([15, 15, 16, 18]), st.sampled_from(YouthRule), st.sampled_from([12, 15, 16, 18])
    ),
)


def moments(facts):
    """Return every moment the facts name, a second to each side, and some that nobody has named."""
    named = {LONG_AGO, datetime(2027, 1, 1, tzinfo=UTC)}
    for d in facts.declarations:
        named |= {d.information_given_at, d.given_at, d.counts_from, d.recorded_at, d.evidence_at, d.meeting_closed_at}
        named |= {clock.midnight(d.valid_from), clock.midnight(d.valid_to), clock.end_of(d.valid_to)}
    named |= {w.at for w in facts.withdrawals} | {*facts.closed_at, *facts.reopened_at, facts.digital_since}
    for day in {day for g in facts.guardians for day in (g.valid_from, g.valid_to) if day}:
        named |= {clock.midnight(day), clock.end_of(day)}
    named |= {clock.midnight(birthday(facts.birth_date, age)) for age in (12, 15, 16, 18)}
    return sorted(m + step for m in named - {None} for step in (-A_SECOND, timedelta(0), A_SECOND))


def in_windows(kept, service, purpose, at):
    return {
        w.category
        for w in kept
        if (w.service, w.purpose, w.about) == (service, purpose, None) and w.opens <= at < w.closes
    }


@settings(DRAWN, max_examples=2 * settings.default.max_examples)
@given(families, st.lists(MOMENTS, max_size=5))
def test_the_kept_windows_say_exactly_what_the_gate_says(facts, any_moments):
    """Each window has an end, and two of one category never touch: what is open without a break is one window."""
    kept = windows(facts)
    stretches = {(w.service, w.person, w.category, w.purpose, w.about): set() for w in kept}

    for at in (*moments(facts), *any_moments):
        for service in SERVICES:
            for purpose in Purpose:
                assert in_windows(kept, service, purpose, at) == scope(facts, service, purpose, at)
    for w in kept:
        assert w.opens < w.closes
        ends = stretches[w.service, w.person, w.category, w.purpose, w.about]
        assert not ends & {w.opens, w.closes}
        ends |= {w.opens, w.closes}


@DRAWN
@given(families, st.sampled_from(Category), st.booleans(), st.booleans(), st.data())
def test_a_row_is_read_when_the_windows_and_the_row_say_so(facts, category, kept_out, named, data):
    item = Item(category, frozenset({PPT} if kept_out else {NURSE}), frozenset({PPT} if named else {NURSE}))
    at = data.draw(st.sampled_from(moments(facts)))
    open_now = in_windows(windows(facts), PPT, Purpose.COOPERATE, at)

    decision = can_share(facts, item, service=PPT, purpose=Purpose.COOPERATE, at=at)

    of_the_row = bool(open_now) and named if category is Category.CHILD_STATEMENTS else category in open_now
    assert decision.allowed is (of_the_row and not kept_out)
    assert (decision.why_not is None) is bool(open_now)
    assert decision.why_not is not ConsentState.ACTIVE


def opens_nothing(before, after):
    """Say that no stretch of time is open after that was not open before."""
    kept = windows(before)
    for one in windows(after):
        assert any(
            (w.service, w.person, w.category, w.purpose, w.about)
            == (one.service, one.person, one.category, one.purpose, one.about)
            and w.opens <= one.opens
            and one.closes <= w.closes
            for w in kept
        )


@DRAWN
@given(families, withdrawals)
def test_taking_back_never_opens_anything(facts, withdrawal):
    opens_nothing(facts, replace(facts, withdrawals=(*facts.withdrawals, withdrawal)))


@DRAWN
@given(families.filter(lambda facts: facts.declarations), st.data())
def test_keeping_something_out_never_opens_anything(facts, data):
    which = data.draw(st.integers(0, len(facts.declarations) - 1))
    said = facts.declarations[which]
    service = data.draw(st.sampled_from(sorted(said.answers)))
    answer = said.answers[service]
    narrower = replace(answer, exclusions=answer.exclusions | {data.draw(st.sampled_from(SHARED_BY_LEVEL))})
    changed = replace(said, answers={**said.answers, service: narrower})

    opens_nothing(
        facts, replace(facts, declarations=(*facts.declarations[:which], changed, *facts.declarations[which + 1 :]))
    )


@DRAWN
@given(families, declarations())
def test_an_answer_nobody_can_find_again_never_opens_anything(facts, said):
    lost = replace(said, form=ConsentForm.WRITTEN, evidence_at=None, in_meeting=False)

    opens_nothing(facts, replace(facts, declarations=(*facts.declarations, lost)))


@DRAWN
@given(families, MOMENTS)
def test_closing_for_good_never_opens_anything(facts, closed):
    still_open = replace(facts, closed_at=(), reopened_at=())

    opens_nothing(still_open, replace(still_open, closed_at=(closed,)))


@DRAWN
@given(families)
def test_a_strict_address_opens_nothing_at_all(facts):
    assert windows(replace(facts, strict_address_unapproved=True)) == frozenset()


@DRAWN
@given(families, st.sampled_from(SERVICES), MOMENTS)
def test_one_guardians_outright_no_shuts_the_service_until_he_says_otherwise(facts, service, at):
    jonas = Guardian(JONAS, has_parental_responsibility=True)
    no = Declaration(
        CHILD, JONAS, Purpose.COOPERATE, {service: Answer(ConsentLevel.NO)}, at, at, at, at, FIRST, date(2026, 12, 31)
    )
    facts = replace(
        facts,
        birth_date=date(2015, 6, 2),
        guardians=(*(g for g in facts.guardians if g.id != JONAS), jonas),
        declarations=(*(d for d in facts.declarations if d.consenter != JONAS), no),
    )

    for moment in moments(facts):
        if moment >= at:
            assert scope(facts, service, Purpose.COOPERATE, moment) == frozenset()
